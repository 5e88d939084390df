import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AppError } from '../../../core/app-error';
import type { Session } from '../../../core/domain/session';
import type { Result } from '../../../core/result';
import { currentTime } from '../../app/clock';
import { focusedRow, useShortcutActs } from '../../app/shortcut-acts';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { Card } from '../../ui/card';
import { Countdown } from '../../ui/countdown';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Stack } from '../../ui/layout';
import { AccountId, TwoLine } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { useWidth } from '../../ui/use-width';
import { HandoffDialog } from '../handoff';
import { CodeDialog } from './code-dialog';
import { EndSessionDialog } from './end-dialogs';
import { KeepFavouriteDialog } from './keep-favourite-dialog';
import { RenewalCell } from './renewal-cell';
import { SessionActs, type SessionActions } from './session-acts';
import { inUseBy } from './session-words';

interface SessionTableProps {
  /** Those nobody ended and that are to be shown, what dies first on top. */
  readonly sessions: readonly Session[];
  /** How many there are, whatever is shown: a table that is made anew at each letter would lose its place. */
  readonly total: number;
  readonly renewing: readonly string[];
  readonly onStartAgain: (connectionId: string) => void;
  readonly empty: React.ReactNode;
}

/** Pixels; with less room the acts of every day are icons. */
const roomForWords = 960;
/** More rows than this are drawn only while in view. */
const drawnAtOnce = 40;

/** What is asked about one session in a dialog of its own. */
type Asking = { readonly about: 'end' | 'hand-off' | 'keep' | 'code'; readonly session: Session };

