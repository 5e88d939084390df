import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { z } from '../../../core/zod';
import type { AppError } from '../../../core/app-error';
import { sources as sourcesContract } from '../../../core/contract/sources';
import type { Source } from '../../../core/domain/source';
import { useDefaultRegion } from '../../app/default-region';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { FormTextField } from '../../ui/form-field';
import { Columns } from '../../ui/layout';
import { Note } from '../../ui/note';
import { RadioGroup } from '../../ui/radio-group';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { AccessKeyFields } from '../access-key';
import { notRecommended } from './source-words';

const schema = sourcesContract.addAccessKey.input;
type KeyForm = z.infer<typeof schema>;
const empty: KeyForm = { label: '', accessKeyId: '', secretAccessKey: '', region: '', keep: true };

interface AccessKeyDialogProps {
  /** The key whose place this one takes; connections that use it go on with the new one. */
  readonly replaces: Source | undefined;
  readonly onClose: () => void;
}

/** The form for a key that stays. It goes to main once, and the field is emptied whatever happens next. */
export function AccessKeyDialog({ replaces, onClose }: AccessKeyDialogProps) {
  const defaultRegion = useDefaultRegion() ?? '';
  const form = useForm<KeyForm>({
    resolver: zodResolver(schema),
    defaultValues:
      replaces === undefined
        ? { ...empty, region: defaultRegion }
        : {
            ...empty,
            label: replaces.label,
            region: replaces.region,
            keep: replaces.kind !== 'access-key' || replaces.kept === 'keychain',
            replaces: replaces.id,
            ...(replaces.kind === 'access-key' && replaces.mfaSerial !== undefined
              ? { mfaSerial: replaces.mfaSerial }
              : {}),
          },
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const close = () => {
    form.reset(empty);
    onClose();
  };
  const submit = form.handleSubmit(async (values) => {
    setBusy(true);
    setError(undefined);
    // SECURITY(S-13): asked directly and not through a query client, which would remember what it was called with
    const answer = await client.sources.addAccessKey(values);
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    showToast({
      title: `Access key ${replaces === undefined ? 'added' : 'replaced'}: ${answer.value.source.label}`,
      detail: values.keep ? 'Its secret is kept for you and never shown.' : 'It is forgotten when Sallyport quits.',
      icon: 'key',
    });
    close();
  });
  const remedy = useRemedy({ retry: () => void submit() });

  return (
    <FormDialog
      title={replaces === undefined ? 'Add an access key' : `Replace the access key of ${replaces.label}`}
      description="Sallyport keeps the secret. It cannot be read back here, and is never shown again."
      width="md"
      submitLabel={replaces === undefined ? 'Add the key' : 'Replace the key'}
      submitIcon="key"
      busy={busy ? { label: 'Asking AWS who it is' } : undefined}
      lockedReason={busy ? 'AWS is being asked' : undefined}
      footWords="Esc closes and forgets what was typed."
      onSubmit={() => void submit()}
      onClose={close}
    >
      <Note tone="warning" title="Not recommended.">
        {notRecommended}
      </Note>
      <Columns layout="even">
        <FormTextField
          control={form.control}
          name="label"
          label="Name"
          help="Yours to choose."
          autoFocus
          maxLength={80}
        />
        <FormTextField
          control={form.control}
          name="region"
          label="Region"
          help="Where AWS is asked."
          placeholder="eu-west-1"
          mono
          maxLength={32}
        />
      </Columns>
      <AccessKeyFields form={form} />
      <Controller
        name="mfaSerial"
        control={form.control}
        render={({ field: { value, onChange, onBlur }, fieldState }) => (
          <TextField
            label="MFA device"
            help="Only where roles ask for one: its ARN, or the number on it. The code is asked for each time."
            placeholder="arn:aws:iam::111122223333:mfa/name"
            value={value ?? ''}
            // a field that may be left out is left out, not sent empty
            onChange={(text) => onChange(text === '' ? undefined : text)}
            onBlur={onBlur}
            mono
            maxLength={256}
            error={fieldState.error?.message}
          />
        )}
      />
      <Controller
        name="keep"
        control={form.control}
        render={({ field: { value, onChange } }) => (
          <RadioGroup<'keep' | 'once'>
            label="Afterwards"
            layout="rows"
            value={value ? 'keep' : 'once'}
            onChange={(choice) => onChange(choice === 'keep')}
            options={[
              { value: 'keep', label: 'Keep it in the keychain', detail: 'It is there after the next start.' },
              { value: 'once', label: 'Use it once and forget it', detail: 'In memory until Sallyport quits.' },
            ]}
          />
        )}
      />
      {error !== undefined && (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}
