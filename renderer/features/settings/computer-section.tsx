import type { Snapshot } from '../../../core/contract/app';
import type { Theme } from '../../../core/domain/theme';
import { useOpenPracticePanel } from '../../app/practice-panel';
import type { useChooseWorkspace } from '../../app/switch-workspace';
import { setTheme as drawTheme } from '../../app/theme';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Icon } from '../../ui/icon';
import { Row, Stack } from '../../ui/layout';
import { SegmentedControl } from '../../ui/segmented-control';
import { Text } from '../../ui/text';
import { Setting } from './sections';
import styles from './settings.module.css';

interface SnapshotProps {
  readonly snapshot: Snapshot;
}

export function AppearanceCard({ snapshot }: SnapshotProps) {
  const change = useAct('app', 'setTheme');
  const set = (theme: Theme) => {
    // drawn at once; what is kept follows, and is drawn again where keeping it failed
    drawTheme(theme);
    void change.run({ theme }).then((answer) => {
      if (answer === undefined) drawTheme(snapshot.theme);
    });
  };
  return (
    <Card title="Appearance" padding="md">
      <Stack gap="md">
        <Setting id="theme">
          <Row>
            <SegmentedControl<Theme>
              label="Theme"
              value={snapshot.theme}
              onChange={set}
              options={[
                { value: 'system', label: 'As the system' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </Row>
        </Setting>
        {change.error !== undefined && <ErrorPanel error={change.error} onRemedy={() => change.reset()} isBare />}
      </Stack>
    </Card>
  );
}

export function KeychainCard({ snapshot }: SnapshotProps) {
  const { keychain } = snapshot;
  const retry = useAct('app', 'retryKeychain');
  const ask = () => void retry.run({});
  const remedy = useRemedy({ retry: ask });
  const error = retry.error ?? (keychain.state === 'unavailable' ? keychain.error : undefined);
  const button = (label: string) => (
    <Button icon="refresh" busy={retry.busy ? { label: 'Asking' } : undefined} onPress={ask}>
      {label}
    </Button>
  );
  return (
    <Card title="Keychain" padding="md" tone={error === undefined ? undefined : 'danger'}>
      <Setting id="keychain">
        {error !== undefined ? (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
        ) : (
          <Stack gap="md">
            <KeychainWords state={keychain.state} />
            <Text as="p" tone="muted" size="sm">
              {keychainNames[snapshot.platform]}, under the name Sallyport. Access keys, tokens of sign-ins and
              credentials of sessions are there, and nowhere else.
            </Text>
            <Row>{button(keychain.state === 'unknown' ? 'Ask it now' : 'Ask again')}</Row>
          </Stack>
        )}
      </Setting>
    </Card>
  );
}

const keychainNames: Readonly<Record<Snapshot['platform'], string>> = {
  mac: 'It is the Keychain of macOS',
  windows: 'It is the Credential Manager of Windows',
  linux: 'It is the Secret Service of this desktop, as GNOME Keyring or KWallet',
};

function KeychainWords({ state }: { readonly state: Snapshot['keychain']['state'] }) {
  switch (state) {
    case 'ready':
      return (
        <span className={styles['state']}>
          <Icon name="check" tone="success" />
          Ready. Secrets are kept in this computer’s keychain.
        </span>
      );
    case 'memory':
      return (
        <span className={styles['state']}>
          <Icon name="memory" tone="warning" />
          New secrets live in memory only, and are lost when Sallyport quits.
        </span>
      );
    case 'unknown':
    case 'unavailable':
      return (
        <span className={styles['state']}>
          <Icon name="question" tone="muted" />
          Not asked yet. It is asked when there is a first secret to keep.
        </span>
      );
  }
}

interface WorkspaceCardProps extends SnapshotProps {
  readonly change: ReturnType<typeof useChooseWorkspace>;
}

export function WorkspaceCard({ snapshot, change }: WorkspaceCardProps) {
  const isPractice = snapshot.workspace !== 'aws';
  const openPanel = useOpenPracticePanel();
  return (
    <>
      <Card title="Workspace" padding="md">
        <Stack gap="md">
          <span className={styles['state']}>
            <Icon name={isPractice ? 'sandbox' : 'account'} />
            {isPractice ? 'Practice: nothing here reaches AWS.' : 'AWS: what is done here is done to real accounts.'}
          </span>
          <Text tone="muted" size="sm" as="p">
            The two have their own connections, sessions and records. Switching loses nothing.
          </Text>
          {change.error !== undefined && <ErrorPanel error={change.error} onRemedy={() => change.reset()} isBare />}
          <Setting id="practice">
            <Row>
              <Button
                icon={isPractice ? 'account' : 'sandbox'}
                busy={change.busy ? { label: 'Switching' } : undefined}
                onPress={() => void change.run({ workspace: isPractice ? 'aws' : 'practice' })}
              >
                {isPractice ? 'Switch to AWS' : 'Switch to practice'}
              </Button>
            </Row>
          </Setting>
        </Stack>
      </Card>
      <Card title="Practice sandbox" padding="md">
        <Stack gap="md">
          <Text tone="muted" size="sm" as="p">
            Its accounts, roles and sessions are on this computer. It can begin again, with any of its scenarios.
          </Text>
          <Setting id="begin">
            <Row>
              <Button variant="danger-quiet" icon="undo" onPress={() => openPanel('begin')}>
                Begin again…
              </Button>
            </Row>
          </Setting>
        </Stack>
      </Card>
    </>
  );
}
