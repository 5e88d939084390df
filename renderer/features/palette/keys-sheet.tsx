import { useState } from 'react';
import { keyCaps, shortcut, shortcuts, type Chord, type ShortcutGroup } from '../../../core/domain/shortcuts';
import { numberedPlaces } from '../../app/places';
import type { Platform } from '../../app/platform';
import { Dialog } from '../../ui/dialog';
import { Stack } from '../../ui/layout';
import { Key, Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import styles from './keys-sheet.module.css';

interface KeysSheetProps {
  readonly platform: Platform;
  readonly onClose: () => void;
}

type Line = { readonly id: string; readonly words: string; readonly chords: readonly Chord[] };

const headings: Readonly<Record<ShortcutGroup, string>> = {
  anywhere: 'Anywhere',
  thing: 'With the connection or session that is open or chosen',
  table: 'In tables',
  page: 'On a page',
};

/** Every key there is, found by what it does. */
export function KeysSheet({ onClose, platform }: KeysSheetProps) {
  const [search, setSearch] = useState('');
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const groups = (Object.keys(headings) as ShortcutGroup[])
    .map((group) => ({
      group,
      lines: linesOf(group).filter((line) => {
        const text =
          `${line.words} ${line.chords.flatMap((chord) => keyCaps(platform, chord)).join(' ')}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Keys"
      description="Revoking has none: it always asks in a dialog."
      escape="safe"
      width="lg"
    >
      <div className={styles['whole']}>
        <Stack gap="lg">
          <TextField
            label="Search keys"
            hideLabel
            placeholder="What you want to do"
            icon="search"
            type="search"
            value={search}
            onChange={setSearch}
            maxLength={80}
            autoFocus
          />
          {groups.length === 0 ? (
            <Text tone="muted">
              No key does that. The list of commands may: {keyCaps(platform, shortcut('palette').chords[0]).join(' ')}.
            </Text>
          ) : (
            // it may be longer than the window: arrows scroll what has the focus
            <div className={styles['scroller']} role="region" aria-label="All keys" tabIndex={0}>
              <div className={styles['groups']}>
                {groups.map(({ group, lines }) => (
                  <section key={group} className={styles['group']} aria-labelledby={`keys-${group}`}>
                    <h3 id={`keys-${group}`}>{headings[group]}</h3>
                    <dl>
                      {lines.map((line) => (
                        <div key={line.id} className={styles['line']}>
                          <dt>{line.words}</dt>
                          <dd>
                            {line.chords.map((chord, index) => (
                              <Caps key={index} platform={platform} chord={chord} />
                            ))}
                          </dd>
                        </div>
                      ))}
                    </dl>
                  </section>
                ))}
              </div>
            </div>
          )}
        </Stack>
      </div>
    </Dialog>
  );
}

function Caps({ chord, platform }: { readonly platform: Platform; readonly chord: Chord }) {
  return (
    <span className={styles['caps']}>
      {keyCaps(platform, chord).map((cap) => (
        <Key key={cap}>{cap}</Key>
      ))}
    </span>
  );
}

/** Places by their names, each with its own number. */
function linesOf(wanted: ShortcutGroup): readonly Line[] {
  return shortcuts
    .filter(({ group }) => group === wanted)
    .flatMap(({ chords, id, words }): readonly Line[] =>
      id === 'place'
        ? numberedPlaces.map(({ id: placeId, label }, index) => ({
            id: placeId,
            words: label,
            chords: [{ ...chords[0], key: String(index + 1) }],
          }))
        : [{ id, words, chords }],
    );
}
