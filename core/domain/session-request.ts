import { z } from '../zod';
import { idSchema, sessionDurationSchema, tagSchema } from './limits';
import { mfaDeviceSchema } from './mfa-device';

/** Seconds; AWS's limit for a role that is assumed by a role session, whatever the role itself allows (aws-reference §3.1). */
export const chainedMaximumSeconds = 3600;

/** Roles between the source identity and the one at the end; more is a mistake. */
export const mostHops = 4;

/** What makes a session less than its role: the result is what both allow (aws-reference §3.1). */
export const sessionPolicySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** AWS's managed policy ReadOnlyAccess */
  z.strictObject({ kind: z.literal('read-only') }),
  /** JSON text; STS takes 2,048 characters of it and of the ARNs together */
  z.strictObject({ kind: z.literal('document'), document: z.string().min(2).max(2048) }),
]);

/** Six digits [model:sts]. Typed each time and never kept. */
export const tokenCodeSchema = z.string().regex(/^\d{6}$/, 'An MFA code has six digits.');

/** 2 to 64 characters, not beginning with `aws:` [model:sts]. STS's parameter, not our source identity. */
export const sourceIdentityParameterSchema = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[\w+=,.@-]*$/, 'Only letters, digits and + = , . @ - _ can stand here.')
  .refine((text) => !text.startsWith('aws:'), 'What begins with aws: is AWS’s own.');

/** How a session is asked for. Kept with the session, so that it can be renewed and started again; holds no secret. */
export const sessionRequestSchema = z.strictObject({
  /** seconds asked for; never more than AWS grants, see `longestSession` */
  durationSeconds: sessionDurationSchema,
  sessionPolicy: sessionPolicySchema,
  tags: z
    .array(tagSchema)
    .max(50)
    .refine(
      (tags) => new Set(tags.map(({ key }) => key.toLowerCase())).size === tags.length,
      'Each key of a tag once: AWS does not tell capitals apart.',
    ),
  /** of `tags`, those that go on to the roles which this session assumes */
  transitiveTagKeys: z.array(z.string().min(1).max(128)).max(50),
  sourceIdentity: sourceIdentityParameterSchema.optional(),
  /** connections assumed before this one, in order from the source identity */
  hops: z.array(idSchema).max(mostHops),
  /** the device whose code was asked for; such a session cannot be renewed without another code */
  mfaSerial: mfaDeviceSchema.optional(),
});
export type SessionRequest = Readonly<z.infer<typeof sessionRequestSchema>>;

/** A plain session of `durationSeconds`. */
export function plainRequest(durationSeconds: number): SessionRequest {
  return { durationSeconds, sessionPolicy: { kind: 'none' }, tags: [], transitiveTagKeys: [], hops: [] };
}

export type SessionLimit = {
  /** seconds, 3,600 to 43,200 */
  readonly seconds: number;
  readonly because: 'role' | 'chained';
};

/**
 * The longest session that AWS grants: an hour when a role session assumes it, else what the role allows.
 * `roleMaximum` in seconds, as the role says; `isChained` when the source is a role session or there are hops.
 */
export function longestSession(roleMaximum: number, isChained: boolean): SessionLimit {
  if (isChained && roleMaximum >= chainedMaximumSeconds) return { seconds: chainedMaximumSeconds, because: 'chained' };
  return { seconds: roleMaximum, because: 'role' };
}
