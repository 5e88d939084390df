import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, instantSchema, labelSchema, roleNameSchema } from '../domain/limits';
import { maximumRevocationRequestBytes, revocationRequestSchema } from '../domain/revocation-request';
import {
  deathClockSchema,
  mostRevocations,
  performerSchema,
  revocationSchema,
  stackSchema,
} from '../domain/revocation';
import { revocationWaySchema } from '../domain/revocation-ways';
import { call, nothing } from './call';

/** What was read from the role before anything is touched. */
export const revocationPreviewSchema = z.strictObject({
  /** absent: these credentials cannot look at the role */
  roleFound: z.boolean().optional(),
  maxSessionDuration: z.int(),
  readAt: instantSchema,
  /** who made the role, by its tags */
  madeBy: z.enum(['sallyport', 'cloudformation', 'terraform', 'unknown']),
  /** that made the role, and would make it again or drift */
  stack: stackSchema.optional(),
  /** what deleting the role removes, in words */
  willBeLost: z.array(z.string().max(300)).max(100),
  /** what detaching its permissions takes away, in words */
  permissions: z.array(z.string().max(300)).max(100),
  /** if it were closed now, the last credential is dead by this time */
  deadBy: deathClockSchema,
  /** the actions that the way needs, of whoever does it */
  needs: z.array(z.string().max(128)).max(32),
  /** of them, those that these credentials lack, as AWS's simulator says; absent: it could not be asked */
  missing: z.array(z.string().max(128)).max(32).optional(),
  ownSessions: z.int(),
  /** a call that an open session of this app makes successfully now, to be repeated as proof */
  probe: z.enum(['possible', 'no-session', 'no-harmless-call']),
});
export type RevocationPreview = Readonly<z.infer<typeof revocationPreviewSchema>>;

/** Who could do it, of those that this app knows. */
export const performerViewSchema = z.strictObject({
  performer: performerSchema,
  label: z.string().max(160),
  detail: z.string().max(160).optional(),
  /** absent: AWS was not asked yet whose it is */
  accountId: accountIdSchema.optional(),
  /** the first choice for these ways */
  suggestedFor: z.array(revocationWaySchema).max(20),
  /** the ways that it can be used for at all */
  ways: z.array(revocationWaySchema).max(20),
});
export type PerformerView = Readonly<z.infer<typeof performerViewSchema>>;

/** Which connections are taken back together. */
export const revocationScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everything') }),
  z.strictObject({ kind: z.literal('recipe'), recipeId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('source'), sourceId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('folder'), folder: labelSchema }),
  z.strictObject({ kind: z.literal('account'), accountId: accountIdSchema }),
  z.strictObject({ kind: z.literal('connections'), connectionIds: z.array(idSchema).min(1).max(5000) }),
]);
export type RevocationScope = Readonly<z.infer<typeof revocationScopeSchema>>;

/** One connection of a plan for many. `performer` absent: nobody here may, `problem` says why. */
export const plannedRevocationSchema = z.strictObject({
  connectionId: idSchema,
  name: labelSchema,
  roleName: roleNameSchema,
  accountId: accountIdSchema,
  ownSessions: z.int().min(0),
  performer: performerSchema.optional(),
  doneBy: z.string().max(160).optional(),
  problem: z.string().max(300).optional(),
});
export type PlannedRevocation = Readonly<z.infer<typeof plannedRevocationSchema>>;

/** Ways that many can be taken back in: each is done in its own account. */
export const batchWaySchema = revocationWaySchema.extract(['step-by-step', 'close-trust', 'quarantine', 'delete-role']);
export type BatchWay = z.infer<typeof batchWaySchema>;

/** Characters of CloudTrail’s events that are read at once: some thousand of them. */
const largestPaste = 4_000_000;
const revocationIdSchema = z.strictObject({ revocationId: idSchema });
/** where a file was saved; without it the person chose no place */
const savedSchema = z.strictObject({ path: z.string().max(4096).optional() });

export const revocation = {
  /** what somebody asks the owner of a role for; `targetId` goes where a `connectionId` goes in the calls below */
  readRequest: call(
    z.strictObject({ text: z.string().min(1).max(maximumRevocationRequestBytes) }),
    z.strictObject({ targetId: idSchema, request: revocationRequestSchema, isConnection: z.boolean() }),
  ),
  performers: call(
    z.strictObject({ connectionId: idSchema }),
    z.strictObject({ performers: z.array(performerViewSchema).max(500) }),
  ),
  preview: call(
    z.strictObject({ connectionId: idSchema, way: revocationWaySchema, performer: performerSchema }),
    revocationPreviewSchema,
  ),
  revoke: call(
    z.strictObject({
      connectionId: idSchema,
      way: revocationWaySchema,
      performer: performerSchema,
      prove: z.boolean(),
      /** only for `delete-stack` */
      stack: stackSchema.optional(),
    }),
    z.strictObject({ revocationId: idSchema }),
  ),
  /** goes on where a failed or interrupted revocation stopped */
  resume: call(revocationIdSchema, nothing),
  /** asks AWS again whether both doors are shut: what the owner was asked for, or a proof that was broken off */
  check: call(revocationIdSchema, nothing),
  /** puts back what stood before; refused where somebody changed it since, or the role is gone */
  undo: call(revocationIdSchema, nothing),
  /** deletes the deny that no session can be old enough for any more */
  cleanUp: call(revocationIdSchema, nothing),
  /** shortens the bound by CloudTrail events that the person pasted; nothing of them is kept but times and counts */
  narrow: call(
    z.strictObject({ revocationId: idSchema, text: z.string().min(1).max(largestPaste) }),
    z.strictObject({ sessions: z.int().min(0), note: z.string().max(300) }),
    largestPaste + 1000,
  ),
  signOff: call(z.strictObject({ revocationId: idSchema, by: labelSchema, note: z.string().trim().max(300) }), nothing),
  /** without `path` the person chose no place */
  save: call(
    z.strictObject({
      revocationId: idSchema,
      what: z.enum(['report-html', 'report-json', 'request', 'request-page', 'bash', 'powershell']),
    }),
    savedSchema,
  ),
  /** what taking back many would do, before anything is touched */
  plan: call(
    z.strictObject({ scope: revocationScopeSchema }),
    z.strictObject({ planId: idSchema, planned: z.array(plannedRevocationSchema).max(5000) }),
  ),
  /** what the plan said, and nothing else: a few at a time, in the background, each with a record of its own */
  revokeMany: call(z.strictObject({ planId: idSchema, way: batchWaySchema }), z.strictObject({ batchId: idSchema })),
  batch: call(
    z.strictObject({ batchId: idSchema }),
    z.strictObject({
      way: batchWaySchema,
      startedAt: instantSchema,
      /** no more are begun; those that run end */
      isStopping: z.boolean(),
      items: z
        .array(
          z.strictObject({
            connectionId: idSchema,
            name: labelSchema,
            state: z.enum(['waiting', 'running', 'closed', 'failed', 'left']),
            revocationId: idSchema.optional(),
            error: appErrorSchema.optional(),
          }),
        )
        .max(5000),
    }),
  ),
  /** begins no more of them */
  stopBatch: call(z.strictObject({ batchId: idSchema }), nothing),
  list: call(nothing, z.strictObject({ revocations: z.array(revocationSchema).max(mostRevocations) })),
  get: call(revocationIdSchema, z.strictObject({ revocation: revocationSchema })),
};
