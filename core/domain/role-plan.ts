import type { Recipe } from '../recipes/recipe';
import type { AccountAnswers, OptionsAnswers, Trusted } from './wizard';
import type { Plan, PlanStep } from './plan';

export type PlanInput = {
  readonly recipe: Recipe;
  readonly account: AccountAnswers;
  readonly trusted: Trusted;
  readonly options: OptionsAnswers;
  readonly externalId: string;
  readonly onboardingId: string;
};

/** Indented JSON: the same text on screen, in the console's editor and in the API call. */
export function policyText(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** `job-function/ViewOnlyAccess` → its ARN in the partition; a full ARN stays as it is. */
export function managedPolicyArn(partition: string, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:iam::aws:policy/${nameOrArn}`;
}

/**
 * The condition that admits one identity only. `aws:PrincipalArn` is the role's ARN for a role session, never the
 * session's, and an assumed-role ARN has lost the role's path, so both possible forms are admitted (aws-reference §2, §0.12).
 */
function identityCondition(trusted: Trusted): Record<string, unknown> {
  const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(trusted.arn);
  if (session === null) return { ArnEquals: { 'aws:PrincipalArn': trusted.arn } };
  const prefix = `arn:${trusted.partition}:iam::${session[1] ?? ''}:role/`;
  const name = session[2] ?? '';
  return { ArnLike: { 'aws:PrincipalArn': [`${prefix}${name}`, `${prefix}*/${name}`] } };
}

/**
 * The trust policy: the trusted account as a whole, narrowed by conditions. Naming the account and conditioning on the
 * principal survives the deletion and re-creation of the deployer's role; a role named in `Principal` would not
 * (aws-reference §2).
 */
export function trustPolicy(input: Pick<PlanInput, 'trusted' | 'options' | 'externalId'>): string {
  const { trusted, options, externalId } = input;
  const condition = {
    ...(options.useExternalId ? { StringEquals: { 'sts:ExternalId': externalId } } : {}),
    ...(options.onlyThisIdentity ? identityCondition(trusted) : {}),
  };
  return policyText({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SallyportAssumeRole',
        Effect: 'Allow',
        Principal: { AWS: `arn:${trusted.partition}:iam::${trusted.accountId}:root` },
        Action: 'sts:AssumeRole',
        ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
      },
    ],
  });
}

export function roleArnOf(partition: string, accountId: string, path: string, roleName: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${roleName}`;
}

/** Recipe and answers → what will be made, in the order in which it is made. Pure: the same input gives the same bytes. */
export function planRole(input: PlanInput): Plan {
  const { recipe, account, trusted, options, onboardingId } = input;
  const { roleName, path } = options;
  const steps: PlanStep[] = [
    {
      kind: 'create-role',
      id: 'create-role',
      roleName,
      path,
      description: `${recipe.title}: assumed from account ${trusted.accountId}. Made with Sallyport.`,
      trustPolicy: trustPolicy(input),
      maxSessionDuration: options.maxSessionDuration,
      ...(options.permissionsBoundaryArn === undefined
        ? {}
        : { permissionsBoundaryArn: options.permissionsBoundaryArn }),
      tags: [
        { key: 'ManagedBy', value: 'Sallyport' },
        { key: 'OnboardingId', value: onboardingId },
      ],
    },
  ];
  if (options.inlinePolicy !== undefined) {
    steps.push({
      kind: 'put-role-policy',
      id: 'put-role-policy',
      roleName,
      policyName: `${roleName}Policy`,
      document: options.inlinePolicy,
    });
  }
  const attached = [...new Set(options.managedPolicies.map((policy) => managedPolicyArn(trusted.partition, policy)))];
  attached.forEach((policyArn, index) => {
    steps.push({ kind: 'attach-role-policy', id: `attach-role-policy-${index + 1}`, roleName, policyArn });
  });
  return {
    onboardingId,
    accountId: account.accountId,
    partition: trusted.partition,
    roleArn: roleArnOf(trusted.partition, account.accountId, path, roleName),
    steps,
  };
}
