import { z } from '../zod';
import {
  accountIdSchema,
  arnSchema,
  maxSessionDurationSchema,
  policyTextSchema,
  regionSchema,
  roleNameSchema,
  rolePathSchema,
  tagSchema,
} from './limits';

/** Names of users, groups, policies and instance profiles; AWS allows the same characters for all of them [model:iam]. */
const nameSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);

/** 3 to 63 characters of a bucket's name (S3 User Guide, "Bucket naming rules"). */
export const bucketNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'A bucket name has 3 to 63 small letters, digits, dots and hyphens.')
  .refine((name) => !name.includes('..'), 'A bucket name has no two dots beside each other.')
  .refine((name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name), 'A bucket name must not look like an IP address.');

const step = {
  id: z.string().max(64),
  /** where it is made, if that is not the target account */
  accountId: accountIdSchema.optional(),
};
const tags = { tags: z.array(tagSchema).max(50) };
const policyName = { policyName: nameSchema };
const policyArn = { policyArn: arnSchema };
const roleName = { roleName: roleNameSchema };
const bucket = { bucket: bucketNameSchema, region: regionSchema };

/**
 * One thing that is made, in the terms of one call of AWS's API. Documents are texts, so that every rendering carries the
 * same bytes.
 */
export const planStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create-role'),
    ...step,
    ...roleName,
    path: rolePathSchema,
    description: z.string().max(1000),
    trustPolicy: policyTextSchema,
    maxSessionDuration: maxSessionDurationSchema,
    permissionsBoundaryArn: arnSchema.optional(),
    ...tags,
  }),
  z.strictObject({ kind: z.literal('attach-role-policy'), ...step, ...roleName, ...policyArn }),
  z.strictObject({
    kind: z.literal('put-role-policy'),
    ...step,
    ...roleName,
    ...policyName,
    document: policyTextSchema,
  }),
  z.strictObject({
    kind: z.literal('create-policy'),
    ...step,
    ...policyName,
    ...policyArn,
    path: rolePathSchema,
    description: z.string().max(1000),
    document: policyTextSchema,
    ...tags,
  }),
  z.strictObject({
    kind: z.literal('create-instance-profile'),
    ...step,
    profileName: nameSchema,
    path: rolePathSchema,
    ...tags,
  }),
  z.strictObject({ kind: z.literal('add-role-to-instance-profile'), ...step, profileName: nameSchema, ...roleName }),
  // IAM has no tags for groups, so a group's path carries the onboarding's ID.
  z.strictObject({ kind: z.literal('create-group'), ...step, groupName: nameSchema, path: rolePathSchema }),
  z.strictObject({ kind: z.literal('attach-group-policy'), ...step, groupName: nameSchema, ...policyArn }),
  z.strictObject({
    kind: z.literal('create-user'),
    ...step,
    userName: nameSchema.max(64),
    path: rolePathSchema,
    ...tags,
  }),
  z.strictObject({ kind: z.literal('attach-user-policy'), ...step, userName: nameSchema.max(64), ...policyArn }),
  z.strictObject({
    kind: z.literal('add-user-to-group'),
    ...step,
    groupName: nameSchema,
    userName: nameSchema.max(64),
  }),
  z.strictObject({ kind: z.literal('create-access-key'), ...step, userName: nameSchema.max(64) }),
  z.strictObject({ kind: z.literal('create-bucket'), ...step, ...bucket, ...tags }),
  z.strictObject({ kind: z.literal('put-public-access-block'), ...step, ...bucket }),
  z.strictObject({ kind: z.literal('put-bucket-versioning'), ...step, ...bucket }),
  z.strictObject({ kind: z.literal('put-bucket-policy'), ...step, ...bucket, document: policyTextSchema }),
]);
export type PlanStep = Readonly<z.infer<typeof planStepSchema>>;
export type PlanStepOf<Kind extends PlanStep['kind']> = Extract<PlanStep, { readonly kind: Kind }>;

export function managedPolicyName(policyArn: string): string {
  return policyArn.slice(policyArn.lastIndexOf('/') + 1);
}

/** In words: what it is, and the detail that tells it from another. */
export function describeStep(step: PlanStep): { readonly title: string; readonly detail: string } {
  switch (step.kind) {
    case 'create-role':
      return {
        title: `Role ${step.roleName}`,
        detail: `path ${step.path}, sessions of ${step.maxSessionDuration / 3600} h at most`,
      };
    case 'attach-role-policy':
      return {
        title: `Attached ${managedPolicyName(step.policyArn)}`,
        detail: `${step.policyArn} to role ${step.roleName}`,
      };
    case 'put-role-policy':
      return { title: `Inline policy ${step.policyName}`, detail: `on role ${step.roleName}` };
    case 'create-policy':
      return { title: `Policy ${step.policyName}`, detail: step.policyArn };
    case 'create-instance-profile':
      return { title: `Instance profile ${step.profileName}`, detail: `path ${step.path}` };
    case 'add-role-to-instance-profile':
      return { title: `Role ${step.roleName} in its profile`, detail: `instance profile ${step.profileName}` };
    case 'create-group':
      return { title: `Group ${step.groupName}`, detail: `path ${step.path}` };
    case 'attach-group-policy':
      return {
        title: `Attached ${managedPolicyName(step.policyArn)}`,
        detail: `${step.policyArn} to group ${step.groupName}`,
      };
    case 'create-user':
      return { title: `User ${step.userName}`, detail: `path ${step.path}` };
    case 'attach-user-policy':
      return {
        title: `Attached ${managedPolicyName(step.policyArn)}`,
        detail: `${step.policyArn} to user ${step.userName}`,
      };
    case 'add-user-to-group':
      return { title: `User ${step.userName} in the group`, detail: `group ${step.groupName}` };
    case 'create-access-key':
      return { title: `Access key of ${step.userName}`, detail: 'its secret goes into the keychain' };
    case 'create-bucket':
      return { title: `Bucket ${step.bucket}`, detail: `in ${step.region}` };
    case 'put-public-access-block':
      return { title: 'Public access blocked', detail: `bucket ${step.bucket}` };
    case 'put-bucket-versioning':
      return { title: 'Versions kept', detail: `bucket ${step.bucket}` };
    case 'put-bucket-policy':
      return { title: 'Bucket policy', detail: `bucket ${step.bucket}` };
  }
}

/** The policy document that a step carries, if it carries one. */
export function documentOf(step: PlanStep): string | undefined {
  switch (step.kind) {
    case 'create-role':
      return step.trustPolicy;
    case 'put-role-policy':
    case 'create-policy':
    case 'put-bucket-policy':
      return step.document;
    default:
      return undefined;
  }
}
