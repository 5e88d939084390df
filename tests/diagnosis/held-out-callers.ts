import type { CauseId } from '../../core/domain/check';
import {
  roleArn,
  sound,
  wrongId,
  another,
  byName,
  expired,
  simulate,
  assume,
  denySts,
  one,
  robot,
  organized,
  two,
} from './held-out-parts';
import { deployer, externalId, policyOf, statement, type Json, type Labelled } from './broken';

const mayNot = (name: string, cause: CauseId, ...statements: readonly Json[]): Labelled =>
  one(name, cause, { role: sound, caller: { inline: [policyOf(simulate, ...statements)] } });

const policies: readonly Labelled[] = [
  one('allowed for the ARN without the path', 'caller-not-allowed', {
    role: { ...sound, path: '/team/' },
    roleArn: 'arn:aws:iam::222233334444:role/team/Deploy',
    caller: { inline: [policyOf(simulate, assume({ Resource: roleArn }))] },
  }),
  mayNot(
    'allowed with MFA only',
    'caller-not-allowed',
    assume({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  ),
  mayNot(
    'allowed from the office only',
    'caller-not-allowed',
    assume({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }),
  ),
  mayNot(
    'allowed with another external ID only',
    'caller-not-allowed',
    assume({ Condition: { StringEquals: { 'sts:ExternalId': 'acme-7' } } }),
  ),
  mayNot('allowed to everything of IAM and nothing of STS', 'caller-not-allowed', {
    Effect: 'Allow',
    NotAction: 'sts:*',
    Resource: '*',
  }),
  one('a group allows another role', 'caller-not-allowed', {
    role: sound,
    caller: { groups: [policyOf(simulate, assume({ Resource: 'arn:aws:iam::222233334444:role/Staging' }))] },
  }),
  one('a group allows it, a policy of the account denies it', 'caller-denied', {
    role: sound,
    caller: { groups: [policyOf(simulate, assume())], managed: [policyOf(denySts())] },
  }),
  mayNot(
    'denied for all roles but another',
    'caller-denied',
    assume(),
    denySts({ Resource: undefined, NotResource: 'arn:aws:iam::*:role/Staging' }),
  ),
  mayNot('everything denied without MFA', 'caller-denied', assume(), {
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:GetSessionToken'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  }),
  one('a boundary that allows another role', 'denied-by-boundary', {
    role: sound,
    caller: {
      inline: [policyOf(assume(), simulate)],
      boundary: policyOf(simulate, assume({ Resource: 'arn:aws:iam::222233334444:role/Staging' })),
    },
  }),
  one('a boundary that denies', 'denied-by-boundary', {
    role: sound,
    caller: {
      inline: [policyOf(assume(), simulate)],
      boundary: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }, denySts()),
    },
  }),
  one('a role without the permission calls', 'caller-not-allowed', {
    role: sound,
    source: { ...robot, inline: [policyOf(simulate, { Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' })] },
  }),
  one('a session for another role only', 'denied-by-session-policy', {
    role: sound,
    source: { ...robot, sessionPolicy: policyOf(assume({ Resource: 'arn:aws:iam::222233334444:role/Staging' })) },
  }),
  one('the sessions of the calling role were revoked', 'caller-denied', {
    role: sound,
    source: {
      ...robot,
      inline: [
        policyOf(assume(), simulate, {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-23T00:00:00Z' } },
        }),
      ],
    },
  }),
];

const organizations: readonly Labelled[] = [
  one('a policy over the unit above', 'denied-by-organization', {
    role: sound,
    organization: organized(policyOf(denySts()), ['Workloads']),
  }),
  one('a policy that spares one role', 'denied-by-organization', {
    role: sound,
    organization: organized(
      policyOf(denySts({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin*' } } })),
      ['Tools'],
    ),
  }),
  one('a policy about Regions', 'denied-by-organization', {
    role: sound,
    organization: organized(
      policyOf({
        Effect: 'Deny',
        NotAction: ['iam:*', 'organizations:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } },
      }),
      ['Root'],
    ),
  }),
  one('a policy about roles outside, and nobody can look', 'denied-by-organization', {
    role: sound,
    eyes: 'none',
    caller: { inline: [policyOf(assume())] },
    organization: organized(policyOf(denySts({ Resource: 'arn:aws:iam::222233334444:role/*' })), ['111122223333']),
  }),
  one(
    'a policy over the role’s account, which does not bind outsiders, and another external ID',
    'external-id-differs',
    {
      role: wrongId,
      organization: organized(policyOf(denySts()), ['222233334444'], true),
    },
  ),
];

/** The caller's policy hangs on something that the simulator is not told, and is met; what is wrong is the role. */
const misleading: readonly Labelled[] = [
  one('allowed with this external ID, the role wants another', 'external-id-differs', {
    role: wrongId,
    caller: {
      inline: [policyOf(simulate, assume({ Condition: { StringEquals: { 'sts:ExternalId': externalId } } }))],
    },
  }),
  one('allowed from this address, the role trusts another account', 'trusts-another-account', {
    role: another,
    caller: { inline: [policyOf(simulate, assume({ Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } }))] },
  }),
  one('denied from other addresses, the role is gone', 'role-missing', {
    caller: {
      inline: [
        policyOf(simulate, assume(), denySts({ Condition: { NotIpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } })),
      ],
    },
  }),
  one('a clock 4 min 50 s slow, and another external ID', 'external-id-differs', {
    role: wrongId,
    trouble: { serverClockOffsetMs: 290_000 },
  }),
  one('a clock 4 min 50 s fast, and another account', 'trusts-another-account', {
    role: another,
    trouble: { serverClockOffsetMs: -290_000 },
  }),
  one('some calls throttled, and another external ID', 'external-id-differs', {
    role: wrongId,
    trouble: { throttling: 0.2 },
  }),
  one('it worked until the caller was made anew', 'trusted-principal-deleted', {
    role: byName,
    deployerMadeAnew: true,
    workedAs: deployer,
  }),
  one('it worked until the role was made anew with another account', 'trusts-another-account', {
    role: another,
    workedAs: deployer,
  }),
  one('made a minute ago, with another external ID', 'external-id-differs', { role: wrongId, justChanged: true }),
  one('a chained session longer than an hour by a second', 'duration-above-chaining-limit', {
    role: { ...sound, maxSessionDuration: 43_200 },
    source: robot,
    wantedDuration: 3601,
  }),
  one('longer than the role’s hour by a second', 'duration-above-maximum', { role: sound, wantedDuration: 3601 }),
  one('answers that break off', 'network', { role: sound, trouble: { tornAnswers: 1 } }),
];

const pairs: readonly Labelled[] = [
  two('denied-by-boundary', 'external-id-differs', {
    role: { trust: policyOf(statement({ Condition: { StringEquals: { 'sts:ExternalId': `${externalId} ` } } })) },
    caller: { inline: [policyOf(assume(), simulate)], boundary: policyOf(simulate) },
  }),
  two('denied-by-organization', 'trusted-principal-deleted', {
    role: { trust: policyOf(statement({ Principal: { AWS: 'arn:aws:iam::111122223333:role/DeletedDeployer' } })) },
    organization: organized(policyOf(denySts()), ['Tools']),
  }),
  two('caller-denied', 'mfa-needed', {
    role: {
      trust: policyOf(
        statement({
          Condition: {
            StringEquals: { 'sts:ExternalId': externalId },
            NumericLessThan: { 'aws:MultiFactorAuthAge': '900' },
          },
        }),
      ),
    },
    caller: {
      inline: [
        policyOf(simulate, assume(), denySts({ Resource: undefined, NotResource: 'arn:aws:iam::*:role/Staging' })),
      ],
    },
  }),
  two('caller-not-allowed', 'role-path-differs', {
    role: { ...sound, path: '/team/' },
    caller: { groups: [policyOf(simulate)] },
  }),
  two('caller-not-allowed', 'time-condition', {
    role: expired,
    caller: {
      inline: [policyOf(simulate, assume({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
    },
  }),
  two('denied-by-session-policy', 'trusts-another-account', {
    role: another,
    source: { ...robot, sessionPolicy: policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
  }),
];

export const heldOutCallers: Readonly<Record<string, readonly Labelled[]>> = {
  'The caller’s policies': policies,
  Organizations: organizations,
  'What leads astray': misleading,
  'Two at once, one of them the caller’s': pairs,
};
