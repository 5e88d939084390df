import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ActivityEntry, ActivityFilter } from '../../../core/domain/activity';
import { activityKinds, type ActivityKind } from '../../../core/domain/activity-words';
import { useFromNow, useNowEvery } from '../../app/clock';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { FilterChip } from '../../ui/chip';
import type { TableColumn } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment, startOfDay, toIso } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row } from '../../ui/layout';
import { Page } from '../../ui/page';
import { SegmentedControl } from '../../ui/segmented-control';
import { Select } from '../../ui/select';
import { AccountId, Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { VirtualTable } from '../../ui/virtual-table';
import { ChainStateLine } from './chain-state';
import { EntryDialog } from './entry-dialog';
import { entryIcon, entryWords, kindWords } from './entry-words';
import { useActivity } from './use-activity';
import styles from './activity-page.module.css';

type Format = 'json-lines' | 'csv';
type Days = 'all' | '1' | '7' | '30';
const days: readonly { readonly value: Days; readonly label: string }[] = [
  { value: 'all', label: 'Any time' },
  { value: '1', label: 'Today' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
];

const kinds = [
  { value: 'any' as const, label: 'All kinds' },
  ...activityKinds.map((value) => ({ value, label: kindWords[value] })),
];

/** Everything that was done here, newest first, from a log that shows when it is changed. */
export function ActivityPage() {
  const [address, setAddress] = useSearchParams();
  const wantedWords = address.get('words');
  const [takenWords, setTakenWords] = useState(wantedWords);
  const [search, setSearch] = useState(wantedWords ?? '');
  if (wantedWords !== takenWords) {
    // the same page is asked for with other words
    setTakenWords(wantedWords);
    if (wantedWords !== null) setSearch(wantedWords);
  }
  const [when, setWhen] = useState<Days>('all');
  const [kind, setKind] = useState<ActivityKind | 'any'>('any');
  const [open, setOpen] = useState<ActivityEntry>();
  const words = useDeferredValue(search.trim());
  const since = useFromNow((now) => (when === 'all' ? 0 : startOfDay(now, Number(when) - 1)));
  const connectionId = address.get('connection');
  const accountId = address.get('account');
  const filter: ActivityFilter = useMemo(
    () => ({
      ...(since > 0 && { since }),
      ...(kind !== 'any' && { kind }),
      ...(connectionId !== null && { connectionId }),
      ...(accountId !== null && { accountId }),
      ...(words !== '' && { words }),
    }),
    [accountId, connectionId, kind, since, words],
  );
  const shown = useActivity(filter);
  const connections = useAsk('connections', 'connections', 'list', {}, { enabled: connectionId !== null }).data;
  const save = useAct('activity', 'save');
  const [format, setFormat] = useState<Format>('csv');
  const saveAs = async (wanted: Format) => {
    setFormat(wanted);
    const saved = await save.run({ format: wanted, filter });
    if (saved?.path === undefined) return;
    const title = saved.isCut === true ? 'Saved: the newest 1,000,000 only. Filter for the rest.' : 'Saved';
    showToast({ title, detail: saved.path, icon: 'check' });
  };
  const busy = (one: Format) => (save.busy && format === one ? { label: 'Saving' } : undefined);
  const showAll = () => {
    setSearch('');
    setWhen('all');
    setKind('any');
    setAddress({});
  };
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page
      title="Activity"
      lead="What was done here, newest first. Nothing in it can be changed from this app."
      focusKey="activity"
      actions={
        <>
          <Button icon="download" busy={busy('csv')} onPress={() => void saveAs('csv')}>
            {isFiltered ? 'Save these as CSV…' : 'Save as CSV…'}
          </Button>
          <Button icon="download" busy={busy('json-lines')} onPress={() => void saveAs('json-lines')}>
            Save the whole log…
          </Button>
        </>
      }
    >
      <div className={styles['list']}>
        <ChainStateLine />
        {save.error !== undefined && <ErrorPanel error={save.error} onRemedy={() => void saveAs(format)} />}
        {shown.error !== undefined && <ErrorPanel error={shown.error} onRemedy={shown.again} />}
        <Row gap="md" wrap>
          <div className={styles['search']}>
            <TextField
              label="Search activity"
              hideLabel
              placeholder="Act, name, ARN or ID"
              icon="search"
              type="search"
              value={search}
              onChange={setSearch}
              maxLength={200}
            />
          </div>
          <Select label="Kind" hideLabel options={kinds} value={kind} onChange={setKind} />
          <SegmentedControl<Days> label="When" value={when} onChange={setWhen} options={days} />
          {connectionId !== null && (
            <FilterChip
              field="Connection"
              value={connections?.connections.find(({ id }) => id === connectionId)?.name ?? 'one that is gone'}
              onRemove={() => setAddress({})}
            />
          )}
          {accountId !== null && <FilterChip field="Account" value={accountId} onRemove={() => setAddress({})} />}
        </Row>
        <div className={styles['table']}>
          <VirtualTable
            label="Activity"
            columns={columns}
            items={shown.entries}
            keyOf={keyOf}
            rowHeight="dense"
            onOpen={(key) => setOpen(shown.entries.find((one) => keyOf(one) === key))}
            empty={shown.isThere ? <Nothing isFiltered={isFiltered} onShowAll={showAll} /> : null}
          />
        </div>
        {shown.more !== undefined && (
          <Row>
            <Button busy={shown.isBusy ? { label: 'Reading' } : undefined} onPress={shown.more}>
              Show earlier
            </Button>
          </Row>
        )}
      </div>
      {open !== undefined && (
        <EntryDialog
          entry={open}
          onClose={() => setOpen(undefined)}
          onOnly={(only) => {
            setOpen(undefined);
            setAddress(only);
          }}
        />
      )}
    </Page>
  );
}

const columns: readonly TableColumn<ActivityEntry>[] = [
  { id: 'time', header: 'Time', width: 10, render: ({ time }) => <Moment time={time} /> },
  {
    id: 'act',
    header: 'What was done',
    width: 17,
    isRowHeader: true,
    render: (entry) => (
      <Row>
        <Icon name={entryIcon(entry)} tone="muted" />
        <Text truncate>{entryWords(entry)}</Text>
      </Row>
    ),
  },
  {
    id: 'subject',
    header: 'Done to',
    render: ({ connection, subject }) => <Text truncate>{connection?.name ?? subject}</Text>,
  },
  {
    id: 'account',
    header: 'Account',
    width: 9,
    render: ({ accountId }) => (accountId === undefined ? null : <AccountId id={accountId} />),
  },
];

function Moment({ time }: { readonly time: number | undefined }) {
  const now = useNowEvery(60_000);
  if (time === undefined) return null;
  return (
    <Text tone="muted" numeric>
      <time dateTime={toIso(time)}>{formatMoment(time, now)}</time>
    </Text>
  );
}

function keyOf({ at }: ActivityEntry): string {
  return String(at);
}

function Nothing({ isFiltered, onShowAll }: { readonly isFiltered: boolean; readonly onShowAll: () => void }) {
  if (!isFiltered) {
    return (
      <EmptyState title="Nothing was done yet" isSmall>
        Whatever changes something here or at AWS is written down in a line of its own.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing matches" isSmall action={<Button onPress={onShowAll}>Show all</Button>}>
      No act in what was read fits all of this.
    </EmptyState>
  );
}
