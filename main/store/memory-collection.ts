import { ok, type Result } from '../../core/result';
import { Records, type Change, type CollectionSpec, type Kept, type StoredCollection } from './collection';

/** A collection that is lost on quitting. */
export class MemoryCollection<T extends Kept> implements StoredCollection<T> {
  readonly #records: Records<T>;

  constructor(spec: CollectionSpec<T>, first: readonly T[] = []) {
    this.#records = new Records(spec, []);
    this.change({ put: first });
  }

  all(): readonly T[] {
    return this.#records.all();
  }

  find(id: string): T | undefined {
    return this.#records.find(id);
  }

  change(change: Change<T>): Result<void> {
    this.#records.apply(this.#records.check(change));
    return ok(undefined);
  }
}
