import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, idSchema, instantSchema } from './limits';

/** As AWS says it of an account (API reference, Account.State). */
export const accountStateSchema = z.enum(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED']);
export type AccountState = z.infer<typeof accountStateSchema>;

/** One thing of the way, or several that were the same one after another. AWS's time. */
export const departureEventSchema = z.strictObject({
  /** `looked`: AWS was asked for the account's state, and `said` it */
  what: z.enum(['asked', 'taken', 'answer-lost', 'refused', 'looked', 'closed']),
  at: instantSchema,
  /** the last of several */
  lastAt: instantSchema.optional(),
  times: z.int().min(1),
  /** AWS's own word, such as a state or a reason */
  said: z.string().max(200).optional(),
  requestId: z.string().max(128).optional(),
});
export type DepartureEvent = Readonly<z.infer<typeof departureEventSchema>>;

/**
 * An account that is closed. Its record exists before AWS is asked. Asking twice closes nothing twice: what AWS has of it
 * is read from the account's state (aws-reference §7).
 *
 * - `asking`: the call is made, or its answer was lost and the state is looked at; `closing`: AWS is at it;
 * - `closed`: AWS says SUSPENDED or CLOSED; `stopped`: AWS refused or a step failed, `error` says why, and it can be gone on
 *   with; `unwatched`: AWS takes longer than it was watched for, which says nothing: look again.
 */
export const departureSchema = z.strictObject({
  id: idSchema,
  accountId: accountIdSchema,
  name: z.string().max(50),
  email: z.string().max(64),
  /** in the management account */
  sourceId: z.string().min(1).max(64),
  managementAccountId: accountIdSchema,
  state: z.enum(['asking', 'closing', 'closed', 'stopped', 'unwatched']),
  startedAt: instantSchema,
  /** how many connections still let in when somebody closed it by typing its ID */
  leftOpen: z.int().min(0),
  /** when AWS first said that it is closed; 90 days from then AWS Support can open it again */
  closedAt: instantSchema.optional(),
  events: z.array(departureEventSchema).max(200),
  error: appErrorSchema.optional(),
});
export type Departure = Readonly<z.infer<typeof departureSchema>>;

/** Days in which AWS Support opens a closed account again (aws-reference §7). */
export const daysToReopen = 90;

/** AWS closes so many accounts of an organization at a time (aws-reference §7). */
export const closedAtOnce = 3;

export const mostDepartures = 500;

/** Something is done for it now, without anybody, or was when the app stopped. */
export function isLeaving({ state }: Pick<Departure, 'state'>): boolean {
  return state === 'asking' || state === 'closing';
}
