import { copyText } from '../../ipc/copy';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatBytes } from '../../ui/format';
import { Folded } from '../../ui/folded';
import { Row, Stack } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';
import { Setting } from './sections';
import styles from './data-card.module.css';

/** Where everything is kept on this computer, and what each file is. */
export function DataCard() {
  const asked = useAsk('app', 'settings', 'lookAtData', {});
  useForgetOnClose('app', 'settings', 'lookAtData');
  const open = useAct('settings', 'openDataFolder');
  const { files = [], path, rest = 0 } = asked.data ?? {};
  const error = open.error ?? asked.error;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <Card
      title="Data"
      subtitle={path === undefined ? undefined : formatBytes(bytes)}
      actions={<IconButton icon="refresh" size="sm" label="Look again" onPress={() => asked.again()} />}
      padding="md"
    >
      <Stack gap="md">
        <Text as="p" tone="muted" size="sm">
          Everything Sallyport knows is in one folder, as plain text without secrets. Secrets are in the keychain.
        </Text>
        {path !== undefined && (
          <>
            <Row gap="sm" wrap>
              <Mono>{path}</Mono>
              <CopyButton what="path" variant="ghost" onCopy={() => copyText(path)} />
            </Row>
            <Setting id="data">
              <Row>
                <Button
                  icon="folder"
                  busy={open.busy ? { label: 'Opening' } : undefined}
                  onPress={() => void open.run({})}
                >
                  Open the folder
                </Button>
              </Row>
            </Setting>
            <Folded title="What each file is">
              <table className={styles['files']}>
                <thead>
                  <tr>
                    <th scope="col">File</th>
                    <th scope="col">What it is</th>
                    <th scope="col" data-align="end">
                      Size
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {files.map((file) => (
                    <tr key={file.path}>
                      <th scope="row">
                        <Mono>{file.path}</Mono>
                      </th>
                      <td>{file.what}</td>
                      <td data-align="end">{formatBytes(file.bytes)}</td>
                    </tr>
                  ))}
                  <tr>
                    <th scope="row">the rest</th>
                    <td>What the window’s own parts keep: caches, nothing of yours.</td>
                    <td data-align="end">{formatBytes(rest)}</td>
                  </tr>
                </tbody>
              </table>
            </Folded>
          </>
        )}
        {error !== undefined && (
          <ErrorPanel
            error={error}
            onRemedy={() => {
              open.reset();
              asked.again();
            }}
            isBare
          />
        )}
      </Stack>
    </Card>
  );
}
