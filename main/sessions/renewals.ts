import { isRenewable, pauseAfter, renewAt } from '../../core/domain/renewal';
import type { Session } from '../../core/domain/session';
import type { AppError } from '../../core/app-error';
import type { Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { SessionRecords } from './session-records';

/** Renewals begun in a second at most: STS answers many more, but other tools of the person call it too. */
const mostASecond = 5;
const mostAtOnce = 8;
/** The longest single timer; a longer wait is taken in pieces so that a clock jump is noticed. In milliseconds. */
const longestTimerMs = 60_000;

/** Trouble that goes away by itself, as trouble on AWS's side does; everything else waits for a person. */
const passingKinds: ReadonlySet<AppError['kind']> = new Set([
  'unreachable',
  'timed-out',
  'throttled',
  'keychain-locked',
  'keychain-absent',
  'keychain-failed',
  'clock-wrong',
]);

function isPassing({ kind, retryable }: AppError): boolean {
  return passingKinds.has(kind) || ((kind === 'aws-other' || kind === 'not-possible') && retryable);
}

export type RenewalsPorts = {
  readonly clock: Clock;
  readonly records: SessionRecords;
  /** asks AWS for new credentials and keeps them */
  readonly renew: (sessionId: string) => Promise<Result<Session>>;
  /** one has begun or ended */
  readonly onChange: () => void;
  /** of a session that can no longer be renewed by itself */
  readonly onFailed: (session: Session) => void;
};

/** Renews what is to be renewed, in time, a few at a time, and again after what passes by itself. */
export class Renewals {
  readonly #ports: RenewalsPorts;
  readonly #running = new Map<string, Promise<Result<Session>>>();
  #callOffTimer: (() => void) | undefined;
  #lastStart = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(ports: RenewalsPorts) {
    this.#ports = ports;
  }

  /** Those whose new credentials are asked for at this moment. */
  running(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Runs one now, whatever its time. Whoever wishes for it while it runs gets the same answer. */
  async now(sessionId: string, renew: () => Promise<Result<Session>>): Promise<Result<Session>> {
    const running = this.#running.get(sessionId);
    if (running !== undefined) return await running;
    const mine = renew()
      .then((answer) => {
        this.#note(sessionId, answer);
        return answer;
      })
      .finally(() => {
        this.#running.delete(sessionId);
        this.#ports.onChange();
        this.settle();
      });
    this.#running.set(sessionId, mine);
    this.#ports.onChange();
    return await mine;
  }

  /** Judges anew what is due, by AWS's clock; called after every change, on waking and when the network is back. */
  settle(): void {
    this.#callOffTimer?.();
    this.#callOffTimer = undefined;
    if (this.#isStopped) return;
    const { clock } = this.#ports;
    const now = clock.now();
    const next = this.#running.size >= mostAtOnce ? undefined : this.#next(now);
    if (next === undefined) return;
    const gap = this.#lastStart + 1000 / mostASecond - clock.monotonic();
    const delay = Math.max(next.at - now, gap, 0);
    if (delay > 0) {
      this.#callOffTimer = clock.schedule(Math.min(delay, longestTimerMs), () => {
        this.settle();
      });
      return;
    }
    this.#lastStart = clock.monotonic();
    void this.now(next.session.id, () => this.#ports.renew(next.session.id));
    this.settle();
  }

  /** What is due first, and of several the one that ends first. */
  #next(now: number): { readonly session: Session; readonly at: number } | undefined {
    let next: { readonly session: Session; readonly at: number } | undefined;
    for (const session of this.#ports.records.all()) {
      if (!isRenewable(session, now) || this.#running.has(session.id)) continue;
      const at = renewAt(session);
      const isSooner =
        next === undefined || at < next.at || (at === next.at && session.expiresAt < next.session.expiresAt);
      if (isSooner) next = { session, at };
    }
    return next;
  }

  /** What passes by itself is tried at once: the computer woke, or the network or the keychain is back. */
  tryAgain(): void {
    const now = this.#ports.clock.now();
    this.#ports.records.patchAll((session) =>
      session.trouble?.nextTryAt === undefined || session.trouble.nextTryAt <= now
        ? session
        : { ...session, trouble: { ...session.trouble, nextTryAt: now } },
    );
    this.settle();
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOffTimer?.();
  }

  #note(sessionId: string, answer: Result<Session>): void {
    if (answer.ok) return;
    const { clock, records, onFailed } = this.#ports;
    const at = clock.now();
    records.patch(sessionId, (session) => {
      if (session.end !== undefined) return session;
      const failures = (session.trouble?.failures ?? 0) + 1;
      const nextTryAt = isPassing(answer.error) ? { nextTryAt: at + pauseAfter(failures) } : {};
      return { ...session, trouble: { error: answer.error, at, failures, ...nextTryAt } };
    });
    const session = records.find(sessionId);
    if (session?.trouble !== undefined && session.trouble.nextTryAt === undefined) onFailed(session);
  }
}
