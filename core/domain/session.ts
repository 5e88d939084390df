import { z } from 'zod';
import { accountIdSchema, idSchema, instantSchema, labelSchema, roleNameSchema, sessionDurationSchema } from './limits';

/**
 * Temporary credentials from AssumeRole, without the credentials. `expiresAt` is STS's `Expiration`.
 *
 * - `credentials`: `keychain` and `memory` say where they are; `out-of-reach` means still valid at AWS, but the keychain
 *   does not hand them out; `gone` means wiped here.
 */
export const sessionSchema = z.strictObject({
  id: idSchema,
  connectionId: idSchema,
  connectionName: labelSchema,
  accountId: accountIdSchema,
  roleName: roleNameSchema,
  assumedRoleArn: z.string().max(2048),
  /** identifies the session in CloudTrail; not a secret [aws-reference §11] */
  accessKeyId: z.string().max(128),
  sessionName: z.string().max(64),
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  durationSeconds: sessionDurationSchema,
  credentials: z.enum(['keychain', 'memory', 'out-of-reach', 'gone']),
  lastUse: z.strictObject({ kind: z.enum(['console', 'environment']), at: instantSchema }).optional(),
  end: z
    .strictObject({
      at: instantSchema,
      how: z.enum(['expired', 'ended-here', 'revoked']),
      /** local copies were read back as gone */
      wiped: z.boolean(),
    })
    .optional(),
});
export type Session = Readonly<z.infer<typeof sessionSchema>>;

export function isLive(session: Session, now: number): boolean {
  return session.end === undefined && session.expiresAt > now;
}

/** What dies first comes first. */
export function byExpiry(a: Session, b: Session): number {
  return a.expiresAt - b.expiresAt || a.id.localeCompare(b.id);
}
