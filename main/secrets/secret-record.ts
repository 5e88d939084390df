import { createHash } from 'node:crypto';

/**
 * How one secret lies in a keychain (architecture 15): numbered parts under a generation, and a head item that names
 * the current generation. Accounts are `<key>#<generation>.<number>` and `<key>#head`.
 *
 * No schema library here: every credential process reads one record, and would spend more on loading it.
 */

/** Windows keeps 2,560 bytes an item. Parts are base64, so a character is a byte. */
const partBytes = 2000;

/** Bytes of UTF-8 that a value may have. */
export const longestSecret = 16 * 1024;

export type SecretHead = {
  readonly version: 1;
  /** sixteen hexadecimal digits */
  readonly generation: string;
  /** 0 to 16 */
  readonly parts: number;
  /** SHA-256 of the value, hexadecimal: tells a whole record from a torn one. */
  readonly digest: string;
};

const keyPattern = /^[\w.:/-]{1,128}$/;

/** @throws TypeError for a key that we did not choose: that is a bug, and `#` in it would confuse records. */
export function checkKey(key: string): void {
  if (!keyPattern.test(key)) throw new TypeError('A secret needs a key of letters, digits and ._:/-');
}

export function headAccount(key: string): string {
  return `${key}#head`;
}

export function partAccount(key: string, generation: string, index: number): string {
  return `${key}#${generation}.${index}`;
}

/** What an account's name says, or `undefined` for an item that is not of a record. */
export function readAccount(account: string): { readonly key: string; readonly generation?: string } | undefined {
  const match = /^([^#]+)#(?:(head)|([0-9a-f]{16})\.\d{1,2})$/.exec(account);
  const key = match?.[1];
  if (match === null || key === undefined) return undefined;
  return match[3] === undefined ? { key } : { key, generation: match[3] };
}

function digestOf(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex');
}

/**
 * Splits a value for the keychain.
 * @throws RangeError above `longestSecret`, TypeError for text that UTF-8 cannot hold: both are bugs of the caller.
 */
export function splitSecret(value: string, generation: string): { head: SecretHead; parts: readonly string[] } {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length > longestSecret) throw new RangeError(`A secret has ${longestSecret} bytes at most`);
  if (bytes.toString('utf8') !== value) throw new TypeError('A secret is well-formed text');
  const text = bytes.toString('base64');
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += partBytes) parts.push(text.slice(at, at + partBytes));
  return { head: { version: 1, generation, parts: parts.length, digest: digestOf(value) }, parts };
}

/** The value, or `undefined` when the parts are not those the head speaks of. */
export function joinSecret(head: SecretHead, parts: readonly string[]): string | undefined {
  if (parts.length !== head.parts) return undefined;
  const value = Buffer.from(parts.join(''), 'base64').toString('utf8');
  return digestOf(value) === head.digest ? value : undefined;
}

export function writeHead(head: SecretHead): string {
  return JSON.stringify(head);
}

/** The head, or `undefined` for text that is none. */
export function readHead(text: string): SecretHead | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return isHead(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isHead(found: unknown): found is SecretHead {
  if (typeof found !== 'object' || found === null || Object.keys(found).length !== 4) return false;
  const { version, generation, parts, digest } = found as Readonly<Record<string, unknown>>;
  return (
    version === 1 &&
    typeof generation === 'string' &&
    /^[0-9a-f]{16}$/.test(generation) &&
    Number.isInteger(parts) &&
    Number(parts) >= 0 &&
    Number(parts) <= 16 &&
    typeof digest === 'string' &&
    /^[0-9a-f]{64}$/.test(digest)
  );
}
