import { ok, type Result } from '../../core/result';
import { checkSpec, fromEnvelope, toEnvelope, type DocumentSpec, type StoredDocument } from './document';

/** A document that is lost on quitting. It is kept as text, so that nothing in it can be changed in place. */
export class MemoryDocument<T> implements StoredDocument<T> {
  readonly #spec: DocumentSpec<T>;
  #text: string | undefined;

  constructor(spec: DocumentSpec<T>) {
    checkSpec(spec);
    this.#spec = spec;
  }

  read(): T {
    if (this.#text === undefined) return this.#spec.empty;
    const kept = fromEnvelope(this.#spec, JSON.parse(this.#text));
    if ('why' in kept) throw new Error(`${this.#spec.name} ${kept.why}`);
    return kept.value;
  }

  update(change: (current: T) => T): Result<void> {
    this.#text = JSON.stringify(toEnvelope(this.#spec, change(this.read())).envelope);
    return ok(undefined);
  }
}
