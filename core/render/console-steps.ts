import type { LinkId } from '../domain/links';
import type { Plan } from '../domain/plan';
import { describeStep, managedPolicyName, type PlanStep, type PlanStepOf } from '../domain/plan-step';
import type { Trusted } from '../domain/wizard';
import { accessRole, stepsOfKind } from './account-parts';
import { quoteBash } from './quote-bash';

/** One guided step in the AWS console: what to do, what to paste, where it is. */
export type ConsoleStep = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly copies: readonly { readonly label: string; readonly value: string }[];
  readonly linkId?: LinkId;
  /** whose page `iam-role-page` is */
  readonly roleName?: string;
};

/**
 * The plan as clicks in the AWS console, in an order in which each step finds what it needs. Policies are pasted whole, so
 * that the bytes are those of the plan: the console's own forms would write other documents.
 */
export function consoleSteps(plan: Plan, trusted: Trusted): ConsoleStep[] {
  const access = accessRole(plan);
  const inTarget = plan.steps.filter((step) => (step.accountId ?? plan.accountId) === plan.accountId);
  const elsewhere = plan.steps.filter((step) => !inTarget.includes(step));
  return [
    ...stepsOfKind(inTarget, 'create-policy').flatMap((step) => policyClicks(step, plan)),
    ...(access === undefined ? [] : roleClicks(access, plan, trusted)),
    ...inTarget.flatMap((step) => (step === access ? [] : clicksOf(step, plan))),
    ...elsewhere.flatMap((step) => clicksOf(step, plan)),
    ...(access === undefined
      ? []
      : [
          {
            id: 'arn',
            title: 'Copy the ARN from the top of the role’s page',
            text: 'Paste it in the next step. Whatever else you copy along is left out.',
            copies: [],
            linkId: 'iam-role-page' as const,
            roleName: access.roleName,
          },
        ]),
  ];
}

/** The role that is assumed comes by itself; others are made in the same way, each with its own name in the titles. */
function roleClicks(role: PlanStepOf<'create-role'>, plan: Plan, trusted?: Trusted): readonly ConsoleStep[] {
  const isAccess = trusted !== undefined;
  const id = (own: string) => (isAccess ? own : `${role.id}-${own}`);
  const of = isAccess ? '' : ` ${role.roleName}`;
  const ours = ({ roleName }: { readonly roleName: string }) => roleName === role.roleName;
  const page = { linkId: 'iam-role-page' as const, roleName: role.roleName };
  const boundary = role.permissionsBoundaryArn;
  return [
    {
      id: id('open'),
      title: isAccess
        ? 'Open “Create role” in the target account'
        : `Open “Create role” again, for the role ${role.roleName}`,
      text: isAccess
        ? `Sign in to account ${plan.accountId} first. The role will trust account ${trusted.accountId}.`
        : `Still in account ${plan.accountId}. ${role.description}`,
      copies: isAccess ? [{ label: 'account ID', value: plan.accountId }] : [],
      linkId: 'iam-create-role',
    },
    {
      id: id('trust'),
      title: 'Choose “Custom trust policy” and paste it',
      text: 'Replace everything in the editor, then press Next.',
      copies: [{ label: 'trust policy', value: role.trustPolicy }],
    },
    ...stepsOfKind(plan.steps, 'attach-role-policy')
      .filter(ours)
      .map((step) => ({
        id: step.id,
        title: `Tick ${managedPolicyName(step.policyArn)}`,
        text: 'Search for its name under “Add permissions”.',
        copies: [{ label: 'policy name', value: managedPolicyName(step.policyArn) }],
      })),
    ...(boundary === undefined
      ? []
      : [
          {
            id: id('boundary'),
            title: 'Set the permissions boundary',
            text: 'Open “Set permissions boundary” under the policies, choose to use one, and search for its name.',
            copies: [{ label: 'boundary name', value: managedPolicyName(boundary) }],
          },
        ]),
    ...tagClicks(role, id('tags')),
    {
      id: id('name'),
      title: `${tagClicks(role, '').length === 0 ? 'Press Next, name' : 'Name'} the role${of} and create it`,
      text:
        role.path === '/'
          ? 'The tags are optional; they tell later who made it.'
          : `The console cannot set the path ${role.path}: the role will be at /. Use automatic creation to have the path.`,
      copies: [
        { label: 'role name', value: role.roleName },
        { label: 'description', value: role.description },
        { label: 'OnboardingId tag', value: plan.onboardingId },
      ],
    },
    ...stepsOfKind(plan.steps, 'put-role-policy')
      .filter(ours)
      .map((step) => ({
        id: step.id,
        title: isAccess
          ? 'On the role’s page add the inline policy'
          : `On the page of ${role.roleName} add the inline policy`,
        text: 'Add permissions, Create inline policy, JSON. Paste, press Next, and give it the name.',
        copies: [
          { label: 'policy', value: step.document },
          { label: 'policy name', value: step.policyName },
        ],
        ...page,
      })),
    ...(role.maxSessionDuration === 3600
      ? []
      : [
          {
            id: id('duration'),
            title: `On the role’s page set the maximum session duration to ${String(role.maxSessionDuration / 3600)} h`,
            text: 'Edit the summary of the role. A new role starts with 1 h.',
            copies: [],
            ...page,
          },
        ]),
  ];
}

