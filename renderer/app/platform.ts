import { shortcut, writeChord, type Platform, type ShortcutId } from '../../core/domain/shortcuts';
import { numberedPlaces, type Place } from './places';

export type { Platform } from '../../core/domain/shortcuts';

/** What of the computer the frame has to know. The user agent is enough for it and needs no call. */
export function platformOf(userAgent: string): Platform {
  return userAgent.includes('Macintosh') ? 'mac' : 'other';
}

/** How a shortcut is written: ⌘K, or Ctrl K elsewhere. */
export function writeShortcut(platform: Platform, id: ShortcutId): string {
  return writeChord(platform, shortcut(id).chords[0]);
}

/** The key of a place: ⌘1, or Ctrl 1 elsewhere. */
export function writePlaceKey(platform: Platform, place: Place): string {
  const number = numberedPlaces.indexOf(place) + 1;
  if (number === 0) return writeShortcut(platform, 'settings');
  return writeChord(platform, { ...shortcut('place').chords[0], key: String(number) });
}
