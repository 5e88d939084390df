import type { Act } from '../../core/domain/activity-words';
import type { TestResult } from '../../core/domain/check';
import { lastWorked, testEndOf, type TestedBy, type TestEnd } from '../../core/domain/health';
import {
  connectionSchema,
  mostConnections,
  mostTags,
  summarize,
  type Connection,
  type ConnectionSummary,
} from '../../core/domain/connection';
import type { Evidence } from '../../core/domain/diagnosis/evidence';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';
import type { SourceClients, Sources } from '../sources/sources';
import type { CollectionSpec, StoredCollection } from '../store/collection';
import type { StoredLines } from '../store/line-folder';
import type { Operations } from '../operations/operations';
import { appError, notFound, type AuditEntry, type WorkspaceContext } from '../workspace-context';
import type { TestOperation } from './check-board';
import { ConnectionTest } from './connection-test';
import { FailedTests } from './failed-tests';
import { readerInTarget, readWithTargetEyes } from './target-eyes';
import { nothingPromised, upcomingChecks, type TestSubject } from './test-subject';

export const connectionsCollection: CollectionSpec<Connection> = {
  ...{ name: 'connections', record: connectionSchema, most: mostConnections, version: 1, migrations: [] },
};

export type ConnectionsPorts = WorkspaceContext & {
  readonly records: StoredCollection<Connection>;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly testHistory: StoredLines<TestEnd>;
};

/** What the tests of one round share. */
export type Round = {
  readonly sources: Pick<Sources, 'clients' | 'inAccount'>;
  readonly clients: SourceClients;
  readonly signal: AbortSignal;
};

/** The records of target roles, and their tests. */
export class Connections {
  readonly #ports: ConnectionsPorts;
  readonly failed: FailedTests;

  constructor(ports: ConnectionsPorts) {
    this.#ports = ports;
    this.failed = new FailedTests(ports);
  }

  list(): ConnectionSummary[] {
    return this.all().map(summarize);
  }

  all(): readonly Connection[] {
    return this.#ports.records.all();
  }

  count(): number {
    return this.all().length;
  }

  find(connectionId: string): Connection | undefined {
    return this.#ports.records.find(connectionId);
  }

  findByExternalId(externalId: string): Connection | undefined {
    return this.all().find((connection) => connection.externalId === externalId);
  }

  get(connectionId: string): Result<{ connection: Connection; operationId?: string }> {
    const connection = this.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const operationId = this.#ports.operations.runningFor(connectionId);
    return ok({ connection, ...(operationId === undefined ? {} : { operationId }) });
  }

  add(...added: readonly Connection[]): Result<unknown> {
    const saved = this.#ports.records.change({ put: added });
    if (!saved.ok) return saved;
    this.#ports.audit(...added.map(auditLine('connection.added')));
    this.#changed();
    return saved;
  }

  /** Puts and removes many at once; what was done is the caller’s to write down. */
  change(put: readonly Connection[], remove: readonly string[] = []): Result<unknown> {
    const saved = this.#ports.records.change({ put, remove });
    if (!saved.ok) return saved;
    for (const id of remove) this.#ports.testHistory.forget(id);
    this.#changed();
    return saved;
  }

  patch(connectionId: string, patch: Partial<Connection>): Result<Record<string, never>> {
    const connection = this.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const saved = this.#ports.records.change({ put: [{ ...connection, ...patch }] });
    if (!saved.ok) return saved;
    this.#changed();
    return ok({});
  }

  setReview(connectionId: string, reviewAt: number | undefined): Result<Record<string, never>> {
    return this.#setOf([connectionId], (one) => set(one, 'reviewAt', reviewAt));
  }

  /** Files all of them, or takes them out of their folders; those that are gone meanwhile are left out. */
  setFolder(connectionIds: readonly string[], folder: string | undefined): Result<Record<string, never>> {
    return this.#setOf(connectionIds, (one) => set(one, 'folder', folder));
  }

