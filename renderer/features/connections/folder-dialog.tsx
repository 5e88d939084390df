import { useMemo, useState } from 'react';
import type { Connection } from '../../../core/domain/connection';
import { labelSchema } from '../../../core/domain/limits';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';

interface FolderDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** Which folder a connection is filed under: one that there is, a new one, or none. */
export function FolderDialog({ connection, onClose }: FolderDialogProps) {
  const [folder, setFolder] = useState(connection.folder ?? '');
  const file = useAct('connections', 'setFolder');
  const all = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const known = useMemo(() => foldersOf(all ?? []), [all]);
  const name = folder.trim();
  const fault = name === '' ? undefined : labelSchema.safeParse(name).error?.issues[0]?.message;
  const run = async () => {
    const answer = await file.run({ connectionId: connection.id, ...(name !== '' && { folder: name }) });
    if (answer !== undefined) onClose();
  };
  return (
    <FormDialog
      title={`File ${connection.name}`}
      description="Folders keep connections together: to find them, and to take them back together."
      width="sm"
      submitLabel={name === '' && connection.folder !== undefined ? 'Take it out' : 'File it'}
      busy={file.busy ? { label: 'Filing' } : undefined}
      disabledReason={fault ?? (name === '' && connection.folder === undefined ? 'A folder needs a name' : undefined)}
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
          help={connection.folder === undefined ? undefined : 'Empty takes it out of its folder.'}
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

/** Each once, by name. */
function foldersOf(connections: readonly { readonly folder?: string | undefined }[]): string[] {
  const folders = new Set(connections.flatMap(({ folder }) => (folder === undefined ? [] : [folder])));
  return [...folders].sort((a, b) => a.localeCompare(b)).slice(0, 30);
}
