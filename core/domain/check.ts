import { z } from 'zod';
import { appErrorSchema } from '../app-error';
import { instantSchema } from './limits';

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
  'role-missing',
  'trusts-another-account',
  'trusted-principal-deleted',
  'external-id-differs',
  'external-id-not-enforced',
  'caller-not-allowed',
  'denied-by-organization',
  'denied-by-boundary',
  'condition-not-met',
  'cannot-tell',
] as const;

export const causeSchema = z.strictObject({
  id: z.enum(causeIds),
  title: z.string().max(200),
  certainty: certaintySchema,
  reasoning: z.string().max(500),
  /** whose hands must change it */
  who: z.enum(['account-owner', 'deployer', 'organization-admin', 'nobody']),
  /** the policy text as it is and as it should be, where it is known */
  correction: z.strictObject({ before: z.string().max(20_480), after: z.string().max(20_480) }).optional(),
});
export type Cause = Readonly<z.infer<typeof causeSchema>>;

export const diagnosisSchema = z.strictObject({
  likeliest: causeSchema,
  others: z
    .array(z.strictObject({ title: z.string().max(200), verdict: z.string().max(200), ruledOut: z.boolean() }))
    .max(8),
  /** how the answer was found: "Read from the role itself …" */
  evidence: z.string().max(300),
});
export type Diagnosis = Readonly<z.infer<typeof diagnosisSchema>>;

export const testResultSchema = z.strictObject({
  state: z.enum(['passed', 'warned', 'failed', 'cancelled']),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  checks: z.array(checkSchema).max(checkIds.length),
  error: appErrorSchema.optional(),
  diagnosis: diagnosisSchema.optional(),
});
export type TestResult = Readonly<z.infer<typeof testResultSchema>>;

/** A fresh list in which nothing has run; details say what each will look at. */
export function untestedChecks(details: Partial<Record<CheckId, string>>): Check[] {
  return checkIds.map((id) => ({ id, state: 'not-run', detail: details[id] ?? '' }));
}
