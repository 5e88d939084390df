import { useState } from 'react';
import type { SharedPreview } from '../../../core/contract/imports';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { showToast } from '../../ui/toast';
import { chosenAtFirst, SharedList } from './shared-list';

/** The dialog is gone by then: a failure is told where the undo was. */
async function undoImport(importId: string): Promise<void> {
  const undone = await client.imports.undo({ importId });
  if (undone.ok) {
    showToast({ title: 'The import is undone', detail: 'What was tested or used meanwhile stays.', icon: 'undo' });
    return;
  }
  const { message, retryable, whatToDo } = undone.error;
  showToast({
    title: message,
    detail: whatToDo,
    ...(retryable && { action: { label: 'Try again', onAction: () => void undoImport(importId) } }),
  });
}

interface SharedImportDialogProps {
  readonly preview: SharedPreview;
  readonly onBack: () => void;
  readonly onClose: () => void;
  readonly onImported: () => void;
}

/** Connections that somebody exported: what they would add and change, and what of it is wanted. */
export function SharedImportDialog({ onBack, onClose, onImported, preview }: SharedImportDialogProps) {
  const merge = useAct('imports', 'merge');
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
