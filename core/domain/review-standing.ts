import type { Review, ReviewReason } from './review';

const dayMs = 86_400_000;

/** How the reasons of one connection or key stand against what a person decided about it. */
export type Standing = {
  /** to be looked at now, in the order in which they were given */
  readonly open: readonly ReviewReason[];
  /** decided about, and not to be looked at before `until` */
  readonly covered: readonly { readonly reason: ReviewReason; readonly by: Review; readonly until: number }[];
};

/**
 * Splits reasons into those that are open and those that a decision covers: each is in one of them. A decision covers the
 * very reasons that were seen with it, by their keys, until its date; a reason that came since, or changed, is open. Of two
 * decisions about the same reason the later counts.
 */
export function standingOf(reasons: readonly ReviewReason[], reviews: readonly Review[], now: number): Standing {
  const open: ReviewReason[] = [];
  const covered: { reason: ReviewReason; by: Review; until: number }[] = [];
  const counted = reviews.filter((one) => isDecision(one, now));
  for (const reason of reasons) {
    const by = lastOf(counted.filter((one) => one.reasons.some(({ key }) => key === reason.key)));
    const until = by?.until ?? Infinity;
    if (by === undefined || until <= now) open.push(reason);
    else covered.push({ reason, by, until });
  }
  return { open, covered };
}

/** When what a person put off comes back; undefined: nothing is put off. */
export function snoozedUntil({ covered }: Standing): number | undefined {
  const snoozed = covered.filter(({ by }) => by.decision === 'snoozed').map(({ until }) => until);
  return snoozed.length === 0 ? undefined : Math.min(...snoozed);
}

/** When it was last kept or narrowed; undefined: never. */
export function reviewedAt(reviews: readonly Review[]): number | undefined {
  const done = reviews.filter((one) => one.undoneAt === undefined && isReview(one)).map(({ at }) => at);
  return done.length === 0 ? undefined : Math.max(...done);
}

/** The earliest moment after `now` at which a decision ceases to cover; undefined: none does. */
export function nextReturn(reviews: readonly Review[], now: number): number | undefined {
  const ends = reviews
    .filter((one) => isDecision(one, now))
    .flatMap(({ until }) => (until !== undefined && until > now ? [until] : []));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function isReview({ decision }: Review): boolean {
  return decision === 'kept' || decision === 'narrowed';
}

/** Puts reasons off. Not one by a clock that was wrong: nobody knows how long was meant, and what is hidden for years is lost. */
function isDecision({ at, decision, undoneAt }: Review, now: number): boolean {
  return undoneAt === undefined && decision !== 'revoked' && at <= now + dayMs;
}

function lastOf(reviews: readonly Review[]): Review | undefined {
  let last: Review | undefined;
  for (const one of reviews) if (last === undefined || one.at >= last.at) last = one;
  return last;
}
