import type { GuardRail } from '../../../core/domain/guard-rails';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Text } from '../../ui/text';
import { GuardRailPreviewView } from './guard-rail-preview-view';

interface GuardRailPreviewDialogProps {
  readonly sourceId: string;
  readonly targetId: string;
  readonly guardRail: GuardRail;
  readonly onClose: () => void;
}

/** What a guard rail would do there, before anything is made. */
export function GuardRailPreviewDialog({ guardRail, onClose, sourceId, targetId }: GuardRailPreviewDialogProps) {
  const asked = useAsk('guard-rails', 'guardRails', 'preview', { sourceId, targetId, guardRail });
  const holding = useAsk('guard-rails', 'guardRails', 'read', { sourceId, targetId }).data?.policies ?? [];
  return (
    <Dialog
      isOpen
      title="What it would refuse"
      description="What AWS has now is read for it. Nothing is made."
      escape="safe"
      width="md"
      onClose={onClose}
      footer={
        <Button autoFocus onPress={onClose}>
          Close
        </Button>
      }
    >
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} onRemedy={() => asked.again()} onCopyDetail={copyText} emphasis="secondary" />
      )}
      {asked.data !== undefined ? (
        <GuardRailPreviewView guardRail={guardRail} preview={asked.data} holding={holding} />
      ) : (
        asked.asking && <Text tone="muted">Reading what holds there…</Text>
      )}
    </Dialog>
  );
}
