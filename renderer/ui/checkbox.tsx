import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { classNames } from './class-names';
import { Icon } from './icon';
import styles from './choice.module.css';

interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Some of what it stands for is chosen. */
  readonly isMixed?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly detail?: ReactNode;
}

/** A yes or no that takes effect with the form it is in. */
export function Checkbox({
  children,
  isSelected,
  onChange,
  isMixed = false,
  isDisabled = false,
  detail,
}: CheckboxProps) {
  return (
    <CheckboxField
      className={classNames(styles['option'])}
      isSelected={isSelected}
      isIndeterminate={isMixed}
      isDisabled={isDisabled}
      onChange={onChange}
    >
      <CheckboxButton className={classNames(styles['choice'])}>
        <CheckMark state={isMixed ? 'mixed' : isSelected ? 'on' : 'off'} />
        <span>
          {children}
          {detail === undefined ? null : <span className={styles['detail']}>{detail}</span>}
        </span>
      </CheckboxButton>
    </CheckboxField>
  );
}

/** The square itself, for places such as a table where the control is made elsewhere. */
export function CheckMark({ state }: { readonly state: 'off' | 'on' | 'mixed' }) {
  return (
    <span className={styles['square']} data-state={state} aria-hidden="true">
      {state === 'off' ? null : <Icon name={state === 'on' ? 'check' : 'minus'} size="xs" />}
    </span>
  );
}
