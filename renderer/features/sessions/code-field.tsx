import type { Ref } from 'react';
import { TextField } from '../../ui/text-field';

interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly error?: string | undefined;
  /** The last code was sent, and AWS takes none twice. */
  readonly isUsed?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** Six digits of an MFA device. Typed each time and never kept. */
export function CodeField({ autoFocus = false, error, isUsed = false, onChange, ref, value }: CodeFieldProps) {
  return (
    <TextField
      label="MFA code"
      help={
        isUsed
          ? 'The last code has been used: wait until the device shows the next one.'
          : 'Six digits that the device shows now. AWS takes each code once.'
      }
      value={value}
      onChange={(text) => onChange(text.replaceAll(/\D/g, '').slice(0, 6))}
      error={error}
      inputMode="numeric"
      maxLength={7}
      autoFocus={autoFocus}
      mono
      {...(ref === undefined ? {} : { ref })}
    />
  );
}
