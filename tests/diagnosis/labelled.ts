import type { CauseId } from '../../core/domain/check';
import type { SandboxTrouble } from '../../core/domain/practice-trouble';
import type { Scenario } from '../../main/sandbox/scenario';
import { administratorAccess } from '../support/practice';

/** A set-up that is broken on purpose, and what a person who knows it would say. */
export type Labelled = {
  readonly name: string;
  /** everything that has to change, in any order */
  readonly causes: readonly CauseId[];
  /** false: AWS gives the same answer for several causes, and nothing else tells. Claiming to know is then wrong */
  readonly toldApart?: false;
  readonly broken: Broken;
};

export type Json = Readonly<Record<string, unknown>>;

/** A role of the deployer's account that the deployer assumes first, and calls with. */
export type CallerRole = {
  readonly name: string;
  readonly path?: string;
  readonly inline: readonly Json[];
  readonly sessionName?: string;
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly sessionPolicy?: Json;
};

export type Broken = {
  /** the role `Deploy`; absent: there is none */
  readonly role?: {
    readonly name?: string;
    readonly path?: string;
    readonly trust?: Json;
    readonly attached?: readonly string[];
    readonly inline?: Json;
    readonly boundaryArn?: string;
    readonly maxSessionDuration?: number;
  };
  /** policies of the deployer; by default it may assume any role and ask IAM's simulator */
  readonly caller?: {
    readonly inline?: readonly Json[];
    readonly attached?: readonly string[];
    readonly boundaryArn?: string;
    /** as policies of the account, attached; as policies of a group; as the boundary */
    readonly managed?: readonly Json[];
    readonly groups?: readonly Json[];
    readonly boundary?: Json;
  };
  /** which credentials the deployer calls with */
  readonly source?:
    | 'deleted-key'
    | 'inactive-key'
    | 'wrong-secret'
    | 'expired-session'
    | 'root-key'
    | 'no-credentials'
    | 'role-session'
    | 'restricted-session'
    | 'user-session'
    | CallerRole;
  /** who can look into the target account: a source of its own, somebody who pastes, or nobody */
  readonly eyes?: 'source' | 'pasted' | 'none';
  /** what somebody who pastes has copied; by default what the AWS CLI prints */
  readonly pastedAs?: PastedAs;
  readonly organization?: 'none' | 'deployer-only' | NonNullable<Scenario['organization']>;
  readonly trouble?: Partial<SandboxTrouble>;
  readonly network?: 'cut' | 'throttled' | 'server-errors';
  /** what AssumeRole is answered with, for what the sandbox has no rules for: resource control policies, VPC endpoints */
  readonly answer?: { readonly code: string; readonly message: string; readonly status?: number };
  /** the connection has no external ID */
  readonly externalId?: false;
  readonly wantedDuration?: number;
  readonly roleArn?: string;
  readonly justChanged?: boolean;
  /** the connection passed before, as this caller */
  readonly workedAs?: string;
  /** the deployer was deleted and made anew under the same name since */
  readonly deployerMadeAnew?: boolean;
  /** actions that were agreed */
  readonly recipeId?: string;
};

export type PastedAs =
  'windows-lines' | 'percent-encoded' | 'list-of-roles' | 'trust-only' | 'another-role' | 'refusal';

export const externalId = '4d1f3c2a-8f0b-4c53-9a35-6f1f5b3d7e10';
export const deployer = 'arn:aws:iam::111122223333:user/practice-deployer';
const own = 'arn:aws:iam::111122223333:root';

export function statement(change: Json = {}): Json {
  return {
    Effect: 'Allow',
    Principal: { AWS: own },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    ...change,
  };
}

export function policyOf(...statements: readonly Json[]): Json {
  return { Version: '2012-10-17', Statement: statements };
}

const trust = (change: Json = {}): Json => policyOf(statement(change));
const role = (change: Json = {}) => ({ trust: trust(change) });
/** The external ID and one condition more. */
const also = (operator: string, key: string, value: string) =>
  role({
    Condition:
      operator === 'StringEquals'
        ? { StringEquals: { 'sts:ExternalId': externalId, [key]: value } }
        : { StringEquals: { 'sts:ExternalId': externalId }, [operator]: { [key]: value } },
  });
