import { useState } from 'react';
import { useNavigate } from 'react-router';
import { currentTime } from '../../app/clock';
import { StoreProblems } from '../../app/store-problems';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { ListsCard } from './lists-card';
import { ManagedOrganization } from './managed-organization';
import { MemberView } from './member-view';
import { NewUnitDialog } from './new-unit-dialog';
import { NoOrganization } from './no-organization';
import styles from './organization.module.css';
import { SourceSelect } from './source-select';
import { SubAccountsCard } from './sub-accounts-card';
import { useSourceChoice } from './use-source-choice';

/** The organization as one source sees it, with the accounts that are being made in it on top. */
export function OrganizationPage() {
  const choice = useSourceChoice();
  const { sourceId, sources } = choice;
  const navigate = useNavigate();
  const problems = useAsk('app', 'app', 'getSnapshot', {}).data?.problems ?? [];
  const [unitParent, setUnitParent] = useState<string>();
  const asked = useAsk(
    'organization',
    'organization',
    'view',
    { sourceId: sourceId ?? '' },
    { enabled: sourceId !== undefined },
  );
  const remedy = useRemedy({ retry: asked.again });
  const view = asked.data;
  const isManaged = view?.kind === 'management';
  const hasNone = choice.asked.data !== undefined && sources.length === 0;

  return (
    <Page
      title="Organization"
      lead={
        isManaged
          ? 'The units and accounts of your organization, and which of them are connected.'
          : 'Accounts that belong together, under one that pays and decides.'
      }
      focusKey="organization"
      actions={
        isManaged && (
          <>
            <Button icon="folder" onPress={() => setUnitParent(view.rootId)}>
              New unit…
            </Button>
            <Button
              icon="list"
              onPress={() => void navigate(`/organization/lists/new?source=${encodeURIComponent(sourceId ?? '')}`)}
            >
              Many sub-accounts…
            </Button>
            <Button
              variant="primary"
              icon="plus"
              onPress={() => void navigate(`/organization/new?source=${encodeURIComponent(sourceId ?? '')}`)}
            >
              New sub-account…
            </Button>
          </>
        )
      }
    >
      <div className={styles['content']}>
        <StoreProblems problems={problems} />
        {choice.asked.error !== undefined && (
          <ErrorPanel error={choice.asked.error} onRemedy={() => choice.asked.again()} onCopyDetail={copyText} />
        )}
        {hasNone && (
          <EmptyState
            title="No source identity yet"
            action={
              <Button variant="primary" onPress={() => void navigate('/settings')}>
                Add one in the settings
              </Button>
            }
          >
            An organization is looked at as somebody. Sign in to the management account, or add a profile of it.
          </EmptyState>
        )}
        {sources.length > 0 && (
          <div className={styles['source']}>
            <SourceSelect choice={choice} />
            {view !== undefined && (
              <Button
                icon="refresh"
                busy={asked.asking ? { label: 'Reading' } : undefined}
                onPress={() => asked.again()}
              >
                Read again
              </Button>
            )}
          </div>
        )}
        <SubAccountsCard />
        <ListsCard />
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={remedy} onCopyDetail={copyText} />}
        {sourceId !== undefined && asked.pending && asked.error === undefined && <Reading key={sourceId} />}
        {view?.kind === 'none' && <NoOrganization sourceId={sourceId ?? ''} accountId={view.accountId} />}
        {view?.kind === 'member' && <MemberView view={view} choice={choice} />}
        {isManaged && <ManagedOrganization view={view} sourceId={sourceId ?? ''} onNewUnit={setUnitParent} />}
      </div>
      {isManaged && unitParent !== undefined && (
        <NewUnitDialog
          view={view}
          sourceId={sourceId ?? ''}
          parentId={unitParent}
          onClose={() => setUnitParent(undefined)}
        />
      )}
    </Page>
  );
}

/** Thousands of accounts take AWS a while: so many a page, and so many pages a second. */
function Reading() {
  const [since] = useState(currentTime);
  return (
    <Card padding="md">
      <Stack gap="sm">
        <Progress label="Reading the organization" since={since} />
      </Stack>
    </Card>
  );
}
