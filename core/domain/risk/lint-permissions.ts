import { compilePattern, matchesPattern } from '../policy-match';
import type { PolicyStatement } from '../policy-document';
import type { RiskFinding } from './finding';
import { readPolicyText, type PolicyText } from './policy-text';
import type { Path } from './places';

/** A policy of a role or user. `id` says which one its findings belong to. */
export type PolicyToLint = { readonly id: string; readonly text: string };

export type PermissionFinding = RiskFinding & { readonly documentId: string };

/**
 * Each of these alone is enough to become administrator (cloudsplaining, "constants.py"; pathfinding.cloud; aws-reference
 * §10), with what it does in words.
 */
const escalations: readonly (readonly [string, string])[] = [
  ['iam:CreateAccessKey', 'make keys for any user, and act as that user'],
  ['iam:CreateLoginProfile', 'give any user a password, and sign in as that user'],
  ['iam:UpdateLoginProfile', 'change any user’s password, and sign in as that user'],
  ['iam:AddUserToGroup', 'put itself into any group'],
  ['iam:CreatePolicyVersion', 'rewrite any policy of the account'],
  ['iam:SetDefaultPolicyVersion', 'bring back any older version of a policy'],
  ['iam:AttachUserPolicy', 'attach any policy to any user'],
  ['iam:AttachGroupPolicy', 'attach any policy to any group'],
  ['iam:AttachRolePolicy', 'attach any policy to any role'],
  ['iam:PutUserPolicy', 'write any policy into any user'],
  ['iam:PutGroupPolicy', 'write any policy into any group'],
  ['iam:PutRolePolicy', 'write any policy into any role'],
  ['iam:UpdateAssumeRolePolicy', 'let itself into any role'],
  ['lambda:UpdateFunctionCode', 'put its own code into functions, and act with their roles'],
  ['glue:UpdateDevEndpoint', 'put its own key into endpoints, and act with their roles'],
];

/** With iam:PassRole each of these hands a role to something that runs whatever it is given. */
const passRoleCombinations: readonly (readonly string[])[] = [
  ['ec2:RunInstances'],
  ['lambda:CreateFunction', 'lambda:InvokeFunction'],
  ['cloudformation:CreateStack'],
  ['glue:CreateDevEndpoint'],
  ['datapipeline:CreatePipeline'],
  ['codebuild:CreateProject', 'codebuild:StartBuild'],
  ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  ['sagemaker:CreateNotebookInstance'],
];

const exfiltrations: readonly (readonly [string, string])[] = [
  ['s3:GetObject', 'read every object of every bucket'],
  ['ssm:GetParameter', 'read every stored parameter'],
  ['ssm:GetParameters', 'read every stored parameter'],
  ['ssm:GetParametersByPath', 'read every stored parameter'],
  ['secretsmanager:GetSecretValue', 'read every stored secret'],
];

/** The values of a statement's Action that cover an action; for NotAction the statement itself does. */
function covering({ actions }: PolicyStatement, action: string): readonly string[] {
  const lower = action.toLowerCase();
  const hits = actions.values.filter((value) => matchesPattern(compilePattern(value.toLowerCase()), lower));
  if (!actions.negated) return hits;
  return hits.length > 0 ? [] : ['NotAction'];
}

function isEverywhere({ resources }: PolicyStatement): boolean {
  if (resources === undefined) return true;
  if (resources.negated) return true;
  return resources.values.some((value) => /^(?:\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*)$/.test(value));
}

type Grant = {
  readonly policy: PolicyText;
  readonly documentId: string;
  readonly path: Path;
  readonly isOnAll: boolean;
};

