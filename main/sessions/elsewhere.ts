import type { Session } from '../../core/domain/session';
import type { Result } from '../../core/result';

/** What another process renewed while this one did not look; without its credentials, which are in the keychain. */
export type RenewedElsewhere = Pick<Session, 'id' | 'accessKeyId' | 'issuedAt' | 'expiresAt'>;

/** The processes beside the app that renew sessions too: credential processes, which tools start. */
export type Elsewhere = {
  /** held while a session is renewed: of all processes that would, one does */
  readonly lock: (sessionId: string) => Promise<Result<() => void>>;
  /** what they renewed since it was last asked; forgotten when `keep` succeeds */
  readonly takeIn: (keep: (renewed: readonly RenewedElsewhere[]) => Result<unknown>) => Promise<Result<unknown>>;
  /** calls back when there may be some; gives the way to stop it */
  readonly watch: (onRenewed: () => void) => () => void;
};
