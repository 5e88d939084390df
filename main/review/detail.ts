import type { ReviewDetail } from '../../core/contract/reviews';
import type { ConnectionNotes as Notes } from '../../core/domain/connection-notes';
import type { RoleState } from '../../core/domain/drift/agreement';
import type { Review, ReviewPolicy } from '../../core/domain/review';
import { nextReview } from '../../core/domain/review-reasons';
import { isOpen } from './dates';
import type { Line } from './queue';

/** Decisions that are shown beside what they were about. */
const mostShown = 20;

export type DetailParts = {
  readonly reviews: readonly Review[];
  readonly policy: ReviewPolicy;
  readonly notes: Omit<Notes, 'id'>;
  readonly now: number;
};

/** Everything that somebody wants to know before they decide. */
export function detailOf({ connection, dueAt, facts, item, standing }: Line, parts: DetailParts): ReviewDetail {
  const { notes, now, policy, reviews } = parts;
  const common = {
    item,
    isClosed: connection !== undefined && !isOpen(connection),
    reasons: [...standing.open],
    waiting: standing.covered.map(({ reason, until }) => ({ reason, ...(until !== Infinity && { until }) })),
    reviews: reviews.toReversed().slice(0, mostShown),
    ...notes,
  };
  if (facts.of === 'key') {
    return { ...common, nextAt: nextOfKey(policy, now), key: facts.key };
  }
  const { agreement, look } = facts;
  const lastTest = connection?.lastTest;
  const nextAt = nextReview(policy, facts.connection.recipeId, now);
  const { seen, seenAt, use } = look ?? {};
  const role = seen ?? agreement?.role;
  return {
    ...common,
    ...(dueAt !== undefined && { dueAt }),
    ...(nextAt !== undefined && { nextAt }),
    ...(role && { can: { words: canWords(role), ...(seen && seenAt !== undefined && { seenAt }) } }),
    ...(lastTest && { lastTest: { at: lastTest.finishedAt, state: lastTest.state } }),
    ...(use &&
      seenAt !== undefined && { lastUse: { seenAt, ...(use.lastUsedAt !== undefined && { at: use.lastUsedAt }) } }),
  };
}

/** An old key that is kept is old again after the same time. */
export function nextOfKey({ keyDays }: ReviewPolicy, now: number): number {
  return now + keyDays * 86_400_000;
}

/** What its policies are called, which is what an owner knows them by. */
function canWords({ boundary, inline, managed }: RoleState): string {
  const names = [...managed.map(({ arn }) => nameOf(arn)), ...inline.map(({ name }) => name)];
  const shown = names.slice(0, 4).join(', ');
  const more = names.length > 4 ? ` and ${String(names.length - 4)} more` : '';
  const within = boundary === undefined ? '' : `, within ${nameOf(boundary.arn)}`;
  return (names.length === 0 ? 'Nothing: it has no policy' : `${shown}${more}${within}`).slice(0, 400);
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
