import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { Text as AriaText } from 'react-aria-components/Text';
import { classNames } from './class-names';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import styles from './choice.module.css';

interface RadioChoice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail?: ReactNode;
  readonly icon?: IconName | undefined;
  readonly isDisabled?: boolean | undefined;
}

interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  /** Beside the label, in small: what the choice does not change. */
  readonly help?: ReactNode;
  readonly options: readonly RadioChoice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  /** `cards` are the ways to create it; `rows` a plain list; `inline` one line. */
  readonly layout?: 'cards' | 'rows' | 'inline' | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** One of a few that are all seen at once. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hideLabel = false, help, options, value, onChange, layout = 'rows', isDisabled = false } = props;
  return (
    <AriaRadioGroup
      className={classNames(styles['group'])}
      value={value}
      isDisabled={isDisabled}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <div className={styles['groupHead']} data-hidden={(hideLabel && help === undefined) || undefined}>
        <Label className={classNames(styles['groupLabel'])} data-large={layout === 'cards' || undefined}>
          {label}
        </Label>
        {help === undefined ? null : (
          <AriaText slot="description" className={classNames(styles['groupHelp'])}>
            {help}
          </AriaText>
        )}
      </div>
      <div className={styles['options']} data-layout={layout}>
        {options.map((option) => (
          <RadioField
            key={option.value}
            value={option.value}
            className={classNames(styles['option'])}
            isDisabled={option.isDisabled ?? false}
          >
            <RadioButton className={classNames(layout === 'cards' ? styles['card'] : styles['choice'])}>
              <span className={styles['round']} aria-hidden="true" />
              <span className={styles['cardBody']}>
                <span className={styles['cardTitle']}>
                  {option.label}
                  {option.icon === undefined ? null : <Icon name={option.icon} />}
                </span>
                {option.detail === undefined ? null : <span className={styles['detail']}>{option.detail}</span>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

interface RadioTableRow<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail?: string | undefined;
  /** A small word behind the label, such as “for an incident”. */
  readonly tag?: string | undefined;
  /** What this choice does, one cell for each column after the first. */
  readonly cells: readonly ReactNode[];
  readonly isDisabled?: boolean | undefined;
}

interface RadioTableProps<Value extends string> {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly RadioTableRow<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  /** Red marks a choice that loses something. */
  readonly tone?: 'accent' | 'danger' | undefined;
  /** Leaves out the heads of the columns, below a table that has them. */
  readonly hidesHead?: boolean | undefined;
}

/** Choices whose effects are compared in columns: the ways to revoke. */
export function RadioTable<Value extends string>({
  label,
  columns,
  rows,
  value,
  onChange,
  tone = 'accent',
  hidesHead = false,
}: RadioTableProps<Value>) {
  return (
    <AriaRadioGroup
      className={classNames(styles['table'])}
      aria-label={label}
      data-tone={tone}
      value={value}
      onChange={(next) => {
        const chosen = rows.find((row) => row.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {hidesHead ? null : (
        <div className={styles['tableHead']} aria-hidden="true">
          <span />
          {columns.map((column) => (
            <span key={column}>{column}</span>
          ))}
        </div>
      )}
      {rows.map((row) => (
        <RadioField
          key={row.value}
          value={row.value}
          className={classNames(styles['option'])}
          isDisabled={row.isDisabled ?? false}
        >
          <RadioButton className={classNames(styles['tableRow'])}>
            <span className={styles['round']} aria-hidden="true" />
            <span>
              <span className={styles['rowTitle']}>{row.label}</span>
              {row.tag === undefined ? null : <span className={styles['tag']}>{row.tag}</span>}
              {row.detail === undefined ? null : <span className={styles['detail']}>{row.detail}</span>}
            </span>
            {row.cells.map((cell, index) => (
              <span key={index}>{cell}</span>
            ))}
          </RadioButton>
        </RadioField>
      ))}
    </AriaRadioGroup>
  );
}
