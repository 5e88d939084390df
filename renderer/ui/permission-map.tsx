import { VisuallyHidden } from './text';
import styles from './permission-map.module.css';

/** Full = all resources, half = some, amber = risky, amber with + = more than agreed. */
export type PermissionCell = 'none' | 'some' | 'all' | 'risky' | 'extra';

export interface PermissionRow {
  /** “S3, one bucket”. */
  readonly service: string;
  readonly list: PermissionCell;
  readonly read: PermissionCell;
  readonly write: PermissionCell;
  readonly grant: PermissionCell;
}

const kinds = ['list', 'read', 'write', 'grant'] as const;
const heads: Readonly<Record<(typeof kinds)[number], string>> = {
  list: 'List',
  read: 'Read',
  write: 'Write',
  grant: 'Grant',
};
const cellWords: Readonly<Record<PermissionCell, string>> = {
  none: 'none',
  some: 'some resources',
  all: 'all resources',
  risky: 'all resources, risky',
  extra: 'more than agreed',
};
const weights: Readonly<Record<PermissionCell, number>> = { none: 0, some: 1, all: 2, risky: 8, extra: 8 };
const mostRows = 8;

/** Riskiest first, at most eight, and how many were left out. */
export function arrangePermissions(rows: readonly PermissionRow[]): {
  readonly shown: readonly PermissionRow[];
  readonly more: number;
} {
  const sorted = rows.toSorted((left, right) => riskOf(right) - riskOf(left));
  return { shown: sorted.slice(0, mostRows), more: Math.max(0, sorted.length - mostRows) };
}

function riskOf(row: PermissionRow): number {
  // Granting to others outweighs writing, and writing outweighs reading, whatever the number of resources.
  return weights[row.list] + 2 * weights[row.read] + 4 * weights[row.write] + 8 * weights[row.grant];
}

interface PermissionMapProps {
  readonly label: string;
  readonly rows: readonly PermissionRow[];
  /** `inherit` keeps the order given: the recipe's own. */
  readonly order?: 'risk' | 'inherit' | undefined;
  /** Takes the width of its card; `door` is the narrow one inside the trust diagram. */
  readonly layout?: 'wide' | 'door' | undefined;
  readonly hasKey?: boolean | undefined;
}

/** Services by what may be done with them. */
export function PermissionMap({ label, rows, order = 'risk', layout = 'wide', hasKey = false }: PermissionMapProps) {
  const { shown, more } =
    order === 'risk'
      ? arrangePermissions(rows)
      : { shown: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows) };
  return (
    <div className={styles['room']} data-layout={layout}>
      <table className={styles['map']} aria-label={label}>
        <thead>
          <tr>
            <td />
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {heads[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.service}>
              <th scope="row">{row.service}</th>
              {kinds.map((kind) => (
                <td key={kind}>
                  <PermissionMark cell={row[kind]} />
                  <VisuallyHidden>{cellWords[row[kind]]}</VisuallyHidden>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more === 0 ? null : <p className={styles['rest']}>and {more} more</p>}
      {hasKey ? <PermissionKey /> : null}
    </div>
  );
}

/** The cell itself, for a key. */
export function PermissionMark({ cell }: { readonly cell: PermissionCell }) {
  return <i className={styles['mark']} data-cell={cell} aria-hidden="true" />;
}

/** What the cells mean. */
export function PermissionKey({
  cells = ['all', 'some', 'extra'],
}: {
  readonly cells?: readonly PermissionCell[] | undefined;
}) {
  return (
    <p className={styles['key']}>
      {cells.map((cell) => (
        <span key={cell}>
          <PermissionMark cell={cell} />
          {cell === 'risky' ? 'risky' : cellWords[cell]}
        </span>
      ))}
    </p>
  );
}