/** Reads what several policies of one role or user let it do together, and says where it is more than it looks like. */
export function lintPermissions(policies: readonly PolicyToLint[]): readonly PermissionFinding[] {
  const read = policies.flatMap(({ id, text }) => {
    const policy = readPolicyText(text, 'identity');
    return policy === undefined ? [] : [{ id, policy }];
  });
  const statements = read.flatMap(({ id, policy }) => policy.document.statements.map((one) => ({ id, policy, one })));
  const found: PermissionFinding[] = [];
  const tell = (
    { documentId, path, policy }: Omit<Grant, 'isOnAll'>,
    ...rest: [string, RiskFinding['severity'], string, string]
  ) => {
    const [rule, severity, message, narrow] = rest;
    const made = { ...policy.finding(rule, severity, path, message, narrow), documentId };
    const isTold = found.some(
      (one) => one.id === made.id && one.pointer === made.pointer && one.documentId === documentId,
    );
    if (!isTold) found.push(made);
  };

  /** Whoever is denied it everywhere, without a condition, does not have it. */
  const isDenied = (action: string): boolean =>
    statements.some(
      ({ one }) =>
        one.effect === 'Deny' && one.conditions.length === 0 && isEverywhere(one) && covering(one, action).length > 0,
    );
  /** Every place that allows an action, unless it is told already as part of something wider. */
  const grantsOf = (action: string): readonly Grant[] =>
    isDenied(action)
      ? []
      : statements.flatMap(({ id, one, policy }) =>
          one.effect === 'Allow'
            ? covering(one, action).map((value) => ({
                policy,
                documentId: id,
                path:
                  value === 'NotAction' ? policy.path(one.index, 'NotAction') : policy.path(one.index, 'Action', value),
                isOnAll: isEverywhere(one),
              }))
            : [],
        );

  const wide = new Set<string>();
  const key = ({ documentId, path }: Omit<Grant, 'isOnAll'>): string => `${documentId} ${path.join('/')}`;
  for (const { id, one, policy } of statements) {
    if (one.effect !== 'Allow') continue;
    const place = (path: Path) => ({ documentId: id, path, policy });
    if (one.actions.negated) {
      const at = place(policy.path(one.index, 'NotAction'));
      wide.add(key(at));
      tell(
        at,
        'not-action',
        'danger',
        'NotAction allows everything that is not named, and every service that AWS adds later.',
        'Name the actions that are needed.',
      );
      continue;
    }
    for (const value of one.actions.values) {
      const at = place(policy.path(one.index, 'Action', value));
      if (value === '*' || value === '*:*') {
        wide.add(key(at));
        tell(
          at,
          'every-action',
          'danger',
          isEverywhere(one)
            ? 'Every action of every service is allowed: this is the whole account.'
            : 'Every action of every service is allowed on these resources.',
          'Name the services that are needed, or give it an account of its own.',
        );
      } else if (/^[^:]+:\*$/.test(value)) {
        const service = value.slice(0, -2);
        const isIam = /^(?:iam|sts|organizations)$/i.test(service);
        if (isIam) wide.add(key(at));
        tell(
          at,
          'every-action-of-service',
          isIam ? 'danger' : 'warning',
          isIam
            ? `Every action of ${service} is allowed: it can give itself any right.`
            : `Every action of ${service} is allowed, deleting and sharing included.`,
          'Name the actions that are needed.',
        );
      }
    }
  }

  for (const [action, does] of escalations) {
    for (const grant of grantsOf(action)) {
      if (wide.has(key(grant))) continue;
      tell(
        grant,
        'escalation',
        grant.isOnAll ? 'danger' : 'warning',
        grant.isOnAll
          ? `With ${action} it can ${does}: that is a way to every right.`
          : `With ${action} it can change what these may do, up to every right.`,
        grant.isOnAll ? 'Name the roles or users that it is meant for.' : 'Add a condition on iam:PermissionsBoundary.',
      );
    }
  }

  const passing = grantsOf('iam:PassRole').filter(({ isOnAll }) => isOnAll);
  const runner = passRoleCombinations.find((actions) => actions.every((action) => grantsOf(action).length > 0));
  for (const grant of passing) {
    if (wide.has(key(grant))) continue;
    tell(
      grant,
      runner === undefined ? 'pass-role' : 'pass-role-and-run',
      runner === undefined ? 'warning' : 'danger',
      runner === undefined
        ? 'It may hand any role of the account to a service.'
        : `It may hand any role to what ${runner.join(' and ')} start, and so act with every right.`,
      'Name the role that is passed, with a condition on iam:PassedToService.',
    );
  }

  for (const [action, does] of exfiltrations) {
    for (const grant of grantsOf(action)) {
      if (!grant.isOnAll || wide.has(key(grant))) continue;
      tell(grant, 'reads-everything', 'warning', `It can ${does}.`, 'Name the resources that it is meant for.');
    }
  }
  return found;
}