/** The person's own tags; Sallyport's are copied where the role gets its name. */
function tagClicks({ tags }: PlanStepOf<'create-role'>, id: string): readonly ConsoleStep[] {
  const own = tags.filter(({ key }) => key !== 'ManagedBy' && key !== 'OnboardingId');
  if (own.length === 0) return [];
  return [
    {
      id,
      title: `Press Next, and add ${own.length === 1 ? 'the tag' : `the ${own.length} tags`} at the end of the page`,
      text: own.map(({ key, value }) => (value === '' ? key : `${key}: ${value}`)).join(' · '),
      copies: own
        .flatMap(({ key, value }, index) => [
          { label: `key ${index + 1}`, value: key },
          { label: `value ${index + 1}`, value },
        ])
        .filter(({ value }) => value !== ''),
    },
  ];
}

function policyClicks(step: PlanStepOf<'create-policy'>, plan: Plan): readonly ConsoleStep[] {
  return [
    {
      id: step.id,
      title: `Open “Create policy” and make ${step.policyName}`,
      text: `In account ${plan.accountId}: choose JSON, replace everything in the editor, press Next, and give it the name.`,
      copies: [
        { label: 'policy', value: step.document },
        { label: 'policy name', value: step.policyName },
        { label: 'description', value: step.description },
        { label: 'OnboardingId tag', value: plan.onboardingId },
      ].filter(({ value }) => value !== ''),
      linkId: 'iam-create-policy',
    },
  ];
}

