import { setMaxListeners } from 'node:events';
import type { AppError } from '../../core/app-error';
import type { HealthOperation } from '../../core/contract/operations';
import { checkLabels, type TestResult } from '../../core/domain/check';
import type { Connection } from '../../core/domain/connection';
import type { HealthEvery, TestedBy } from '../../core/domain/health';
import type { Workspace as WorkspaceKind } from '../../core/domain/limits';
import { err, ok, type Result } from '../../core/result';
import type { OperationControl, Operations } from '../operations/operations';
import type { Clock } from '../platform/clock';
import type { SourceClients, Sources } from '../sources/sources';
import { appError, type Publisher, type StoredDocument } from '../workspace-context';
import type { Connections } from './connections';
import { HealthSchedule, type HealthDocument } from './health-schedule';
import { runPaced } from './paced-round';
import { RoundSources } from './round-sources';
import { upcomingChecks } from './test-subject';

/**
 * Connections tested at a time. STS takes 600 requests a second for each account and Region, all its operations
 * together (IAM User Guide, "IAM and AWS STS quotas"); a test is six of them, so 16 at a time stay below that as long as
 * a test takes longer than 0.16 s. What else the account asks counts too: when AWS throttles, fewer run.
 */
export const mostAtOnce = 16;
/** Milliseconds between two pushes to the window, and between two writes of results. */
const pushEvery = 100;
const writeEvery = 1000;

/** These say something about this computer and its network, and nothing about a connection. */
const notAboutConnections: ReadonlySet<AppError['kind']> = new Set([
  'unreachable',
  'timed-out',
  'keychain-absent',
  'keychain-locked',
  'keychain-failed',
]);

export type HealthPorts = {
  readonly kind: WorkspaceKind;
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly connections: Connections;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly document: StoredDocument<HealthDocument>;
  /** what else is looked at when the schedule says that it is time */
  readonly alongside: () => void;
};

/** Tests many connections in one go, on demand and by the clock. */
export class Health {
  readonly #ports: HealthPorts;
  readonly schedule: HealthSchedule;
  #round: HealthRound | undefined;

  constructor(ports: HealthPorts) {
    this.#ports = ports;
    this.schedule = new HealthSchedule({
      clock: ports.clock,
      document: ports.document,
      begin: () => {
        // with nothing to test the next round is due a period later all the same
        if (!this.testAll(undefined, 'schedule').ok) this.schedule.began();
        ports.alongside();
      },
      changed: () => {
        ports.publisher.changed('health');
      },
    });
  }

  /** Tests these, or all whose access is not closed. While a round runs, its operation is given instead. */
  testAll(connectionIds: readonly string[] | undefined, by: HealthOperation['by']): Result<{ operationId: string }> {
    const { clock, connections, kind, operations } = this.#ports;
    const wanted = connectionIds === undefined ? undefined : new Set(connectionIds);
    const asked = connections.all().filter(({ id }) => wanted?.has(id) ?? true);
    const open = asked.filter(({ status }) => status !== 'closing' && status !== 'revoked');
    const running = operations.runningFor(kind);
    if (running === undefined && open.length === 0) {
      return err(
        appError('not-possible', 'There is nothing to test.', {
          whatDidNotChange: 'No connection was asked.',
          whatToDo: 'Connections whose access is closing or revoked are left out.',
        }),
      );
    }
    if (wanted === undefined) this.schedule.began();
    if (running !== undefined) return ok({ operationId: running });
    const operationId = operations.start(
      (id): HealthOperation => ({
        kind: 'health',
        id,
        subjectId: kind,
        by,
        startedAt: clock.now(),
        state: 'running',
        ...{ total: open.length, done: 0, passed: 0, warned: 0, failed: 0, unasked: 0, running: 0 },
        atOnce: mostAtOnce,
        closed: asked.length - open.length,
        turned: 0,
        turnedNames: [],
      }),
      async (control, initial) => {
        const round = new HealthRound(this.#ports, control, initial);
        this.#round = round;
        await round.run(open.map(({ id }) => id));
        this.#round = undefined;
      },
    );
    return ok({ operationId });
  }

  setSchedule(every: HealthEvery): Result<Record<string, never>> {
    return this.schedule.set(every);
  }

  /** What was tested so far is written before this returns. */
  stop(): void {
    this.schedule.stop();
    this.#round?.write();
  }
}

/** One round: what it knows, writes and tells. */
class HealthRound {
  readonly #ports: HealthPorts;
  readonly #control: OperationControl<HealthOperation>;
  readonly #sources: RoundSources;
  #operation: HealthOperation;
  /** `over`: when the test began whose place the result takes */
  #unwritten = new Map<string, { readonly result: TestResult; readonly over: number | undefined }>();
  #cancelPush: (() => void) | undefined;
  #cancelWrite: (() => void) | undefined;

  constructor(ports: HealthPorts, control: OperationControl<HealthOperation>, initial: HealthOperation) {
    this.#ports = ports;
    this.#control = control;
    this.#operation = initial;
    // every call of every test that runs listens to the one Cancel
    setMaxListeners(0, control.signal);
    this.#sources = new RoundSources(ports.sources, control.signal);
  }

  async run(ids: readonly string[]): Promise<void> {
    const { clock } = this.#ports;
    const { signal } = this.#control;
    await runPaced({
      clock,
      signal,
      items: ids,
      most: mostAtOnce,
      run: (id) => this.#test(id),
      giveUp: (id) => {
        this.#unasked(id, throttledToTheEnd);
      },
      onPace: ({ atOnce, pausedUntil, running }) => {
        const { throttledUntil: _ended, ...rest } = this.#operation;
        const until = pausedUntil === undefined ? undefined : clock.now() + pausedUntil - clock.monotonic();
        this.#operation = {
          ...rest,
          atOnce,
          running,
          ...(until !== undefined && { throttledUntil: Math.ceil(until) }),
        };
        this.#push();
      },
    });
    this.write();
    this.#cancelWrite?.();
    this.#cancelPush?.();
    const { throttledUntil: _ended, ...rest } = this.#operation;
    const state = signal.aborted ? 'cancelled' : 'done';
    this.#control.update({ ...rest, state, running: 0, finishedAt: clock.now() });
  }

