import type { OutputOf } from '../../../core/contract/contract';
import type { ActivityEntry } from '../../../core/domain/activity';

type Page = OutputOf<'activity', 'page'>;

/** What was read of the log without a gap, the newest first: all that the filter lets through between `before` and `end`. */
export interface ReadActivity {
  readonly entries: readonly ActivityEntry[];
  readonly end: number;
  /** undefined at the beginning of the log */
  readonly before: number | undefined;
}

/** The newest page came anew. What it pushed out stays; where it does not reach what is known, only the page holds. */
export function withNewest(known: ReadActivity | undefined, page: Page): ReadActivity {
  const { end, entries } = page;
  const reached = page.before ?? 0;
  // shorter than it was: it is another log
  const isOther = known === undefined || end < known.end || reached > known.end;
  if (isOther) return { entries, end, before: page.before };
  const older = known.entries.filter(({ at }) => at < reached);
  return {
    entries: [...entries, ...older],
    end,
    // where all older ones were read to the beginning they are still here
    before: known.before !== undefined && reached < known.before ? page.before : known.before,
  };
}

/** A page of what stands before came; one that was asked for of another place says nothing here. */
export function withEarlier(known: ReadActivity, page: Page): ReadActivity {
  if (page.end !== known.before) return known;
  return { entries: [...known.entries, ...page.entries], end: known.end, before: page.before };
}