/** What is part of a role, a user or a group is clicked while that is made. */
function clicksOf(step: PlanStep, plan: Plan): readonly ConsoleStep[] {
  const { title } = describeStep(step);
  switch (step.kind) {
    case 'create-role':
      return roleClicks(step, plan);
    case 'create-policy':
    case 'attach-role-policy':
    case 'put-role-policy':
      return [];
    case 'create-instance-profile':
      return [
        {
          id: step.id,
          title: `Make the instance profile ${step.profileName} in CloudShell`,
          text: 'The console makes instance profiles only for roles that are begun with “EC2”. Open CloudShell at the top of the page and paste.',
          copies: [
            {
              label: 'command',
              value: `aws iam create-instance-profile --instance-profile-name=${quoteBash(step.profileName)} --path=${quoteBash(step.path)}`,
            },
          ],
          linkId: 'cloudshell',
        },
      ];
    case 'add-role-to-instance-profile':
      return [
        {
          id: step.id,
          title: `${title}, in CloudShell too`,
          text: 'Paste it after the profile was made.',
          copies: [
            {
              label: 'command',
              value: `aws iam add-role-to-instance-profile --instance-profile-name=${quoteBash(step.profileName)} --role-name=${quoteBash(step.roleName)}`,
            },
          ],
          linkId: 'cloudshell',
        },
      ];
    case 'create-group':
      return [
        {
          id: step.id,
          title: `Open “Create group” and make ${step.groupName}`,
          text: 'Give it the name. Users are added later. The console makes it at the path /.',
          copies: [{ label: 'group name', value: step.groupName }],
          linkId: 'iam-create-group',
        },
      ];
    case 'attach-group-policy':
      return [attachClick(step.id, step.policyArn, `group ${step.groupName}`, 'iam-groups')];
    case 'create-user':
      return [
        {
          id: step.id,
          title: `Open “Create user” and make ${step.userName}`,
          text: 'Leave “Provide user access to the AWS Management Console” off. The tags are optional; they tell later who made it.',
          copies: [
            { label: 'user name', value: step.userName },
            { label: 'OnboardingId tag', value: plan.onboardingId },
          ],
          linkId: 'iam-create-user',
        },
      ];
    case 'attach-user-policy':
      return [attachClick(step.id, step.policyArn, `user ${step.userName}`, 'iam-users')];
    case 'add-user-to-group':
      return [
        {
          id: step.id,
          title: `Add ${step.userName} to the group ${step.groupName}`,
          text: 'On the user’s page: Groups, Add user to groups. Tick the group.',
          copies: [{ label: 'group name', value: step.groupName }],
          linkId: 'iam-users',
        },
      ];
    case 'create-access-key':
      return [
        {
          id: step.id,
          title: `Make an access key for ${step.userName}`,
          text: 'On the user’s page: Security credentials, Create access key. The secret is shown once: put it where it belongs before you close the page, and nowhere else.',
          copies: [{ label: 'user name', value: step.userName }],
          linkId: 'iam-users',
        },
      ];
    case 'create-bucket':
      return [
        {
          id: step.id,
          title: `Open “Create bucket” and make ${step.bucket}`,
          text: `In account ${step.accountId ?? plan.accountId}, in the Region ${step.region}. Leave the other choices for the next steps.`,
          copies: [
            { label: 'bucket name', value: step.bucket },
            { label: 'OnboardingId tag', value: plan.onboardingId },
          ],
          linkId: 's3-create-bucket',
        },
      ];
    case 'put-public-access-block':
      return [
        {
          id: step.id,
          title: `See that “Block all public access” is on for ${step.bucket}`,
          text: 'It is on for a new bucket: on the bucket’s page, Permissions, Block public access.',
          copies: [{ label: 'bucket name', value: step.bucket }],
          linkId: 's3-buckets',
        },
      ];
    case 'put-bucket-versioning':
      return [
        {
          id: step.id,
          title: `Switch versions on for ${step.bucket}`,
          text: 'On the bucket’s page: Properties, Bucket Versioning, Edit, Enable.',
          copies: [{ label: 'bucket name', value: step.bucket }],
          linkId: 's3-buckets',
        },
      ];
    case 'put-bucket-policy':
      return [
        {
          id: step.id,
          title: `Paste the bucket policy of ${step.bucket}`,
          text: `In account ${step.accountId ?? plan.accountId}, on the bucket’s page: Permissions, Bucket policy, Edit. If there is one already, add these statements to it.`,
          copies: [
            { label: 'bucket policy', value: step.document },
            { label: 'bucket name', value: step.bucket },
          ],
          linkId: 's3-buckets',
        },
      ];
  }
}

function attachClick(id: string, policyArn: string, to: string, linkId: LinkId): ConsoleStep {
  return {
    id,
    title: `Attach ${managedPolicyName(policyArn)} to the ${to}`,
    text: 'On its page: Permissions, Add permissions, Attach policies. Search for the name and tick it.',
    copies: [{ label: 'policy name', value: managedPolicyName(policyArn) }],
    linkId,
  };
}
