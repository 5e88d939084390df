import type { RolePermissions, Watched } from '../../../core/contract/permissions';
import { formatMoment, formatQuantity } from '../../ui/format';

type Row = RolePermissions['rows'][number];
type Level = keyof Row['cells'];

export const levelNames: Readonly<Record<Level, string>> = {
  list: 'list',
  read: 'read',
  write: 'write',
  permissions: 'grant',
  tagging: 'tag',
};
const levels = ['list', 'read', 'write', 'permissions', 'tagging'] as const;

function levelsWith(row: Row, ...cells: readonly Row['cells'][Level][]): string[] {
  return levels.filter((level) => cells.includes(row.cells[level])).map((level) => levelNames[level]);
}

/** “list, read all; write some” */
export function rowWords(row: Row): string {
  const all = levelsWith(row, 'all', 'risky');
  const some = levelsWith(row, 'some');
  const extra = levelsWith(row, 'extra');
  const parts = [
    ...(all.length > 0 ? [`${all.join(', ')} all`] : []),
    ...(some.length > 0 ? [`${some.join(', ')} some`] : []),
    ...(extra.length > 0 ? [`${extra.join(', ')} more than agreed`] : []),
  ];
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

/** Which services a row stands for, where its name does not say. */
export function whichServices({ services }: Row): string {
  const shown = services.slice(0, 6).join(', ');
  return services.length > 6 ? `${shown} and ${services.length - 6} more` : shown;
}

/** The sentence to read if only one is read. */
export function headline({ isCompared, rows }: RolePermissions): {
  readonly text: string;
  readonly isWarning: boolean;
} {
  if (rows.length === 0) return { text: 'Its policies allow nothing.', isWarning: false };
  const extra = rows.flatMap((row) => {
    const which = levelsWith(row, 'extra');
    if (which.length === 0) return [];
    return [which.length === levels.length ? row.service : `${row.service} (${which.join(', ')})`];
  });
  if (extra.length > 0) {
    const more = extra.length > 3 ? ` and ${extra.length - 3} more` : '';
    return { text: `More than agreed: ${extra.slice(0, 3).join(', ')}${more}.`, isWarning: true };
  }
  if (isCompared) return { text: 'Nothing beyond what was agreed.', isWarning: false };
  const granting = rows.filter((row) => row.cells.permissions === 'risky').map(({ service }) => service.toLowerCase());
  if (granting.some((service) => service.startsWith('every')))
    return { text: 'It may also give rights to others.', isWarning: true };
  return {
    text: `It reaches ${formatQuantity(rows.flatMap(({ services }) => services).length, 'service')}.`,
    isWarning: false,
  };
}

/** “read with owner at 13:40” */
export function sourceWords({ from, readAt, readWith }: RolePermissions, now: number): string {
  const at = formatMoment(readAt, now);
  switch (from) {
    case 'target':
      return `read with ${readWith ?? 'a source of the account'} at ${at}`;
    case 'role':
      return `read by the role itself at ${at}`;
    case 'agreed':
      return 'as it was agreed';
    case 'nowhere':
      return 'not known';
  }
}

/** “2 things to watch in the trust policy” */
export function watchWords(findings: readonly Watched[], where: string): string {
  return `${formatQuantity(findings.length, 'thing')} to watch in ${where}`;
}
