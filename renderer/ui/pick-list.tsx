import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Text as AriaText } from 'react-aria-components/Text';
import { classNames } from './class-names';
import { BadgeIcon } from './icon';
import type { IconName } from './icon-names';
import { Text } from './text';
import styles from './pick-list.module.css';

export interface PickEntry<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly icon: IconName;
  /** A small word behind the title, such as “legacy”. */
  readonly tag?: string | undefined;
  /** At the end of the row: a meter, a count. */
  readonly end?: ReactNode;
  readonly isDisabled?: boolean | undefined;
}

interface PickListProps<Id extends string> {
  readonly label: string;
  readonly entries: readonly PickEntry<Id>[];
  readonly selected: Id | null;
  readonly onSelect: (id: Id) => void;
}

/** A list beside a view of what is selected in it: recipes, policies. */
export function PickList<Id extends string>({ label, entries, selected, onSelect }: PickListProps<Id>) {
  return (
    <ListBox
      className={classNames(styles['list'])}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        const chosen = entries.find((entry) => keys !== 'all' && keys.has(entry.id));
        if (chosen !== undefined) onSelect(chosen.id);
      }}
    >
      {entries.map((entry) => (
        <ListBoxItem
          key={entry.id}
          id={entry.id}
          className={classNames(styles['entry'])}
          textValue={entry.title}
          isDisabled={entry.isDisabled ?? false}
        >
          <BadgeIcon name={entry.icon} size="sm" />
          <span className={styles['words']}>
            <AriaText slot="label" className={classNames(styles['title'])}>
              {entry.title}
            </AriaText>
            {entry.tag === undefined ? null : (
              <Text size="xs" tone="muted">
                {' '}
                {entry.tag}
              </Text>
            )}
            {entry.detail === undefined ? null : (
              <AriaText slot="description" className={classNames(styles['detail'])}>
                {entry.detail}
              </AriaText>
            )}
          </span>
          {entry.end}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