/** A row for each live session, with what people do with it. */
export function SessionTable({ empty, onStartAgain, renewing, sessions, total }: SessionTableProps) {
  const [failure, setFailure] = useState<{ readonly error: AppError; readonly retry: () => void }>();
  const [asking, setAsking] = useState<Asking>();
  const navigate = useNavigate();
  const remedy = useRemedy({ retry: failure?.retry });
  const isVirtual = total > drawnAtOnce;
  const [room, width] = useWidth<HTMLDivElement>(roomForWords);
  const isCompact = width < roomForWords;

  /** Does it, and shows beside the table what came in its way. */
  async function attempt<T>(act: () => Promise<Result<T>>): Promise<T | undefined> {
    setFailure(undefined);
    const answer = await act();
    if (answer.ok) return answer.value;
    setFailure({ error: answer.error, retry: () => void attempt(act) });
    return undefined;
  }

  const actions: SessionActions = {
    openConsole: (session) =>
      void attempt(() => client.handoff.openConsole({ sessionId: session.id })).then((answer) => {
        if (answer?.opened !== 'practice') return;
        showToast({
          title: 'The sandbox has no console page',
          detail: `AWS would open one now, signed in as ${session.roleName}. The sign-in itself was granted.`,
          icon: 'sandbox',
        });
      }),
    copyEnvironment: async (session) => {
      const answer = await attempt(() => client.handoff.copyEnvironment({ sessionId: session.id, shell: 'bash' }));
      if (answer === undefined) return { ok: false, message: 'The environment was not copied' };
      showToast({
        title: 'Environment copied for bash',
        detail: 'The clipboard is cleared after 30 s, if nothing else is copied.',
      });
      return { ok: true };
    },
    handOff: (session) => setAsking({ about: 'hand-off', session }),
    renew: (session) => {
      if (session.request.mfaSerial === undefined) void renew(session);
      else setAsking({ about: 'code', session });
    },
    setRenewal: (session, renewal) => {
      const { connectionName, expiresAt, id: sessionId } = session;
      void attempt(() => client.sessions.setRenewal({ sessionId, renewal })).then((answer) => {
        if (answer === undefined) return;
        showToast(
          renewal === 'automatic'
            ? { title: `${connectionName} is renewed automatically`, detail: 'Until you end it, or AWS refuses.' }
            : {
                title: `${connectionName} is no longer renewed`,
                detail: `It ends for good at ${formatClock(expiresAt)}.`,
              },
        );
      });
    },
    keep: (session) => setAsking({ about: 'keep', session }),
    startAnother: ({ connectionId }) => onStartAgain(connectionId),
    openConnection: ({ connectionId }) => void navigate(`/connections/${connectionId}`),
    end: (session) => setAsking({ about: 'end', session }),
  };

  const withFocused = (act: (session: Session) => unknown) => {
    const session = sessions.find(({ credentials, id }) => id === focusedRow() && credentials !== 'gone');
    return session === undefined ? undefined : () => void act(session);
  };
  useShortcutActs(() => ({
    'open-console': withFocused(actions.openConsole),
    'copy-environment': withFocused(actions.copyEnvironment),
  }));

  async function renew({ id: sessionId }: Session): Promise<void> {
    const answer = await attempt(() => client.sessions.renew({ sessionId }));
    if (answer !== undefined) sayRenewed(answer.session);
  }

  const columns: TableColumn<Session>[] = [
    {
      id: 'left',
      header: 'Time left',
      width: 9.25,
      render: ({ connectionName, expiresAt, issuedAt, renewal, trouble }) => (
        <Countdown
          issuedAt={issuedAt}
          expiresAt={expiresAt}
          // what is put off in time is no news
          name={renewal === 'automatic' && trouble === undefined ? undefined : connectionName}
        />
      ),
    },
    {
      id: 'connection',
      header: 'Connection',
      isRowHeader: true,
      render: ({ accountId, connectionName, roleName }) => (
        <TwoLine
          title={<b>{connectionName}</b>}
          detail={
            <>
              <AccountId id={accountId} /> · {roleName}
            </>
          }
        />
      ),
    },
    {
      id: 'use',
      header: 'In use by',
      width: 10,
      render: (session) => {
        const { detail, icon, title } = inUseBy(session, session.expiresAt <= currentTime());
        return <TwoLine icon={<Icon name={icon} tone="muted" />} title={title} detail={detail} />;
      },
    },
    {
      id: 'renewal',
      header: 'Renewal',
      width: 9.25,
      render: (session) => (
        <RenewalCell
          session={session}
          isRenewing={renewing.includes(session.id)}
          onRenew={() => actions.renew(session)}
        />
      ),
    },
    {
      id: 'acts',
      header: 'Acts',
      hidesHeader: true,
      width: isCompact ? 7.5 : 19.5,
      align: 'end',
      render: (session) => (
        <SessionActs
          session={session}
          isRenewing={renewing.includes(session.id)}
          isCompact={isCompact}
          actions={actions}
        />
      ),
    },
  ];

  return (
    <Stack gap="md">
      {failure !== undefined && <ErrorPanel error={failure.error} onRemedy={remedy} onCopyDetail={copyText} />}
      <Card padding="none" unclipped={isVirtual}>
        <div ref={room}>
          <DataTable
            label="Live sessions"
            columns={columns}
            items={sessions}
            keyOf={({ id }) => id}
            rowHeight="tall"
            isVirtual={isVirtual}
            scroller="page"
            empty={empty}
          />
        </div>
      </Card>
      {asking?.about === 'end' && <EndSessionDialog session={asking.session} onClose={() => setAsking(undefined)} />}
      {asking?.about === 'hand-off' && (
        <HandoffDialog sessionId={asking.session.id} onClose={() => setAsking(undefined)} />
      )}
      {asking?.about === 'keep' && (
        <KeepFavouriteDialog session={asking.session} onClose={() => setAsking(undefined)} />
      )}
      {asking?.about === 'code' && (
        <CodeDialog
          title={`Renew ${asking.session.connectionName}`}
          device={asking.session.request.mfaSerial ?? ''}
          confirmLabel="Renew the session"
          icon="refresh"
          busyLabel="Renewing"
          onCode={async (tokenCode) => {
            const answer = await client.sessions.renew({ sessionId: asking.session.id, tokenCode });
            if (answer.ok) sayRenewed(answer.value.session);
            return answer;
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Stack>
  );
}

function sayRenewed({ connectionName, expiresAt }: Session): void {
  showToast({
    title: `${connectionName} was renewed`,
    detail: `It ends at ${formatClock(expiresAt)}. What it had before stays valid at AWS until then as well.`,
    icon: 'refresh',
  });
}
