import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '../../core/result';
import { hashOf, linesOf, linkAfter, readLine, type Link } from './audit-chain';
import { takeLockNow } from './lock-file';
import { unwritableError } from './store-error';

/** Flat facts: no secret, nothing nested, so that it exports to CSV. */
export type AuditFacts = Readonly<Record<string, string | number | boolean>>;

/** A line is written within milliseconds; a lock that is as old as this was left behind. Milliseconds. */
const staleAfterMs = 60_000;
/**
 * Looks for the lock, a millisecond or two apart. The app looks for some seconds, for its window stands still meanwhile; a
 * process beside it, of which two hundred may write at once on a busy computer, for a minute or so.
 */
const mostLooks = { app: 2_000, beside: 40_000 };
/** Bytes of the end that are read first; a line is shorter. */
const firstLook = 8192;

/**
 * The record of what was done, in a file that only grows: one JSON object a line, `at` (ISO 8601, AWS's time) first, and
 * in `previous` the hash of the line before (audit-chain.ts), so that a line that is missing or changed shows.
 * `append` returns when its lines are on the disk, not before (architecture 14). The app and the processes beside it add to
 * the same file: one at a time, or two lines would follow the same one.
 */
export class AuditLog {
  readonly #path: string;
  readonly #now: () => number;
  readonly #looks: number;

  /** `path` is absolute; `now` in milliseconds since the epoch. */
  constructor(path: string, now: () => number, writer: keyof typeof mostLooks = 'app') {
    this.#path = path;
    this.#now = now;
    this.#looks = mostLooks[writer];
  }

  /** Errors: `store-unwritable`, or `not-possible` where another process does not let go. Then the act must not be reported as done. */
  append(...all: readonly AuditFacts[]): Result<void> {
    if (all.length === 0) return ok(undefined);
    const lock = takeLockNow(`${this.#path}.lock`, staleAfterMs, this.#looks);
    if (!lock.ok) return lock;
    try {
      const file = openSync(this.#path, 'a+', 0o600);
      try {
        const { endsInside, link: first } = lookAtEnd(file);
        const at = new Date(this.#now()).toISOString();
        let link = first;
        // a crash in the middle of a line must not spoil the next one
        let text = endsInside ? '\n' : '';
        for (const facts of all) {
          const line = JSON.stringify({ at, ...facts, ...link });
          text += `${line}\n`;
          link = { previous: hashOf(Buffer.from(line, 'utf8')) };
        }
        writeWhole(file, Buffer.from(text, 'utf8'));
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return err(unwritableError('audit.jsonl', error));
    } finally {
      lock.value();
    }
    return ok(undefined);
  }
}

/** At the end, and on the disk when it returns. What was not written whole is taken off again: nobody was told of it. */
function writeWhole(file: number, bytes: Uint8Array): void {
  const { size } = fstatSync(file);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}

/** Reads no more of the file than its last lines. */
function lookAtEnd(file: number): { readonly endsInside: boolean; readonly link: Link } {
  const { size } = fstatSync(file);
  for (let length = Math.min(size, firstLook); ; length = Math.min(size, length * 8)) {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, size - length);
    // the first of them may have begun before
    const lines = linesOf(bytes).slice(length < size ? 1 : 0);
    const last = lines.findLast((line) => line.length > 0);
    const whole = lines.findLast((line) => readLine(line) !== undefined);
    if (whole === undefined && length < size) continue;
    return { endsInside: length > 0 && bytes.at(-1) !== 0x0a, link: linkAfter(last, whole) };
  }
}
