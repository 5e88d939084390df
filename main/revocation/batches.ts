import type { z } from '../../core/zod';
import type { revocation as contract } from '../../core/contract/revocation';
import type { BatchWay, PlannedRevocation, RevocationScope } from '../../core/contract/revocation';
import type { Connection } from '../../core/domain/connection';
import type { Performer } from '../../core/domain/revocation';
import { err, ok, type Result } from '../../core/result';
import { runPaced } from '../connections/paced-round';
import type { Connections } from '../connections/connections';
import type { Sessions } from '../sessions/sessions';
import type { Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import type { Batch } from './records';
import type { Revocations } from './revocations';

export type BatchesPorts = Pick<WorkspaceContext, 'clock' | 'newId' | 'publisher' | 'audit'> & {
  readonly revocations: Revocations;
  readonly connections: Connections;
  readonly sources: Sources;
  readonly sessions: Sessions;
};

export type BatchItem = { readonly connectionId: string; readonly performer: Performer };
type BatchView = z.output<(typeof contract)['batch']['output']>;
type ItemError = NonNullable<BatchView['items'][number]['error']>;

/** At a time at most; fewer while AWS throttles. */
const mostAtOnce = 4;
/** Each scope that is looked at makes one. */
const keptPlans = 20;

/** Taking back many connections in one go: a plan first, a few at a time, and a record of its own for each. */
export class Batches {
  readonly #ports: BatchesPorts;
  /** those that go on now; what is not here any more begins no more of its items */
  readonly #going = new Map<string, AbortController>();
  /** the last that was begun of each role, until it is closed */
  readonly #atRole = new Map<string, Promise<'done' | 'throttled'>>();
  /** the latest that were shown: what is confirmed is what was looked at */
  readonly #plans = new Map<string, readonly PlannedRevocation[]>();
  /** why an item has no record: refused before anything was touched */
  readonly #refused = new Map<string, ItemError>();

  constructor(ports: BatchesPorts) {
    this.#ports = ports;
  }

  /** Which connections, who would do each, and what nobody here may do. Asks AWS whose the sources are; touches nothing. */
  async plan(scope: RevocationScope): Promise<{ planId: string; planned: PlannedRevocation[] }> {
    const planId = this.#ports.newId();
    const planned = await this.#planned(scope);
    this.#plans.set(planId, planned);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > keptPlans && oldest !== undefined) this.#plans.delete(oldest);
    return { planId, planned };
  }

  /** Does what the plan said, with those that somebody here may do. */
  confirm(planId: string, way: BatchWay): Result<{ batchId: string }> {
    const planned = this.#plans.get(planId);
    if (planned === undefined) {
      return err(
        appError('not-possible', 'This plan is not the one that was looked at last.', {
          whatDidNotChange: 'No role was touched.',
          whatToDo: 'Close the dialog and open it again, look at the plan, then confirm.',
        }),
      );
    }
    const begun = this.begin(
      way,
      planned.flatMap(({ connectionId, performer }) => (performer === undefined ? [] : [{ connectionId, performer }])),
    );
    // once: a second click must not take them back a second time
    if (begun.ok) this.#plans.delete(planId);
    return begun;
  }

  async #planned(scope: RevocationScope): Promise<PlannedRevocation[]> {
    const { connections, sessions, sources } = this.#ports;
    const byAccount = new Map<string, { readonly sourceId: string; readonly label: string }>();
    for (const { source } of sources.list()) {
      const identity = await sources.identity(source.id);
      if (identity.ok && !byAccount.has(identity.value.accountId)) {
        byAccount.set(identity.value.accountId, { sourceId: source.id, label: source.label });
      }
    }
    return connections
      .all()
      .filter((connection) => connection.status !== 'closing' && connection.status !== 'revoked')
      .filter((connection) => isIn(scope, connection))
      .slice(0, 5000)
      .map((connection): PlannedRevocation => {
        const { accountId, id: connectionId, name, roleName } = connection;
        const source = byAccount.get(accountId);
        return {
          ...{ connectionId, name, roleName, accountId },
          ownSessions: sessions.liveFor(connectionId).length,
          ...(source === undefined
            ? { problem: `No credentials of account ${accountId} are here. Ask its owner on the connection’s page.` }
            : { performer: { kind: 'source', sourceId: source.sourceId }, doneBy: source.label }),
        };
      });
  }

  /** Begins with the first few and goes on in the background. */
  begin(way: BatchWay, items: readonly BatchItem[]): Result<{ batchId: string }> {
    const { audit, clock, connections, newId, revocations } = this.#ports;
    const batch: Batch = {
      id: newId(),
      way,
      startedAt: clock.now(),
      items: items.map(({ connectionId }) => ({
        connectionId,
        name: connections.find(connectionId)?.name ?? connectionId,
      })),
    };
    const saved = revocations.records.addBatch(batch);
    if (!saved.ok) return saved;
    audit({ act: 'revocation.many', subject: `${items.length} connections`, batchId: batch.id, way });
    const going = new AbortController();
    this.#going.set(batch.id, going);
    void runPaced({
      clock,
      signal: going.signal,
      items,
      most: mostAtOnce,
      run: (item) => this.#one(batch, item),
      giveUp: () => undefined,
      onPace: () => undefined,
    }).finally(() => {
      this.#going.delete(batch.id);
      this.#changed();
    });
    return ok({ batchId: batch.id });
  }

  view(batchId: string): Result<BatchView> {
    const { revocations } = this.#ports;
    const batch = revocations.records.batch(batchId);
    if (batch === undefined) return err(notFound('This'));
    const records = new Map(
      revocations.records.all().flatMap((one) => (one.batchId === batchId ? [[one.connectionId, one]] : [])),
    );
    const going = this.#going.get(batchId);
    const isGoing = going !== undefined && !going.signal.aborted;
    return ok({
      way: batch.way,
      startedAt: batch.startedAt,
      isStopping: going?.signal.aborted === true,
      items: batch.items.map(({ connectionId, name }) => {
        const record = records.get(connectionId);
        const error = record?.error ?? this.#refused.get(`${batchId} ${connectionId}`);
        return {
          ...{ connectionId, name },
          state:
            record !== undefined
              ? record.state === 'failed'
                ? 'failed'
                : record.state === 'running'
                  ? 'running'
                  : 'closed'
              : error !== undefined
                ? 'failed'
                : isGoing
                  ? 'waiting'
                  : 'left',
          ...(record === undefined ? {} : { revocationId: record.id }),
          ...(error === undefined ? {} : { error }),
        };
      }),
    });
  }

  /** Begins no more of them; those that run go on to their end, for half a revocation helps nobody. */
  stopBeginning(batchId: string): Result<Record<string, never>> {
    this.#going.get(batchId)?.abort();
    this.#changed();
    return ok({});
  }

  stop(): void {
    for (const going of this.#going.values()) going.abort();
  }

  /** Many connections may be to one role, which is changed by one revocation at a time: they wait for each other. */
  async #one(batch: Batch, item: BatchItem): Promise<'done' | 'throttled'> {
    const role = this.#ports.connections.find(item.connectionId)?.roleArn ?? item.connectionId;
    const before = this.#atRole.get(role);
    const mine = (before ?? Promise.resolve()).then(() =>
      before !== undefined && this.#going.get(batch.id)?.signal.aborted !== false ? 'done' : this.#take(batch, item),
    );
    this.#atRole.set(role, mine);
    const end = await mine;
    if (this.#atRole.get(role) === mine) this.#atRole.delete(role);
    return end;
  }

  async #take({ id: batchId, way }: Batch, { connectionId, performer }: BatchItem): Promise<'done' | 'throttled'> {
    const { revocations } = this.#ports;
    const known = revocations.records.all().find((one) => one.batchId === batchId && one.connectionId === connectionId);
    const begun =
      known === undefined
        ? await revocations.revoke(connectionId, { way, performer, prove: true, batchId })
        : await revocations.resume(known.id);
    const key = `${batchId} ${connectionId}`;
    if (!begun.ok) {
      this.#refused.set(key, begun.error);
      this.#changed();
      return begun.error.kind === 'throttled' ? 'throttled' : 'done';
    }
    this.#refused.delete(key);
    const revocationId = known?.id ?? ('revocationId' in begun.value ? begun.value.revocationId : '');
    await revocations.whenClosed(revocationId);
    return revocations.find(revocationId)?.error?.kind === 'throttled' ? 'throttled' : 'done';
  }

  #changed(): void {
    this.#ports.publisher.changed('revocations');
  }
}

function isIn(scope: RevocationScope, connection: Connection): boolean {
  switch (scope.kind) {
    case 'everything':
      return true;
    case 'recipe':
      return connection.recipeId === scope.recipeId;
    case 'source':
      return connection.sourceId === scope.sourceId;
    case 'folder':
      return connection.folder === scope.folder;
    case 'account':
      return connection.accountId === scope.accountId;
    case 'connections':
      return scope.connectionIds.includes(connection.id);
  }
}
