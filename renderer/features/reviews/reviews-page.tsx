import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { ReasonKind, ReviewItem } from '../../../core/domain/review';
import { currentTime, useNow } from '../../app/clock';
import { focusedRow, useShortcutActs } from '../../app/shortcut-acts';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import type { TableSort } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatCount, formatDate } from '../../ui/format';
import { Row } from '../../ui/layout';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { SegmentedControl } from '../../ui/segmented-control';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { VirtualTable } from '../../ui/virtual-table';
import { DriftPanel } from '../drift';
import { KeepDialog, SnoozeDialog } from './decide-dialog';
import { ExportReviewsDialog } from './export-dialog';
import { LookAgain } from './look-again';
import { PolicyDialog } from './policy-dialog';
import { reviewColumns } from './review-columns';
import { ReviewDetail } from './review-detail';
import { ReviewsBar } from './reviews-bar';
import { itemName, policyWords, reasonLooks } from './review-words';
import { countKinds, useShownItems, type Shown } from './use-queue';
import styles from './reviews.module.css';

type Asking = { readonly what: 'keep' | 'snooze'; readonly items: readonly ReviewItem[] };
const none: readonly ReviewItem[] = [];

/** What is to be looked at again, why, and what is decided about it. */
export function ReviewsPage() {
  const asked = useAsk('reviews', 'reviews', 'queue', {});
  const policy = useAsk('reviews', 'reviews', 'getPolicy', {}).data?.policy;
  const [address, setAddress] = useSearchParams();
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<ReasonKind | 'any'>('any');
  const [shown, setShown] = useState<Shown>('due');
  const [sort, setSort] = useState<TableSort>({ column: 'why', direction: 'ascending' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking>();
  const [isOpen, setOpen] = useState<'policy' | 'export'>();
  const all = asked.data?.items ?? none;
  const due = useMemo(() => all.filter(({ reasons }) => reasons.length > 0), [all]);
  const waiting = all.length - due.length + due.filter(({ snoozedUntil }) => snoozedUntil !== undefined).length;
  const items = useShownItems(all, { kind, search, shown }, sort);
  // what is not shown is not decided about either
  const chosenItems = useMemo(() => items.filter(({ subjectId }) => chosen.has(subjectId)), [chosen, items]);
  const of = address.get('of');
  const open = useCallback((subjectId: string) => setAddress({ of: subjectId }), [setAddress]);
  const decide = (what: Asking['what'], ...about: ReviewItem[]) => setAsking({ what, items: about });
  useShortcutActs(() => {
    const row = items.find(({ subjectId }) => subjectId === focusedRow());
    const about = chosenItems.length > 0 ? chosenItems : row === undefined ? none : [row];
    return about.length === 0
      ? {}
      : { keep: () => decide('keep', ...about), 'put-off': () => decide('snooze', ...about) };
  });
  const isThere = asked.data !== undefined;
  const isFiltered = kind !== 'any' || search.trim() !== '';
  const showAll = () => {
    setSearch('');
    setKind('any');
  };
  const opened = of !== null && (
    <Opened of={of}>
      <ReviewDetail
        key={of}
        subjectId={of}
        onKeep={(item) => decide('keep', item)}
        onSnooze={(item) => decide('snooze', item)}
        onClose={() => setAddress({})}
      />
    </Opened>
  );
  return (
    <Page
      title="Reviews"
      lead={
        policy === undefined ? undefined : (
          <>
            {policyWords(policy)}{' '}
            <Button variant="link" size="sm" onPress={() => setOpen('policy')}>
              Change…
            </Button>
          </>
        )
      }
      actions={
        <>
          <LookAgain />
          <Button icon="download" onPress={() => setOpen('export')}>
            Save…
          </Button>
        </>
      }
      focusKey="reviews"
    >
      <div className={styles['list']}>
        <DriftPanel onShowDrifted={undefined} />
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
        {asked.pending && <Busy />}
        {isThere && all.length === 0 && <NothingDue nextAt={asked.data.nextAt} connections={asked.data.connections} />}
        {all.length === 0 && opened}
        {all.length > 0 && (
          <>
            <Row gap="md" wrap>
              <div className={styles['search']}>
                <TextField
                  label="Search reviews"
                  hideLabel
                  placeholder="Name, account ID, role or key"
                  icon="search"
                  type="search"
                  value={search}
                  onChange={setSearch}
                  maxLength={200}
                />
              </div>
              <Select<ReasonKind | 'any'>
                label="Reason"
                hideLabel
                options={[
                  { value: 'any', label: 'All reasons' },
                  ...countKinds(due).map(({ count, kind: value }) => ({
                    value,
                    label: `${reasonLooks[value].word} ${formatCount(count)}`,
                  })),
                ]}
                value={kind}
                onChange={setKind}
              />
              <SegmentedControl<Shown>
                label="Which"
                value={shown}
                onChange={setShown}
                options={[
                  { value: 'due', label: `Due ${formatCount(due.length)}` },
                  { value: 'waiting', label: `Put off ${formatCount(waiting)}` },
                ]}
              />
            </Row>
            <div className={styles['split']}>
              <div className={styles['sides']}>
                <div className={styles['table']}>
                  <VirtualTable
                    label="Reviews"
                    columns={reviewColumns}
                    items={items}
                    keyOf={keyOf}
                    rowHeight="tall"
                    sort={sort}
                    onSort={setSort}
                    onOpen={open}
                    selection={{ keys: chosen, onChange: setChosen, nameOf: itemName }}
                    empty={<NothingShown shown={shown} isFiltered={isFiltered} onShowAll={showAll} />}
                  />
                </div>
                {opened}
              </div>
            </div>
            {chosenItems.length > 0 && (
              <ReviewsBar
                count={chosenItems.length}
                onKeep={() => decide('keep', ...chosenItems)}
                onSnooze={() => decide('snooze', ...chosenItems)}
                onClear={() => setChosen(new Set())}
              />
            )}
          </>
        )}
      </div>
      {asking?.what === 'keep' && <KeepDialog items={asking.items} onClose={() => setAsking(undefined)} />}
      {asking?.what === 'snooze' && <SnoozeDialog items={asking.items} onClose={() => setAsking(undefined)} />}
      {isOpen === 'policy' && policy !== undefined && (
        <PolicyDialog policy={policy} onClose={() => setOpen(undefined)} />
      )}
      {isOpen === 'export' && <ExportReviewsDialog onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

/** The first time there may be ten thousand to look through; what is there at once needs no words. */
function Busy() {
  const [since] = useState(() => currentTime());
  const now = useNow();
  return now - since < 500 ? null : <Progress label="Looking through what may be due" since={since} />;
}

/** What was opened comes into view, also where it stands under the table. */
function Opened({ children, of }: { readonly children: ReactNode; readonly of: string }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest' }), [of]);
  return (
    <div ref={here} className={styles['detail']}>
      {children}
    </div>
  );
}

interface NothingDueProps {
  readonly connections: number;
  readonly nextAt: number | undefined;
}

function NothingDue({ connections, nextAt }: NothingDueProps) {
  const navigate = useNavigate();
  if (connections === 0) {
    return (
      <EmptyState
        title="Nothing to review yet"
        action={
          <Button variant="primary" onPress={() => void navigate('/connect')}>
            Connect an account
          </Button>
        }
      >
        Connections and old access keys come here when somebody should look at them again.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing is due">
      {nextAt === undefined ? 'No date is planned.' : `The next by its date is on ${formatDate(nextAt)}.`} Drift, raised
      risk, unused roles and old keys come here by themselves once they were seen.
    </EmptyState>
  );
}

interface NothingShownProps {
  readonly shown: Shown;
  readonly isFiltered: boolean;
  readonly onShowAll: () => void;
}

function NothingShown({ isFiltered, onShowAll, shown }: NothingShownProps) {
  if (isFiltered) {
    return (
      <EmptyState title="Nothing matches" isSmall action={<Button onPress={onShowAll}>Show all</Button>}>
        No line has all of this.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={shown === 'due' ? 'Nothing is due' : 'Nothing is put off'} isSmall>
      {shown === 'due' ? 'All of it is put off.' : 'What is put off stands here until it comes back.'}
    </EmptyState>
  );
}

function keyOf({ subjectId }: ReviewItem): string {
  return subjectId;
}
