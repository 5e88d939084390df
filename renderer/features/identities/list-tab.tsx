import { useMemo, useState, type ReactNode } from 'react';
import { DataTable, type TableColumn, type TableSort } from '../../ui/data-table';
import { Note } from '../../ui/note';
import { TextField } from '../../ui/text-field';
import styles from './identities.module.css';

interface ListTabProps<Item extends object> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly columns: readonly TableColumn<Item>[];
  readonly keyOf: (item: Item) => string;
  /** What a search is held against. */
  readonly textOf: (item: Item) => string;
  /** By the column’s ID; others are by `textOf`. */
  readonly orders?: Readonly<Record<string, (item: Item) => number>> | undefined;
  readonly onOpen?: ((key: string) => void) | undefined;
  /** Why the list could not be read. */
  readonly unlisted: string | undefined;
  /** Shown where the account has none. */
  readonly none: string;
  readonly isReading: boolean;
  readonly filter?: ReactNode;
}

/** One kind of what is in the account: searched, in an order, opened. */
export function ListTab<Item extends object>(props: ListTabProps<Item>) {
  const { columns, filter, isReading, items, keyOf, label, none, onOpen, orders = {}, textOf, unlisted } = props;
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<TableSort>({ column: 'name', direction: 'ascending' });
  const shown = useMemo(() => {
    const words = search.trim().toLowerCase();
    const found = words === '' ? [...items] : items.filter((item) => textOf(item).toLowerCase().includes(words));
    const order = orders[sort.column];
    found.sort((a, b) => (order === undefined ? textOf(a).localeCompare(textOf(b)) : order(a) - order(b)));
    return sort.direction === 'ascending' ? found : found.reverse();
  }, [items, orders, search, sort, textOf]);
  const isVirtual = items.length > 40;
  if (unlisted !== undefined) {
    return (
      <div className={styles['tools']}>
        <Note tone="warning" title={`${label} could not be listed.`}>
          {unlisted} The rest of the account is shown as far as it could be read.
        </Note>
      </div>
    );
  }
  return (
    <>
      <div className={styles['tools']}>
        <div className={styles['search']}>
          <TextField
            label={`Search ${label.toLowerCase()}`}
            hideLabel
            placeholder="Name, path or ID"
            icon="search"
            type="search"
            value={search}
            onChange={setSearch}
            maxLength={200}
          />
        </div>
        {filter}
      </div>
      <div className={styles['table']} data-virtual={isVirtual || undefined}>
        <DataTable
          label={label}
          columns={columns}
          items={shown}
          keyOf={keyOf}
          rowHeight="tall"
          isVirtual={isVirtual}
          sort={sort}
          onSort={setSort}
          onOpen={onOpen}
          empty={items.length === 0 ? (isReading ? 'Being read…' : none) : 'Nothing here is like that.'}
        />
      </div>
    </>
  );
}
