import type { ComponentProps } from 'react';
import { Controller, type Control, type FieldPath, type FieldValues } from 'react-hook-form';
import { TextArea, TextField } from './text-field';

interface Bound<Values extends FieldValues> {
  readonly control: Control<Values>;
  readonly name: FieldPath<Values>;
  /** Said instead of the schema's own words. */
  readonly errorWords?: string | undefined;
  /** A refusal that came from elsewhere than the form; the form's own comes first. */
  readonly refusal?: string | undefined;
}

type FormTextFieldProps<Values extends FieldValues> = Bound<Values> &
  Omit<ComponentProps<typeof TextField>, 'name' | 'value' | 'onChange' | 'onBlur' | 'error'> & {
    /** Takes out of what was typed or pasted what people bring along: spaces, dashes. */
    readonly tidy?: ((text: string) => string) | undefined;
  };

/** A line of text that belongs to a form. */
export function FormTextField<Values extends FieldValues>(props: FormTextFieldProps<Values>) {
  const { control, name, errorWords, refusal, tidy, ...words } = props;
  return (
    <Controller
      name={name}
      control={control}
      render={({ field, fieldState: { error } }) => (
        <TextField
          {...words}
          value={field.value}
          onChange={(text) => {
            field.onChange(tidy === undefined ? text : tidy(text));
          }}
          onBlur={field.onBlur}
          error={error === undefined ? refusal : (errorWords ?? error.message)}
        />
      )}
    />
  );
}

type FormTextAreaProps<Values extends FieldValues> = Bound<Values> &
  Omit<ComponentProps<typeof TextArea>, 'name' | 'value' | 'onChange' | 'onBlur' | 'error'>;

/** Several lines that belong to a form. */
export function FormTextArea<Values extends FieldValues>(props: FormTextAreaProps<Values>) {
  const { control, name, errorWords, refusal, ...words } = props;
  return (
    <Controller
      name={name}
      control={control}
      render={({ field, fieldState: { error } }) => (
        <TextArea
          {...words}
          value={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          error={error === undefined ? refusal : (errorWords ?? error.message)}
        />
      )}
    />
  );
}
