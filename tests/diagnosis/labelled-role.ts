import { externalId, own, policyOf, statement, type Labelled, type Json } from './broken';
import {
  also,
  deletedRole,
  deletedUser,
  external,
  one,
  otherAccount,
  otherUser,
  principal,
  role,
} from './labelled-parts';

export const ofTheRole: readonly Labelled[] = [
  one('there is no such role', 'role-missing', {}),
  one('the name is in another case', 'role-name-differs', { role: { ...role(), name: 'deploy' } }),
  one('one letter of the name is missing', 'role-name-differs', { role: { ...role(), name: 'Deplo' } }),
  one('the role is under a path', 'role-path-differs', { role: { ...role(), path: '/team/' } }),
  one('the trusted account is mistyped', 'trusts-another-account', { role: role(principal(otherAccount)) }),
  one('another account as a bare number', 'trusts-another-account', { role: role(principal('333344445555')) }),
  one('two other accounts', 'trusts-another-account', {
    role: role({ Principal: { AWS: [otherAccount, '333344445555'] } }),
  }),
  one('another user of the account', 'trusts-another-identity', { role: role(principal(otherUser)) }),
  one('a condition on another user', 'trusts-another-identity', {
    role: also('ArnEquals', 'aws:PrincipalArn', otherUser),
  }),
  one('a condition on another role', 'trusts-another-identity', {
    role: also('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'),
  }),
  one('a user that was deleted', 'trusted-principal-deleted', { role: role(principal(deletedUser)) }),
  one('a role that was deleted', 'trusted-principal-deleted', { role: role(principal(deletedRole)) }),
  one('a service role', 'trusts-only-services', {
    role: {
      trust: policyOf({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    },
  }),
  one('a role for sign-in with SAML', 'trusts-only-federation', {
    role: {
      trust: policyOf({
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::222233334444:saml-provider/Company' },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      }),
    },
  }),
  one('a Deny for everybody beside the Allow', 'trust-denies', {
    role: {
      trust: policyOf(statement(), { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
    },
  }),
  one('nothing but a Deny', 'trust-denies', {
    role: { trust: policyOf({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }) },
  }),
  one('a Deny of every other external ID', 'trust-denies', {
    role: {
      trust: policyOf(statement(), {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { StringNotEquals: { 'sts:ExternalId': 'somebody-else' } },
      }),
    },
  }),
  one('the action is another one', 'trust-action-missing', { role: role({ Action: 'sts:TagSession' }) }),
  one('another external ID', 'external-id-differs', { role: role({ Condition: external('another-customer-7') }) }),
  one('the external ID in capitals', 'external-id-differs', {
    role: role({ Condition: external(externalId.toUpperCase()) }),
  }),
  one('a list of external IDs without ours', 'external-id-differs', {
    role: role({ Condition: { StringEquals: { 'sts:ExternalId': ['customer-a', 'customer-b'] } } }),
  }),
  one('an external ID is asked for, and there is none', 'external-id-needed', { role: role(), externalId: false }),
  one('MFA is asked for', 'mfa-needed', { role: also('Bool', 'aws:MultiFactorAuthPresent', 'true') }),
  one('a recent MFA is asked for', 'mfa-needed', {
    role: also('NumericLessThan', 'aws:MultiFactorAuthAge', '3600'),
  }),
  one('an organization is asked for, and there is none', 'organization-differs', {
    role: also('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'),
  }),
  one('another organization is asked for', 'organization-differs', {
    role: also('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'),
    organization: 'deployer-only',
  }),
  one('another network', 'network-condition', { role: also('IpAddress', 'aws:SourceIp', '203.0.113.0/24') }),
  one('a VPC', 'network-condition', { role: also('StringEquals', 'aws:SourceVpc', 'vpc-0a1b2c3d') }),
  one('until last year', 'time-condition', { role: also('DateLessThan', 'aws:CurrentTime', '2025-12-31T00:00:00Z') }),
  one('from next year on', 'time-condition', {
    role: also('DateGreaterThan', 'aws:CurrentTime', '2027-01-01T00:00:00Z'),
  }),
  one('a session name', 'session-name-condition', { role: also('StringEquals', 'sts:RoleSessionName', 'alice') }),
  one('a session name after the user', 'session-name-condition', {
    role: also('StringEquals', 'sts:RoleSessionName', '${aws:username}'),
  }),
  one('a SourceIdentity', 'source-identity-needed', { role: also('StringLike', 'sts:SourceIdentity', '*') }),
  one('a session tag', 'session-tags-needed', { role: also('StringEquals', 'aws:RequestTag/team', 'blue') }),
  one('a tag of the caller', 'condition-not-met', { role: also('StringEquals', 'aws:PrincipalTag/team', 'blue') }),
  one('a kind of caller', 'trusts-another-identity', {
    role: also('StringEquals', 'aws:PrincipalType', 'AssumedRole'),
  }),
  one('a change that AWS is still spreading', 'still-spreading', {
    role: role(),
    justChanged: true,
    trouble: { propagationDelayMs: 400_000 },
  }),
];

export const notEnforced = (name: string, ...statements: readonly Json[]): Labelled =>
  one(name, 'external-id-not-enforced', { role: { trust: policyOf(...statements) } });

export const ofTheExternalId: readonly Labelled[] = [
  notEnforced('no condition at all', { Effect: 'Allow', Principal: { AWS: own }, Action: 'sts:AssumeRole' }),
  notEnforced(
    'a condition that is met without the key',
    statement({ Condition: { StringEqualsIfExists: { 'sts:ExternalId': externalId } } }),
  ),
  notEnforced('any external ID', statement({ Condition: { StringLike: { 'sts:ExternalId': '*' } } })),
  notEnforced(
    'all but one external ID',
    statement({ Condition: { StringNotEquals: { 'sts:ExternalId': 'somebody-else' } } }),
  ),
  notEnforced('a second statement without the condition', statement(), statement({ Condition: {} })),
];
