import { z } from '../zod';
import { accountIdSchema, arnSchema, idSchema, instantSchema, partitionSchema } from './limits';
import { describeStep, planStepSchema, type PlanStep } from './plan-step';

/** What is handed on when everything is made. */
export const planOutputsSchema = z
  .array(z.strictObject({ term: z.string().max(60), text: z.string().max(2048) }))
  .max(12);

/** What will be made, as data: shown first, then rendered as API calls, console steps, a script or a template. */
export const planSchema = z.strictObject({
  /** written into the `OnboardingId` tag: only what carries it is ever rolled back */
  onboardingId: idSchema,
  /** the target account; a step of another one says so */
  accountId: accountIdSchema,
  partition: partitionSchema,
  /** of the role that is assumed */
  roleArn: arnSchema,
  steps: z.array(planStepSchema).min(1).max(60),
  outputs: planOutputsSchema,
});
export type Plan = Readonly<z.infer<typeof planSchema>>;

/** The journal of one plan: a step is written as `started` before the call, and as `done` after it. */
export const journalEntrySchema = z.strictObject({
  stepId: z.string().max(64),
  state: z.enum(['started', 'done', 'undone', 'failed']),
  at: instantSchema,
  requestId: z.string().max(128).optional(),
  /** what AWS chose and must be known to take the step back: an access key's ID */
  made: z.string().max(128).optional(),
});
export type JournalEntry = Readonly<z.infer<typeof journalEntrySchema>>;

/** One thing that was made, newest first on screen, with what removes it. */
export const receiptEntrySchema = z.strictObject({
  stepId: z.string().max(64),
  kind: z.enum(['role', 'policy', 'identity', 'bucket', 'attached-policy', 'inline-policy', 'membership', 'setting']),
  title: z.string().max(200),
  detail: z.string().max(2048),
  at: instantSchema,
});
export type ReceiptEntry = Readonly<z.infer<typeof receiptEntrySchema>>;

const receiptKinds: Readonly<Record<PlanStep['kind'], ReceiptEntry['kind']>> = {
  'create-role': 'role',
  'attach-role-policy': 'attached-policy',
  'put-role-policy': 'inline-policy',
  'create-policy': 'policy',
  'create-instance-profile': 'identity',
  'add-role-to-instance-profile': 'membership',
  'create-group': 'identity',
  'attach-group-policy': 'attached-policy',
  'create-user': 'identity',
  'attach-user-policy': 'attached-policy',
  'add-user-to-group': 'membership',
  'create-access-key': 'identity',
  'create-bucket': 'bucket',
  'put-public-access-block': 'setting',
  'put-bucket-versioning': 'setting',
  'put-bucket-policy': 'inline-policy',
};

export function toReceipt(plan: Plan, journal: readonly JournalEntry[]): ReceiptEntry[] {
  const receipt: ReceiptEntry[] = [];
  for (const step of plan.steps) {
    const done = journal.findLast((entry) => entry.stepId === step.id);
    if (done?.state !== 'done') continue;
    const { title, detail } = describeStep(step);
    const isAccessRole = step.kind === 'create-role' && plan.roleArn.endsWith(`:role${step.path}${step.roleName}`);
    receipt.unshift({
      stepId: step.id,
      kind: receiptKinds[step.kind],
      title,
      detail: isAccessRole ? plan.roleArn : detail,
      at: done.at,
    });
  }
  return receipt;
}

/** The accounts that a plan makes something in, the target first. */
export function accountsOf(plan: Plan): readonly string[] {
  return [...new Set([plan.accountId, ...plan.steps.map((step) => step.accountId ?? plan.accountId)])];
}

export function stepsIn(plan: Plan, accountId: string): readonly PlanStep[] {
  return plan.steps.filter((step) => (step.accountId ?? plan.accountId) === accountId);
}
