import type { ConnectionSummary } from '../../../core/domain/connection';
import type { Session } from '../../../core/domain/session';
import { shortcut } from '../../../core/domain/shortcuts';
import { copyEnvironment, openConsole, sayFailure } from '../../app/session-uses';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { showToast } from '../../ui/toast';
import type { Entry, PaletteDoors, Subject } from './entries';

/** What can be done with a connection or a session now. What cannot be done is left out, for nothing here explains. */
export function actsOf({ connection, session }: Subject, { go }: PaletteDoors): readonly Entry[] {
  const page = connection === undefined ? undefined : `/connections/${connection.id}`;
  const show = page === undefined ? undefined : { words: 'opens the connection', run: () => go(page) };
  const chosenAs = connection === undefined ? `session:${session?.id ?? ''}` : `connection:${connection.id}`;
  const act = (entry: Omit<Entry, 'second' | 'chosenAs'>): Entry => ({ ...entry, second: show, chosenAs });
  return [
    ...(connection === undefined || isClosed(connection) ? [] : beginningActs(connection, go).map(act)),
    ...(session === undefined ? [] : sessionActs(session, go).map(act)),
    ...(connection === undefined ? [] : recordActs(connection, go).map(act)),
  ];
}

export function isClosed({ status }: ConnectionSummary): boolean {
  return status === 'closing' || status === 'revoked';
}

type Go = PaletteDoors['go'];

function beginningActs({ id }: ConnectionSummary, go: Go): readonly Entry[] {
  return [
    {
      id: 'act:start',
      icon: 'play',
      label: 'Start a session',
      chord: shortcut('start-session').chords[0],
      run: () => go(`/sessions?start=${id}`),
    },
    {
      id: 'act:test',
      icon: 'refresh',
      label: 'Test the connection',
      chord: shortcut('test').chords[0],
      run: () => {
        void client.connections.test({ connectionId: id }).then((answer) => sayFailure('It was not tested', answer));
        go(`/connections/${id}`);
      },
    },
  ];
}

function sessionActs({ credentials, id: sessionId, request }: Session, go: Go): readonly Entry[] {
  const isUsable = credentials === 'keychain' || credentials === 'memory';
  const uses: readonly Entry[] = [
    {
      id: 'act:console',
      icon: 'external',
      label: 'Open the AWS console',
      chord: shortcut('open-console').chords[0],
      run: () => void openConsole(sessionId),
    },
    {
      id: 'act:environment',
      icon: 'copy',
      label: 'Copy the environment for bash',
      chord: shortcut('copy-environment').chords[0],
      run: () => void copyEnvironment(sessionId),
    },
    {
      id: 'act:hand-off',
      icon: 'send',
      label: 'Hand the session off…',
      run: () => go(`/sessions?hand-off=${sessionId}`),
    },
  ];
  return [
    ...(isUsable ? uses : []),
    ...(request.mfaSerial === undefined
      ? [
          {
            id: 'act:renew',
            icon: 'refresh' as const,
            label: 'Renew the session now',
            run: () =>
              void client.sessions.renew({ sessionId }).then((answer) => {
                sayFailure('It was not renewed', answer);
                if (answer.ok)
                  showToast({ title: 'Renewed', detail: answer.value.session.connectionName, icon: 'refresh' });
              }),
          },
        ]
      : []),
    { id: 'act:end', icon: 'stop', label: 'End the session…', run: () => go(`/sessions?end=${sessionId}`) },
  ];
}

function recordActs(connection: ConnectionSummary, go: Go): readonly Entry[] {
  const { accountId, id } = connection;
  return [
    { id: 'act:arn', icon: 'copy', label: 'Copy the role’s ARN', run: () => void copyArn(id) },
    {
      id: 'act:identities',
      icon: 'users',
      label: 'Users, roles and keys of the account',
      run: () => go(`/identities?account=${accountId}`),
    },
    {
      id: 'act:activity',
      icon: 'history',
      label: 'What was done with it',
      run: () => go(`/activity?connection=${id}`),
    },
    ...(isClosed(connection)
      ? []
      : [
          {
            id: 'act:narrow',
            icon: 'edit' as const,
            label: 'Narrow what it may do…',
            run: () => go(`/connections/${id}/narrow`),
          },
          {
            id: 'act:revoke',
            icon: 'door-shut' as const,
            label: 'Revoke access…',
            detail: 'asks before anything happens',
            run: () => go(`/connections/${id}?revoke=1`),
          },
        ]),
  ];
}

async function copyArn(connectionId: string): Promise<void> {
  const answer = await client.connections.get({ connectionId });
  sayFailure('The ARN was not copied', answer);
  if (!answer.ok) return;
  const copied = await copyText(answer.value.connection.roleArn);
  showToast(
    copied.ok ? { title: 'ARN copied', icon: 'copy' } : { title: copied.message, icon: 'alert', tone: 'warning' },
  );
}