  /** All of them or none: where one would have too many tags nothing is changed. */
  tag(connectionIds: readonly string[], wish: TagWish): Result<Record<string, never>> {
    const full = connectionIds.map((id) => this.find(id)).find((one) => one && tagsOf(one, wish).length > mostTags);
    if (full !== undefined) return err(tooManyTags(full));
    return this.#setOf(connectionIds, (one) => {
      const tags = tagsOf(one, wish);
      return set(one, 'tags', tags.length === 0 ? undefined : tags);
    });
  }

  /** `again`: only what did not pass in the last test, and what that needs. */
  test(connectionId: string, { again = false, justChanged = false } = {}): Result<{ operationId: string }> {
    const connection = this.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const subject = this.#subjectOf(connection, this.#ports.sources);
    return this.runTest(
      connection.sourceId,
      { ...subject, justMade: justChanged, ...(again && connection.lastTest && { goOnFrom: connection.lastTest }) },
      (result) => {
        if (result.state !== 'cancelled') this.keepResults(new Map([[connectionId, result]]));
      },
      (result) => {
        this.recordEnd(connectionId, result, 'person');
      },
    );
  }

  /** How its tests ended, in order of time. */
  history(connectionId: string): Result<{ ends: TestEnd[] }> {
    if (this.find(connectionId) === undefined) return err(notFound('This connection'));
    return ok({ ends: [...this.#ports.testHistory.read(connectionId)] });
  }

  /** One test of a round: nothing of it is pushed, and nothing kept but what is needed to learn more of a failure. */
  async testInRound(connection: Connection, round: Round): Promise<TestResult> {
    const { clock, newId } = this.#ports;
    const subject = this.#subjectOf(connection, round.sources);
    const operation = newTest(newId(), subject, clock.now());
    const { evidence, result } = await new ConnectionTest(
      this.#ports,
      subject,
      round.clients,
      {
        id: operation.id,
        signal: round.signal,
        update: () => undefined,
        pause: (delay) => clock.wait(delay, round.signal),
      },
      operation,
    ).run();
    this.#remember(subject.subjectId, result, evidence, (seen) => {
      this.keepResults(new Map([[connection.id, seen]]));
    });
    return result;
  }

  /** Writes all of them at once. */
  keepResults(results: ReadonlyMap<string, TestResult>): Result<unknown> {
    const tested = [...results].flatMap(([id, result]) => {
      const connection = this.find(id);
      return connection === undefined ? [] : [{ ...connection, ...judged(connection, result) }];
    });
    const saved = this.#ports.records.change({ put: tested });
    if (saved.ok && tested.length > 0) {
      this.#ports.publisher.send('tested', { connections: tested.map(summarize) });
      // a test may have taught the clock, which the countdowns go by
      this.#ports.publisher.changed('app');
    }
    return saved;
  }

  /** Adds a line to its history, which is help and no evidence: that it cannot be kept stops nothing. */
  recordEnd(connectionId: string, result: TestResult, by: TestedBy): void {
    const end = testEndOf(result, by);
    if (end === undefined) return;
    this.#ports.testHistory.append(connectionId, end);
  }

  /** Starts the check list in the background; `keep` gets each result, also after a further look, and `ended` the first. */
  runTest(
    sourceId: string,
    subject: TestSubject,
    keep: (result: TestResult) => void,
    ended: (result: TestResult) => void = () => undefined,
  ): Result<{ operationId: string }> {
    const running = this.#ports.operations.runningFor(subject.subjectId);
    if (running !== undefined) return ok({ operationId: running });
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    const operationId = this.#ports.operations.start(
      (id) => newTest(id, subject, this.#ports.clock.now()),
      async (control, initial) => {
        const { evidence, result } = await new ConnectionTest(
          this.#ports,
          subject,
          clients.value,
          control,
          initial,
        ).run();
        this.#remember(subject.subjectId, result, evidence, keep);
        ended(result);
        keep(result);
      },
    );
    return ok({ operationId });
  }

  /** Forgets the record. While the role may still let somebody in, only on purpose. */
  forget(connectionId: string, evenIfOpen: boolean): Result<Record<string, never>> {
    const connection = this.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    if (connection.status !== 'revoked' && !evenIfOpen) {
      return err(
        appError('not-possible', `The role of “${connection.name}” may still let somebody in.`, {
          whatDidNotChange: 'The connection stays in the list.',
          whatToDo: 'Revoke it first. Forgetting the record does not close the role.',
        }),
      );
    }
    const saved = this.#ports.records.change({ remove: [connectionId] });
    if (!saved.ok) return saved;
    this.#ports.testHistory.forget(connectionId);
    this.#ports.audit({ act: 'connection.forgotten', subject: connection.roleArn, connectionId });
    this.#changed();
    return ok({});
  }

  #setOf(connectionIds: readonly string[], change: (one: Connection) => Connection): Result<Record<string, never>> {
    const found = connectionIds.map((id) => this.find(id)).filter((one) => one !== undefined);
    if (found.length === 0) return err(notFound(connectionIds.length === 1 ? 'This connection' : 'None of these'));
    const saved = this.#ports.records.change({ put: found.map(change) });
    if (!saved.ok) return saved;
    this.#changed();
    return ok({});
  }

  #subjectOf(connection: Connection, sources: Pick<Sources, 'clients' | 'inAccount'>): TestSubject {
    const { accountId, externalId, id, maxSessionDuration, recipeId, roleArn, targetSourceId } = connection;
    return {
      subjectId: id,
      roleArn,
      ...(externalId === undefined ? {} : { externalId }),
      wantedDuration: maxSessionDuration,
      justMade: false,
      checks: findRecipe(recipeId)?.checks ?? nothingPromised,
      iamInTarget: async () => (await readerInTarget(sources, accountId, targetSourceId))?.iam,
      history: this.#historyOf(connection),
      eyes: () => readWithTargetEyes(sources, roleArn, targetSourceId),
    };
  }

  /** When it last worked, from the last test or, after a failure, from those before. */
  #historyOf({ id, lastTest, madeBy, roleArn }: Connection): TestSubject['history'] {
    const before = { plannedArn: roleArn, madeHere: madeBy === 'automatic' };
    if (lastTest?.state === 'passed' || lastTest?.state === 'warned') {
      const { callerArn, finishedAt } = lastTest;
      return { ...before, workedAt: finishedAt, ...(callerArn !== undefined && { workedAs: callerArn }) };
    }
    const worked = lastWorked(this.#ports.testHistory.read(id));
    if (worked === undefined) return before;
    return { ...before, workedAt: worked.at, ...(worked.as !== undefined && { workedAs: worked.as }) };
  }

  #remember(
    subjectId: string,
    result: TestResult,
    evidence: Evidence | undefined,
    keep: (result: TestResult) => void,
  ): void {
    if (evidence === undefined) this.failed.forget(subjectId);
    else this.failed.remember(subjectId, { evidence, result, keep });
  }

  #changed(): void {
    this.#ports.publisher.changed('connections', 'app');
  }
}

