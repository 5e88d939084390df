import type { AppError } from '../../core/app-error';
import type { TestResult } from '../../core/domain/check';
import { parseRoleArn } from '../../core/domain/arn';
import { formatHours } from '../../core/domain/duration';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Answer, AssumedSession, AwsCredentials } from '../aws/aws-api';
import type { OperationControl } from '../operations/operations';
import type { SourceClients } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import { CheckBoard, type Stopped, type TestOperation } from './check-board';
import type { TestSubject } from './test-subject';
import { diagnose } from '../../core/domain/diagnosis';

/** Attempts are this far apart, in seconds, then every ten with jitter (aws-reference §2, eventual consistency). */
const pauses = [0, 1, 2, 4, 8] as const;
const laterPause = 10;
const propagationLimitMs = 60_000;
/** Checks open the shortest session that STS gives, in seconds. */
const shortestDuration = 900;
const clockToleranceMs = 5 * 60_000;

type Ports = Pick<WorkspaceContext, 'clock' | 'newId' | 'aws'>;

/** Runs the check list of product.md §1.7 once, publishing each change; the credentials it obtains are dropped. */
export class ConnectionTest {
  readonly #ports: Ports;
  readonly #subject: TestSubject;
  readonly #clients: SourceClients;
  readonly #control: OperationControl<TestOperation>;
  readonly #board: CheckBoard;

  constructor(
    ports: Ports,
    subject: TestSubject,
    clients: SourceClients,
    control: OperationControl<TestOperation>,
    initial: TestOperation,
  ) {
    this.#ports = ports;
    this.#subject = subject;
    this.#clients = clients;
    this.#control = control;
    this.#board = new CheckBoard(ports.clock, control, initial);
  }

