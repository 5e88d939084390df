import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import {
  accountIdSchema,
  arnSchema,
  idSchema,
  instantSchema,
  labelSchema,
  regionSchema,
  roleNameSchema,
} from './limits';
import { measureSchema, revocationWaySchema } from './revocation-ways';

/** Records that are kept. */
export const mostRevocations = 5000;

/** One thing done in the target account, written down before (`started`) and after (`done`, `failed`) the call. */
export const revocationStepSchema = z.strictObject({
  title: z.string().max(300),
  call: z.string().max(80),
  state: z.enum(['started', 'done', 'failed']),
  at: instantSchema,
  requestId: z.string().max(128).optional(),
});
export type RevocationStep = Readonly<z.infer<typeof revocationStepSchema>>;

/** One question put to AWS with an old credential or as the deployer, and what it answered. */
export const proofEntrySchema = z.strictObject({
  at: instantSchema,
  call: z.string().max(80),
  as: z.enum(['old-session', 'deployer', 'target']),
  asLabel: z.string().max(120),
  answer: z.enum(['done', 'let-in', 'refused', 'unclear']),
  code: z.string().max(128),
  requestId: z.string().max(128),
});
export type ProofEntry = Readonly<z.infer<typeof proofEntrySchema>>;

/** When the last credential must be dead, and how that is known (aws-reference §6.4). */
export const deathClockSchema = z.strictObject({
  at: instantSchema,
  /** `events`: the sessions that CloudTrail knows, which shortens the bound */
  basis: z.enum(['exact', 'bound', 'events']),
  reason: z.string().max(300),
});
export type DeathClock = Readonly<z.infer<typeof deathClockSchema>>;

/** What stood in AWS before anything was touched, so that it can be put back. No secret. */
export const roleBeforeSchema = z.strictObject({
  /** JSON text, as IAM had it; absent: the way does not touch it */
  trustPolicy: z.string().max(20_480).optional(),
  inlinePolicies: z.array(z.strictObject({ name: z.string().max(128), document: z.string().max(20_480) })).max(100),
  attachedPolicies: z.array(z.strictObject({ arn: arnSchema, name: z.string().max(128) })).max(100),
  /** absent: the role had none, or the way does not touch it */
  boundaryArn: arnSchema.optional(),
});
export type RoleBefore = Readonly<z.infer<typeof roleBeforeSchema>>;

/**
 * Who closes it.
 *
 * - `source`: one of the app's sources; `own-session`: the role's own session, against itself;
 * - `member-role`: a source of the management account, by the role that Organizations makes in a member account;
 * - `owner`: nobody here may; somebody was asked to, and AWS is asked whether it was done.
 */
export const performerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('source'), sourceId: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('own-session'), sessionId: idSchema }),
  z.strictObject({
    kind: z.literal('member-role'),
    sourceId: z.string().min(1).max(64),
    roleName: roleNameSchema,
  }),
  z.strictObject({ kind: z.literal('owner') }),
]);
export type Performer = Readonly<z.infer<typeof performerSchema>>;

/** The stack that made the role, by CloudFormation's own tags on it. */
export const stackSchema = z.strictObject({ name: z.string().max(128), region: regionSchema });
export type Stack = Readonly<z.infer<typeof stackSchema>>;

/** What was made in AWS and is to be found again when it is taken back. */
const madeSchema = z.strictObject({
  scpId: z.string().max(130).optional(),
  /** whose right was taken, in the source account */
  caller: z.strictObject({ kind: z.enum(['user', 'role']), name: z.string().max(64) }).optional(),
});

/**
 * How access was closed. Both clocks are AWS's time.
 *
 * - `asked`: the owner was asked to close it; `running`: calls are being made;
 * - `failed`: a step failed, `error` says which, it can be resumed;
 * - `closing`: done in AWS, the last credential may still live; `ended`: `deadBy` has passed;
 * - `undone`: what stood before was put back.
 */
