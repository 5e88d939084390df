import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, instantSchema, labelSchema, roleNameSchema } from './limits';
import { sessionRequestSchema } from './session-request';

export const sessionUseKinds = ['console', 'environment', 'terminal', 'profile', 'endpoint', 'plain-profile'] as const;
export type SessionUseKind = (typeof sessionUseKinds)[number];

/** What a session was handed to: the latest of each kind. `detail`: a shell, a profile's name, an address; never a secret. */
const sessionUseSchema = z.strictObject({
  kind: z.enum(sessionUseKinds),
  at: instantSchema,
  detail: z.string().max(128).optional(),
});

/**
 * Temporary credentials from AssumeRole, without the credentials. `expiresAt` is STS's `Expiration`. A renewed session
 * is the same session with newer credentials: what is handed to tools under its id stays right.
 *
 * - `credentials`: `keychain` and `memory` say where they are; `out-of-reach` means still valid at AWS, but the keychain
 *   does not hand them out; `gone` means wiped here.
 * - `trouble`: why the last try to renew it failed, and when the next is; absent once one succeeded.
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
  /** of the credentials it has now */
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  /** when it was first opened; the same as `issuedAt` until it is renewed */
  openedAt: instantSchema,
  request: sessionRequestSchema,
  renewal: z.enum(['off', 'automatic']),
  credentials: z.enum(['keychain', 'memory', 'out-of-reach', 'gone']),
  uses: z.array(sessionUseSchema).max(sessionUseKinds.length),
  /** by way of a role session: AWS's limit of an hour and the console's rules for chains hold */
  isChained: z.boolean(),
  trouble: z
    .strictObject({
      error: appErrorSchema,
      at: instantSchema,
      failures: z.int().min(1),
      /** absent: nothing is tried until a person acts */
      nextTryAt: instantSchema.optional(),
    })
    .optional(),
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

/** Its credentials work: nobody ended it here, and AWS's clock has not. */
export function isLive(session: Session, now: number): boolean {
  return session.end === undefined && session.expiresAt > now;
}

/** Past its expiry and to be renewed as soon as that is possible again: after a sleep, a lost network, a refusal. */
export function isLapsed(session: Session, now: number): boolean {
  return session.end === undefined && session.expiresAt <= now && session.renewal === 'automatic';
}

/** What dies first comes first. */
export function byExpiry(a: Session, b: Session): number {
  return a.expiresAt - b.expiresAt || a.id.localeCompare(b.id);
}
