import type { AppError } from '../../core/app-error';
import type { NarrowingProposal } from '../../core/contract/narrowing';
import type { Connection } from '../../core/domain/connection';
import type { RoleState } from '../../core/domain/drift/agreement';
import { changedParts } from '../../core/domain/drift/difference';
import { documentKey, type RoleNow } from '../../core/domain/drift/drift-of';
import { describeAct, planPutBack, putBackScript, type PutBack } from '../../core/domain/drift/put-back';
import { mostInlineCharacters, proposeNarrowing, type Proposal } from '../../core/domain/narrowing/propose';
import { isUnused } from '../../core/domain/narrowing/cut';
import type { NarrowingChoice, ServiceUsage } from '../../core/domain/narrowing/usage';
import { accessLevels, type AccessLevel, type ServiceActions } from '../../core/domain/permissions/action-levels';
import { reachOf } from '../../core/domain/permissions/reach';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { DriftWatch } from '../connections/drift-watch';
import type { PutBacks } from '../connections/put-backs';
import { PolicyReader, readRole } from '../connections/read-role';
import { readerInTarget } from '../connections/target-eyes';
import { loadActionLevels } from '../permissions/action-data';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { readLastAccess } from './last-access';

export type NarrowingPorts = Pick<WorkspaceContext, 'clock'> & {
  readonly sources: Sources;
  readonly connections: { find(connectionId: string): Connection | undefined };
  readonly watch: DriftWatch;
  readonly putBacks: PutBacks;
};

/**
 * What was read for one connection. A report is some hours late anyway: it is read once, until somebody asks again or the
 * role is looked at anew, as after each change of it.
 */
type Reading = {
  readonly readAt: number;
  readonly readWith: string;
  readonly role: RoleState;
  readonly texts: RoleNow['texts'];
  readonly createdAt: number | undefined;
  readonly usage: readonly ServiceUsage[];
  /** what the role may do, by service */
  readonly can: ReadonlyMap<string, AccessLevel[]>;
};

type Ready = { readonly connection: Connection; readonly reading: Reading; readonly proposal: Proposal };

/** Makes a role smaller by what it did not use: proposed first, then done with the journal and the undo of a change back. */
export class Narrowing {
  readonly #ports: NarrowingPorts;
  readonly #readings = new Map<string, Reading>();
  readonly #waiting = new Map<string, AbortController>();

  constructor(ports: NarrowingPorts) {
    this.#ports = ports;
  }

  async propose(connectionId: string, choice: NarrowingChoice, again = false): Promise<Result<NarrowingProposal>> {
    if (again) this.#readings.delete(connectionId);
    const ready = await this.#ready(connectionId, choice);
    if (!ready.ok) return ready;
    const { connection, proposal, reading } = ready.value;
    const { acts } = planPutBack(reading.role, proposal.to, proposal.partIds, 'narrow');
    const obstacle = this.#obstacle(connectionId, proposal);
    const now = this.#ports.clock.now();
    return ok({
      ...{ readAt: reading.readAt, readWith: reading.readWith },
      ...(reading.createdAt !== undefined && { roleCreatedAt: reading.createdAt }),
      used: reading.usage.flatMap(({ lastAt, name, namespace }) =>
        lastAt === undefined || isUnused(lastAt, choice, now) ? [] : [{ namespace, name, lastAt }],
      ),
      unused: proposal.unused.map((one) => ({
        ...one,
        can: one.action === undefined ? (reading.can.get(one.namespace) ?? []) : [],
      })),
      changes: [...proposal.changes],
      unread: [...proposal.unread],
      ...{ inlineCharacters: proposal.inlineCharacters, mostInlineCharacters },
      ...(obstacle && { obstacle }),
      acts: acts.map(describeAct),
      script: putBackScript(connection.roleName, acts),
    });
  }

  /** Ends the waiting for a report, if there is any. */
  stop(connectionId: string): Result<Record<string, never>> {
    this.#waiting.get(connectionId)?.abort();
    return ok({});
  }

  /** `readAt`: of the proposal that was looked at. What nobody has seen is not done. */
  async apply(connectionId: string, choice: NarrowingChoice, readAt: number): Promise<Result<{ operationId: string }>> {
    if (this.#current(connectionId)?.readAt !== readAt) return err(anotherProposal());
    const ready = await this.#ready(connectionId, choice);
    if (!ready.ok) return ready;
    const { proposal, reading } = ready.value;
    const obstacle = this.#obstacle(connectionId, proposal);
    if (obstacle !== undefined) return err(inTheWay[obstacle](proposal));
    const { partIds, to } = proposal;
    return await this.#ports.putBacks.narrow(connectionId, { from: reading.role, to, partIds });
  }

  last(connectionId: string): PutBack | undefined {
    return this.#ports.putBacks.ofConnection(connectionId, 'narrow')[0];
  }

  /** As long as nobody looked at the role since. */
  #current(connectionId: string): Reading | undefined {
    const reading = this.#readings.get(connectionId);
    const seenAt = this.#ports.watch.look(connectionId)?.seenAt ?? 0;
    return reading !== undefined && reading.readAt >= seenAt ? reading : undefined;
  }