export const revocationSchema = z.strictObject({
  id: idSchema,
  connectionId: idSchema,
  connectionName: labelSchema,
  roleArn: arnSchema,
  roleName: roleNameSchema,
  accountId: accountIdSchema,
  way: revocationWaySchema,
  doneBy: z.string().max(120),
  performer: performerSchema,
  startedAt: instantSchema,
  state: z.enum(['asked', 'running', 'failed', 'closing', 'ended', 'undone']),
  /** those that were seen to be done; a resumed revocation begins after them */
  taken: z.array(measureSchema).max(10),
  /** one of many that were taken back together */
  batchId: idSchema.optional(),
  stack: stackSchema.optional(),
  made: madeSchema.optional(),
  maxSessionDuration: z.int().min(3600).max(43_200),
  before: roleBeforeSchema.optional(),
  /** putting it back: begun at, after so many of the steps, and the error it stopped at */
  undo: z.strictObject({ at: instantSchema, afterSteps: z.int().min(0), error: appErrorSchema.optional() }).optional(),
  /** sessions issued before this instant are denied; only for `deny-older-sessions` and `quarantine` */
  cutoff: instantSchema.optional(),
  /** nobody can open a new session since; absent where the way leaves the outer door open */
  blockedSince: instantSchema.optional(),
  /** two refusals of AssumeRole were seen, the last at */
  blockedProvedAt: instantSchema.optional(),
  /** two refusals of the old credential were seen, the first at */
  refusedSince: instantSchema.optional(),
  deadBy: deathClockSchema.optional(),
  /** sessions this app had opened, with their exact end */
  ownSessions: z.array(z.strictObject({ id: idSchema, issuedAt: instantSchema, expiresAt: instantSchema })).max(200),
  steps: z.array(revocationStepSchema).max(200),
  proof: z.array(proofEntrySchema).max(400),
  proofState: z.enum(['not-asked', 'impossible', 'running', 'complete', 'stopped']),
  proofNote: z.string().max(300).optional(),
  /** what nobody saw, in words: for an auditor */
  unobserved: z.array(z.string().max(300)).max(20),
  /** what CloudTrail showed of sessions of this role, last looked at */
  narrowed: z
    .strictObject({ at: instantSchema, sessions: z.int().min(0), events: z.int().min(0), note: z.string().max(300) })
    .optional(),
  /** the deny that had become inert was deleted at */
  cleanedUpAt: instantSchema.optional(),
  signOff: z.strictObject({ by: labelSchema, note: z.string().max(300), at: instantSchema }).optional(),
  wiped: z.array(z.strictObject({ title: z.string().max(200), at: instantSchema, verified: z.boolean() })).max(200),
  error: appErrorSchema.optional(),
});
export type Revocation = Readonly<z.infer<typeof revocationSchema>>;

/** The deny of older sessions still stands, and there is no session left that is old enough for it. */
export function hasInertDeny({ cleanedUpAt, cutoff, state, taken }: Revocation): boolean {
  return state === 'ended' && cutoff !== undefined && cleanedUpAt === undefined && !taken.includes('delete-role');
}

/** AWS answers the change everywhere within this time as a rule; added to every bound (aws-reference §6.4). */
export const spreadAllowanceMs = 60_000;
/** Cutoff of deny-older-sessions: server time plus this, as the console does (aws-reference §6.2). */
export const cutoffLeadMs = 30_000;

/**
 * The upper bound for credentials the app did not issue: the role's own maximum after the door was shut, plus the time
 * AWS needs to spread the change. Never a guessed hour.
 */
export function deadByBound(closedAt: number, maxSessionDurationSeconds: number): number {
  return closedAt + spreadAllowanceMs + maxSessionDurationSeconds * 1000;
}

/** The inline policy the IAM console calls AWSRevokeOlderSessions (aws-reference §6.2). */
export const denyOlderSessionsPolicyName = 'AWSRevokeOlderSessions';

export function denyOlderSessionsPolicy(cutoff: number): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['*'],
          Resource: ['*'],
          Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(cutoff).toISOString() } },
        },
      ],
    },
    null,
    2,
  );
}
