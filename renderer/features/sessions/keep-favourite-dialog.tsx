import { useState } from 'react';
import type { Session } from '../../../core/domain/session';
import { useAct } from '../../ipc/queries';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';

interface KeepFavouriteDialogProps {
  readonly session: Session;
  readonly onClose: () => void;
}

/** What this session was asked for, under a name, to be started again with one press. */
export function KeepFavouriteDialog({ onClose, session }: KeepFavouriteDialogProps) {
  const [name, setName] = useState(session.connectionName);
  const [isAtLaunch, setAtLaunch] = useState(false);
  const [isTried, setTried] = useState(false);
  const keep = useAct('sessions', 'keepFavourite');
  const asksForCode = session.request.mfaSerial !== undefined;
  const run = () => {
    setTried(true);
    if (name.trim() === '') return;
    void keep.run({ sessionId: session.id, name, atLaunch: isAtLaunch && !asksForCode }).then((answer) => {
      if (answer === undefined) return;
      onClose();
      showToast({
        title: `“${answer.favourite.name}” is a favourite`,
        detail: 'It starts with one press.',
        icon: 'bolt',
      });
    });
  };
  return (
    <FormDialog
      title="Keep as a favourite"
      description="The same connection, duration, policy, tags and road. No credentials are kept with it."
      width="sm"
      submitLabel="Keep the favourite"
      submitIcon="bolt"
      busy={keep.busy ? { label: 'Keeping' } : undefined}
      onSubmit={run}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={isTried && name.trim() === '' ? 'A favourite needs a name.' : undefined}
        maxLength={80}
        autoFocus
      />
      <Checkbox
        isSelected={isAtLaunch && !asksForCode}
        onChange={setAtLaunch}
        isDisabled={asksForCode}
        detail={asksForCode ? 'Not with an MFA code: somebody has to type it.' : 'Unless one like it is live.'}
      >
        Start it whenever Sallyport starts
      </Checkbox>
      {keep.error !== undefined && <ErrorPanel error={keep.error} onRemedy={() => keep.reset()} isBare />}
    </FormDialog>
  );
}
