import { useState } from 'react';
import type { Session } from '../../../core/domain/session';
import { client } from '../../ipc/client';
import { useAct } from '../../ipc/queries';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatCount, formatQuantity } from '../../ui/format';
import { showToast } from '../../ui/toast';

interface EndSessionDialogProps {
  readonly session: Session;
  readonly onClose: () => void;
}

/** One session: what is wiped, and what AWS still honours. */
export function EndSessionDialog({ onClose, session }: EndSessionDialogProps) {
  const end = useAct('sessions', 'end');
  return (
    <ConfirmDialog
      isOpen
      title={`End the session of ${session.connectionName}`}
      description="The local copy is wiped and read back."
      losses={[
        'The credentials on this computer',
        ...(session.renewal === 'automatic' ? ['Its renewal: nothing opens it again by itself'] : []),
      ]}
      lossNote="At AWS they stay valid until they expire. To cut them off now, revoke the connection."
      confirmLabel="End the session"
      tone="danger"
      busy={end.busy ? { label: 'Wiping' } : undefined}
      onCancel={onClose}
      onConfirm={() =>
        void end.run({ sessionId: session.id }).then((answer) => {
          if (answer === undefined) return;
          onClose();
          showToast({
            title: `Session of ${answer.session.connectionName} ended`,
            detail: 'Its local copy is gone, read back.',
          });
        })
      }
    >
      {end.error !== undefined && <ErrorPanel error={end.error} onRemedy={() => end.reset()} isBare />}
    </ConfirmDialog>
  );
}

/** Names of so many; the rest is counted. */
const mostNamed = 8;

interface EndSessionsDialogProps {
  /** Those that are ended: all of them, or what the filter shows. */
  readonly sessions: readonly Session[];
  readonly isFiltered: boolean;
  readonly onClose: (isDone: boolean) => void;
}

/** Many at once, each named as far as there is room. */
export function EndSessionsDialog({ isFiltered, onClose, sessions }: EndSessionsDialogProps) {
  const [isBusy, setBusy] = useState(false);
  // as they were when it was asked: what ends meanwhile must not change the question
  const [asked] = useState(sessions);
  const names = namesOf(asked);

  async function run(): Promise<void> {
    setBusy(true);
    const { ended, notWiped } = isFiltered ? await endEach(asked) : await endAll(asked.length);
    setBusy(false);
    onClose(true);
    showToast({
      title: `${formatQuantity(ended, 'session')} ended`,
      detail:
        notWiped === 0
          ? 'Local copies are gone, read back.'
          : `${String(notWiped)} could not be wiped: the keychain did not answer.`,
    });
  }

  return (
    <ConfirmDialog
      isOpen
      title={isFiltered ? `End ${formatQuantity(asked.length, 'session')} of those that are live` : 'End all sessions'}
      description="Local copies are wiped and read back. The credentials stay valid at AWS until they expire."
      losses={[
        ...names.slice(0, mostNamed),
        ...(names.length > mostNamed ? [`and ${formatCount(names.length - mostNamed)} more`] : []),
      ]}
      lossNote="To cut them off at AWS now, revoke the connection."
      confirmLabel={`End ${formatQuantity(asked.length, 'session')}`}
      tone="danger"
      busy={isBusy ? { label: 'Wiping' } : undefined}
      onCancel={() => onClose(false)}
      onConfirm={() => void run()}
    />
  );
}

/** Each name once, with how many sessions have it. */
function namesOf(sessions: readonly Session[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { connectionName, roleName } of sessions) {
    const name = `${connectionName}, ${roleName}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name}: ${formatQuantity(count, 'session')}`));
}

type Ended = { readonly ended: number; readonly notWiped: number };

async function endAll(count: number): Promise<Ended> {
  const answer = await client.sessions.endAll({});
  return answer.ok ? answer.value : { ended: 0, notWiped: count };
}

async function endEach(sessions: readonly Session[]): Promise<Ended> {
  const answers = await Promise.all(sessions.map(({ id }) => client.sessions.end({ sessionId: id })));
  const ended = answers.filter(({ ok }) => ok).length;
  return { ended, notWiped: answers.length - ended };
}
