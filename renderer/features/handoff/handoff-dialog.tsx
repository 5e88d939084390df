import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { ConsoleWay } from './console-way';
import { EndpointWay } from './endpoint-way';
import styles from './handoff.module.css';
import { PlainWay } from './plain-way';
import { ProfileWay } from './profile-way';
import { ShellWay, TerminalWay } from './shell-way';
import { SnippetsWay } from './snippets-way';

interface HandoffDialogProps {
  readonly sessionId: string;
  readonly onClose: () => void;
}

/** Every way to use one session from other programs, safest first. */
export function HandoffDialog({ onClose, sessionId }: HandoffDialogProps) {
  const session = useAsk('sessions', 'sessions', 'list', {}).data?.sessions.find(({ id }) => id === sessionId);
  const { again, data: view, error } = useAsk('handoff', 'handoff', 'look', { sessionId });
  const remedy = useRemedy({ retry: again });
  const isPractice = useAsk('app', 'app', 'getSnapshot', {}).data?.workspace === 'practice';
  const isOver = session?.end !== undefined;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={session === undefined ? 'Hand off' : `Hand off ${session.connectionName}`}
      description="Use this session from other programs. The safest way is on top."
      escape="safe"
      width="lg"
    >
      <Stack gap="lg">
        {error !== undefined && <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} isBare />}
        {isOver && (
          <Note tone="warning" title="This session is over.">
            What was handed on answers no more. A profile stays, for the next session of this connection.
          </Note>
        )}
        {isPractice && (
          <Note tone="info" title="These keys work in the practice sandbox only." icon="sandbox">
            Every way does what it does with real ones; AWS itself would refuse them.
          </Note>
        )}
        {view?.inMemory === true && (
          <Note tone="info" title="These credentials are in memory only.">
            A profile cannot ask for them; the other ways work until the app quits.
          </Note>
        )}
        {view !== undefined && (
          <ul className={styles['ways']}>
            <ProfileWay sessionId={sessionId} view={view} />
            <EndpointWay sessionId={sessionId} view={view} />
            <ConsoleWay sessionId={sessionId} view={view} />
            <TerminalWay sessionId={sessionId} view={view} />
            <ShellWay sessionId={sessionId} />
            <SnippetsWay view={view} />
            <PlainWay sessionId={sessionId} view={view} />
          </ul>
        )}
      </Stack>
    </Dialog>
  );
}
