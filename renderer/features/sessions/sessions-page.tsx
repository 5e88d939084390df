import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Session } from '../../../core/domain/session';
import { StoreProblems } from '../../app/store-problems';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDuration, formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page } from '../../ui/page';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import type { TimelineRange } from '../../ui/timeline-geometry';
import { EndedSessions } from './ended-sessions';
import { NoSessions } from './no-sessions';
import { StartSessionDialog } from './start-session-dialog';

// The window opens here, mostly with nothing live: what draws sessions is not part of the first script.
const SessionTable = lazy(async () => ({ default: (await import('./session-table')).SessionTable }));
const SessionTimeline = lazy(async () => ({ default: (await import('../../ui/session-timeline')).SessionTimeline }));

/** A picture of more is no longer looked at; the table below has them all. */
const drawnBars = 8;

/** The live sessions, what dies first on top: as a picture and as a table with the same facts. */
export function SessionsPage() {
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const asked = useAsk('sessions', 'sessions', 'list', {});
  const [range, setRange] = useState<TimelineRange>('4h');
  const [search, setSearch] = useSearchParams();
  const [endingAll, setEndingAll] = useState(false);
  const endAll = useAct('sessions', 'endAll');
  const retryKeychain = useAct('app', 'retryKeychain');
  const navigate = useNavigate();
  const remedy = useRemedy({ retry: () => void retryKeychain.run({}) });
  const sessions = asked.data?.sessions ?? [];
  // main ends what has expired and says so: the page itself is not drawn anew each second
  const live = sessions.filter(({ end }) => end === undefined);
  const ended = sessions.filter(({ end }) => end !== undefined);
  const unreachable = live.filter(({ credentials }) => credentials === 'out-of-reach').length;
  const lost = live.filter(({ credentials }) => credentials === 'gone').length;
  const keychain = snapshot?.keychain;
  const startFor = search.get('start');

  const startButton = (
    <Button
      // the panel's “Try again” comes first while the keychain does not answer
      variant={keychain?.state === 'unavailable' ? 'secondary' : 'primary'}
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
      lead={asked.data === undefined ? undefined : lead(live.length, unreachable, snapshot?.clockOffset)}
      actions={
        live.length === 0 ? (
          (snapshot?.counts.connections ?? 0) > 0 && startButton
        ) : (
          <>
            <Button icon="stop" onPress={() => setEndingAll(true)}>
              End all…
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
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
        {live.length > 0 && (
          <Suspense>
            <SessionTimeline
              {...(live.length > drawnBars ? { title: `Issue to expiry, the next ${drawnBars} to end` } : {})}
              sessions={live.slice(0, drawnBars).map(toBar)}
              range={range}
              onRangeChange={setRange}
            />
            <SessionTable sessions={live} onStartAgain={(connectionId) => setSearch({ start: connectionId })} />
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
          onClose={() => setSearch({})}
          onStarted={() => setSearch({})}
        />
      )}
      <ConfirmDialog
        isOpen={endingAll}
        title="End all sessions"
        description="Local copies are wiped and read back. The credentials stay valid at AWS until they expire."
        losses={live.map(({ connectionName, roleName }) => `${connectionName}, ${roleName}`)}
        lossNote="To cut them off at AWS now, revoke the connection."
        confirmLabel={`End ${formatQuantity(live.length, 'session')}`}
        tone="danger"
        busy={endAll.busy ? { label: 'Wiping' } : undefined}
        onCancel={() => setEndingAll(false)}
        onConfirm={() =>
          void endAll.run({}).then((answer) => {
            setEndingAll(false);
            if (answer !== undefined) {
              showToast({
                title: `${formatQuantity(answer.ended, 'session')} ended`,
                detail:
                  answer.notWiped === 0
                    ? 'Local copies are gone, read back.'
                    : `${answer.notWiped} could not be wiped: the keychain did not answer.`,
              });
            }
          })
        }
      />
    </Page>
  );
}

function toBar({ id, connectionName, issuedAt, expiresAt }: Session) {
  return { id, name: connectionName, issuedAt, expiresAt };
}

function lead(live: number, unreachable: number, offset: number | undefined): string {
  if (live === 0) return 'None live.';
  if (unreachable > 0) return `${live} live, ${unreachable} of them out of reach.`;
  const seconds = offset === undefined ? 0 : Math.abs(offset) / 1000;
  if (seconds < 1) return `${live} live. Times follow AWS’s clock, which agrees with this computer’s.`;
  const way = (offset ?? 0) > 0 ? 'ahead of' : 'behind';
  const difference = seconds < 60 ? `${seconds.toFixed(1)} s` : formatDuration(Math.abs(offset ?? 0));
  return `${live} live. Times follow AWS’s clock, which is ${difference} ${way} this computer’s.`;
}
