import { ok, type Result } from '../../core/result';
import { checkKey, splitSecret } from './secret-record';
import type { SecretStore } from './secret-store';

/** Secrets until the app quits. Where the person agreed to it because the keychain does not answer, and in tests. */
export class MemorySecretStore implements SecretStore {
  readonly backend = 'memory';
  readonly #values = new Map<string, string>();

  async get(key: string): Promise<Result<string | undefined>> {
    checkKey(key);
    return ok(this.#values.get(key));
  }

  async set(key: string, value: string): Promise<Result<void>> {
    checkKey(key);
    // The same limits as the keychain has: what is kept here must be able to move there.
    splitSecret(value, '0'.repeat(16));
    this.#values.set(key, value);
    return ok(undefined);
  }

  forget(): void {
    // no other process has a hand in this one's memory
  }

  async remove(key: string): Promise<Result<void>> {
    checkKey(key);
    this.#values.delete(key);
    return ok(undefined);
  }

  async keys(): Promise<Result<readonly string[]>> {
    return ok([...this.#values.keys()]);
  }

  async probe(): Promise<Result<void>> {
    return ok(undefined);
  }
}
