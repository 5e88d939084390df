import { createHmac } from 'node:crypto';

/**
 * Everything unguessable in the sandbox comes from one signing key, so that saved state holds no secret: the same key
 * and state give the same credentials again.
 */
export type SandboxSecrets = {
  secretAccessKey(accessKeyId: string): string;
  /** `size` in bytes, 128 to 4096. */
  sessionToken(accessKeyId: string, size: number): string;
  /** `length` characters of AWS's alphabet for identifiers (A–Z, 2–7). */
  identifier(purpose: string, length: number): string;
  /** The seed of a virtual MFA device: 64 characters of base32, as AWS's are. */
  mfaSeed(deviceId: string): string;
  /** A signature over `text`, for the sign-in token. */
  sign(text: string): string;
};

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** How the tokens of today's STS begin. */
const tokenPrefix = 'IQoJb3JpZ2luX2Vj';

export function createSecrets(signingKey: Uint8Array): SandboxSecrets {
  const digest = (purpose: string): Buffer => createHmac('sha256', signingKey).update(purpose).digest();
  // Derived again for every request otherwise: signatures are checked far more often than keys are made.
  const secretKeys = new Map<string, string>();
  const stream = (purpose: string, bytes: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let block = 0; block * 32 < bytes; block += 1) blocks.push(digest(`${purpose}:${String(block)}`));
    return Buffer.concat(blocks).subarray(0, bytes);
  };
  return {
    secretAccessKey(accessKeyId) {
      let secret = secretKeys.get(accessKeyId);
      if (secret === undefined) {
        // 30 bytes are 40 characters of base64, the length of AWS's.
        secret = stream(`secret:${accessKeyId}`, 30).toString('base64');
        if (secretKeys.size > 10_000) secretKeys.clear();
        secretKeys.set(accessKeyId, secret);
      }
      return secret;
    },
    sessionToken(accessKeyId, size) {
      const text = stream(`token:${accessKeyId}`, size).toString('base64').replace(/=/g, 'A');
      return `${tokenPrefix}${text}`.slice(0, size);
    },
    identifier(purpose, length) {
      return [...stream(`id:${purpose}`, length)].map((byte) => base32.charAt(byte % 32)).join('');
    },
    mfaSeed: (deviceId) => [...stream(`mfa:${deviceId}`, 64)].map((byte) => base32.charAt(byte % 32)).join(''),
    sign: (text) => digest(`sign:${text}`).toString('base64url'),
  };
}
