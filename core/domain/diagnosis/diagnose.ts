import type { AppError } from '../../app-error';
import { parseRoleArn } from '../arn';
import type { Cause, CauseId, Diagnosis } from '../check';
import { callerCorrection } from './caller-policy';
import type { Evidence, RefusedAction, TargetEyes } from './evidence';
import { enforcementCorrection, findingsOfTrust, roleNameOf } from './from-trust';
import { concluded, proven } from './state-cause';
import { weigh } from './weigh';

type RuledOut = Diagnosis['ruledOut'][number];

/** Errors whose kind is the cause. AWS or this computer said it plainly. */
const causeOfKind: Partial<Readonly<Record<AppError['kind'], CauseId>>> = {
  'credentials-missing': 'source-credentials-missing',
  'credentials-expired': 'source-session-expired',
  'credentials-invalid': 'access-key-unknown',
  'signature-mismatch': 'secret-wrong',
  'clock-wrong': 'clock-wrong',
  unreachable: 'network',
  'timed-out': 'network',
  throttled: 'throttled',
  'aws-other': 'aws-trouble',
  'region-disabled': 'region-disabled',
  'malformed-policy': 'session-policy-refused',
  'policy-too-large': 'session-policy-refused',
  'validation-refused': 'value-refused',
};

function plainCause({ check, error, caller }: Evidence): Cause | undefined {
  if (check === 'arn') return proven('not-a-role', error.message);
  if (check === 'partition') return proven('other-partition', error.message);
  if (check === 'identity' && error.kind === 'unexpected') return proven('unexpected-identity', error.message);
  if (error.kind === 'duration-too-long') {
    const isChained = /role chaining|1 hour session limit/i.test(error.detail ?? '');
    return proven(isChained ? 'duration-above-chaining-limit' : 'duration-above-maximum', error.message);
  }
  if (error.kind === 'access-denied' && caller?.arn.endsWith(':root') === true) {
    return proven('root-user', `The caller is ${caller.arn}.`);
  }
  // An answer that began well and broke off on its way says nothing of AWS.
  const isBroken = error.kind === 'aws-other' && error.httpStatus !== undefined && error.httpStatus < 300;
  const id = isBroken ? 'network' : causeOfKind[error.kind];
  return id === undefined ? undefined : proven(id, error.message);
}

/**
 * Wordings of AWS that name the side at fault (aws-reference §3.3). They are not contractual and name one policy only,
 * so what they say is very likely, never certain.
 */
const wordings: readonly (readonly [RegExp, CauseId, CauseId])[] = [
  [/service control policy/i, 'denied-by-organization', 'role-denied-by-organization'],
  [/resource control policy/i, 'denied-by-resource-control-policy', 'role-denied-by-organization'],
  [/permissions boundary/i, 'denied-by-boundary', 'role-denied-by-boundary'],
  [/session policy/i, 'denied-by-session-policy', 'role-denied'],
  [/VPC endpoint policy/i, 'denied-by-network-policy', 'role-denied'],
  [/explicit deny in an? identity-based policy/i, 'caller-denied', 'role-denied'],
  [/no identity-based policy allows/i, 'caller-not-allowed', 'role-lacks-permission'],
  [/may not be assumed by root/i, 'root-user', 'root-user'],
  [/MultiFactorAuthentication failed/i, 'mfa-code-wrong', 'mfa-code-wrong'],
  [/sts:TagSession/, 'session-tags-not-allowed', 'session-tags-not-allowed'],
  [/sts:SetSourceIdentity/, 'source-identity-not-allowed', 'source-identity-not-allowed'],
];

function wordedCause({ caller, check, error, roleArn }: Evidence): Cause | undefined {
  const text = error.detail ?? '';
  const found = wordings.find(([pattern]) => pattern.test(text));
  if (found === undefined) return undefined;
  const [, callers, roles] = found;
  const id = check === 'permissions' ? roles : callers;
  const details =
    id === 'caller-not-allowed' && caller !== undefined ? callerCorrection(caller.arn, roleArn) : undefined;
  return concluded(id, 0.95, 'AWS names it in its answer.', details);
}

/** The simulator's word holds only where it was told everything that the policies ask for. */
function simulatedCauses({ caller, roleArn, simulation }: Evidence): Cause[] {
  if (simulation === undefined || simulation.decision === 'allowed' || simulation.missesContext === true) return [];
  const how = 'IAM’s policy simulator says so of the source identity.';
  if (simulation.organizationAllows === false) return [proven('denied-by-organization', how)];
  if (simulation.boundaryAllows === false) return [proven('denied-by-boundary', how)];
  if (simulation.decision === 'explicitDeny') return [proven('caller-denied', how)];
  return [proven('caller-not-allowed', how, caller === undefined ? {} : (callerCorrection(caller.arn, roleArn) ?? {}))];
}

