import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from '../../core/zod';
import { err, ok, type Result } from '../../core/result';
import { codeOf, unwritableError } from './store-error';

/** Short records that come one at a time, for each id the newest so many. Nothing is read before somebody asks for it. */
export interface StoredLines<T> {
  /** In the order in which they came. */
  read(id: string): readonly T[];
  /** Errors: `store-unwritable`. */
  append(id: string, record: T): Result<void>;
  forget(id: string): void;
}

export type LineFolderOptions<T> = {
  /** An absolute path; made when there is something to keep. */
  readonly directory: string;
  readonly schema: z.ZodType<T>;
  /** So many are given back of each; more may be in the file until it is cut. */
  readonly keep: number;
};

/** A file is cut down to what is kept when it is larger, in bytes. */
const cutAbove = 65_536;

/**
 * One file for each id that only grows, one JSON object a line: a thousand records of a thousand ids cost a thousand
 * short writes, however long the files are. A line begins with its line break, so that one torn by a crash does not
 * spoil the next; lines that cannot be read are left out.
 */
export class LineFolder<T> implements StoredLines<T> {
  readonly #options: LineFolderOptions<T>;

  constructor(options: LineFolderOptions<T>) {
    this.#options = options;
  }

  read(id: string): readonly T[] {
    return this.#lines(id).flatMap((line) => this.#parse(line));
  }

  append(id: string, record: T): Result<void> {
    const path = this.#path(id);
    const line = `\n${JSON.stringify(this.#options.schema.parse(record))}`;
    try {
      this.#cut(id, path);
      try {
        appendFileSync(path, line, { mode: 0o600 });
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
        mkdirSync(this.#options.directory, { recursive: true });
        appendFileSync(path, line, { mode: 0o600 });
      }
    } catch (error) {
      return err(unwritableError(`${id}.jsonl`, error));
    }
    return ok(undefined);
  }

  forget(id: string): void {
    rmSync(this.#path(id), { force: true });
  }

  #cut(id: string, path: string): void {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= cutAbove) return;
    const fresh = `${path}.new`;
    writeFileSync(
      fresh,
      this.#lines(id)
        .map((line) => `\n${line}`)
        .join(''),
      { mode: 0o600 },
    );
    renameSync(fresh, path);
  }

  #lines(id: string): readonly string[] {
    const path = this.#path(id);
    try {
      const lines = readFileSync(path, 'utf8').split('\n');
      return lines.filter((line) => line !== '').slice(-this.#options.keep);
    } catch {
      // none yet, or it cannot be read: what is missing here is nobody's only copy of anything
      return [];
    }
  }

  #parse(line: string): readonly T[] {
    try {
      const parsed = this.#options.schema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  }

  /** SECURITY: an id comes from a record or from the window; nothing but a UUID becomes part of a path. */
  #path(id: string): string {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new TypeError('Not an id');
    return join(this.#options.directory, `${id}.jsonl`);
  }
}
