import { useState } from 'react';
import type { SharedPreview } from '../../../core/contract/imports';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { showToast } from '../../ui/toast';
import { chosenAtFirst, SharedList } from './shared-list';

interface SharedImportDialogProps {
  readonly preview: SharedPreview;
  readonly onBack: () => void;
  readonly onClose: () => void;
  readonly onImported: () => void;
}

/** Connections that somebody exported: what they would add and change, and what of it is wanted. */
export function SharedImportDialog({ onBack, onClose, onImported, preview }: SharedImportDialogProps) {
  const merge = useAct('imports', 'merge');
  const undo = useAct('imports', 'undo');
  const [chosen, setChosen] = useState(() => chosenAtFirst(preview));
  const take = [...chosen.take].flatMap(([key, fields]) => (fields.size === 0 ? [] : [{ key, fields: [...fields] }]));
  const add = [...chosen.add];
  const words = [
    ...(add.length === 0 ? [] : [`Add ${formatQuantity(add.length, 'connection')}`]),
    ...(take.length === 0 ? [] : [`${add.length === 0 ? 'Change' : 'change'} ${String(take.length)}`]),
  ].join(', ');
  const run = async () => {
    const done = await merge.run({ previewId: preview.previewId, choices: { add, take } });
    if (done === undefined) return;
    const { added, changed, importId } = done;
    showToast({
      title: `${formatQuantity(added, 'connection')} added, ${String(changed)} changed`,
      detail: 'New ones are not tested yet.',
      icon: 'check',
      action: { label: 'Undo', onAction: () => void undoImport(importId) },
    });
    onImported();
  };
  const undoImport = async (importId: string) => {
    const undone = await undo.run({ importId });
    showToast(
      undone === undefined
        ? { title: 'The import was not undone', detail: 'Another one came after it, or it was undone before.' }
        : { title: 'The import is undone', detail: 'What was tested meanwhile stays.', icon: 'undo' },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${formatQuantity(preview.entries.length, 'connection')} in the file`}
      description={preview.path}
      escape="safe"
      width="lg"
      footer={
        <>
          <Button size="lg" onPress={onBack}>
            Back
          </Button>
          <Button
            size="lg"
            variant="primary"
            icon="download"
            autoFocus
            busy={merge.busy ? { label: 'Importing' } : undefined}
            disabledReason={words === '' ? 'Nothing is chosen' : undefined}
            onPress={() => void run()}
          >
            {words === '' ? 'Import' : words}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <SharedList preview={preview} chosen={chosen} onChoose={setChosen} />
        {merge.error !== undefined && (
          <ErrorPanel
            error={merge.error}
            onRemedy={() => void run()}
            onCopyDetail={copyText}
            emphasis="secondary"
            isBare
          />
        )}
      </Stack>
    </Dialog>
  );
}
