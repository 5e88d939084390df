import { useState } from 'react';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { RadioGroup } from '../../ui/radio-group';
import { showToast } from '../../ui/toast';

interface ExportDialogProps {
  /** Undefined: all of them. */
  readonly connectionIds: readonly string[] | undefined;
  readonly count: number;
  readonly onClose: () => void;
}

/** Connections into a file, for a team or for a spreadsheet. */
export function ExportDialog({ connectionIds, count, onClose }: ExportDialogProps) {
  const save = useAct('imports', 'save');
  const [format, setFormat] = useState<'file' | 'csv'>('file');
  const run = async () => {
    const saved = await save.run({
      format,
      ...(connectionIds !== undefined && { connectionIds: [...connectionIds] }),
    });
    if (saved?.path === undefined) return;
    showToast({
      title: `${formatQuantity(saved.written, 'connection')} exported`,
      detail:
        saved.heldBack === 0
          ? saved.path
          : `${formatQuantity(saved.heldBack, 'connection')} left out: what stands in them looks like a key. ${saved.path}`,
      icon: 'check',
    });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Export ${formatQuantity(count, 'connection')}`}
      description="No keys, no sessions, no receipts, and nothing of whose they are."
      escape="safe"
      width="sm"
      footer={
        <>
          <Button size="lg" onPress={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="primary"
            icon="send"
            busy={save.busy ? { label: 'Saving' } : undefined}
            onPress={() => void run()}
          >
            Export…
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <RadioGroup<'file' | 'csv'>
          label="As"
          value={format}
          onChange={setFormat}
          options={[
            {
              value: 'file',
              label: 'A file for Sallyport',
              detail: 'Names, roles, external IDs, folders and tags. Somebody else imports it and sees what differs.',
            },
            { value: 'csv', label: 'CSV, for a spreadsheet', detail: 'To read. It cannot be imported.' },
          ]}
        />
        {save.error !== undefined && <ErrorPanel error={save.error} onRemedy={() => void run()} isBare />}
      </Stack>
    </Dialog>
  );
}
