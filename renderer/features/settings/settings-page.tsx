import { useLocation } from 'react-router';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Columns, Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { AboutCard, AppearanceCard, KeychainCard, WorkspaceCard } from './computer-section';
import { DesktopCard } from './desktop-card';
import { HealthCard } from './health-card';
import { NetworkCard } from './network-card';
import { SourcesSection } from './sources-section';

/** Who the app is to AWS, and how it is on this computer. */
export function SettingsPage() {
  const asked = useAsk('app', 'app', 'getSnapshot', {});
  const change = useAct('app', 'chooseWorkspace');
  const snapshot = asked.data;
  // where a part is wanted, the focus goes to that
  const { hash } = useLocation();
  if (snapshot === undefined) {
    return (
      <Page title="Settings">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} />}
      </Page>
    );
  }
  return (
    <Page
      title="Settings"
      focusKey={hash === '' ? 'settings' : undefined}
      lead="Who Sallyport is to AWS, and how it is on this computer."
    >
      <Stack gap="md">
        {snapshot.problems.length > 0 && (
          <Card
            title="Files of Sallyport"
            subtitle={`${formatQuantity(snapshot.problems.length, 'file')} could not be used as found`}
            tone="danger"
            padding="md"
          >
            <Stack gap="lg">
              {snapshot.problems.map((problem) => (
                <ErrorPanel
                  key={problem.message}
                  error={problem}
                  onRemedy={() => asked.again()}
                  onCopyDetail={copyText}
                  emphasis="secondary"
                  isBare
                />
              ))}
            </Stack>
          </Card>
        )}
        <Columns layout="side-right">
          <SourcesSection
            isPractice={snapshot.workspace !== 'aws'}
            onLeavePractice={() => void change.run({ workspace: 'aws' })}
          />
          <Stack gap="md">
            <AppearanceCard snapshot={snapshot} />
            <KeychainCard snapshot={snapshot} />
            <DesktopCard />
            <HealthCard />
            <NetworkCard />
            <WorkspaceCard snapshot={snapshot} change={change} />
            <AboutCard snapshot={snapshot} />
          </Stack>
        </Columns>
      </Stack>
    </Page>
  );
}
