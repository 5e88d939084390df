import { ok, type Result } from '../../core/result';
import { checkSpec, toEnvelope, type DocumentSpec, type StoredDocument } from './document';

/** A document that is lost on quitting. Its value is frozen: what changes it in place is a bug, and throws. */
export class MemoryDocument<T> implements StoredDocument<T> {
  readonly #spec: DocumentSpec<T>;
  #value: T;

  constructor(spec: DocumentSpec<T>) {
    checkSpec(spec);
    this.#spec = spec;
    this.#value = spec.empty;
  }

  read(): T {
    return this.#value;
  }

  update(change: (current: T) => T): Result<void> {
    this.#value = frozen(toEnvelope(this.#spec, change(this.#value)).value);
    return ok(undefined);
  }
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
