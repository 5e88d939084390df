import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { mostNamedConnections } from '../../../core/contract/connections';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { StoreProblems } from '../../app/store-problems';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import type { TableSort } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatCount } from '../../ui/format';
import { Row } from '../../ui/layout';
import { Page } from '../../ui/page';
import { SegmentedControl } from '../../ui/segmented-control';
import { TextField } from '../../ui/text-field';
import { ImportDialog } from '../import';
import { byColumn } from './connection-columns';
import { ConnectionsTable } from './connections-table';
import { HealthPanel, TestButton } from './health-panel';
import { NextRound } from './next-round';
import styles from './connections-page.module.css';

type Shown = 'all' | 'failing' | 'working' | 'not-tested' | 'closed';

const matches: Readonly<Record<Shown, (status: ConnectionSummary['status']) => boolean>> = {
  all: () => true,
  failing: (status) => status === 'failing',
  working: (status) => status === 'working',
  'not-tested': (status) => status === 'not-tested',
  closed: isClosed,
};

const words: Readonly<Record<Shown, string>> = {
  all: 'All',
  failing: 'Failing',
  working: 'Working',
  'not-tested': 'Not tested',
  closed: 'Closed',
};

/** Every role that may be assumed. */
export function ConnectionsPage() {
  const asked = useAsk('connections', 'connections', 'list', {});
  const problems = useAsk('app', 'app', 'getSnapshot', {}).data?.problems ?? [];
  const testAll = useAct('connections', 'testAll');
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const [search, setSearch] = useState(address.get('search') ?? '');
  const [sort, setSort] = useState<TableSort>({ column: 'name', direction: 'ascending' });
  const all = useMemo(() => asked.data?.connections ?? [], [asked.data]);
  const wantedShown = address.get('show') ?? 'all';
  const shown: Shown = wantedShown in matches ? (wantedShown as Shown) : 'all';
  const items = useMemo(() => {
    const wanted = search
      .trim()
      .toLowerCase()
      .replaceAll(/(?<=\d)\s(?=\d)/g, '');
    const way = sort.direction === 'ascending' ? 1 : -1;
    const compare = byColumn(sort.column);
    return all
      .filter(
        ({ accountId, folder = '', name, roleName, status }) =>
          matches[shown](status) &&
          (wanted === '' || `${name} ${roleName} ${accountId} ${folder}`.toLowerCase().includes(wanted)),
      )
      .sort((a, b) => way * compare(a, b));
  }, [all, search, shown, sort]);
  const show = (next: Shown) => setAddress(next === 'all' ? {} : { show: next });
  const testable = items.filter(({ status }) => !isClosed(status));
  const isAll = items.length === all.length;
  const test = () =>
    void testAll.run(isAll ? {} : { connectionIds: testable.slice(0, mostNamedConnections).map(({ id }) => id) });
  // a thousand rows are read anew while the page goes on answering
  const drawn = useDeferredValue(items);
  const open = useCallback((id: string) => void navigate(`/connections/${id}`), [navigate]);
  const showAll = useCallback(() => {
    setSearch('');
    setAddress({});
  }, [setAddress]);
  const empty = useMemo(() => <Nothing shown={shown} search={search} onShowAll={showAll} />, [search, showAll, shown]);
  // by what there is and not by what is shown: a table that is made anew at each letter would lose its place
  const isVirtual = all.length > 40;

  return (
    <Page
      title="Connections"
      lead={
        all.length === 0 ? undefined : (
          <>
            {`${formatCount(all.length)} ${all.length === 1 ? 'role' : 'roles'} that may be assumed.`} <NextRound />
          </>
        )
      }
      actions={
        all.length === 0 ? undefined : (
          <>
            <TestButton
              disabledReason={testable.length === 0 ? 'None of these can be tested.' : undefined}
              onPress={test}
            >
              {isAll ? 'Test all' : `Test these ${formatCount(Math.min(testable.length, mostNamedConnections))}`}
            </TestButton>
            <Button icon="download" onPress={() => setAddress({ import: 'yes' })}>
              Import…
            </Button>
            <Button variant="primary" icon="plus" onPress={() => void navigate('/connect')}>
              Connect account
            </Button>
          </>
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
            <Row>
              <Button variant="primary" onPress={() => void navigate('/connect')}>
                Connect an account
              </Button>
              <Button icon="download" onPress={() => setAddress({ import: 'yes' })}>
                Import…
              </Button>
            </Row>
          }
        >
          A connection is one role in somebody’s account that you may assume. It holds no secret.
        </EmptyState>
      )}
      {all.length > 0 && (
        <div className={styles['list']}>
          <StoreProblems problems={problems} />
          {testAll.error !== undefined && <ErrorPanel error={testAll.error} onRemedy={() => testAll.reset()} />}
          <HealthPanel onAgain={test} onShowFailing={shown === 'failing' ? undefined : () => show('failing')} />
          <Row gap="md" wrap>
            <div className={styles['search']}>
              <TextField
                label="Search connections"
                hideLabel
                placeholder="Name, role, folder or account ID"
                icon="search"
                type="search"
                value={search}
                onChange={setSearch}
                maxLength={200}
              />
            </div>
            <SegmentedControl<Shown>
              label="Which connections"
              value={shown}
              onChange={show}
              options={optionsOf(all, shown)}
            />
          </Row>
          <div className={styles['table']} data-virtual={isVirtual || undefined}>
            <ConnectionsTable
              items={drawn}
              isVirtual={isVirtual}
              sort={sort}
              onSort={setSort}
              onOpen={open}
              empty={empty}
            />
          </div>
        </div>
      )}
      {address.has('import') && (
        <ImportDialog onClose={() => setAddress({})} onImported={() => setAddress({ show: 'not-tested' })} />
      )}
    </Page>
  );
}

function isClosed(status: ConnectionSummary['status']): boolean {
  return status === 'closing' || status === 'revoked';
}

/** What there is some of, with how many. */
function optionsOf(all: readonly ConnectionSummary[], shown: Shown): { value: Shown; label: string }[] {
  const counted = (Object.keys(words) as Shown[]).map((value) => {
    const count = all.filter(({ status }) => matches[value](status)).length;
    return { value, count, label: value === 'all' ? words.all : `${words[value]} ${formatCount(count)}` };
  });
  return counted.filter(({ count, value }) => value === 'all' || value === shown || count > 0);
}

interface NothingProps {
  readonly shown: Shown;
  readonly search: string;
  readonly onShowAll: () => void;
}

function Nothing({ onShowAll, search, shown }: NothingProps) {
  const isSearch = search.trim() !== '';
  return (
    <EmptyState
      title={isSearch ? 'Nothing matches' : `None is ${words[shown].toLowerCase()}`}
      isSmall
      action={<Button onPress={onShowAll}>{isSearch ? 'Clear the search' : 'Show all'}</Button>}
    >
      {isSearch
        ? `No name, role, folder or account ID ${shown === 'all' ? '' : 'of these '}contains “${search}”.`
        : 'They may have changed since you looked.'}
    </EmptyState>
  );
}
