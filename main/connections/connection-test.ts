import type { AppError } from '../../core/app-error';
import type { Operation } from '../../core/contract/operations';
import { checkIds, untestedChecks, type Check, type CheckId, type TestResult } from '../../core/domain/check';
import { parseRoleArn } from '../../core/domain/arn';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Answer, AssumedSession, AwsCredentials } from '../aws/aws-api';
import type { OperationControl } from '../operations/operations';
import type { SourceClients } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import { diagnose, type TargetEyes } from '../../core/domain/diagnosis';

type TestOperation = Extract<Operation, { kind: 'test' }>;

export type TestSubject = {
  /** the draft or connection that is tested */
  readonly subjectId: string;
  readonly roleArn: string;
  readonly externalId?: string;
  /** seconds; what a session will ask for */
  readonly wantedDuration: number;
  /** the role was made a moment ago: a refusal may only mean that AWS is still spreading it */
  readonly justMade: boolean;
  readonly mustAllow: readonly string[];
  /** the trust policy that was agreed, to compare with what the role has */
  readonly expectedTrust?: string;
  /** reads the role with credentials of the target account, if there are any */
  readonly eyes?: () => Promise<TargetEyes | undefined>;
};

/** Attempts are this far apart, in seconds, then every ten with jitter (aws-reference §2, eventual consistency). */
const pauses = [0, 1, 2, 4, 8] as const;
const laterPause = 10;
const propagationLimitMs = 60_000;
/** Checks open the shortest session that STS gives, in seconds. */
const shortestDuration = 900;
const clockToleranceMs = 5 * 60_000;

type Ports = Pick<WorkspaceContext, 'clock' | 'newId' | 'aws'>;

type Stopped = { readonly kind: 'stopped'; readonly check: CheckId; readonly error: AppError };

/** What each check will look at, before it runs. */
export function upcomingChecks(subject: Pick<TestSubject, 'roleArn' | 'wantedDuration' | 'externalId'>): Check[] {
  const role = parseRoleArn(subject.roleArn);
  return untestedChecks({
    propagation: 'new roles answer within 30 s as a rule',
    'assume-role': 'opens a 15-minute session',
    identity: role === undefined ? '' : `must be ${role.roleName} in ${role.accountId}`,
    'session-length': `asks for ${formatHours(subject.wantedDuration)}`,
    'external-id':
      subject.externalId === undefined ? 'none was asked for' : 'must fail without it, and with a wrong one',
    permissions: 'compared with what was agreed',
  });
}

