import { useCallback, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { mostNamedConnections } from '../../../core/contract/connections';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { focusedRow, useShortcutActs } from '../../app/shortcut-acts';
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
import { DriftPanel, LookForDriftButton, useDrifted } from '../drift';
import { ExportDialog, ImportDialog } from '../import';
import { BulkBar } from './bulk-bar';
import { ConnectionsTable } from './connections-table';
import { HealthPanel, TestButton } from './health-panel';
import { KeptSelect, readKept } from './kept-select';
import { NextRound } from './next-round';
import { isClosed, matches, useConnectionList, type Kept, type Shown } from './use-connection-list';
import styles from './connections-page.module.css';

const words: Readonly<Record<Shown, string>> = {
  all: 'All',
  failing: 'Failing',
  drifted: 'Drifted',
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
  const wantedSearch = address.get('search');
  const [takenSearch, setTakenSearch] = useState(wantedSearch);
  const [search, setSearch] = useState(wantedSearch ?? '');
  if (wantedSearch !== takenSearch) {
    // the same page is asked for with other words
    setTakenSearch(wantedSearch);
    if (wantedSearch !== null) setSearch(wantedSearch);
  }
  const [sort, setSort] = useState<TableSort>({ column: 'name', direction: 'ascending' });
  const all = useMemo(() => asked.data?.connections ?? [], [asked.data]);
  const wantedShown = address.get('show') ?? 'all';
  const shown: Shown = wantedShown in matches ? (wantedShown as Shown) : 'all';
  const keptText = address.get('in') ?? '';
  const kept = useMemo(() => readKept(keptText), [keptText]);
  const drifted = useDrifted();
  const items = useConnectionList(all, { kept, search, shown }, sort, drifted);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // what is not shown is not done to either
  const chosenItems = useMemo(() => items.filter(({ id }) => chosen.has(id)), [chosen, items]);
  const go = (next: { readonly show?: Shown; readonly in?: string }) =>
    setAddress(
      Object.entries({ show: shown, in: keptText, ...next }).filter(([, value]) => value !== 'all' && value !== ''),
    );
  const show = (next: Shown) => go({ show: next });
  const testable = items.filter(({ status }) => !isClosed(status));
  const isAll = items.length === all.length;
  const test = () =>
    void testAll.run(isAll ? {} : { connectionIds: testable.slice(0, mostNamedConnections).map(({ id }) => id) });
  useShortcutActs(() => {
    const row = items.find(({ id, status }) => id === focusedRow() && !isClosed(status));
    return row === undefined
      ? {}
      : {
          'start-session': () => void navigate(`/sessions?start=${row.id}`),
          test: () => void testAll.run({ connectionIds: [row.id] }),
        };
  });
  const open = useCallback((id: string) => void navigate(`/connections/${id}`), [navigate]);
  const showAll = useCallback(() => {
    setSearch('');
    setAddress({});
  }, [setAddress]);
  const empty = useMemo(
    () => <Nothing shown={shown} kept={kept} search={search} onShowAll={showAll} />,
    [kept, search, showAll, shown],
  );
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
            <LookForDriftButton
              connectionIds={isAll ? undefined : testable.slice(0, mostNamedConnections).map(({ id }) => id)}
              disabledReason={testable.length === 0 ? 'None of these can be looked at.' : undefined}
            />
            <Button icon="download" onPress={() => setAddress({ import: 'yes' })}>
              Import…
            </Button>
            <Button icon="send" onPress={() => setAddress({ export: 'yes' })}>
              Export…
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
          <DriftPanel onShowDrifted={shown === 'drifted' ? undefined : () => show('drifted')} />
          <HealthPanel onAgain={test} onShowFailing={shown === 'failing' ? undefined : () => show('failing')} />
          <Row gap="md" wrap>
            <div className={styles['search']}>
              <TextField
                label="Search connections"
                hideLabel
                placeholder="Name, account ID, role, folder or tag"
                icon="search"
                type="search"
                value={search}
                onChange={setSearch}
                maxLength={200}
              />
            </div>
            <KeptSelect connections={all} value={keptText} onChange={(next) => go({ in: next })} />
            <SegmentedControl<Shown>
              label="Which connections"
              value={shown}
              onChange={show}
              options={optionsOf(all, shown, drifted)}
            />
          </Row>
          <div className={styles['table']} data-virtual={isVirtual || undefined}>
            <ConnectionsTable
              items={items}
              sort={sort}
              onSort={setSort}
              onOpen={open}
              chosen={chosen}
              onChoose={setChosen}
              empty={empty}
            />
          </div>
          {chosenItems.length > 0 && (
            <BulkBar
              chosen={chosenItems}
              onTest={(connectionIds) => void testAll.run({ connectionIds: [...connectionIds] })}
              onClear={() => setChosen(new Set())}
            />
          )}
        </div>
      )}
      {address.has('export') && (
        <ExportDialog connectionIds={undefined} count={all.length} onClose={() => setAddress({})} />
      )}
      {address.has('import') && (
        <ImportDialog onClose={() => setAddress({})} onImported={() => setAddress({ show: 'not-tested' })} />
      )}
    </Page>
  );
}

/** What there is some of, with how many. */
function optionsOf(
  all: readonly ConnectionSummary[],
  shown: Shown,
  drifted: ReadonlySet<string>,
): { value: Shown; label: string }[] {
  const counted = (Object.keys(words) as Shown[]).map((value) => {
    const count = all.filter(({ id, status }) => matches[value](status, drifted.has(id))).length;
    return { value, count, label: value === 'all' ? words.all : `${words[value]} ${formatCount(count)}` };
  });
  return counted.filter(({ count, value }) => value === 'all' || value === shown || count > 0);
}

interface NothingProps {
  readonly kept: Kept | undefined;
  readonly shown: Shown;
  readonly search: string;
  readonly onShowAll: () => void;
}

function Nothing({ kept, onShowAll, search, shown }: NothingProps) {
  const isSearch = search.trim() !== '';
  return (
    <EmptyState
      title={isSearch ? 'Nothing matches' : `None is ${words[shown].toLowerCase()}`}
      isSmall
      action={<Button onPress={onShowAll}>{isSearch ? 'Clear the search' : 'Show all'}</Button>}
    >
      {isSearch
        ? `No name, role, folder, tag or account ID ${shown === 'all' && kept === undefined ? '' : 'of these '}contains “${search}”.`
        : 'They may have changed since you looked.'}
    </EmptyState>
  );
}
