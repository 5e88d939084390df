import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import {
  documentOf,
  readChanges,
  Records,
  writtenChange,
  writtenVersion,
  type Change,
  type CollectionSpec,
  type Kept,
  type StoredCollection,
} from './collection';
import type { StoredDocument } from './document';
import { openDocument, type FilePlace } from './file-document';
import { asideName, blockedError, codeOf, setAsideError, unwritableError, withRest } from './store-error';

/** Bytes: a file of changes that is larger than this, and than the document that they are of, is put into the document. */
const smallest = 1_048_576;

/** Opens a collection on disk. Expected trouble is in its `problem`; it can be read in any case. */
export function openCollection<T extends Kept>(spec: CollectionSpec<T>, place: FilePlace): StoredCollection<T> {
  return new FileCollection(spec, place);
}

/**
 * `<name>.json` is a document of all records as they once were, and `<name>.changes.jsonl` what changed since, a line for
 * each change. A change is one line more, flushed to the disk; now and then the lines are put into the document. Lines that
 * are in the document already may stand there once more after a crash: they say the same again.
 *
 * `<name>.changes.backup.jsonl` are the lines between the document's own backup and the document, so that nothing is
 * missing when the backup has to do.
 */
class FileCollection<T extends Kept> implements StoredCollection<T> {
  readonly problem?: AppError;
  readonly #spec: CollectionSpec<T>;
  readonly #directory: string;
  readonly #document: StoredDocument<Record<string, readonly T[]>>;
  readonly #records: Records<T>;
  #blocked: AppError | undefined;
  /** of the lines that are there; undefined where a version has to be said first */
  #version: number | undefined;
  #bytes = 0;
  /** bytes, at which the lines are put into the document */
  #limit = smallest;

  constructor(spec: CollectionSpec<T>, place: FilePlace) {
    this.#spec = spec;
    this.#directory = place.directory;
    this.#document = openDocument(documentOf(spec), place);
    this.#records = new Records(spec, this.#document.read()[spec.name] ?? []);
    const { blocked, problem } = this.#document;
    // the document's backup is older by these
    if (problem !== undefined && blocked === undefined) this.#replay(`${spec.name}.changes.backup.jsonl`);
    this.#blocked = blocked;
    const found = problem ?? this.#open(place);
    if (problem !== undefined) this.#recover(place);
    if (found !== undefined) this.problem = this.all().length > 0 && blocked === undefined ? withRest(found) : found;
    this.#limit = this.#firstLimit();
  }

  all(): readonly T[] {
    return this.#records.all();
  }

  find(id: string): T | undefined {
    return this.#records.find(id);
  }

  change(change: Change<T>): Result<void> {
    if (this.#blocked !== undefined) return err(this.#blocked);
    const checked = this.#records.check(change);
    const isNothing = checked.put.length === 0 && !checked.remove.some((id) => this.find(id) !== undefined);
    if (isNothing) return ok(undefined);
    try {
      // somebody took the file away: what was in it is here, and goes into the document
      if (this.#bytes > 0 && !existsSync(this.#path)) this.#forgetLines(this.#writeDocument());
      this.#append(checked);
    } catch (error) {
      return err(unwritableError(this.#name, error));
    }
    this.#records.apply(checked);
    if (this.#bytes > this.#limit) this.#fold();
    return ok(undefined);
  }

  get #name(): string {
    return `${this.#spec.name}.changes.jsonl`;
  }

  get #path(): string {
    return join(this.#directory, this.#name);
  }

  #open(place: FilePlace): AppError | undefined {
    if (this.#blocked !== undefined) return undefined;
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      this.#blocked = blockedError(this.#name, error);
      return this.#blocked;
    }
    const { changes, unfit, version, wholeBytes } = readChanges(this.#spec, text);
    for (const change of changes) this.#records.apply(change);
    if (unfit !== undefined) return this.#setAside(unfit.why, place);
    this.#bytes = wholeBytes;
    this.#version = version;
    return undefined;
  }

  /** What could be read of it goes into the document at once: the file is not there the next time. */
  #setAside(why: string, place: FilePlace): AppError {
    const aside = asideName(`${this.#spec.name}.changes`, 'jsonl', place.now(), (name) =>
      existsSync(join(this.#directory, name)),
    );
    try {
      renameSync(this.#path, join(this.#directory, aside));
    } catch (error) {
      this.#blocked = blockedError(this.#name, error);
      return this.#blocked;
    }
    this.#writeDocument();
    return setAsideError(this.#name, why, aside, 'backup');
  }

  /** The document is its own backup now, which is older than what was replayed: both are made anew. */
  #recover(place: FilePlace): void {
    if (this.#blocked !== undefined || this.#open(place) !== undefined) return;
    this.#writeDocument();
    this.#fold();
  }

  #replay(name: string): void {
    try {
      const { changes } = readChanges(this.#spec, readFileSync(join(this.#directory, name), 'utf8'));
      for (const change of changes) this.#records.apply(change);
    } catch (error) {
      // there is none, or it is no better: the problem is said already
      if (codeOf(error) === undefined) throw error;
    }
  }

  /** Behind what was there when the last change was done: what a failed one left is cut off first. */
  #append(change: Required<Change<T>>): void {
    const { version } = this.#spec;
    const text = `${this.#version === version ? '' : writtenVersion(version)}${writtenChange(change)}`;
    const bytes = Buffer.from(text, 'utf8');
    const file = this.#openForChanges();
    try {
      ftruncateSync(file, this.#bytes);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(file, bytes, written, bytes.length - written, this.#bytes + written);
      }
      fdatasyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#bytes += bytes.length;
    this.#version = version;
  }

  #openForChanges(): number {
    if (this.#bytes > 0) return openSync(this.#path, 'r+', 0o600);
    mkdirSync(this.#directory, { recursive: true });
    return openSync(this.#path, 'w', 0o600);
  }

  /** Puts the lines into the document. That it cannot be done now loses nothing: they stay, and it is tried later. */
  #fold(): void {
    if (!this.#writeDocument()) {
      this.#limit = this.#bytes * 2;
      return;
    }
    try {
      if (this.#bytes > 0) renameSync(this.#path, join(this.#directory, `${this.#spec.name}.changes.backup.jsonl`));
    } catch {
      this.#limit = this.#bytes * 2;
      return;
    }
    this.#forgetLines(true);
  }

  /** None are there any more; whether what they said is in the document. */
  #forgetLines(isInDocument: boolean): void {
    if (!isInDocument) return;
    this.#bytes = 0;
    this.#version = undefined;
    this.#limit = this.#firstLimit();
  }

  #firstLimit(): number {
    return Math.max(smallest, sizeOf(join(this.#directory, `${this.#spec.name}.json`)));
  }

  #writeDocument(): boolean {
    return this.#document.update(() => ({ [this.#spec.name]: this.#records.all() })).ok;
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
