import { isLive, type Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { Vault } from '../secrets/secret-vault';
import { appError } from '../workspace-context';
import { readKept, sessionSecretKey, type SessionCredentials } from './kept-credentials';
import type { SessionRecords } from './session-records';

/** Where the credentials of live sessions are, as far as can be told: kept, out of reach, gone. */
export class SessionReach {
  readonly #records: SessionRecords;
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(records: SessionRecords, vault: Vault, clock: Clock) {
    this.#records = records;
    this.#vault = vault;
    this.#clock = clock;
  }

  /** What was in memory went with the process that held it. */
  forgetMemory(): void {
    this.#mark(({ credentials }) => (credentials === 'memory' ? 'gone' : credentials));
  }

  /** Which sessions it concerns that the keychain ceased or began to answer; it is not asked once more for each of them. */
  note(): void {
    this.#mark(({ id, credentials }) => {
      if (credentials !== 'keychain' && credentials !== 'out-of-reach') return credentials;
      return this.#vault.isOutOfReach(sessionSecretKey(id)) ? 'out-of-reach' : 'keychain';
    });
  }

  /** What is kept of a session, for main only; where it is not there, the record says so from then on. */
  async read(sessionId: string): Promise<Result<SessionCredentials>> {
    const kept = await this.#vault.get(sessionSecretKey(sessionId));
    if (!kept.ok) {
      this.#records.patch(sessionId, (one) => ({ ...one, credentials: 'out-of-reach' }));
      return kept;
    }
    const credentials = readKept(kept.value);
    if (credentials !== undefined) return ok(credentials);
    this.#records.patch(sessionId, (one) => ({ ...one, credentials: 'gone' }));
    return err(
      appError('credentials-missing', 'The credentials of this session are no longer on this computer.', {
        whatDidNotChange: 'They stay valid at AWS until they expire.',
        whatToDo: 'Renew the session, or start a new one of this connection.',
      }),
    );
  }

  /** Reads what the keychain did not hand out. */
  async lookAgain(): Promise<void> {
    const now = this.#clock.now();
    for (const session of this.#records.all()) {
      if (!isLive(session, now) || session.credentials === 'gone') continue;
      const kept = await this.#vault.get(sessionSecretKey(session.id));
      const found = !kept.ok ? 'out-of-reach' : kept.value === undefined ? 'gone' : session.credentials;
      const credentials = found === 'out-of-reach' && kept.ok ? 'keychain' : found;
      this.#records.patch(session.id, (one) => (one.credentials === credentials ? one : { ...one, credentials }));
    }
  }

  /** Judges each live session anew; nothing is written when nothing changed. */
  #mark(judge: (session: Session) => Session['credentials']): void {
    const now = this.#clock.now();
    this.#records.patchAll((session) => {
      const credentials = isLive(session, now) ? judge(session) : session.credentials;
      return credentials === session.credentials ? session : { ...session, credentials };
    });
  }
}