/** What the simulator says of the role: each policy that stands in the way has to change. */
function refusedPermissions(refusals: readonly RefusedAction[]): Diagnosis {
  const actions = new Map<CauseId, string[]>();
  for (const { action, boundaryAllows, decision, organizationAllows } of refusals) {
    const id: CauseId =
      organizationAllows === false
        ? 'role-denied-by-organization'
        : boundaryAllows === false
          ? 'role-denied-by-boundary'
          : decision === 'explicitDeny'
            ? 'role-denied'
            : 'role-lacks-permission';
    actions.set(id, [...(actions.get(id) ?? []), action]);
  }
  return {
    causes: [...actions].map(([id, refused]) =>
      proven(id, `IAM’s policy simulator refuses ${refused.join(', ')}.`.slice(0, 600)),
    ),
    toldApart: true,
    ruledOut: [],
    evidence: 'Asked IAM’s policy simulator.',
  };
}

/** The role by its own ARN: one letter's case or a path is enough for AWS to find none. */
function whereElse(evidence: Evidence, eyes: TargetEyes): Cause | undefined {
  const tested = parseRoleArn(evidence.roleArn);
  if (tested === undefined) return undefined;
  if (!eyes.found) {
    const [similar] = eyes.similar ?? [];
    return similar === undefined
      ? proven('role-missing', 'AWS says so in the target account. Names are case-sensitive when a role is assumed.', {
          title: `There is no role ${tested.roleName} in that account`,
        })
      : proven('role-name-differs', `There is no ${tested.roleName}, but there is ${roleNameOf(similar)}.`, {
          suggestedRoleArn: similar,
        });
  }
  if (eyes.roleArn === undefined || eyes.roleArn === evidence.roleArn) return undefined;
  const found = parseRoleArn(eyes.roleArn);
  if (found === undefined || found.accountId !== tested.accountId) return undefined;
  return found.roleName === tested.roleName
    ? proven('role-path-differs', `It is ${eyes.roleArn}.`, { suggestedRoleArn: eyes.roleArn })
    : proven('role-name-differs', `It is called ${found.roleName}.`, { suggestedRoleArn: eyes.roleArn });
}

/** Names are unique in an account without regard to case: whatever its path, a role of that name is the one that was meant. */
function isTheRole({ roleArn }: Evidence, eyes: Extract<TargetEyes, { found: true }>): boolean {
  return eyes.roleArn !== undefined && roleNameOf(eyes.roleArn).toLowerCase() === roleNameOf(roleArn).toLowerCase();
}

/** One line for the target account whose output tells the rest (aws-reference §3.4). No character of a role's name means anything to a shell. */
function lookFor(roleArn: string): Diagnosis['look'] {
  const role = parseRoleArn(roleArn);
  if (role === undefined) return undefined;
  return {
    command: `aws iam get-role --role-name ${role.roleName} --output json`,
    accountId: role.accountId,
  };
}

/** What remains when the role admits the caller as far as can be seen. */
function remaining(evidence: Evidence): Cause[] {
  const { history, simulation } = evidence;
  const causes: Cause[] = [];
  const isChecked = simulation?.decision === 'allowed' && simulation.missesContext !== true;
  const isFresh = history.justMade && (history.waitedMs ?? 0) < 45_000;
  if (history.justMade)
    causes.push(
      concluded('still-spreading', isFresh ? 0.7 : 0.5, 'The role admits this caller; the change is a moment old.'),
    );
  if (!isChecked) {
    causes.push(
      concluded(
        'caller-not-allowed',
        isFresh ? 0.15 : 0.6,
        'The role admits this caller. Across accounts its own policies must allow it too.',
        evidence.caller === undefined ? {} : (callerCorrection(evidence.caller.arn, evidence.roleArn) ?? {}),
      ),
    );
    causes.push(
      concluded('denied-by-organization', isFresh ? 0.05 : 0.15, 'A policy over the source account may forbid it.'),
    );
  }
  causes.push(
    concluded(
      'denied-by-resource-control-policy',
      isFresh ? 0.1 : history.justMade ? 0.3 : isChecked ? 0.7 : 0.2,
      isChecked
        ? 'The role admits this caller, and its own policies allow it. What is left stands over the target account.'
        : 'A policy over the target account may forbid it.',
    ),
  );
  return causes.sort((one, other) => other.probability - one.probability);
}

function joined(parts: readonly string[]): string {
  return parts.join(' ').slice(0, 400);
}

/** Of a role that may not be the one that was meant nothing is proposed to be changed: the right ARN is tested first. */
function withoutChange({ command: _command, correction: _correction, ...cause }: Cause): Cause {
  return cause;
}

