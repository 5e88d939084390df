import type { AwsCredentials } from '../aws/aws-api';

/** Of a session: temporary, so with a token and an end. */
export type SessionCredentials = AwsCredentials & { readonly sessionToken: string; readonly expiration: number };

/** Under which name the vault keeps them. */
export function sessionSecretKey(sessionId: string): string {
  return `session/${sessionId}`;
}

/** Secret: for the vault only. */
export function writeKept({ accessKeyId, secretAccessKey, sessionToken, expiration }: SessionCredentials): string {
  return JSON.stringify({ accessKeyId, secretAccessKey, sessionToken, expiration });
}

/** Undefined for what is not there or was not written by `writeKept`. */
export function readKept(text: string | undefined): SessionCredentials | undefined {
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    return isKept(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** By hand: a credential process reads this, and would spend more on loading a schema library. */
function isKept(found: unknown): found is SessionCredentials {
  if (typeof found !== 'object' || found === null || Object.keys(found).length !== 4) return false;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = found as Readonly<Record<string, unknown>>;
  return (
    [accessKeyId, secretAccessKey, sessionToken].every((text) => typeof text === 'string') &&
    typeof expiration === 'number'
  );
}
