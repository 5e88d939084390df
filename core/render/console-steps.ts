import type { LinkId } from '../contract/app';
import type { Plan } from '../domain/plan';
import { managedPolicyName } from '../domain/plan-step';
import type { Trusted } from '../domain/wizard';

/** One guided step in the AWS console: what to do, what to paste, where it is. */
export type ConsoleStep = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly copies: readonly { readonly label: string; readonly value: string }[];
  readonly linkId?: LinkId;
};

/**
 * The plan as clicks in the AWS console. The trust policy is pasted whole as a custom trust policy, so that the bytes are
 * those of the plan: the console's own form would write another document.
 */
export function consoleSteps(plan: Plan, trusted: Trusted): ConsoleStep[] {
  const steps: ConsoleStep[] = [];
  for (const step of plan.steps) {
    switch (step.kind) {
      case 'create-role':
        steps.push(
          {
            id: 'open',
            title: 'Open “Create role” in the target account',
            text: `Sign in to account ${plan.accountId} first. The role will trust account ${trusted.accountId}.`,
            copies: [{ label: 'account ID', value: plan.accountId }],
            linkId: 'iam-create-role',
          },
          {
            id: 'trust',
            title: 'Choose “Custom trust policy” and paste it',
            text: 'Replace everything in the editor, then press Next.',
            copies: [{ label: 'trust policy', value: step.trustPolicy }],
          },
        );
        break;
      case 'attach-role-policy':
        steps.push({
          id: step.id,
          title: `Tick ${managedPolicyName(step.policyArn)}`,
          text: 'Search for its name under “Add permissions”.',
          copies: [{ label: 'policy name', value: managedPolicyName(step.policyArn) }],
        });
        break;
      default:
        break;
    }
  }
  const create = plan.steps.find((step) => step.kind === 'create-role');
  if (create !== undefined) {
    steps.push({
      id: 'name',
      title: 'Press Next, name the role and create it',
      text:
        create.path === '/'
          ? 'The tags are optional; they tell later who made it.'
          : `The console cannot set the path ${create.path}: the role will be at /. Use automatic creation to have the path.`,
      copies: [
        { label: 'role name', value: create.roleName },
        { label: 'description', value: create.description },
        { label: 'OnboardingId tag', value: plan.onboardingId },
      ],
    });
  }
  for (const step of plan.steps) {
    if (step.kind !== 'put-role-policy') continue;
    steps.push({
      id: step.id,
      title: 'On the role’s page add the inline policy',
      text: 'Add permissions, Create inline policy, JSON. Paste, press Next, and give it the name.',
      copies: [
        { label: 'policy', value: step.document },
        { label: 'policy name', value: step.policyName },
      ],
      linkId: 'iam-role-page',
    });
  }
  if (create !== undefined && create.maxSessionDuration !== 3600) {
    steps.push({
      id: 'duration',
      title: `On the role’s page set the maximum session duration to ${create.maxSessionDuration / 3600} h`,
      text: 'Edit the summary of the role. A new role starts with 1 h.',
      copies: [],
      linkId: 'iam-role-page',
    });
  }
  steps.push({
    id: 'arn',
    title: 'Copy the ARN from the top of the role’s page',
    text: 'Paste it in the next step. Whatever else you copy along is left out.',
    copies: [],
    linkId: 'iam-role-page',
  });
  return steps;
}
