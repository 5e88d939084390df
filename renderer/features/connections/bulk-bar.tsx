import { useState } from 'react';
import { useNavigate } from 'react-router';
import { mostNamedConnections } from '../../../core/contract/connections';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { Button, IconButton } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { LookForDriftButton } from '../drift';
import { ExportDialog } from '../import';
import { SetReviewDialog } from '../reviews';
import { RevokeManyDialog } from '../revocations';
import { FolderDialog } from './folder-dialog';
import { TagDialog } from './tag-dialog';
import styles from './bulk-bar.module.css';

interface BulkBarProps {
  /** One at least. */
  readonly chosen: readonly ConnectionSummary[];
  readonly onTest: (connectionIds: readonly string[]) => void;
  readonly onClear: () => void;
}

/** What is done with several at once. Whatever changes something at AWS shows its plan first. */
export function BulkBar({ chosen, onClear, onTest }: BulkBarProps) {
  const [asking, setAsking] = useState<'folder' | 'tag' | 'review' | 'export' | 'revoke'>();
  const navigate = useNavigate();
  const open = chosen.filter(({ status }) => status !== 'closing' && status !== 'revoked').map(({ id }) => id);
  const none = open.length === 0 ? 'Access by all of them is closed or being closed.' : undefined;
  const many =
    open.length > mostNamedConnections ? `Choose ${formatCount(mostNamedConnections)} at most, or none for all.` : none;
  const close = () => setAsking(undefined);
  return (
    <>
      <div role="toolbar" aria-label={`${formatCount(chosen.length)} selected`} className={styles['bar']}>
        <b>{formatCount(chosen.length)} selected</b>
        <Button size="sm" icon="refresh" disabledReason={many} onPress={() => onTest(open)}>
          Test
        </Button>
        <LookForDriftButton size="sm" connectionIds={open} disabledReason={many} />
        <Button size="sm" icon="tag" onPress={() => setAsking('tag')}>
          Tag…
        </Button>
        <Button size="sm" icon="folder" onPress={() => setAsking('folder')}>
          Move…
        </Button>
        <Button size="sm" icon="calendar" onPress={() => setAsking('review')}>
          Set review…
        </Button>
        <Button size="sm" icon="send" onPress={() => setAsking('export')}>
          Export…
        </Button>
        <Button
          size="sm"
          variant="danger-quiet"
          icon="door-shut"
          disabledReason={many}
          onPress={() => setAsking('revoke')}
        >
          Revoke…
        </Button>
        <IconButton size="sm" icon="x" label="Clear the selection" onPress={onClear} />
      </div>
      {asking === 'tag' && <TagDialog connections={chosen} onClose={close} />}
      {asking === 'folder' && <FolderDialog connections={chosen} onClose={close} />}
      {asking === 'review' && <SetReviewDialog connections={chosen} onClose={close} />}
      {asking === 'export' && (
        <ExportDialog connectionIds={chosen.map(({ id }) => id)} count={chosen.length} onClose={close} />
      )}
      {asking === 'revoke' && (
        <RevokeManyDialog
          scope={{ kind: 'chosen', connectionIds: open }}
          onClose={close}
          onStarted={(batchId) => void navigate(`/revocations/batch/${batchId}`)}
        />
      )}
    </>
  );
}
