import { useMemo, useState } from 'react';
import { labelSchema } from '../../../core/domain/limits';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { wordsOf, type Filed } from './filed';

interface FolderDialogProps {
  /** One at least. */
  readonly connections: readonly Filed[];
  readonly onClose: () => void;
}

/** Which folder connections are filed under: one that there is, a new one, or none. */
export function FolderDialog({ connections, onClose }: FolderDialogProps) {
  const [only] = connections.length === 1 ? connections : [];
  const isFiled = connections.some(({ folder }) => folder !== undefined);
  const [folder, setFolder] = useState(only?.folder ?? '');
  const file = useAct('connections', 'setFolder');
  const all = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const known = useMemo(() => wordsOf(all ?? [], ({ folder: one }) => (one === undefined ? [] : [one])), [all]);
  const name = folder.trim();
  const fault = name === '' ? undefined : labelSchema.safeParse(name).error?.issues[0]?.message;
  const run = async () => {
    const connectionIds = connections.map(({ id }) => id);
    const answer = await file.run({ connectionIds, ...(name !== '' && { folder: name }) });
    if (answer !== undefined) onClose();
  };
  const them = only === undefined ? 'them' : 'it';
  return (
    <FormDialog
      title={`File ${only === undefined ? formatQuantity(connections.length, 'connection') : only.name}`}
      description="Folders keep connections together: to find them, and to take them back together."
      width="sm"
      submitLabel={name === '' && isFiled ? `Take ${them} out` : `File ${them}`}
      busy={file.busy ? { label: 'Filing' } : undefined}
      disabledReason={fault ?? (name === '' && !isFiled ? 'A folder needs a name' : undefined)}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextField
          label="Folder"
          value={folder}
          onChange={setFolder}
          autoFocus
          maxLength={80}
          error={fault}
          help={
            isFiled ? `Empty takes ${them} out of ${only === undefined ? 'their folders' : 'its folder'}.` : undefined
          }
        />
        {known.length > 0 && (
          <Stack gap="xs">
            <Text tone="muted" size="sm">
              Folders that there are
            </Text>
            <Row gap="xs" wrap>
              {known.map((one) => (
                <Button key={one} size="sm" icon="folder" onPress={() => setFolder(one)}>
                  {one}
                </Button>
              ))}
            </Row>
          </Stack>
        )}
        {file.error !== undefined && (
          <ErrorPanel error={file.error} onRemedy={() => void run()} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </Stack>
    </FormDialog>
  );
}
