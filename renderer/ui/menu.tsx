import { useRef, type ReactElement } from 'react';
import { PressResponder } from 'react-aria/private/interactions/PressResponder';
import { useMenuTrigger } from 'react-aria/useMenu';
import { useMenuTriggerState } from 'react-stately/useMenuTriggerState';
import { drawnLater, useOnceSo } from './drawn-later';
import type { IconName } from './icon-names';

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

export interface MenuProps {
  /** The accessible name of the list. */
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly groups: readonly MenuGroup[];
  /** A line under everything, such as “Clipboard cleared after 30 s”. */
  readonly foot?: string | undefined;
  readonly placement?: 'bottom start' | 'bottom end' | undefined;
}

const MenuPopover = drawnLater(async () => (await import('./menu-popover')).MenuPopover);

/**
 * Actions under a button. The button is what React Aria's own MenuTrigger makes of it; what opens under it comes later, for
 * the first script draws a button and no list.
 */
export function Menu({ label, trigger, groups, foot, placement = 'bottom start' }: MenuProps) {
  const state = useMenuTriggerState({});
  const button = useRef<HTMLButtonElement>(null);
  const { menuTriggerProps, menuProps } = useMenuTrigger({ type: 'menu' }, state, button);
  const wasOpened = useOnceSo(state.isOpen);
  return (
    <>
      <PressResponder {...menuTriggerProps} ref={button} isPressed={state.isOpen}>
        {trigger}
      </PressResponder>
      {wasOpened ? (
        <MenuPopover
          state={state}
          button={button}
          menuProps={menuProps}
          label={label}
          groups={groups}
          foot={foot}
          placement={placement}
        />
      ) : null}
    </>
  );
}
