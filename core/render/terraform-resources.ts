import { documentOf, type PlanStep } from '../domain/plan-step';
import type { AccountPart } from './account-parts';
import type { MadeObject, ObjectNames } from './object-names';
import { quoteHcl } from './quote-hcl';

export type TerraformGround = {
  readonly part: AccountPart;
  readonly names: ReadonlyMap<AccountPart, ObjectNames>;
  /** the alias of the account's provider, where it is not the default */
  readonly provider?: string;
};

/** A name and an expression for each argument, or a list of names for a block within. */
type Argument = readonly [name: string, expression: string];
type Resource = { readonly type: string; readonly arguments: readonly Argument[]; readonly within?: string };

/** A resource for each step, in the provider's words. Access keys are left out: the state would keep their secret. */
export function terraformResources(ground: TerraformGround): readonly string[] {
  const counts = new Map<string, number>();
  return ground.part.steps.flatMap((step) => {
    const resource = resourceOf(step, ground);
    if (resource === undefined) return [];
    const count = (counts.get(resource.type) ?? 0) + 1;
    counts.set(resource.type, count);
    const name = namesHere(ground)?.all.find((made) => made.step === step)?.name ?? `Part${String(count)}`;
    return [block(resource, name, [...placed(ground), ...dependsOn(step, ground)])];
  });
}

function namesHere({ names, part }: TerraformGround): ObjectNames | undefined {
  return names.get(part);
}

function placed({ provider }: TerraformGround): readonly Argument[] {
  return provider === undefined ? [] : [['provider', `aws.${provider}`]];
}

/** A policy names roles and users by their ARN: they have to be there first, also those of the other account. */
function dependsOn(step: PlanStep, { names }: TerraformGround): readonly Argument[] {
  if (step.kind !== 'create-role' && step.kind !== 'put-bucket-policy') return [];
  const mentioned = [...names.values()].flatMap((each) => each.mentionedIn(step));
  return mentioned.length === 0 ? [] : [['depends_on', `[${mentioned.map(address).join(', ')}]`]];
}

function address({ name, step }: MadeObject): string {
  return `${step.kind === 'create-user' ? 'aws_iam_user' : 'aws_iam_role'}.${name}`;
}

function block(resource: Resource, name: string, more: readonly Argument[]): string {
  const lines = aligned([...resource.arguments, ...more]);
  return `resource "${resource.type}" "${name}" {\n${lines}${resource.within ?? ''}}\n`;
}

/** As `terraform fmt` does it: arguments of one line that stand together are aligned with each other. */
function aligned(all: readonly Argument[], indent = '  '): string {
  const isLong = (argument: Argument | undefined) => argument?.[1].includes('\n') === true;
  return all
    .map(([name, expression], index) => {
      if (expression.includes('\n')) return `${indent}${name} = ${expression}\n`;
      const before = all.slice(0, index).findLastIndex(isLong);
      const after = all.findIndex((argument, at) => at > index && isLong(argument));
      const together = all.slice(before + 1, after < 0 ? all.length : after);
      const width = Math.max(...together.map(([one]) => one.length));
      return `${indent}${name.padEnd(width)} = ${expression}\n`;
    })
    .join('');
}

const text = (name: string, value: string): Argument => [name, quoteHcl(value)];
const optional = (name: string, value: string | undefined): readonly Argument[] =>
  value === undefined || value === '' ? [] : [text(name, value)];

function tags(list: readonly { readonly key: string; readonly value: string }[]): readonly Argument[] {
  if (list.length === 0) return [];
  const pairs = list.map(({ key, value }): Argument => [tagKey(key), quoteHcl(value)]);
  return [['tags', `{\n${aligned(pairs, '    ')}  }`]];
}

/** A key that is not simply quoted stands in parentheses. */
function tagKey(key: string): string {
  const quoted = quoteHcl(key);
  return quoted.startsWith('"') ? quoted : `(${quoted})`;
}