  /** Everything that was tested and is not kept yet. */
  write(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    if (this.#unwritten.size === 0) return;
    const { connections } = this.#ports;
    const current = new Map(connections.all().map((one) => [one.id, one]));
    // what a person tested in the meantime is newer, and stays
    const news = [...this.#unwritten].filter(([id, { over }]) => current.get(id)?.lastTest?.startedAt === over);
    const written = connections.keepResults(new Map(news.map(([id, { result }]) => [id, result])));
    if (written.ok) this.#unwritten = new Map();
    else this.#operation = { ...this.#operation, error: written.error };
  }

  async #test(id: string): Promise<'done' | 'throttled'> {
    const { connections, operations } = this.#ports;
    const byPerson = operations.runningFor(id);
    if (byPerson !== undefined) {
      await operations.whenEnded(byPerson);
      this.#count(connections.find(id)?.lastTest?.state ?? 'failed');
      return 'done';
    }
    const connection = connections.find(id);
    if (connection === undefined) {
      this.#operation = { ...this.#operation, total: this.#operation.total - 1 };
      return 'done';
    }
    const clients = this.#sources.clients(connection.sourceId);
    if (!clients.ok) {
      this.#ended(connection, withoutSource(connection, clients.error, this.#ports.clock.now()));
      return 'done';
    }
    return await this.#testWith(connection, clients.value);
  }

  async #testWith(connection: Connection, clients: SourceClients): Promise<'done' | 'throttled'> {
    const { signal } = this.#control;
    const seen = { throttled: false };
    const sts: SourceClients['sts'] = {
      ...clients.sts,
      // an answer about the external ID that was throttled fails no check, and says nothing either
      assumeRole: async (input, options) => {
        const answer = await clients.sts.assumeRole(input, options);
        if (!answer.ok && answer.error.kind === 'throttled') seen.throttled = true;
        return answer;
      },
    };
    const result = await this.#ports.connections.testInRound(connection, {
      sources: this.#sources,
      clients: { ...clients, sts },
      signal,
    });
    if (signal.aborted || result.state === 'cancelled') return 'done';
    if (seen.throttled || result.checks.some((check) => check.state === 'failed' && check.error.kind === 'throttled')) {
      return 'throttled';
    }
    if (result.error !== undefined && notAboutConnections.has(result.error.kind)) {
      const mayBeBack = result.checks.some(({ id, state }) => id === 'source-credentials' && state === 'passed');
      if (mayBeBack) this.#sources.askAgain(connection.sourceId);
      this.#unasked(connection.id, result.error);
    } else {
      this.#ended(connection, result);
    }
    return 'done';
  }

  #ended(connection: Connection, result: TestResult): void {
    const by: TestedBy = this.#operation.by;
    this.#ports.connections.recordEnd(connection.id, result, by);
    this.#unwritten.set(connection.id, { result, over: connection.lastTest?.startedAt });
    if (connection.status === 'working' && result.state === 'failed') {
      const { turned, turnedNames } = this.#operation;
      this.#operation = {
        ...this.#operation,
        turned: turned + 1,
        turnedNames: turnedNames.length < 3 ? [...turnedNames, connection.name] : turnedNames,
      };
    }
    this.#count(result.state);
    this.#cancelWrite ??= this.#ports.clock.schedule(writeEvery, () => {
      this.write();
      if (this.#unwritten.size > 0) this.#push();
    });
  }

  #count(state: TestResult['state']): void {
    const { done, failed, passed, unasked, warned } = this.#operation;
    const counts: Readonly<Record<TestResult['state'], Partial<HealthOperation>>> = {
      passed: { passed: passed + 1 },
      warned: { warned: warned + 1 },
      failed: { failed: failed + 1 },
      cancelled: { unasked: unasked + 1 },
    };
    this.#operation = { ...this.#operation, ...counts[state], done: done + 1 };
    this.#push();
  }

  #unasked(_id: string, error: AppError): void {
    const { done, unasked } = this.#operation;
    this.#operation = { ...this.#operation, done: done + 1, unasked: unasked + 1, unaskedError: error };
    this.#push();
  }

  /** The window hears of many changes at once, and of the last one always. */
  #push(): void {
    this.#cancelPush ??= this.#ports.clock.schedule(pushEvery, () => {
      this.#cancelPush = undefined;
      this.#control.update(this.#operation);
    });
  }
}

const throttledToTheEnd = appError('throttled', 'AWS throttled the calls to the end.', {
  whatDidNotChange: 'These connections keep their last result.',
  whatToDo: 'Test them again in a few minutes.',
  retryable: true,
  remedies: [{ kind: 'retry' }],
});

/** The source is gone from the records: nothing can be asked, and that is what failed. */
function withoutSource(connection: Connection, error: AppError, now: number): TestResult {
  const because = `because of “${checkLabels['source-credentials']}”`;
  const subject = { roleArn: connection.roleArn, wantedDuration: connection.maxSessionDuration };
  return {
    state: 'failed',
    startedAt: now,
    finishedAt: now,
    error,
    checks: upcomingChecks(subject).map(({ id }) =>
      id === 'source-credentials'
        ? { id, state: 'failed', detail: error.message.slice(0, 300), tookMs: 0, error }
        : { id, state: 'skipped', detail: because },
    ),
  };
}
