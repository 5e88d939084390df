import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CreateOrganizationCommand } from '@aws-sdk/client-organizations';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { createSecrets } from '../../../main/sandbox/secrets';
import { policy, practice, testSigningKey, trustPolicy, valueOf, type Practice } from '../../support/practice';
import { bareIam, bareOrganizations, bareS3, refusalOf } from '../../support/sdk';

const Bucket = 'revisions-222233334444';
const bucketArn = `arn:aws:s3:::${Bucket}`;
const objects = `${bucketArn}/*`;
const readerArn = 'arn:aws:iam::333344445555:role/Instance';

/** The bucket is the owner's (2222…); the role that reads is the management account's (3333…). */
describe('who may do what with a bucket', () => {
  let world: Practice;
  let owner: S3Client;

  const s3 = (credentials: AwsCredentials) => bareS3(world.sandbox, world.clock, credentials);
  const put = (...statements: readonly object[]) =>
    owner.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(...statements) }));
  const allow = (
    Principal: unknown,
    Action: string | readonly string[],
    Resource: string | readonly string[],
    more = {},
  ) => ({
    Effect: 'Allow',
    Principal,
    Action,
    Resource,
    ...more,
  });
  const get = (client: S3Client, Key = 'app.zip') => client.send(new GetObjectCommand({ Bucket, Key }));
  const list = (client: S3Client, more = {}) => client.send(new ListObjectsV2Command({ Bucket, ...more }));

  /** A session of a new role of that account with these statements. */
  async function credentialsOf(
    part: 'owner' | 'management',
    name: string,
    ...statements: readonly object[]
  ): Promise<AwsCredentials> {
    const identity = world.sandbox.identities[part];
    const iam = world.iam(identity);
    await valueOf(
      iam.createRole({
        name,
        path: '/',
        description: '',
        trustPolicy: trustPolicy({ principal: `arn:aws:iam::${identity.accountId}:root` }),
        maxSessionDuration: 3600,
        tags: [],
      }),
    );
    if (statements.length > 0) await valueOf(iam.putRolePolicy(name, 'Own', policy(...statements)));
    const roleArn = `arn:aws:iam::${identity.accountId}:role/${name}`;
    const { credentials } = await valueOf(
      world.sts(identity).assumeRole({ roleArn, sessionName: 's3', durationSeconds: 900 }),
    );
    return credentials;
  }

  const sessionOf = async (...given: Parameters<typeof credentialsOf>) => s3(await credentialsOf(...given));

  beforeEach(async () => {
    world = practice();
    owner = s3(world.sandbox.identities.owner);
    await owner.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    await owner.send(new PutObjectCommand({ Bucket, Key: 'app.zip', Body: 'revision' }));
  });

  test('across accounts an instance’s role reads once the bucket’s policy names it, and only while both sides allow', async () => {
    const ownPolicy = { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' };
    const reader = await sessionOf('management', 'Instance', ownPolicy);
    const { management } = world.sandbox.identities;
    const iam = bareIam(world.sandbox, world.clock, management);
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'Instance' }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'Instance', RoleName: 'Instance' }));
    expect(await refusalOf(get(reader))).toEqual({ name: 'AccessDenied', message: 'Access Denied', status: 403 });

    // The mistake of many: the profile is no principal, the role in it is.
    const profile = put(allow({ AWS: 'arn:aws:iam::333344445555:instance-profile/Instance' }, 's3:GetObject', objects));
    expect(await refusalOf(profile)).toMatchObject({
      name: 'MalformedPolicy',
      message: 'Invalid principal in policy',
      status: 400,
    });

    await put(allow({ AWS: readerArn }, ['s3:Get*', 's3:List*'], objects));
    expect(await (await get(reader)).Body?.transformToString()).toBe('revision');
    // Listing acts on the bucket, which the resource with /* is not.
    expect(await refusalOf(list(reader))).toMatchObject({ name: 'AccessDenied', message: 'Access Denied' });
    expect(await refusalOf(reader.send(new HeadBucketCommand({ Bucket })))).toMatchObject({ status: 403 });
    await put(allow({ AWS: readerArn }, ['s3:Get*', 's3:List*'], [bucketArn, objects]));
    expect((await list(reader)).Contents?.map((item) => item.Key)).toEqual(['app.zip']);
    await reader.send(new HeadBucketCommand({ Bucket }));

    await valueOf(world.iam(management).deleteRolePolicy('Instance', 'Own'));
    expect((await refusalOf(get(reader))).name).toBe('AccessDenied');
    await valueOf(world.iam(management).putRolePolicy('Instance', 'Own', policy(ownPolicy)));
    await get(reader);
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect((await refusalOf(get(reader))).name).toBe('AccessDenied');
  });

  test('a role named in the policy is kept by its unique ID', async () => {
    await sessionOf('management', 'Instance');
    await put(allow({ AWS: [readerArn, '333344445555'] }, 's3:GetObject', objects));
    const shown = async () => (await owner.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '';
    expect(await shown()).toContain(`["${readerArn}","arn:aws:iam::333344445555:root"]`);
    const { management } = world.sandbox.identities;
    await valueOf(world.iam(management).deleteRole('Instance'));
    expect(await shown()).toMatch(/\["AROA[A-Z2-7]{17}",/);
    const again = await sessionOf('management', 'Instance', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
    await put(allow({ AWS: readerArn }, 's3:GetObject', objects));
    await get(again);
  });

  test('inside the account either side is enough, and the reason for a refusal is told', async () => {
    const nobody = await sessionOf('owner', 'Nobody');
    const arn = 'arn:aws:sts::222233334444:assumed-role/Nobody/s3';
    expect(await refusalOf(get(nobody))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
      message: `User: ${arn} is not authorized to perform: s3:GetObject on resource: "${bucketArn}/app.zip" because no identity-based policy allows the s3:GetObject action`,
    });
    expect((await refusalOf(nobody.send(new ListBucketsCommand({})))).message).toBe(
      `User: ${arn} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
    );
    await put(allow({ AWS: 'arn:aws:iam::222233334444:role/Nobody' }, 's3:GetObject', objects));
    await get(nobody);
    // Only who may list learns that a key is not there.
    expect((await refusalOf(get(nobody, 'missing'))).message).toContain('is not authorized to perform: s3:ListBucket');
    expect(await refusalOf(nobody.send(new HeadObjectCommand({ Bucket, Key: 'missing' })))).toMatchObject({
      status: 403,
    });
    await put({ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: objects });
    expect((await refusalOf(get(owner))).message).toMatch(/ with an explicit deny in a resource-based policy$/);
  });

  test('inside an organization the reason is told across accounts', async () => {
    const { management } = world.sandbox.identities;
    await bareOrganizations(world.sandbox, world.clock, management).send(new CreateOrganizationCommand({}));
    const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const credentials = await credentialsOf('management', 'Instance', all);
    const snapshot = world.sandbox.snapshot();
    const [organization] = snapshot.organizations ?? [];
    if (organization === undefined) throw new Error('no organization');
    organization.accounts.push({
      id: '222233334444',
      parentId: organization.rootId,
      email: 'owner@example.com',
      state: 'ACTIVE',
      joinedMethod: 'INVITED',
      joinedAt: 0,
      tags: [],
    });
    const joined = practice({ snapshot });
    const told = await refusalOf(get(bareS3(joined.sandbox, joined.clock, credentials)));
    expect(told.message).toMatch(/ because no resource-based policy allows the s3:GetObject action$/);
  });

  test('conditions on lists and on headers hold', async () => {
    const nobody = await sessionOf('owner', 'Nobody');
    const AWS = 'arn:aws:iam::222233334444:role/Nobody';
    await put(
      allow({ AWS }, 's3:ListBucket', bucketArn, {
        Condition: { StringLike: { 's3:prefix': ['home/*'] }, NumericLessThanEquals: { 's3:max-keys': 10 } },
      }),
      allow({ AWS }, 's3:PutObject', objects, {
        Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
      }),
    );
    await list(nobody, { Prefix: 'home/nobody', MaxKeys: 10 });
    for (const refused of [{ Prefix: 'home/x', MaxKeys: 11 }, { MaxKeys: 1 }, { Prefix: 'other/', MaxKeys: 1 }])
      expect((await refusalOf(list(nobody, refused))).name).toBe('AccessDenied');
    const upload = { Bucket, Key: 'new', Body: 'x' };
    expect((await refusalOf(nobody.send(new PutObjectCommand(upload)))).name).toBe('AccessDenied');
    await nobody.send(new PutObjectCommand({ ...upload, ServerSideEncryption: 'AES256' }));
  });

  test('only the owner’s account touches the policy, and another owner than expected is refused', async () => {
    const { management, owner: identity } = world.sandbox.identities;
    await put(allow({ AWS: 'arn:aws:iam::333344445555:root' }, 's3:*', [bucketArn, objects]));
    expect(await refusalOf(s3(management).send(new GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'MethodNotAllowed',
      status: 405,
    });
    await get(s3(management));
    const expecting = (ExpectedBucketOwner: string) =>
      owner.send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner }));
    await expecting(identity.accountId);
    expect(await refusalOf(expecting(management.accountId))).toMatchObject({ name: 'AccessDenied', status: 403 });
    await owner.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await refusalOf(owner.send(new GetBucketPolicyCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchBucketPolicy',
      status: 404,
    });
  });

  test('a policy that locks everybody out can be taken away by the account’s root', async () => {
    const id = '222233334444';
    const rooted = practice({
      scenario: {
        title: 'Rooted',
        description: 'A root with a key',
        accounts: [{ id, name: 'Rooted', rootAccessKey: true, users: [] }],
      },
    });
    const accessKeyId = rooted.sandbox.snapshot().accounts[0]?.rootAccessKeys[0]?.id ?? '';
    const root = bareS3(rooted.sandbox, rooted.clock, {
      accessKeyId,
      secretAccessKey: createSecrets(testSigningKey).secretAccessKey(accessKeyId),
    });
    await root.send(new CreateBucketCommand({ Bucket }));
    const Policy = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, objects] });
    await root.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await refusalOf(list(root))).message).toMatch(/ with an explicit deny in a resource-based policy$/);
    await root.send(new DeleteBucketPolicyCommand({ Bucket }));
    await list(root);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', 'nonsense', "Policies must be valid JSON and the first byte must be '{'"],
    [
      'no principal',
      { Effect: 'Allow', Action: 's3:GetObject', Resource: objects },
      'Missing required field Principal',
    ],
    ['another bucket', { Resource: 'arn:aws:s3:::somebody-elses/*' }, 'Policy has invalid resource'],
    ['a name that only begins so', { Resource: `${bucketArn}-2/*` }, 'Policy has invalid resource'],
    ['no such action', { Action: 's3:GetObjekt' }, 'Policy has invalid action'],
    ['another service’s action', { Action: 'ec2:RunInstances' }, 'Policy has invalid action'],
    [
      'a bucket’s action on objects',
      { Action: 's3:ListBucket' },
      'Action does not apply to any resource(s) in statement',
    ],
    [
      'an object’s action on the bucket',
      { Resource: bucketArn },
      'Action does not apply to any resource(s) in statement',
    ],
    [
      'a list’s condition on reading',
      { Condition: { StringEquals: { 's3:prefix': 'a' } } },
      'Conditions do not apply to combination of actions and resources in statement',
    ],
    [
      'a role that is not there',
      { Principal: { AWS: 'arn:aws:iam::333344445555:role/Typo' } },
      'Invalid principal in policy',
    ],
    [
      'a wildcard in a principal',
      { Principal: { AWS: 'arn:aws:iam::333344445555:role/*' } },
      'Invalid principal in policy',
    ],
  ])('a policy with %s is malformed', async (_fault, change, message) => {
    const whole = allow({ AWS: '222233334444' }, 's3:GetObject', objects);
    const Policy =
      typeof change === 'string'
        ? change
        : policy(message.startsWith('Missing') ? (change as object) : { ...whole, ...(change as object) });
    expect(await refusalOf(owner.send(new PutBucketPolicyCommand({ Bucket, Policy })))).toMatchObject({
      name: 'MalformedPolicy',
      status: 400,
      message,
    });
  });

  const everyone = allow('*', 's3:GetObject', objects);
  test.each<[boolean, string, object]>([
    [true, 'everyone', everyone],
    [true, 'everyone by AWS', { ...everyone, Principal: { AWS: '*' } }],
    [true, 'a wildcard in the condition', { ...everyone, Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } }],
    [true, 'half of the internet', { ...everyone, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }],
    [
      true,
      'a condition that may be absent',
      { ...everyone, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
    [true, 'a condition on anything else', { ...everyone, Condition: { StringEquals: { 'aws:Referer': 'x' } } }],
    [false, 'one network', { ...everyone, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
    [false, 'one organization', { ...everyone, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
    [false, 'one account', { ...everyone, Principal: { AWS: '333344445555' } }],
    [false, 'a denial of everyone', { ...everyone, Effect: 'Deny' }],
  ])('public is %s of a policy for %s', async (isPublic, _name, statement) => {
    const saving = put(statement);
    if (isPublic) {
      expect(await refusalOf(saving)).toEqual({
        name: 'AccessDenied',
        status: 403,
        message: `User: arn:aws:iam::222233334444:user/practice-owner is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      });
      await owner.send(new DeletePublicAccessBlockCommand({ Bucket }));
      await put(statement);
    } else await saving;
    const status = await owner.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(status.PolicyStatus?.IsPublic).toBe(isPublic);
  });

  test('a public policy lets other accounts in only while public buckets are not restricted', async () => {
    const stranger = s3(world.sandbox.identities.management);
    const block = (RestrictPublicBuckets: boolean) =>
      owner.send(
        new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets } }),
      );
    await block(false);
    await put(everyone);
    await get(stranger);
    await block(true);
    expect((await refusalOf(get(stranger))).name).toBe('AccessDenied');
    await get(owner);
    expect((await refusalOf(stranger.send(new GetBucketTaggingCommand({ Bucket })))).name).toBe('AccessDenied');
  });
});
