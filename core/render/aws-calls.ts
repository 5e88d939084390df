import { describeStep, type PlanStep, type PlanStepOf } from '../domain/plan-step';
import type { AccountPart } from './account-parts';

/** One call in the AWS CLI's words. The request goes as JSON in a file, a document as a file of its own. */
export type AwsCall = {
  readonly service: 'iam' | 's3api';
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly document?: { readonly option: string; readonly text: string };
};

/** What tells that something is ours: the `OnboardingId` tag in a list of tags, or the path of what takes no tags. */
export type Owner = {
  readonly look: AwsCall;
  readonly by: { readonly kind: 'tagged'; readonly query: string } | { readonly kind: 'at'; readonly path: string };
};

/** All keys of a user, or old versions of a policy: listed, and removed one by one. */
export type Each = {
  readonly list: AwsCall;
  readonly query: string;
  readonly operation: string;
  readonly option: string;
};

/** How a step is carried out and taken back by calls that can be repeated. */
export type StepCalls = {
  readonly title: string;
  /** the object that is made, or the one that the step adds to */
  readonly owner: Owner;
  /** `object`: made where it is absent; `part`: made each time; `key`: its answer is a secret; `policy`: of a bucket that was there before */
  readonly makes: 'object' | 'part' | 'key' | 'policy';
  /** a part that AWS would refuse to make twice */
  readonly unless?: { readonly look: AwsCall; readonly query: string };
  readonly make: readonly AwsCall[];
  readonly undoEach?: Each;
  readonly undo: readonly AwsCall[];
};

const iam = (operation: string, request: AwsCall['request'], document?: AwsCall['document']): AwsCall => ({
  service: 'iam',
  operation,
  request,
  ...(document === undefined ? {} : { document }),
});

