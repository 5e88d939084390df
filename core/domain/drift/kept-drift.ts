import type { ManagedPolicyState, RoleState } from './agreement';
import { changedParts, unseenParts, type DriftLook, type DriftPart } from './difference';
import type { RoleNow } from './drift-of';

type Looked = { readonly parts: readonly DriftPart[]; readonly seen: RoleState | undefined };

/**
 * The parts of a look, and what AWS has, with what an earlier look at the same role found of the parts that this one did
 * not show: only a look that shows a part can say that it has not drifted any more. Pure.
 */
export function withEarlier(
  parts: readonly DriftPart[],
  { role, unseen = new Set() }: RoleNow,
  before: Pick<DriftLook, 'parts' | 'seen'> | undefined,
): Looked {
  const seen = before?.seen;
  if (before === undefined || seen === undefined || role === undefined || seen.roleId !== role.roleId) {
    return { parts, seen: role };
  }
  const hidden = new Set(unseenParts(parts).map(({ id }) => id));
  const isSameBoundary = seen.boundary?.arn === role.boundary?.arn;
  // a part of which only the text is hidden is there: that it was gone is over
  const isKept = ({ id, of, state }: DriftPart): boolean =>
    unseen.has(of) || (hidden.has(id) && state === 'changed' && (of !== 'boundary' || isSameBoundary));
  const kept = new Map(
    changedParts(before.parts)
      .filter(isKept)
      .map((part) => [part.id, part]),
  );
  const shown = new Set(parts.map(({ id }) => id));
  const asSeen = (policy: ManagedPolicyState): ManagedPolicyState =>
    (hidden.has(`managed ${policy.arn}`) ? seen.managed.find(({ arn }) => arn === policy.arn) : undefined) ?? policy;
  return {
    parts: [
      ...parts.map((part) => kept.get(part.id) ?? part),
      ...[...kept.values()].filter(({ id }) => !shown.has(id)),
    ],
    seen: {
      ...role,
      managed: unseen.has('managed') ? seen.managed : role.managed.map(asSeen),
      inline: unseen.has('inline')
        ? seen.inline
        : [...role.inline, ...seen.inline.filter(({ name }) => hidden.has(`inline ${name}`))],
      ...(hidden.has('boundary') && isSameBoundary && seen.boundary && { boundary: seen.boundary }),
    },
  };
}
