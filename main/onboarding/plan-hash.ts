import { createHash } from 'node:crypto';
import type { Plan } from '../../core/domain/plan';
import { documentOf } from '../../core/domain/plan-step';

/** SHA-256 over the policy documents of a plan, in its order, each preceded by its length: the same bytes, the same hash. */
export function planHash(plan: Plan): string {
  const hash = createHash('sha256');
  for (const step of plan.steps) {
    const text = documentOf(step) ?? ('policyArn' in step ? step.policyArn : undefined);
    if (text === undefined) continue;
    hash.update(`${Buffer.byteLength(text)}\n`).update(text);
  }
  return hash.digest('hex');
}
