import { settingsSchema, type Settings } from './settings';
import type { StoredDocument } from './store/document';
import { openDocument, type FilePlace } from './store/file-document';

/** What holds for every workspace. Read before the window is made: it says in which theme. */
export function openSettings(place: FilePlace): StoredDocument<Settings> {
  const spec = { name: 'settings', schema: settingsSchema, empty: { theme: 'system' as const } };
  return openDocument<Settings>({ version: 1, migrations: [], ...spec }, place);
}
