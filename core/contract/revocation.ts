import { z } from 'zod';
import { idSchema, instantSchema } from '../domain/limits';
import { deathClockSchema, revocationSchema } from '../domain/revocation';
import { revocationWaySchema } from '../domain/revocation-ways';
import { call, nothing } from './call';

/** What was read from the role before anything is touched. */
export const revocationPreviewSchema = z.strictObject({
  roleFound: z.boolean(),
  maxSessionDuration: z.int(),
  readAt: instantSchema,
  /** who made the role, by its tags */
  madeBy: z.enum(['sallyport', 'cloudformation', 'unknown']),
  /** what deleting the role removes, in words */
  willBeLost: z.array(z.string().max(300)).max(100),
  /** what detaching its permissions takes away, in words */
  permissions: z.array(z.string().max(300)).max(100),
  /** if it were closed now, the last credential is dead by this time */
  deadBy: deathClockSchema,
  /** of the IAM actions that the ways need, those that the chosen credentials lack, as AWS's simulator says; absent: it could not be asked */
  missing: z.array(z.string().max(128)).max(32).optional(),
  ownSessions: z.int(),
  /** a call that an open session of this app makes successfully now, to be repeated as proof */
  probe: z.enum(['possible', 'no-session', 'no-harmless-call']),
});
export type RevocationPreview = Readonly<z.infer<typeof revocationPreviewSchema>>;

const revocationIdSchema = z.strictObject({ revocationId: idSchema });

export const revocation = {
  preview: call(
    z.strictObject({ connectionId: idSchema, targetSourceId: z.string().min(1).max(64) }),
    revocationPreviewSchema,
  ),
  revoke: call(
    z.strictObject({
      connectionId: idSchema,
      targetSourceId: z.string().min(1).max(64),
      way: revocationWaySchema,
      prove: z.boolean(),
    }),
    z.strictObject({ revocationId: idSchema }),
  ),
  /** goes on where a failed or interrupted revocation stopped */
  resume: call(revocationIdSchema, nothing),
  /** puts back what stood before; refused where somebody changed it since, or the role is gone */
  undo: call(revocationIdSchema, nothing),
  list: call(nothing, z.strictObject({ revocations: z.array(revocationSchema).max(2000) })),
  get: call(revocationIdSchema, z.strictObject({ revocation: revocationSchema })),
};
