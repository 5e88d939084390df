import { useRef, type RefObject } from 'react';
import { OverlayTriggerStateContext } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import {
  Menu as AriaMenu,
  MenuContext,
  MenuItem,
  MenuSection,
  RootMenuTriggerStateContext,
} from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text as AriaText } from 'react-aria-components/Text';
import type { useMenuTrigger } from 'react-aria/useMenu';
import type { useMenuTriggerState } from 'react-stately/useMenuTriggerState';
import { classNames } from './class-names';
import { Icon } from './icon';
import type { MenuProps } from './menu';
import { Key } from './text';
import styles from './popover.module.css';

interface MenuPopoverProps extends Omit<MenuProps, 'placement' | 'trigger'> {
  readonly placement: NonNullable<MenuProps['placement']>;
  readonly state: ReturnType<typeof useMenuTriggerState>;
  readonly button: RefObject<HTMLElement | null>;
  readonly menuProps: ReturnType<typeof useMenuTrigger>['menuProps'];
}

/** What opens under a menu's button, as under React Aria's own MenuTrigger. */
export function MenuPopover({ state, button, menuProps, label, groups, foot, placement }: MenuPopoverProps) {
  const list = useRef<HTMLDivElement>(null);
  const labelledBy = menuProps['aria-labelledby'];
  return (
    <OverlayTriggerStateContext value={state}>
      <RootMenuTriggerStateContext value={state}>
        <MenuContext value={{ ...menuProps, ref: list }}>
          <Popover
            className={classNames(styles['popover'])}
            trigger="MenuTrigger"
            triggerRef={button}
            scrollRef={list}
            {...(labelledBy === undefined ? {} : { 'aria-labelledby': labelledBy })}
            offset={4}
            placement={placement}
          >
            <MenuList label={label} groups={groups} />
            {foot === undefined ? null : <p className={styles['foot']}>{foot}</p>}
          </Popover>
        </MenuContext>
      </RootMenuTriggerStateContext>
    </OverlayTriggerStateContext>
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
