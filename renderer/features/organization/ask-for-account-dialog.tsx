import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { SubAccountWish } from '../../../core/domain/sub-account';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { Consequences } from './consequences';

interface AskForAccountDialogProps {
  readonly wish: SubAccountWish | undefined;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly onAsk: () => void;
  readonly onCancel: () => void;
}

/** It is asked once more: it is done once, and cannot be taken back within days. */
export function AskForAccountDialog(props: AskForAccountDialogProps) {
  const { error, isBusy, isOpen, onAsk, onCancel, wish } = props;
  const [since, setSince] = useState<number>();
  const ask = () => {
    setSince(currentTime());
    onAsk();
  };
  const remedy = useRemedy({ retry: ask });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`Ask AWS for “${wish?.name ?? ''}”?`}
      description={`Its root user gets ${wish?.email ?? ''}.`}
      confirmLabel="Ask AWS for this account"
      tone="primary"
      width="md"
      busy={isBusy ? { label: 'Asking AWS', since } : undefined}
      onConfirm={ask}
      onCancel={onCancel}
    >
      <Stack gap="lg">
        <Consequences title="What follows from it" items={consequences} />
        {error !== undefined && (
          <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </Stack>
    </ConfirmDialog>
  );
}

const consequences = [
  'AWS is asked once. If the answer is lost it is looked for, and not asked again.',
  'The account costs nothing by itself. What is made in it does, on the management account’s bill.',
  'It cannot be undone within days: a closed account stays for 90 days, and its e-mail address cannot be used again.',
] as const;
