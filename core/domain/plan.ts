import { z } from 'zod';
import {
  accountIdSchema,
  arnSchema,
  idSchema,
  instantSchema,
  maxSessionDurationSchema,
  partitionSchema,
  policyTextSchema,
  roleNameSchema,
  rolePathSchema,
  tagSchema,
} from './limits';

/**
 * What will be made in the target account, as data: shown first, then rendered as API calls or console steps.
 * Documents are texts, so that every rendering carries the same bytes.
 */
export const planStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create-role'),
    id: z.string().max(64),
    roleName: roleNameSchema,
    path: rolePathSchema,
    description: z.string().max(1000),
    trustPolicy: policyTextSchema,
    maxSessionDuration: maxSessionDurationSchema,
    permissionsBoundaryArn: arnSchema.optional(),
    tags: z.array(tagSchema).max(50),
  }),
  z.strictObject({
    kind: z.literal('attach-role-policy'),
    id: z.string().max(64),
    roleName: roleNameSchema,
    policyArn: arnSchema,
  }),
  z.strictObject({
    kind: z.literal('put-role-policy'),
    id: z.string().max(64),
    roleName: roleNameSchema,
    policyName: z.string().min(1).max(128),
    document: policyTextSchema,
  }),
]);
export type PlanStep = Readonly<z.infer<typeof planStepSchema>>;

export const planSchema = z.strictObject({
  /** written into the `OnboardingId` tag: only what carries it is ever rolled back */
  onboardingId: idSchema,
  accountId: accountIdSchema,
  partition: partitionSchema,
  roleArn: arnSchema,
  steps: z.array(planStepSchema).min(1).max(40),
});
export type Plan = Readonly<z.infer<typeof planSchema>>;

/** The journal of one plan: a step is written as `started` before the call, and as `done` after it. */
export const journalEntrySchema = z.strictObject({
  stepId: z.string().max(64),
  state: z.enum(['started', 'done', 'undone', 'failed']),
  at: instantSchema,
  requestId: z.string().max(128).optional(),
});
export type JournalEntry = Readonly<z.infer<typeof journalEntrySchema>>;

/** One thing that was made, newest first on screen, with what removes it. */
export const receiptEntrySchema = z.strictObject({
  stepId: z.string().max(64),
  kind: z.enum(['role', 'attached-policy', 'inline-policy']),
  title: z.string().max(200),
  detail: z.string().max(2048),
  at: instantSchema,
});
export type ReceiptEntry = Readonly<z.infer<typeof receiptEntrySchema>>;

export function managedPolicyName(policyArn: string): string {
  return policyArn.slice(policyArn.lastIndexOf('/') + 1);
}

export function describeStep(step: PlanStep): { readonly title: string; readonly detail: string } {
  switch (step.kind) {
    case 'create-role':
      return {
        title: `Role ${step.roleName}`,
        detail: `path ${step.path}, sessions of ${step.maxSessionDuration / 3600} h at most`,
      };
    case 'attach-role-policy':
      return { title: `Attached ${managedPolicyName(step.policyArn)}`, detail: step.policyArn };
    case 'put-role-policy':
      return { title: `Inline policy ${step.policyName}`, detail: `on role ${step.roleName}` };
  }
}

export function toReceipt(plan: Plan, journal: readonly JournalEntry[]): ReceiptEntry[] {
  const receipt: ReceiptEntry[] = [];
  for (const step of plan.steps) {
    const done = journal.findLast((entry) => entry.stepId === step.id);
    if (done?.state !== 'done') continue;
    const { title, detail } = describeStep(step);
    const kind =
      step.kind === 'create-role' ? 'role' : step.kind === 'attach-role-policy' ? 'attached-policy' : 'inline-policy';
    receipt.unshift({ stepId: step.id, kind, title, detail: kind === 'role' ? plan.roleArn : detail, at: done.at });
  }
  return receipt;
}
