import type { PerformerView } from '../../../core/contract/revocation';
import type { Performer } from '../../../core/domain/revocation';
import type { RevocationWay } from '../../../core/domain/revocation-ways';

/** Nobody here does it: somebody is asked, and AWS is asked whether it was done. */
export const owner: Performer = { kind: 'owner' };

/** The same for the same performer, for a list that is chosen from. */
export function keyOf(performer: Performer): string {
  switch (performer.kind) {
    case 'source':
      return `source ${performer.sourceId}`;
    case 'own-session':
      return `session ${performer.sessionId}`;
    case 'member-role':
      return `member ${performer.sourceId} ${performer.roleName}`;
    case 'owner':
      return 'owner';
  }
}

/** From the first choice to the last: the role's own session can only lock itself up, and the owner is not here. */
const ranks: Readonly<Record<Performer['kind'], number>> = { source: 0, 'member-role': 1, 'own-session': 2, owner: 3 };

/** Who can take this way, of those that are known; suggested ones first. */
export function performersFor(way: RevocationWay, known: readonly PerformerView[]): readonly PerformerView[] {
  const rank = ({ performer, suggestedFor }: PerformerView) =>
    (suggestedFor.includes(way) ? 0 : 10) + ranks[performer.kind];
  return known.filter(({ ways }) => ways.includes(way)).sort((a, b) => rank(a) - rank(b));
}
