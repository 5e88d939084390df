import type { CauseId } from '../../core/domain/check';
import {
  deployer,
  externalId,
  mayAssume,
  policyOf,
  statement,
  usualCaller,
  type Broken,
  type Labelled,
} from './broken';
import {
  also,
  deletedUser,
  denied,
  external,
  hidden,
  notAllowed,
  one,
  otherAccount,
  otherUser,
  principal,
  readOnly,
  role,
  two,
} from './labelled-parts';
import { ofTheExternalId, ofTheRole } from './labelled-role';

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
