import type { AppError } from '../../core/app-error';
import type { Operation } from '../../core/contract/operations';
import { checkIds, type Check, type CheckId } from '../../core/domain/check';
import type { RefusedAction } from '../../core/domain/diagnosis/evidence';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { OperationControl } from '../operations/operations';
import type { Clock } from '../platform/clock';

export type TestOperation = Extract<Operation, { kind: 'test' }>;

/** A check that failed ends the test. */
export type Stopped = {
  readonly kind: 'stopped';
  readonly check: CheckId;
  readonly error: AppError;
  /** what was seen beside the error */
  readonly refusals?: readonly RefusedAction[];
};

/** What a check found; it passed where nothing else is said. */
export type Found<T> = {
  readonly value: T;
  readonly detail: string;
  readonly state?: 'passed' | 'warned' | 'inconclusive';
};

/** The check list as the window sees it: every change of a row is published at once. */
export class CheckBoard {
  readonly #clock: Clock;
  readonly #control: OperationControl<TestOperation>;
  #operation: TestOperation;

  constructor(clock: Clock, control: OperationControl<TestOperation>, initial: TestOperation) {
    this.#clock = clock;
    this.#control = control;
    this.#operation = initial;
  }

  get operation(): TestOperation {
    return this.#operation;
  }

  /** Runs one check: running, then passed with what was found, or failed or cancelled. */
  async check<T>(
    id: CheckId,
    detail: string,
    ask: () => Promise<Result<Found<T>, AppError | Cancelled>>,
  ): Promise<Result<T, Stopped | Cancelled>> {
    const clock = this.#clock;
    const start = clock.monotonic();
    this.row({ id, state: 'running', detail, since: clock.now() });
    const answer = await ask();
    const tookMs = clock.monotonic() - start;
    if (answer.ok) {
      const { detail, state = 'passed', value } = answer.value;
      this.row({ id, state, detail: detail.slice(0, 300), tookMs });
      return ok(value);
    }
    if (answer.error.kind === 'cancelled') {
      this.row({ id, state: 'cancelled', detail: 'by you' });
      return err(answer.error);
    }
    this.row({
      id,
      state: 'failed',
      detail: answer.error.code ?? answer.error.message.slice(0, 300),
      tookMs,
      error: answer.error,
    });
    return err({ kind: 'stopped', check: id, error: answer.error });
  }

  /** A check that needs no call. */
  judge(id: CheckId, find: () => Result<string>): Stopped | undefined {
    const judged = find();
    if (judged.ok) {
      this.row({ id, state: 'passed', detail: judged.value.slice(0, 300), tookMs: 0 });
      return undefined;
    }
    this.row({ id, state: 'failed', detail: judged.error.message.slice(0, 300), tookMs: 0, error: judged.error });
    return { kind: 'stopped', check: id, error: judged.error };
  }

  /** What did not come to an end says why. */
  closeRest(reason: 'by you' | 'not reached'): void {
    for (const id of checkIds) {
      const row = this.#operation.checks.find((check) => check.id === id);
      if (row === undefined || !['not-run', 'running', 'waiting'].includes(row.state)) continue;
      this.row({ id, state: reason === 'by you' ? 'cancelled' : 'skipped', detail: reason });
    }
  }

  row(row: Check): void {
    this.publish({ checks: this.#operation.checks.map((check) => (check.id === row.id ? row : check)) });
  }

  publish(patch: Partial<TestOperation>): void {
    this.#operation = { ...this.#operation, ...patch };
    this.#control.update(this.#operation);
  }
}
