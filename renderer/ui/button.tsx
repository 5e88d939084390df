import { useId, type ReactNode, type Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useNow } from '../app/clock';
import { classNames } from './class-names';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import { Spinner } from './ring';
import { Key, VisuallyHidden } from './text';
import { Tooltip } from './tooltip';
import styles from './button.module.css';

/** Primary: one a view. Danger-quiet opens a dialog, danger acts in it. */
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger-quiet' | 'danger' | 'link';

/** 26 in tables, 32 everywhere, 40 for a decision. */
export type ButtonSize = 'sm' | 'md' | 'lg';

/** Work that a press has started. With `since`, milliseconds since the epoch, the seconds are counted. */
export interface Busy {
  readonly label: string;
  readonly since?: number | undefined;
}

interface PressProps {
  readonly onPress?: (() => void) | undefined;
  /** Says why it cannot be pressed now. It stays in the tab order, so that the reason can be found. */
  readonly disabledReason?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly describedBy?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

interface ButtonProps extends PressProps {
  readonly children: ReactNode;
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: IconName | undefined;
  readonly iconTone?: 'success' | undefined;
  readonly trailingIcon?: IconName | undefined;
  /** Key caps at the end. Only shows them: the binding is elsewhere. */
  readonly keys?: string | undefined;
  readonly busy?: Busy | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  /** Fills its row; the words stay at the start. */
  readonly fill?: boolean | undefined;
}

/** A verb with its object. A trailing … means that it asks first. */
export function Button(props: ButtonProps) {
  const {
    children,
    variant = 'secondary',
    size = 'md',
    icon,
    iconTone,
    trailingIcon,
    keys,
    busy,
    fill = false,
  } = props;
  const iconSize = size === 'sm' || variant === 'link' ? 'sm' : 'md';
  return (
    <PressTarget
      {...props}
      className={classNames(styles['button'])}
      variant={variant}
      size={size}
      isBusy={busy !== undefined}
      fill={fill}
    >
      {busy === undefined ? (
        <>
          {icon === undefined ? null : <Icon name={icon} size={iconSize} tone={iconTone} />}
          <span className={styles['label']}>{children}</span>
          {trailingIcon === undefined ? null : <Icon name={trailingIcon} size={iconSize} />}
          {keys === undefined ? null : <Key>{keys}</Key>}
        </>
      ) : (
        <>
          <Spinner size="xs" tone="inherit" />
          <span className={styles['label']}>
            {busy.label}
            {busy.since === undefined ? null : <BusySeconds since={busy.since} />}
          </span>
        </>
      )}
    </PressTarget>
  );
}

interface IconButtonProps extends PressProps {
  readonly icon: IconName;
  /** The accessible name, also shown as a tooltip. */
  readonly label: string;
  readonly variant?: 'secondary' | 'ghost' | undefined;
  readonly size?: ButtonSize | undefined;
}

/** A square control with an icon for its words. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, variant = 'ghost', size = 'md' } = props;
  return (
    <PressTarget
      {...props}
      className={classNames(styles['button'], styles['square'])}
      variant={variant}
      size={size}
      tooltip={label}
    >
      <Icon name={icon} size={size === 'sm' ? 'sm' : 'md'} />
    </PressTarget>
  );
}

interface PressTargetProps extends PressProps {
  readonly children: ReactNode;
  readonly className: string;
  readonly variant: ButtonVariant;
  readonly size: ButtonSize;
  readonly label?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly isBusy?: boolean | undefined;
  readonly fill?: boolean | undefined;
  readonly type?: 'button' | 'submit' | undefined;
}

function PressTarget(props: PressTargetProps) {
  const { children, className, variant, size, label, tooltip, disabledReason, describedBy, type = 'button' } = props;
  const { isBusy = false, fill = false, isDisabled = false, autoFocus = false, onPress, ref } = props;
  const reasonId = useId();
  const isBlocked = disabledReason !== undefined;
  const description = classNames(describedBy, isBlocked && reasonId);
  const button = (
    <AriaButton
      className={className}
      data-variant={variant}
      data-size={size}
      data-blocked={isBlocked || undefined}
      data-busy={isBusy || undefined}
      data-fill={fill || undefined}
      type={type}
      isDisabled={isDisabled}
      // Pending keeps the focus, refuses the press and the form's submit: what a blocked button must do as well.
      isPending={isBusy || isBlocked}
      autoFocus={autoFocus}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(description === '' ? {} : { 'aria-describedby': description })}
      {...(onPress === undefined ? {} : { onPress })}
      {...(ref === undefined ? {} : { ref })}
    >
      {children}
    </AriaButton>
  );
  const hint = disabledReason ?? tooltip;
  return (
    <>
      {hint === undefined ? button : <Tooltip text={hint}>{button}</Tooltip>}
      {isBlocked ? (
        <VisuallyHidden>
          <span id={reasonId}>{disabledReason}</span>
        </VisuallyHidden>
      ) : null}
    </>
  );
}

function BusySeconds({ since }: { readonly since: number }) {
  const seconds = Math.max(0, Math.floor((useNow() - since) / 1000));
  // A second more or less is no news to a screen reader: the label alone is its name.
  return <span aria-hidden="true">{`, ${String(seconds)} s`}</span>;
}
