import { memo, type ReactNode } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { DataTable, type TableSort } from '../../ui/data-table';
import { formatQuantity } from '../../ui/format';
import { connectionColumns } from './connection-columns';

interface ConnectionsTableProps {
  readonly items: readonly ConnectionSummary[];
  readonly isVirtual: boolean;
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly onOpen: (connectionId: string) => void;
  readonly empty: ReactNode;
}

/** Drawn again only when what it shows changes: a round of tests changes the page ten times a second. */
export const ConnectionsTable = memo(function ConnectionsTable(props: ConnectionsTableProps) {
  const { empty, isVirtual, items, onOpen, onSort, sort } = props;
  return (
    <DataTable
      label={formatQuantity(items.length, 'connection')}
      columns={connectionColumns}
      items={items}
      keyOf={idOf}
      rowHeight="tall"
      isVirtual={isVirtual}
      sort={sort}
      onSort={onSort}
      onOpen={onOpen}
      empty={empty}
    />
  );
});

function idOf({ id }: ConnectionSummary): string {
  return id;
}