export function formatHours(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds / 60)} min`;
}

/** Runs the check list of product.md §1.7 once, publishing each change; the credentials it obtains are dropped. */
export class ConnectionTest {
  readonly #ports: Ports;
  readonly #subject: TestSubject;
  readonly #clients: SourceClients;
  readonly #control: OperationControl<TestOperation>;
  #operation: TestOperation;

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
    this.#operation = initial;
  }

  async run(): Promise<TestResult> {
    const outcome = await this.#runChecks();
    const startedAt = this.#operation.startedAt;
    if (outcome?.kind === 'stopped' || outcome?.kind === 'cancelled') {
      const state = outcome.kind === 'cancelled' ? 'cancelled' : 'failed';
      this.#closeRest(state === 'cancelled' ? 'by you' : 'not reached');
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
      this.#publish({ state, ...(error && { error }), ...(diagnosis && { diagnosis }) });
    } else {
      this.#publish({ state: this.#operation.checks.some((check) => check.state === 'warned') ? 'warned' : 'passed' });
    }
    const { state, checks, error, diagnosis } = this.#operation;
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
    const caller = await this.#check('source-credentials', 'asking STS', async () => {
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
      this.#instant('arn', () =>
        role === undefined
          ? err(appError('invalid-input', 'This is not the ARN of a role.', { remedies: [{ kind: 'edit-role' }] }))
          : ok(`role ${role.roleName}, path ${role.path}`),
      );
    if (local !== undefined) return local;
    if (role === undefined) return undefined;
    const callerPartition = caller.value.arn.split(':')[1] ?? 'aws';
    const partition = this.#instant('partition', () =>
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
    return this.#instant('clock', () => {
      const offset = this.#ports.clock.offset() ?? 0;
      const seconds = Math.abs(offset) / 1000;
      const text =
        seconds < 1 ? 'right to the second' : `${seconds.toFixed(1)} s ${offset > 0 ? 'behind' : 'ahead of'} AWS`;
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
      if (attempt === 1) this.#row({ id: 'assume-role', state: 'running', detail: 'asking STS', since });
      const answer = await this.#assume({
        durationSeconds: shortestDuration,
        suffix: 'test',
        externalId: this.#subject.externalId,
      });
      if (answer.ok) {
        const waited = asked - start;
        this.#row({
          id: 'propagation',
          state: 'passed',
          detail: attempt === 1 ? 'answered at once' : `answered at attempt ${attempt}`,
          tookMs: waited,
        });
        this.#row({
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
        this.#row(
          this.#subject.justMade
            ? { id: 'propagation', state: 'passed', detail: `asked ${attempt} times`, tookMs: waited }
            : { id: 'propagation', state: 'skipped', detail: 'the role is not new' },
        );
        this.#row({
          id: 'assume-role',
          state: 'failed',
          detail: answer.error.code ?? answer.error.kind,
          tookMs: clock.monotonic() - asked,
          error: answer.error,
        });
        return err({ kind: 'stopped', check: 'assume-role', error: answer.error });
      }
      this.#row({ id: 'assume-role', state: 'not-run', detail: 'opens a 15-minute session' });
      this.#row({
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
    const checked = await this.#check('identity', 'asking STS as the role', async () => {
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
    const checked = await this.#check('session-length', `asking for ${formatHours(wanted)}`, async () => {
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
      this.#row({
        id: 'external-id',
        state: 'warned',
        detail: 'none is asked for: anybody in the trusted account may enter',
        tookMs: 0,
      });
      return undefined;
    }
    const { clock } = this.#ports;
    const start = clock.monotonic();
    this.#row({
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
        this.#row({
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
        this.#row({
          id: 'external-id',
          state: 'inconclusive',
          detail: `${how}: ${answer.error.message}`.slice(0, 300),
          tookMs: clock.monotonic() - start,
        });
        return undefined;
      }
    }
    this.#row({
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
      this.#row({ id: 'permissions', state: 'skipped', detail: 'nothing was agreed that can be tried without harm' });
      return undefined;
    }
    const checked = await this.#check('permissions', `trying ${asked.join(', ')}`, async () => {
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

  async #check<T>(
    id: CheckId,
    detail: string,
    ask: () => Promise<Result<{ value: T; detail: string }, AppError | Cancelled>>,
  ): Promise<Result<T, Stopped | Cancelled>> {
    const { clock } = this.#ports;
    const start = clock.monotonic();
    this.#row({ id, state: 'running', detail, since: clock.now() });
    const answer = await ask();
    const tookMs = clock.monotonic() - start;
    if (answer.ok) {
      this.#row({ id, state: 'passed', detail: answer.value.detail.slice(0, 300), tookMs });
      return ok(answer.value.value);
    }
    if (answer.error.kind === 'cancelled') {
      this.#row({ id, state: 'cancelled', detail: 'by you' });
      return err(answer.error);
    }
    this.#row({
      id,
      state: 'failed',
      detail: answer.error.code ?? answer.error.message.slice(0, 300),
      tookMs,
      error: answer.error,
    });
    return err({ kind: 'stopped', check: id, error: answer.error });
  }

  #instant(id: CheckId, judge: () => Result<string>): Stopped | undefined {
    const judged = judge();
    if (judged.ok) {
      this.#row({ id, state: 'passed', detail: judged.value.slice(0, 300), tookMs: 0 });
      return undefined;
    }
    this.#row({ id, state: 'failed', detail: judged.error.message.slice(0, 300), tookMs: 0, error: judged.error });
    return { kind: 'stopped', check: id, error: judged.error };
  }

  #closeRest(reason: string): void {
    for (const id of checkIds) {
      const row = this.#operation.checks.find((check) => check.id === id);
      if (row === undefined || !['not-run', 'running', 'waiting'].includes(row.state)) continue;
      this.#row({ id, state: reason === 'by you' ? 'cancelled' : 'skipped', detail: reason });
    }
  }

  #row(row: Check): void {
    this.#publish({ checks: this.#operation.checks.map((check) => (check.id === row.id ? row : check)) });
  }

  #publish(patch: Partial<TestOperation>): void {
    this.#operation = { ...this.#operation, ...patch };
    this.#control.update(this.#operation);
  }
}

function nameOf(arn: string): string {
  return arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^user\//, '');
}
