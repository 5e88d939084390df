import type { SandboxTrouble } from '../../core/domain/practice-trouble';
import type { RawItem, RawKeychain } from './raw-keychain';

/** What the systems say then, so that it becomes the same words on its way (keychain-error.ts). */
const saying = {
  locked: 'The keychain is locked, as the practice sandbox was told to pretend.',
  absent: 'No keychain is available, as the practice sandbox was told to pretend.',
} as const;

/** The system's keychain, which practice can pretend to be locked or absent. Nothing in it is touched by that. */
export class PracticeKeychain implements RawKeychain {
  readonly #keychain: RawKeychain;
  readonly #pretended: () => SandboxTrouble['keychain'];
  #isReal = false;

  constructor(keychain: RawKeychain, pretended: () => SandboxTrouble['keychain']) {
    this.#keychain = keychain;
    this.#pretended = pretended;
  }

  /** Nothing is pretended until `work` has ended: what is to be gone is to be gone from the real one. */
  async withoutPretence<T>(work: () => Promise<T>): Promise<T> {
    this.#isReal = true;
    try {
      return await work();
    } finally {
      this.#isReal = false;
    }
  }

  async read(account: string): Promise<string | undefined> {
    this.#check();
    return await this.#keychain.read(account);
  }

  async write(account: string, value: string): Promise<void> {
    this.#check();
    await this.#keychain.write(account, value);
  }

  async remove(account: string): Promise<void> {
    this.#check();
    await this.#keychain.remove(account);
  }

  async list(): Promise<readonly RawItem[]> {
    this.#check();
    return await this.#keychain.list();
  }

  #check(): void {
    const pretended = this.#pretended();
    if (!this.#isReal && pretended !== 'answers') throw new Error(saying[pretended]);
  }
}
