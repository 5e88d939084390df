import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { InputOf } from '../../../core/contract/contract';
import { canBePutBack } from '../../../core/domain/identity-acts';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { CheckList } from '../../ui/check-list';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Progress } from '../../ui/progress';
import { TextField } from '../../ui/text-field';
import { stepName } from './identity-words';

interface RemovalDialogProps {
  readonly wish: InputOf<'identities', 'planRemoval'>;
  readonly onClose: () => void;
}

/** Every call that would be made, in its order, and what of it can be put back. Confirmed by typing the name. */
export function RemovalDialog({ onClose, wish }: RemovalDialogProps) {
  const { mode, name, subject } = wish;
  const plan = useAsk('identities', 'identities', 'planRemoval', wish);
  useForgetOnClose('identities', 'identities', 'planRemoval');
  const remove = useAct('identities', 'remove');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [since] = useState(currentTime);
  const run = async () => {
    const answer = await remove.run({ ...wish, typedName: typed });
    if (answer !== undefined) void navigate(`/identities/acts/${answer.actId}`);
  };
  const retryPlan = useRemedy({ retry: plan.again });
  const retry = useRemedy({ retry: () => void run() });
  const verb = mode === 'delete' ? 'Delete' : 'Deactivate';
  const steps = plan.data?.steps;
  return (
    <ConfirmDialog
      isOpen
      width="md"
      title={`${verb} ${name}?`}
      description={
        mode === 'delete'
          ? 'Everything that hangs on it goes first. What can be put back goes before what cannot.'
          : 'Nothing of it works any more, and nothing of it is lost: it can be undone at any time.'
      }
      tone={mode === 'delete' ? 'danger' : 'primary'}
      confirmLabel={`${verb} the ${subject}`}
      confirmDisabledReason={
        steps === undefined ? 'There is no plan.' : typed.trim() === name ? undefined : `Type ${name} to confirm it.`
      }
      busy={remove.busy ? { label: 'Asking AWS' } : undefined}
      onConfirm={() => void run()}
      onCancel={onClose}
    >
      <Stack gap="md">
        {plan.error !== undefined && (
          <ErrorPanel error={plan.error} onRemedy={retryPlan} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {steps === undefined && plan.error === undefined && <Progress label="Reading what has to go" since={since} />}
        {plan.data !== undefined && plan.data.unasked.length > 0 && (
          <Note tone="warning" title={`It may be one of your source identities: ${plan.data.unasked.join(', ')}.`}>
            AWS could not be asked who {plan.data.unasked.length === 1 ? 'that one is' : 'those are'}. A source that is
            removed calls no more.
          </Note>
        )}
        {steps !== undefined && (
          <>
            <CheckList
              label="What is done, in this order"
              rows={steps.map((step, index) => ({
                id: String(index),
                name: stepName(step),
                state: 'not-run',
                reason: canBePutBack(step.what) ? 'can be put back' : 'cannot be put back',
              }))}
            />
            <TextField label={`Type ${name} to confirm it`} value={typed} onChange={setTyped} maxLength={128} mono />
          </>
        )}
        {remove.error !== undefined && (
          <ErrorPanel error={remove.error} onRemedy={retry} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
