import type { PermissionRow, Recipe } from '../recipes/recipe';
import { permissionMap } from './permission-map';
import { managedPolicyName, type Plan } from './plan';
import type { OptionsAnswers, Trusted } from './wizard';

/** A line that somebody should look at before anything is made. `line` counts from 1 in the document's text. */
export type PreviewFinding = {
  readonly id: string;
  readonly documentId: string;
  readonly line: number;
  readonly severity: 'warning' | 'danger';
  readonly message: string;
};

export type PreviewDocument = { readonly id: string; readonly title: string; readonly text: string };

export type PlanPreview = {
  readonly can: readonly string[];
  readonly cannot: readonly string[];
  readonly watchOut: readonly string[];
  readonly findings: readonly PreviewFinding[];
  readonly documents: readonly PreviewDocument[];
  readonly attachments: readonly { readonly name: string; readonly arn: string }[];
  readonly permissions: readonly PermissionRow[];
  readonly conditions: readonly { readonly state: 'set' | 'unset' | 'risky'; readonly text: string }[];
  /** “This makes 1 role with 1 policy, and attaches 1 AWS policy” */
  readonly sentence: string;
};

function lineOf(text: string, fragment: RegExp): number {
  const index = text.split('\n').findIndex((line) => fragment.test(line));
  return index + 1;
}

function findingsOf(document: PreviewDocument): PreviewFinding[] {
  const found: PreviewFinding[] = [];
  const look = (id: string, fragment: RegExp, severity: 'warning' | 'danger', message: string) => {
    const line = lineOf(document.text, fragment);
    if (line > 0) found.push({ id: `${document.id}-${id}`, documentId: document.id, line, severity, message });
  };
  if (document.id === 'trust') {
    look('anyone', /"AWS": "\*"/, 'danger', 'Anybody with an AWS account may try to enter.');
    if (!document.text.includes('sts:ExternalId')) {
      look(
        'no-external-id',
        /"Action": "sts:AssumeRole"/,
        'warning',
        'Nothing but the account is asked for. An external ID stops a confused deputy.',
      );
    }
  } else {
    look(
      'pass-role',
      /"iam:PassRole"|"iam:\*"/i,
      'warning',
      'It may hand roles to services, and so act with their rights.',
    );
    look('every-action', /"Action": (\[\s*)?"\*"/, 'danger', 'Every action of every service is allowed.');
    look(
      'every-secret',
      /"secretsmanager:(GetSecretValue|\*)"|"ssm:GetParameter/i,
      'warning',
      'It may read stored secrets.',
    );
  }
  return found;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : word.endsWith('y') ? '' : 's'}`;
}

function policies(count: number, kind: string): string {
  return `${count} ${kind}${count === 1 ? 'policy' : 'policies'}`;
}

/** What a plan means, in words and pictures, before anything exists. Pure. */
export function previewPlan(recipe: Recipe, plan: Plan, options: OptionsAnswers, trusted: Trusted): PlanPreview {
  const documents: PreviewDocument[] = [];
  const attachments: { name: string; arn: string }[] = [];
  for (const step of plan.steps) {
    if (step.kind === 'create-role') documents.push({ id: 'trust', title: 'Trust policy', text: step.trustPolicy });
    else if (step.kind === 'put-role-policy')
      documents.push({ id: 'inline', title: step.policyName, text: step.document });
    else attachments.push({ name: managedPolicyName(step.policyArn), arn: step.policyArn });
  }
  const names = attachments.map(({ name }) => name);
  const inline = documents.length - 1;
  const longest = options.maxSessionDuration / 3600;
  const caller = trusted.arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^assumed-role\/([^/]+)\/.*$/, 'role/$1');
  return {
    can: recipe.customizable
      ? [
          ...names.map((name) => `Whatever ${name} allows`),
          ...(inline > 0 ? [`Whatever the policy ${documents[1]?.title ?? ''} allows`] : []),
        ]
      : recipe.lets,
    cannot: [
      ...recipe.doesNotLet.filter((text) => !text.startsWith('Enter') && !text.startsWith('Stay')),
      ...(options.useExternalId ? ['Enter without the external ID'] : []),
      `Stay longer than ${longest} h in one session`,
    ],
    watchOut: [
      ...recipe.watchOut,
      ...(recipe.customizable && names.includes('AdministratorAccess')
        ? ['AdministratorAccess is the whole account.']
        : []),
      ...(options.useExternalId
        ? []
        : ['No external ID is asked for: whoever may act in the trusted account may enter.']),
    ],
    findings: documents.flatMap(findingsOf),
    documents,
    attachments,
    permissions: permissionMap(options.managedPolicies, options.inlinePolicy),
    conditions: [
      options.useExternalId
        ? { state: 'set', text: 'External ID required' }
        : { state: 'risky', text: 'No external ID asked' },
      options.onlyThisIdentity
        ? { state: 'set', text: `Only ${caller}` }
        : { state: 'unset', text: 'Anyone the account allows' },
      { state: 'unset', text: 'No MFA asked' },
    ],
    sentence: [
      `This makes ${plural(1, 'role')}`,
      ...(inline > 0 ? [` with ${policies(inline, '')}`] : []),
      ...(attachments.length > 0
        ? [`${inline > 0 ? ',' : ''} and attaches ${policies(attachments.length, 'AWS ')}`]
        : []),
    ].join(''),
  };
}
