import { parsePolicyDocument } from '../policy-document';
import type { Cut } from './cut';
import { narrowActions, narrowAllBut } from './narrow-actions';

export type NarrowedPolicy =
  | { readonly kind: 'same' }
  /** nothing of it is left */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'smaller'; readonly document: string }
  /** it is no policy that could be read */
  | { readonly kind: 'unread' };

type Statement = Readonly<Record<string, unknown>>;

/**
 * A policy without what goes. What it denies, and where and when it allows, stays as it is written; the result allows
 * nothing that `text` does not.
 */
export function narrowPolicy(text: string, cut: Cut): NarrowedPolicy {
  const read = parsePolicyDocument(text, 'identity');
  if (!read.ok) return { kind: 'unread' };
  const raw = JSON.parse(text) as { readonly Statement: Statement | readonly Statement[] };
  const statements = Array.isArray(raw.Statement)
    ? (raw.Statement as readonly Statement[])
    : [raw.Statement as Statement];
  let isSame = true;
  const left: Statement[] = [];
  for (const { actions, effect, index } of read.document.statements) {
    const statement = statements[index] ?? {};
    const stays =
      effect === 'Deny'
        ? undefined
        : actions.negated
          ? narrowAllBut(actions.values, cut)
          : narrowActions(actions.values, cut);
    if (stays === undefined || isSameList(stays, actions)) {
      left.push(statement);
      continue;
    }
    isSame = false;
    if (stays.length === 0) continue;
    left.push(withActions(statement, stays));
  }
  if (isSame) return { kind: 'same' };
  if (left.length === 0) return { kind: 'nothing' };
  return { kind: 'smaller', document: JSON.stringify({ ...raw, Statement: left }) };
}

function isSameList(
  stays: readonly string[],
  actions: { readonly negated: boolean; readonly values: readonly string[] },
) {
  return (
    !actions.negated && stays.length === actions.values.length && stays.every((one) => actions.values.includes(one))
  );
}

/** In the place where the actions stood. */
function withActions(statement: Statement, actions: readonly string[]): Statement {
  const value = actions.length === 1 ? actions[0] : actions;
  return Object.fromEntries(
    Object.entries(statement).map(([key, old]) =>
      key === 'Action' || key === 'NotAction' ? ['Action', value] : [key, old],
    ),
  );
}
