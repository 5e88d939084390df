import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { AssumedSession, AwsResult } from '../aws/aws-api';
import type { Clock } from '../platform/clock';
import type { CheckBoard, Stopped } from './check-board';

/** Attempts are this far apart, in seconds, then every ten with jitter (aws-reference §2, eventual consistency). */
const pauses = [0, 1, 2, 4, 8] as const;
const laterPause = 10;
const propagationLimitMs = 60_000;

export type PatientAssume = {
  readonly clock: Clock;
  readonly board: CheckBoard;
  readonly assume: () => AwsResult<AssumedSession>;
  readonly pause: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** the role was made a moment ago: a refusal may only mean that AWS is still spreading it */
  readonly justMade: boolean;
};

/** AssumeRole, asked again while a new role spreads. Only a refusal is worth waiting for (aws-reference §2). */
export async function assumePatiently(ports: PatientAssume): Promise<Result<AssumedSession, Stopped | Cancelled>> {
  const { assume, board, clock, justMade, pause, signal } = ports;
  const since = clock.now();
  const start = clock.monotonic();
  for (let attempt = 1; ; attempt += 1) {
    const asked = clock.monotonic();
    if (attempt === 1) board.row({ id: 'assume-role', state: 'running', detail: 'asking STS', since });
    const answer = await assume();
    if (answer.ok) {
      board.row({
        id: 'propagation',
        state: 'passed',
        detail: attempt === 1 ? 'answered at once' : `answered at attempt ${attempt}`,
        tookMs: asked - start,
      });
      board.row({
        id: 'assume-role',
        state: 'passed',
        detail: 'a 15-minute session, dropped after the test',
        tookMs: clock.monotonic() - asked,
      });
      return ok(answer.value.value);
    }
    if (answer.error.kind === 'cancelled') return err(answer.error);
    const waited = clock.monotonic() - start;
    const pauseMs = pauseBefore(attempt);
    const patient = justMade && answer.error.kind === 'access-denied' && waited + pauseMs <= propagationLimitMs;
    if (!patient) {
      board.row(
        justMade
          ? { id: 'propagation', state: 'passed', detail: `asked ${attempt} times`, tookMs: waited }
          : { id: 'propagation', state: 'skipped', detail: 'the role is not new' },
      );
      board.row({
        id: 'assume-role',
        state: 'failed',
        detail: answer.error.code ?? answer.error.kind,
        tookMs: clock.monotonic() - asked,
        error: answer.error,
      });
      return err({ kind: 'stopped', check: 'assume-role', error: answer.error });
    }
    board.row({ id: 'assume-role', state: 'not-run', detail: 'opens a 15-minute session' });
    board.row({
      id: 'propagation',
      state: 'waiting',
      detail: 'new roles answer within 30 s as a rule',
      since,
      limitMs: propagationLimitMs,
      attempts: attempt,
      nextAskAt: clock.now() + pauseMs,
    });
    await pause(pauseMs);
    if (signal.aborted) return err({ kind: 'cancelled' });
  }
}

function pauseBefore(attempt: number): number {
  const seconds = pauses[attempt] ?? laterPause;
  // ±20 %, spread by the attempt instead of by chance so that a run can be repeated
  const jitter = attempt < pauses.length ? 1 : 0.8 + ((attempt * 7) % 5) / 10;
  return seconds * 1000 * jitter;
}
