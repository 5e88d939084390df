import { Fragment } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { findRecipe } from '../../../core/recipes/catalog';
import { useFromNow } from '../../app/clock';
import { Chip, StateBadge } from '../../ui/chip';
import type { TableColumn } from '../../ui/data-table';
import { formatAgo, toIso } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { AccountId, Text, TwoLine } from '../../ui/text';
import { useDriftMark } from '../drift';
import { DepartureMark } from '../organization';

export const connectionColumns: readonly TableColumn<ConnectionSummary>[] = [
  {
    id: 'name',
    header: 'Connection',
    isRowHeader: true,
    isSortable: true,
    render: ({ folder, name, roleName, tags = [] }) => (
      <TwoLine
        title={
          <>
            <b>{name}</b>
            {tags.map((tag) => (
              <Fragment key={tag}>
                {' '}
                <Chip>{tag}</Chip>
              </Fragment>
            ))}
          </>
        }
        detail={folder === undefined ? roleName : `${folder} · ${roleName}`}
      />
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
  { id: 'status', header: 'Status', width: 9, isSortable: true, render: (one) => <Status connection={one} /> },
  {
    id: 'tested',
    header: 'Last test',
    width: 9,
    isSortable: true,
    render: ({ lastTestAt }) =>
      lastTestAt === undefined ? <Text tone="muted">Never</Text> : <Ago timeMs={lastTestAt} />,
  },
];

/** Drift is told of what works: what fails needs a person first. */
function Status({ connection: { id, status } }: { readonly connection: ConnectionSummary }) {
  const drift = useDriftMark(id);
  return <StateBadge state={status === 'working' && (drift?.count ?? 0) > 0 ? 'drift' : status} />;
}

/** Drawn anew by itself when its words change: a minute that passes must not draw a thousand rows. */
function Ago({ timeMs }: { readonly timeMs: number }) {
  const words = useFromNow((now) => formatAgo(timeMs, now));
  return (
    <Text tone="muted">
      <time dateTime={toIso(timeMs)}>{words}</time>
    </Text>
  );
}
