import type { Connection } from '../../core/domain/connection';
import type { SessionRequest } from '../../core/domain/session-request';
import type { AppError } from '../../core/app-error';
import { err, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { Vault } from '../secrets/secret-vault';
import { appError } from '../workspace-context';
import { assumeSession, type AssumePorts, type Opened } from './assume-session';

export type OpeningPorts = AssumePorts & {
  readonly clock: Clock;
  readonly vault: Vault;
  /** undefined, unless access to the role is taken back */
  readonly whyHeldBack: (connectionId: string) => AppError | undefined;
};

/** What must hold before AWS is asked for credentials, and then the asking. */
export class Opening {
  readonly #ports: OpeningPorts;
  /** connections on which no new session may open before an instant */
  readonly #blockedUntil = new Map<string, number>();

  constructor(ports: OpeningPorts) {
    this.#ports = ports;
  }

  /** `instant` in milliseconds since the epoch. */
  blockUntil(connectionId: string, instant: number): void {
    this.#blockedUntil.set(connectionId, instant);
  }

  /** The keychain is asked first: credentials that have no place to go are not made. */
  async open(connection: Connection, request: SessionRequest, tokenCode?: string): Promise<Result<Opened>> {
    const { vault } = this.#ports;
    const held = this.#whyHeldBack(connection.id);
    if (held !== undefined) return err(held);
    if (request.mfaSerial !== undefined && tokenCode === undefined) {
      return err(
        appError('invalid-input', 'This session is opened with an MFA code, and none was given.', {
          whatToDo: 'Type the six digits that the device shows now.',
          field: 'tokenCode',
        }),
      );
    }
    const keychain = await vault.check();
    if (keychain.state === 'unavailable') return err(keychain.error);
    const opened = await assumeSession(this.#ports, { connection, request, tokenCode });
    // taken back while AWS was asked: what came back is kept nowhere
    const heldSince = this.#whyHeldBack(connection.id);
    return heldSince === undefined ? opened : err(heldSince);
  }

  #whyHeldBack(connectionId: string): AppError | undefined {
    const shut = this.#ports.whyHeldBack(connectionId);
    const blocked = (this.#blockedUntil.get(connectionId) ?? 0) - this.#ports.clock.now();
    if (shut !== undefined || blocked <= 0) return shut;
    return appError(
      'not-possible',
      'Older sessions of this role are being denied; a new one would be denied with them.',
      {
        whatToDo: `Try again in ${Math.ceil(blocked / 1000)} s.`,
        retryable: true,
        remedies: [{ kind: 'retry' }],
      },
    );
  }
}
