import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, type Result } from '../../core/result';
import { checkSpec, fromEnvelope, type DocumentSpec, type StoredDocument } from './document';
import { blockedError, codeOf } from './store-error';

/**
 * A document as the app wrote it, for a process beside the app: read once, brought up to date in memory, never written.
 * What cannot be read is empty; the app will set it aside and say so.
 */
export class WrittenDocument<T> implements StoredDocument<T> {
  readonly #name: string;
  readonly #value: T;

  /** `folder` is absolute. */
  constructor(spec: DocumentSpec<T>, folder: string) {
    checkSpec(spec);
    this.#name = `${spec.name}.json`;
    this.#value = readWritten(spec, join(folder, this.#name));
  }

  read(): T {
    return this.#value;
  }

  update(): Result<void> {
    return err(blockedError(this.#name, undefined));
  }
}

function readWritten<T>(spec: DocumentSpec<T>, path: string): T {
  try {
    const found = fromEnvelope(spec, JSON.parse(readFileSync(path, 'utf8')));
    return 'why' in found ? spec.empty : found.value;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) !== undefined) return spec.empty;
    throw error;
  }
}
