import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { EmptyState } from '../../ui/empty-state';
import { ErrorPanel } from '../../ui/error-panel';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { AccountPlace } from './account-place';
import { CloseAccountPage } from './close-account-page';
import type { ManagementView } from './organization-tree';
import { placeOf } from './place';
import { UnitPlace } from './unit-place';
import { useSourceChoice } from './use-source-choice';

interface PlacePageProps {
  readonly targetId: string;
  /** The page that closes it, of an account. */
  readonly isClosing?: boolean | undefined;
}

/** A root, a unit or an account of the organization: what is known of it, what leads into it, what can be done with it. */
export function PlacePage({ isClosing = false, targetId }: PlacePageProps) {
  const { sourceId, asked: sources } = useSourceChoice();
  const navigate = useNavigate();
  const asked = useAsk(
    'organization',
    'organization',
    'view',
    { sourceId: sourceId ?? '' },
    { enabled: sourceId !== undefined },
  );
  const remedy = useRemedy({ retry: asked.again });
  const [since] = useState(currentTime);
  const view = asked.data;
  if (view?.kind === 'management' && sourceId !== undefined) {
    return <Known {...{ isClosing, sourceId, targetId, view }} onReadAgain={asked.again} />;
  }
  const error = asked.error ?? sources.error;
  const hasNoSource = sources.data?.sources.length === 0;
  return (
    <Page
      title="Place"
      crumbs={[{ label: 'Organization', onGo: () => void navigate('/organization') }, { label: targetId }]}
    >
      {error !== undefined && <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} />}
      {error === undefined && view === undefined && !hasNoSource && (
        <Card padding="md">
          <Progress label="Reading the organization" since={since} />
        </Card>
      )}
      {(view !== undefined || hasNoSource) && (
        <EmptyState
          title="Only the management account sees it"
          action={
            <Button variant="primary" onPress={() => void navigate('/organization')}>
              Go to the organization
            </Button>
          }
        >
          Choose a source identity in the management account there.
        </EmptyState>
      )}
    </Page>
  );
}

interface KnownProps {
  readonly isClosing: boolean;
  readonly view: ManagementView;
  readonly sourceId: string;
  readonly targetId: string;
  readonly onReadAgain: () => void;
}

function Known({ isClosing, onReadAgain, sourceId, targetId, view }: KnownProps) {
  const navigate = useNavigate();
  const place = useMemo(() => placeOf(view, targetId), [view, targetId]);
  if (place?.kind === 'unit') return <UnitPlace view={view} sourceId={sourceId} place={place} />;
  if (place?.kind === 'account' && isClosing && !place.account.isManagement) {
    return <CloseAccountPage account={place.account} above={place.above} sourceId={sourceId} />;
  }
  if (place?.kind === 'account') return <AccountPlace view={view} sourceId={sourceId} place={place} />;
  const back = () => void navigate(`/organization?source=${encodeURIComponent(sourceId)}`);
  return (
    <Page title="Place" crumbs={[{ label: 'Organization', onGo: back }, { label: targetId }]} focusKey={targetId}>
      <EmptyState
        title="It is not in this organization"
        action={
          <Button variant="primary" onPress={onReadAgain}>
            Read the organization again
          </Button>
        }
      >
        It was removed, or it belongs to another organization. Nothing was changed.
      </EmptyState>
    </Page>
  );
}
