import { useEffect, useMemo, useState } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import type { TableSort } from '../../ui/data-table';
import { byColumn, ConnectionOrder, findConnections, readTexts } from './connection-order';

export type Shown = 'all' | 'failing' | 'drifted' | 'working' | 'not-tested' | 'closed';

export const matches: Readonly<Record<Shown, (status: ConnectionSummary['status'], hasDrifted: boolean) => boolean>> = {
  all: () => true,
  failing: (status) => status === 'failing',
  drifted: (_status, hasDrifted) => hasDrifted,
  working: (status) => status === 'working',
  'not-tested': (status) => status === 'not-tested',
  closed: isClosed,
};

export function isClosed(status: ConnectionSummary['status']): boolean {
  return status === 'closing' || status === 'revoked';
}

/** Where connections are kept together; undefined: anywhere. */
export type Kept = { readonly in: 'folder' | 'tag'; readonly name: string };

export type ListWish = { readonly search: string; readonly shown: Shown; readonly kept: Kept | undefined };

/**
 * What is shown of all connections, in the order that a column gives. Of ten thousand: the order is kept between changes,
 * and what is typed is looked for at once, which takes less than a second drawing would.
 */
export function useConnectionList(
  all: readonly ConnectionSummary[],
  { kept, search, shown }: ListWish,
  sort: TableSort,
  drifted: ReadonlySet<string>,
) {
  const [order] = useState(() => new ConnectionOrder());
  const sorted = useMemo(() => {
    const way = sort.direction === 'ascending' ? 1 : -1;
    const compare = byColumn(sort.column);
    return order.sort(all, (a, b) => way * compare(a, b));
  }, [all, order, sort]);
  useEffect(() => {
    const idle = requestIdleCallback(() => readTexts(all));
    return () => cancelIdleCallback(idle);
  }, [all]);
  return useMemo(
    () =>
      findConnections(sorted, search).filter(
        ({ folder, id, status, tags = [] }) =>
          matches[shown](status, drifted.has(id)) &&
          (kept === undefined || (kept.in === 'folder' ? folder === kept.name : tags.includes(kept.name))),
      ),
    [drifted, kept, search, shown, sorted],
  );
}
