import { z } from 'zod';
import type { AppError } from '../../core/app-error';
import type { RevocationPreview } from '../../core/contract/revocation';
import type { Connection } from '../../core/domain/connection';
import { revocationSchema, type Revocation } from '../../core/domain/revocation';
import { revocationWays, wayFacts, type RevocationWay } from '../../core/domain/revocation-ways';
import type { Session } from '../../core/domain/session';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { Sessions } from '../sessions/sessions';
import { notCancelled, type SourceClients, type Sources } from '../sources/sources';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { readRole } from './close-role';
import { proveClosed, findWitness } from './witness';
import { closeRole, readBefore, restoreRole } from './ways';
import { stepRecorder } from './step-recorder';
import { boundClock, deathClock, losses, maker, permissionsOf } from './words';

export const revocationsDocumentSchema = z.strictObject({ revocations: z.array(revocationSchema).max(5000) });
export type RevocationsDocument = z.infer<typeof revocationsDocumentSchema>;

export type RevocationsPorts = WorkspaceContext & {
  readonly document: StoredDocument<RevocationsDocument>;
  readonly sources: Sources;
  readonly connections: Connections;
  readonly sessions: Sessions;
};

/** A new session would be denied with the older ones until the cutoff has passed everywhere (aws-reference §6.2). */
const reassumePauseMs = 5_000;
const longestTimerMs = 60_000;

/** Closing access in the target account, with the record that lives on: steps, two clocks, proof, local wiping. */
export class Revocations {
  readonly #ports: RevocationsPorts;
  readonly #stopping = new AbortController();
  /** the proofs that are being asked for, by revocation */
  readonly #proofs = new Map<string, AbortController>();
  #callOffTimer: (() => void) | undefined;

  constructor(ports: RevocationsPorts) {
    this.#ports = ports;
  }

