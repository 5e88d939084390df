import type { RawItem, RawKeychain } from '../../main/secrets/raw-keychain';

/** Bytes of UTF-8 in one item of Windows' Credential Manager (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
export const windowsItemBytes = 2560;

/** A keychain with the tightest limits of the three systems. Refuses what any of them refuses. */
export class MemoryKeychain implements RawKeychain {
  readonly items = new Map<string, string>();
  /** Every call in order, as `write key#…`: what a person may be prompted for. */
  readonly calls: string[] = [];
  /** When set, every call fails with it. */
  trouble: Error | undefined;

  async read(account: string): Promise<string | undefined> {
    this.#call('read', account);
    return this.items.get(account);
  }

  async write(account: string, value: string): Promise<void> {
    this.#call('write', account);
    if (value === '') throw new Error('Password is required.');
    if (Buffer.byteLength(value, 'utf8') > windowsItemBytes) throw new Error('The stub received bad data.');
    this.items.set(account, value);
  }

  async remove(account: string): Promise<void> {
    this.#call('remove', account);
    this.items.delete(account);
  }

  async list(): Promise<readonly RawItem[]> {
    this.#call('list', '');
    return [...this.items].map(([account, value]) => ({ account, value }));
  }

  #call(name: string, account: string): void {
    this.calls.push(`${name} ${account}`.trim());
    if (this.trouble) throw this.trouble;
  }
}
