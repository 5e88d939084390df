import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { SourceView } from '../../../core/contract/sources';
import { useAsk, type Asked } from '../../ipc/queries';

export interface SourceChoice {
  readonly asked: Asked<{ readonly sources: SourceView[] }>;
  readonly sources: readonly SourceView[];
  /** Undefined until the sources are known, and where there is none. */
  readonly sourceId: string | undefined;
  /** The one in the management account, as far as that is known. */
  readonly suggestedId: string | undefined;
  readonly choose: (sourceId: string) => void;
}

/** Which source looks at the organization: the address says it, else the one that was used for it last is suggested. */
export function useSourceChoice(): SourceChoice {
  const asked = useAsk('sources', 'sources', 'list', {});
  const askedFor = useAsk('sub-accounts', 'organization', 'listAccounts', {});
  const [address, setAddress] = useSearchParams();
  const sources = useMemo(() => asked.data?.sources ?? [], [asked.data]);
  const used = askedFor.data?.subAccounts[0];
  const inManagement =
    sources.find(({ source }) => source.id === used?.sourceId) ??
    sources.find(({ identity }) => identity?.accountId === used?.managementAccountId && used !== undefined) ??
    sources.find(({ source }) => source.kind === 'sandbox' && source.identity === 'management');
  const fallback = inManagement ?? sources.find(({ selected }) => selected) ?? sources[0];
  const wanted = sources.find(({ source }) => source.id === address.get('source'));
  return {
    asked,
    sources,
    // until it is known what was asked for before, nothing is suggested that would change under somebody's hand
    sourceId: wanted?.source.id ?? (askedFor.pending ? undefined : fallback?.source.id),
    suggestedId: inManagement?.source.id,
    choose: (sourceId) =>
      setAddress(
        (known) => {
          known.set('source', sourceId);
          return known;
        },
        { replace: true },
      ),
  };
}