  /** Newest first. */
  list(): Revocation[] {
    return [...this.#ports.document.read().revocations].sort((a, b) => b.startedAt - a.startedAt);
  }

  count(): number {
    return this.#ports.document.read().revocations.length;
  }

  find(revocationId: string): Revocation | undefined {
    return this.#ports.document.read().revocations.find((revocation) => revocation.id === revocationId);
  }

  /** Reads before anything is touched: what would be lost, how long a session may last, what could be proved. */
  async preview(connectionId: string, targetSourceId: string): Promise<Result<RevocationPreview>> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const clients = await this.#targetClients(connection, targetSourceId);
    if (!clients.ok) return clients;
    const contents = await readRole(clients.value.iam, connection.roleName);
    const own = this.#ports.sessions.liveFor(connectionId);
    if (!contents.ok && contents.error.kind !== 'no-such-entity') return err(notCancelled(contents.error));
    const readAt = contents.ok ? contents.value.readAt : this.#ports.clock.now();
    const maxSessionDuration = contents.ok ? contents.value.role.maxSessionDuration : connection.maxSessionDuration;
    const missing = await this.#missingRights(clients.value, targetSourceId);
    return ok({
      roleFound: contents.ok,
      maxSessionDuration,
      readAt,
      madeBy: contents.ok ? maker(contents.value) : 'unknown',
      willBeLost: contents.ok ? losses(contents.value) : [],
      permissions: contents.ok ? permissionsOf(contents.value) : [],
      deadBy: boundClock(readAt, maxSessionDuration),
      ...(missing === undefined ? {} : { missing }),
      ownSessions: own.length,
      probe:
        own.length === 0
          ? 'no-session'
          : (await findWitness(this.#ports, own)) === undefined
            ? 'no-harmless-call'
            : 'possible',
    });
  }

  /** Starts the revocation; its record exists before the first call. Goes on in the background. */
  async revoke(
    connectionId: string,
    targetSourceId: string,
    way: RevocationWay,
    prove: boolean,
  ): Promise<Result<{ revocationId: string }>> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const clients = await this.#targetClients(connection, targetSourceId);
    if (!clients.ok) return clients;
    const role = await clients.value.iam.getRole(connection.roleName);
    if (!role.ok && role.error.kind !== 'no-such-entity') return err(notCancelled(role.error));
    const before = wayFacts[way].canBeUndone
      ? await readBefore(clients.value.iam, way, connection.roleName)
      : ok(undefined);
    if (!before.ok) return err(notCancelled(before.error));
    const revocation: Revocation = {
      id: this.#ports.newId(),
      connectionId,
      connectionName: connection.name,
      roleArn: connection.roleArn,
      roleName: connection.roleName,
      accountId: connection.accountId,
      way,
      doneBy: clients.value.source.label,
      targetSourceId,
      startedAt: this.#ports.clock.now(),
      state: 'running',
      maxSessionDuration: role.ok ? role.value.value.maxSessionDuration : connection.maxSessionDuration,
      ownSessions: this.#ports.sessions
        .liveFor(connectionId)
        .map(({ id, issuedAt, expiresAt }) => ({ id, issuedAt, expiresAt })),
      steps: [],
      proof: [],
      proofState: prove ? 'running' : 'not-asked',
      wiped: [],
      ...(before.value === undefined ? {} : { before: before.value }),
    };
    const saved = this.#ports.document.update(({ revocations }) => ({ revocations: [...revocations, revocation] }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'revocation.started', subject: connection.roleArn, revocationId: revocation.id, way });
    this.#changed();
    void this.#run(revocation.id, connection, clients.value);
    return ok({ revocationId: revocation.id });
  }

  /** Goes on where a failed or interrupted revocation stopped; what is done is found done. */
  async resume(revocationId: string): Promise<Result<Record<string, never>>> {
    const revocation = this.find(revocationId);
    const connection = revocation === undefined ? undefined : this.#ports.connections.find(revocation.connectionId);
    if (revocation === undefined || connection === undefined) return err(notFound('This revocation'));
    if (revocation.state !== 'failed') return ok({});
    const clients = await this.#targetClients(connection, revocation.targetSourceId);
    if (!clients.ok) return clients;
    this.#patch(revocationId, ({ error: _error, ...rest }) => ({ ...rest, state: 'running' }));
    void this.#run(revocationId, connection, clients.value);
    return ok({});
  }

  /** Puts back what stood before. The record stays, with what was done and undone. */
  async undo(revocationId: string): Promise<Result<Record<string, never>>> {
    const revocation = this.find(revocationId);
    const connection = revocation === undefined ? undefined : this.#ports.connections.find(revocation.connectionId);
    if (revocation === undefined || connection === undefined) return err(notFound('This revocation'));
    const { before, way, state } = revocation;
    if (before === undefined || state === 'running' || state === 'undone') {
      return err(
        appError('not-possible', 'There is nothing to put back.', { whatDidNotChange: 'The role is as it is.' }),
      );
    }
    const clients = await this.#targetClients(connection, revocation.targetSourceId);
    if (!clients.ok) return clients;
    const { clock, audit, connections } = this.#ports;
    const undo = { at: clock.now(), afterSteps: revocation.undo?.afterSteps ?? revocation.steps.length };
    this.#stopProof(revocationId);
    // before the first call, so that what was done and what was undone are told apart whatever comes
    this.#patch(revocationId, (one) => ({ ...one, undo }));
    const step = stepRecorder(clock, (change) => this.#patch(revocationId, change));
    const restored = await restoreRole(clients.value.iam, way, connection.roleName, before, step);
    if (!restored.ok) {
      const error = notCancelled(restored.error);
      this.#patch(revocationId, (one) => ({ ...one, undo: { ...undo, error } }));
      return err(error);
    }
    this.#patch(revocationId, ({ error: _error, ...one }) => ({ ...one, state: 'undone', undo }));
    // nothing is denied any more, so new sessions need not wait
    this.#ports.sessions.blockUntil(connection.id, 0);
    // whether it works again is for a test to say
    connections.patch(connection.id, { status: 'not-tested' });
    audit({ act: 'revocation.undone', subject: connection.roleArn, revocationId, way });
    return ok({});
  }

  /** What was running when the app stopped, is said to be interrupted; nothing is claimed that was not seen. */
  recover(): void {
    for (const { id, state, proofState } of this.#ports.document.read().revocations) {
      if (proofState === 'running') {
        this.#patch(id, (one) => ({
          ...one,
          proofState: 'stopped',
          proofNote: 'Sallyport was closed while it asked. The old credential is wiped, so it cannot be asked again.',
        }));
      }
      if (state === 'running') {
        this.#patch(id, (one) => ({
          ...one,
          state: 'failed',
          error: appError('not-possible', 'Sallyport was closed in the middle of this revocation.', {
            whatDidNotChange: 'The steps marked as done are done. The role may still let somebody in.',
            whatToDo: 'Go on: what is done already is found done.',
            retryable: true,
            remedies: [{ kind: 'retry' }],
          }),
        }));
      }
    }
    this.settle();
  }

  /** Marks what has run out, by AWS's clock, and waits for the next. */
  settle(): void {
    this.#callOffTimer?.();
    const now = this.#ports.clock.now();
    const closing = this.#ports.document.read().revocations.filter(({ state }) => state === 'closing');
    for (const { id, deadBy, way, connectionId } of closing) {
      if (deadBy === undefined || deadBy.at > now) continue;
      this.#patch(id, (one) => ({ ...one, state: 'ended' }));
      if (wayFacts[way].outer === 'shut') this.#ports.connections.patch(connectionId, { status: 'revoked' });
    }
    const upcoming = closing.flatMap(({ deadBy }) => (deadBy !== undefined && deadBy.at > now ? [deadBy.at] : []));
    if (upcoming.length === 0) return;
    const delay = Math.min(Math.max(Math.min(...upcoming) - now, 50), longestTimerMs);
    this.#callOffTimer = this.#ports.clock.schedule(delay, () => {
      this.settle();
    });
  }

  stop(): void {
    this.#stopping.abort();
    this.#callOffTimer?.();
  }

  async #run(revocationId: string, connection: Connection, target: SourceClients): Promise<void> {
    const own = this.#ports.sessions.liveFor(connection.id);
    // the probe is found before anything is closed, and keeps the old credentials in memory for as long as it asks
    const oldSession =
      this.find(revocationId)?.proofState === 'running' ? await findWitness(this.#ports, own) : undefined;
    const closed = await this.#close(revocationId, connection, target);
    if (!closed.ok) {
      const error = notCancelled(closed.error);
      this.#patch(revocationId, (one) => ({ ...one, state: 'failed', error }));
      this.#ports.audit({ act: 'revocation.failed', subject: connection.roleArn, revocationId, error: error.kind });
      return;
    }
    this.#ports.audit({ act: 'revocation.closed', subject: connection.roleArn, revocationId });
    await this.#wipe(revocationId, own);
    this.settle();
    const proof = new AbortController();
    this.#proofs.set(revocationId, proof);
    const signal = AbortSignal.any([this.#stopping.signal, proof.signal]);
    await proveClosed(this.#ports, revocationId, connection, oldSession, {
      find: () => this.find(revocationId),
      patch: (change) => this.#patch(revocationId, change),
      signal,
    });
    this.#proofs.delete(revocationId);
  }

  async #close(
    revocationId: string,
    connection: Connection,
    target: SourceClients,
  ): Promise<Result<void, AppError | Cancelled>> {
    const { clock, connections, sessions } = this.#ports;
    const revocation = this.find(revocationId);
    if (revocation === undefined) return err(notFound('This revocation'));
    const step = stepRecorder(clock, (change) => this.#patch(revocationId, change));
    const closed = await closeRole(target.iam, revocation.way, connection.roleName, clock.now(), step);
    if (!closed.ok) return closed;
    const { at, blockedSince, cutoff } = closed.value;
    if (cutoff !== undefined) sessions.blockUntil(connection.id, cutoff + reassumePauseMs);
    this.#patch(revocationId, (one) => ({
      ...one,
      state: 'closing',
      ...(cutoff === undefined ? {} : { cutoff }),
      ...(blockedSince === undefined ? {} : { blockedSince: one.blockedSince ?? blockedSince }),
      deadBy: deathClock(one.way, cutoff ?? at, one.maxSessionDuration),
    }));
    if (wayFacts[revocation.way].outer === 'shut') connections.patch(connection.id, { status: 'closing' });
    return ok(undefined);
  }

  /** A door that is opened again is not asked whether it is shut. */
  #stopProof(revocationId: string): void {
    this.#proofs.get(revocationId)?.abort();
    this.#patch(revocationId, (one) =>
      one.proofState === 'running'
        ? { ...one, proofState: 'stopped', proofNote: 'It was taken back while AWS was being asked.' }
        : one,
    );
  }

  async #wipe(revocationId: string, own: readonly Session[]): Promise<void> {
    for (const session of own) {
      const ended = await this.#ports.sessions.end(session.id, 'revoked');
      const entry = {
        title: `${session.credentials === 'memory' ? 'Memory' : 'Keychain'}, session …${session.accessKeyId.slice(-4)}`,
        at: this.#ports.clock.now(),
        verified: ended.ok,
      };
      this.#patch(revocationId, (one) => ({ ...one, wiped: [...one.wiped, entry] }));
    }
  }

  async #targetClients(connection: Connection, targetSourceId: string): Promise<Result<SourceClients>> {
    const clients = this.#ports.sources.clients(targetSourceId);
    if (!clients.ok) return clients;
    const identity = await this.#ports.sources.identity(targetSourceId);
    if (!identity.ok) return identity;
    if (identity.value.accountId === connection.accountId) return clients;
    return err(
      appError('not-possible', `“${clients.value.source.label}” belongs to account ${identity.value.accountId}.`, {
        whatDidNotChange: 'The role was not touched.',
        whatToDo: `Choose credentials of account ${connection.accountId}, or ask its owner to delete the role.`,
        remedies: [{ kind: 'choose-source' }],
      }),
    );
  }

  /** What AWS's simulator says these credentials may not do of what the ways need; undefined where it cannot be asked. */
  async #missingRights(clients: SourceClients, targetSourceId: string): Promise<string[] | undefined> {
    const identity = await this.#ports.sources.identity(targetSourceId);
    // the simulator takes a user or a role, and a session does not tell the path of its role
    if (!identity.ok || identity.value.isRoleSession) return undefined;
    const needs = [...new Set(revocationWays.flatMap((way) => wayFacts[way].needs))];
    const answer = await clients.iam.simulateActions(identity.value.arn, needs);
    if (!answer.ok) return undefined;
    return answer.value.value.filter(({ decision }) => decision !== 'allowed').map(({ action }) => action);
  }

  #patch(revocationId: string, change: (one: Revocation) => Revocation): void {
    this.#ports.document.update(({ revocations }) => ({
      revocations: revocations.map((one) => (one.id === revocationId ? change(one) : one)),
    }));
    this.#changed();
  }

  #changed(): void {
    this.#ports.publisher.changed('revocations', 'app');
  }
}
