import type { AppError } from '../../core/app-error';
import type { PutBackPreview } from '../../core/contract/drift';
import type { PutBackOperation } from '../../core/contract/operations';
import { stillLetsIn, type Connection } from '../../core/domain/connection';
import type { RoleState } from '../../core/domain/drift/agreement';
import { describeAct, planPutBack, putBackScript, withinAgreed, type PutBack } from '../../core/domain/drift/put-back';
import { changedParts } from '../../core/domain/drift/difference';
import { err, ok, type Result } from '../../core/result';
import type { Operations } from '../operations/operations';
import type { StoredCollection } from '../store/collection';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { mostPutBacks } from './drift-records';
import type { DriftWatch } from './drift-watch';
import type { LookPorts } from './look-at-drift';
import { runPutBack } from './put-back-run';
import { readerInTarget } from './target-eyes';

export type PutBacksPorts = WorkspaceContext &
  LookPorts & {
    readonly records: StoredCollection<PutBack>;
    readonly operations: Operations;
    readonly watch: DriftWatch;
    readonly connections: { find(connectionId: string): Connection | undefined };
    /** a narrowing was done to the end, by whichever start of the app */
    readonly narrowed: (record: PutBack) => void;
    /** it was undone to the end */
    readonly narrowingUndone: (record: PutBack) => void;
  };

type Change = Pick<PutBack, 'from' | 'to' | 'purpose'> & {
  readonly connection: Connection;
  readonly partIds: readonly string[];
};

/** Changes parts of a role back as they were agreed, or to less than it has: planned, journalled, verified by reading, and undone the same way. */
export class PutBacks {
  readonly #ports: PutBacksPorts;

  constructor(ports: PutBacksPorts) {
    this.#ports = ports;
  }

