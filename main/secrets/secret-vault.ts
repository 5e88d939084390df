import type { KeychainState } from '../../core/contract/app';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import type { SecretStore } from './secret-store';

/** What a workspace does with secrets. */
export type Vault = Pick<SecretVault, 'state' | 'check' | 'put' | 'get' | 'forget' | 'isOutOfReach' | 'remove'>;

const emptying = appError('not-possible', 'Everything is being forgotten just now, so nothing is kept.', {
  whatToDo: 'Wait until that is done.',
});

/**
 * The keychain first; memory only after the person agreed to it (architecture 16). Remembers where each secret went, so
 * that what is in the keychain is never silently replaced by a copy in memory.
 */
export class SecretVault {
  readonly #keychain: SecretStore;
  readonly #memory: SecretStore;
  readonly #onState: () => void;
  #memoryAllowed = false;
  #isEmptying = false;
  /** what was read or kept in this run: the keychain's port has it cached and hands it out without asking again */
  readonly #known = new Set<string>();
  #state: KeychainState = { state: 'unknown' };

  constructor(keychain: SecretStore, memory: SecretStore, onState: () => void) {
    this.#keychain = keychain;
    this.#memory = memory;
    this.#onState = onState;
  }

  get state(): KeychainState {
    return this.#state;
  }

  /** Asks the keychain whether it answers. Used before anything is made whose secret would have no place. */
  async check(): Promise<KeychainState> {
    const answer = await this.#keychain.probe();
    if (answer.ok) {
      this.#memoryAllowed = false;
      this.#set({ state: 'ready' });
    } else {
      this.#set(this.#memoryAllowed ? { state: 'memory' } : { state: 'unavailable', error: answer.error });
    }
    return this.#state;
  }

  /** From now on new secrets may live in memory while the keychain does not answer. */
  async allowMemory(): Promise<KeychainState> {
    this.#memoryAllowed = true;
    return await this.check();
  }

  /** SECURITY(S-15): keeps a secret in the keychain, or in memory once that was agreed to; never on disk. */
  async put(key: string, value: string, only?: 'memory'): Promise<Result<'keychain' | 'memory'>> {
    if (this.#isEmptying) return err(emptying);
    if (only !== 'memory') {
      const kept = await this.#keychain.set(key, value);
      if (kept.ok) {
        this.#known.add(key);
        if (this.#state.state !== 'ready') this.#set({ state: 'ready' });
        return ok('keychain');
      }
      if (!this.#memoryAllowed) {
        this.#set({ state: 'unavailable', error: kept.error });
        return kept;
      }
      this.#set({ state: 'memory' });
    }
    const kept = await this.#memory.set(key, value);
    return kept.ok ? ok('memory') : kept;
  }

  async get(key: string): Promise<Result<string | undefined>> {
    const inMemory = await this.#memory.get(key);
    if (inMemory.ok && inMemory.value !== undefined) return inMemory;
    const kept = await this.#keychain.get(key);
    if (kept.ok && kept.value !== undefined) this.#known.add(key);
    if (!kept.ok && !this.#memoryAllowed) this.#set({ state: 'unavailable', error: kept.error });
    return kept;
  }

  /** Another process has put it into the keychain anew. */
  forget(key: string): void {
    this.#keychain.forget(key);
    this.#known.delete(key);
  }

  /** True while the keychain does not answer and would be needed for this secret. Asks nobody. */
  isOutOfReach(key: string): boolean {
    return (this.#state.state === 'unavailable' || this.#state.state === 'memory') && !this.#known.has(key);
  }

  /** Removes it from both places; a place that cannot be read back makes the whole answer a failure. */
  async remove(key: string, from: 'keychain' | 'memory' | 'both' = 'both'): Promise<Result<void>> {
    const memory = await this.#memory.remove(key);
    if (!memory.ok || from === 'memory') return memory;
    this.#known.delete(key);
    return await this.#keychain.remove(key);
  }

  /**
   * Removes everything of ours from both places, and reads back that it is gone. Nothing of another app's is looked at, and
   * nothing is put into them meanwhile.
   */
  async removeAll(): Promise<Result<void>> {
    this.#isEmptying = true;
    try {
      return await this.#removeAll();
    } finally {
      this.#isEmptying = false;
    }
  }

  async #removeAll(): Promise<Result<void>> {
    for (const store of [this.#memory, this.#keychain]) {
      const keys = await store.keys();
      if (!keys.ok) return keys;
      for (const key of keys.value) {
        const removed = await store.remove(key);
        if (!removed.ok) return removed;
      }
    }
    this.#known.clear();
    return ok(undefined);
  }

  #set(state: KeychainState): void {
    const changed = JSON.stringify(state) !== JSON.stringify(this.#state);
    this.#state = state;
    if (changed) this.#onState();
  }
}
