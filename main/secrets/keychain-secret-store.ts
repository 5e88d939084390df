import { randomBytes } from 'node:crypto';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import { keychainError, type KeychainAct } from './keychain-error';
import type { RawItem, RawKeychain } from './raw-keychain';
import {
  checkKey,
  headAccount,
  joinSecret,
  partAccount,
  readAccount,
  readHead,
  splitSecret,
  writeHead,
  type SecretHead,
} from './secret-record';
import type { SecretStore } from './secret-store';

/** Another process may replace a record while we read its parts; then its head has changed, and we read again. */
const readAttempts = 3;

export type KeychainStoreOptions = {
  /** Keeps other processes from writing meanwhile; reading needs it not. Without it this process is the only one. */
  readonly lock?: () => Promise<Result<() => void>>;
  /**
   * False for a process that comes and goes beside the app: it neither lists what there is nor tries whether the keychain
   * keeps things, so that many of them cost the person no prompt and one another nothing. For it, what a locked keychain
   * does not hand out is not there.
   */
  readonly looksAround?: boolean;
};

/**
 * The keychain as a `SecretStore`. One process writes at a time, by a lock that all of ours take; others may read.
 *
 * SECURITY(S-15): secrets go to the keychain and nowhere else; a failure is answered, never worked around.
 */
