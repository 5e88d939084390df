import { z } from 'zod';
import type { Connection } from '../../core/domain/connection';
import { byExpiry, isLive, sessionSchema, type Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import type { AwsCredentials } from '../aws/aws-api';
import type { SecretVault } from '../secrets/secret-vault';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';

export const sessionsDocumentSchema = z.strictObject({ sessions: z.array(sessionSchema).max(5000) });
export type SessionsDocument = z.infer<typeof sessionsDocumentSchema>;

const credentialsSchema = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiration: z.number(),
});

/** Ended sessions are listed for a day, then only the audit log knows them. In milliseconds. */
const endedKeptMs = 24 * 3600 * 1000;
/** The longest single timer; a longer wait is taken in pieces so that a clock jump is noticed. In milliseconds. */
const longestTimerMs = 60_000;

export type SessionsPorts = WorkspaceContext & {
  readonly document: StoredDocument<SessionsDocument>;
  readonly vault: SecretVault;
  readonly sources: Sources;
};

/** Temporary credentials: opened, kept in the keychain, handed out in main only, and wiped when they end. */
export class Sessions {
  readonly #ports: SessionsPorts;
  /** connections on which no new session may open before an instant (aws-reference §6.2) */
  readonly #blockedUntil = new Map<string, number>();
  #callOffTimer: (() => void) | undefined;

  constructor(ports: SessionsPorts) {
    this.#ports = ports;
  }

  /** Live ones first, what dies first on top; ended ones of the last day after them, latest first. */
  list(): Session[] {
    const now = this.#ports.clock.now();
    const { sessions } = this.#ports.document.read();
    const live = sessions.filter((session) => isLive(session, now)).sort(byExpiry);
    const ended = sessions
      .filter((session) => !isLive(session, now) && (session.end?.at ?? session.expiresAt) > now - endedKeptMs)
      .sort((a, b) => (b.end?.at ?? b.expiresAt) - (a.end?.at ?? a.expiresAt));
    return [...live, ...ended];
  }

  liveFor(connectionId: string): Session[] {
    const now = this.#ports.clock.now();
    return this.#ports.document
      .read()
      .sessions.filter((session) => session.connectionId === connectionId && isLive(session, now));
  }

  countLive(): number {
    const now = this.#ports.clock.now();
    return this.#ports.document.read().sessions.filter((session) => isLive(session, now)).length;
  }

