import { useMemo, useState } from 'react';
import type { MemberAccount } from '../../../core/contract/organization';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Note } from '../../ui/note';
import { Select } from '../../ui/select';
import { showToast } from '../../ui/toast';
import { placesOf, type ManagementView } from './organization-tree';

interface MoveDialogProps {
  readonly view: ManagementView;
  readonly account: MemberAccount;
  readonly sourceId: string;
  readonly onClose: () => void;
}

/** Another unit for an account. */
export function MoveDialog({ account, onClose, sourceId, view }: MoveDialogProps) {
  const places = useMemo(() => placesOf(view), [view]);
  const [to, setTo] = useState<string | null>(null);
  const move = useAct('organization', 'moveAccount');
  const from = places.find(({ id }) => id === account.parentId);
  const run = async () => {
    if (to === null) return;
    const answer = await move.run({
      sourceId,
      accountId: account.id,
      fromParentId: account.parentId,
      toParentId: to,
    });
    if (answer === undefined) return;
    const name = places.find(({ id }) => id === to)?.name ?? to;
    showToast({ title: `${account.name} is in ${name}`, icon: 'tree' });
    onClose();
  };
  const remedy = useRemedy({ retry: () => void run() });
  return (
    <FormDialog
      title={`Move ${account.name}`}
      description={`It is in ${from?.path ?? account.parentId}. Roles and sessions in it stay as they are.`}
      width="sm"
      submitLabel="Move the account"
      busy={move.busy ? { label: 'Moving it' } : undefined}
      disabledReason={
        places.length < 2 ? 'There is no unit to move it to yet' : to === null ? 'Choose where it goes' : undefined
      }
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Select
        label="To"
        value={to}
        placeholder="Choose a unit"
        options={places.filter(({ id }) => id !== account.parentId).map(({ id, path }) => ({ value: id, label: path }))}
        onChange={setTo}
      />
      <Note tone="info" title="Policies change with the place.">
        Those of the unit that it leaves no longer hold for it, those of the other do, within minutes.
      </Note>
      {move.error !== undefined && (
        <ErrorPanel error={move.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </FormDialog>
  );
}
