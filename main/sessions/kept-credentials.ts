import { z } from 'zod';
import type { AwsCredentials } from '../aws/aws-api';

/** Of a session: temporary, so with a token and an end. */
export type SessionCredentials = AwsCredentials & { readonly sessionToken: string; readonly expiration: number };

const keptSchema = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiration: z.number(),
});

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
    const parsed = keptSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