  /** Opens a session. The keychain is asked first: credentials that have no place to go are not made. */
  async start(connection: Connection, durationSeconds: number): Promise<Result<Session>> {
    const { clock, vault, sources } = this.#ports;
    const blocked = (this.#blockedUntil.get(connection.id) ?? 0) - clock.now();
    if (blocked > 0) {
      return err(
        appError('not-possible', 'Older sessions of this role are being denied; a new one would be denied with them.', {
          whatToDo: `Try again in ${Math.ceil(blocked / 1000)} s.`,
          retryable: true,
          remedies: [{ kind: 'retry' }],
        }),
      );
    }
    const keychain = await vault.check();
    if (keychain.state === 'unavailable') return err(keychain.error);
    const clients = sources.clients(connection.sourceId);
    if (!clients.ok) return clients;
    const sessionName = await this.#sessionName(connection.sourceId);
    const answer = await clients.value.sts.assumeRole({
      roleArn: connection.roleArn,
      sessionName,
      durationSeconds,
      ...(connection.externalId === undefined ? {} : { externalId: connection.externalId }),
    });
    if (!answer.ok) return err(notCancelled(answer.error));
    const { credentials, assumedRoleArn } = answer.value.value;
    const id = this.#ports.newId();
    const kept = await vault.put(`session/${id}`, JSON.stringify(credentials));
    if (!kept.ok) return kept;
    const session: Session = {
      id,
      connectionId: connection.id,
      connectionName: connection.name,
      accountId: connection.accountId,
      roleName: connection.roleName,
      assumedRoleArn,
      accessKeyId: credentials.accessKeyId,
      sessionName,
      issuedAt: answer.value.at,
      expiresAt: credentials.expiration,
      durationSeconds,
      credentials: kept.value,
    };
    const saved = this.#ports.document.update(({ sessions }) => ({ sessions: [...sessions, session] }));
    if (!saved.ok) {
      await vault.remove(`session/${id}`);
      return saved;
    }
    this.#ports.audit({
      act: 'session.started',
      subject: connection.roleArn,
      sessionId: id,
      requestId: answer.value.requestId,
      expiresAt: credentials.expiration,
    });
    this.#changed();
    return ok(session);
  }

  /** The credentials of a live session, for main only. */
  async credentials(sessionId: string): Promise<Result<AwsCredentials & { readonly sessionToken: string }>> {
    const session = this.find(sessionId);
    if (session === undefined || !isLive(session, this.#ports.clock.now())) return err(notFound('A live session'));
    const kept = await this.#ports.vault.get(`session/${sessionId}`);
    if (!kept.ok) {
      this.#patch(sessionId, { credentials: 'out-of-reach' });
      return kept;
    }
    const parsed = credentialsSchema.safeParse(kept.value === undefined ? undefined : JSON.parse(kept.value));
    if (!parsed.success) {
      this.#patch(sessionId, { credentials: 'gone' });
      return err(
        appError('credentials-missing', 'The credentials of this session are no longer on this computer.', {
          whatDidNotChange: 'They stay valid at AWS until they expire.',
          whatToDo: 'Start a new session of this connection.',
        }),
      );
    }
    return ok(parsed.data);
  }

  find(sessionId: string): Session | undefined {
    return this.#ports.document.read().sessions.find((session) => session.id === sessionId);
  }

  /** Wipes the local copies and reads back that they are gone (architecture 17). */
  async end(sessionId: string, how: 'ended-here' | 'revoked' | 'expired'): Promise<Result<Session>> {
    const session = this.find(sessionId);
    if (session === undefined) return err(notFound('This session'));
    if (session.end?.wiped === true) return ok(session);
    const removed = await this.#ports.vault.remove(
      `session/${sessionId}`,
      session.credentials === 'memory' ? 'memory' : 'both',
    );
    const end = session.end ?? { at: this.#ports.clock.now(), how, wiped: false };
    const saved = this.#patch(sessionId, {
      credentials: removed.ok ? 'gone' : session.credentials,
      end: { ...end, wiped: removed.ok },
    });
    if (!saved.ok) return saved;
    this.#ports.audit({ act: `session.${how}`, subject: session.assumedRoleArn, sessionId, wiped: String(removed.ok) });
    if (!removed.ok) return removed;
    return ok(this.find(sessionId) ?? session);
  }

  async endAll(): Promise<{ readonly ended: number; readonly notWiped: number }> {
    const now = this.#ports.clock.now();
    const live = this.#ports.document.read().sessions.filter((session) => isLive(session, now));
    const answers = await Promise.all(live.map((session) => this.end(session.id, 'ended-here')));
    const ended = answers.filter((answer) => answer.ok).length;
    return { ended, notWiped: answers.length - ended };
  }

  recordUse(sessionId: string, kind: 'console' | 'environment'): void {
    this.#patch(sessionId, { lastUse: { kind, at: this.#ports.clock.now() } });
    const session = this.find(sessionId);
    if (session !== undefined) {
      this.#ports.audit({ act: `session.handed-to.${kind}`, subject: session.assumedRoleArn, sessionId });
    }
  }

  /** A session opened before the cutoff of deny-older-sessions has spread would be denied too (aws-reference §6.2). */
  blockUntil(connectionId: string, instant: number): void {
    this.#blockedUntil.set(connectionId, instant);
  }

  /**
   * Ends what has expired and waits for the next expiry. Called at start, on resume and when the clock is corrected;
   * reads AWS's clock, not timers, to decide.
   */
  async settle(): Promise<void> {
    const now = this.#ports.clock.now();
    const { sessions } = this.#ports.document.read();
    const due = sessions.filter((session) => session.expiresAt <= now && session.end?.wiped !== true);
    for (const session of due) await this.end(session.id, 'expired');
    const old = now - endedKeptMs;
    if (sessions.some((session) => session.end?.wiped === true && session.end.at < old)) {
      this.#ports.document.update((document) => ({
        sessions: document.sessions.filter((session) => session.end?.wiped !== true || session.end.at >= old),
      }));
    }
    this.#waitForNextExpiry();
  }

  stop(): void {
    this.#callOffTimer?.();
  }

  /** What was in memory went with the process that held it. Called once, before anything else of a new run. */
  recover(): void {
    this.#mark(({ credentials }) => (credentials === 'memory' ? 'gone' : credentials));
    this.noteReach();
  }

  /** Which sessions it concerns that the keychain ceased or began to answer; it is not asked once more for each of them. */
  noteReach(): void {
    this.#mark(({ id, credentials }) => {
      if (credentials !== 'keychain' && credentials !== 'out-of-reach') return credentials;
      return this.#ports.vault.isOutOfReach(`session/${id}`) ? 'out-of-reach' : 'keychain';
    });
  }

  /** Tries again to read what the keychain did not hand out. */
  async reachAgain(): Promise<void> {
    const now = this.#ports.clock.now();
    for (const session of this.#ports.document.read().sessions) {
      if (!isLive(session, now) || session.credentials === 'gone') continue;
      const kept = await this.#ports.vault.get(`session/${session.id}`);
      if (!kept.ok) this.#patch(session.id, { credentials: 'out-of-reach' });
      else if (kept.value === undefined) this.#patch(session.id, { credentials: 'gone' });
      else if (session.credentials === 'out-of-reach') this.#patch(session.id, { credentials: 'keychain' });
    }
  }

  async #sessionName(sourceId: string): Promise<string> {
    const identity = await this.#ports.sources.identity(sourceId);
    const who = identity.ok ? identity.value.name.replace(/^(user|role)\//, '').replaceAll(/[^\w+=,.@-]/g, '-') : '';
    return `sallyport-${who === '' ? 'deployer' : who}`.slice(0, 64);
  }

  /** Judges anew where the credentials of each live session are; nothing is written when nothing changed. */
  #mark(judge: (session: Session) => Session['credentials']): void {
    const now = this.#ports.clock.now();
    const { sessions } = this.#ports.document.read();
    const judged = sessions.map((session) => {
      const credentials = isLive(session, now) ? judge(session) : session.credentials;
      return credentials === session.credentials ? session : { ...session, credentials };
    });
    if (judged.every((session, index) => session === sessions[index])) return;
    this.#ports.document.update(() => ({ sessions: judged }));
    this.#changed();
  }

  #patch(sessionId: string, patch: Partial<Session>): Result<unknown> {
    const saved = this.#ports.document.update(({ sessions }) => ({
      sessions: sessions.map((session) => (session.id === sessionId ? { ...session, ...patch } : session)),
    }));
    this.#changed();
    return saved;
  }

  #changed(): void {
    this.#ports.publisher.changed('sessions', 'app');
    this.#waitForNextExpiry();
  }

  #waitForNextExpiry(): void {
    this.#callOffTimer?.();
    this.#callOffTimer = undefined;
    const now = this.#ports.clock.now();
    const live = this.#ports.document.read().sessions.filter((session) => isLive(session, now));
    if (live.length === 0) return;
    const next = Math.min(...live.map(({ expiresAt }) => expiresAt));
    const delay = Math.min(Math.max(next - now, 50), longestTimerMs);
    this.#callOffTimer = this.#ports.clock.schedule(delay, () => void this.settle());
  }
}
