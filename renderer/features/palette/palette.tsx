import { useEffect, useEffectEvent, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Modal } from 'react-aria-components/Modal';
import { keyCaps } from '../../../core/domain/shortcuts';
import type { Platform } from '../../app/platform';
import type { TypedAhead } from '../../app/typed-ahead';
import { classNames } from '../../ui/class-names';
import { formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Scrim } from '../../ui/scrim';
import { AccountId, Key, VisuallyHidden } from '../../ui/text';
import type { Entry, EntryGroup, PaletteDoors, Subject } from './entries';
import { groupsOf, insteadId } from './groups';
import { markedPieces, wordsOf } from './match';
import { keepRecent } from './recent';
import { useSources } from './use-sources';
import styles from './palette.module.css';

interface PaletteProps {
  readonly isOpen: boolean;
  readonly platform: Platform;
  readonly doors: PaletteDoors;
  /** What was typed while this was being loaded; a line break is Enter. */
  readonly typed: TypedAhead;
  readonly onClose: () => void;
}

/** Everything by typing: connections, sessions, accounts, places, acts, settings. */
export function Palette({ isOpen, onClose, ...rest }: PaletteProps) {
  return (
    <Scrim
      className={classNames(styles['scrim'])}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classNames(styles['palette'])}>
        <AriaDialog className={classNames(styles['dialog'])} aria-label="Search or run a command">
          <PaletteSearch {...rest} onClose={onClose} />
        </AriaDialog>
      </Modal>
    </Scrim>
  );
}

/** Lines that a page key goes over. */
const pageOfLines = 8;

