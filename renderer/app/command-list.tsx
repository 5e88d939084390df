import { useMemo, useState } from 'react';
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
  return (
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
        onAction={(key) => {
          onClose();
          commands.find((command) => command.id === key)?.onRun();
        }}
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
  );
}

function matches(label: string, query: string): boolean {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.every((word) => label.toLowerCase().includes(word));
}
