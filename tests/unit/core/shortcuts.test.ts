import { describe, expect, it } from 'vitest';
import {
  accelerator,
  ariaChord,
  isTyped,
  keyCaps,
  pressedShortcut,
  shortcut,
  shortcuts,
  writeChord,
  type PressedKey,
} from '../../../core/domain/shortcuts';

const press = (key: string, held: Partial<PressedKey> = {}): PressedKey => ({
  ...{ metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, key },
  ...held,
});
const [copy] = shortcut('copy-environment').chords;

describe('a key', () => {
  it('is written, said and given to the menu as each of them wants it', () => {
    expect([writeChord('mac', copy), writeChord('other', copy)]).toEqual(['⌘⇧C', 'Ctrl Shift C']);
    expect([ariaChord('mac', copy), ariaChord('other', copy)]).toEqual(['Meta+Shift+C', 'Control+Shift+C']);
    expect(accelerator(shortcut('open-file').chords[0])).toBe('CmdOrCtrl+Shift+O');
    expect(keyCaps('other', shortcut('start-session').chords[0])).toEqual(['Ctrl', '↵']);
    expect(keyCaps('mac', shortcut('previous-region').chords[0])).toEqual(['⇧', 'F6']);
  });

  it.each([
    ['other', press('k', { ctrlKey: true }), { id: 'palette' }],
    ['mac', press('k', { metaKey: true }), { id: 'palette' }],
    ['other', press('k', { metaKey: true }), undefined],
    ['mac', press('k', { ctrlKey: true }), undefined],
    ['other', press('K', { ctrlKey: true, shiftKey: true }), undefined],
    ['other', press('k', { ctrlKey: true, altKey: true }), undefined],
    ['other', press('k'), undefined],
    ['other', press('C', { ctrlKey: true, shiftKey: true }), { id: 'copy-environment' }],
    ['other', press('c', { ctrlKey: true }), undefined],
    ['other', press('3', { ctrlKey: true }), { id: 'place', digit: 3 }],
    ['other', press('0', { ctrlKey: true }), undefined],
    ['other', press('?', { shiftKey: true }), { id: 'keys' }],
    ['other', press('/'), { id: 'search' }],
    // on a German keyboard
    ['other', press('/', { shiftKey: true }), { id: 'search' }],
    ['other', press('F6'), { id: 'next-region' }],
    ['other', press('F6', { shiftKey: true }), { id: 'previous-region' }],
    ['other', press('Enter', { ctrlKey: true }), { id: 'start-session' }],
    // what tables, dialogs and the menu answer themselves
    ['other', press('Enter'), undefined],
    ['other', press('Escape'), undefined],
    ['other', press('O', { ctrlKey: true, shiftKey: true }), undefined],
  ] as const)('on %s, %j asks for %j', (platform, event, expected) => {
    expect(pressedShortcut(platform, event)).toEqual(expected);
  });

  it('is for one thing only, and none of them revokes', () => {
    for (const platform of ['mac', 'other'] as const) {
      const written = shortcuts.flatMap(({ chords, group }) =>
        chords.map((chord) => `${group === 'table' ? 'table ' : ''}${writeChord(platform, chord)}`),
      );
      expect(written).toEqual([...new Set(written)]);
    }
    expect(shortcuts.filter(({ id, words }) => /revo/i.test(id + words))).toEqual([]);
  });

  it('belongs to a text where it is a letter and nothing is held', () => {
    expect([isTyped(press('/')), isTyped(press('/', { ctrlKey: true })), isTyped(press('F6'))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
