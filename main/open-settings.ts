import { desktopAtFirst, type DesktopSettings } from '../core/contract/desktop';
import { settingsSchema, type Settings } from './settings';
import type { StoredDocument } from './store/document';
import { openDocument, type FilePlace } from './store/file-document';

/** What holds for every workspace. Read before the page is: it says what the page begins with. */
export function openSettings(place: FilePlace): StoredDocument<Settings> {
  const spec = { name: 'settings', schema: settingsSchema, empty: { theme: 'system' as const } };
  return openDocument<Settings>({ version: 1, migrations: [], ...spec }, place);
}

/** How the app stands on the desktop, until the person says otherwise. */
export function desktopOf(settings: Settings): DesktopSettings {
  return settings.desktop ?? desktopAtFirst;
}
