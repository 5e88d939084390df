import type { ReactNode } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components/Table';
import { classNames } from './class-names';
import { Icon } from './icon';
import { leastWidth } from './table-width';
import { VisuallyHidden } from './text';
import { VirtualTable } from './virtual-table';
import styles from './data-table.module.css';

export interface TableColumn<Item> {
  readonly id: string;
  readonly header: string;
  readonly render: (item: Item) => ReactNode;
  /** Rem; a column without it takes what is left. */
  readonly width?: number | undefined;
  /** The cell that names the row. One column has it. */
  readonly isRowHeader?: boolean | undefined;
  readonly align?: 'start' | 'end' | undefined;
  /** For screen readers only, as over a column of buttons. */
  readonly hidesHeader?: boolean | undefined;
  readonly isSortable?: boolean | undefined;
}

export interface TableSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

interface DataTableProps<Item> {
  readonly label: string;
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** For one line, or for two. */
  readonly rowHeight?: 'dense' | 'tall' | undefined;
  /** Draws only the rows in view: for hundreds and more. */
  readonly isVirtual?: boolean | undefined;
  /** What scrolls rows of which only those in view are drawn: the table, in a place that has a height, or its page. */
  readonly scroller?: 'table' | 'page' | undefined;
  readonly sort?: TableSort | undefined;
  readonly onSort?: ((sort: TableSort) => void) | undefined;
  readonly onOpen?: ((key: string) => void) | undefined;
  readonly empty?: ReactNode;
}

/** Rows and columns, moved through with the arrow keys. */
export function DataTable<Item extends object>(props: DataTableProps<Item>) {
  const { label, columns, items, keyOf, rowHeight = 'dense', isVirtual = false, sort, onSort, onOpen, empty } = props;
  if (isVirtual) return <VirtualTable {...props} rowHeight={rowHeight} />;
  const table = (
    <Table
      className={classNames(styles['table'])}
      aria-label={label}
      data-rows={rowHeight}
      // Narrower than this it scrolls sideways within its card: a column must not vanish.
      style={{ minWidth: `${String(leastWidth(columns))}rem` }}
      {...(sort === undefined ? {} : { sortDescriptor: sort })}
      {...(onSort === undefined
        ? {}
        : {
            onSortChange: ({ column, direction }) => {
              onSort({ column: String(column), direction });
            },
          })}
      {...(onOpen === undefined
        ? {}
        : {
            onRowAction: (key) => {
              onOpen(String(key));
            },
          })}
    >
      <TableHeader>
        {columns.map((column) => (
          <Column
            key={column.id}
            id={column.id}
            className={classNames(styles['column'])}
            data-align={column.align}
            isRowHeader={column.isRowHeader ?? false}
            allowsSorting={column.isSortable ?? false}
            {...(column.width === undefined ? {} : { style: { width: `${String(column.width)}rem` } })}
          >
            {({ sortDirection }) =>
              column.hidesHeader === true ? (
                <VisuallyHidden>{column.header}</VisuallyHidden>
              ) : (
                <span className={styles['head']} data-direction={sortDirection}>
                  {column.header}
                  {sortDirection === undefined ? null : <Icon name="arrow-down" size="tiny" />}
                </span>
              )
            }
          </Column>
        ))}
      </TableHeader>
      <TableBody
        items={items}
        renderEmptyState={() => <div className={styles['empty']}>{empty}</div>}
        // Cells are remembered by item; new columns must draw them again.
        dependencies={[columns]}
      >
        {(item) => (
          <Row
            id={keyOf(item)}
            className={classNames(styles['row'])}
            data-open={onOpen === undefined ? undefined : true}
          >
            {columns.map((column) => (
              <Cell key={column.id} className={classNames(styles['cell'])} data-align={column.align}>
                {column.render(item)}
              </Cell>
            ))}
          </Row>
        )}
      </TableBody>
    </Table>
  );
  return <div className={styles['room']}>{table}</div>;
}
