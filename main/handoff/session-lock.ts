import { join } from 'node:path';
import { ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import { takeLock, type Release } from '../store/lock-file';

/** An AssumeRole of several roles with every retry takes less. Milliseconds. */
const staleAfterMs = 180_000;

/**
 * Of all processes that would renew a session one does: the app and every credential process take this lock first.
 * `folder` is the workspace's.
 */
export async function lockSession(folder: string, sessionId: string, clock: Clock): Promise<Result<Release>> {
  return await takeLock(pathOf(folder, sessionId), { clock, staleAfterMs, patienceMs: staleAfterMs });
}

/** Undefined at once while another process has it. */
export async function lockSessionNow(
  folder: string,
  sessionId: string,
  clock: Clock,
): Promise<Result<Release | undefined>> {
  const lock = await takeLock(pathOf(folder, sessionId), { clock, staleAfterMs, patienceMs: -1 });
  return !lock.ok && lock.error.kind === 'not-possible' ? ok(undefined) : lock;
}

/** One for everything that writes the keychain. */
export async function lockKeychain(userData: string, clock: Clock): Promise<Result<Release>> {
  // a write may wait for the person to unlock the keychain
  return await takeLock(join(userData, 'keychain.lock'), { clock, staleAfterMs: 300_000, patienceMs: 30_000 });
}

function pathOf(folder: string, sessionId: string): string {
  return join(folder, 'locks', `session-${sessionId}`);
}
