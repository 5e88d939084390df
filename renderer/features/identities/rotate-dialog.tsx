import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AccessKey } from '../../../core/domain/identities';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatDate } from '../../ui/format';
import { Select } from '../../ui/select';
import { Mono, Text } from '../../ui/text';

interface RotateDialogProps {
  readonly sourceId: string;
  readonly userName: string;
  readonly accessKeyId: string;
  readonly keys: readonly AccessKey[];
  readonly onClose: () => void;
}

const graces = [
  { value: '0', label: 'At once' },
  { value: '1', label: '1 hour' },
  { value: '24', label: '24 hours' },
  { value: '168', label: '7 days' },
] as const;

/** What a rotation does, how long the old key can be turned on again, and which key makes room where there are two. */
export function RotateDialog({ accessKeyId, keys, onClose, sourceId, userName }: RotateDialogProps) {
  const [grace, setGrace] = useState<(typeof graces)[number]['value']>('24');
  const [mayGo, setMayGo] = useState(false);
  const rotate = useAct('identities', 'rotate');
  const navigate = useNavigate();
  const other = keys.find((key) => key.accessKeyId !== accessKeyId);
  const run = async () => {
    const answer = await rotate.run({
      ...{ sourceId, userName, accessKeyId, graceHours: Number(grace) },
      ...(other === undefined ? {} : { makesRoomOf: other.accessKeyId }),
    });
    if (answer !== undefined) void navigate(`/identities/acts/${answer.actId}`);
  };
  const remedy = useRemedy({ retry: () => void run() });
  return (
    <FormDialog
      title="Rotate this key"
      description={
        <>
          A second key is made and tried before <Mono>{accessKeyId}</Mono> is turned off. Until that one is deleted, all
          of it can be taken back.
        </>
      }
      width="sm"
      submitLabel="Make the new key"
      submitIcon="key"
      busy={rotate.busy ? { label: 'Asking AWS' } : undefined}
      disabledReason={other !== undefined && !mayGo ? 'AWS allows no third key: say that the other may go.' : undefined}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Select
        label="Delete the old key after"
        help="Turned off before that, and turned on again with one press."
        value={grace}
        options={graces}
        onChange={setGrace}
      />
      {other !== undefined && (
        <Checkbox
          isSelected={mayGo}
          onChange={setMayGo}
          detail={`${other.active ? 'It is on' : 'It is off'}, ${
            other.use?.read === true
              ? other.use.value.at === undefined
                ? 'and was never used.'
                : `and was last used on ${formatDate(other.use.value.at)}.`
              : 'and its use could not be read.'
          } This cannot be taken back.`}
        >
          Delete {other.accessKeyId} first, to make room
        </Checkbox>
      )}
      <Text tone="muted" size="sm">
        The new key goes into the keychain of this computer, not into this window.
      </Text>
      {rotate.error !== undefined && (
        <ErrorPanel error={rotate.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
      )}
    </FormDialog>
  );
}
