/** Full = all resources, half = some, amber = risky, amber with + = more than agreed. */
export type PermissionCell = 'none' | 'some' | 'all' | 'risky' | 'extra';

export interface PermissionRow {
  /** “S3, one bucket”. */
  readonly service: string;
  readonly list: PermissionCell;
  readonly read: PermissionCell;
  readonly write: PermissionCell;
  readonly grant: PermissionCell;
  /** AWS's fifth level; a map shows its column where rows have it. */
  readonly tag?: PermissionCell | undefined;
}

const weights: Readonly<Record<PermissionCell, number>> = { none: 0, some: 1, all: 2, risky: 8, extra: 8 };
/** More than these are counted, not drawn. */
export const mostRows = 8;

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
  return (
    weights[row.list] +
    2 * weights[row.read] +
    4 * weights[row.write] +
    8 * weights[row.grant] +
    weights[row.tag ?? 'none']
  );
}
