import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { PlanStep } from '../../core/domain/plan-step';
import type { AwsCredentials } from '../../main/aws/aws-api';

export type Place = {
  readonly endpoint: string;
  readonly credentials: Pick<AwsCredentials, 'accessKeyId' | 'secretAccessKey'>;
};

/** The bare SDK at a loopback server, for what CloudFormation, Terraform or a person does in the tests. */
export function clientsAt({ credentials, endpoint }: Place): { readonly iam: IAMClient; readonly s3: S3Client } {
  const { accessKeyId, secretAccessKey } = credentials;
  const config = { endpoint, credentials: { accessKeyId, secretAccessKey }, region: 'eu-west-1', maxAttempts: 1 };
  return { iam: new IAMClient(config), s3: new S3Client({ ...config, forcePathStyle: true }) };
}

/** What others hang on comes first, as CloudFormation and Terraform find out from the references. */
const first: readonly PlanStep['kind'][] = [
  'create-policy',
  'create-role',
  'create-instance-profile',
  'create-group',
  'create-user',
  'create-bucket',
];

/** Makes what a file says, in an order in which each finds what it needs. Rejects with AWS’s refusal. */
export async function carryOut(steps: readonly PlanStep[], place: Place): Promise<void> {
  const clients = clientsAt(place);
  for (const kind of first) for (const step of steps) if (step.kind === kind) await carryOutStep(step, clients);
  for (const step of steps) if (!first.includes(step.kind)) await carryOutStep(step, clients);
}

export async function carryOutStep(step: PlanStep, { iam, s3 }: ReturnType<typeof clientsAt>): Promise<unknown> {
  const tags = 'tags' in step ? step.tags.map(({ key, value }) => ({ Key: key, Value: value })) : [];
  switch (step.kind) {
    case 'create-role':
      return await iam.send(
        new CreateRoleCommand({
          RoleName: step.roleName,
          Path: step.path,
          Description: step.description,
          AssumeRolePolicyDocument: step.trustPolicy,
          MaxSessionDuration: step.maxSessionDuration,
          ...(step.permissionsBoundaryArn === undefined ? {} : { PermissionsBoundary: step.permissionsBoundaryArn }),
          Tags: tags,
        }),
      );
    case 'attach-role-policy':
      return await iam.send(new AttachRolePolicyCommand({ RoleName: step.roleName, PolicyArn: step.policyArn }));
    case 'put-role-policy':
      return await iam.send(
        new PutRolePolicyCommand({
          RoleName: step.roleName,
          PolicyName: step.policyName,
          PolicyDocument: step.document,
        }),
      );
    case 'create-policy':
      return await iam.send(
        new CreatePolicyCommand({
          PolicyName: step.policyName,
          Path: step.path,
          Description: step.description,
          PolicyDocument: step.document,
          Tags: tags,
        }),
      );
    case 'create-instance-profile':
      return await iam.send(
        new CreateInstanceProfileCommand({ InstanceProfileName: step.profileName, Path: step.path, Tags: tags }),
      );
    case 'add-role-to-instance-profile':
      return await iam.send(
        new AddRoleToInstanceProfileCommand({ InstanceProfileName: step.profileName, RoleName: step.roleName }),
      );
    case 'create-group':
      return await iam.send(new CreateGroupCommand({ GroupName: step.groupName, Path: step.path }));
    case 'attach-group-policy':
      return await iam.send(new AttachGroupPolicyCommand({ GroupName: step.groupName, PolicyArn: step.policyArn }));
    case 'create-user':
      return await iam.send(new CreateUserCommand({ UserName: step.userName, Path: step.path, Tags: tags }));
    case 'attach-user-policy':
      return await iam.send(new AttachUserPolicyCommand({ UserName: step.userName, PolicyArn: step.policyArn }));
    case 'add-user-to-group':
      return await iam.send(new AddUserToGroupCommand({ UserName: step.userName, GroupName: step.groupName }));
    case 'create-access-key':
      return await iam.send(new CreateAccessKeyCommand({ UserName: step.userName }));
    case 'create-bucket':
      await s3.send(
        new CreateBucketCommand({
          Bucket: step.bucket,
          CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
        }),
      );
      return await s3.send(new PutBucketTaggingCommand({ Bucket: step.bucket, Tagging: { TagSet: tags } }));
    case 'put-public-access-block':
      return await s3.send(
        new PutPublicAccessBlockCommand({
          Bucket: step.bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            IgnorePublicAcls: true,
            BlockPublicPolicy: true,
            RestrictPublicBuckets: true,
          },
        }),
      );
    case 'put-bucket-versioning':
      return await s3.send(
        new PutBucketVersioningCommand({
          Bucket: step.bucket,
          VersioningConfiguration: { Status: 'Enabled' },
        }),
      );
    case 'put-bucket-policy':
      return await s3.send(new PutBucketPolicyCommand({ Bucket: step.bucket, Policy: step.document }));
  }
}