function PaletteSearch({ doors, onClose, platform, typed }: Omit<PaletteProps, 'isOpen'>) {
  const [text, setText] = useState('');
  const [within, setWithin] = useState<Subject>();
  const [markedId, setMarkedId] = useState<string>();
  /** For which words Enter was pressed before there was a list. */
  const hasty = useRef<string>(undefined);
  const isTaken = useRef(false);
  const sources = useSources(doors);
  const listId = useId();
  const groups = useMemo(() => groupsOf(sources, { text, within }), [sources, text, within]);
  const entries = groups.flatMap((group) => group.entries.map((entry) => ({ entry, id: lineId(group, entry) })));
  const marked = entries.find(({ id }) => id === markedId) ?? entries[0];
  const isNothing = groups.every(({ id }) => id === insteadId);
  const words = wordsOf(text.startsWith('>') ? text.slice(1) : text);

  const write = (next: string) => {
    if (next === '?') {
      onClose();
      doors.showKeys();
      return;
    }
    setText(next);
    setMarkedId(undefined);
    hasty.current = undefined;
  };
  /** From here on keys come to the field itself: what was drawn may stand on the screen only later. */
  const takeTyped = () => {
    if (isTaken.current) return;
    isTaken.current = true;
    const ahead = typed();
    const letters = ahead.replaceAll('\n', '');
    if (letters !== '') write(letters);
    if (ahead.includes('\n')) hasty.current = letters;
  };
  const run = (entry: Entry | undefined, isSecond = false) => {
    const act = isSecond ? entry?.second?.run : entry?.run;
    if (entry === undefined || act === undefined) return;
    keepRecent(entry.chosenAs ?? entry.id);
    onClose();
    act();
  };
  const goInto = (subject: Subject | undefined) => {
    setWithin(subject);
    setText('');
    setMarkedId(undefined);
  };
  const step = (by: number, wraps: boolean) => {
    const at = entries.findIndex(({ id }) => id === marked?.id);
    const next = wraps
      ? (at + by + entries.length) % entries.length
      : Math.max(0, Math.min(entries.length - 1, at + by));
    const id = entries[next]?.id;
    setMarkedId(id);
    if (id !== undefined) document.getElementById(`${listId}-${id}`)?.scrollIntoView({ block: 'nearest' });
  };
  /** Enter runs what is marked, or what stands first. The key is over then: it must not press what was just focused. */
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') step(1, true);
    else if (key === 'ArrowUp') step(-1, true);
    else if (key === 'PageDown') step(pageOfLines, false);
    else if (key === 'PageUp') step(-pageOfLines, false);
    else if (key === 'Enter') run(marked?.entry, platform === 'mac' ? event.metaKey : event.ctrlKey);
    else if (key === 'Tab' && !event.shiftKey && within === undefined && marked?.entry.subject !== undefined) {
      goInto(marked.entry.subject);
    } else if (within !== undefined && (key === 'Escape' || (key === 'Backspace' && text === ''))) goInto(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // Enter that came before the list: it is done as soon as there is something to do it with
  const hurry = useEffectEvent(() => {
    if (hasty.current !== text || marked === undefined) return;
    hasty.current = undefined;
    run(marked.entry);
  });
  useEffect(() => hurry(), [marked?.id, text]);

  return (
    <>
      <div className={styles['field']}>
        <Icon name="search" />
        {within !== undefined && <span className={styles['within']}>{within.name}</span>}
        <input
          className={styles['input']}
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={marked === undefined ? undefined : `${listId}-${marked.id}`}
          placeholder={within === undefined ? 'Search or run a command' : 'What to do with it'}
          value={text}
          maxLength={300}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          autoFocus
          onFocus={takeTyped}
          onChange={({ target }) => write(target.value)}
          onKeyDown={press}
        />
        <Key>esc</Key>
      </div>
      {isNothing && (
        <p className={styles['none']}>
          Nothing here has that name. A name, an account ID, an ARN or a word of what you want to do finds it;{' '}
          <b>&gt;</b> shows every command.
        </p>
      )}
      <div id={listId} role="listbox" aria-label="What was found" className={styles['list']} tabIndex={-1}>
        {groups.map((group) => (
          <div key={group.id} role="group" aria-label={group.heading}>
            <p className={styles['heading']} role="presentation">
              {group.heading}
            </p>
            {group.entries.map((entry) => {
              const id = lineId(group, entry);
              return (
                <Line
                  key={id}
                  id={`${listId}-${id}`}
                  entry={entry}
                  words={group.isBeside === true ? [] : words}
                  platform={platform}
                  isMarked={id === marked?.id}
                  onMark={() => setMarkedId(id)}
                  onRun={() => run(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <Foot platform={platform} marked={marked?.entry} isWithin={within !== undefined} />
      <VisuallyHidden>
        <span role="status">{isNothing ? 'Nothing found' : formatQuantity(entries.length, 'result')}</span>
      </VisuallyHidden>
    </>
  );
}

/** An entry may stand in two groups. */
function lineId(group: EntryGroup, entry: Entry): string {
  return `${group.id}/${entry.id}`.replaceAll(/\s/g, '_');
}

interface LineProps {
  readonly id: string;
  readonly entry: Entry;
  readonly words: readonly string[];
  readonly platform: Platform;
  readonly isMarked: boolean;
  readonly onMark: () => void;
  readonly onRun: () => void;
}

function Line({ entry, id, isMarked, onMark, onRun, platform, words }: LineProps) {
  const { accountId, chord, detail, icon, label } = entry;
  return (
    // keys go to the field, which says by aria-activedescendant which line they are for
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      tabIndex={-1}
      className={styles['item']}
      data-marked={isMarked || undefined}
      onPointerMove={onMark}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <Icon name={icon} />
      <span className={styles['label']}>
        {markedPieces(label, words).map(({ isMarked: isFound, text }, index) =>
          isFound ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
        )}
      </span>
      {detail === undefined ? null : <span className={styles['detail']}>{detail}</span>}
      <span className={styles['end']}>
        {accountId === undefined ? null : <AccountId id={accountId} />}
        {chord === undefined ? isMarked ? <Key>↵</Key> : null : <Caps caps={keyCaps(platform, chord)} />}
      </span>
    </div>
  );
}

function Caps({ caps }: { readonly caps: readonly string[] }) {
  return caps.map((cap) => <Key key={cap}>{cap}</Key>);
}

interface FootProps {
  readonly platform: Platform;
  readonly marked: Entry | undefined;
  readonly isWithin: boolean;
}

function Foot({ isWithin, marked, platform }: FootProps) {
  return (
    <div className={styles['foot']}>
      <Key>↑</Key>
      <Key>↓</Key>
      <span>choose</span>
      {!isWithin && marked?.subject !== undefined && (
        <>
          <Key>Tab</Key>
          <span>actions</span>
        </>
      )}
      {marked?.second !== undefined && (
        <>
          <Caps caps={keyCaps(platform, { key: 'Enter', command: true })} />
          <span>{marked.second.words}</span>
        </>
      )}
      <span className={styles['footEnd']}>
        {isWithin ? (
          'Esc goes back'
        ) : (
          <>
            Type <b>&gt;</b> for commands only, <b>?</b> for keys
          </>
        )}
      </span>
    </div>
  );
}