function resourceOf(step: PlanStep, ground: TerraformGround): Resource | undefined {
  const names = namesHere(ground);
  const reference = (type: string, key: string, attribute: string) => `${type}.${names?.named(key) ?? ''}.${attribute}`;
  const role = (name: string): Argument => ['role', reference('aws_iam_role', `role ${name}`, 'name')];
  const user = (name: string): Argument => ['user', reference('aws_iam_user', `user ${name}`, 'name')];
  const group = (name: string) => reference('aws_iam_group', `group ${name}`, 'name');
  const policy = (arn: string): Argument => {
    const made = names?.byArn(arn);
    return ['policy_arn', made === undefined ? quoteHcl(arn) : `aws_iam_policy.${made.name}.arn`];
  };
  const bucket = (name: string): Argument => [
    'bucket',
    ground.part.makesBucket(name) ? reference('aws_s3_bucket', `bucket ${name}`, 'id') : quoteHcl(name),
  ];
  const document = documentOf(step) ?? '';
  switch (step.kind) {
    case 'create-role':
      return {
        type: 'aws_iam_role',
        arguments: [
          text('name', step.roleName),
          text('path', step.path),
          ...optional('description', step.description),
          ['max_session_duration', String(step.maxSessionDuration)],
          ...optional('permissions_boundary', step.permissionsBoundaryArn),
          text('assume_role_policy', document),
          ...tags(step.tags),
        ],
      };
    case 'attach-role-policy':
      return { type: 'aws_iam_role_policy_attachment', arguments: [role(step.roleName), policy(step.policyArn)] };
    case 'put-role-policy':
      return {
        type: 'aws_iam_role_policy',
        arguments: [text('name', step.policyName), role(step.roleName), text('policy', document)],
      };
    case 'create-policy':
      return {
        type: 'aws_iam_policy',
        arguments: [
          text('name', step.policyName),
          text('path', step.path),
          ...optional('description', step.description),
          text('policy', document),
          ...tags(step.tags),
        ],
      };
    case 'create-instance-profile': {
      const member = ground.part.steps.find(
        (other) => other.kind === 'add-role-to-instance-profile' && other.profileName === step.profileName,
      );
      return {
        type: 'aws_iam_instance_profile',
        arguments: [
          text('name', step.profileName),
          text('path', step.path),
          ...(member?.kind === 'add-role-to-instance-profile' ? [role(member.roleName)] : []),
          ...tags(step.tags),
        ],
      };
    }
    case 'add-role-to-instance-profile':
      return undefined;
    case 'create-group':
      return { type: 'aws_iam_group', arguments: [text('name', step.groupName), text('path', step.path)] };
    case 'attach-group-policy':
      return {
        type: 'aws_iam_group_policy_attachment',
        arguments: [['group', group(step.groupName)], policy(step.policyArn)],
      };
    case 'create-user':
      return {
        type: 'aws_iam_user',
        arguments: [text('name', step.userName), text('path', step.path), ...tags(step.tags)],
      };
    case 'attach-user-policy':
      return { type: 'aws_iam_user_policy_attachment', arguments: [user(step.userName), policy(step.policyArn)] };
    case 'add-user-to-group':
      return {
        type: 'aws_iam_user_group_membership',
        arguments: [user(step.userName), ['groups', `[${group(step.groupName)}]`]],
      };
    case 'create-access-key':
      return undefined;
    case 'create-bucket':
      return { type: 'aws_s3_bucket', arguments: [text('bucket', step.bucket), ...tags(step.tags)] };
    case 'put-public-access-block':
      return {
        type: 'aws_s3_bucket_public_access_block',
        arguments: [
          bucket(step.bucket),
          ['block_public_acls', 'true'],
          ['ignore_public_acls', 'true'],
          ['block_public_policy', 'true'],
          ['restrict_public_buckets', 'true'],
        ],
      };
    case 'put-bucket-versioning':
      return {
        type: 'aws_s3_bucket_versioning',
        arguments: [bucket(step.bucket)],
        within: '\n  versioning_configuration {\n    status = "Enabled"\n  }\n',
      };
    case 'put-bucket-policy':
      return { type: 'aws_s3_bucket_policy', arguments: [bucket(step.bucket), text('policy', document)] };
  }
}
