import { useMemo, useState, type KeyboardEvent } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import { classNames } from '../ui/class-names';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { Key } from '../ui/text';
import styles from './command-list.module.css';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: string | undefined;
  readonly onRun: () => void;
}

interface CommandListProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly commands: readonly Command[];
}

/** Where to go and what to do, by typing. Every word typed has to be found, in any order. */
export function CommandList({ isOpen, onClose, commands }: CommandListProps) {
  return (
    <ModalOverlay
      className={classNames(styles['scrim'])}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classNames(styles['palette'])}>
        <AriaDialog className={classNames(styles['dialog'])} aria-label="Search or run a command">
          <CommandSearch commands={commands} onClose={onClose} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function CommandSearch({ commands, onClose }: Omit<CommandListProps, 'isOpen'>) {
  const [query, setQuery] = useState('');
  const found = useMemo(() => commands.filter((command) => matches(command.label, query)), [commands, query]);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.onRun();
  };
  /**
   * Enter runs what is marked, or what stands first. The list marks its first entry some time after a letter: whoever types
   * fast would run the first one of an earlier list. And the key is over then: it must not press what was just focused.
   */
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const marked = (event.target as Element).getAttribute('aria-activedescendant');
    const key = marked === null ? undefined : document.getElementById(marked)?.dataset['key'];
    run(found.find(({ id }) => id === key) ?? found[0]);
  };
  return (
    <div role="presentation" className={styles['whole']} onKeyDownCapture={press}>
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField className={classNames(styles['field'])} aria-label="Search or run a command" autoFocus>
          <Icon name="search" />
          <Input className={classNames(styles['input'])} placeholder="Search or run a command" />
          <Key>esc</Key>
        </SearchField>
        <ListBox
          className={classNames(styles['list'])}
          aria-label="Commands"
          items={found}
          renderEmptyState={() => <p className={styles['none']}>Nothing here has that name.</p>}
          onAction={(key) => run(commands.find((command) => command.id === key))}
        >
          {(command) => (
            <ListBoxItem className={classNames(styles['item'])} textValue={command.label}>
              <Icon name={command.icon} />
              <span className={styles['label']}>{command.label}</span>
              {command.keys === undefined ? null : <Key>{command.keys}</Key>}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </div>
  );
}

function matches(label: string, query: string): boolean {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.every((word) => label.toLowerCase().includes(word));
}
