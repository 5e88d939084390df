import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { ActivityEntry, ActivityFilter } from '../../../core/domain/activity';
import { useAct, useAsk } from '../../ipc/queries';

interface Earlier {
  readonly key: string;
  readonly entries: readonly ActivityEntry[];
  readonly before: number | undefined;
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

/** The newest entries, which stay current, and what was asked for of those before them. */
export function useActivity(filter: ActivityFilter): ShownActivity {
  const newest = useAsk('activity', 'activity', 'page', { filter });
  const ask = useAct('activity', 'page');
  const key = JSON.stringify(filter);
  const [earlier, setEarlier] = useState<Earlier>();
  const kept = earlier?.key === key ? earlier : undefined;
  const first = newest.data;
  // once earlier ones were asked for, what new acts push out of the newest stays on screen
  const known = new Map([...(first?.entries ?? []), ...(kept?.entries ?? [])].map((one) => [one.at, one]));
  const entries = [...known.values()].sort((left, right) => right.at - left.at);
  const before = kept === undefined ? first?.before : kept.before;
  const more = async (from: number) => {
    const page = await ask.run({ filter, before: from });
    if (page === undefined) return;
    setEarlier({ key, entries: [...entries, ...page.entries], before: page.before });
  };
  return {
    entries,
    isThere: first !== undefined,
    error: newest.error ?? ask.error,
    again: () => {
      ask.reset();
      newest.again();
    },
    more: before === undefined ? undefined : () => void more(before),
    isBusy: ask.busy,
  };
}