  /** Newest first. */
  ofConnection(connectionId: string, purpose?: PutBack['purpose']): readonly PutBack[] {
    return this.#ports.records
      .all()
      .filter((one) => one.connectionId === connectionId && one.purpose === purpose)
      .map((one) => this.#asItIs(one))
      .sort((one, other) => other.startedAt - one.startedAt);
  }

  /** What would be done, and by whom; where nobody here may, what the account's owner can run. Asks AWS for nothing but names. */
  async preview(connectionId: string, partIds: readonly string[]): Promise<Result<PutBackPreview>> {
    const ready = this.#ready(connectionId, partIds);
    if (!ready.ok) return ready;
    const { connection, from, to } = ready.value;
    const { acts, cannot } = planPutBack(from, to, partIds);
    const reader = await readerInTarget(this.#ports.sources, connection.accountId, connection.targetSourceId);
    return ok({
      acts: acts.map(describeAct),
      cannot: [...cannot],
      ...(reader && { performer: reader.source.label }),
      script: putBackScript(connection.roleName, acts),
    });
  }

  async start(connectionId: string, partIds: readonly string[]): Promise<Result<{ operationId: string }>> {
    const ready = this.#ready(connectionId, partIds);
    return ready.ok ? await this.#begin({ ...ready.value, partIds }) : ready;
  }

  /** Makes parts of the role what is less than it has. `from`: as it was read; nothing is done where AWS has something else. */
  async narrow(
    connectionId: string,
    change: { readonly from: RoleState; readonly to: RoleState; readonly partIds: readonly string[] },
  ): Promise<Result<{ operationId: string }>> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const closed = whyClosed(connection);
    return closed === undefined ? await this.#begin({ ...change, connection, purpose: 'narrow' }) : err(closed);
  }

  async #begin({ connection, from, partIds, purpose, to }: Change): Promise<Result<{ operationId: string }>> {
    const { audit, clock, newId, records, sources } = this.#ports;
    const { id: connectionId } = connection;
    if (this.#isUnderWay(connectionId)) return err(underWay());
    const { acts, cannot } = planPutBack(from, to, partIds, purpose);
    const [impossible] = cannot;
    if (impossible !== undefined) return err(cannotBePutBack(impossible.why));
    const reader = await readerInTarget(sources, connection.accountId, connection.targetSourceId);
    if (reader === undefined) return err(nobodyInTarget(connection));
    // another may have begun meanwhile
    if (this.#isUnderWay(connectionId)) return err(underWay());
    const record: PutBack = {
      ...{ id: newId(), connectionId, roleName: connection.roleName, sourceId: reader.source.id },
      ...{ startedAt: clock.now(), state: 'running', partIds: [...partIds], from, to, ...(purpose && { purpose }) },
      steps: acts.map((act) => ({ act, state: 'waiting' })),
    };
    const noted = audit({
      act: purpose === 'narrow' ? 'narrowing.begun' : 'drift.put-back',
      subject: connection.roleArn,
      connectionId,
      parts: partIds.join(', ').slice(0, 400),
      by: reader.source.label,
    });
    if (!noted.ok) return err(noted.error);
    const saved = records.change({ put: [record], remove: this.#tooOld() });
    return saved.ok ? this.#run(connection, record) : saved;
  }

  /** Goes on where it was broken off: what is as agreed already is not done again. */
  goOn(putBackId: string): Result<{ operationId: string }> {
    const found = this.#find(putBackId);
    if (!found.ok) return found;
    const { connection, record } = found.value;
    if (record.state !== 'failed') return err(notBrokenOff());
    if (this.#isUnderWay(connection.id)) return err(underWay());
    const { error: _error, finishedAt: _finished, ...rest } = record;
    const again: PutBack = { ...rest, state: 'running' };
    const saved = this.#ports.records.change({ put: [again] });
    return saved.ok ? this.#run(connection, again) : saved;
  }

  /** Makes what was put back what it was before. Refused where AWS has something else by now. */
  undo(putBackId: string): Result<{ operationId: string }> {
    const found = this.#find(putBackId);
    if (!found.ok) return found;
    const { connection, record } = found.value;
    if (record.state !== 'done') return err(notPutBack());
    if (this.#isUnderWay(connection.id)) return err(underWay());
    const noted = this.#ports.audit({
      act: record.purpose === 'narrow' ? 'narrowing.undone' : 'drift.put-back-undone',
      subject: connection.roleArn,
      connectionId: connection.id,
      parts: record.partIds.join(', ').slice(0, 400),
    });
    if (!noted.ok) return err(noted.error);
    const { acts } = planPutBack(record.to, record.from, record.partIds, record.purpose);
    const { error: _before, ...rest } = record;
    const undoing: PutBack = { ...rest, state: 'undoing', steps: acts.map((act) => ({ act, state: 'waiting' })) };
    const saved = this.#ports.records.change({ put: [undoing] });
    return saved.ok ? this.#run(connection, undoing) : saved;
  }

  /** What nothing works on any more was broken off, also where there was no room on the disk to write that down. */
  #asItIs(record: PutBack): PutBack {
    const { connectionId, state } = record;
    if ((state !== 'running' && state !== 'undoing') || this.#isUnderWay(connectionId)) return record;
    // what was being undone was done, and can be undone again
    return { ...record, state: state === 'undoing' ? 'done' : 'failed', error: brokenOff };
  }

  /** The connection was removed: nothing of its journals can be gone on with. */
  forget(connectionId: string): Result<void> {
    const all = [...this.ofConnection(connectionId), ...this.ofConnection(connectionId, 'narrow')];
    return this.#ports.records.change({ remove: all.map(({ id }) => id) });
  }

  #isUnderWay(connectionId: string): boolean {
    return this.#ports.operations.runningFor(subjectOf(connectionId)) !== undefined;
  }

  #find(putBackId: string): Result<{ record: PutBack; connection: Connection }> {
    const record = this.#ports.records.find(putBackId);
    if (record === undefined) return err(notFound('This change'));
    const connection = this.#ports.connections.find(record.connectionId);
    if (connection === undefined) return err(notFound('The connection of this change'));
    const closed = whyClosed(connection);
    return closed === undefined ? ok({ record: this.#asItIs(record), connection }) : err(closed);
  }

  #ready(
    connectionId: string,
    partIds: readonly string[],
  ): Result<{ connection: Connection; from: RoleState; to: RoleState }> {
    const { connections, watch } = this.#ports;
    const connection = connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const closed = whyClosed(connection);
    if (closed !== undefined) return err(closed);
    const agreement = watch.agreement(connectionId);
    const look = watch.look(connectionId);
    const changed = new Set(changedParts(look?.parts ?? []).map(({ id }) => id));
    // its parts can never be as agreed while the role itself is not
    if (look?.seen !== undefined && changed.has('role')) return err(anotherRole(connection));
    if (agreement === undefined || look?.seen === undefined || !partIds.every((id) => changed.has(id))) {
      return err(notAsSeen());
    }
    return ok({ connection, from: withinAgreed(look.seen, agreement.role), to: agreement.role });
  }

  #run(connection: Connection, record: PutBack): Result<{ operationId: string }> {
    const subjectId = subjectOf(connection.id);
    const operationId = this.#ports.operations.start(
      (id): PutBackOperation => ({
        ...{ kind: 'put-back', id, subjectId, startedAt: this.#ports.clock.now(), state: 'running' },
        ...{ done: 0, total: record.steps.length },
      }),
      (control, initial) => runPutBack(this.#ports, connection, record.id, control, initial),
    );
    return ok({ operationId });
  }

  #tooOld(): string[] {
    const all = this.#ports.records.all();
    const over = all.map((one) => this.#asItIs(one)).filter(({ state }) => state !== 'running' && state !== 'undoing');
    return over.slice(0, Math.max(0, all.length - mostPutBacks + 1)).map(({ id }) => id);
  }
}

const subjectOf = (connectionId: string): string => `put-back ${connectionId}`;

/** What was revoked is never opened again from here. */
function whyClosed({ status }: Connection): AppError | undefined {
  return stillLetsIn(status)
    ? undefined
    : appError('not-possible', 'The access of this connection is closed or closing.', {
        ...untouched,
        whatToDo: 'What a revocation changed is undone on its own page.',
      });
}

export function notAsSeen(): AppError {
  return appError('not-possible', 'AWS has something else by now than was seen last.', {
    whatDidNotChange: 'The role was not touched: somebody’s newer change is never written over.',
    whatToDo: 'Look again, then decide about what is there.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

const untouched = { whatDidNotChange: 'The role was not touched.' };

function underWay(): AppError {
  return appError('already-exists', 'Something is being put back, or taken back, on this role already.', {
    ...untouched,
    whatToDo: 'Wait until that is over, then look again.',
  });
}

function anotherRole({ roleName }: Connection): AppError {
  return appError('not-possible', `${roleName} was deleted and made anew: it is not the role that was agreed.`, {
    ...untouched,
    whatToDo: 'Accept the role first, if it is rightly there. Then its parts can be put back.',
  });
}

function cannotBePutBack(why: string): AppError {
  return appError('not-possible', why, { ...untouched, whatToDo: 'Leave that part out, or accept it as agreed.' });
}

function notBrokenOff(): AppError {
  return appError('not-possible', 'This was not broken off.', { ...untouched, whatToDo: 'Look for drift again.' });
}

function notPutBack(): AppError {
  return appError('not-possible', 'This was not put back to the end.', {
    ...untouched,
    whatToDo: 'Go on with it, or look for drift and decide about what is there.',
  });
}

/** It is there, and what it says is hidden: the same at both ends of the change. */
export function hiddenHere(label: string): AppError {
  return appError('access-denied', `“${label}” may not read what is to change.`, {
    whatDidNotChange: 'Steps without a tick were not made.',
    whatToDo: 'Let it read that policy (iam:GetPolicy and iam:GetPolicyVersion), then try again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function nobodyInTarget({ accountId }: Connection): AppError {
  return appError('credentials-missing', `Nothing here belongs to account ${accountId}.`, {
    whatDidNotChange: 'The role was not touched.',
    whatToDo: 'Add a source identity of that account, or give its owner the script.',
    remedies: [{ kind: 'choose-source' }],
  });
}

const brokenOff = appError('not-possible', 'This was broken off, and how far it came is not on record to the end.', {
  whatDidNotChange: 'Steps without a tick may have been made or not: AWS is asked before each.',
  whatToDo: 'Try again: what is as it is to be already is left alone.',
  retryable: true,
  remedies: [{ kind: 'retry' }],
});
