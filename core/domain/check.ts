import { z } from '../zod';
import { appErrorSchema } from '../app-error';
import { accountIdSchema, arnSchema, instantSchema } from './limits';

/** The checks of a connection test, in the order in which they are shown (product.md §1.7). */
export const checkIds = [
  'source-credentials',
  'clock',
  'arn',
  'partition',
  'propagation',
  'assume-role',
  'identity',
  'session-length',
  'external-id',
  'permissions',
] as const;
export type CheckId = (typeof checkIds)[number];

export const checkLabels: Readonly<Record<CheckId, string>> = {
  'source-credentials': 'Source credentials alive',
  clock: 'Clock right',
  arn: 'ARN sound',
  partition: 'Same partition',
  propagation: 'Waited for AWS',
  'assume-role': 'AssumeRole',
  identity: 'Who we became',
  'session-length': 'Session length accepted',
  'external-id': 'External ID enforced',
  permissions: 'What the role can do',
};

/** A row of the list. `tookMs` is measured with a monotonic clock; `since` and `nextAskAt` are instants. */
export const checkSchema = z.discriminatedUnion('state', [
  z.strictObject({ id: z.enum(checkIds), state: z.literal('not-run'), detail: z.string().max(300) }),
  z.strictObject({
    id: z.enum(checkIds),
    state: z.literal('running'),
    detail: z.string().max(300),
    since: instantSchema,
  }),
  z.strictObject({
    id: z.enum(checkIds),
    state: z.literal('waiting'),
    detail: z.string().max(300),
    since: instantSchema,
    limitMs: z.int().min(0),
    attempts: z.int().min(0),
    nextAskAt: instantSchema,
  }),
  z.strictObject({
    id: z.enum(checkIds),
    state: z.enum(['passed', 'warned', 'inconclusive']),
    detail: z.string().max(300),
    tookMs: z.number().min(0),
  }),
  z.strictObject({
    id: z.enum(checkIds),
    state: z.literal('failed'),
    detail: z.string().max(300),
    tookMs: z.number().min(0),
    error: appErrorSchema,
  }),
  z.strictObject({ id: z.enum(checkIds), state: z.enum(['skipped', 'cancelled']), detail: z.string().max(300) }),
]);
export type Check = Readonly<z.infer<typeof checkSchema>>;

/** How sure a diagnosis is; always shown with the word. */
export const certaintySchema = z.enum(['guess', 'likely', 'very-likely', 'certain']);

export const causeIds = [
  // the caller and the way to AWS
  'source-credentials-missing',
  'source-session-expired',
  'access-key-unknown',
  'secret-wrong',
  'clock-wrong',
  'root-user',
  'network',
  'throttled',
  'aws-trouble',
  'region-disabled',
  // the caller's side of AssumeRole
  'caller-not-allowed',
  'caller-denied',
  'denied-by-boundary',
  'denied-by-session-policy',
  'denied-by-organization',
  'denied-by-resource-control-policy',
  'denied-by-network-policy',
  // what was asked for
  'not-a-role',
  'other-partition',
  'duration-above-maximum',
  'duration-above-chaining-limit',
  'duration-condition',
  'mfa-code-wrong',
  'session-tags-not-allowed',
  'source-identity-not-allowed',
  'session-policy-refused',
  'value-refused',
  // the role
  'role-missing',
  'role-name-differs',
  'role-path-differs',
  'still-spreading',
  'trusts-another-account',
  'trusts-another-identity',
  'trusted-principal-deleted',
  'trusts-only-services',
  'trusts-only-federation',
  'trusts-nobody',
  'trust-denies',
  'trust-action-missing',
  'trust-unreadable',
  'external-id-differs',
  'external-id-needed',
  'external-id-not-enforced',
  'mfa-needed',
  'organization-differs',
  'network-condition',
  'time-condition',
  'session-name-condition',
  'source-identity-needed',
  'session-tags-needed',
  'condition-not-met',
  // what the role may do
  'role-lacks-permission',
  'role-denied-by-boundary',
  'role-denied-by-organization',
  'role-denied',
  'unexpected-identity',
] as const;
export type CauseId = (typeof causeIds)[number];

/** A change of one policy, as it is and as it should be. */
export const correctionSchema = z.strictObject({
  of: z.enum(['trust-policy', 'caller-policy']),
  /** the role or user whose policy it is */
  owner: z.string().max(128),
  /** empty: there is no such policy yet */
  before: z.string().max(20_480),
  after: z.string().max(20_480),
});
export type Correction = Readonly<z.infer<typeof correctionSchema>>;

export const causeSchema = z.strictObject({
  id: z.enum(causeIds),
  title: z.string().max(300),
  /** 0 to 1: that this has to change. Several may be certain at once */
  probability: z.number().min(0).max(1),
  certainty: certaintySchema,
  reasoning: z.string().max(600),
  /** whose hands must change it */
  who: z.enum(['account-owner', 'deployer', 'organization-admin', 'nobody']),
  /** what they do, in one or two sentences */
  remedy: z.string().max(600),
  /** the policy text as it is and as it should be, where it is known */
  correction: correctionSchema.optional(),
  /** the same for the AWS CLI, one line of bash */
  command: z.string().max(24_000).optional(),
  /** what may happen until it is changed */
  risk: z.string().max(300).optional(),
  /** the role that was meant, where its name or path differs */
  suggestedRoleArn: arnSchema.optional(),
});
export type Cause = Readonly<z.infer<typeof causeSchema>>;

export const diagnosisSchema = z.strictObject({
  /** the likeliest first */
  causes: z.array(causeSchema).min(1).max(8),
  /** false: AWS gives the same answer for several of them, and nothing else tells from here */
  toldApart: z.boolean(),
  ruledOut: z.array(z.strictObject({ title: z.string().max(200), because: z.string().max(300) })).max(12),
  /** how the answer was found: "Read from the role itself …" */
  evidence: z.string().max(400),
  /** what would tell more: a look at the role by somebody in the target account, as one line for the AWS CLI */
  look: z.strictObject({ command: z.string().max(400), accountId: accountIdSchema }).optional(),
});
export type Diagnosis = Readonly<z.infer<typeof diagnosisSchema>>;

export const testResultSchema = z.strictObject({
  state: z.enum(['passed', 'warned', 'failed', 'cancelled']),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  checks: z.array(checkSchema).max(checkIds.length),
  /** who asked */
  callerArn: z.string().max(2048).optional(),
  error: appErrorSchema.optional(),
  diagnosis: diagnosisSchema.optional(),
  /** a source of the target account, which could make the change */
  fixWith: z.strictObject({ sourceId: z.string().max(64), label: z.string().max(80) }).optional(),
});
export type TestResult = Readonly<z.infer<typeof testResultSchema>>;

/** A fresh list in which nothing has run; details say what each will look at. */
export function untestedChecks(details: Partial<Record<CheckId, string>>): Check[] {
  return checkIds.map((id) => ({ id, state: 'not-run', detail: details[id] ?? '' }));
}
