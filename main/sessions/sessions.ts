import type { AppError } from '../../core/app-error';
import type { Connection } from '../../core/domain/connection';
import { isRenewable } from '../../core/domain/renewal';
import { isLapsed, isLive, type Session, type SessionUseKind } from '../../core/domain/session';
import type { SessionRequest } from '../../core/domain/session-request';
import { err, ok, type Result } from '../../core/result';
import type { Vault } from '../secrets/secret-vault';
import type { Sources } from '../sources/sources';
import type { SureTime } from '../sources/sure-time';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { sessionSecretKey, writeKept, type SessionCredentials } from './kept-credentials';
import type { Elsewhere, RenewedElsewhere } from './elsewhere';
import { Opening } from './opening';
import { renewSession } from './renew-session';
import { Renewals } from './renewals';
import { failedNotice, warnedMs, warningsBetween, type Notice } from './session-notices';
import { SessionReach } from './session-reach';
import { SessionRecords, type SessionsDocument } from './session-records';

/** The longest single timer; a longer wait is taken in pieces so that a clock jump is noticed. In milliseconds. */
const longestTimerMs = 60_000;

export type SessionsPorts = WorkspaceContext & {
  readonly document: StoredDocument<SessionsDocument>;
  readonly vault: Vault;
  readonly sources: Sources;
  readonly sureTime: SureTime;
  readonly findConnection: (connectionId: string) => Connection | undefined;
  /** undefined, unless access to the role is taken back */
  readonly whyHeldBack: (connectionId: string) => AppError | undefined;
  /** a notification of the operating system */
  readonly notify: (notice: Notice) => void;
  readonly elsewhere: Elsewhere;
};

/** How a session is wished for. */
export type Wish = {
  readonly request: SessionRequest;
  readonly renewal: Session['renewal'];
  readonly tokenCode?: string | undefined;
};

/** Temporary credentials: opened, kept in the keychain, renewed, handed out in main only, and wiped when they end. */
export class Sessions {
  readonly #ports: SessionsPorts;
  readonly #records: SessionRecords;
  readonly #renewals: Renewals;
  readonly #reach: SessionReach;
  readonly #opening: Opening;
  readonly #ending = new Map<string, Promise<Result<Session>>>();
  #callOffTimer: (() => void) | undefined;
  #isStopped = false;
  /** until when the time was looked through for ends to warn of */
  #warnedUntil: number;