const external = (id: string) => ({ StringEquals: { 'sts:ExternalId': id } });
const principal = (AWS: string) => ({ Principal: { AWS } });

const mayAssume = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/*' };
const maySimulate = {
  Effect: 'Allow',
  Action: ['iam:SimulatePrincipalPolicy', 'organizations:DescribeOrganization'],
  Resource: '*',
};
export const usualCaller = { inline: [policyOf(mayAssume, maySimulate)] };
const denied = {
  inline: [policyOf(mayAssume, { Effect: 'Deny', Action: 'sts:*', Resource: 'arn:aws:iam::222233334444:role/*' })],
};
const notAllowed = { inline: [policyOf(maySimulate)] };
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const otherAccount = 'arn:aws:iam::111122223323:root';
const otherUser = 'arn:aws:iam::111122223333:user/former-deployer';
const deletedUser = 'arn:aws:iam::111122223333:user/deleted-deployer';
const deletedRole = 'arn:aws:iam::111122223333:role/DeletedDeployer';

const one = (name: string, cause: CauseId, broken: Broken): Labelled => ({ name, causes: [cause], broken });
const hidden = (name: string, cause: CauseId, broken: Broken): Labelled => ({
  name: `${name}, and nobody can look`,
  causes: [cause],
  toldApart: false,
  broken: { ...broken, eyes: 'none' },
});
const two = (first: CauseId, second: CauseId, broken: Broken): Labelled => ({
  name: `${first} and ${second}`,
  causes: [first, second],
  broken,
});

const ofTheRole: readonly Labelled[] = [
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

const notEnforced = (name: string, ...statements: readonly Json[]): Labelled =>
  one(name, 'external-id-not-enforced', { role: { trust: policyOf(...statements) } });

const ofTheExternalId: readonly Labelled[] = [
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

const ofTheCaller: readonly Labelled[] = [
  one('no policy allows it', 'caller-not-allowed', { role: role(), caller: notAllowed }),
  one('another role is allowed', 'caller-not-allowed', {
    role: role(),
    caller: { inline: [policyOf({ ...mayAssume, Resource: 'arn:aws:iam::222233334444:role/Other' })] },
  }),
  one('no policy allows it, and nobody can look', 'caller-not-allowed', {
    role: role(),
    caller: { inline: [] },
    eyes: 'none',
  }),
  one('a policy denies it', 'caller-denied', { role: role(), caller: denied }),
  one('a boundary does not allow it', 'denied-by-boundary', {
    role: role(),
    caller: { ...usualCaller, boundaryArn: readOnly },
  }),
  one('the session has a policy that does not allow it', 'denied-by-session-policy', {
    role: role(),
    source: 'restricted-session',
  }),
  one('the organization denies it', 'denied-by-organization', {
    role: role(),
    organization: 'deployer-only',
    trouble: { serviceControlDenies: ['sts:AssumeRole'] },
  }),
  one('the organization denies it, and nobody can look', 'denied-by-organization', {
    role: role(),
    organization: 'deployer-only',
    trouble: { serviceControlDenies: ['sts:AssumeRole'] },
    eyes: 'none',
  }),
  one('the key was deleted', 'access-key-unknown', { role: role(), source: 'deleted-key' }),
  one('the key was switched off', 'access-key-unknown', { role: role(), source: 'inactive-key' }),
  one('the secret is another one', 'secret-wrong', { role: role(), source: 'wrong-secret' }),
  one('the session has expired', 'source-session-expired', { role: role(), source: 'expired-session' }),
  one('a root key', 'root-user', { role: role(), source: 'root-key' }),
  one('credentials that cannot be loaded', 'source-credentials-missing', { role: role(), source: 'no-credentials' }),
  one('a clock that is ten minutes behind', 'clock-wrong', {
    role: role(),
    trouble: { serverClockOffsetMs: 600_000 },
  }),
  one('no way to AWS', 'network', { role: role(), network: 'cut' }),
  one('AWS throttles', 'throttled', { role: role(), network: 'throttled' }),
  one('AWS is in trouble', 'aws-trouble', { role: role(), network: 'server-errors' }),
  one('STS is off in the Region', 'region-disabled', { role: role(), trouble: { disabledRegions: ['eu-west-1'] } }),
];

const ofTheRequest: readonly Labelled[] = [
  one('longer than the role allows', 'duration-above-maximum', { role: role(), wantedDuration: 7200 }),
  one('longer than chaining allows', 'duration-above-chaining-limit', {
    role: { ...role(), maxSessionDuration: 14_400 },
    source: 'role-session',
    wantedDuration: 7200,
  }),
  one('longer than a condition allows', 'duration-condition', {
    role: also('NumericLessThanEquals', 'sts:DurationSeconds', '1800'),
  }),
  one('a role of another partition', 'other-partition', { roleArn: 'arn:aws-cn:iam::222233334444:role/Deploy' }),
];

const refusal = `User: ${deployer} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222233334444:role/Deploy`;
const worded = (name: string, cause: CauseId, message: string, code = 'AccessDenied', status = 403): Labelled =>
  one(name, cause, { role: role(), answer: { code, message, status } });

const wordedByAws: readonly Labelled[] = [
  worded(
    'a resource control policy',
    'denied-by-resource-control-policy',
    `${refusal} with an explicit deny in a resource control policy`,
  ),
  worded(
    'the policy of a VPC endpoint',
    'denied-by-network-policy',
    `${refusal} because no VPC endpoint policy allows the sts:AssumeRole action`,
  ),
  worded(
    'session tags',
    'session-tags-not-allowed',
    `User: ${deployer} is not authorized to perform: sts:TagSession on resource: arn:aws:iam::222233334444:role/Deploy`,
  ),
  worded(
    'a SourceIdentity',
    'source-identity-not-allowed',
    `User: ${deployer} is not authorized to perform: sts:SetSourceIdentity on resource: arn:aws:iam::222233334444:role/Deploy`,
  ),
  worded(
    'a wrong MFA code',
    'mfa-code-wrong',
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
  ),
  worded(
    'a session policy that is no policy',
    'session-policy-refused',
    'Syntax errors in policy.',
    'MalformedPolicyDocument',
    400,
  ),
  worded(
    'a session policy that is too large',
    'session-policy-refused',
    'Packed size of session tags consumes 112% of allotted space.',
    'PackedPolicyTooLarge',
    400,
  ),
  worded(
    'a value that does not fit',
    'value-refused',
    "1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
    'ValidationError',
    400,
  ),
];

const agreed = { recipeId: 'deployment-service' } as const;
const ofThePermissions: readonly Labelled[] = [
  one('a role without policies', 'role-lacks-permission', { ...agreed, role: { ...role(), attached: [] } }),
  one('a policy of the role denies', 'role-denied', {
    ...agreed,
    role: { ...role(), inline: policyOf({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }) },
  }),
  one('policies that allow only a part', 'role-lacks-permission', {
    ...agreed,
    role: { ...role(), attached: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'] },
  }),
  one('a boundary of the role', 'role-denied-by-boundary', { ...agreed, role: { ...role(), boundaryArn: readOnly } }),
  one('an organization’s policy over the target', 'role-denied-by-organization', {
    ...agreed,
    role: role(),
    trouble: { serviceControlDenies: ['cloudformation:CreateStack'] },
  }),
  one('a role without policies, and nobody can look', 'role-lacks-permission', {
    ...agreed,
    role: { ...role(), attached: [] },
    eyes: 'none',
  }),
  two('role-denied', 'role-lacks-permission', {
    ...agreed,
    role: {
      ...role(),
      attached: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
      inline: policyOf({ Effect: 'Deny', Action: 'iam:List*', Resource: '*' }),
    },
  }),
];

const unseen: readonly Labelled[] = [
  hidden('there is no such role', 'role-missing', {}),
  hidden('the trusted account is mistyped', 'trusts-another-account', { role: role(principal(otherAccount)) }),
  hidden('another external ID', 'external-id-differs', { role: role({ Condition: external('another-customer-7') }) }),
  hidden('a user that was deleted', 'trusted-principal-deleted', { role: role(principal(deletedUser)) }),
  hidden('another user of the account', 'trusts-another-identity', { role: role(principal(otherUser)) }),
  hidden('MFA is asked for', 'condition-not-met', { role: also('Bool', 'aws:MultiFactorAuthPresent', 'true') }),
  hidden('a Deny for everybody', 'trust-denies', {
    role: { trust: policyOf(statement(), { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }) },
    workedAs: deployer,
  }),
  hidden('it worked, and the identity was made anew', 'trusted-principal-deleted', {
    role: role(principal(deletedUser)),
    workedAs: deployer,
  }),
  hidden('it worked for somebody else', 'trusts-another-identity', {
    role: role(principal(otherUser)),
    workedAs: otherUser,
  }),
];

const pasted = (name: string, cause: CauseId, broken: Broken): Labelled =>
  one(`${name}, and the owner pastes`, cause, { ...broken, eyes: 'pasted' });

const told: readonly Labelled[] = [
  pasted('there is no such role', 'role-missing', {}),
  pasted('the trusted account is mistyped', 'trusts-another-account', { role: role(principal(otherAccount)) }),
  pasted('another external ID', 'external-id-differs', { role: role({ Condition: external('another-customer-7') }) }),
  pasted('the role is under a path', 'role-path-differs', { role: { ...role(), path: '/team/' } }),
  pasted('a user that was deleted', 'trusted-principal-deleted', { role: role(principal(deletedUser)) }),
];

const wrongId = external('another-customer-7');

const inPairs: readonly Labelled[] = [
  two('trusts-another-account', 'external-id-differs', {
    role: role({ ...principal(otherAccount), Condition: wrongId }),
  }),
  two('trusted-principal-deleted', 'external-id-differs', {
    role: role({ ...principal(deletedUser), Condition: wrongId }),
  }),
  two('trusts-another-identity', 'time-condition', {
    role: role({
      ...principal(otherUser),
      Condition: { ...external(externalId), DateLessThan: { 'aws:CurrentTime': '2025-12-31T00:00:00Z' } },
    }),
  }),
  two('external-id-differs', 'mfa-needed', {
    role: role({ Condition: { ...wrongId, Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  }),
  two('trust-action-missing', 'external-id-differs', { role: role({ Action: 'sts:TagSession', Condition: wrongId }) }),
  two('organization-differs', 'mfa-needed', {
    role: role({
      Condition: {
        StringEquals: { 'sts:ExternalId': externalId, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      },
    }),
    organization: 'deployer-only',
  }),
  two('caller-not-allowed', 'external-id-differs', { role: role({ Condition: wrongId }), caller: notAllowed }),
  two('caller-not-allowed', 'trusts-another-account', { role: role(principal(otherAccount)), caller: notAllowed }),
  two('caller-not-allowed', 'role-missing', { caller: notAllowed }),
  two('caller-denied', 'trusted-principal-deleted', { role: role(principal(deletedUser)), caller: denied }),
  two('denied-by-organization', 'external-id-differs', {
    role: role({ Condition: wrongId }),
    organization: 'deployer-only',
    trouble: { serviceControlDenies: ['sts:AssumeRole'] },
  }),
  two('denied-by-boundary', 'trusts-another-account', {
    role: role(principal(otherAccount)),
    caller: { ...usualCaller, boundaryArn: readOnly },
  }),
];

/** What else stands in the account of the deployer: who is named by trusts, and is gone or somebody else. */
export const bystanders = {
  users: [{ name: 'former-deployer' }, { name: 'deleted-deployer', deleted: true }],
  roles: [
    {
      name: 'DeployerRole',
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: own }, Action: 'sts:AssumeRole' }),
      inline: [{ name: 'Assume', document: policyOf(mayAssume, maySimulate) }],
      maxSessionDuration: 3600,
    },
    {
      name: 'DeletedDeployer',
      deleted: true,
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: own }, Action: 'sts:AssumeRole' }),
    },
  ],
} as const;

export const roleDefaults = { name: 'Deploy', path: '/', attached: [administratorAccess], maxSessionDuration: 3600 };

/** Every group as the table names it. */
export const labelled: Readonly<Record<string, readonly Labelled[]>> = {
  'The role and its trust, seen': ofTheRole,
  'The external ID': ofTheExternalId,
  'The caller and the way to AWS': ofTheCaller,
  'The request': ofTheRequest,
  'Said by AWS in words': wordedByAws,
  'What the role may do': ofThePermissions,
  'Pasted by the owner': told,
  'Two at once': inPairs,
  'Nobody can look': unseen,
};
