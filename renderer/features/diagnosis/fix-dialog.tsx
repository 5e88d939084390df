import type { Correction, TestResult } from '../../../core/domain/check';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { PolicyDiff } from '../../ui/policy-view';
import { tidy } from './cause-view';

interface FixDialogProps {
  readonly subjectId: string;
  readonly correction: Correction;
  readonly fixWith: NonNullable<TestResult['fixWith']>;
  readonly onClose: () => void;
  readonly onFixed: () => void;
}

/** Asks before the account’s policy is changed, and shows exactly what will be written. */
export function FixDialog({ correction, fixWith, onClose, onFixed, subjectId }: FixDialogProps) {
  const fix = useAct('connections', 'correctTrust');
  return (
    <ConfirmDialog
      isOpen
      title={`Change the trust policy of ${correction.owner}`}
      description={`With ${fixWith.label}, in the target account. The policy as it is now can be copied from here to put it back.`}
      tone="primary"
      width="md"
      confirmLabel="Change it and test again"
      busy={fix.busy ? { label: 'Changing' } : undefined}
      onCancel={onClose}
      onConfirm={() =>
        void fix.run({ subjectId }).then((answer) => {
          if (answer !== undefined) onFixed();
        })
      }
    >
      <PolicyDiff
        title={`Trust policy of ${correction.owner}`}
        before={tidy(correction.before)}
        after={tidy(correction.after)}
        kind="correction"
        copy={{
          label: 'Copy the policy as it is now',
          what: 'policy as it is now',
          onCopy: () => copyText(correction.before),
        }}
      />
      {fix.error !== undefined && <ErrorPanel error={fix.error} onRemedy={onFixed} isBare />}
    </ConfirmDialog>
  );
}
