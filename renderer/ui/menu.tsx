import type { ReactElement } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text as AriaText } from 'react-aria-components/Text';
import { classNames } from './class-names';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import { Key } from './text';
import styles from './popover.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon?: IconName | undefined;
  readonly keys?: string | undefined;
  readonly tone?: 'danger' | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly onAction: () => void;
}

export interface MenuGroup {
  readonly id: string;
  readonly heading?: string | undefined;
  readonly entries: readonly MenuEntry[];
}

interface MenuProps {
  /** The accessible name of the list. */
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly groups: readonly MenuGroup[];
  /** A line under everything, such as “Clipboard cleared after 30 s”. */
  readonly foot?: string | undefined;
  readonly placement?: 'bottom start' | 'bottom end' | undefined;
}

/** Actions under a button. */
export function Menu({ label, trigger, groups, foot, placement = 'bottom start' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={classNames(styles['popover'])} offset={4} placement={placement}>
        <MenuList label={label} groups={groups} />
        {foot === undefined ? null : <p className={styles['foot']}>{foot}</p>}
      </Popover>
    </MenuTrigger>
  );
}

/** The list alone. */
export function MenuList({ label, groups }: Pick<MenuProps, 'label' | 'groups'>) {
  return (
    <AriaMenu className={classNames(styles['list'])} aria-label={label}>
      {groups.map((group) => (
        <MenuSection key={group.id} aria-label={group.heading ?? label}>
          {group.heading === undefined ? null : (
            <Header className={classNames(styles['heading'])}>{group.heading}</Header>
          )}
          {group.entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              className={classNames(styles['item'])}
              data-tone={entry.tone}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              onAction={entry.onAction}
            >
              {entry.icon === undefined ? null : <Icon name={entry.icon} />}
              <span className={styles['words']}>
                <AriaText slot="label">{entry.label}</AriaText>
                {entry.detail === undefined ? null : (
                  <AriaText slot="description" className={classNames(styles['detail'])}>
                    {entry.detail}
                  </AriaText>
                )}
              </span>
              {entry.keys === undefined ? null : <Key>{entry.keys}</Key>}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </AriaMenu>
  );
}
