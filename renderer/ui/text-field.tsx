import type { ReactNode, Ref } from 'react';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { classNames } from './class-names';
import { CopyButton, type CopyOutcome } from './copy-button';
import { FieldFrame, type FieldWords } from './field-frame';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import styles from './field.module.css';

interface TextFieldProps extends FieldWords {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly isRequired?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  /** ARNs, identifiers, commands. */
  readonly mono?: boolean | undefined;
  readonly icon?: IconName | undefined;
  /** A fact at the end of the line, such as the limit: “role allows 1 h”. */
  readonly suffix?: ReactNode;
  /** 26, 32 or 36 pixels. */
  readonly size?: 'sm' | 'md' | 'lg' | undefined;
  /** `password` for what must not be read over a shoulder; takes no `ref`. */
  readonly type?: 'text' | 'password' | 'search' | undefined;
  readonly inputMode?: 'text' | 'numeric' | undefined;
  readonly maxLength?: number | undefined;
  /** Looks at what is pasted first. True takes it: then it does not go into the field. */
  readonly onPaste?: ((text: string) => boolean) | undefined;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** One line of text. Spelling, autofill and correction are off: what is typed here are names and identifiers. */
export function TextField(props: TextFieldProps) {
  const {
    value,
    onChange,
    onBlur,
    name,
    placeholder,
    error,
    icon,
    suffix,
    mono = false,
    size = 'md',
    type = 'text',
  } = props;
  const { isDisabled = false, isRequired = false, autoFocus = false, inputMode, maxLength, onPaste, ref } = props;
  return (
    <AriaTextField
      className={classNames(styles['field'])}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={error !== undefined}
      isDisabled={isDisabled}
      isRequired={isRequired}
      autoFocus={autoFocus}
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
      validationBehavior="aria"
      {...(onBlur === undefined ? {} : { onBlur })}
      {...(name === undefined ? {} : { name })}
      {...(inputMode === undefined ? {} : { inputMode })}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(onPaste === undefined
        ? {}
        : {
            onPaste: (event) => {
              if (onPaste(event.clipboardData.getData('text'))) event.preventDefault();
            },
          })}
    >
      <FieldFrame {...props}>
        <Group className={classNames(styles['box'])} data-size={size} data-mono={mono || undefined}>
          {icon === undefined ? null : <Icon name={icon} />}
          <Input
            className={classNames(styles['input'])}
            {...(placeholder === undefined ? {} : { placeholder })}
            {...(type === 'password' ? { ref: keepOutOfMarkup } : ref === undefined ? {} : { ref })}
          />
          {suffix === undefined ? null : <span className={styles['suffix']}>{suffix}</span>}
        </Group>
      </FieldFrame>
    </AriaTextField>
  );
}

/**
 * SECURITY(S-13): React writes what is typed into the `value` attribute as well, where copies of the page's markup would
 * carry it. What is typed is in the field itself; the attribute goes as soon as it comes.
 */
function keepOutOfMarkup(input: HTMLInputElement | null): (() => void) | undefined {
  if (input === null) return undefined;
  const observer = new MutationObserver(() => {
    if (input.hasAttribute('value')) input.removeAttribute('value');
  });
  observer.observe(input, { attributeFilter: ['value'] });
  return () => {
    observer.disconnect();
  };
}

interface TextAreaProps extends FieldWords {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly rows?: number | undefined;
  readonly mono?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** Several lines: pasted output, a policy. */
export function TextArea(props: TextAreaProps) {
  const { value, onChange, onBlur, name, placeholder, error, rows = 4, mono = false, isDisabled = false } = props;
  return (
    <AriaTextField
      className={classNames(styles['field'])}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isDisabled={isDisabled}
      autoComplete="off"
      spellCheck="false"
      validationBehavior="aria"
      {...(onBlur === undefined ? {} : { onBlur })}
      {...(name === undefined ? {} : { name })}
    >
      <FieldFrame {...props}>
        <AriaTextArea
          className={classNames(styles['box'], styles['area'])}
          data-mono={mono || undefined}
          rows={rows}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
      </FieldFrame>
    </AriaTextField>
  );
}

interface ReadOnlyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly help?: ReactNode;
  readonly onCopy?: (() => Promise<CopyOutcome>) | undefined;
}

/** Something made by the app that can be read and copied, never typed. */
export function ReadOnlyField({ label, value, help, onCopy }: ReadOnlyFieldProps) {
  return (
    <AriaTextField className={classNames(styles['field'])} value={value} isReadOnly>
      <FieldFrame label={label} help={help}>
        <Group className={classNames(styles['box'])} data-mono data-readonly>
          <Input className={classNames(styles['input'])} />
          {onCopy === undefined ? null : <CopyButton what={label} onCopy={onCopy} variant="ghost" />}
        </Group>
      </FieldFrame>
    </AriaTextField>
  );
}

interface TextSegment {
  readonly text: string;
  /** Kept in the value, or left out of it. */
  readonly kept: boolean;
}

interface CleanedUpProps {
  /** What was found: “Found one role in what you pasted.” */
  readonly found: string;
  /** What was left out: “Left out a label, quotes and a comma.” */
  readonly leftOut: string;
  /** The pasted text in order, cut where something was left out. */
  readonly segments: readonly TextSegment[];
  readonly undo?: ReactNode;
}

/** Under a field whose value was picked out of what was pasted: what was found, and what was left out, struck through. */
export function CleanedUp({ found, leftOut, segments, undo }: CleanedUpProps) {
  return (
    <div className={styles['cleaned']}>
      <p className={styles['cleanedHead']}>
        <Icon name="check" size="sm" tone="success" />
        <b>{found}</b> {leftOut}
      </p>
      <p className={styles['raw']}>
        {segments.map((segment, index) =>
          segment.kept ? <span key={index}>{segment.text}</span> : <del key={index}>{segment.text}</del>,
        )}
      </p>
      {undo}
    </div>
  );
}
