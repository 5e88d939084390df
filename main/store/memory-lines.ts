import { ok, type Result } from '../../core/result';
import type { StoredLines } from './line-folder';

/** Lines that live as long as the app. */
export class MemoryLines<T> implements StoredLines<T> {
  readonly #keep: number;
  readonly #lines = new Map<string, readonly T[]>();

  constructor(keep: number) {
    this.#keep = keep;
  }

  read(id: string): readonly T[] {
    return this.#lines.get(id) ?? [];
  }

  append(id: string, record: T): Result<void> {
    this.#lines.set(id, [...this.read(id), record].slice(-this.#keep));
    return ok(undefined);
  }

  forget(id: string): void {
    this.#lines.delete(id);
  }
}
