/** What of the computer the frame has to know. The user agent is enough for it and needs no call. */
export type Platform = 'mac' | 'other';

export function platformOf(userAgent: string): Platform {
  return userAgent.includes('Macintosh') ? 'mac' : 'other';
}

/** How a shortcut is written: ⌘K, or Ctrl K elsewhere. */
export function writeShortcut(platform: Platform, key: string): string {
  return platform === 'mac' ? `⌘${key}` : `Ctrl ${key}`;
}

interface PressedKey {
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly key: string;
}

/** The shortcut's own key, lower case, when the platform's command key is held and nothing else. */
export function commandKey(platform: Platform, event: PressedKey): string | undefined {
  const [held, other] = platform === 'mac' ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return held && !other && !event.altKey && !event.shiftKey ? event.key.toLowerCase() : undefined;
}
