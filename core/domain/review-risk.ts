import type { RoleState } from './drift/agreement';
import { changedParts, type DriftLook } from './drift/difference';
import type { RiskFinding } from './risk/finding';
import { lintPermissions, type PolicyToLint } from './risk/lint-permissions';
import { lintTrust } from './risk/lint-trust';

/** What is found of one rule: how often, and the worst of it. */
type Found = { readonly id: string; readonly message: string; count: number; isDanger: boolean };

/**
 * The rules of which there is more, or worse, in the role as it was seen than as it was agreed. Policies that could not be
 * read, or are as agreed and were not kept, are on neither side.
 */
export function raisedRisks(
  agreed: RoleState,
  look: DriftLook,
): readonly { readonly id: string; readonly message: string }[] {
  const { seen } = look;
  // what does not differ has no more risk than was agreed
  if (seen === undefined || changedParts(look.parts).length === 0) return [];
  const before = found(agreed, policiesOf(look, agreed, 'before'));
  const after = found(seen, policiesOf(look, seen, 'after'));
  return [...after.values()].filter(({ count, id, isDanger }) => {
    const was = before.get(id);
    return was === undefined || count > was.count || (isDanger && !was.isDanger);
  });
}

function policiesOf({ parts }: DriftLook, { inline }: RoleState, side: 'before' | 'after'): readonly PolicyToLint[] {
  const texts = new Map(inline.map(({ document, name }) => [`inline ${name}`, document]));
  for (const part of parts) {
    const text = part[side];
    if (part.of === 'managed' && text !== undefined) texts.set(part.id, text);
  }
  return [...texts].map(([id, text]) => ({ id, text }));
}

function found(
  { maxSessionDuration, trustPolicy }: RoleState,
  policies: readonly PolicyToLint[],
): ReadonlyMap<string, Found> {
  const all: readonly RiskFinding[] = [
    ...lintTrust({ text: trustPolicy, maxSessionDuration }),
    ...lintPermissions(policies),
  ];
  const byRule = new Map<string, Found>();
  for (const { id, message, severity } of all) {
    const one = byRule.get(id) ?? { id, message, count: 0, isDanger: false };
    one.count += 1;
    one.isDanger ||= severity === 'danger';
    byRule.set(id, one);
  }
  return byRule;
}
