import { closeSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../core/result';
import type { AppError } from '../../core/app-error';
import type { Clock } from '../platform/clock';
import { computerNow } from '../platform/computer-time';
import { codeOf, unwritableError } from './store-error';

export type LockOptions = {
  readonly clock: Pick<Clock, 'wait' | 'monotonic'>;
  /** Milliseconds after which a lock counts as left behind, though its process seems alive. */
  readonly staleAfterMs: number;
  /** Milliseconds to wait for it; then the answer is an error. */
  readonly patienceMs: number;
};

/** Gives the lock back. Never fails; giving back twice does nothing. */
export type Release = () => void;

type Holder = { readonly pid: number; readonly host: string };

/** Milliseconds between two looks, plus as much again by chance, so that two hundred do not look at once. */
const lookEveryMs = 15;
/** A thief is done within one turn; one that is not has died. Milliseconds. */
const thiefStaleMs = 10_000;

/**
 * One holder among all processes of this computer: a file that only its holder may have made, with the holder's process
 * in it. A holder that died is known by its process and its place taken at once; one that hangs, by the file's age.
 *
 * @param path absolute; its folder is made
 * @returns errors: `not-possible` when the patience ends, `store-unwritable` where no file can be made
 */
export async function takeLock(path: string, options: LockOptions): Promise<Result<Release>> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), nonce: randomUUID() });
  const begun = options.clock.monotonic();
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    for (;;) {
      if (make(path, mine)) return ok(() => release(path, mine));
      if (removeStale(path, options.staleAfterMs)) continue;
      if (options.clock.monotonic() - begun > options.patienceMs) return err(busy());
      await options.clock.wait(lookEveryMs * (1 + Math.random()));
    }
  } catch (error) {
    return err(unwritableError('lock', error));
  }
}

/**
 * The same for work of a single turn, such as adding a line: it waits where it stands, and nothing else of this process
 * runs meanwhile, so its holders must be done within milliseconds.
 *
 * @param looks how often it is looked for, a millisecond or two apart
 */
export function takeLockNow(path: string, staleAfterMs: number, looks: number): Result<Release> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), nonce: randomUUID() });
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    for (let look = 0; look < looks; look += 1) {
      if (make(path, mine)) return ok(() => release(path, mine));
      if (!removeStale(path, staleAfterMs)) Atomics.wait(nobodyWakes, 0, 0, 1 + Math.random());
    }
    return err(busy());
  } catch (error) {
    return err(unwritableError('lock', error));
  }
}

/** Makes the file with its content at once: a lock that is there but empty is one whose maker died in between. */
function make(path: string, content: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    // Windows says EPERM while the file of that name is being deleted
    if (codeOf(error) === 'EEXIST' || (process.platform === 'win32' && codeOf(error) === 'EPERM')) return false;
    throw error;
  }
  let isWhole = false;
  try {
    isWhole = writeSync(file, content) === Buffer.byteLength(content);
  } finally {
    closeSync(file);
    // on a full disk: nobody's lock must not keep everybody out once there is room
    if (!isWhole) unlinkQuietly(path);
  }
  if (!isWhole) throw Object.assign(new Error('The lock was written in part'), { code: 'ENOSPC' });
  return true;
}

function release(path: string, mine: string): void {
  try {
    if (readFileSync(path, 'utf8') === mine) unlinkSync(path);
  } catch {
    // gone already: somebody took us for dead
  }
}

/**
 * Two who find the same dead holder must not remove one another's new lock: whoever removes does so under a file of its
 * own, and only what it then still finds dead. All of it in one turn.
 * @returns true when it was removed, or is gone
 */
function removeStale(path: string, staleAfterMs: number): boolean {
  const found = look(path);
  if (found === 'gone') return true;
  if (!isStale(found, staleAfterMs)) return false;
  const thief = `${path}.stale`;
  if (!make(thief, '')) {
    const other = look(thief);
    if (other !== 'gone' && other.ageMs > thiefStaleMs) unlinkQuietly(thief);
    return false;
  }
  try {
    const again = look(path);
    if (again !== 'gone' && isStale(again, staleAfterMs)) unlinkQuietly(path);
  } finally {
    unlinkQuietly(thief);
  }
  return true;
}

type Seen = { readonly content: string; readonly ageMs: number };

function look(path: string): Seen | 'gone' {
  try {
    const content = readFileSync(path, 'utf8');
    return { content, ageMs: computerNow() - statSync(path).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

function isStale({ content, ageMs }: Seen, staleAfterMs: number): boolean {
  if (ageMs > staleAfterMs) return true;
  const holder = readHolder(content);
  // its maker is between opening and writing, or died there
  if (holder === undefined) return ageMs > thiefStaleMs;
  return holder.host === hostname() && !isAlive(holder.pid);
}

function readHolder(content: string): Holder | undefined {
  try {
    const found: unknown = JSON.parse(content);
    if (typeof found !== 'object' || found === null) return undefined;
    const { pid, host } = found as Readonly<Record<string, unknown>>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // there, but another user's
    return codeOf(error) === 'EPERM';
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function busy(): AppError {
  return {
    kind: 'not-possible',
    message: 'Another program of Sallyport’s is doing the same thing and does not come to an end.',
    whatDidNotChange: 'Nothing was changed.',
    whatToDo: 'Try again in a minute.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  };
}
