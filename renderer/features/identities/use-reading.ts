import { useEffect, useEffectEvent, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AppError } from '../../../core/app-error';
import type { SourceView } from '../../../core/contract/sources';
import type { Reading } from '../../../core/domain/identities';
import { useAct, useAsk } from '../../ipc/queries';

export interface AccountReading {
  readonly sources: readonly SourceView[];
  readonly areSourcesKnown: boolean;
  readonly sourceId: string | undefined;
  readonly choose: (sourceId: string) => void;
  readonly reading: Reading | undefined;
  /** Why it could not be begun. */
  readonly error: AppError | undefined;
  readonly read: () => void;
  readonly stop: () => void;
}

/** The account as the source of the address sees it; read by itself where nobody has read it yet. */
export function useReading(): AccountReading {
  const asked = useAsk('sources', 'sources', 'list', {});
  const sources = useMemo(() => asked.data?.sources ?? [], [asked.data]);
  const [address, setAddress] = useSearchParams();
  const account = address.get('account');
  const source =
    sources.find((one) => one.source.id === address.get('source')) ??
    sources.find(({ identity }) => account !== null && identity?.accountId === account) ??
    sources.find(({ selected }) => selected) ??
    sources[0];
  const sourceId = source?.source.id;
  const view = useAsk(
    'identities',
    'identities',
    'view',
    { sourceId: sourceId ?? '-' },
    { enabled: sourceId !== undefined },
  );
  const begin = useAct('identities', 'read');
  const stop = useAct('identities', 'stop');
  const isUnread = sourceId !== undefined && view.data !== undefined && view.data.reading === undefined;
  // once for each source: a failure waits for a press
  const beginUnread = useEffectEvent(() => {
    if (isUnread) void begin.run({ sourceId });
  });
  useEffect(() => beginUnread(), [isUnread, sourceId]);
  return {
    sources,
    areSourcesKnown: asked.data !== undefined,
    sourceId,
    choose: (chosen) => setAddress({ source: chosen }, { replace: true }),
    reading: view.data?.reading,
    error: begin.error,
    read: () => {
      if (sourceId !== undefined) void begin.run({ sourceId });
    },
    stop: () => {
      if (sourceId !== undefined) void stop.run({ sourceId });
    },
  };
}
