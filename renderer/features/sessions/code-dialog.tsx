import { useState } from 'react';
import type { AppError } from '../../../core/app-error';
import { tokenCodeSchema } from '../../../core/domain/session-request';
import type { Result } from '../../../core/result';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import type { IconName } from '../../ui/icon-names';
import { CodeField } from './code-field';
import { isWrongCode } from './mfa-words';

interface CodeDialogProps {
  /** “Renew Tidewater Production”. */
  readonly title: string;
  /** Whose code: the device’s serial number. */
  readonly device: string;
  readonly confirmLabel: string;
  readonly icon: IconName;
  readonly busyLabel: string;
  /** Asks AWS with the code; closes when that went well. */
  readonly onCode: (tokenCode: string) => Promise<Result<unknown>>;
  readonly onClose: () => void;
}

/** Six digits, and the act that needs them. */
export function CodeDialog({ busyLabel, confirmLabel, device, icon, onClose, onCode, title }: CodeDialogProps) {
  const [code, setCode] = useState('');
  const [since, setSince] = useState<number>();
  const [error, setError] = useState<AppError>();
  const [isUsed, setUsed] = useState(false);
  const [isTried, setTried] = useState(false);
  const isWhole = tokenCodeSchema.safeParse(code).success;
  const remedy = useRemedy({ retry: () => void run() });

  async function run(): Promise<void> {
    setTried(true);
    if (!isWhole) return;
    setError(undefined);
    setSince(currentTime());
    const answer = await onCode(code);
    setSince(undefined);
    if (answer.ok) {
      onClose();
      return;
    }
    if (answer.error.requestId !== undefined) {
      setCode('');
      setUsed(true);
      setTried(false);
    }
    setError(answer.error);
  }

  return (
    <FormDialog
      title={title}
      description={`With a code of ${device}.`}
      width="sm"
      submitLabel={confirmLabel}
      submitIcon={icon}
      busy={since === undefined ? undefined : { label: busyLabel, since }}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <CodeField
        value={code}
        onChange={setCode}
        error={
          isTried && !isWhole
            ? 'Type the six digits that the device shows now.'
            : error !== undefined && isWrongCode(error) && code === ''
              ? 'AWS did not take that code.'
              : undefined
        }
        isUsed={isUsed && code === ''}
        autoFocus
      />
      {error !== undefined && !isWrongCode(error) && (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}
