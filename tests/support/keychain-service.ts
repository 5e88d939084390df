/** The name in the keychain of the copy under test whose person's home this is. */
export function keychainServiceIn(home: string): string {
  return `Sallyport in ${home}`;
}
