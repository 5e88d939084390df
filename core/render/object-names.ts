import { documentOf, type PlanStep } from '../domain/plan-step';
import type { Plan } from '../domain/plan';
import { accessRole, type AccountPart } from './account-parts';

/** A thing that a plan makes and that others in the same file can refer to. */
export type MadeObject = {
  readonly step: PlanStep;
  /** unique in the account: `role DeployAccess` */
  readonly key: string;
  /** unique in the file, letters and digits: `AccessRole`, `Policy2` */
  readonly name: string;
  /** of what can be a principal or attached */
  readonly arn?: string;
};

export type ObjectNames = {
  readonly all: readonly MadeObject[];
  /** Throws for what the plan does not make: no plan has parts of what it does not make, but for a bucket's policy. */
  readonly named: (key: string) => string;
  readonly byArn: (arn: string) => MadeObject | undefined;
  /** Other roles and users of this file that a policy names: AWS refuses one that names somebody who is not there yet. */
  readonly mentionedIn: (step: PlanStep) => readonly MadeObject[];
};

export function nameObjects(plan: Plan, part: AccountPart): ObjectNames {
  const access = accessRole(plan);
  const counts = new Map<string, number>();
  const all = part.steps.flatMap((step): readonly MadeObject[] => {
    const made = madeBy(step, plan, part);
    if (made === undefined) return [];
    if (step === access) return [{ step, ...made, name: 'AccessRole' }];
    const count = (counts.get(made.word) ?? 0) + 1;
    counts.set(made.word, count);
    return [{ step, ...made, name: `${made.word}${String(count)}` }];
  });
  const byKey = new Map(all.map((made) => [made.key, made]));
  return {
    all,
    named: (key) => {
      const made = byKey.get(key);
      if (made === undefined) throw new Error(`The plan has a part of “${key}”, which it does not make.`);
      return made.name;
    },
    byArn: (arn) => all.find((made) => made.arn === arn),
    mentionedIn: (step) => {
      const text = documentOf(step) ?? '';
      return all.filter(
        ({ arn, step: other }) =>
          other !== step &&
          (other.kind === 'create-role' || other.kind === 'create-user') &&
          arn !== undefined &&
          text.includes(JSON.stringify(arn)),
      );
    },
  };
}

function madeBy(
  step: PlanStep,
  plan: Plan,
  part: AccountPart,
): { readonly key: string; readonly word: string; readonly arn?: string } | undefined {
  const iam = `arn:${plan.partition}:iam::${part.accountId}:`;
  switch (step.kind) {
    case 'create-role':
      return { key: `role ${step.roleName}`, word: 'Role', arn: `${iam}role${step.path}${step.roleName}` };
    case 'create-policy':
      return { key: `policy ${step.policyName}`, word: 'Policy', arn: step.policyArn };
    case 'create-instance-profile':
      return { key: `profile ${step.profileName}`, word: 'InstanceProfile' };
    case 'create-group':
      return { key: `group ${step.groupName}`, word: 'Group' };
    case 'create-user':
      return { key: `user ${step.userName}`, word: 'User', arn: `${iam}user${step.path}${step.userName}` };
    case 'create-bucket':
      return { key: `bucket ${step.bucket}`, word: 'Bucket' };
    default:
      return undefined;
  }
}
