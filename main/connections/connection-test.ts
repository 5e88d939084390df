import { checkLabels, type CheckId, type TestResult } from '../../core/domain/check';
import { parseRoleArn } from '../../core/domain/arn';
import { formatHours } from '../../core/domain/duration';
import { err, ok, type Cancelled } from '../../core/result';
import type { AssumedSession, CallerIdentity, CredentialsProvider } from '../aws/aws-api';
import type { OperationControl } from '../operations/operations';
import type { SourceClients } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import { CheckBoard, type Stopped, type TestOperation } from './check-board';
import { sessionNameOf, shortestDuration, type TestSubject } from './test-subject';
import type { Evidence, RefusedAction } from '../../core/domain/diagnosis/evidence';
import { diagnose } from '../../core/domain/diagnosis/diagnose';
import { checkExternalId } from './check-external-id';
import { runChecks, type CheckStep } from './check-graph';
import { checkPermissions } from './check-permissions';
import { gatherEvidence } from './gather-evidence';
import { assumePatiently } from './patient-assume';

const clockToleranceMs = 5 * 60_000;

type Ports = Pick<WorkspaceContext, 'clock' | 'newId' | 'aws'>;

/** Runs the check list of product.md §1.7 once, publishing each change; the credentials it obtains are dropped. */
export class ConnectionTest {
  readonly #ports: Ports;
  readonly #subject: TestSubject;
  readonly #clients: SourceClients;
  readonly #control: OperationControl<TestOperation>;
  readonly #board: CheckBoard;
  #caller: CallerIdentity | undefined;
  #session: AssumedSession | undefined;

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

  /** `evidence` is there where a check failed. */
  async run(): Promise<{ readonly result: TestResult; readonly evidence?: Evidence }> {
    let evidence: Evidence | undefined;
    const start = this.#ports.clock.monotonic();
    const outcome = await this.#runChecks();
    if (outcome === undefined) {
      const isWarned = this.#board.operation.checks.some((check) => check.state === 'warned');
      this.#board.publish({ state: isWarned ? 'warned' : 'passed' });
    } else if (outcome.kind === 'cancelled') {
      this.#board.closeRest('by you');
      this.#board.publish({ state: 'cancelled' });
    } else {
      this.#board.closeRest('not reached');
      const { clock } = this.#ports;
      evidence = await gatherEvidence(this.#subject, this.#clients, {
        stopped: outcome,
        caller: this.#caller,
        shorterWorks: this.#session !== undefined,
        waitedMs: clock.monotonic() - start,
        now: clock.now(),
      });
      const diagnosis = diagnose(evidence);
      this.#board.publish({ state: 'failed', error: outcome.error, ...(diagnosis && { diagnosis }) });
    }
    const { state, checks, error, diagnosis, startedAt } = this.#board.operation;
    const eyes = evidence?.eyes;
    const result: TestResult = {
      state: state === 'running' ? 'failed' : state,
      startedAt,
      finishedAt: this.#ports.clock.now(),
      checks,
      ...(this.#caller && { callerArn: this.#caller.arn }),
      ...(error && { error }),
      ...(diagnosis && { diagnosis }),
      ...(eyes?.found === true && eyes.source !== undefined
        ? { fixWith: { sourceId: eyes.source.id, label: eyes.source.label } }
        : {}),
    };
    return { result, ...(evidence && { evidence }) };
  }

