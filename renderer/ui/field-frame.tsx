import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text as AriaText } from 'react-aria-components/Text';
import { classNames } from './class-names';
import { Icon } from './icon';
import styles from './field.module.css';

export interface FieldWords {
  readonly label: string;
  /** One line under the field, always shown. */
  readonly help?: ReactNode;
  /** What is wrong and where the right thing is found. Its presence makes the field invalid. */
  readonly error?: ReactNode;
  /** Keeps the label for screen readers only, where the place says it already. */
  readonly hideLabel?: boolean | undefined;
}

/** Label above, help or error below: the inside of every React Aria field of ours. */
export function FieldFrame({
  label,
  help,
  error,
  hideLabel = false,
  children,
}: FieldWords & { readonly children: ReactNode }) {
  return (
    <>
      <Label className={classNames(styles['label'])} data-hidden={hideLabel || undefined}>
        {label}
      </Label>
      {children}
      {error === undefined ? null : (
        <FieldError className={classNames(styles['error'])}>
          <Icon name="x-circle" size="sm" />
          <span>{error}</span>
        </FieldError>
      )}
      {help === undefined ? null : (
        <AriaText slot="description" className={classNames(styles['help'])}>
          {help}
        </AriaText>
      )}
    </>
  );
}
