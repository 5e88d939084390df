import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { ActivityEntry, ActivityFilter } from '../../../core/domain/activity';
import { useAct, useAsk } from '../../ipc/queries';
import { withEarlier, withNewest, type ReadActivity } from './read-pages';

type Newest = Parameters<typeof withNewest>[1];

/** What was read under a filter, and the newest page that is in it. */
interface Kept {
  readonly key: string;
  readonly newest: Newest;
  readonly read: ReadActivity;
}

export interface ShownActivity {
  readonly entries: readonly ActivityEntry[];
  readonly isThere: boolean;
  readonly error: AppError | undefined;
  readonly again: () => void;
  /** undefined at the beginning of the log */
  readonly more: (() => void) | undefined;
  readonly isBusy: boolean;
}

const none: readonly ActivityEntry[] = [];

/** The newest entries, which stay current, and what was asked for of those before them. */
export function useActivity(filter: ActivityFilter): ShownActivity {
  const newest = useAsk('activity', 'activity', 'page', { filter });
  const ask = useAct('activity', 'page');
  const key = JSON.stringify(filter);
  const [known, setKnown] = useState<Kept>();
  const before = known?.key === key ? known : undefined;
  const page = newest.data;
  const kept = page === undefined ? before : keptWith(before, key, page);
  // the page is taken in while this is drawn: an effect would draw once without it
  if (kept !== before) setKnown(kept);
  const more = async (from: number) => {
    const earlier = await ask.run({ filter, before: from });
    if (earlier === undefined) return;
    setKnown((one) => (one?.key === key ? { ...one, read: withEarlier(one.read, earlier) } : one));
  };
  const place = kept?.read.before;
  return {
    entries: kept?.read.entries ?? none,
    isThere: kept !== undefined,
    error: newest.error ?? ask.error,
    again: () => {
      ask.reset();
      newest.again();
    },
    more: place === undefined ? undefined : () => void more(place),
    isBusy: ask.busy,
  };
}

function keptWith(before: Kept | undefined, key: string, page: Newest): Kept {
  if (before?.newest === page) return before;
  return { key, newest: page, read: withNewest(before?.read, page) };
}
