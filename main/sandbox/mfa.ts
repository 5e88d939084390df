import { createHmac } from 'node:crypto';
import { mfaDeviceArn } from './arns';
import type { SandboxSecrets } from './secrets';
import type { MfaDeviceRecord, UserRecord } from './snapshot';
import type { Account } from './state';

/** RFC 6238 as AWS's virtual devices do it: HMAC-SHA-1, six digits, steps of 30 seconds. */
const stepSeconds = 30;
/** Steps that a device's clock may be off, either way (RFC 6238 §5.2 recommends one). */
const drift = 1;

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    value = ((value << 5) | base32.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes);
}

/** The code of one time step (RFC 4226 §5.3). `seed` in base32. */
export function totpCode(seed: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(seed)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** `now` in milliseconds since the epoch. */
export function totpStep(now: number): number {
  return Math.floor(now / 1000 / stepSeconds);
}

export function devicesOf(account: Account, user: UserRecord): readonly MfaDeviceRecord[] {
  return [...account.mfaDevices.values()].filter((device) => device.enabledFor === user.id);
}

/** Two codes that follow each other, the later one of now. Uses them up. */
export function acceptConsecutive(
  device: MfaDeviceRecord,
  codes: readonly [string, string],
  secrets: SandboxSecrets,
  now: number,
): boolean {
  const seed = secrets.mfaSeed(device.id);
  const current = totpStep(now);
  for (let step = current - drift; step <= current + drift; step += 1) {
    if (totpCode(seed, step - 1) === codes[0] && totpCode(seed, step) === codes[1]) {
      device.lastStep = step;
      return true;
    }
  }
  return false;
}

/** One code of now that was not used before. Uses it up. */
function acceptCode(device: MfaDeviceRecord, code: string, secrets: SandboxSecrets, now: number): boolean {
  const seed = secrets.mfaSeed(device.id);
  const current = totpStep(now);
  for (let step = current - drift; step <= current + drift; step += 1) {
    if (step > (device.lastStep ?? 0) && totpCode(seed, step) === code) {
      device.lastStep = step;
      return true;
    }
  }
  return false;
}

export type MfaOutcome = 'accepted' | 'incomplete' | 'unknown-device' | 'wrong-code';

/** SerialNumber and TokenCode of AssumeRole and GetSessionToken: a device of the user that calls, and its code. */
export function checkMfa(
  account: Account,
  user: UserRecord | undefined,
  given: { readonly serialNumber: string | undefined; readonly tokenCode: string | undefined },
  secrets: SandboxSecrets,
  now: number,
): MfaOutcome {
  const { serialNumber, tokenCode } = given;
  if (serialNumber === undefined || tokenCode === undefined) return 'incomplete';
  const device =
    user === undefined
      ? undefined
      : devicesOf(account, user).find((item) => mfaDeviceArn(account.id, item) === serialNumber);
  if (device === undefined) return 'unknown-device';
  return acceptCode(device, tokenCode, secrets, now) ? 'accepted' : 'wrong-code';
}
