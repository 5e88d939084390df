/**
 * The keychain of the operating system as it is: named items of text, each of a bounded size, no transactions. Methods
 * reject with whatever the system says; `keychainError` turns that into words.
 */
export interface RawKeychain {
  /** The item's text, or `undefined` when there is none. */
  read(account: string): Promise<string | undefined>;
  /** Makes or replaces one item. `value` is not empty. */
  write(account: string, value: string): Promise<void>;
  /** Removing what is not there is not a failure. */
  remove(account: string): Promise<void>;
  /** Every item of ours. */
  list(): Promise<readonly RawItem[]>;
}

export type RawItem = { readonly account: string; readonly value: string };
