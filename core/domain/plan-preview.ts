import type { PermissionRow, Recipe } from '../recipes/recipe';
import { permissionMap } from './permission-map';
import type { Plan } from './plan';
import { accessRoleStepId } from './role-plan';
import { managedPolicyName, type PlanStep } from './plan-step';
import { lintPermissions, type PermissionFinding } from './risk/lint-permissions';
import { lintTrust } from './risk/lint-trust';
import { trustMarks, trustRefusals, trustWarnings, type TrustMark } from './trust-words';
import type { OptionsAnswers, Trusted } from './wizard';

/** A value that somebody should look at before anything is made. */
export type PreviewFinding = PermissionFinding;

export type PreviewDocument = { readonly id: string; readonly title: string; readonly text: string };

export type PlanPreview = {
  readonly can: readonly string[];
  readonly cannot: readonly string[];
  readonly watchOut: readonly string[];
  readonly findings: readonly PreviewFinding[];
  readonly documents: readonly PreviewDocument[];
  readonly attachments: readonly { readonly name: string; readonly arn: string }[];
  readonly permissions: readonly PermissionRow[];
  readonly conditions: readonly TrustMark[];
  /** “This makes 1 role with 1 policy, and attaches 1 AWS policy” */
  readonly sentence: string;
};

/** What to look at in every document of the plan; what one role may do is read from all of its policies together. */
function findingsOf(documents: readonly PreviewDocument[], plan: Plan): readonly PreviewFinding[] {
  const trusts = documents.flatMap(({ id, text }) => {
    const step = plan.steps.find((one) => one.kind === 'create-role' && trustIdOf(one) === id);
    return step?.kind === 'create-role'
      ? lintTrust({ text, maxSessionDuration: step.maxSessionDuration }).map((one) => ({ ...one, documentId: id }))
      : [];
  });
  const permissions = lintPermissions(documents.filter(({ id }) => !id.startsWith('trust')));
  return [...trusts, ...permissions].map(({ documentId, id, ...rest }) => ({
    ...rest,
    documentId,
    id: `${documentId}-${id}-${rest.pointer}`,
  }));
}

function trustIdOf({ id }: PlanStep): string {
  return id === accessRoleStepId ? 'trust' : `trust-${id}`;
}

/** The trust policy of the role that is assumed first, then every other document, each by what it belongs to. */
function documentsOf(plan: Plan): readonly PreviewDocument[] {
  const found = plan.steps.flatMap((step): PreviewDocument[] => {
    switch (step.kind) {
      case 'create-role':
        return [
          {
            id: trustIdOf(step),
            title: step.id === accessRoleStepId ? 'Trust policy' : `Trust policy of ${step.roleName}`,
            text: step.trustPolicy,
          },
        ];
      case 'put-role-policy':
        return [
          { id: step.id === 'put-role-policy' ? 'inline' : step.id, title: step.policyName, text: step.document },
        ];
      case 'create-policy':
        return [{ id: step.id, title: step.policyName, text: step.document }];
      case 'put-bucket-policy':
        return [{ id: step.id, title: `Policy of bucket ${step.bucket}`, text: step.document }];
      default:
        return [];
    }
  });
  return found.sort((left, right) => Number(right.id === 'trust') - Number(left.id === 'trust'));
}

const counted: readonly (readonly [readonly PlanStep['kind'][], string, string])[] = [
  [['create-role'], 'role', 'roles'],
  [['create-policy', 'put-role-policy', 'put-bucket-policy'], 'policy', 'policies'],
  [['create-instance-profile'], 'instance profile', 'instance profiles'],
  [['create-bucket'], 'bucket', 'buckets'],
  [['create-group'], 'group', 'groups'],
  [['create-user'], 'user', 'users'],
  [['create-access-key'], 'access key', 'access keys'],
];

function quantity(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** “This makes 1 role with 1 policy, and attaches 1 AWS policy” */
function sentenceOf({ steps }: Plan): string {
  const made = counted.flatMap(([kinds, one, many]) => {
    const count = steps.filter((step) => kinds.includes(step.kind)).length;
    return count === 0 ? [] : [quantity(count, one, many)];
  });
  const [first = '', second, ...more] = made;
  const things =
    second === undefined ? first : more.length === 0 ? `${first} with ${second}` : [first, second, ...more].join(', ');
  const attached = new Set(
    steps.flatMap((step) => ('policyArn' in step && step.policyArn.includes(':iam::aws:') ? [step.policyArn] : [])),
  ).size;
  if (attached === 0) return `This makes ${things}`;
  return `This makes ${things}${made.length > 1 ? ',' : ''} and attaches ${quantity(attached, 'AWS policy', 'AWS policies')}`;
}

/** What a plan means, in words and pictures, before anything exists. Pure. */
export function previewPlan(recipe: Recipe, plan: Plan, options: OptionsAnswers, trusted: Trusted): PlanPreview {
  const documents = documentsOf(plan);
  const attachments = plan.steps.flatMap((step) =>
    step.kind === 'attach-role-policy' && step.policyArn.includes(':iam::aws:')
      ? [{ name: managedPolicyName(step.policyArn), arn: step.policyArn }]
      : [],
  );
  const names = attachments.map(({ name }) => name);
  const inline = options.inlinePolicy === undefined ? 0 : 1;
  const longest = options.maxSessionDuration / 3600;
  const trust = documents.find(({ id }) => id === 'trust')?.text ?? '';
  return {
    can: recipe.customizable
      ? [
          ...names.map((name) => `Whatever ${name} allows`),
          ...(inline > 0
            ? [`Whatever the policy ${documents.find(({ id }) => id === 'inline')?.title ?? ''} allows`]
            : []),
        ]
      : recipe.lets,
    cannot: [
      ...recipe.doesNotLet.filter((text) => !text.startsWith('Enter') && !text.startsWith('Stay')),
      ...trustRefusals(options, trust),
      `Stay longer than ${longest} h in one session`,
    ],
    watchOut: [
      ...recipe.watchOut,
      ...(recipe.customizable && names.includes('AdministratorAccess')
        ? ['AdministratorAccess is the whole account.']
        : []),
      ...trustWarnings(options, trusted, trust),
    ],
    findings: findingsOf(documents, plan),
    documents,
    attachments,
    permissions: recipe.customizable
      ? permissionMap(options.managedPolicies, options.inlinePolicy)
      : recipe.permissionMap,
    conditions: trustMarks(options, trusted, trust),
    sentence: sentenceOf(plan),
  };
}
