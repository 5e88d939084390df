import type { Connection } from '../../../core/domain/connection';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useOperationOn } from '../../ipc/operations';
import { useAct } from '../../ipc/queries';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Note } from '../../ui/note';

interface UndoDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** Runs the undo receipt: everything that was made for this connection goes, newest first, and is looked for afterwards. */
export function UndoDialog({ connection, onClose }: UndoDialogProps) {
  const undo = useAct('onboarding', 'undoConnection');
  const operation = useOperationOn('creation', connection.id);
  const running = operation?.state === 'running';
  const run = () => void undo.run({ connectionId: connection.id });
  const remedy = useRemedy({ retry: run, roleName: connection.roleName });
  const error = undo.error ?? (operation?.state === 'failed' ? operation.error : undefined);
  const gone = operation?.steps.filter(({ state }) => state === 'undone').length ?? 0;
  return (
    <ConfirmDialog
      isOpen
      title="Undo everything"
      description={`What Sallyport made for ${connection.name}, in account ${connection.accountId}.`}
      losses={connection.receipt.map(({ detail, title }) => `${title} (${detail})`)}
      lossNote="Only what carries this connection’s own tag is deleted. Sessions that are open end with the role."
      confirmLabel="Undo everything"
      width="md"
      busy={
        running || undo.busy
          ? { label: `Undoing, ${String(gone)} of ${String(connection.receipt.length)}`, since: operation?.startedAt }
          : undefined
      }
      onCancel={onClose}
      onConfirm={run}
    >
      <Note tone="info" title="Without the proof of a revocation.">
        “Revoke…” closes the role first, keeps asking with the old credentials until AWS refuses them, and writes it
        down. What it leaves can be undone here afterwards.
      </Note>
      {error === undefined ? null : (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </ConfirmDialog>
  );
}
