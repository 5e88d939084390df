import type { Recipe } from '../recipes/recipe';
import type { AccountAnswers, OptionsAnswers, Trusted } from './wizard';
import { fill, holds, type TemplateValues } from '../recipes/template';
import { answersOf } from '../recipes/answers';
import { partitionById } from './partitions';
import type { Plan } from './plan';
import type { PlanStep } from './plan-step';
import {
  attachmentArns,
  inlinePolicies,
  managedPolicyArn,
  onboardingTags,
  policyArns,
  policySteps,
  resourceSteps,
  type PlanGround,
} from './resource-steps';
import { trustPolicy } from './trust-policy';

/** The step that makes the role which is assumed. */
export const accessRoleStepId = 'create-role';

export type PlanInput = {
  readonly recipe: Recipe;
  readonly account: AccountAnswers;
  readonly trusted: Trusted;
  readonly options: OptionsAnswers;
  readonly externalId: string;
  readonly onboardingId: string;
};

export function roleArnOf(partition: string, accountId: string, path: string, roleName: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${roleName}`;
}

/** Recipe and answers → what will be made, in the order in which it is made. Pure: the same input gives the same bytes. */
export function planRole(input: PlanInput): Plan {
  const { recipe, account, trusted, options, onboardingId } = input;
  const { roleName, path } = options;
  const roleArn = roleArnOf(trusted.partition, account.accountId, path, roleName);
  const ground = planGround(input, roleArn);
  const { values } = ground;
  const policies = policySteps(recipe, ground);
  const attached = [
    ...options.managedPolicies.map((policy) => managedPolicyArn(trusted.partition, policy)),
    ...attachmentArns(recipe.attached, ground),
    ...policies.flatMap((step) => (step.forAccessRole ? [step.policyArn] : [])),
  ];
  const inline = [
    ...(options.inlinePolicy === undefined
      ? []
      : [{ policyName: `${roleName}Policy`, document: options.inlinePolicy }]),
    ...inlinePolicies(recipe.inline, ground),
  ];
  const steps: PlanStep[] = [
    ...policies.map(({ forAccessRole: _forAccessRole, ...step }) => step),
    {
      kind: 'create-role',
      id: accessRoleStepId,
      roleName,
      path,
      description: `${recipe.title}: assumed from account ${trusted.accountId}. Made with Sallyport.`,
      trustPolicy: trustPolicy({ ...input, accountId: account.accountId }),
      maxSessionDuration: options.maxSessionDuration,
      ...(options.permissionsBoundaryArn === undefined
        ? {}
        : { permissionsBoundaryArn: options.permissionsBoundaryArn }),
      tags: [...(options.tags ?? []), ...onboardingTags(onboardingId)],
    },
    ...inline.map((policy, index): PlanStep => ({
      kind: 'put-role-policy',
      id: index === 0 ? 'put-role-policy' : `put-role-policy-${index + 1}`,
      roleName,
      ...policy,
    })),
    ...[...new Set(attached)].map((policyArn, index): PlanStep => ({
      kind: 'attach-role-policy',
      id: `attach-role-policy-${index + 1}`,
      roleName,
      policyArn,
    })),
    ...resourceSteps(recipe, ground),
  ];
  return {
    onboardingId,
    accountId: account.accountId,
    partition: trusted.partition,
    roleArn,
    steps,
    outputs: (recipe.outputs ?? [])
      .filter((output) => holds(output.when, values))
      .map(({ term, text }) => ({ term, text: fill(text, values) })),
  };
}

function planGround({ recipe, account, trusted, options, onboardingId }: PlanInput, roleArn: string): PlanGround {
  const signInHost = partitionById(trusted.partition)?.signInHost;
  const known: TemplateValues = {
    // a partition without a console of its own has no address to switch roles at
    hasConsole: signInHost === undefined ? 'no' : 'yes',
    signInHost: signInHost ?? '',
    accountId: account.accountId,
    region: account.region,
    partition: trusted.partition,
    trustedAccountId: trusted.accountId,
    roleName: options.roleName,
    rolePathAndName: `${options.path.slice(1)}${options.roleName}`,
    roleArn,
    ...policyArns(recipe, trusted.partition, account.accountId),
  };
  return {
    values: { ...known, ...answersOf(recipe, options.parameters, known) },
    accountId: account.accountId,
    trustedAccountId: trusted.accountId,
    partition: trusted.partition,
    region: account.region,
    onboardingId,
  };
}
