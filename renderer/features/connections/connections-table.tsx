import { memo, type ReactNode } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import type { TableSort } from '../../ui/data-table';
import { formatQuantity } from '../../ui/format';
import { VirtualTable, type TableSelection } from '../../ui/virtual-table';
import { connectionColumns } from './connection-columns';

interface ConnectionsTableProps {
  readonly items: readonly ConnectionSummary[];
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly onOpen: (connectionId: string) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly empty: ReactNode;
}

/** Every connection that is shown; those in view are drawn. */
export const ConnectionsTable = memo(function ConnectionsTable(props: ConnectionsTableProps) {
  const { chosen, empty, items, onChoose, onOpen, onSort, sort } = props;
  const selection: TableSelection<ConnectionSummary> = { keys: chosen, onChange: onChoose, nameOf };
  return (
    <VirtualTable
      label={formatQuantity(items.length, 'connection')}
      columns={connectionColumns}
      items={items}
      keyOf={idOf}
      rowHeight="tall"
      sort={sort}
      onSort={onSort}
      onOpen={onOpen}
      selection={selection}
      empty={empty}
    />
  );
});

function idOf({ id }: ConnectionSummary): string {
  return id;
}

function nameOf({ name }: ConnectionSummary): string {
  return name;
}
