import type { Revocation } from '../../core/domain/revocation';
import { wayFacts } from '../../core/domain/revocation-ways';
import { err, ok, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import type { Acting } from './acting';
import type { Kept } from './measure-act';
import { measureActs } from './measures';
import { measureContext, type RunPorts } from './run';
import type { RevocationTarget } from './targets';

/** The role's maximum and all that will be taken, read before anything is touched. */
export async function readBefore(
  ports: RunPorts,
  revocation: Revocation,
  target: RevocationTarget,
  acting: Acting,
): Promise<Result<Pick<Revocation, 'maxSessionDuration' | 'before'>>> {
  const { account, canBeUndone, measures } = wayFacts[revocation.way];
  let { maxSessionDuration } = revocation;
  if (account === 'target') {
    const role = await acting.iam.getRole(target.roleName);
    if (!role.ok && role.error.kind !== 'no-such-entity') return err(notCancelled(role.error));
    if (!role.ok) return ok({ maxSessionDuration });
    ({ maxSessionDuration } = role.value.value);
  }
  const context = await measureContext(ports, target, acting, revocation.id, () => undefined);
  let before: Kept = {};
  for (const measure of measures) {
    if (measure === 'prove' || measure === 'delete-stack') continue;
    const kept = await measureActs[measure].read(context);
    if (!kept.ok) return err(notCancelled(kept.error));
    before = {
      ...before,
      ...kept.value,
      inlinePolicies: [...(before.inlinePolicies ?? []), ...(kept.value.inlinePolicies ?? [])],
    };
  }
  if (!canBeUndone) return ok({ maxSessionDuration });
  return ok({ maxSessionDuration, before: { inlinePolicies: [], attachedPolicies: [], ...before } });
}
