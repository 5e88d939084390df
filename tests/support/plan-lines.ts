import { documentOf, type PlanStep } from '../../core/domain/plan-step';

/** `document` carries a role’s trust policy too, without its blanks. */
const leftOut = ['id', 'accountId', 'region', 'trustPolicy'];

/**
 * What steps make, a line each, in no order: two lists are equal when the same things come of both. Left out is what no
 * file for another tool carries: a step's ID, where it is made, and access keys, whose secret would be in it too.
 * @param untagged kinds whose tags that tool cannot set
 */
export function linesOf(steps: readonly PlanStep[], untagged: readonly PlanStep['kind'][] = []): readonly string[] {
  return steps
    .filter(({ kind }) => kind !== 'create-access-key')
    .map((step) => {
      const document = documentOf(step);
      const made = Object.entries({
        ...step,
        document: document === undefined ? undefined : (JSON.parse(document) as unknown),
        ...('tags' in step ? { tags: untagged.includes(step.kind) ? [] : inOrder(step.tags) } : {}),
      });
      return JSON.stringify(made.filter(([key]) => !leftOut.includes(key)).sort());
    })
    .sort();
}

function inOrder(tags: readonly { readonly key: string; readonly value: string }[]): readonly string[] {
  return tags.map(({ key, value }) => `${key}=${value}`).sort();
}
