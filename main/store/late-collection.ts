import type { AppError } from '../../core/app-error';
import type { Result } from '../../core/result';
import type { Change, Kept, StoredCollection } from './collection';

/** Reads its file when somebody first asks for something in it: what the window does not need to stand. */
export class LateCollection<T extends Kept> implements StoredCollection<T> {
  readonly #open: () => StoredCollection<T>;
  #opened: StoredCollection<T> | undefined;

  constructor(open: () => StoredCollection<T>) {
    this.#open = open;
  }

  /** Undefined also while nobody asked. */
  get problem(): AppError | undefined {
    return this.#opened?.problem;
  }

  all(): readonly T[] {
    return this.#now().all();
  }

  find(id: string): T | undefined {
    return this.#now().find(id);
  }

  change(change: Change<T>): Result<void> {
    return this.#now().change(change);
  }

  #now(): StoredCollection<T> {
    this.#opened ??= this.#open();
    return this.#opened;
  }
}
