import type { GuardRailRecord } from '../../../core/domain/guard-rails';
import { guardRailFacts } from '../../../core/domain/guard-rails';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { guardRailTitle, inSentence } from './guard-rail-words';

interface TakeOffDialogProps {
  readonly record: GuardRailRecord;
  readonly sourceId: string;
  readonly placeName: string;
  readonly onClose: () => void;
}

/** What is allowed again once it is off. */
export function TakeOffDialog({ onClose, placeName, record, sourceId }: TakeOffDialogProps) {
  const detach = useAct('guardRails', 'detach');
  const run = async () => {
    if ((await detach.run({ recordId: record.id, sourceId })) !== undefined) onClose();
  };
  const remedy = useRemedy({ retry: () => void run() });
  return (
    <ConfirmDialog
      isOpen
      title={`Take it off ${placeName}?`}
      description={guardRailTitle(record.guardRail)}
      losses={[`What it refuses: ${inSentence(guardRailFacts[record.guardRail.kind].denies)}`]}
      lossNote="It is allowed again at once wherever nothing else refuses it. The policy is deleted if it is ours and attached nowhere else; it can be attached anew."
      confirmLabel="Take it off"
      cancelLabel="Keep it"
      busy={detach.busy ? { label: 'Taking it off' } : undefined}
      onConfirm={() => void run()}
      onCancel={onClose}
    >
      {detach.error !== undefined && (
        <ErrorPanel error={detach.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </ConfirmDialog>
  );
}
