import { randomUUID } from 'node:crypto';

/** Set by scripts/lib/desktop.mjs for commands that run inside a keyring of their own. Never a person's keyring. */
export const hasPrivateKeyring = process.env['SALLYPORT_PRIVATE_KEYRING'] === '1';

export const noKeyringReason = 'no private keyring: dbus and gnome-keyring are not installed, or not run by npm test';

/** A name under which only this test keeps things, so that tests may share a keyring. */
export function ownService(): string {
  return `Sallyport test ${randomUUID()}`;
}