function newTest(id: string, subject: TestSubject, startedAt: number): TestOperation {
  const { roleArn, subjectId } = subject;
  return { kind: 'test', id, subjectId, roleArn, startedAt, state: 'running', checks: upcomingChecks(subject) };
}

/** What a result says of its connection. Closing and revoked ones stay what they are. */
function judged({ status }: Connection, result: TestResult): Pick<Connection, 'lastTest' | 'status'> {
  if (status === 'closing' || status === 'revoked') return { lastTest: result, status };
  return { lastTest: result, status: result.state === 'failed' ? 'failing' : 'working' };
}

type TagWish = { readonly add: readonly string[]; readonly remove: readonly string[] };

function tagsOf({ tags = [] }: Connection, { add, remove }: TagWish): string[] {
  const kept = [...tags, ...add].filter((tag) => !remove.includes(tag));
  return [...new Set(kept)].sort((a, b) => a.localeCompare(b, 'en'));
}

function set<K extends 'reviewAt' | 'folder' | 'tags'>(one: Connection, key: K, value: Connection[K]): Connection {
  const { [key]: _before, ...rest } = one;
  return (value === undefined ? rest : { ...rest, [key]: value }) as Connection;
}

function tooManyTags({ name }: Connection) {
  return appError('not-possible', `“${name}” would have more than ${String(mostTags)} tags.`, {
    whatToDo: 'Take some off first, or use a folder.',
    field: 'tags',
  });
}

/** What was done to one of many connections, for the activity log. */
export function auditLine(act: Act): (connection: Connection) => AuditEntry {
  return ({ id, roleArn }) => ({ act, subject: roleArn, connectionId: id });
}
