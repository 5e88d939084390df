import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { findRecipe } from '../../../core/recipes/catalog';
import { StoreProblems } from '../../app/store-problems';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { StateBadge } from '../../ui/chip';
import { DataTable, type TableColumn, type TableSort } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatCount, formatDate, formatQuantity } from '../../ui/format';
import { Page } from '../../ui/page';
import { TextField } from '../../ui/text-field';
import { AccountId, TwoLine } from '../../ui/text';
import styles from './connections-page.module.css';

const columns: readonly TableColumn<ConnectionSummary>[] = [
  {
    id: 'name',
    header: 'Connection',
    isRowHeader: true,
    isSortable: true,
    render: ({ name, roleName }) => <TwoLine title={<b>{name}</b>} detail={roleName} />,
  },
  {
    id: 'account',
    header: 'Account',
    width: 9,
    isSortable: true,
    render: ({ accountId }) => <AccountId id={accountId} />,
  },
  {
    id: 'recipe',
    header: 'Recipe',
    width: 12,
    isSortable: true,
    render: ({ recipeId }) => findRecipe(recipeId)?.title ?? recipeId,
  },
  { id: 'status', header: 'State', width: 9, isSortable: true, render: ({ status }) => <StateBadge state={status} /> },
  { id: 'created', header: 'Made', width: 9, isSortable: true, render: ({ createdAt }) => formatDate(createdAt) },
];

const keys: Readonly<Record<string, (one: ConnectionSummary) => string | number>> = {
  name: ({ name }) => name,
  account: ({ accountId }) => accountId,
  recipe: ({ recipeId }) => recipeId,
  status: ({ status }) => status,
  created: ({ createdAt }) => createdAt,
};

const collator = new Intl.Collator('en', { numeric: true });

/** Names as people count them: “Lab 9” before “Lab 10”. */
function inOrder(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/** Every role that may be assumed. */
export function ConnectionsPage() {
  const asked = useAsk('connections', 'connections', 'list', {});
  const problems = useAsk('app', 'app', 'getSnapshot', {}).data?.problems ?? [];
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<TableSort>({ column: 'name', direction: 'ascending' });
  const all = asked.data?.connections ?? [];
  const wanted = search.trim().toLowerCase();
  const found = all.filter(
    ({ name, roleName, accountId }) =>
      wanted === '' ||
      `${name} ${roleName} ${accountId}`.toLowerCase().includes(wanted.replaceAll(/(?<=\d)\s(?=\d)/g, '')),
  );
  const key = keys[sort.column] ?? (() => '');
  const way = sort.direction === 'ascending' ? 1 : -1;
  const items = found.sort((a, b) => way * inOrder(key(a), key(b)));

  return (
    <Page
      title="Connections"
      lead={
        all.length === 0
          ? undefined
          : `${formatCount(all.length)} ${all.length === 1 ? 'role' : 'roles'} that may be assumed.`
      }
      actions={
        all.length === 0 ? undefined : (
          <Button variant="primary" icon="plus" onPress={() => void navigate('/connect')}>
            Connect account
          </Button>
        )
      }
      focusKey="connections"
    >
      {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
      {all.length === 0 && <StoreProblems problems={problems} />}
      {asked.data !== undefined && all.length === 0 && (
        <EmptyState
          title="No connection yet"
          action={
            <Button variant="primary" onPress={() => void navigate('/connect')}>
              Connect an account
            </Button>
          }
        >
          A connection is one role in somebody’s account that you may assume. It holds no secret.
        </EmptyState>
      )}
      {all.length > 0 && (
        <div className={styles['list']}>
          <StoreProblems problems={problems} />
          <TextField
            label="Search connections"
            hideLabel
            placeholder="Name, role or account ID"
            icon="search"
            type="search"
            value={search}
            onChange={setSearch}
            maxLength={200}
          />
          <div className={styles['table']}>
            <DataTable
              label={formatQuantity(items.length, 'connection')}
              columns={columns}
              items={items}
              keyOf={({ id }) => id}
              rowHeight="tall"
              isVirtual={items.length > 40}
              sort={sort}
              onSort={setSort}
              onOpen={(id) => void navigate(`/connections/${id}`)}
              empty={
                <EmptyState
                  title="Nothing matches"
                  isSmall
                  action={<Button onPress={() => setSearch('')}>Clear the search</Button>}
                >
                  No name, role or account ID contains “{search}”.
                </EmptyState>
              }
            />
          </div>
        </div>
      )}
    </Page>
  );
}
