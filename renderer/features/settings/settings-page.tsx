import { useLocation } from 'react-router';
import { isSettingsSection } from '../../app/settings-places';
import { useChooseWorkspace } from '../../app/switch-workspace';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { AppearanceCard, KeychainCard, WorkspaceCard } from './computer-section';
import { DataCard } from './data-card';
import { DesktopCard } from './desktop-card';
import { DiagnosticsCard } from './diagnostics-card';
import { HealthCard } from './health-card';
import { NetworkCard } from './network-card';
import { NotificationsCard } from './notifications-card';
import { RegionCard } from './region-card';
import { ResetCard } from './reset-card';
import { Section, SectionNav, Setting } from './sections';
import { UpdatesCard } from './updates-card';
import styles from './sections.module.css';
import { SourcesSection } from './sources-section';

/** Who the app is to AWS, and how it is on this computer. */
export function SettingsPage() {
  const asked = useAsk('app', 'app', 'getSnapshot', {});
  const change = useChooseWorkspace();
  const snapshot = asked.data;
  // where a part is wanted, the focus goes to that
  const { hash, pathname } = useLocation();
  const wanted = pathname.split('/')[2];
  const current = isSettingsSection(wanted) ? wanted : undefined;
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
      focusKey={hash === '' && current === undefined ? 'settings' : undefined}
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
        <div className={styles['layout']}>
          <SectionNav current={current} />
          <div className={styles['parts']}>
            <Section id="identities">
              <Setting id="sources">
                <SourcesSection
                  isPractice={snapshot.workspace !== 'aws'}
                  onLeavePractice={() => void change.run({ workspace: 'aws' })}
                />
              </Setting>
            </Section>
            <Section id="appearance">
              <AppearanceCard snapshot={snapshot} />
            </Section>
            <Section id="region">
              <RegionCard />
            </Section>
            <Section id="network">
              <NetworkCard />
            </Section>
            <Section id="notifications">
              <NotificationsCard />
            </Section>
            <Section id="desktop">
              <DesktopCard />
            </Section>
            <Section id="testing">
              <HealthCard />
            </Section>
            <Section id="workspace">
              <WorkspaceCard snapshot={snapshot} change={change} />
            </Section>
            <Section id="keychain">
              <KeychainCard snapshot={snapshot} />
            </Section>
            <Section id="updates">
              <UpdatesCard />
            </Section>
            <Section id="data">
              <DataCard />
            </Section>
            <Section id="diagnostics">
              <DiagnosticsCard snapshot={snapshot} />
            </Section>
            <Section id="reset">
              <ResetCard />
            </Section>
          </div>
        </div>
      </Stack>
    </Page>
  );
}
