import { createContext, memo, useContext, useMemo, useState, type ReactNode } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { DataTable, type TableColumn, type TableSort } from '../../ui/data-table';
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

/** A row stands for a connection and does not change with it. */
interface RowOf {
  readonly id: string;
}

/** What is known of the connections now, for the cells that are on screen. */
const Known = createContext<ReadonlyMap<string, ConnectionSummary>>(new Map());

const columns: readonly TableColumn<RowOf>[] = connectionColumns.map((column) => ({
  ...column,
  render: ({ id }) => <Told id={id} column={column} />,
}));

/**
 * A round of tests changes hundreds of connections a second, of which a dozen are on screen. The table, which is built of
 * all its rows, gets the same rows as long as they stand in the same order; only the cells in view are drawn again.
 */
export const ConnectionsTable = memo(function ConnectionsTable(props: ConnectionsTableProps) {
  const { empty, isVirtual, items, onOpen, onSort, sort } = props;
  const [keeper] = useState(() => new RowKeeper());
  const rows = useMemo(() => keeper.rowsOf(items), [items, keeper]);
  const known = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const table = useMemo(
    () => (
      <DataTable
        label={formatQuantity(rows.length, 'connection')}
        columns={columns}
        items={rows}
        keyOf={idOf}
        rowHeight="tall"
        isVirtual={isVirtual}
        sort={sort}
        onSort={onSort}
        onOpen={onOpen}
        empty={empty}
      />
    ),
    [empty, isVirtual, onOpen, onSort, rows, sort],
  );
  return <Known value={known}>{table}</Known>;
});

/** Gives the same object for the same connection, and the same list for the same order. */
class RowKeeper {
  #byId = new Map<string, RowOf>();
  #last: readonly RowOf[] = [];

  rowsOf(items: readonly ConnectionSummary[]): readonly RowOf[] {
    const isSame = items.length === this.#last.length && items.every(({ id }, index) => this.#last[index]?.id === id);
    if (isSame) return this.#last;
    const rows = items.map(({ id }) => this.#byId.get(id) ?? { id });
    this.#byId = new Map(rows.map((row) => [row.id, row]));
    this.#last = rows;
    return rows;
  }
}

function Told({ id, column }: { readonly id: string; readonly column: TableColumn<ConnectionSummary> }) {
  const connection = useContext(Known).get(id);
  return connection === undefined ? null : column.render(connection);
}

function idOf({ id }: RowOf): string {
  return id;
}