  constructor(ports: SessionsPorts) {
    this.#ports = ports;
    this.#warnedUntil = ports.clock.now();
    this.#opening = new Opening(ports);
    this.#records = new SessionRecords(ports.document, ports.clock, () => this.#changed());
    this.#reach = new SessionReach(this.#records, ports.vault, ports.clock);
    this.#renewals = new Renewals({
      clock: ports.clock,
      records: this.#records,
      renew: (sessionId) => this.#renew(sessionId),
      onChange: () => {
        ports.publisher.changed('sessions');
      },
      onFailed: (session) => {
        ports.notify(failedNotice(session));
      },
    });
  }

  /** Those nobody ended first, what dies first on top; ended ones of the last day after them, latest first. */
  list(): Session[] {
    return this.#records.listed();
  }

  /** On record, also those that ended. */
  all(): readonly Session[] {
    return this.#records.all();
  }

  live(): readonly Session[] {
    return this.#records.live();
  }

  liveFor(connectionId: string): readonly Session[] {
    return this.live().filter((session) => session.connectionId === connectionId);
  }

  /** Those that nobody ended, also past their end and waiting to be renewed. */
  openFor(connectionId: string): readonly Session[] {
    return this.#records.all().filter((session) => session.connectionId === connectionId && session.end === undefined);
  }

  countLive(): number {
    return this.live().length;
  }

  find(sessionId: string): Session | undefined {
    return this.#records.find(sessionId);
  }

  /** Those whose new credentials are asked for at this moment. */
  renewing(): readonly string[] {
    return this.#renewals.running();
  }

  /** Opens a session. The keychain is asked first: credentials that have no place to go are not made. */
  async start(connection: Connection, { request, renewal, tokenCode }: Wish): Promise<Result<Session>> {
    const opened = await this.#opening.open(connection, request, tokenCode);
    if (!opened.ok) return opened;
    const { value, at, requestId, sessionName, isChained } = opened.value;
    const { credentials, assumedRoleArn } = value;
    const id = this.#ports.newId();
    const kept = await this.#ports.vault.put(sessionSecretKey(id), writeKept(credentials));
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
      issuedAt: at,
      openedAt: at,
      expiresAt: credentials.expiration,
      request,
      renewal: request.mfaSerial === undefined ? renewal : 'off',
      credentials: kept.value,
      uses: [],
      isChained,
    };
    const saved = this.#records.add(session);
    if (!saved.ok) {
      await this.#ports.vault.remove(sessionSecretKey(id));
      return saved;
    }
    this.#ports.audit({
      act: 'session.started',
      subject: connection.roleArn,
      sessionId: id,
      requestId,
      expiresAt: credentials.expiration,
    });
    return ok(session);
  }

  /** New credentials for the same session, now. Those it had stay valid at AWS until they expire. */
  async renew(sessionId: string, tokenCode?: string): Promise<Result<Session>> {
    return await this.#renewals.now(sessionId, () => this.#renew(sessionId, tokenCode));
  }

  setRenewal(sessionId: string, renewal: Session['renewal']): Result<Session> {
    const session = this.find(sessionId);
    if (session === undefined || session.end !== undefined) return err(notFound('A session that is open'));
    if (renewal === 'automatic' && session.request.mfaSerial !== undefined) {
      return err(
        appError('not-possible', 'This session was opened with an MFA code, so it cannot be renewed by itself.', {
          whatToDo: 'Renew it by hand with a new code before it ends.',
        }),
      );
    }
    const saved = this.#records.patch(sessionId, ({ trouble: _trouble, ...rest }) => ({ ...rest, renewal }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'session.renewal-set', subject: session.assumedRoleArn, sessionId, renewal });
    return ok({ ...session, renewal });
  }

  /** The credentials of a live session, for main only. */
  async credentials(sessionId: string): Promise<Result<SessionCredentials>> {
    const session = this.find(sessionId);
    if (session === undefined || !isLive(session, this.#ports.clock.now())) return err(notFound('A live session'));
    return await this.#reach.read(sessionId);
  }

  /** Wipes the local copies and reads back that they are gone (architecture 17). */
  async end(sessionId: string, how: 'ended-here' | 'revoked' | 'expired'): Promise<Result<Session>> {
    // what several find expired at once, as on waking, ends once
    const ending =
      this.#ending.get(sessionId) ?? this.#end(sessionId, how).finally(() => this.#ending.delete(sessionId));
    this.#ending.set(sessionId, ending);
    return await ending;
  }

  async #end(sessionId: string, how: 'ended-here' | 'revoked' | 'expired'): Promise<Result<Session>> {
    const session = this.find(sessionId);
    if (session === undefined) return err(notFound('This session'));
    if (session.end?.wiped === true) return ok(session);
    const end = session.end ?? { at: this.#ports.clock.now(), how, wiped: false };
    // first, so that whoever renews it at this moment, here or in another process, keeps nothing of it
    this.#records.patch(sessionId, (one) => (one.end === undefined ? { ...one, end } : one));
    const removed = await this.#wipe(session);
    const saved = this.#records.patch(sessionId, ({ trouble: _trouble, ...one }) => ({
      ...one,
      credentials: removed.ok ? 'gone' : one.credentials,
      end: { ...end, wiped: removed.ok },
    }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: `session.${how}`, subject: session.assumedRoleArn, sessionId, wiped: String(removed.ok) });
    if (!removed.ok) return removed;
    return ok(this.find(sessionId) ?? session);
  }

  /** An end is on record before its wipe: what a killed app left of one goes now. Once, when the window stands. */
  async finishEnding(): Promise<void> {
    for (const { end, id } of this.#records.all()) {
      if (end !== undefined && !end.wiped) await this.end(id, end.how);
    }
  }

  async endAll(): Promise<{ readonly ended: number; readonly notWiped: number }> {
    const open = this.#records.all().filter(({ end }) => end === undefined);
    const answers = await Promise.all(open.map((session) => this.end(session.id, 'ended-here')));
    const ended = answers.filter((answer) => answer.ok).length;
    return { ended, notWiped: answers.length - ended };
  }

  /** Writes down what it was handed to. `detail` is shown: a shell, a profile's name, an address. */
  recordUse(sessionId: string, kind: SessionUseKind, detail?: string): void {
    const use = { kind, at: this.#ports.clock.now(), ...(detail === undefined ? {} : { detail }) };
    this.#records.patch(sessionId, (session) => ({
      ...session,
      uses: [use, ...session.uses.filter((one) => one.kind !== kind)],
    }));
    const session = this.find(sessionId);
    if (session === undefined) return;
    this.#ports.audit({
      act: `session.handed-to.${kind}`,
      subject: session.assumedRoleArn,
      sessionId,
      ...(detail === undefined ? {} : { detail }),
    });
  }

  /** A session opened before the cutoff of deny-older-sessions has spread would be denied too (aws-reference §6.2). */
  blockUntil(connectionId: string, instant: number): void {
    this.#opening.blockUntil(connectionId, instant);
  }

  /**
   * Ends or wipes what has expired, renews what is due, warns of what is about to end, and waits for the next of them.
   * Called at start, on resume and when the clock is corrected; reads AWS's clock, not timers, to decide.
   */
  async settle(): Promise<void> {
    // what another process renewed is not over, whatever is on record here
    await this.takeInElsewhere();
    await this.#ports.sureTime.check(this.#records.all().some(({ end }) => end === undefined));
    const now = this.#ports.clock.now();
    for (const session of this.#records.all()) {
      if (this.#isStopped) return;
      if (session.expiresAt > now || session.end?.wiped === true) continue;
      if (!isRenewable(session, now)) await this.end(session.id, 'expired');
      // what cannot be used any more is not kept while its successor is waited for (S-23)
      else if (session.credentials === 'keychain' || session.credentials === 'memory') await this.#drop(session);
    }
    if (this.#isStopped) return;
    this.#records.forgetOld();
    this.#renewals.settle();
    this.#warn();
    this.#waitForNextExpiry();
  }

  /** The computer woke, or the network is back: what failed for want of it is tried at once. */
  tryAgain(): void {
    this.#renewals.tryAgain();
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOffTimer?.();
    this.#renewals.stop();
  }

  /** What was in memory went with the process that held it. Called once, before anything else of a new run. */
  recover(): void {
    this.#reach.forgetMemory();
    this.#reach.note();
  }

  /** Looks whether other processes renewed sessions meanwhile. A failure leaves it for the next look. */
  async takeInElsewhere(): Promise<void> {
    await this.#ports.elsewhere.takeIn((renewed) => {
      this.takeIn(renewed);
      return ok(undefined);
    });
  }

  /** Of sessions that another process renewed while this one did not look. */
  takeIn(renewed: readonly RenewedElsewhere[]): void {
    for (const { id, accessKeyId, issuedAt, expiresAt } of renewed) {
      const newer = { accessKeyId, issuedAt, expiresAt };
      this.#ports.vault.forget(sessionSecretKey(id));
      this.#records.patch(id, ({ trouble: _trouble, ...session }) =>
        session.end === undefined && newer.expiresAt > session.expiresAt
          ? { ...session, ...newer, credentials: 'keychain' }
          : session,
      );
    }
  }

  /** The keychain ceased or began to answer. */
  noteReach(): void {
    this.#reach.note();
  }

  /** Tries again to read what the keychain did not hand out. */
  async reachAgain(): Promise<void> {
    await this.#reach.lookAgain();
    this.#renewals.tryAgain();
  }

  async #renew(sessionId: string, tokenCode?: string): Promise<Result<Session>> {
    const takeInElsewhere = () => this.takeInElsewhere();
    const ports = { ...this.#ports, records: this.#records, opening: this.#opening, takeInElsewhere };
    return await renewSession(ports, sessionId, tokenCode);
  }

  async #wipe({ id, credentials }: Session): Promise<Result<void>> {
    return await this.#ports.vault.remove(sessionSecretKey(id), credentials === 'memory' ? 'memory' : 'both');
  }

  async #drop(session: Session): Promise<void> {
    const removed = await this.#wipe(session);
    if (removed.ok) this.#records.patch(session.id, (one) => ({ ...one, credentials: 'gone' }));
  }

  #warn(): void {
    const now = this.#ports.clock.now();
    const last = this.#warnedUntil;
    this.#warnedUntil = now;
    for (const notice of warningsBetween(this.#records.all(), last, now)) this.#ports.notify(notice);
  }

  #changed(): void {
    this.#ports.publisher.changed('sessions', 'app');
    this.#renewals.settle();
    this.#waitForNextExpiry();
  }

  #waitForNextExpiry(): void {
    this.#callOffTimer?.();
    this.#callOffTimer = undefined;
    if (this.#isStopped) return;
    const now = this.#ports.clock.now();
    const open = this.#records.all().filter((session) => isLive(session, now) || isLapsed(session, now));
    const next = Math.min(
      ...open.flatMap(({ expiresAt }) => [expiresAt, expiresAt - warnedMs]).filter((instant) => instant > now),
    );
    if (next === Number.POSITIVE_INFINITY) return;
    const delay = Math.min(Math.max(next - now, 50), longestTimerMs);
    this.#callOffTimer = this.#ports.clock.schedule(delay, () => void this.settle());
  }
}
