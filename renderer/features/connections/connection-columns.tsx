import type { ConnectionSummary } from '../../../core/domain/connection';
import { findRecipe } from '../../../core/recipes/catalog';
import { useFromNow } from '../../app/clock';
import { StateBadge } from '../../ui/chip';
import type { TableColumn } from '../../ui/data-table';
import { formatAgo, toIso } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { AccountId, Text, TwoLine } from '../../ui/text';
import { DepartureMark } from '../organization';

export const connectionColumns: readonly TableColumn<ConnectionSummary>[] = [
  {
    id: 'name',
    header: 'Connection',
    isRowHeader: true,
    isSortable: true,
    render: ({ folder, name, roleName }) => (
      <TwoLine title={<b>{name}</b>} detail={folder === undefined ? roleName : `${folder} · ${roleName}`} />
    ),
  },
  {
    id: 'account',
    header: 'Account',
    width: 9,
    isSortable: true,
    render: ({ accountId }) => (
      <Stack gap="xs">
        <AccountId id={accountId} />
        <DepartureMark accountId={accountId} />
      </Stack>
    ),
  },
  {
    id: 'recipe',
    header: 'Recipe',
    width: 12,
    isSortable: true,
    render: ({ recipeId }) => findRecipe(recipeId)?.title ?? recipeId,
  },
  { id: 'status', header: 'Status', width: 9, isSortable: true, render: ({ status }) => <StateBadge state={status} /> },
  {
    id: 'tested',
    header: 'Last test',
    width: 9,
    isSortable: true,
    render: ({ lastTestAt }) =>
      lastTestAt === undefined ? <Text tone="muted">Never</Text> : <Ago timeMs={lastTestAt} />,
  },
];

/** Drawn anew by itself when its words change: a minute that passes must not draw a thousand rows. */
function Ago({ timeMs }: { readonly timeMs: number }) {
  const words = useFromNow((now) => formatAgo(timeMs, now));
  return (
    <Text tone="muted">
      <time dateTime={toIso(timeMs)}>{words}</time>
    </Text>
  );
}

const keys: Readonly<Record<string, (one: ConnectionSummary) => string | number>> = {
  name: ({ name }) => name,
  account: ({ accountId }) => accountId,
  recipe: ({ recipeId }) => recipeId,
  status: ({ status }) => status,
  tested: ({ lastTestAt }) => lastTestAt ?? 0,
};

const collator = new Intl.Collator('en', { numeric: true });

/** Names as people count them: “Lab 9” before “Lab 10”. */
function inOrder(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/** Compares two connections by a column, ascending. */
export function byColumn(column: string): (a: ConnectionSummary, b: ConnectionSummary) => number {
  const key = keys[column] ?? (() => '');
  return (a, b) => inOrder(key(a), key(b));
}
