import { z } from 'zod';
import type { TestResult } from '../../core/domain/check';
import { connectionSchema, summarize, type Connection, type ConnectionSummary } from '../../core/domain/connection';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Result } from '../../core/result';
import type { Operations } from '../operations/operations';
import type { Sources } from '../sources/sources';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { ConnectionTest } from './connection-test';
import { FailedTests } from './failed-tests';
import { readerInTarget, readWithTargetEyes } from './target-eyes';
import { nothingPromised, upcomingChecks, type TestSubject } from './test-subject';

export const connectionsDocumentSchema = z.strictObject({ connections: z.array(connectionSchema).max(20_000) });
export type ConnectionsDocument = z.infer<typeof connectionsDocumentSchema>;

export type ConnectionsPorts = WorkspaceContext & {
  readonly document: StoredDocument<ConnectionsDocument>;
  readonly operations: Operations;
  readonly sources: Sources;
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
    return this.#ports.document.read().connections.map(summarize);
  }

  count(): number {
    return this.#ports.document.read().connections.length;
  }

  find(connectionId: string): Connection | undefined {
    return this.#ports.document.read().connections.find((connection) => connection.id === connectionId);
  }

  findByExternalId(externalId: string): Connection | undefined {
    return this.#ports.document.read().connections.find((connection) => connection.externalId === externalId);
  }

  get(connectionId: string): Result<{ connection: Connection; operationId?: string }> {
    const connection = this.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const operationId = this.#ports.operations.runningFor(connectionId);
    return ok({ connection, ...(operationId === undefined ? {} : { operationId }) });
  }

  add(connection: Connection): Result<unknown> {
    const saved = this.#ports.document.update(({ connections }) => ({ connections: [...connections, connection] }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'connection.added', subject: connection.roleArn, connectionId: connection.id });
    this.#changed();
    return saved;
  }

  patch(connectionId: string, patch: Partial<Connection>): Result<Record<string, never>> {
    if (this.find(connectionId) === undefined) return err(notFound('This connection'));
    const saved = this.#ports.document.update(({ connections }) => ({
      connections: connections.map((connection) =>
        connection.id === connectionId ? { ...connection, ...patch } : connection,
      ),
    }));
    if (!saved.ok) return saved;
    this.#changed();
    return ok({});
  }

  setReview(connectionId: string, reviewAt: number | undefined): Result<Record<string, never>> {
    if (reviewAt !== undefined) return this.patch(connectionId, { reviewAt });
    const saved = this.#ports.document.update(({ connections }) => ({
      connections: connections.map((connection) => {
        if (connection.id !== connectionId) return connection;
        const { reviewAt: _reviewAt, ...rest } = connection;
        return rest;
      }),
    }));
    if (!saved.ok) return saved;
    this.#changed();
    return ok({});
  }

  /** `again`: only what did not pass in the last test, and what that needs. */
  test(connectionId: string, { again = false, justChanged = false } = {}): Result<{ operationId: string }> {
    const connection = this.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    return this.runTest(
      connection.sourceId,
      {
        subjectId: connectionId,
        roleArn: connection.roleArn,
        ...(connection.externalId === undefined ? {} : { externalId: connection.externalId }),
        wantedDuration: connection.maxSessionDuration,
        justMade: justChanged,
        ...(again && connection.lastTest && { goOnFrom: connection.lastTest }),
        checks: findRecipe(connection.recipeId)?.checks ?? nothingPromised,
        iamInTarget: async () =>
          (await readerInTarget(this.#ports.sources, connection.accountId, connection.targetSourceId))?.iam,
        history: historyOf(connection),
        eyes: () => readWithTargetEyes(this.#ports.sources, connection.roleArn, connection.targetSourceId),
      },
      (result) => {
        if (result.state === 'cancelled') return;
        this.patch(connectionId, {
          lastTest: result,
          ...(connection.status === 'closing' || connection.status === 'revoked'
            ? {}
            : { status: result.state === 'failed' ? 'failing' : 'working' }),
        });
      },
    );
  }

  /** Starts the check list in the background; `done` gets the result when it has ended. */
  runTest(sourceId: string, subject: TestSubject, done: (result: TestResult) => void): Result<{ operationId: string }> {
    const running = this.#ports.operations.runningFor(subject.subjectId);
    if (running !== undefined) return ok({ operationId: running });
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    const operationId = this.#ports.operations.start(
      (id) => ({
        kind: 'test' as const,
        id,
        subjectId: subject.subjectId,
        roleArn: subject.roleArn,
        startedAt: this.#ports.clock.now(),
        state: 'running' as const,
        checks: upcomingChecks(subject),
      }),
      async (control, initial) => {
        const { evidence, result } = await new ConnectionTest(
          this.#ports,
          subject,
          clients.value,
          control,
          initial,
        ).run();
        if (evidence === undefined) this.failed.forget(subject.subjectId);
        else this.failed.remember(subject.subjectId, { evidence, result, keep: done });
        done(result);
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
    const saved = this.#ports.document.update(({ connections }) => ({
      connections: connections.filter(({ id }) => id !== connectionId),
    }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'connection.forgotten', subject: connection.roleArn, connectionId });
    this.#changed();
    return ok({});
  }

  #changed(): void {
    this.#ports.publisher.changed('connections', 'app');
  }
}

function historyOf({ lastTest, madeBy, roleArn }: Connection): TestSubject['history'] {
  const worked = lastTest?.state === 'passed' || lastTest?.state === 'warned' ? lastTest : undefined;
  return {
    plannedArn: roleArn,
    madeHere: madeBy === 'automatic',
    ...(worked && { workedAt: worked.finishedAt }),
    ...(worked?.callerArn !== undefined && { workedAs: worked.callerArn }),
  };
}
