import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Session } from '../../../core/domain/session';
import { currentTime } from '../../app/clock';
import { StoreProblems } from '../../app/store-problems';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDuration, formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { Text } from '../../ui/text';
import type { TimelineRange } from '../../ui/timeline-geometry';
import { EndedSessions } from './ended-sessions';
import { NoSessions } from './no-sessions';
import { filterSessions, isFiltering, noFilter, type SessionFilter } from './session-filter';
import { renewedUntil, silenceOf } from './session-words';
import { SilenceNote } from './silence-note';
import { StartSessionDialog } from './start-session-dialog';

// The window opens here, mostly with nothing live: what draws sessions is not part of the first script.
const SessionTable = lazy(async () => ({ default: (await import('./session-table')).SessionTable }));
const SessionTimeline = lazy(async () => ({ default: (await import('../../ui/session-timeline')).SessionTimeline }));
const FilterRow = lazy(async () => ({ default: (await import('./filter-row')).FilterRow }));
const Favourites = lazy(async () => ({ default: (await import('./favourites')).Favourites }));
const EndSessionDialog = lazy(async () => ({ default: (await import('./end-dialogs')).EndSessionDialog }));
const HandoffDialog = lazy(async () => ({ default: (await import('../handoff')).HandoffDialog }));
const EndSessionsDialog = lazy(async () => ({ default: (await import('./end-dialogs')).EndSessionsDialog }));

/** A picture of more is no longer looked at; the table below has them all. */
const drawnBars = 8;
/** Fewer are seen at a glance. */
const mostUnfiltered = 3;

/** What an address may ask to end together. */
const endings: Readonly<Record<string, 'all' | 'shown'>> = { all: 'all', shown: 'shown' };

