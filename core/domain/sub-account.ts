import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, instantSchema, roleNameSchema } from './limits';

/** A root or a unit, by its ID (API reference). */
export const placeIdSchema = z
  .string()
  .regex(/^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/)
  .max(68);

/** What is wished for, before anything is asked (aws-reference §7). */
export const subAccountWishSchema = z.strictObject({
  /** 6 to 64 plain characters; never used for another AWS account, and not again after closing */
  email: z.string().trim().min(6).max(64),
  /** 1 to 50 characters of ASCII */
  name: z.string().trim().min(1).max(50),
  /** that lets the management account in */
  accessRoleName: roleNameSchema,
  /** the unit that it is moved into; absent: it stays in the root */
  unitId: placeIdSchema.optional(),
});
export type SubAccountWish = Readonly<z.infer<typeof subAccountWishSchema>>;

/** Records that are kept. */
export const mostSubAccounts = 2000;

/** One thing of the way, as it went: what was asked, what AWS said of it, when. AWS's time. */
export const subAccountEventSchema = z.strictObject({
  what: z.enum(['asked', 'answer-lost', 'found', 'in-progress', 'made', 'failed', 'moved', 'let-in', 'not-let-in']),
  at: instantSchema,
  /** AWS's own word, such as a state or a reason */
  said: z.string().max(200).optional(),
  requestId: z.string().max(128).optional(),
});

/**
 * A sub-account that was asked for. Its record exists before AWS is asked, and AWS's request ID is in it before anything
 * else happens: one wish makes one account, whatever breaks.
 *
 * - `asking`: the one call is made, or its answer was lost and is looked for; `making`: AWS is at it;
 * - `moving`: it is there and goes into its unit; `entering`: waits until its access role lets in;
 * - `ready`; `failed`: AWS ended it, `error` says why and what to do; `stopped`: a step failed, or AWS refused for the
 *   moment, and it can be gone on with; `unwatched`: AWS takes longer than a quarter of an hour, which says nothing: look
 *   again.
 */
export const subAccountSchema = z.strictObject({
  id: idSchema,
  wish: subAccountWishSchema,
  /** in the management account */
  sourceId: z.string().min(1).max(64),
  managementAccountId: accountIdSchema,
  state: z.enum(['asking', 'making', 'moving', 'entering', 'ready', 'failed', 'stopped', 'unwatched']),
  startedAt: instantSchema,
  /** AWS's: car-… */
  requestId: z
    .string()
    .regex(/^car-[a-z0-9]{8,32}$/)
    .optional(),
  accountId: accountIdSchema.optional(),
  failureReason: z.string().max(128).optional(),
  events: z.array(subAccountEventSchema).max(400),
  error: appErrorSchema.optional(),
});
export type SubAccount = Readonly<z.infer<typeof subAccountSchema>>;

/** Something is being done for it, or was when the app stopped. */
export function isUnderWay({ state }: Pick<SubAccount, 'state'>): boolean {
  return state === 'asking' || state === 'making' || state === 'moving' || state === 'entering';
}

/** AWS has, or may have, a request for it that has no end yet: one of those that it takes at a time. */
export function isBeingMade({
  accountId,
  requestId,
  state,
}: Pick<SubAccount, 'accountId' | 'requestId' | 'state'>): boolean {
  if (accountId !== undefined || state === 'ready' || state === 'failed') return false;
  return state === 'asking' || state === 'making' || requestId !== undefined;
}
