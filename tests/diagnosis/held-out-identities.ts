import type { CauseId } from '../../core/domain/check';
import { two } from './held-out-parts';
import {
  theirs,
  another,
  withId,
  mfa,
  allow,
  named,
  id,
  and,
  andEqual,
  denyAll,
  trusted,
  called,
  runner,
  signedIn,
  runnerArn,
} from './held-out-trust-parts';
import { policyOf, type Broken, type Json, type Labelled } from './broken';

const sessions: readonly Labelled[] = [
  trusted(
    'a role where a user calls',
    'trusts-another-identity',
    allow(named('arn:aws:iam::111122223333:role/DeployerRole')),
  ),
  called(
    'a user where a role calls',
    'trusts-another-identity',
    runner,
    allow(named('arn:aws:iam::111122223333:user/practice-deployer')),
  ),
  called(
    'another session of the same role',
    'trusts-another-identity',
    runner,
    allow(named('arn:aws:sts::111122223333:assumed-role/Runner/release-42')),
  ),
  called(
    'a condition with the ARN of the session',
    'trusts-another-identity',
    runner,
    allow(and('ArnLike', 'aws:PrincipalArn', 'arn:aws:sts::111122223333:assumed-role/Runner/*')),
  ),
  called(
    'a condition with the role’s ARN without its path',
    'trusts-another-identity',
    runner,
    allow(and('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/Runner')),
  ),
  called(
    'a role of Identity Center without its Region',
    'trusts-another-identity',
    signedIn,
    allow(
      and(
        'ArnLike',
        'aws:PrincipalArn',
        'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Deploy_*',
      ),
    ),
  ),
  called(
    'a role of Identity Center from before its permission set was made anew',
    'trusts-another-identity',
    signedIn,
    allow(
      and(
        'ArnLike',
        'aws:PrincipalArn',
        'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Deploy_fedcba9876543210',
      ),
    ),
  ),
  called(
    'MFA, and a role’s session has none',
    'mfa-needed',
    signedIn,
    allow({ Condition: { StringEquals: withId, ...mfa } }),
  ),
  {
    name: 'a session with another tag',
    causes: ['condition-not-met'],
    broken: {
      role: { trust: policyOf(allow(andEqual('aws:PrincipalTag/team', 'blue'))) },
      source: { ...runner, sessionTags: { team: 'red' } },
      caller: { inline: [policyOf({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: '*' })] },
    },
  },
  called(
    'the right role, and another external ID',
    'external-id-differs',
    runner,
    allow({ ...named(runnerArn), ...id('acme') }),
  ),
  {
    name: 'MFA, and the user’s own session was opened without a code',
    causes: ['mfa-needed'],
    broken: {
      role: { trust: policyOf(allow({ Condition: { StringEquals: withId, ...mfa } })) },
      source: 'user-session',
    },
  },
];

const unlike = (name: string, cause: CauseId, role: NonNullable<Broken['role']>, roleArn: string): Labelled => ({
  name,
  causes: [cause],
  broken: { role, roleArn },
});
const inTarget = (rest: string): string => `arn:aws:iam::222233334444:role/${rest}`;
const longName = 'ApplicationDeploymentRoleOfTheProductionEnvironmentForTheVendor1';

const names: readonly Labelled[] = [
  unlike('a path that it does not have', 'role-path-differs', {}, inTarget('team/Deploy')),
  unlike('a path in other letters', 'role-path-differs', { path: '/Team/' }, inTarget('team/Deploy')),
  unlike('one path too few', 'role-path-differs', { path: '/team/ci/' }, inTarget('team/Deploy')),
  unlike('an underscore for a hyphen', 'role-name-differs', { name: 'Deploy_Prod' }, inTarget('Deploy-Prod')),
  unlike('the last of 64 letters', 'role-name-differs', { name: longName }, inTarget(longName.slice(0, -1))),
  unlike('the plural', 'role-name-differs', { name: 'Deployers' }, inTarget('Deployer')),
  unlike(
    'unusual letters, and another external ID',
    'external-id-differs',
    { name: 'Deploy+=,.@_-1', path: '/a+b/c=d/', trust: policyOf(allow(id('acme'))) },
    inTarget('a+b/c=d/Deploy+=,.@_-1'),
  ),
];

const trust = (...statements: readonly Json[]) => ({ trust: policyOf(...statements) });

const pairs: readonly Labelled[] = [
  two('network-condition', 'external-id-differs', {
    role: trust(
      allow({
        Condition: { StringEquals: { 'sts:ExternalId': 'acme' }, IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
      }),
    ),
  }),
  two('time-condition', 'organization-differs', {
    role: trust(
      allow({
        Condition: {
          StringEquals: { ...withId, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          DateLessThan: { 'aws:CurrentTime': '2026-01-31T00:00:00Z' },
        },
      }),
    ),
  }),
  two('session-name-condition', 'session-tags-needed', {
    role: trust(
      allow({
        Condition: {
          StringEquals: { ...withId, 'sts:RoleSessionName': 'deploy', 'aws:RequestTag/stage': 'production' },
        },
      }),
    ),
  }),
  two('trust-denies', 'external-id-differs', {
    role: trust(allow(id('acme')), denyAll({ StringEquals: { 'aws:PrincipalAccount': ['111122223333'] } })),
  }),
  two('role-path-differs', 'external-id-differs', { role: { path: '/vendors/', ...trust(allow(id('acme'))) } }),
  two('role-name-differs', 'trusts-another-account', { role: { name: 'deploy', ...trust(allow(named(another))) } }),
  two('trusts-another-identity', 'external-id-differs', {
    role: trust(
      allow({
        Condition: {
          StringEquals: { 'sts:ExternalId': 'acme' },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Runner' },
        },
      }),
    ),
    source: runner,
  }),
  two('mfa-needed', 'trusts-another-account', {
    role: trust(allow({ ...named(theirs), Condition: { StringEquals: withId, ...mfa } })),
  }),
];

export const heldOutIdentities: Readonly<Record<string, readonly Labelled[]>> = {
  'Sessions and who they are': sessions,
  'Names and paths': names,
  'Two at once in the role': pairs,
};
