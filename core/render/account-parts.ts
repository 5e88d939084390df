import { partitionById } from '../domain/partitions';
import { accountsOf, stepsIn, type Plan } from '../domain/plan';
import type { PlanStep, PlanStepOf } from '../domain/plan-step';

/** What a plan makes in one account. */
export type AccountPart = {
  readonly accountId: string;
  readonly isTarget: boolean;
  readonly steps: readonly PlanStep[];
  /** where its buckets are; IAM is the same in all Regions of the partition */
  readonly region: string;
  readonly makesBucket: (bucket: string) => boolean;
};

/** The target account first. An account without steps has no part. */
export function accountParts(plan: Plan): readonly AccountPart[] {
  return accountsOf(plan).flatMap((accountId) => {
    const steps = stepsIn(plan, accountId);
    if (steps.length === 0) return [];
    const buckets = stepsOfKind(steps, 'create-bucket');
    return [
      {
        accountId,
        isTarget: accountId === plan.accountId,
        steps,
        region:
          steps.find((step) => 'region' in step)?.region ?? partitionById(plan.partition)?.defaultRegion ?? 'us-east-1',
        makesBucket: (bucket: string) => buckets.some((step) => step.bucket === bucket),
      },
    ];
  });
}

export function stepsOfKind<Kind extends PlanStep['kind']>(
  steps: readonly PlanStep[],
  kind: Kind,
): readonly PlanStepOf<Kind>[] {
  return steps.filter((step): step is PlanStepOf<Kind> => step.kind === kind);
}

/** The step that makes the role which is assumed. */
export function accessRole(plan: Plan): PlanStepOf<'create-role'> | undefined {
  return stepsOfKind(plan.steps, 'create-role').find(
    (step) => step.accountId === undefined && plan.roleArn.endsWith(`:role${step.path}${step.roleName}`),
  );
}

/** `DeployAccess-444455556666`: of characters that no shell and no file system reads in another way. */
export function baseName(plan: Plan, accountId: string): string {
  const role = plan.roleArn.slice(plan.roleArn.lastIndexOf('/') + 1);
  return `sallyport-${role.replace(/[^A-Za-z0-9]+/g, '-')}-${accountId}`;
}