/** The live sessions, what dies first on top: as a picture and as a table with the same facts. */
export function SessionsPage() {
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const asked = useAsk('sessions', 'sessions', 'list', {});
  const [range, setRange] = useState<TimelineRange>('4h');
  const [search, setSearch] = useSearchParams();
  const [filter, setFilter] = useState<SessionFilter>(noFilter);
  const retryKeychain = useAct('app', 'retryKeychain');
  const navigate = useNavigate();
  const remedy = useRemedy({ retry: () => void retryKeychain.run({}) });
  const sessions = asked.data?.sessions ?? [];
  // main ends what has expired and says so: the page itself is not drawn anew each second
  const live = sessions.filter(({ end }) => end === undefined);
  const ended = sessions.filter(({ end }) => end !== undefined);
  const isFiltered = isFiltering(filter);
  const shown = isFiltered ? filterSessions(live, filter, currentTime()) : live;
  const lost = live.filter(({ credentials, expiresAt }) => credentials === 'gone' && expiresAt > currentTime()).length;
  const silence = silenceOf(live);
  const keychain = snapshot?.keychain;
  const startFor = search.get('start');
  // looked for among all: what ends while it is asked about stays what is asked about
  const handOff = sessions.find(({ id }) => id === search.get('hand-off'));
  const end = sessions.find(({ id }) => id === search.get('end'));
  // from elsewhere all are meant, whatever the filter of this page shows
  const ending = asked.data === undefined ? undefined : endings[search.get('end') ?? ''];
  const isEndingShown = ending === 'shown' && isFiltered;
  const close = () => setSearch({});

  const isBeginning = live.length === 0 && ended.length === 0 && snapshot?.counts.revocations === 0;
  const startButton = (
    <Button
      // the panel's “Try again” comes first while the keychain does not answer, and the first steps while there was no session
      variant={keychain?.state === 'unavailable' || isBeginning ? 'secondary' : 'primary'}
      icon="play"
      onPress={() => setSearch({ start: 'any' })}
    >
      Start a session
    </Button>
  );

  return (
    <Page
      title="Sessions"
      focusKey="sessions"
      lead={asked.data === undefined ? undefined : lead(live, snapshot?.clockOffset)}
      actions={
        live.length === 0 ? (
          (snapshot?.counts.connections ?? 0) > 0 && startButton
        ) : (
          <>
            <Button
              icon="stop"
              disabledReason={shown.length === 0 ? 'None is shown' : undefined}
              onPress={() => setSearch({ end: 'shown' })}
            >
              {isFiltered ? `End these ${String(shown.length)}…` : 'End all…'}
            </Button>
            {startButton}
          </>
        )
      }
    >
      <Stack gap="md">
        {keychain?.state === 'unavailable' && (
          <ErrorPanel
            error={keychain.error}
            title="The keychain did not answer"
            onRemedy={remedy}
            onCopyDetail={copyText}
            isDetailOpen
          />
        )}
        <StoreProblems problems={snapshot?.problems ?? []} />
        {lost > 0 && (
          <Note
            tone="warning"
            title={`The credentials of ${formatQuantity(lost, 'session')} are not on this computer.`}
          >
            What lived in memory only is lost on quitting. At AWS they stay valid until they expire; to cut them off
            now, revoke the connection.
          </Note>
        )}
        {silence !== undefined && <SilenceNote silence={silence} />}
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
        {(snapshot?.counts.connections ?? 0) > 0 && (
          <Suspense>
            <Favourites />
          </Suspense>
        )}
        {live.length > 0 && (
          <Suspense>
            {shown.length > 0 && (
              <SessionTimeline
                {...(shown.length > drawnBars ? { title: `Issue to expiry, the next ${drawnBars} to end` } : {})}
                sessions={shown.slice(0, drawnBars).map(toBar)}
                range={range}
                onRangeChange={setRange}
              />
            )}
            {(live.length > mostUnfiltered || isFiltered) && (
              <FilterRow sessions={live} filter={filter} onChange={setFilter} />
            )}
            <SessionTable
              sessions={shown}
              total={live.length}
              renewing={asked.data?.renewing ?? []}
              onStartAgain={(connectionId) => setSearch({ start: connectionId })}
              empty={<NothingShown onClear={() => setFilter(noFilter)} />}
            />
          </Suspense>
        )}
        {asked.data !== undefined && live.length === 0 && snapshot !== undefined && (
          <NoSessions
            snapshot={snapshot}
            hadSessions={ended.length > 0}
            onConnect={() => void navigate('/connect')}
            onStart={() => setSearch({ start: 'any' })}
          />
        )}
        <EndedSessions sessions={ended} />
        {keychain?.state === 'unavailable' && live.length > 0 && (
          <Text tone="muted" size="sm">
            Expiry times come from the session records, which hold no secrets.
          </Text>
        )}
      </Stack>
      {startFor !== null && (
        <StartSessionDialog
          connectionId={startFor === 'any' ? undefined : startFor}
          onClose={close}
          onStarted={close}
        />
      )}
      {handOff !== undefined && (
        <Suspense>
          <HandoffDialog sessionId={handOff.id} onClose={close} />
        </Suspense>
      )}
      {end !== undefined && (
        <Suspense>
          <EndSessionDialog session={end} onClose={close} />
        </Suspense>
      )}
      {ending !== undefined && (
        <Suspense>
          <EndSessionsDialog
            sessions={isEndingShown ? shown : live}
            isFiltered={isEndingShown}
            onClose={(isDone) => {
              close();
              if (isDone) setFilter(noFilter);
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}

function NothingShown({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState title="Nothing matches" isSmall action={<Button onPress={onClear}>Clear the filter</Button>}>
      No live session has these words, this state and this account.
    </EmptyState>
  );
}

function toBar(session: Session) {
  const { connectionName: name, expiresAt, id, issuedAt } = session;
  const until = renewedUntil(session);
  return { id, name, issuedAt, expiresAt, ...(until === undefined ? {} : { renewedUntil: until }) };
}

function lead(open: readonly Session[], offset: number | undefined): string {
  const lapsed = open.filter(({ expiresAt }) => expiresAt <= currentTime()).length;
  const live = open.length - lapsed;
  if (open.length === 0) return 'None live.';
  const waiting = lapsed === 0 ? '' : `, ${String(lapsed)} to be renewed`;
  const unreachable = open.filter(({ credentials }) => credentials === 'out-of-reach').length;
  if (unreachable > 0) return `${live} live, ${unreachable} of them out of reach${waiting}.`;
  const seconds = offset === undefined ? 0 : Math.abs(offset) / 1000;
  const count = `${live} live${waiting}.`;
  if (seconds < 1) return `${count} Times follow AWS’s clock, which agrees with this computer’s.`;
  const way = (offset ?? 0) > 0 ? 'ahead of' : 'behind';
  const difference = seconds < 60 ? `${seconds.toFixed(1)} s` : formatDuration(Math.abs(offset ?? 0));
  return `${count} Times follow AWS’s clock, which is ${difference} ${way} this computer’s.`;
}
