import type { NarrowingProposal } from '../../../core/contract/narrowing';
import type { NarrowingChoice } from '../../../core/domain/narrowing/usage';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatQuantity } from '../../ui/format';
import { Row } from '../../ui/layout';
import { Note } from '../../ui/note';
import { PlanSteps } from '../drift';

interface NarrowDialogProps {
  readonly connectionId: string;
  readonly choice: NarrowingChoice;
  readonly proposal: NarrowingProposal;
  /** services and actions that are refused afterwards */
  readonly goes: number;
  readonly onClose: () => void;
}

/** The plan of a narrowing, call by call, and the one button that begins it. */
export function NarrowDialog({ choice, connectionId, goes, onClose, proposal }: NarrowDialogProps) {
  const apply = useAct('narrowing', 'apply');
  const run = async () => {
    if ((await apply.run({ connectionId, choice, readAt: proposal.readAt })) !== undefined) onClose();
  };
  const remedy = useRemedy({ retry: () => void run() });
  const { acts, readWith, script } = proposal;
  return (
    <FormDialog
      title="Narrow the role"
      description="The role is changed in its account, call by call, each on record, and read again at the end."
      width="md"
      submitLabel="Narrow the role"
      submitIcon="filter"
      busy={apply.busy ? { label: 'Starting' } : undefined}
      footWords="It can be undone."
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Note
        tone="warning"
        title={`${formatQuantity(goes, 'service or action', 'services and actions')} will be refused.`}
      >
        Open sessions too: AWS decides each call anew.
      </Note>
      <PlanSteps title={`What ${readWith} will do`} acts={acts} />
      <Row>
        <CopyButton label="Copy it as a script for the owner" what="script" onCopy={() => copyText(script)} />
      </Row>
      {apply.error !== undefined && (
        <ErrorPanel error={apply.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}
