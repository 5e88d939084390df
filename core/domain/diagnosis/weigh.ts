import { parseRoleArn } from '../arn';
import type { Cause, CauseId } from '../check';
import type { Evidence } from './evidence';
import { concluded } from './state-cause';

/**
 * What a bare AccessDenied comes from as a rule, before anything else is known. Relative weights, not measured: what is
 * mistyped or forgotten most stands first. AWS words a refusal by the caller's own policies differently (aws-reference
 * §3.3), so that is rare here.
 */
const usual: readonly (readonly [CauseId, number, string])[] = [
  ['role-missing', 30, 'The name may be mistyped, or the role was not made yet or is gone.'],
  ['external-id-differs', 22, 'The condition may hold another external ID.'],
  ['trusts-another-account', 16, 'The account in the trust policy may be mistyped.'],
  ['trusts-another-identity', 10, 'It may name another user or role of the account.'],
  ['condition-not-met', 9, 'It may ask for MFA, an organization, a network or a time.'],
  ['caller-not-allowed', 6, 'AWS as a rule says when the caller’s own policies refuse; not always across accounts.'],
  ['trusted-principal-deleted', 4, 'The user or role that it named may have been made anew since.'],
  ['trust-denies', 3, 'Access may have been taken back.'],
  ['denied-by-resource-control-policy', 2, 'The target’s organization may forbid it.'],
];

type Factor = { readonly of: CauseId; readonly by: number };

/** What is known beside the refusal, as factors on those weights. */
function factors({ caller, history, request, roleArn, simulation }: Evidence): readonly Factor[] {
  const list: Factor[] = [];
  const add = (by: number, ...causes: readonly CauseId[]) => {
    for (const of of causes) list.push({ of, by });
  };
  if (simulation?.missesContext === true) add(simulation.decision === 'allowed' ? 0.5 : 3, 'caller-not-allowed');
  else if (simulation?.decision === 'allowed') add(0, 'caller-not-allowed');
  if (request.externalId === undefined) add(0.5, 'external-id-differs');
  const planned = history.plannedArn === undefined ? undefined : parseRoleArn(history.plannedArn);
  const tested = parseRoleArn(roleArn);
  if (planned !== undefined && tested !== undefined) {
    const isPlanned = planned.arn === tested.arn;
    if (!isPlanned) add(6, 'role-missing');
    else if (history.madeHere) {
      // It was there as agreed a moment ago: somebody changed it since, or AWS is not through.
      add(0.1, 'role-missing', 'external-id-differs', 'trusts-another-account', 'trusts-another-identity');
      add(0.3, 'condition-not-met');
    }
  }
  if (history.workedAt !== undefined) {
    // What was mistyped would never have worked; what was changed or taken away did.
    add(0.2, 'trusts-another-account', 'external-id-differs');
    add(0.5, 'trusts-another-identity');
    add(4, 'trusted-principal-deleted', 'trust-denies');
    add(1.5, 'role-missing');
    if (caller !== undefined && history.workedAs !== undefined && history.workedAs !== caller.arn) {
      add(12, 'trusts-another-identity');
      add(4, 'caller-not-allowed');
    }
  }
  return list;
}

/**
 * Ranks what may be behind a refusal that AWS did not explain and nobody could look into. `toldApart` is false unless
 * one cause outweighs all others together four times.
 */
export function weigh(evidence: Evidence): { readonly causes: readonly Cause[]; readonly toldApart: boolean } {
  const applied = factors(evidence);
  const { history } = evidence;
  const spreading =
    history.justMade && (history.waitedMs ?? 0) < 45_000
      ? [['still-spreading', 60, 'It was made or changed a moment ago.'] as const]
      : history.justMade
        ? [['still-spreading', 6, 'It was made or changed a moment ago, but AWS rarely needs this long.'] as const]
        : [];
  const weighted = [...spreading, ...usual].map(([id, weight, reasoning]) => ({
    id,
    reasoning,
    weight: applied.filter(({ of }) => of === id).reduce((product, { by }) => product * by, weight),
  }));
  const whole = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const causes = weighted
    .map(({ id, reasoning, weight }) => concluded(wordedFor(id, evidence), weight / whole, reasoning))
    .filter(({ probability }) => probability >= 0.02)
    .sort((one, other) => other.probability - one.probability)
    .slice(0, 8);
  return { causes, toldApart: (causes[0]?.probability ?? 0) >= 0.8 };
}

function wordedFor(id: CauseId, { request }: Evidence): CauseId {
  return id === 'external-id-differs' && request.externalId === undefined ? 'external-id-needed' : id;
}
