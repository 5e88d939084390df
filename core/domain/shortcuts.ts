/** What the computer has: it decides which key commands, and how keys are written. */
export type Platform = 'mac' | 'other';

/** Keys that are held together. `command` is ⌘ on a Mac and Ctrl elsewhere. */
export type Chord = {
  /** As `KeyboardEvent.key` has it, letters small; `digit` is any of 1 to 9. */
  readonly key: string;
  readonly command?: true;
  readonly shift?: true;
};

/** What the sheet of keys has for headings. */
export type ShortcutGroup = 'anywhere' | 'thing' | 'table' | 'page';

/**
 * Who answers: the system's menu, the window wherever one is, or the control that has the focus and does so by itself, as
 * a table or a dialog.
 */
export type ShortcutBy = 'menu' | 'window' | 'control';

type ShortcutSpec = {
  readonly chords: readonly [Chord, ...Chord[]];
  /** A verb with its object. */
  readonly words: string;
  readonly group: ShortcutGroup;
  readonly by: ShortcutBy;
};

/**
 * Every key of the app, once: the menu, the window, what is written on buttons and the sheet of keys are made of this.
 * Revoking has none, so that nobody does it by a slip.
 */
const table = {
  palette: { chords: [{ key: 'k', command: true }], words: 'Search or run a command', group: 'anywhere', by: 'window' },
  connect: { chords: [{ key: 'n', command: true }], words: 'Connect an account', group: 'anywhere', by: 'window' },
  place: { chords: [{ key: 'digit', command: true }], words: 'Go to a place', group: 'anywhere', by: 'window' },
  settings: { chords: [{ key: ',', command: true }], words: 'Settings', group: 'anywhere', by: 'window' },
  'open-file': {
    chords: [{ key: 'o', command: true, shift: true }],
    words: 'Open a request or a reply',
    group: 'anywhere',
    by: 'menu',
  },
  keys: { chords: [{ key: '?' }], words: 'Show these keys', group: 'anywhere', by: 'window' },
  'start-session': {
    chords: [{ key: 'Enter', command: true }],
    words: 'Start a session',
    group: 'thing',
    by: 'window',
  },
  'open-console': {
    chords: [{ key: 'o', command: true }],
    words: 'Open the AWS console',
    group: 'thing',
    by: 'window',
  },
  'copy-environment': {
    chords: [{ key: 'c', command: true, shift: true }],
    words: 'Copy the environment for bash',
    group: 'thing',
    by: 'window',
  },
  test: { chords: [{ key: 't', command: true }], words: 'Test the connection', group: 'thing', by: 'window' },
  keep: { chords: [{ key: 'y', command: true, shift: true }], words: 'Keep it as it is', group: 'thing', by: 'window' },
  'put-off': {
    chords: [{ key: 'l', command: true, shift: true }],
    words: 'Put its review off',
    group: 'thing',
    by: 'window',
  },
  row: {
    chords: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }, { key: 'Home' }, { key: 'End' }],
    words: 'Go from row to row',
    group: 'table',
    by: 'control',
  },
  'into-row': {
    chords: [{ key: 'ArrowRight' }, { key: 'ArrowLeft' }],
    words: 'Go to the buttons of a row, and back',
    group: 'table',
    by: 'control',
  },
  'open-row': { chords: [{ key: 'Enter' }], words: 'Open the row', group: 'table', by: 'control' },
  'choose-row': { chords: [{ key: ' ' }], words: 'Choose the row', group: 'table', by: 'control' },
  'choose-more': {
    chords: [
      { key: 'ArrowUp', shift: true },
      { key: 'ArrowDown', shift: true },
    ],
    words: 'Choose more rows',
    group: 'table',
    by: 'control',
  },
  'choose-all': { chords: [{ key: 'a', command: true }], words: 'Choose all rows', group: 'table', by: 'control' },
  search: { chords: [{ key: '/' }], words: 'Search on this page', group: 'page', by: 'window' },
  'next-region': {
    chords: [{ key: 'F6' }],
    words: 'Next part of the window: title bar, sidebar, sheet, footer',
    group: 'page',
    by: 'window',
  },
  'previous-region': {
    chords: [{ key: 'F6', shift: true }],
    words: 'Part of the window before',
    group: 'page',
    by: 'window',
  },
  back: { chords: [{ key: 'Escape' }], words: 'Close, or go back one step', group: 'page', by: 'control' },
} as const satisfies Readonly<Record<string, ShortcutSpec>>;

export type ShortcutId = keyof typeof table;

export type Shortcut = ShortcutSpec & { readonly id: ShortcutId };

/** In the order in which the sheet shows them. */
export const shortcuts: readonly Shortcut[] = Object.entries(table as Readonly<Record<string, ShortcutSpec>>).map(
  ([id, spec]) => ({ id: id as ShortcutId, ...spec }),
);

export function shortcut(id: ShortcutId): Shortcut {
  return { id, ...table[id] };
}

const caps: Readonly<Record<string, string>> = {
  Enter: '↵',
  Escape: 'Esc',
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  digit: '1…9',
};

/** What is written on each key: ⌘ ⇧ C on a Mac, Ctrl Shift C elsewhere. */
export function keyCaps(platform: Platform, { command, key, shift }: Chord): readonly string[] {
  const [commandCap, shiftCap] = platform === 'mac' ? ['⌘', '⇧'] : ['Ctrl', 'Shift'];
  return [
    ...(command === true ? [commandCap] : []),
    ...(shift === true ? [shiftCap] : []),
    caps[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ];
}

/** The same in one piece, as buttons show it: ⌘⇧C, or Ctrl Shift C. */
export function writeChord(platform: Platform, chord: Chord): string {
  return keyCaps(platform, chord).join(platform === 'mac' ? '' : ' ');
}

/** As `aria-keyshortcuts` wants it: Meta+K, Control+Shift+C. */
export function ariaChord(platform: Platform, { command, key, shift }: Chord): string {
  const held = [
    ...(command === true ? [platform === 'mac' ? 'Meta' : 'Control'] : []),
    ...(shift === true ? ['Shift'] : []),
  ];
  return [...held, key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** As Electron's menu wants it: CmdOrCtrl+Shift+O. */
export function accelerator({ command, key, shift }: Chord): string {
  const held = [...(command === true ? ['CmdOrCtrl'] : []), ...(shift === true ? ['Shift'] : [])];
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+');
}

export type PressedKey = {
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly key: string;
};

/** What the window is asked to do by a key; `digit`, 1 to 9, where the shortcut has any of them. */
export type PressedShortcut = { readonly id: ShortcutId; readonly digit?: number };

/** The shortcut of the window that was pressed, and nothing else: what is held besides makes it another key. */
export function pressedShortcut(platform: Platform, event: PressedKey): PressedShortcut | undefined {
  const [command, other] = platform === 'mac' ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  for (const { by, chords, id } of shortcuts) {
    if (by !== 'window') continue;
    for (const chord of chords) {
      if ((chord.command ?? false) !== command) continue;
      // where a sign stands on the keyboard, and whether it wants Shift, is the keyboard's own affair
      const isSign = chord.command === undefined && chord.key.length === 1;
      if (!isSign && (chord.shift ?? false) !== event.shiftKey) continue;
      if (chord.key === key) return { id };
      if (chord.key === 'digit' && /^[1-9]$/.test(key)) return { id, digit: Number(key) };
    }
  }
  return undefined;
}

/** A key that is also a letter of a text: it counts only where nobody is typing. */
export function isTyped({ altKey, ctrlKey, key, metaKey }: PressedKey): boolean {
  return key.length === 1 && !altKey && !ctrlKey && !metaKey;
}
