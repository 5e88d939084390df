import type * as KeytarModule from 'keytar';
import type { RawItem, RawKeychain } from './raw-keychain';

type Keytar = typeof KeytarModule;

/** The name under which the system's own keychain viewer shows what we keep. */
export const keychainService = 'Sallyport';

/** The system's keychain through keytar (docs/adr/0002): Keychain, Credential Manager, or the Secret Service. */
export class KeytarKeychain implements RawKeychain {
  readonly #service: string;
  #keytar: Promise<Keytar> | undefined;

  constructor(service: string = keychainService) {
    this.#service = service;
  }

  async read(account: string): Promise<string | undefined> {
    return (await (await this.#load()).getPassword(this.#service, account)) ?? undefined;
  }

  async write(account: string, value: string): Promise<void> {
    await (await this.#load()).setPassword(this.#service, account, value);
  }

  async remove(account: string): Promise<void> {
    await (await this.#load()).deletePassword(this.#service, account);
  }

  async list(): Promise<readonly RawItem[]> {
    const items = await (await this.#load()).findCredentials(this.#service);
    return items.map(({ account, password }) => ({ account, value: password }));
  }

  /** Loaded on first use: it is native, start-up does not need it, and where it cannot load that is an answer too. */
  #load(): Promise<Keytar> {
    this.#keytar ??= import('keytar').then(
      (module: Keytar & { readonly default?: Keytar }) => module.default ?? module,
    );
    return this.#keytar;
  }
}