function tagsOf(tags: readonly { readonly key: string; readonly value: string }[]): Record<string, unknown> {
  return tags.length === 0 ? {} : { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
}

const described = (text: string): Record<string, unknown> => (text === '' ? {} : { Description: text });

const tagged = (look: AwsCall, query: string): Owner => ({ look, by: { kind: 'tagged', query } });
const roleOwner = (RoleName: string) => tagged(iam('get-role', { RoleName }), 'Role.Tags');
const userOwner = (UserName: string) => tagged(iam('get-user', { UserName }), 'User.Tags');
const profileOwner = (InstanceProfileName: string) =>
  tagged(iam('get-instance-profile', { InstanceProfileName }), 'InstanceProfile.Tags');

/** The calls of one step. `part` knows what else is made in the account. */
export function callsOf(step: PlanStep, part: AccountPart): StepCalls {
  return { title: describeStep(step).title, ...calls(step, part) };
}

function calls(step: PlanStep, part: AccountPart): Omit<StepCalls, 'title'> {
  switch (step.kind) {
    case 'create-role':
      return createRole(step);
    case 'attach-role-policy': {
      const request = { RoleName: step.roleName, PolicyArn: step.policyArn };
      return attachment(roleOwner(step.roleName), 'attach-role-policy', 'detach-role-policy', request);
    }
    case 'put-role-policy': {
      const request = { RoleName: step.roleName, PolicyName: step.policyName };
      return {
        owner: roleOwner(step.roleName),
        makes: 'part',
        make: [iam('put-role-policy', request, { option: '--policy-document', text: step.document })],
        undo: [iam('delete-role-policy', request)],
      };
    }
    case 'create-policy':
      return createPolicy(step);
    case 'create-instance-profile': {
      const name = { InstanceProfileName: step.profileName };
      return {
        owner: profileOwner(step.profileName),
        makes: 'object',
        make: [iam('create-instance-profile', { ...name, Path: step.path, ...tagsOf(step.tags) })],
        undo: [iam('delete-instance-profile', name)],
      };
    }
    case 'add-role-to-instance-profile': {
      const request = { InstanceProfileName: step.profileName, RoleName: step.roleName };
      const owner = profileOwner(step.profileName);
      return {
        ...attachment(owner, 'add-role-to-instance-profile', 'remove-role-from-instance-profile', request),
        unless: { look: owner.look, query: `InstanceProfile.Roles[?RoleName=='${step.roleName}'] | [0].RoleName` },
      };
    }
    case 'create-group': {
      const name = { GroupName: step.groupName };
      return {
        owner: groupOwner(step.groupName, part),
        makes: 'object',
        make: [iam('create-group', { ...name, Path: step.path })],
        undo: [iam('delete-group', name)],
      };
    }
    case 'attach-group-policy': {
      const request = { GroupName: step.groupName, PolicyArn: step.policyArn };
      return attachment(groupOwner(step.groupName, part), 'attach-group-policy', 'detach-group-policy', request);
    }
    case 'create-user': {
      const name = { UserName: step.userName };
      return {
        owner: userOwner(step.userName),
        makes: 'object',
        make: [iam('create-user', { ...name, Path: step.path, ...tagsOf(step.tags) })],
        undo: [iam('delete-user', name)],
      };
    }
    case 'attach-user-policy': {
      const request = { UserName: step.userName, PolicyArn: step.policyArn };
      return attachment(userOwner(step.userName), 'attach-user-policy', 'detach-user-policy', request);
    }
    case 'add-user-to-group': {
      const request = { GroupName: step.groupName, UserName: step.userName };
      return attachment(userOwner(step.userName), 'add-user-to-group', 'remove-user-from-group', request);
    }
    case 'create-access-key':
      return createAccessKey(step);
    default:
      return bucketCalls(step, part);
  }
}

function createRole(step: PlanStepOf<'create-role'>): Omit<StepCalls, 'title'> {
  const request = {
    RoleName: step.roleName,
    Path: step.path,
    ...described(step.description),
    MaxSessionDuration: step.maxSessionDuration,
    ...(step.permissionsBoundaryArn === undefined ? {} : { PermissionsBoundary: step.permissionsBoundaryArn }),
    ...tagsOf(step.tags),
  };
  return {
    owner: roleOwner(step.roleName),
    makes: 'object',
    make: [iam('create-role', request, { option: '--assume-role-policy-document', text: step.trustPolicy })],
    undo: [iam('delete-role', { RoleName: step.roleName })],
  };
}

function createPolicy(step: PlanStepOf<'create-policy'>): Omit<StepCalls, 'title'> {
  const arn = { PolicyArn: step.policyArn };
  const request = {
    PolicyName: step.policyName,
    Path: step.path,
    ...described(step.description),
    ...tagsOf(step.tags),
  };
  return {
    owner: tagged(iam('get-policy', arn), 'Policy.Tags'),
    makes: 'object',
    make: [iam('create-policy', request, { option: '--policy-document', text: step.document })],
    undoEach: {
      list: iam('list-policy-versions', arn),
      query: 'Versions[?!IsDefaultVersion].VersionId',
      operation: 'delete-policy-version',
      option: '--version-id',
    },
    undo: [iam('delete-policy', arn)],
  };
}

function createAccessKey({ userName }: PlanStepOf<'create-access-key'>): Omit<StepCalls, 'title'> {
  const list = iam('list-access-keys', { UserName: userName });
  return {
    owner: userOwner(userName),
    makes: 'key',
    unless: { look: list, query: 'AccessKeyMetadata[0].AccessKeyId' },
    make: [iam('create-access-key', { UserName: userName })],
    undoEach: {
      list,
      query: 'AccessKeyMetadata[].AccessKeyId',
      operation: 'delete-access-key',
      option: '--access-key-id',
    },
    undo: [],
  };
}

function attachment(
  owner: Owner,
  attach: string,
  detach: string,
  request: AwsCall['request'],
): Omit<StepCalls, 'title'> {
  return { owner, makes: 'part', make: [iam(attach, request)], undo: [iam(detach, request)] };
}

/** IAM has no tags for groups: the plan's path, which carries the onboarding's ID, stands for them. */
function groupOwner(GroupName: string, part: AccountPart): Owner {
  const path = part.steps.find((step) => step.kind === 'create-group' && step.groupName === GroupName);
  return {
    look: iam('get-group', { GroupName }),
    by: { kind: 'at', path: path?.kind === 'create-group' ? path.path : '/' },
  };
}

type BucketStep = PlanStepOf<
  'create-bucket' | 'put-public-access-block' | 'put-bucket-versioning' | 'put-bucket-policy'
>;

function bucketCalls(step: BucketStep, part: AccountPart): Omit<StepCalls, 'title'> {
  const s3 = (operation: string, more: AwsCall['request'] = {}, document?: AwsCall['document']): AwsCall => ({
    service: 's3api',
    operation,
    // Names of buckets are taken by whoever comes first: without this a bucket of another account might answer.
    request: { Bucket: step.bucket, ExpectedBucketOwner: part.accountId, ...more },
    ...(document === undefined ? {} : { document }),
  });
  const owner = tagged(s3('get-bucket-tagging'), 'TagSet');
  switch (step.kind) {
    case 'create-bucket': {
      // us-east-1 is no location: S3 refuses its name there.
      const location =
        step.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: step.region } };
      const create: AwsCall = {
        service: 's3api',
        operation: 'create-bucket',
        request: { Bucket: step.bucket, ...location },
      };
      const tagging = { Tagging: { TagSet: tagsOf(step.tags)['Tags'] ?? [] } };
      return {
        owner,
        makes: 'object',
        make: [create, s3('put-bucket-tagging', tagging)],
        undo: [s3('delete-bucket')],
      };
    }
    case 'put-public-access-block': {
      const block = {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      };
      return bucketPart(owner, s3('put-public-access-block', { PublicAccessBlockConfiguration: block }));
    }
    case 'put-bucket-versioning':
      return bucketPart(owner, s3('put-bucket-versioning', { VersioningConfiguration: { Status: 'Enabled' } }));
    case 'put-bucket-policy': {
      const put = s3('put-bucket-policy', {}, { option: '--policy', text: step.document });
      if (part.makesBucket(step.bucket)) return bucketPart(owner, put);
      return { owner, makes: 'policy', make: [put], undo: [s3('delete-bucket-policy')] };
    }
  }
}

/** A setting of a bucket that is deleted as a whole. */
function bucketPart(owner: Owner, make: AwsCall): Omit<StepCalls, 'title'> {
  return { owner, makes: 'part', make: [make], undo: [] };
}