  async #runChecks(): Promise<Stopped | Cancelled | undefined> {
    const kept = this.#keepPassed();
    const steps = this.#steps().filter(({ id }) => !kept.has(id));
    return await runChecks(steps, (id, because) => {
      this.#board.row({ id, state: 'skipped', detail: `because of “${checkLabels[because]}”` });
      if (id === 'assume-role') {
        this.#board.row({ id: 'propagation', state: 'skipped', detail: `because of “${checkLabels[because]}”` });
      }
    });
  }

  /** Every check with what has to have passed before it; whatever does not wait for another runs beside it. */
  #steps(): readonly CheckStep[] {
    return [
      { id: 'arn', needs: [], run: () => Promise.resolve(this.#judgeArn()) },
      { id: 'source-credentials', needs: [], run: () => this.#sourceCredentials() },
      { id: 'clock', needs: ['source-credentials'], run: () => Promise.resolve(this.#judgeClock()) },
      { id: 'partition', needs: ['arn', 'source-credentials'], run: () => Promise.resolve(this.#judgePartition()) },
      { id: 'assume-role', needs: ['clock', 'partition'], run: () => this.#assumeRole() },
      { id: 'identity', needs: ['assume-role'], run: () => this.#whoWeBecame() },
      { id: 'session-length', needs: ['assume-role'], run: () => this.#sessionLength() },
      // Refusals say something about the external ID only once it is known that the right one is let in.
      { id: 'external-id', needs: ['assume-role'], run: () => this.#externalId() },
      { id: 'permissions', needs: ['assume-role'], run: () => this.#permissions() },
    ];
  }

  /** What passed in an earlier test stays, but for what the others build on: who is calling, and a session of the role. */
  #keepPassed(): ReadonlySet<CheckId> {
    const built: readonly CheckId[] = ['source-credentials', 'clock', 'partition', 'propagation', 'assume-role'];
    const kept = (this.#subject.goOnFrom?.checks ?? []).filter(
      ({ id, state }) => state === 'passed' && !built.includes(id),
    );
    for (const check of kept) this.#board.row(check);
    return new Set(kept.map(({ id }) => id));
  }

  async #sourceCredentials(): Promise<Stopped | Cancelled | undefined> {
    const checked = await this.#board.check('source-credentials', 'asking STS', async () => {
      const answer = await this.#clients.sts.getCallerIdentity({ signal: this.#control.signal });
      return answer.ok
        ? ok({
            value: answer.value.value,
            detail: `${nameOf(answer.value.value.arn)} in ${answer.value.value.accountId}`,
          })
        : answer;
    });
    if (!checked.ok) return checked.error;
    this.#caller = checked.value;
    return undefined;
  }

  #judgeArn(): Stopped | undefined {
    const role = parseRoleArn(this.#subject.roleArn);
    return this.#board.judge('arn', () =>
      role === undefined
        ? err(appError('invalid-input', 'This is not the ARN of a role.', { remedies: [{ kind: 'edit-role' }] }))
        : ok(`role ${role.roleName}, path ${role.path}`),
    );
  }

  #judgePartition(): Stopped | undefined {
    const role = parseRoleArn(this.#subject.roleArn)?.partition ?? '';
    const caller = this.#caller?.arn.split(':')[1] ?? 'aws';
    return this.#board.judge('partition', () =>
      role === caller
        ? ok(`${role} on both sides`)
        : err(
            appError('not-possible', `The role is in ${role}, the source identity in ${caller}.`, {
              whatToDo: 'Roles cannot be assumed across partitions. Choose a source identity in the same one.',
              remedies: [{ kind: 'choose-source' }, { kind: 'edit-role' }],
            }),
          ),
    );
  }

  async #assumeRole(): Promise<Stopped | Cancelled | undefined> {
    const assumed = await assumePatiently({
      clock: this.#ports.clock,
      board: this.#board,
      assume: () => this.#assume(shortestDuration, 'test', this.#subject.externalId),
      pause: (ms) => this.#control.pause(ms),
      signal: this.#control.signal,
      justMade: this.#subject.justMade,
    });
    if (!assumed.ok) return assumed.error;
    this.#session = assumed.value;
    return undefined;
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

  async #whoWeBecame(): Promise<Stopped | Cancelled | undefined> {
    const role = parseRoleArn(this.#subject.roleArn);
    const checked = await this.#board.check('identity', 'asking STS as the role', async () => {
      const sts = this.#ports.aws.sts(this.#clients.environment, this.#asTheRole);
      const answer = await sts.getCallerIdentity({ signal: this.#control.signal });
      if (!answer.ok) return answer;
      const { arn, accountId: became } = answer.value.value;
      return became === role?.accountId && arn.includes(`:assumed-role/${role.roleName}/`)
        ? ok({ value: arn, detail: `${role.roleName} in ${became}` })
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
      const answer = await this.#assume(wanted, 'length', this.#subject.externalId);
      return answer.ok ? ok({ value: undefined, detail: `${formatHours(wanted)} accepted` }) : answer;
    });
    return checked.ok ? undefined : checked.error;
  }

  #externalId(): Promise<Stopped | Cancelled | undefined> {
    return checkExternalId({
      clock: this.#ports.clock,
      board: this.#board,
      right: this.#subject.externalId,
      wrong: this.#ports.newId(),
      assume: (externalId) => this.#assume(shortestDuration, 'extid-check', externalId),
    });
  }

  /** What the recipe promises of the role; one whose recipe promises nothing is not judged. */
  async #permissions(): Promise<Stopped | Cancelled | undefined> {
    const { checks, iamInTarget, roleArn } = this.#subject;
    if (checks.mustAllow.length + checks.mustNotAllow.length === 0) {
      this.#board.row({
        id: 'permissions',
        state: 'skipped',
        detail: 'the recipe promises nothing that could be tried',
      });
      return undefined;
    }
    const { aws } = this.#ports;
    const { environment } = this.#clients;
    let refusals: readonly RefusedAction[] = [];
    const checked = await this.#board.check('permissions', 'asking what it may do', async () => {
      const found = await checkPermissions(
        checks,
        {
          roleArn,
          inTarget: () => iamInTarget?.() ?? Promise.resolve(undefined),
          asTheRole: {
            iam: aws.iam(environment, this.#asTheRole),
            s3: aws.s3(environment, this.#asTheRole),
            organizations: aws.organizations(environment, this.#asTheRole),
          },
        },
        { signal: this.#control.signal },
      );
      if (found.ok) return ok({ value: undefined, ...found.value });
      if ('kind' in found.error) return err(found.error);
      ({ refusals } = found.error);
      return err(found.error.error);
    });
    if (checked.ok) return undefined;
    return checked.error.kind === 'stopped' && refusals.length > 0 ? { ...checked.error, refusals } : checked.error;
  }

  readonly #asTheRole: CredentialsProvider = () =>
    Promise.resolve(
      this.#session === undefined
        ? err(appError('credentials-missing', 'No session of the role is open.'))
        : ok(this.#session.credentials),
    );

  #assume(durationSeconds: number, what: Parameters<typeof sessionNameOf>[0], externalId: string | undefined) {
    return this.#clients.sts.assumeRole(
      {
        roleArn: this.#subject.roleArn,
        sessionName: sessionNameOf(what),
        durationSeconds,
        ...(externalId === undefined ? {} : { externalId }),
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
