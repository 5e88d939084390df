import type { PlanStep } from '../../core/domain/plan-step';

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

/** What CloudFormation has no tags for. */
export const untaggedInTemplates = ['create-policy', 'create-instance-profile'] as const;

/**
 * A template for one account read back as what CloudFormation makes of it. Knows what ours use of the template language,
 * which is `Ref`, and throws for anything else.
 */
export function stepsOfTemplate(template: string, accountId: string): readonly PlanStep[] {
  const { Resources: resources } = JSON.parse(template) as { Resources: Readonly<Record<string, Resource>> };
  const reader = new TemplateReader(resources, accountId);
  return Object.values(resources).flatMap((resource) => reader.read(resource));
}

class TemplateReader {
  readonly #resources: Readonly<Record<string, Resource>>;
  readonly #accountId: string;

  constructor(resources: Readonly<Record<string, Resource>>, accountId: string) {
    this.#resources = resources;
    this.#accountId = accountId;
  }

  read({ Properties: has, Type }: Resource): readonly PlanStep[] {
    const id = '';
    const text = (name: string): string => this.#value(has[name]);
    const list = (name: string): readonly string[] => listOf(has[name]).map((value) => this.#value(value));
    switch (Type) {
      case 'AWS::IAM::Role': {
        const role = { id, roleName: text('RoleName') };
        return [
          {
            kind: 'create-role',
            ...role,
            path: text('Path'),
            description: text('Description'),
            trustPolicy: JSON.stringify(has['AssumeRolePolicyDocument']),
            maxSessionDuration: Number(has['MaxSessionDuration']),
            ...('PermissionsBoundary' in has ? { permissionsBoundaryArn: text('PermissionsBoundary') } : {}),
            tags: tagsOf(has),
          },
          ...list('ManagedPolicyArns').map((policyArn) => ({
            kind: 'attach-role-policy' as const,
            ...role,
            policyArn,
          })),
          ...(listOf(has['Policies']) as readonly { PolicyName: string; PolicyDocument: unknown }[]).map((inline) => ({
            kind: 'put-role-policy' as const,
            ...role,
            policyName: inline.PolicyName,
            document: JSON.stringify(inline.PolicyDocument),
          })),
        ];
      }
      case 'AWS::IAM::ManagedPolicy':
        return [
          {
            kind: 'create-policy',
            id,
            policyName: text('ManagedPolicyName'),
            policyArn: this.#policyArn(has),
            path: text('Path'),
            description: text('Description'),
            document: JSON.stringify(has['PolicyDocument']),
            tags: [],
          },
        ];
      case 'AWS::IAM::InstanceProfile': {
        const profile = { id, profileName: text('InstanceProfileName') };
        return [
          { kind: 'create-instance-profile', ...profile, path: text('Path'), tags: [] },
          ...list('Roles').map((roleName) => ({ kind: 'add-role-to-instance-profile' as const, ...profile, roleName })),
        ];
      }
      case 'AWS::IAM::Group': {
        const group = { id, groupName: text('GroupName') };
        return [
          { kind: 'create-group', ...group, path: text('Path') },
          ...list('ManagedPolicyArns').map((policyArn) => ({
            kind: 'attach-group-policy' as const,
            ...group,
            policyArn,
          })),
        ];
      }
      case 'AWS::IAM::User': {
        const user = { id, userName: text('UserName') };
        return [
          { kind: 'create-user', ...user, path: text('Path'), tags: tagsOf(has) },
          ...list('ManagedPolicyArns').map((policyArn) => ({
            kind: 'attach-user-policy' as const,
            ...user,
            policyArn,
          })),
          ...list('Groups').map((groupName) => ({ kind: 'add-user-to-group' as const, ...user, groupName })),
        ];
      }
      case 'AWS::S3::Bucket': {
        const bucket = { id, bucket: text('BucketName'), region: 'eu-west-1' };
        return [
          { kind: 'create-bucket', ...bucket, tags: tagsOf(has) },
          ...('PublicAccessBlockConfiguration' in has ? [{ kind: 'put-public-access-block' as const, ...bucket }] : []),
          ...('VersioningConfiguration' in has ? [{ kind: 'put-bucket-versioning' as const, ...bucket }] : []),
        ];
      }
      case 'AWS::S3::BucketPolicy':
        return [
          {
            kind: 'put-bucket-policy',
            id,
            bucket: text('Bucket'),
            region: 'eu-west-1',
            document: JSON.stringify(has['PolicyDocument']),
          },
        ];
      default:
        throw new Error(`${Type} is no resource of ours`);
    }
  }

  /** A text, or what `Ref` gives: a managed policy’s ARN, the name of everything else (resource reference, “Return values”). */
  #value(value: unknown): string {
    if (value === undefined) return '';
    if (typeof value === 'string') return value;
    const keys = Object.keys(value as object);
    const { Properties: has, Type } = this.#resources[(value as { Ref: string }).Ref] ?? { Properties: {}, Type: '' };
    if (keys.join() !== 'Ref' || Type === '') throw new Error(`nothing is known of ${JSON.stringify(value)}`);
    if (Type === 'AWS::IAM::ManagedPolicy') return this.#policyArn(has);
    return this.#value(has['RoleName'] ?? has['GroupName'] ?? has['BucketName']);
  }

  #policyArn(has: Resource['Properties']): string {
    return `arn:aws:iam::${this.#accountId}:policy${this.#value(has['Path'])}${this.#value(has['ManagedPolicyName'])}`;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function tagsOf({ Tags }: Resource['Properties']): { key: string; value: string }[] {
  return (listOf(Tags) as readonly { Key: string; Value: string }[]).map(({ Key, Value }) => ({
    key: Key,
    value: Value,
  }));
}
