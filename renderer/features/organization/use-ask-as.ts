import { useMemo, useState } from 'react';
import { useAsk } from '../../ipc/queries';
import type { SourceChoice } from './use-source-choice';

export interface AskAs {
  readonly choice: SourceChoice;
  /** The source that stands in the record is not there any more. */
  readonly isGone: boolean;
  /** For the call that goes on: undefined where it stays with the one in the record. */
  readonly otherId: string | undefined;
}

/** Who goes on with what is written down: who began it, or another one of the same management account. */
export function useAskAs(recordedId: string, managementAccountId: string): AskAs {
  const asked = useAsk('sources', 'sources', 'list', {});
  const [chosenId, choose] = useState<string>();
  const sources = useMemo(() => asked.data?.sources ?? [], [asked.data]);
  const isGone = asked.data !== undefined && !sources.some(({ source }) => source.id === recordedId);
  const suggestedId = sources.find(({ identity }) => identity?.accountId === managementAccountId)?.source.id;
  const sourceId = chosenId ?? (isGone ? suggestedId : recordedId);
  return {
    choice: { asked, sources, sourceId, suggestedId, choose },
    isGone,
    otherId: sourceId === recordedId ? undefined : sourceId,
  };
}
