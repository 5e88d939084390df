import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Session } from '../../../core/domain/session';
import type { AppError } from '../../../core/app-error';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card } from '../../ui/card';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Countdown } from '../../ui/countdown';
import { CopyButton } from '../../ui/copy-button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row, Stack } from '../../ui/layout';
import { Menu } from '../../ui/menu';
import { AccountId, TwoLine } from '../../ui/text';
import { showToast } from '../../ui/toast';

interface SessionTableProps {
  /** Live sessions, what dies first on top. */
  readonly sessions: readonly Session[];
  readonly onStartAgain: (connectionId: string) => void;
}

/** More rows than this are drawn only while in view. */
const drawnAtOnce = 40;

/** A row for each live session, with what people do with it. */
export function SessionTable({ sessions, onStartAgain }: SessionTableProps) {
  const [failure, setFailure] = useState<{ readonly error: AppError; readonly retry: () => void }>();
  const [ending, setEnding] = useState<Session>();
  const end = useAct('sessions', 'end');
  const navigate = useNavigate();
  const remedy = useRemedy({ retry: failure?.retry });

  const openConsole = async (session: Session) => {
    setFailure(undefined);
    const answer = await client.sessions.openConsole({ sessionId: session.id });
    if (!answer.ok) {
      setFailure({ error: answer.error, retry: () => void openConsole(session) });
    } else if (answer.value.opened === 'practice') {
      showToast({
        title: 'The sandbox has no console page',
        detail: `AWS would open one now, signed in as ${session.roleName}. The sign-in itself was granted.`,
        icon: 'sandbox',
      });
    }
  };

  const copyEnvironment = async (session: Session) => {
    setFailure(undefined);
    const answer = await client.sessions.copyEnvironment({ sessionId: session.id, shell: 'bash' });
    if (answer.ok) {
      showToast({
        title: 'Environment copied for bash',
        detail: 'The clipboard is cleared after 30 s, if nothing else is copied.',
      });
      return { ok: true as const };
    }
    setFailure({ error: answer.error, retry: () => void copyEnvironment(session) });
    return { ok: false as const, message: answer.error.message };
  };

  const columns: TableColumn<Session>[] = [
    {
      id: 'left',
      header: 'Time left',
      width: 9,
      render: ({ issuedAt, expiresAt, connectionName }) => (
        <Countdown issuedAt={issuedAt} expiresAt={expiresAt} name={connectionName} />
      ),
    },
    {
      id: 'connection',
      header: 'Connection',
      isRowHeader: true,
      render: ({ connectionName, accountId, roleName }) => (
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
    { id: 'use', header: 'In use by', width: 12, render: (session) => <Use session={session} /> },
    {
      id: 'acts',
      header: 'Acts',
      hidesHeader: true,
      width: 20.25,
      align: 'end',
      render: (session) => {
        const reason =
          session.credentials === 'out-of-reach'
            ? 'The keychain does not hand out these credentials'
            : session.credentials === 'gone'
              ? 'These credentials are no longer on this computer'
              : undefined;
        return (
          <Row gap="sm" justify="end">
            <Button size="sm" icon="external" disabledReason={reason} onPress={() => void openConsole(session)}>
              Open console
            </Button>
            <CopyButton
              what={`environment of ${session.connectionName}`}
              label="Copy environment"
              onCopy={() => copyEnvironment(session)}
              disabledReason={reason}
            />
            <Menu
              label={`More for ${session.connectionName}`}
              trigger={
                <IconButton icon="more" size="sm" variant="ghost" label={`More for ${session.connectionName}`} />
              }
              placement="bottom end"
              groups={[
                {
                  id: 'session',
                  entries: [
                    {
                      id: 'again',
                      label: 'Start another…',
                      icon: 'play',
                      onAction: () => onStartAgain(session.connectionId),
                    },
                    {
                      id: 'page',
                      label: 'Open connection',
                      icon: 'link',
                      onAction: () => void navigate(`/connections/${session.connectionId}`),
                    },
                    { id: 'end', label: 'End…', icon: 'stop', tone: 'danger', onAction: () => setEnding(session) },
                  ],
                },
              ]}
            />
          </Row>
        );
      },
    },
  ];

  return (
    <Stack gap="md">
      {failure !== undefined && <ErrorPanel error={failure.error} onRemedy={remedy} onCopyDetail={copyText} />}
      <Card padding="none">
        <DataTable
          label="Live sessions"
          columns={columns}
          items={sessions}
          keyOf={({ id }) => id}
          rowHeight="tall"
          isVirtual={sessions.length > drawnAtOnce}
        />
      </Card>
      <ConfirmDialog
        isOpen={ending !== undefined}
        title={`End the session of ${ending?.connectionName ?? ''}`}
        description="The local copy is wiped and read back."
        losses={['The credentials on this computer']}
        lossNote="At AWS they stay valid until they expire. To cut them off now, revoke the connection."
        confirmLabel="End the session"
        tone="danger"
        busy={end.busy ? { label: 'Wiping' } : undefined}
        onCancel={() => {
          end.reset();
          setEnding(undefined);
        }}
        onConfirm={() => {
          if (ending === undefined) return;
          void end.run({ sessionId: ending.id }).then((answer) => {
            if (answer === undefined) return;
            setEnding(undefined);
            showToast({
              title: `Session of ${answer.session.connectionName} ended`,
              detail: 'Its local copy is gone, read back.',
            });
          });
        }}
      >
        {end.error !== undefined && <ErrorPanel error={end.error} onRemedy={() => end.reset()} isBare />}
      </ConfirmDialog>
    </Stack>
  );
}

function Use({ session }: { readonly session: Session }) {
  if (session.credentials === 'out-of-reach') {
    return <TwoLine icon={<Icon name="lock" tone="muted" />} title="Out of reach" detail="still valid at AWS" />;
  }
  if (session.credentials === 'gone') {
    return (
      <TwoLine
        icon={<Icon name="minus-circle" tone="muted" />}
        title="Not on this computer"
        detail="still valid at AWS"
      />
    );
  }
  const memory = session.credentials === 'memory';
  const [lastUse] = session.uses;
  if (lastUse === undefined) {
    return memory ? (
      <TwoLine icon={<Icon name="memory" tone="muted" />} title="In memory only" detail="lost on quitting" />
    ) : (
      <TwoLine
        icon={<Icon name="minus-circle" tone="muted" />}
        title="Not used yet"
        detail={`opened ${formatMoment(session.issuedAt, session.issuedAt)}`}
      />
    );
  }
  return (
    <TwoLine
      icon={<Icon name={lastUse.kind === 'console' ? 'console' : 'terminal'} tone="muted" />}
      title={lastUse.kind === 'console' ? 'AWS console' : 'A bash shell'}
      detail={memory ? 'in memory only, lost on quitting' : `last handed over ${formatMoment(lastUse.at, lastUse.at)}`}
    />
  );
}