/** A refused AssumeRole: everything that was seen has to change, in the order in which AWS asks; else what is likeliest. */
function refused(evidence: Evidence): Diagnosis {
  const { check, eyes, simulation } = evidence;
  const worded = wordedCause(evidence);
  const simulated = simulatedCauses(evidence);
  const elsewhere = eyes === undefined ? undefined : whereElse(evidence, eyes);
  const trust =
    eyes?.found === true && (elsewhere === undefined || isTheRole(evidence, eyes))
      ? findingsOfTrust(evidence, eyes)
      : { proven: [], possible: [], ruledOut: [] };
  const ruledOut: RuledOut[] = [
    ...(simulation?.decision === 'allowed' && simulation.missesContext !== true
      ? [{ title: 'The source identity may not call AssumeRole', because: 'IAM’s policy simulator says that it may' }]
      : []),
    ...trust.ruledOut,
  ];
  const wordedOnly = worded === undefined || simulated.some(({ id }) => id === worded.id) ? [] : [worded];
  const found = [
    ...simulated,
    ...wordedOnly,
    ...(elsewhere === undefined ? trust.proven : [elsewhere, ...trust.proven.map(withoutChange)]),
  ];
  const how = joined([
    ...(worded === undefined ? [] : ['Read from the answer of AWS.']),
    ...(simulation === undefined ? [] : ['Asked IAM’s policy simulator.']),
    ...(eyes === undefined ? [] : [`Read from ${eyes.readWith}.`]),
  ]);
  if (found.length > 0) {
    return {
      causes: [...found, ...trust.possible].slice(0, 8),
      toldApart: true,
      ruledOut,
      evidence: how,
      ...(eyes === undefined && { look: lookFor(evidence.roleArn) }),
    };
  }
  if (check === 'session-length' && evidence.request.shorterWorks === true) {
    const reasoning = 'The same request for 15 minutes was let in.';
    return {
      causes: [concluded('duration-condition', 0.9, reasoning)],
      toldApart: true,
      ruledOut,
      evidence: 'Seen by trying it.',
    };
  }
  if (eyes?.found === true) {
    const [unseen, ...others] = trust.possible;
    const left = remaining(evidence);
    if (unseen === undefined)
      return { causes: left, toldApart: (left[0]?.probability ?? 0) >= 0.7, ruledOut, evidence: how };
    // The only things that were not seen to be right are what is left to refuse.
    const isOnly = others.length === 0 && simulation?.decision === 'allowed' && simulation.missesContext !== true;
    const sure = { ...concluded(unseen.id, isOnly ? 0.9 : 0.6, unseen.reasoning), reasoning: unseen.reasoning };
    const rest = left.map((cause) => concluded(cause.id, cause.probability * 0.4, cause.reasoning, cause));
    return { causes: [sure, ...others, ...rest].slice(0, 8), toldApart: isOnly, ruledOut, evidence: how };
  }
  const { causes, toldApart } = weigh(evidence);
  return {
    causes: [...causes],
    toldApart,
    ruledOut,
    evidence: how === '' ? 'AWS gives the same answer for all of these.' : how,
    look: lookFor(evidence.roleArn),
  };
}

/**
 * What is behind a failed check: ranked causes, each with how sure it is, why, and what to do. `undefined` where the
 * error says all there is to say. Pure: the same evidence gives the same answer.
 */
export function diagnose(evidence: Evidence): Diagnosis | undefined {
  const { check, error, eyes, refusals = [] } = evidence;
  const certain = (cause: Cause, how: string): Diagnosis => ({
    causes: [cause],
    toldApart: true,
    ruledOut: [],
    evidence: how,
  });
  if (check === 'external-id' && error.kind === 'not-possible') {
    const details = eyes?.found === true ? enforcementCorrection(evidence, eyes) : {};
    return {
      ...certain(
        proven('external-id-not-enforced', 'AssumeRole succeeded where it must be refused.', {
          ...details,
          risk: 'Until it is, anybody whom the trusted account serves can have it enter this account.',
        }),
        'Seen by trying it.',
      ),
      ...(eyes === undefined && { look: lookFor(evidence.roleArn) }),
    };
  }
  if (refusals.length > 0) return refusedPermissions(refusals);
  const plain = plainCause(evidence);
  if (plain !== undefined) return certain(plain, error.code === undefined ? 'Seen on this computer.' : 'Said by AWS.');
  if (error.kind !== 'access-denied') return undefined;
  if (check === 'permissions') {
    const worded =
      wordedCause(evidence) ?? concluded('role-lacks-permission', 0.6, 'AWS refused, and did not say why.');
    return { ...certain(worded, 'Read from the answer of AWS.') };
  }
  return refused(evidence);
}
