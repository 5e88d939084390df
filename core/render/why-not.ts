import type { Plan } from '../domain/plan';
import { describeStep, documentOf } from '../domain/plan-step';

/**
 * What keeps a plan from being written as a file at all, in words. AWS takes no such policy or text either; every rendering
 * relies on it that documents are JSON and that texts are whole.
 */
export function whyNotRendered(plan: Plan): string | undefined {
  for (const step of plan.steps) {
    const { title } = describeStep(step);

    if (strings(step).some((text) => /[\u0000\p{Surrogate}]/u.test(text))) {
      return `${title}: a text in it has characters that no file can carry.`;
    }
    const document = documentOf(step);
    if (document !== undefined && !isDocument(document)) return `${title}: the policy is not JSON. Change it first.`;
  }
  return undefined;
}

function isDocument(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Every text in a value, keys among them. */
export function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...strings(item)]);
}
