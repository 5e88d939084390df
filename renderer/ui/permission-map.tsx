import { arrangePermissions, mostRows, type PermissionCell, type PermissionRow } from './permission-order';
import { VisuallyHidden } from './text';
import styles from './permission-map.module.css';

const fourKinds = ['list', 'read', 'write', 'grant'] as const;
const fiveKinds = [...fourKinds, 'tag'] as const;
const heads: Readonly<Record<(typeof fiveKinds)[number], string>> = {
  list: 'List',
  read: 'Read',
  write: 'Write',
  grant: 'Grant',
  tag: 'Tag',
};
const cellWords: Readonly<Record<PermissionCell, string>> = {
  none: 'none',
  some: 'some resources',
  all: 'all resources',
  risky: 'all resources, risky',
  extra: 'more than agreed',
};
const keyWords: Readonly<Record<PermissionCell, string>> = {
  none: 'none',
  some: 'some',
  all: 'all',
  risky: 'risky',
  extra: 'more than agreed',
};
/** Where a cell stands for every action of a level. */
const levelWords: Readonly<Record<PermissionCell, string>> = {
  ...cellWords,
  some: 'some actions or resources',
  all: 'every action on all resources',
  risky: 'every action on all resources, risky',
};

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
  const kinds = rows.some(({ tag }) => tag !== undefined) ? fiveKinds : fourKinds;
  return (
    <div className={styles['room']} data-layout={layout} data-columns={kinds.length}>
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
              {kinds.map((kind) => {
                const cell = row[kind] ?? 'none';
                return (
                  <td key={kind}>
                    <PermissionMark cell={cell} />
                    <VisuallyHidden>{kinds === fiveKinds ? levelWords[cell] : cellWords[cell]}</VisuallyHidden>
                  </td>
                );
              })}
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
          {keyWords[cell]}
        </span>
      ))}
    </p>
  );
}
