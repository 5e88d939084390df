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
  one,
  robot,
  organized,
} from './held-out-parts';
import { deployer, externalId, policyOf, statement, type Broken, type Labelled } from './broken';

const refused = `User: ${deployer} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
const worded = (name: string, cause: CauseId, message: string, code = 'AccessDenied', status = 403): Labelled =>
  one(name, cause, { role: sound, eyes: 'none', answer: { code, message, status } });

const words: readonly Labelled[] = [
  worded(
    'a boundary by its ARN',
    'denied-by-boundary',
    `${refused} with an explicit deny in a permissions boundary: arn:aws:iam::111122223333:policy/Limits`,
  ),
  worded(
    'a policy of the organization by its ARN',
    'denied-by-organization',
    `${refused} with an explicit deny in a service control policy: arn:aws:organizations::333344445555:policy/o-a1b2c3d4e5/service_control_policy/p-0123abcd`,
  ),
  worded(
    'no session policy',
    'denied-by-session-policy',
    `${refused} because no session policy allows the sts:AssumeRole action`,
  ),
  worded(
    'no resource control policy',
    'denied-by-resource-control-policy',
    `${refused} because no resource control policy allows the sts:AssumeRole action`,
  ),
  worded(
    'a deny in the caller’s own policy by its ARN',
    'caller-denied',
    `${refused} with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/Guard`,
  ),
  worded(
    'an MFA device that is not the user’s',
    'mfa-code-wrong',
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  ),
  worded('the rate', 'throttled', 'Rate exceeded', 'Throttling', 400),
  worded('a service that is not there', 'aws-trouble', 'Service Unavailable', 'ServiceUnavailable', 503),
  worded(
    'a Region that the role’s account has switched off',
    'region-disabled',
    'STS is not activated in this region for account:222233334444. Your account administrator can activate STS in this region using the IAM Console.',
    'RegionDisabledException',
  ),
];

const wants = { recipeId: 'deployment-service' } as const;
const permissions: readonly Labelled[] = [
  one('a policy to read only', 'role-lacks-permission', {
    ...wants,
    role: { ...sound, attached: ['arn:aws:iam::aws:policy/SecurityAudit'] },
  }),
  one('a boundary over the role', 'role-denied-by-boundary', {
    ...wants,
    role: { ...sound, boundaryArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  }),
  one('a policy over the role’s account', 'role-denied-by-organization', {
    ...wants,
    role: sound,
    organization: organized(policyOf({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }), ['222233334444'], true),
  }),
];

const pasted = (name: string, cause: CauseId, broken: Broken): Labelled =>
  one(name, cause, { eyes: 'pasted', ...broken });
const useless = (name: string, cause: CauseId, broken: Broken): Labelled => ({
  name,
  causes: [cause],
  toldApart: false,
  broken: { eyes: 'pasted', ...broken },
});

const byTheOwner: readonly Labelled[] = [
  pasted('with the line ends and prompts of Windows', 'external-id-differs', {
    role: wrongId,
    pastedAs: 'windows-lines',
  }),
  pasted('as the API sends it', 'trusts-another-account', { role: another, pastedAs: 'percent-encoded' }),
  pasted('as the API sends it, from before the caller was made anew', 'trusted-principal-deleted', {
    role: byName,
    deployerMadeAnew: true,
    pastedAs: 'percent-encoded',
  }),
  pasted('a list of all roles', 'role-path-differs', {
    role: { ...sound, path: '/service-role/' },
    pastedAs: 'list-of-roles',
  }),
  pasted('the trust policy alone', 'time-condition', { role: expired, pastedAs: 'trust-only' }),
  useless('another role', 'external-id-differs', { role: wrongId, pastedAs: 'another-role' }),
  useless('that they may not look', 'role-missing', { pastedAs: 'refusal' }),
];

const hidden = (name: string, cause: CauseId, broken: Broken): Labelled => ({
  name,
  causes: [cause],
  toldApart: false,
  broken: { ...broken, eyes: 'none' },
});

const unseen: readonly Labelled[] = [
  hidden('the right name in the wrong account', 'role-missing', {
    role: sound,
    roleArn: 'arn:aws:iam::333344445555:role/Deploy',
  }),
  hidden('the name in other letters', 'role-missing', { role: { ...sound, name: 'deploy' } }),
  hidden('it worked, and the caller was made anew', 'trusted-principal-deleted', {
    role: byName,
    deployerMadeAnew: true,
    workedAs: deployer,
  }),
  hidden('it worked, and the role was made anew with another account', 'trusts-another-account', {
    role: another,
    workedAs: deployer,
  }),
  hidden('it worked, and its time is over', 'condition-not-met', { role: expired, workedAs: deployer }),
  hidden('allowed with this external ID, the role wants another', 'external-id-differs', {
    role: wrongId,
    caller: {
      inline: [policyOf(simulate, assume({ Condition: { StringEquals: { 'sts:ExternalId': externalId } } }))],
    },
  }),
  hidden('a role’s session, and its ARN without the path is trusted', 'trusts-another-identity', {
    role: {
      trust: policyOf(
        statement({
          Condition: {
            StringEquals: { 'sts:ExternalId': externalId },
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Robot' },
          },
        }),
      ),
    },
    source: robot,
  }),
  hidden('an external ID is asked for, and there is none', 'external-id-needed', { role: sound, externalId: false }),
  {
    ...hidden('AWS speaks of a trust policy', 'trusts-another-account', { role: another }),
    broken: {
      role: another,
      eyes: 'none',
      answer: {
        code: 'AccessDenied',
        message: `${refused} because no role trust policy allows the sts:AssumeRole action`,
      },
    },
  },
  one('the caller may not, and behind it another external ID', 'caller-not-allowed', {
    role: wrongId,
    eyes: 'none',
    caller: { inline: [policyOf(simulate)] },
  }),
];

export const heldOutAnswers: Readonly<Record<string, readonly Labelled[]>> = {
  'Wordings of AWS': words,
  'What the role lacks': permissions,
  'Pasted in other forms': byTheOwner,
  'Out of sight': unseen,
};
