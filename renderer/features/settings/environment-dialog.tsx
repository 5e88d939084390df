import { useState } from 'react';
import { regionSchema } from '../../../core/domain/limits';
import { useDefaultRegion } from '../../app/default-region';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { Note } from '../../ui/note';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { devOnly } from './source-words';

interface EnvironmentDialogProps {
  readonly keyHint: string;
  readonly region: string | undefined;
  readonly onClose: () => void;
}

/** The keys that Sallyport was started with become a source identity; they are kept nowhere. */
export function EnvironmentDialog({ keyHint, region: suggested, onClose }: EnvironmentDialogProps) {
  const defaultRegion = useDefaultRegion() ?? '';
  const [region, setRegion] = useState(suggested ?? defaultRegion);
  const [isTried, setTried] = useState(false);
  const add = useAct('sources', 'addEnvironment');
  const isRegion = regionSchema.safeParse(region).success;
  const submit = async () => {
    setTried(true);
    if (!isRegion || (await add.run({ region })) === undefined) return;
    showToast({ title: 'The environment’s keys are added', icon: 'check' });
    onClose();
  };
  const remedy = useRemedy({ retry: () => void submit() });
  return (
    <FormDialog
      title="Use the environment’s keys"
      description={`Sallyport was started with access key ${keyHint}. It is read at each call and kept nowhere.`}
      width="sm"
      submitLabel="Use these keys"
      busy={add.busy ? { label: 'Asking AWS who it is' } : undefined}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Note tone="warning" title="Dev only.">
        {devOnly}
      </Note>
      <TextField
        label="Region"
        help="Where AWS is asked."
        placeholder="eu-west-1"
        value={region}
        onChange={setRegion}
        mono
        maxLength={32}
        autoFocus
        error={isTried && !isRegion ? 'A Region looks like eu-west-1.' : undefined}
      />
      {add.error !== undefined && (
        <ErrorPanel error={add.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}
