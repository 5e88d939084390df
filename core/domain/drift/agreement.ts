import { z } from '../../zod';
import type { Plan } from '../plan';
import { accessRoleStepId } from '../role-plan';
import {
  arnSchema,
  idSchema,
  instantSchema,
  maxSessionDurationSchema,
  policyTextSchema,
  rolePathSchema,
  tagSchema,
} from '../limits';

/** A managed policy as it is in force: its default version, and SHA-256 of that version's document without blanks, in hex. */
const managedPolicySchema = z.strictObject({
  arn: arnSchema,
  versionId: z.string().max(64).optional(),
  digest: z.string().max(64).optional(),
});
export type ManagedPolicyState = Readonly<z.infer<typeof managedPolicySchema>>;

/** Everything of a role that somebody can agree to. A role has 20 managed policies at most, and 10,240 characters inline. */
export const roleStateSchema = z.strictObject({
  /** absent until AWS was asked: a plan cannot know it */
  roleId: z.string().max(128).optional(),
  path: rolePathSchema,
  trustPolicy: policyTextSchema,
  maxSessionDuration: maxSessionDurationSchema,
  managed: z.array(managedPolicySchema).max(60),
  inline: z.array(z.strictObject({ name: z.string().min(1).max(128), document: policyTextSchema })).max(200),
  boundary: managedPolicySchema.optional(),
  /** of what was agreed: only the tags that say whose it is; of what AWS has: all */
  tags: z.array(tagSchema).max(50),
});
export type RoleState = Readonly<z.infer<typeof roleStateSchema>>;

/**
 * What was agreed of a connection's role. `basis`: the plan that it was made by, or what AWS had when it was first looked
 * at, which nobody has agreed to until `confirmedAt`.
 */
export const agreementSchema = z.strictObject({
  /** the connection's */
  id: idSchema,
  basis: z.enum(['plan', 'first-look']),
  madeAt: instantSchema,
  /** when a person last said that this is what was agreed */
  confirmedAt: instantSchema.optional(),
  role: roleStateSchema,
});
export type Agreement = Readonly<z.infer<typeof agreementSchema>>;

/** By these Sallyport knows what it made. */
const ownTags: readonly string[] = ['managedby', 'onboardingid'];

/** The role as the plan makes it; `undefined` where it makes none that is assumed. */
export function plannedRole({ steps }: Plan, digestOf: (document: string) => string): RoleState | undefined {
  const role = steps.find(({ id }) => id === accessRoleStepId);
  if (role?.kind !== 'create-role') return undefined;
  const made = new Map(
    steps.flatMap((step) => (step.kind === 'create-policy' ? [[step.policyArn, step.document] as const] : [])),
  );
  const managed = (arn: string): ManagedPolicyState => {
    const document = made.get(arn);
    return { arn, ...(document !== undefined && { digest: digestOf(document) }) };
  };
  const { maxSessionDuration, path, permissionsBoundaryArn: boundary, roleName, tags, trustPolicy } = role;
  return {
    path,
    trustPolicy,
    maxSessionDuration,
    managed: steps.flatMap((step) =>
      step.kind === 'attach-role-policy' && step.roleName === roleName ? [managed(step.policyArn)] : [],
    ),
    inline: steps.flatMap((step) =>
      step.kind === 'put-role-policy' && step.roleName === roleName
        ? [{ name: step.policyName, document: step.document }]
        : [],
    ),
    ...(boundary !== undefined && { boundary: managed(boundary) }),
    tags: [...tags],
  };
}

/** What a first look makes of what AWS has: other tags than Sallyport’s own are nobody’s promise. */
export function agreedFromLook(now: RoleState): RoleState {
  return { ...now, tags: now.tags.filter(({ key }) => ownTags.includes(key.toLowerCase())) };
}

/** What a plan could not know, from the first look: which role it is, and which versions were in force. */
export function completed(agreed: RoleState, now: RoleState): RoleState {
  const complete = (policy: ManagedPolicyState, seen: ManagedPolicyState | undefined): ManagedPolicyState =>
    seen === undefined || policy.versionId !== undefined || (policy.digest ?? seen.digest) !== seen.digest
      ? policy
      : { ...policy, ...seen };
  const roleId = agreed.roleId ?? now.roleId;
  const { boundary } = agreed;
  return {
    ...agreed,
    ...(roleId !== undefined && { roleId }),
    managed: agreed.managed.map((policy) =>
      complete(
        policy,
        now.managed.find(({ arn }) => arn === policy.arn),
      ),
    ),
    ...(boundary && {
      boundary: complete(boundary, now.boundary?.arn === boundary.arn ? now.boundary : undefined),
    }),
  };
}