  async run(): Promise<TestResult> {
    const outcome = await this.#runChecks();
    const startedAt = this.#board.operation.startedAt;
    if (outcome?.kind === 'stopped' || outcome?.kind === 'cancelled') {
      const state = outcome.kind === 'cancelled' ? 'cancelled' : 'failed';
      this.#board.closeRest(state === 'cancelled' ? 'by you' : 'not reached');
      const error = outcome.kind === 'stopped' ? outcome.error : undefined;
      const diagnosis =
        outcome.kind === 'stopped' && (outcome.check === 'assume-role' || outcome.check === 'external-id')
          ? diagnose({
              error: outcome.error,
              check: outcome.check,
              roleArn: this.#subject.roleArn,
              externalId: this.#subject.externalId,
              callerArn: await this.#callerArn(),
              expectedTrust: this.#subject.expectedTrust,
              eyes: await this.#subject.eyes?.(),
            })
          : undefined;
      this.#board.publish({ state, ...(error && { error }), ...(diagnosis && { diagnosis }) });
    } else {
      this.#board.publish({
        state: this.#board.operation.checks.some((check) => check.state === 'warned') ? 'warned' : 'passed',
      });
    }
    const { state, checks, error, diagnosis } = this.#board.operation;
    return {
      state: state === 'running' ? 'failed' : state,
      startedAt,
      finishedAt: this.#ports.clock.now(),
      checks,
      ...(error && { error }),
      ...(diagnosis && { diagnosis }),
    };
  }

  async #callerArn(): Promise<string | undefined> {
    const answer = await this.#clients.sts.getCallerIdentity();
    return answer.ok ? answer.value.value.arn : undefined;
  }

  async #runChecks(): Promise<Stopped | Cancelled | undefined> {
    const { sts } = this.#clients;
    const { signal } = this.#control;
    const caller = await this.#board.check('source-credentials', 'asking STS', async () => {
      const answer = await sts.getCallerIdentity({ signal });
      return answer.ok
        ? ok({
            value: answer.value.value,
            detail: `${nameOf(answer.value.value.arn)} in ${answer.value.value.accountId}`,
          })
        : answer;
    });
    if (!caller.ok) return caller.error;
    const role = parseRoleArn(this.#subject.roleArn);
    const local =
      this.#judgeClock() ??
      this.#board.judge('arn', () =>
        role === undefined
          ? err(appError('invalid-input', 'This is not the ARN of a role.', { remedies: [{ kind: 'edit-role' }] }))
          : ok(`role ${role.roleName}, path ${role.path}`),
      );
    if (local !== undefined) return local;
    if (role === undefined) return undefined;
    const callerPartition = caller.value.arn.split(':')[1] ?? 'aws';
    const partition = this.#board.judge('partition', () =>
      role.partition === callerPartition
        ? ok(`${role.partition} on both sides`)
        : err(
            appError('not-possible', `The role is in ${role.partition}, the source identity in ${callerPartition}.`, {
              whatToDo: 'Roles cannot be assumed across partitions. Choose a source identity in the same one.',
              remedies: [{ kind: 'choose-source' }, { kind: 'edit-role' }],
            }),
          ),
    );
    if (partition !== undefined) return partition;
    const assumed = await this.#assumePatiently();
    if (!assumed.ok) return assumed.error;
    const became = await this.#whoWeBecame(assumed.value, role.accountId, role.roleName);
    if (became !== undefined) return became;
    return (
      (await this.#sessionLength()) ??
      (await this.#externalId()) ??
      (await this.#permissions(assumed.value.credentials))
    );
  }

  #judgeClock(): Stopped | undefined {
    return this.#board.judge('clock', () => {
      const offset = this.#ports.clock.offset() ?? 0;
      const seconds = Math.abs(offset) / 1000;
      const difference = seconds < 90 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
      const text = seconds < 1 ? 'right to the second' : `${difference} ${offset > 0 ? 'behind' : 'ahead of'} AWS`;
      return seconds * 1000 > clockToleranceMs
        ? err(
            appError('clock-wrong', `This computer’s clock is ${text}. AWS refuses more than 5 minutes.`, {
              whatToDo: 'Set the clock, or switch on automatic time, then test again.',
              retryable: true,
              remedies: [{ kind: 'retry' }],
            }),
          )
        : ok(`${text}, 5 min allowed`);
    });
  }

  /** AssumeRole, asked again while a new role spreads. Only a refusal is worth waiting for (aws-reference §2). */
  async #assumePatiently(): Promise<Result<AssumedSession, Stopped | Cancelled>> {
    const { clock } = this.#ports;
    const since = clock.now();
    const start = clock.monotonic();
    for (let attempt = 1; ; attempt += 1) {
      const asked = clock.monotonic();
      if (attempt === 1) this.#board.row({ id: 'assume-role', state: 'running', detail: 'asking STS', since });
      const answer = await this.#assume({
        durationSeconds: shortestDuration,
        suffix: 'test',
        externalId: this.#subject.externalId,
      });
      if (answer.ok) {
        const waited = asked - start;
        this.#board.row({
          id: 'propagation',
          state: 'passed',
          detail: attempt === 1 ? 'answered at once' : `answered at attempt ${attempt}`,
          tookMs: waited,
        });
        this.#board.row({
          id: 'assume-role',
          state: 'passed',
          detail: 'a 15-minute session, dropped after the test',
          tookMs: clock.monotonic() - asked,
        });
        return ok(answer.value.value);
      }
      if (answer.error.kind === 'cancelled') return err(answer.error);
      const waited = clock.monotonic() - start;
      const pauseMs = this.#pauseBefore(attempt);
      const patient =
        this.#subject.justMade && answer.error.kind === 'access-denied' && waited + pauseMs <= propagationLimitMs;
      if (!patient) {
        this.#board.row(
          this.#subject.justMade
            ? { id: 'propagation', state: 'passed', detail: `asked ${attempt} times`, tookMs: waited }
            : { id: 'propagation', state: 'skipped', detail: 'the role is not new' },
        );
        this.#board.row({
          id: 'assume-role',
          state: 'failed',
          detail: answer.error.code ?? answer.error.kind,
          tookMs: clock.monotonic() - asked,
          error: answer.error,
        });
        return err({ kind: 'stopped', check: 'assume-role', error: answer.error });
      }
      this.#board.row({ id: 'assume-role', state: 'not-run', detail: 'opens a 15-minute session' });
      this.#board.row({
        id: 'propagation',
        state: 'waiting',
        detail: 'new roles answer within 30 s as a rule',
        since,
        limitMs: propagationLimitMs,
        attempts: attempt,
        nextAskAt: clock.now() + pauseMs,
      });
      await this.#control.pause(pauseMs);
      if (this.#control.signal.aborted) return err({ kind: 'cancelled' });
    }
  }

  #pauseBefore(attempt: number): number {
    const seconds = pauses[attempt] ?? laterPause;
    // ±20 %, spread by the attempt instead of by chance so that a run can be repeated
    const jitter = attempt < pauses.length ? 1 : 0.8 + ((attempt * 7) % 5) / 10;
    return seconds * 1000 * jitter;
  }

  async #whoWeBecame(
    session: AssumedSession,
    accountId: string,
    roleName: string,
  ): Promise<Stopped | Cancelled | undefined> {
    const checked = await this.#board.check('identity', 'asking STS as the role', async () => {
      const sts = this.#ports.aws.sts(this.#clients.environment, () => Promise.resolve(ok(session.credentials)));
      const answer = await sts.getCallerIdentity({ signal: this.#control.signal });
      if (!answer.ok) return answer;
      const { arn, accountId: became } = answer.value.value;
      return became === accountId && arn.includes(`:assumed-role/${roleName}/`)
        ? ok({ value: arn, detail: `${roleName} in ${became}` })
        : err(
            appError('unexpected', `AWS says these credentials belong to ${arn}.`, {
              whatToDo: 'Check the role’s ARN.',
            }),
          );
    });
    return checked.ok ? undefined : checked.error;
  }

  async #sessionLength(): Promise<Stopped | Cancelled | undefined> {
    const wanted = this.#subject.wantedDuration;
    const checked = await this.#board.check('session-length', `asking for ${formatHours(wanted)}`, async () => {
      const answer = await this.#assume({
        durationSeconds: wanted,
        suffix: 'length',
        externalId: this.#subject.externalId,
      });
      return answer.ok ? ok({ value: undefined, detail: `${formatHours(wanted)} accepted` }) : answer;
    });
    return checked.ok ? undefined : checked.error;
  }

  /**
   * AWS tells third parties to test with and without the external ID and not to store a role that answers without it
   * (aws-reference §3.4). Credentials obtained here are never kept.
   */
  async #externalId(): Promise<Stopped | Cancelled | undefined> {
    if (this.#subject.externalId === undefined) {
      this.#board.row({
        id: 'external-id',
        state: 'warned',
        detail: 'none is asked for: anybody in the trusted account may enter',
        tookMs: 0,
      });
      return undefined;
    }
    const { clock } = this.#ports;
    const start = clock.monotonic();
    this.#board.row({
      id: 'external-id',
      state: 'running',
      detail: 'trying without it, and with a wrong one',
      since: clock.now(),
    });
    for (const [how, externalId] of [
      ['without it', undefined],
      ['with a wrong one', this.#ports.newId()],
    ] as const) {
      const answer = await this.#assume({ durationSeconds: shortestDuration, suffix: 'extid-check', externalId });
      if (answer.ok) {
        const error = appError('not-possible', `The role lets the caller in ${how}: the external ID is not enforced.`, {
          whatDidNotChange: 'The session that was opened was dropped at once.',
          whatToDo: 'The account owner must add the condition on sts:ExternalId to the trust policy.',
          retryable: true,
          remedies: [{ kind: 'retry' }, { kind: 'open-link', linkId: 'docs-external-id' }],
        });
        this.#board.row({
          id: 'external-id',
          state: 'failed',
          detail: `entered ${how}`,
          tookMs: clock.monotonic() - start,
          error,
        });
        return { kind: 'stopped', check: 'external-id', error };
      }
      if (answer.error.kind === 'cancelled') return answer.error;
      if (answer.error.kind !== 'access-denied') {
        this.#board.row({
          id: 'external-id',
          state: 'inconclusive',
          detail: `${how}: ${answer.error.message}`.slice(0, 300),
          tookMs: clock.monotonic() - start,
        });
        return undefined;
      }
    }
    this.#board.row({
      id: 'external-id',
      state: 'passed',
      detail: 'refused without it, and with a wrong one',
      tookMs: clock.monotonic() - start,
    });
    return undefined;
  }

  /** Harmless reads only; a role whose recipe names none is not judged. */
  async #permissions(credentials: AwsCredentials): Promise<Stopped | Cancelled | undefined> {
    const iam = this.#ports.aws.iam(this.#clients.environment, () => Promise.resolve(ok(credentials)));
    const { signal } = this.#control;
    const probes: Readonly<Record<string, () => Promise<Result<Answer<unknown>, AppError | Cancelled>>>> = {
      'iam:ListAccountAliases': () => iam.listAccountAliases({ signal }),
      'iam:ListRoles': () => iam.listRoles({ signal }),
    };
    const asked = this.#subject.mustAllow.filter((action) => action in probes);
    if (asked.length === 0) {
      this.#board.row({
        id: 'permissions',
        state: 'skipped',
        detail: 'nothing was agreed that can be tried without harm',
      });
      return undefined;
    }
    const checked = await this.#board.check('permissions', `trying ${asked.join(', ')}`, async () => {
      for (const action of asked) {
        const answer = await probes[action]?.();
        if (answer?.ok === false) return answer;
      }
      return ok({ value: undefined, detail: `may ${asked.join(', ')}` });
    });
    return checked.ok ? undefined : checked.error;
  }

  async #assume(input: { durationSeconds: number; suffix: string; externalId: string | undefined }) {
    return await this.#clients.sts.assumeRole(
      {
        roleArn: this.#subject.roleArn,
        sessionName: `sallyport-${input.suffix}`,
        durationSeconds: input.durationSeconds,
        ...(input.externalId === undefined ? {} : { externalId: input.externalId }),
      },
      { signal: this.#control.signal },
    );
  }
}

function nameOf(arn: string): string {
  return arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^user\//, '');
}
