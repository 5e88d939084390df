import { useState } from 'react';
import type { ImportPreview, SharedPreview } from '../../../core/contract/imports';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ChoiceCard } from '../../ui/choice-card';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import { canImport, FoundList } from './found-list';
import { SharedImportDialog } from './shared-import-dialog';

interface ImportDialogProps {
  readonly onClose: () => void;
  /** They are in the list of connections now. */
  readonly onImported: () => void;
}

/** From another tool's file to connections: where, which, done. Nothing is made before the last press. */
export function ImportDialog({ onClose, onImported }: ImportDialogProps) {
  const look = useAct('imports', 'preview');
  const run = useAct('imports', 'run');
  const [from, setFrom] = useState<From>();
  const [preview, setPreview] = useState<ImportPreview>();
  const [shared, setShared] = useState<SharedPreview>();
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());

  const read = async (where: From) => {
    setFrom(where);
    run.reset();
    const answer = await look.run({ from: where });
    setShared(answer?.shared);
    if (answer?.preview === undefined) return;
    setPreview(answer.preview);
    setPicked(new Set(answer.preview.candidates.filter(canImport).map(({ key }) => key)));
  };
  const importPicked = async () => {
    if (preview === undefined) return;
    const answer = await run.run({ previewId: preview.previewId, keys: [...picked] });
    if (answer === undefined) return;
    showToast({
      title: `${formatQuantity(answer.imported, 'connection')} imported`,
      detail: 'Not tested yet.',
      icon: 'check',
    });
    onImported();
  };
  const back = () => {
    setPreview(undefined);
    setShared(undefined);
    look.reset();
    run.reset();
  };
  const retry = useRemedy({ retry: () => (preview === undefined ? from && void read(from) : void importPicked()) });

  if (shared !== undefined) {
    return <SharedImportDialog preview={shared} onBack={back} onClose={onClose} onImported={onImported} />;
  }
  if (preview === undefined) {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title="Import connections"
        description="Other tools’ files are only read. Their keys stay where they are."
        escape="safe"
        width="md"
        footer={
          <Button size="lg" onPress={onClose}>
            Cancel
          </Button>
        }
      >
        <Stack gap="md">
          <ChoiceCard
            icon="file"
            title="The AWS config file"
            needs="~/.aws/config, or where AWS_CONFIG_FILE says. aws-vault’s profiles stand there too."
            autoFocus
            onPress={() => void read('aws-config')}
          >
            Every profile with a role becomes a connection.
          </ChoiceCard>
          <ChoiceCard
            icon="stack"
            title="Leapp"
            needs="~/.Leapp/Leapp-lock.json, where it is not encrypted."
            onPress={() => void read('leapp')}
          >
            Every chained role of its workspace becomes a connection.
          </ChoiceCard>
          <ChoiceCard
            icon="folder"
            title="Another file…"
            needs="Connections that somebody exported, a config file or a workspace that lies elsewhere, up to 4 MiB."
            onPress={() => void read('file')}
          >
            Choose it yourself. Its kind is seen from what it holds.
          </ChoiceCard>
          {look.error !== undefined && (
            <ErrorPanel
              error={look.error}
              title="Nothing can be imported from there"
              onRemedy={retry}
              onCopyDetail={copyText}
              emphasis="secondary"
              isBare
            />
          )}
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={
        preview.candidates.length === 0 ? 'No role found' : `${formatQuantity(preview.candidates.length, 'role')} found`
      }
      description={preview.path}
      escape="safe"
      width="lg"
      footer={
        <>
          <Text tone="muted" size="sm">
            Nothing is asked of AWS before you test them.
          </Text>
          <Button size="lg" autoFocus={preview.candidates.length === 0} onPress={back}>
            Back
          </Button>
          <Button
            size="lg"
            variant="primary"
            icon="download"
            busy={run.busy ? { label: 'Importing' } : undefined}
            disabledReason={picked.size === 0 ? 'Choose one to import' : undefined}
            onPress={() => void importPicked()}
          >
            {picked.size === 0 ? 'Import' : `Import ${formatQuantity(picked.size, 'connection')}`}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <FoundList preview={preview} picked={picked} onPick={setPicked} />
        {run.error !== undefined && (
          <ErrorPanel error={run.error} onRemedy={retry} onCopyDetail={copyText} emphasis="secondary" isBare />
        )}
      </Stack>
    </Dialog>
  );
}

type From = 'aws-config' | 'leapp' | 'file';
