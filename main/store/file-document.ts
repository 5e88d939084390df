import electron from 'electron';
import ElectronStore from 'electron-store';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import { checkSpec, fromEnvelope, toEnvelope, type DocumentSpec, type Envelope, type StoredDocument } from './document';
import { asideName, blockedError, codeOf, setAsideError, unwritableError } from './store-error';

export type FilePlace = {
  /** An absolute path; made when it is missing. */
  readonly directory: string;
  /** Milliseconds since the epoch: dates the name of a file that is set aside. */
  readonly now: () => number;
};

/** Opens a document on disk. Expected trouble is in its `problem`; it can be read in any case. */
export function openDocument<T>(spec: DocumentSpec<T>, place: FilePlace): StoredDocument<T> {
  checkSpec(spec);
  return new FileDocument(spec, place);
}

/**
 * `<name>.json`, written whole and atomically by electron-store; `<name>.backup.json` is the version before the last
 * write. A file that cannot be used is renamed to `<name>.unreadable-<date>.json` and never written over.
 */
class FileDocument<T> implements StoredDocument<T> {
  readonly problem?: AppError;
  readonly #spec: DocumentSpec<T>;
  readonly #directory: string;
  #file: ElectronStore<Envelope> | undefined;
  #value: T;
  #blocked: AppError | undefined;
  /** Bytes of what was last made a text of. */
  #textBytes = 0;

  constructor(spec: DocumentSpec<T>, place: FilePlace) {
    this.#spec = spec;
    this.#directory = place.directory;
    this.#value = spec.empty;
    const opened = this.#open(place);
    if (opened !== undefined) this.problem = opened;
  }

  get blocked(): AppError | undefined {
    return this.#blocked;
  }

  read(): T {
    return this.#value;
  }

  update(change: (current: T) => T): Result<void> {
    if (this.#blocked) return err(this.#blocked);
    const { envelope, value } = toEnvelope(this.#spec, change(this.#value));
    try {
      this.#backUp();
      this.#file ??= this.#bind().file;
      this.#write(this.#file, envelope);
    } catch (error) {
      return err(unwritableError(this.#name, error));
    }
    this.#value = value;
    return ok(undefined);
  }

  get #name(): string {
    return `${this.#spec.name}.json`;
  }

  get #path(): string {
    return join(this.#directory, this.#name);
  }

  get #backupPath(): string {
    return join(this.#directory, `${this.#spec.name}.backup.json`);
  }

  #open(place: FilePlace): AppError | undefined {
    let found: unknown;
    try {
      const { file, content } = this.#bind();
      this.#file = file;
      if (content === undefined) return existsSync(this.#backupPath) ? this.#recover('is gone', undefined) : undefined;
      found = content;
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        this.#blocked = blockedError(this.#name, error);
        return this.#blocked;
      }
      return this.#setAside('is not valid JSON', place);
    }
    const kept = fromEnvelope(this.#spec, found);
    if ('why' in kept) return this.#setAside(kept.why, place);
    this.#value = kept.value;
    return undefined;
  }

  /**
   * electron-store over our file. It reads once, when it is made; after that the value is ours, and its reading the old
   * file again before each write would only cost time.
   */
  #bind(): { readonly file: ElectronStore<Envelope>; readonly content: unknown } {
    let content: unknown;
    let opening = true;
    const file = new ElectronStore<Envelope>({
      cwd: this.#directory,
      name: this.#spec.name,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
      serialize: (value) => {
        const text = JSON.stringify(value);
        this.#textBytes = Buffer.byteLength(text);
        return text;
      },
      deserialize: (text) => {
        if (opening) content = JSON.parse(text) ?? null;
        return { version: this.#spec.version, data: null };
      },
    });
    opening = false;
    closeForeignDoor();
    return { file, content };
  }

  #setAside(why: string, place: FilePlace): AppError {
    const aside = asideName(this.#spec.name, 'json', place.now(), (name) => existsSync(join(this.#directory, name)));
    try {
      renameSync(this.#path, join(this.#directory, aside));
    } catch (error) {
      this.#blocked = blockedError(this.#name, error);
      return this.#blocked;
    }
    return this.#recover(why, aside);
  }

  /** Goes on with the version before the last write, if there is one, else with nothing. */
  #recover(why: string, aside: string | undefined): AppError {
    let goesOnWith: 'backup' | 'empty' = 'empty';
    try {
      const kept = fromEnvelope(this.#spec, JSON.parse(readFileSync(this.#backupPath, 'utf8')));
      if (!('why' in kept)) {
        this.#value = kept.value;
        goesOnWith = 'backup';
        // At once, so that the next start finds it in its place and does not say all this again.
        this.#file ??= this.#bind().file;
        this.#write(this.#file, toEnvelope(this.#spec, kept.value).envelope);
      }
    } catch {
      // No backup, or one that is no better, or it cannot be put in place now; the next update says the last.
    }
    const error = setAsideError(this.#name, why, aside ?? this.#name, goesOnWith);
    if (aside !== undefined) return error;
    return { ...error, message: `The file ${this.#name} is gone, though there was one before.` };
  }

  /**
   * electron-store takes no notice of a disk that has room for a part only, and puts that part in place of the whole: then
   * the version before comes back, which needs no room.
   */
  #write(file: ElectronStore<Envelope>, envelope: Envelope): void {
    file.store = envelope;
    if (statSync(this.#path).size === this.#textBytes) return;
    if (existsSync(this.#backupPath)) renameSync(this.#backupPath, this.#path);
    else rmSync(this.#path, { force: true });
    throw Object.assign(new Error('The file was written in part'), { code: 'ENOSPC' });
  }

  /** The current file becomes the backup, itself by a rename, so that there is always a whole one. */
  #backUp(): void {
    const fresh = `${this.#backupPath}.new`;
    try {
      copyFileSync(this.#path, fresh);
      renameSync(fresh, this.#backupPath);
    } catch (error) {
      rmSync(fresh, { force: true });
      // Nothing was written yet, or it was set aside: the backup there is stays.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

/**
 * SECURITY(S-11): electron-store opens a synchronous IPC channel of its own, which answers any page with the app's
 * folder. No page of ours asks, so it is closed as soon as it is open. `app` is missing in plain Node, as in tests.
 */
function closeForeignDoor(): void {
  /* eslint-disable no-restricted-syntax -- this closes a door and opens none */
  const { ipcMain } = electron as Partial<typeof electron>;
  ipcMain?.removeAllListeners('electron-store-get-data');
}
