import { z } from 'zod';
import type { AppError } from '../../core/app-error';
import type { RevocationPreview } from '../../core/contract/revocation';
import type { Connection } from '../../core/domain/connection';
import { revocationSchema, type Revocation, type RevocationWay } from '../../core/domain/revocation';
import { formatHours } from '../../core/domain/duration';
import type { Session } from '../../core/domain/session';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { Sessions } from '../sessions/sessions';
import { notCancelled, type SourceClients, type Sources } from '../sources/sources';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { deleteRole, denyOlderSessions, readRole } from './close-role';
import { stepRecorder } from './step-recorder';
import { boundClock, losses, maker, proofNote } from './words';
import { assumeProbe, findHarmlessCall, proveRefusal, type Probe } from './proof';

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
    const bound = boundClock(readAt, maxSessionDuration);
    return ok({
      roleFound: contents.ok,
      maxSessionDuration,
      readAt,
      madeBy: contents.ok ? maker(contents.value) : 'unknown',
      willBeLost: contents.ok ? losses(contents.value) : [],
      deadBy: { 'delete-role': bound, 'deny-older-sessions': bound },
      ownSessions: own.length,
      probe:
        own.length === 0
          ? 'no-session'
          : (await this.#harmlessCall(own)) === undefined
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
      if (way === 'delete-role') this.#ports.connections.patch(connectionId, { status: 'revoked' });
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
    const oldSession = this.find(revocationId)?.proofState === 'running' ? await this.#harmlessCall(own) : undefined;
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
    await this.#prove(revocationId, connection, oldSession);
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
    if (revocation.way === 'delete-role') {
      const deleted = await deleteRole(target.iam, connection.roleName, step);
      if (!deleted.ok) return deleted;
      const { at } = deleted.value;
      this.#patch(revocationId, (one) => ({
        ...one,
        state: 'closing',
        blockedSince: one.blockedSince ?? at,
        deadBy: boundClock(at, one.maxSessionDuration),
      }));
      connections.patch(connection.id, { status: 'closing' });
      return ok(undefined);
    }
    const denied = await denyOlderSessions(target.iam, connection.roleName, clock.now(), step);
    if (!denied.ok) return denied;
    const { cutoff } = denied.value;
    sessions.blockUntil(connection.id, cutoff + reassumePauseMs);
    this.#patch(revocationId, (one) => ({
      ...one,
      state: 'closing',
      cutoff,
      deadBy: {
        ...boundClock(cutoff, one.maxSessionDuration),
        reason: `Sessions from before the cutoff are denied, and expire after the role’s ${formatHours(one.maxSessionDuration)} at the latest.`,
      },
    }));
    return ok(undefined);
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

  async #prove(revocationId: string, connection: Connection, oldSession: Probe | undefined): Promise<void> {
    const revocation = this.find(revocationId);
    if (revocation?.proofState !== 'running') return;
    const { clock } = this.#ports;
    const record =
      (mark: (one: Revocation, at: number, refusals: number) => Partial<Revocation>) =>
      (entry: Revocation['proof'][number], refusals: number) => {
        this.#patch(revocationId, (one) => ({
          ...one,
          proof: [...one.proof, entry].slice(-400),
          ...mark(one, entry.at, refusals),
        }));
      };
    const oldRefused =
      oldSession !== undefined &&
      (await proveRefusal(
        oldSession,
        clock,
        this.#stopping.signal,
        record((one, at, refusals) =>
          refusals === 0 ? {} : { refusedSince: refusals === 1 ? at : (one.refusedSince ?? at) },
        ),
      ));
    const clients = this.#ports.sources.clients(connection.sourceId);
    const outer =
      revocation.way === 'delete-role' && clients.ok
        ? assumeProbe(clients.value.sts, connection.roleArn, connection.externalId, clients.value.source.label)
        : undefined;
    const newRefused =
      outer !== undefined &&
      (await proveRefusal(
        outer,
        clock,
        this.#stopping.signal,
        record((_one, at, refusals) => (refusals >= 2 ? { blockedProvedAt: at } : {})),
      ));
    if (this.#stopping.signal.aborted) return;
    const asked = [
      oldSession === undefined ? undefined : oldRefused,
      outer === undefined ? undefined : newRefused,
    ].filter((answer) => answer !== undefined);
    const complete = asked.length > 0 && asked.every(Boolean);
    const note = proofNote(oldSession !== undefined, complete);
    this.#patch(revocationId, (one) => ({
      ...one,
      proofState: asked.length === 0 ? 'impossible' : complete ? 'complete' : 'stopped',
      ...(note === undefined ? {} : { proofNote: note }),
    }));
    this.#ports.audit({
      act: 'revocation.proof',
      subject: connection.roleArn,
      revocationId,
      complete: String(complete),
    });
  }

  async #harmlessCall(own: readonly Session[]): Promise<Probe | undefined> {
    for (const session of own) {
      const credentials = await this.#ports.sessions.credentials(session.id);
      if (!credentials.ok) continue;
      const connection = this.#ports.connections.find(session.connectionId);
      const environment = this.#ports.environment(connection?.region ?? 'us-east-1');
      const held = credentials.value;
      const iam = this.#ports.aws.iam(environment, () => Promise.resolve(ok(held)));
      const found = await findHarmlessCall(iam);
      if (found !== undefined) {
        return { ...found, as: 'old-session', asLabel: `old session …${session.accessKeyId.slice(-4)}` };
      }
    }
    return undefined;
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
