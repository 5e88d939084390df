import { createHash } from 'node:crypto';
import type { Plan } from '../../core/domain/plan';

/** SHA-256 over the policy documents of a plan, in its order, each preceded by its length: the same bytes, the same hash. */
export function planHash(plan: Plan): string {
  const hash = createHash('sha256');
  for (const step of plan.steps) {
    const text =
      step.kind === 'create-role' ? step.trustPolicy : step.kind === 'put-role-policy' ? step.document : step.policyArn;
    hash.update(`${Buffer.byteLength(text)}\n`).update(text);
  }
  return hash.digest('hex');
}
