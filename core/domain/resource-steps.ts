import type { Recipe, RecipeResource, When } from '../recipes/recipe';
import { fill, fillDocument, holds, type TemplateValues } from '../recipes/template';
import type { PlanStep, PlanStepOf } from './plan-step';

/** What the steps of one plan are made from. */
export type PlanGround = {
  readonly values: TemplateValues;
  /** the target account */
  readonly accountId: string;
  readonly trustedAccountId: string;
  readonly partition: string;
  readonly region: string;
  readonly onboardingId: string;
};

type Attachments = readonly { readonly policy: string; readonly when?: When | undefined }[] | undefined;
type InlinePolicies =
  readonly { readonly name: string; readonly document: unknown; readonly when?: When | undefined }[] | undefined;

/** Indented JSON: the same text on screen, in the console's editor and in the API call. */
export function policyText(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** `job-function/ViewOnlyAccess` → its ARN in the partition; a full ARN stays as it is. */
export function managedPolicyArn(partition: string, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:iam::aws:policy/${nameOrArn}`;
}

/** What tells our objects from others: only what carries it is ever taken back. */
export function onboardingTags(onboardingId: string): { key: string; value: string }[] {
  return [
    { key: 'ManagedBy', value: 'Sallyport' },
    { key: 'OnboardingId', value: onboardingId },
  ];
}

/** `{{policy:Name}}` for each policy of the recipe. */
export function policyArns(recipe: Recipe, partition: string, accountId: string): TemplateValues {
  const policies = (recipe.resources ?? []).filter((resource) => resource.kind === 'policy');
  return Object.fromEntries(
    policies.map(({ name }) => [`policy:${name}`, `arn:${partition}:iam::${accountId}:policy/${name}`]),
  );
}

export function attachmentArns(attached: Attachments, { partition, values }: PlanGround): readonly string[] {
  return (attached ?? [])
    .filter(({ when }) => holds(when, values))
    .map(({ policy }) => managedPolicyArn(partition, fill(policy, values)));
}

export function inlinePolicies(
  inline: InlinePolicies,
  { values }: PlanGround,
): readonly { policyName: string; document: string }[] {
  return (inline ?? [])
    .filter(({ when }) => holds(when, values))
    .map(({ document, name }) => ({
      policyName: fill(name, values),
      document: policyText(fillDocument(document, values)),
    }));
}

/** The recipe's own managed policies, which come first: roles and groups need them to be there. */
export function policySteps(
  recipe: Recipe,
  { accountId, onboardingId, partition, values }: PlanGround,
): readonly (PlanStepOf<'create-policy'> & { readonly forAccessRole: boolean })[] {
  return (recipe.resources ?? []).flatMap((resource) => {
    if (resource.kind !== 'policy' || !holds(resource.when, values)) return [];
    const policyName = fill(resource.name, values);
    return [
      {
        kind: 'create-policy',
        id: `create-policy-${policyName}`.slice(0, 64),
        policyName,
        policyArn: `arn:${partition}:iam::${accountId}:policy/${policyName}`,
        path: '/',
        description: fill(resource.description, values),
        document: policyText(fillDocument(resource.document, values)),
        tags: onboardingTags(onboardingId),
        forAccessRole: resource.attachToAccessRole === true,
      },
    ];
  });
}

/** Everything else that the recipe makes, in its own order. */
export function resourceSteps(recipe: Recipe, ground: PlanGround): readonly PlanStep[] {
  const steps = (recipe.resources ?? [])
    .filter(({ when }) => holds(when, ground.values))
    .flatMap((resource) => stepsOf(resource, ground));
  // A step's ID is its name in the journal: short, and its own.
  return steps.map((step, index) => ({ ...step, id: `resource-${String(index + 1)}-${step.kind}` }));
}

function stepsOf(resource: RecipeResource, ground: PlanGround): readonly PlanStep[] {
  const name = fill(resource.name, ground.values);
  switch (resource.kind) {
    case 'policy':
      return [];
    case 'role':
      return roleSteps(resource, name, ground);
    case 'group':
      return [
        { kind: 'create-group', id: '', groupName: name, path: `/sallyport/${ground.onboardingId}/` },
        ...attachmentArns(resource.attached, ground).map((policyArn): PlanStep => ({
          kind: 'attach-group-policy',
          id: '',
          groupName: name,
          policyArn,
        })),
      ];
    case 'user':
      return userSteps(resource, name, ground);
    case 'bucket':
      return bucketSteps(resource, name, ground);
  }
}

type Resource<Kind extends RecipeResource['kind']> = Extract<RecipeResource, { readonly kind: Kind }>;

function roleSteps(resource: Resource<'role'>, roleName: string, ground: PlanGround): readonly PlanStep[] {
  const { onboardingId, values } = ground;
  const profileName = resource.instanceProfile === undefined ? undefined : fill(resource.instanceProfile, values);
  return [
    {
      kind: 'create-role',
      id: '',
      roleName,
      path: '/',
      description: fill(resource.description, values),
      trustPolicy: policyText(fillDocument(resource.trust, values)),
      maxSessionDuration: 3600,
      tags: onboardingTags(onboardingId),
    },
    ...inlinePolicies(resource.inline, ground).map((policy): PlanStep => ({
      kind: 'put-role-policy',
      id: '',
      roleName,
      ...policy,
    })),
    ...attachmentArns(resource.attached, ground).map((policyArn): PlanStep => ({
      kind: 'attach-role-policy',
      id: '',
      roleName,
      policyArn,
    })),
    ...(profileName === undefined
      ? []
      : ([
          { kind: 'create-instance-profile', id: '', profileName, path: '/', tags: onboardingTags(onboardingId) },
          { kind: 'add-role-to-instance-profile', id: '', profileName, roleName },
        ] satisfies PlanStep[])),
  ];
}

function userSteps(resource: Resource<'user'>, userName: string, ground: PlanGround): readonly PlanStep[] {
  const { onboardingId, values } = ground;
  return [
    { kind: 'create-user', id: '', userName, path: '/', tags: onboardingTags(onboardingId) },
    ...attachmentArns(resource.attached, ground).map((policyArn): PlanStep => ({
      kind: 'attach-user-policy',
      id: '',
      userName,
      policyArn,
    })),
    ...(resource.group === undefined
      ? []
      : [{ kind: 'add-user-to-group' as const, id: '', groupName: fill(resource.group, values), userName }]),
    ...(resource.accessKey ? [{ kind: 'create-access-key' as const, id: '', userName }] : []),
  ];
}

function bucketSteps(resource: Resource<'bucket'>, bucket: string, ground: PlanGround): readonly PlanStep[] {
  const { accountId, onboardingId, region, trustedAccountId, values } = ground;
  const place = resource.account === 'trusted' && trustedAccountId !== accountId ? { accountId: trustedAccountId } : {};
  const isThere = resource.exists !== undefined && holds(resource.exists, values);
  const made: readonly PlanStep[] = [
    { kind: 'create-bucket', id: '', ...place, bucket, region, tags: onboardingTags(onboardingId) },
    { kind: 'put-public-access-block', id: '', ...place, bucket, region },
    { kind: 'put-bucket-versioning', id: '', ...place, bucket, region },
  ];
  return [
    ...(isThere ? [] : made),
    ...(resource.policy === undefined
      ? []
      : [
          {
            kind: 'put-bucket-policy' as const,
            id: '',
            ...place,
            bucket,
            region,
            document: policyText(fillDocument(resource.policy, values)),
          },
        ]),
  ];
}
