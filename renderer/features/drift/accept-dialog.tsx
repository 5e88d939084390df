import { useState } from 'react';
import { worstOf, type DriftPart } from '../../../core/domain/drift/difference';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Note } from '../../ui/note';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { titlesOf } from './drift-words';
import { PartChoice } from './part-choice';

interface AcceptDialogProps {
  readonly connectionId: string;
  /** that differ */
  readonly parts: readonly DriftPart[];
  readonly first: string | undefined;
  readonly onClose: () => void;
}

/** What AWS has becomes what was agreed. Nothing changes in AWS. */
export function AcceptDialog({ connectionId, first, onClose, parts }: AcceptDialogProps) {
  const accept = useAct('drift', 'accept');
  const can = parts.filter(({ id, state }) => id !== 'role' || state !== 'removed');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(can.filter(({ id }) => id === first).map(({ id }) => id)),
  );
  const [note, setNote] = useState('');
  const accepted = can.filter(({ id }) => chosen.has(id));
  const isWider = accepted.some(({ differences }) => worstOf(differences) === 'widened');
  const run = async () => {
    const why = note.trim();
    const answer = await accept.run({ connectionId, partIds: [...chosen], ...(why !== '' && { note: why }) });
    if (answer === undefined) return;
    showToast({ tone: 'success', title: `${titlesOf(accepted)}: agreed from now on` });
    onClose();
  };
  return (
    <FormDialog
      title="Accept as agreed"
      description="What AWS has now becomes what was agreed. Nothing changes in AWS."
      width="sm"
      submitLabel="Accept it"
      busy={accept.busy ? { label: 'Accepting' } : undefined}
      disabledReason={chosen.size === 0 ? 'Nothing is chosen' : undefined}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <PartChoice parts={can} chosen={chosen} onChange={setChosen} />
      {isWider && (
        <Note tone="warning" title="This is wider than was agreed.">
          It will not be told as drift again.
        </Note>
      )}
      <TextField
        label="Why"
        value={note}
        onChange={setNote}
        maxLength={400}
        help="Stands on record with the time and who the app works as. May be empty."
      />
      {accept.error !== undefined && (
        <ErrorPanel
          error={accept.error}
          onRemedy={() => accept.reset()}
          onCopyDetail={copyText}
          emphasis="secondary"
          isBare
        />
      )}
    </FormDialog>
  );
}
