import type { SubAccount } from '../../../core/domain/sub-account';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';

interface ForgetDialogProps {
  readonly subAccount: SubAccount;
  readonly onClose: () => void;
  readonly onForgotten: () => void;
}

/** The record goes; what AWS made stays. */
export function ForgetDialog({ onClose, onForgotten, subAccount }: ForgetDialogProps) {
  const forget = useAct('organization', 'forgetAccount');
  const run = async () => {
    const answer = await forget.run({ subAccountId: subAccount.id });
    if (answer === undefined) return;
    onClose();
    onForgotten();
  };
  const remedy = useRemedy({ retry: () => void run() });
  return (
    <ConfirmDialog
      isOpen
      title={`Take ${subAccount.wish.name} off the list?`}
      description={
        subAccount.state === 'failed'
          ? 'AWS made no account for it.'
          : 'What AWS made or still makes stays: only Sallyport forgets that it asked.'
      }
      losses={['The record of this request, with its times and request IDs']}
      confirmLabel="Take it off the list"
      busy={forget.busy ? { label: 'Taking it off' } : undefined}
      onConfirm={() => void run()}
      onCancel={onClose}
    >
      {forget.error !== undefined && (
        <ErrorPanel error={forget.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </ConfirmDialog>
  );
}
