import { Button as AriaButton } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text as AriaText } from 'react-aria-components/Text';
import { classNames } from './class-names';
import { FieldFrame, type FieldWords } from './field-frame';
import { Icon } from './icon';
import fieldStyles from './field.module.css';
import styles from './popover.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail?: string | undefined;
}

interface SelectProps<Value extends string> extends FieldWords {
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly size?: 'sm' | 'md' | undefined;
}

/** One of a few, in a list that opens. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, placeholder = 'Choose', isDisabled = false, size = 'md', error } = props;
  return (
    <AriaSelect
      className={classNames(fieldStyles['field'])}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      placeholder={placeholder}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldFrame {...props}>
        <AriaButton className={classNames(fieldStyles['selectButton'])} data-size={size}>
          <SelectValue className={classNames(fieldStyles['selectValue'])} />
          <Icon name="updown" size="sm" />
        </AriaButton>
      </FieldFrame>
      <Popover className={classNames(styles['popover'])} offset={4}>
        <ListBox
          className={classNames(styles['list'])}
          items={options.map((option) => ({ id: option.value, ...option }))}
        >
          {(option) => (
            <ListBoxItem className={classNames(styles['item'])} id={option.value} textValue={option.label}>
              <span className={styles['words']}>
                <AriaText slot="label">{option.label}</AriaText>
                {option.detail === undefined ? null : (
                  <AriaText slot="description" className={classNames(styles['detail'])}>
                    {option.detail}
                  </AriaText>
                )}
              </span>
              <span className={styles['tick']}>
                <Icon name="check" size="sm" />
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
