import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What is made by the set-up and may be thrown away at any time. */
export const projectCache = join(root, '.cache');

/** Shared by all clones of one user, so that the 196 MB of a fallback runtime are fetched once. */
export function userCache() {
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(base, 'sallyport');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    // A read-only home: fall back on the clone itself.
    mkdirSync(projectCache, { recursive: true });
    return projectCache;
  }
}
