import { z } from './zod';

/**
 * Every way in which something expected goes wrong. Names say what happened, not where.
 * A test walks this list: each kind must have a title in the renderer and a mapping or a maker in main.
 */
export const appErrorKinds = [
  // what AWS answered
  'access-denied',
  'credentials-invalid',
  'credentials-expired',
  'signature-mismatch',
  'clock-wrong',
  'duration-too-long',
  'validation-refused',
  'malformed-policy',
  'policy-too-large',
  'region-disabled',
  'throttled',
  'no-such-entity',
  'already-exists',
  'delete-conflict',
  'quota-exceeded',
  'unmodifiable',
  'aws-other',
  // between us and AWS
  'unreachable',
  'timed-out',
  'credentials-missing',
  // this computer
  'keychain-absent',
  'keychain-locked',
  'keychain-failed',
  'store-unreadable',
  'store-unwritable',
  // this app
  'invalid-input',
  'secret-refused',
  'not-found',
  'not-possible',
  'unexpected',
] as const;

export type AppErrorKind = (typeof appErrorKinds)[number];

/** What the interface can offer as a button. Each is an act, never a piece of advice. */
export const remedySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('retry') }),
  z.strictObject({ kind: z.literal('choose-source') }),
  z.strictObject({ kind: z.literal('replace-access-key'), sourceId: z.string().max(64) }),
  /** to IAM Identity Center, once more */
  z.strictObject({ kind: z.literal('sign-in'), signInId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('use-memory') }),
  z.strictObject({ kind: z.literal('open-link'), linkId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('copy-text'), label: z.string().max(80), text: z.string().max(8192) }),
  z.strictObject({ kind: z.literal('set-duration'), seconds: z.int().min(900).max(43200) }),
  z.strictObject({ kind: z.literal('edit-role') }),
  z.strictObject({ kind: z.literal('change-network') }),
]);

export type Remedy = z.infer<typeof remedySchema>;

/**
 * An expected failure, safe to show.
 *
 * - `message`: what happened, one or two sentences, no secret, no stack.
 * - `whatDidNotChange`: what is still as it was. Empty only where nothing could have changed.
 * - `whatToDo`: the next step in words; `remedies` are the same as buttons.
 * - `retryable`: trying the same thing again, unchanged, may succeed.
 * - `detail`: the raw text of AWS or the system, for support; shown last, never parsed.
 * - `code`, `requestId`, `httpStatus`: as AWS sent them, where AWS answered.
 * - `reason`: what some of Organizations' exceptions say beside their code, as AWS sent it.
 * - `field`: the input at fault, as the contract names it.
 */
export const appErrorSchema = z.strictObject({
  kind: z.enum(appErrorKinds),
  message: z.string().min(1).max(1000),
  whatDidNotChange: z.string().max(1000),
  whatToDo: z.string().max(1000),
  retryable: z.boolean(),
  remedies: z.array(remedySchema).max(4),
  code: z.string().max(128).optional(),
  reason: z.string().max(128).optional(),
  requestId: z.string().max(128).optional(),
  httpStatus: z.int().min(100).max(599).optional(),
  detail: z.string().max(4000).optional(),
  field: z.string().max(128).optional(),
});

export type AppError = Readonly<z.infer<typeof appErrorSchema>>;
