import { Controller, type FieldValues, type Path, type PathValue, type UseFormReturn } from 'react-hook-form';
import type { AccessKey } from '../../../core/contract/sources';
import { readPastedKey } from '../../../core/domain/paste-key';
import { TextField } from '../../ui/text-field';

interface AccessKeyFieldsProps<Values extends FieldValues & AccessKey> {
  readonly form: UseFormReturn<Values>;
  readonly autoFocus?: boolean | undefined;
}

/**
 * The three fields of an access key, for a form that sends it to main and empties them. All lines that AWS shows can be
 * pasted into any of them at once.
 */
export function AccessKeyFields<Values extends FieldValues & AccessKey>({
  form,
  autoFocus = false,
}: AccessKeyFieldsProps<Values>) {
  const set = (name: keyof AccessKey, value: string | undefined) =>
    form.setValue(name as Path<Values>, value as PathValue<Values, Path<Values>>, {
      shouldDirty: true,
      shouldValidate: form.formState.isSubmitted,
    });
  const takeAll = (text: string) => {
    const pasted = readPastedKey(text);
    if (pasted === undefined) return false;
    set('accessKeyId', pasted.accessKeyId);
    set('secretAccessKey', pasted.secretAccessKey);
    set('sessionToken', pasted.sessionToken);
    return true;
  };
  const field = (
    name: keyof AccessKey,
    words: { readonly label: string; readonly help: string },
    look: { readonly isSecret?: boolean; readonly autoFocus?: boolean; readonly maxLength: number },
  ) => (
    <Controller
      name={name as Path<Values>}
      control={form.control}
      render={({ field: { value, onChange, onBlur }, fieldState }) => (
        <TextField
          {...words}
          value={value ?? ''}
          // a field that may be left out is left out, not sent empty
          onChange={(text) => onChange(name === 'sessionToken' && text === '' ? undefined : text)}
          onBlur={onBlur}
          onPaste={takeAll}
          type={look.isSecret === true ? 'password' : 'text'}
          mono
          autoFocus={look.autoFocus}
          maxLength={look.maxLength}
          error={fieldState.error?.message}
        />
      )}
    />
  );
  return (
    <>
      {field(
        'accessKeyId',
        {
          label: 'Access key ID',
          help: 'Begins with AKIA, or ASIA for a temporary one. All lines can be pasted here at once.',
        },
        { maxLength: 128, autoFocus },
      )}
      {field(
        'secretAccessKey',
        { label: 'Secret access key', help: 'AWS showed it once, when the key was made.' },
        { isSecret: true, maxLength: 256 },
      )}
      {field(
        'sessionToken',
        { label: 'Session token', help: 'Only for a temporary key. Leave it empty otherwise.' },
        { isSecret: true, maxLength: 4096 },
      )}
    </>
  );
}
