import { parse } from '@cdktf/hcl2json';
import type { PlanStep } from '../../core/domain/plan-step';

export type Block = Readonly<Record<string, unknown>>;
export type Configuration = {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;
  readonly provider?: { readonly aws: readonly Block[] };
};

/** A file of Terraform as its parser, which nobody here wrote, has it. */
export async function parseTerraform(text: string): Promise<Configuration> {
  return (await parse('a.tf', text)) as Configuration;
}

/**
 * The value of an expression as Terraform has it. The parser keeps the escaped form of templates, and expressions as their
 * source; the only ones with a text in them are our heredocs. tests/peers/render-templates.test.ts asks Terraform itself.
 */
export function valueOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`no text: ${JSON.stringify(value)}`);
  const heredoc = /^\$\{trimsuffix\(<<(EOT_*)\n([\s\S]*)\n\1\n\s*, "\\n"\)\}$/.exec(value);
  return (heredoc?.[2] ?? value).replace(/([$%])\1\{/g, '$1{');
}

/** The resources of a type in their order in the file, which is the plan's. */
export function resourcesOf({ resource = {} }: Configuration, type: string): readonly Block[] {
  return Object.values(resource[type] ?? {}).flat();
}

/** A configuration for one account read back as what Terraform makes of it; throws for a resource that is none of ours. */
export function stepsOfTerraform(configuration: Configuration, accountId: string): readonly PlanStep[] {
  return Object.keys(configuration.resource ?? {}).flatMap((type) =>
    resourcesOf(configuration, type).flatMap((block) => stepsOf(type, block, configuration, accountId)),
  );
}

function stepsOf(type: string, has: Block, configuration: Configuration, accountId: string): readonly PlanStep[] {
  const id = '';
  const region = 'eu-west-1';
  const policyArn = (path: string, name: string) => `arn:aws:iam::${accountId}:policy${path}${name}`;
  /** A text, or what a reference to another resource gives. */
  const follow = (value: unknown): string => {
    if (value === undefined) return '';
    const expression = valueOf(value);
    const reference = /^\$\{(aws_\w+)\.(\w+)\.(name|arn|id)\}$/.exec(expression);
    if (reference === null) return expression;
    const [, of = '', name = '', attribute] = reference;
    const [other] = configuration.resource?.[of]?.[name] ?? [];
    if (other === undefined) throw new Error(`${expression} refers to nothing`);
    return attribute === 'arn'
      ? policyArn(valueOf(other['path']), valueOf(other['name']))
      : valueOf(other['name'] ?? other['bucket']);
  };
  const text = (name: string): string => follow(has[name]);
  const tags = tagsOf(has['tags']);
  switch (type) {
    case 'aws_iam_role':
      return [
        {
          kind: 'create-role',
          id,
          roleName: text('name'),
          path: text('path'),
          description: text('description'),
          trustPolicy: text('assume_role_policy'),
          maxSessionDuration: Number(has['max_session_duration']),
          ...('permissions_boundary' in has ? { permissionsBoundaryArn: text('permissions_boundary') } : {}),
          tags,
        },
      ];
    case 'aws_iam_role_policy_attachment':
      return [{ kind: 'attach-role-policy', id, roleName: text('role'), policyArn: text('policy_arn') }];
    case 'aws_iam_role_policy':
      return [
        { kind: 'put-role-policy', id, roleName: text('role'), policyName: text('name'), document: text('policy') },
      ];
    case 'aws_iam_policy':
      return [
        {
          kind: 'create-policy',
          id,
          policyName: text('name'),
          policyArn: policyArn(text('path'), text('name')),
          path: text('path'),
          description: text('description'),
          document: text('policy'),
          tags,
        },
      ];
    case 'aws_iam_instance_profile':
      return [
        { kind: 'create-instance-profile', id, profileName: text('name'), path: text('path'), tags },
        ...('role' in has
          ? [{ kind: 'add-role-to-instance-profile' as const, id, profileName: text('name'), roleName: text('role') }]
          : []),
      ];
    case 'aws_iam_group':
      return [{ kind: 'create-group', id, groupName: text('name'), path: text('path') }];
    case 'aws_iam_group_policy_attachment':
      return [{ kind: 'attach-group-policy', id, groupName: text('group'), policyArn: text('policy_arn') }];
    case 'aws_iam_user':
      return [{ kind: 'create-user', id, userName: text('name'), path: text('path'), tags }];
    case 'aws_iam_user_policy_attachment':
      return [{ kind: 'attach-user-policy', id, userName: text('user'), policyArn: text('policy_arn') }];
    case 'aws_iam_user_group_membership':
      return (has['groups'] as readonly unknown[]).map((group) => ({
        kind: 'add-user-to-group' as const,
        id,
        userName: text('user'),
        groupName: follow(group),
      }));
    case 'aws_s3_bucket':
      return [{ kind: 'create-bucket', id, bucket: text('bucket'), region, tags }];
    case 'aws_s3_bucket_public_access_block':
      return [{ kind: 'put-public-access-block', id, bucket: text('bucket'), region }];
    case 'aws_s3_bucket_versioning':
      return [{ kind: 'put-bucket-versioning', id, bucket: text('bucket'), region }];
    case 'aws_s3_bucket_policy':
      return [{ kind: 'put-bucket-policy', id, bucket: text('bucket'), region, document: text('policy') }];
    default:
      throw new Error(`${type} is no resource of ours`);
  }
}

function tagsOf(tags: unknown): { key: string; value: string }[] {
  return Object.entries((tags ?? {}) as Readonly<Record<string, unknown>>).map(([key, value]) => ({
    key,
    value: valueOf(value),
  }));
}
