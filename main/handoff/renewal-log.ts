import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from '../../core/zod';
import { idSchema, instantSchema } from '../../core/domain/limits';
import { err, ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import { takeLock } from '../store/lock-file';
import { codeOf, unwritableError } from '../store/store-error';

/** A session's newer credentials, without them: what a credential process tells the app, which may not be running. */
export const renewalSchema = z.strictObject({
  id: idSchema,
  accessKeyId: z.string().max(128),
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  requestId: z.string().max(128),
  at: instantSchema,
});
export type Renewal = Readonly<z.infer<typeof renewalSchema>>;

/**
 * `renewals.jsonl`: written by credential processes, flushed; read and removed by the app. One JSON object a line, each
 * begun by a line break, so that one torn by a crash does not spoil the next.
 */
export class RenewalLog {
  readonly path: string;
  readonly #clock: Clock;

  /** `path` is absolute. */
  constructor(path: string, clock: Clock) {
    this.path = path;
    this.#clock = clock;
  }

  /** Errors: `store-unwritable`, or `not-possible` when another process holds the file for ten seconds. */
  async append(renewal: Renewal): Promise<Result<void>> {
    return await this.#alone(() => {
      mkdirSync(dirname(this.path), { recursive: true });
      const file = openSync(this.path, 'a', 0o600);
      try {
        const bytes = Buffer.from(`\n${JSON.stringify(renewalSchema.parse(renewal))}`, 'utf8');
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return ok(undefined);
    });
  }

  /** Gives what was renewed to the app, and forgets it only when that could keep it. */
  async takeIn(keep: (renewals: readonly Renewal[]) => Result<unknown>): Promise<Result<unknown>> {
    // mostly there is none, and then nobody is locked out
    if (!existsSync(this.path)) return ok(undefined);
    return await this.#alone(() => {
      const renewals = this.#read();
      const kept = keep(renewals);
      if (kept.ok) rmSync(this.path, { force: true });
      return kept;
    });
  }

  #read(): readonly Renewal[] {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      // another look has taken it in meanwhile
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
    return text.split('\n').flatMap((line) => {
      try {
        const parsed = renewalSchema.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
  }

  async #alone<T>(work: () => Result<T>): Promise<Result<T>> {
    const lock = await takeLock(`${this.path}.lock`, {
      clock: this.#clock,
      staleAfterMs: 30_000,
      patienceMs: 10_000,
    });
    if (!lock.ok) return lock;
    try {
      return work();
    } catch (error) {
      return err(unwritableError('renewals.jsonl', error));
    } finally {
      lock.value();
    }
  }
}
