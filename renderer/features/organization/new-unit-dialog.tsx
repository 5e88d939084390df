import { useMemo, useState } from 'react';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { placesOf, type ManagementView } from './organization-tree';

interface NewUnitDialogProps {
  readonly view: ManagementView;
  readonly sourceId: string;
  readonly parentId: string;
  readonly onMade?: ((unitId: string) => void) | undefined;
  readonly onClose: () => void;
}

/** A unit keeps accounts together, so that one policy holds for all of them. */
export function NewUnitDialog({ onClose, onMade, parentId, sourceId, view }: NewUnitDialogProps) {
  const [name, setName] = useState('');
  const [parent, setParent] = useState(parentId);
  const places = useMemo(() => placesOf(view), [view]);
  const make = useAct('organization', 'createUnit');
  const wanted = name.trim();
  const isTaken = view.units.some((unit) => unit.parentId === parent && unit.name === wanted);
  const run = async () => {
    const answer = await make.run({ sourceId, parentId: parent, name: wanted });
    if (answer === undefined) return;
    onMade?.(answer.unitId);
    onClose();
  };
  const remedy = useRemedy({ retry: () => void run() });
  return (
    <FormDialog
      title="New unit"
      description="A unit keeps accounts together: policies of the organization are attached to it."
      width="sm"
      submitLabel="Make the unit"
      busy={make.busy ? { label: 'Making it' } : undefined}
      disabledReason={
        wanted === '' ? 'A unit needs a name' : isTaken ? 'There is a unit of that name in it' : undefined
      }
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        autoFocus
        maxLength={128}
        error={isTaken ? 'There is a unit of that name in it already.' : undefined}
      />
      <Select
        label="In"
        value={parent}
        options={places.map(({ id, path }) => ({ value: id, label: path }))}
        onChange={setParent}
      />
      {make.error !== undefined && (
        <ErrorPanel error={make.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </FormDialog>
  );
}
