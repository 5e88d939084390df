import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../core/result';
import { unwritableError } from './store-error';

/** Flat facts: no secret, nothing nested, so that it exports to CSV. */
export type AuditFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * The record of what was done, in a file that only grows: one JSON object a line, `at` (ISO 8601, AWS's time) first.
 * `append` returns when the line is on the disk, not before (architecture 14).
 */
export class AuditLog {
  readonly #path: string;
  readonly #now: () => number;

  /** `path` is absolute; `now` in milliseconds since the epoch. */
  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /** Errors: `store-unwritable`. Then the act must not be reported as done. */
  append(facts: AuditFacts): Result<void> {
    const line = `${JSON.stringify({ at: new Date(this.#now()).toISOString(), ...facts })}\n`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      const file = openSync(this.#path, 'a+', 0o600);
      try {
        const bytes = Buffer.from(endsInsideALine(file) ? `\n${line}` : line, 'utf8');
        for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return err(unwritableError('audit.jsonl', error));
    }
    return ok(undefined);
  }
}

/** A crash in the middle of a line must not spoil the next one. */
function endsInsideALine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}