  async #ready(connectionId: string, choice: NarrowingChoice): Promise<Result<Ready>> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const known = this.#current(connectionId);
    const read = known === undefined ? await this.#read(connection) : ok(known);
    if (!read.ok) return err(read.error.kind === 'cancelled' ? stopped() : notCancelled(read.error));
    const reading = read.value;
    const services = await loadActionLevels();
    const textOf = (arn: string): string | undefined => {
      const versionId = reading.role.managed.find((one) => one.arn === arn)?.versionId;
      return versionId === undefined ? undefined : reading.texts.get(documentKey(arn, versionId));
    };
    const { usage } = reading;
    const proposal = proposeNarrowing(reading.role, textOf, { choice, now: this.#ports.clock.now(), services, usage });
    return ok({ connection, reading, proposal });
  }

  /** The role and what it used, by a source of its account: nobody else is told. A look of the drift watch as well. */
  async #read(connection: Connection): Promise<Result<Reading, AppError | Cancelled>> {
    const { clock, sources, watch } = this.#ports;
    const { accountId, id, roleArn, roleName, targetSourceId } = connection;
    this.#waiting.get(id)?.abort();
    const stop = new AbortController();
    this.#waiting.set(id, stop);
    try {
      const reader = await readerInTarget(sources, accountId, targetSourceId);
      if (reader === undefined) return err(nobodyInTarget(connection));
      const { iam, source } = reader;
      const options = { signal: stop.signal };
      const agreed = watch.agreement(id)?.role;
      const now = await readRole({
        ...{ roleName, iam, alsoForPolicies: [], policies: new PolicyReader(), agreed, options },
      });
      if (!now.ok) return now;
      const { role, texts, use } = now.value;
      if (role === undefined) return err(gone(connection));
      const usage = await readLastAccess(iam, roleArn, { clock, signal: stop.signal });
      if (!usage.ok) return usage;
      const kind = source.kind === 'member-role' ? 'member-role' : 'source';
      const looked = watch.keepSight(connection, {
        ...{ eyes: { kind, label: source.label }, now: now.value, sourceId: source.id },
      });
      if (!looked.ok) return looked;
      const reading = {
        ...{ readAt: clock.now(), readWith: source.label, role, texts, createdAt: use?.createdAt, usage: usage.value },
        can: abilities(await loadActionLevels(), role, texts),
      };
      this.#readings.set(id, reading);
      return ok(reading);
    } finally {
      if (this.#waiting.get(id) === stop) this.#waiting.delete(id);
    }
  }

  /** What nobody agreed to is decided about first: narrowed, it would be what is agreed. */
  #obstacle(connectionId: string, { inlineCharacters, partIds }: Proposal): Obstacle | undefined {
    const drifted = changedParts(this.#ports.watch.look(connectionId)?.parts ?? []);
    if (partIds.length === 0) return 'nothing';
    if (drifted.some(({ id }) => id === 'role' || partIds.includes(id))) return 'drift';
    return inlineCharacters > mostInlineCharacters ? 'too-long' : undefined;
  }
}

type Obstacle = NonNullable<NarrowingProposal['obstacle']>;

/** What the role may do now, by service. */
function abilities(
  services: readonly ServiceActions[],
  role: RoleState,
  texts: RoleNow['texts'],
): ReadonlyMap<string, AccessLevel[]> {
  const documents = role.managed.map(({ arn, versionId }) => texts.get(documentKey(arn, versionId ?? '')) ?? '');
  const identity = [...role.inline.map(({ document }) => document), ...documents];
  return new Map(
    reachOf(services, { identity }).map(({ levels, prefix }) => [
      prefix,
      accessLevels.filter((level) => (levels[level] ?? 'none') !== 'none'),
    ]),
  );
}

const untouched = { whatDidNotChange: 'The role was not touched.' };

const inTheWay: Readonly<Record<Obstacle, (proposal: Proposal) => AppError>> = {
  nothing: () =>
    appError('not-possible', 'Nothing of the role would go.', {
      ...untouched,
      whatToDo: 'Choose fewer days, or single actions.',
    }),
  'too-long': ({ inlineCharacters }) =>
    appError(
      'not-possible',
      `The inline policies would have ${String(inlineCharacters)} characters; AWS takes ${String(mostInlineCharacters)}.`,
      { ...untouched, whatToDo: 'Take whole services only, or keep more of what is not used.' },
    ),
  drift: () =>
    appError('not-possible', 'The role has drifted: somebody changed the policies that would be narrowed.', {
      ...untouched,
      whatToDo: 'Accept what changed or put it back, on the connection’s page. Then narrow.',
    }),
};

/** The same again is refused again: it is the proposal that is another. */
function anotherProposal(): AppError {
  return appError('not-possible', 'The role was looked at again since this was proposed.', {
    ...untouched,
    whatToDo: 'Go back, look at what would go now, then narrow.',
  });
}

function stopped(): AppError {
  return appError('not-possible', 'The report was not waited for.', {
    ...untouched,
    whatToDo: 'Ask again when it suits you: AWS takes some seconds for it.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function nobodyInTarget({ accountId }: Connection): AppError {
  return appError('credentials-missing', `Nothing here belongs to account ${accountId}.`, {
    whatDidNotChange: 'AWS was not asked.',
    whatToDo: 'Add a source identity of that account: only there AWS tells what was used.',
    remedies: [{ kind: 'choose-source' }],
  });
}

function gone({ roleName }: Connection): AppError {
  return appError('not-found', `${roleName} is not in the account any more.`, {
    whatDidNotChange: 'Nothing was changed.',
    whatToDo: 'Look for drift on the connection’s page.',
  });
}
