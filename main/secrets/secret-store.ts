import type { Result } from '../../core/result';

/** Where a store really keeps things, told to the person. `memory` is lost on quitting. */
export type SecretBackend = 'keychain' | 'memory';

/**
 * The one door to secrets. Keys are names we choose (`session/<id>`, `source/<id>`), values are text of up to 16 KiB.
 * No method throws for an expected failure; errors are `keychain-absent`, `keychain-locked` or `keychain-failed`.
 */
export interface SecretStore {
  readonly backend: SecretBackend;
  /** The current value, or `undefined` when there is none. Cached for as long as the process lives. */
  get(key: string): Promise<Result<string | undefined>>;
  /** Replaces the whole record or leaves the old one; a crash at any point leaves one of the two, never a mixture. */
  set(key: string, value: string): Promise<Result<void>>;
  /** Another process has replaced this record: what was read of it before counts no more. */
  forget(key: string): void;
  /** Removes every part and reads back that none is left. Removing what is not there succeeds. */
  remove(key: string): Promise<Result<void>>;
  /** All keys with a current value, in no particular order. */
  keys(): Promise<Result<readonly string[]>>;
  /** Asks the backend whether it answers, without leaving anything behind. */
  probe(): Promise<Result<void>>;
}