export class KeychainSecretStore implements SecretStore {
  readonly backend = 'keychain';
  readonly #keychain: RawKeychain;
  readonly #options: Required<KeychainStoreOptions>;
  /** Architecture 17: read once, so that the system asks the person once. */
  readonly #cache = new Map<string, string>();
  /** What crashes left behind is looked for once, and again when another process has written: listing costs every item. */
  #isSwept = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(keychain: RawKeychain, options: KeychainStoreOptions = {}) {
    this.#keychain = keychain;
    this.#options = { lock: () => Promise.resolve(ok(() => undefined)), looksAround: true, ...options };
  }

  async get(key: string): Promise<Result<string | undefined>> {
    checkKey(key);
    return this.#inTurn('read', async () => {
      const cached = this.#cache.get(key);
      if (cached !== undefined) return cached;
      const value = await this.#read(key);
      if (value !== undefined) this.#cache.set(key, value);
      else if (this.#options.looksAround) await this.#alone(() => this.#proveOpen());
      return value;
    });
  }

  forget(key: string): void {
    this.#cache.delete(key);
    this.#isSwept = false;
  }

  async set(key: string, value: string): Promise<Result<void>> {
    checkKey(key);
    const { head, parts } = splitSecret(value, newGeneration());
    return this.#aloneInTurn('keep', async () => {
      const replaced = await this.#headOf(key);
      try {
        for (const [index, part] of parts.entries()) {
          await this.#keychain.write(partAccount(key, head.generation, index), part);
        }
        // The head makes the new record current: before it the old record stands, after it the new one.
        await this.#keychain.write(headAccount(key), writeHead(head));
      } catch (error) {
        if (!(await this.#isCurrent(key, head))) {
          this.#cache.delete(key);
          await this.#clearAway(key, head).catch(() => undefined);
          throw error;
        }
      }
      this.#cache.set(key, value);
      // The record is kept whether or not the old one can be cleared away now; the app's next write tries again.
      await this.#clearAway(key, replaced, true).catch(() => undefined);
    });
  }

  async remove(key: string): Promise<Result<void>> {
    checkKey(key);
    return this.#aloneInTurn('remove', async () => {
      this.#cache.delete(key);
      const head = await this.#headOf(key);
      // The head first: from then on there is no record, whatever happens to its parts.
      await this.#keychain.remove(headAccount(key));
      await this.#clearAway(key, head);
      if (this.#options.looksAround) await this.#proveOpen();
      const left = await this.#leftOf(key, head);
      if (left > 0) throw new Error(`${left} items were still there after they had been removed`);
    });
  }

  async keys(): Promise<Result<readonly string[]>> {
    return this.#aloneInTurn('read', async () => {
      const items = await this.#listOpen();
      return items.flatMap(({ account }) => {
        const place = readAccount(account);
        return place !== undefined && place.generation === undefined ? [place.key] : [];
      });
    });
  }

  async probe(): Promise<Result<void>> {
    return this.#aloneInTurn('check', () => this.#proveOpen());
  }

  /**
   * Writes, reads back and removes. A locked Secret Service answers a look-up with "there is none" and a removal with
   * success (seen with gnome-keyring 42), so "nothing there" counts only from a keychain that also keeps things. And
   * keytar 7.10 ends the whole process when it lists items whose values it is not given.
   */
  async #proveOpen(): Promise<void> {
    const account = partAccount('probe', newGeneration(), 0);
    try {
      await this.#keychain.write(account, 'probe');
      if ((await this.#keychain.read(account)) !== 'probe') throw new Error('What was kept could not be read back');
    } finally {
      await this.#keychain.remove(account);
    }
  }

  async #listOpen(): Promise<readonly RawItem[]> {
    await this.#proveOpen();
    return this.#keychain.list();
  }

  async #read(key: string): Promise<string | undefined> {
    for (let attempt = 0; attempt < readAttempts; attempt += 1) {
      const text = await this.#keychain.read(headAccount(key));
      if (text === undefined) return undefined;
      const head = readHead(text);
      const value = head && joinSecret(head, await this.#readParts(key, head));
      if (value !== undefined) return value;
    }
    throw new Error(`The record of ${key} is not whole`);
  }

  async #headOf(key: string): Promise<SecretHead | undefined> {
    const text = await this.#keychain.read(headAccount(key));
    return text === undefined ? undefined : readHead(text);
  }

  /**
   * By name what `gone` had; with it, where things may be listed and were not yet, all that no head names.
   * `isKnownOpen`: the keychain kept something a moment ago.
   */
  async #clearAway(key: string, gone: SecretHead | undefined, isKnownOpen = false): Promise<void> {
    if (this.#options.looksAround && !this.#isSwept) {
      await this.#sweep(await (isKnownOpen ? this.#keychain.list() : this.#listOpen()));
      this.#isSwept = true;
      return;
    }
    for (const account of partsOf(key, gone)) await this.#keychain.remove(account);
  }

  /** How many items of a record are still there. */
  async #leftOf(key: string, head: SecretHead | undefined): Promise<number> {
    let left = 0;
    for (const account of [headAccount(key), ...partsOf(key, head)]) {
      if ((await this.#keychain.read(account)) !== undefined) left += 1;
    }
    return left;
  }

  async #readParts(key: string, head: SecretHead): Promise<readonly string[]> {
    const parts: string[] = [];
    for (let index = 0; index < head.parts; index += 1) {
      const part = await this.#keychain.read(partAccount(key, head.generation, index));
      if (part !== undefined) parts.push(part);
    }
    return parts;
  }

  /** A write that is said to have failed may have been done. */
  async #isCurrent(key: string, head: SecretHead): Promise<boolean> {
    try {
      return (await this.#keychain.read(headAccount(key))) === writeHead(head);
    } catch {
      return false;
    }
  }

  /** Removes the parts of every generation that no head names: replaced ones, and what a crash left behind. */
  async #sweep(items: readonly RawItem[]): Promise<void> {
    // A head that cannot be read may be a later version's: nothing of its record is ours to remove.
    const current = new Map<string, string>();
    for (const { account, value } of items) {
      const place = readAccount(account);
      if (place !== undefined && place.generation === undefined) {
        current.set(place.key, readHead(value)?.generation ?? 'unreadable');
      }
    }
    for (const { account } of items) {
      const place = readAccount(account);
      if (place?.generation === undefined) continue;
      const kept = current.get(place.key);
      if (kept !== place.generation && kept !== 'unreadable') await this.#keychain.remove(account);
    }
  }

  /** One after the other: a sweep between the parts and the head of another write would tear it. */
  async #inTurn<T>(act: KeychainAct, work: () => Promise<T>): Promise<Result<T>> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    try {
      return ok(await mine);
    } catch (error) {
      return err(error instanceof LockRefused ? error.why : keychainError(act, error));
    }
  }

  async #aloneInTurn<T>(act: KeychainAct, work: () => Promise<T>): Promise<Result<T>> {
    return this.#inTurn(act, () => this.#alone(work));
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const lock = await this.#options.lock();
    if (!lock.ok) throw new LockRefused(lock.error);
    try {
      return await work();
    } finally {
      lock.value();
    }
  }
}

/** Carries what is said already past the words for keychains. */
class LockRefused extends Error {
  constructor(readonly why: AppError) {
    super(why.message);
  }
}

/** The items of a record besides its head. */
function partsOf(key: string, head: SecretHead | undefined): readonly string[] {
  return Array.from({ length: head?.parts ?? 0 }, (_, index) => partAccount(key, head?.generation ?? '', index));
}

function newGeneration(): string {
  return randomBytes(8).toString('hex');
}
