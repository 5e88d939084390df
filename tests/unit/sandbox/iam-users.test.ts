import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccountAliasesCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { parseSandboxSnapshot } from '../../../main/sandbox/snapshot';
import { administratorAccess, policy, practice, trustPolicy, type Practice } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

const aliases = policy({ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' });
const aliasesDenied =
  /^User: arn:aws:iam::222233334444:user\/anna is not authorized to perform: iam:ListAccountAliases on resource: \* /;

describe('users and groups in the sandbox, through the real SDK', { timeout: 30_000 }, () => {
  let world: Practice;
  let iam: IAMClient;
  const as = (credentials: AwsCredentials) => bareIam(world.sandbox, world.clock, credentials);
  const newKey = async (name: string): Promise<AwsCredentials> => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  };
  const listAliases = (credentials: AwsCredentials) => as(credentials).send(new ListAccountAliasesCommand({}));

  beforeEach(async () => {
    world = practice();
    iam = as(world.sandbox.identities.owner);
    await iam.send(new CreateUserCommand({ UserName: 'anna', Tags: [{ Key: 'Team', Value: 'one' }] }));
  });

  test('a user comes back as it was made; lists say less', async () => {
    const made = await iam.send(
      new CreateUserCommand({ UserName: 'Ben', Path: '/people/', PermissionsBoundary: administratorAccess }),
    );
    expect(made.User?.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(made.User).toMatchObject({
      Arn: 'arn:aws:iam::222233334444:user/people/Ben',
      PermissionsBoundary: { PermissionsBoundaryArn: administratorAccess, PermissionsBoundaryType: 'Policy' },
    });
    expect((await iam.send(new GetUserCommand({ UserName: 'ben' }))).User).toEqual(made.User);
    const listed = await iam.send(new ListUsersCommand({ PathPrefix: '/people/' }));
    expect(listed.Users?.map((user) => user.UserName)).toEqual(['Ben']);
    expect(listed.Users?.[0]?.PermissionsBoundary).toBeUndefined();
    expect((await refusalOf(iam.send(new CreateUserCommand({ UserName: 'ANNA' })))).name).toBe(
      'EntityAlreadyExistsException',
    );
    expect(await refusalOf(iam.send(new GetUserCommand({ UserName: 'carl' })))).toEqual({
      name: 'NoSuchEntityException',
      message: 'The user with name carl cannot be found.',
      status: 404,
    });
    expect((await refusalOf(iam.send(new CreateUserCommand({ UserName: 'x'.repeat(65) })))).name).toBe(
      'ValidationError',
    );
  });

  test('tags change by key without regard to case', async () => {
    await iam.send(
      new TagUserCommand({
        UserName: 'anna',
        Tags: [
          { Key: 'team', Value: 'two' },
          { Key: 'x', Value: '' },
        ],
      }),
    );
    await iam.send(new UntagUserCommand({ UserName: 'anna', TagKeys: ['X'] }));
    expect((await iam.send(new ListUserTagsCommand({ UserName: 'anna' }))).Tags).toEqual([
      { Key: 'team', Value: 'two' },
    ]);
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${String(index)}`, Value: '' }));
    expect((await refusalOf(iam.send(new TagUserCommand({ UserName: 'anna', Tags: many })))).name).toBe(
      'LimitExceededException',
    );
  });

  test('a user may do what its own policies allow, inline or attached, and no more', async () => {
    const anna = await newKey('anna');
    expect((await refusalOf(listAliases(anna))).message).toMatch(aliasesDenied);
    await iam.send(new PutUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases', PolicyDocument: aliases }));
    await listAliases(anna);
    const read = await iam.send(new GetUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases' }));
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(aliases);
    expect((await iam.send(new ListUserPoliciesCommand({ UserName: 'anna' }))).PolicyNames).toEqual(['Aliases']);
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases' }));
    expect((await refusalOf(listAliases(anna))).name).toBe('AccessDenied');
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    await listAliases(anna);
    const attached = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'anna' }));
    expect(attached.AttachedPolicies).toEqual([{ PolicyArn: administratorAccess, PolicyName: 'AdministratorAccess' }]);
    await iam.send(new DetachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    expect((await refusalOf(listAliases(anna))).name).toBe('AccessDenied');
    for (const gone of [
      () => iam.send(new GetUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases' })),
      () => iam.send(new DeleteUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases' })),
      () => iam.send(new DetachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess })),
      () =>
        iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' })),
    ]) {
      expect((await refusalOf(gone())).name).toBe('NoSuchEntityException');
    }
  });

  test('a user’s boundary cuts what its policies give', async () => {
    const anna = await newKey('anna');
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    await iam.send(
      new PutUserPermissionsBoundaryCommand({
        UserName: 'anna',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
      }),
    );
    expect((await refusalOf(listAliases(anna))).message).toMatch(
      /because no permissions boundary allows the iam:ListAccountAliases action$/,
    );
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'anna' }));
    await listAliases(anna);
    expect((await refusalOf(iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'anna' })))).name).toBe(
      'NoSuchEntityException',
    );
  });

  test('groups give their users their policies, inline and attached, until they leave', async () => {
    const anna = await newKey('anna');
    const made = await iam.send(new CreateGroupCommand({ GroupName: 'Ops', Path: '/teams/' }));
    expect(made.Group).toMatchObject({ Arn: 'arn:aws:iam::222233334444:group/teams/Ops', Path: '/teams/' });
    expect(made.Group?.GroupId).toMatch(/^AGPA[A-Z2-7]{17}$/);
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'Aliases', PolicyDocument: aliases }));
    expect((await refusalOf(listAliases(anna))).name).toBe('AccessDenied');
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'ops', UserName: 'Anna' }));
    await listAliases(anna);
    const read = await iam.send(new GetGroupCommand({ GroupName: 'Ops' }));
    expect(read.Users?.map((user) => user.UserName)).toEqual(['anna']);
    const of = await iam.send(new ListGroupsForUserCommand({ UserName: 'anna' }));
    expect(of.Groups).toEqual([made.Group]);
    const inline = await iam.send(new GetGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'Aliases' }));
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(aliases);
    await iam.send(new DeleteGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'Aliases' }));
    expect((await iam.send(new ListGroupPoliciesCommand({ GroupName: 'Ops' }))).PolicyNames).toEqual([]);
    expect((await refusalOf(listAliases(anna))).name).toBe('AccessDenied');
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'Ops', PolicyArn: administratorAccess }));
    await listAliases(anna);
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    expect((await refusalOf(listAliases(anna))).name).toBe('AccessDenied');
    expect((await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'Ops' }))).AttachedPolicies).toHaveLength(
      1,
    );
  });

  test('a group goes only when nothing is in or on it', async () => {
    await iam.send(new CreateGroupCommand({ GroupName: 'Ops' }));
    expect((await refusalOf(iam.send(new CreateGroupCommand({ GroupName: 'OPS' })))).name).toBe(
      'EntityAlreadyExistsException',
    );
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'Aliases', PolicyDocument: aliases }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'Ops', PolicyArn: administratorAccess }));
    const attempt = async () => (await refusalOf(iam.send(new DeleteGroupCommand({ GroupName: 'Ops' })))).message;
    expect(await attempt()).toBe('Cannot delete entity, must remove users from group first.');
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    expect(await attempt()).toBe('Cannot delete entity, must delete policies first.');
    await iam.send(new DeleteGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'Aliases' }));
    expect(await attempt()).toBe('Cannot delete entity, must detach all policies first.');
    await iam.send(new DetachGroupPolicyCommand({ GroupName: 'Ops', PolicyArn: administratorAccess }));
    await iam.send(new DeleteGroupCommand({ GroupName: 'Ops' }));
    expect((await iam.send(new ListGroupsCommand({}))).Groups).toEqual([]);
    for (const gone of [
      () => iam.send(new GetGroupCommand({ GroupName: 'Ops' })),
      () => iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'anna' })),
    ]) {
      expect(await refusalOf(gone())).toMatchObject({
        name: 'NoSuchEntityException',
        message: 'The group with name Ops cannot be found.',
      });
    }
  });

  test('a user is in ten groups and no more', async () => {
    for (let index = 0; index <= 10; index += 1)
      await iam.send(new CreateGroupCommand({ GroupName: `G${String(index)}` }));
    for (let index = 0; index < 10; index += 1)
      await iam.send(new AddUserToGroupCommand({ GroupName: `G${String(index)}`, UserName: 'anna' }));
    expect(await refusalOf(iam.send(new AddUserToGroupCommand({ GroupName: 'G10', UserName: 'anna' })))).toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for GroupsPerUser: 10',
    });
  });

  test('a user goes only when everything is off it, one sentence after the other', async () => {
    const key = await newKey('anna');
    await iam.send(new CreateGroupCommand({ GroupName: 'Ops' }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases', PolicyDocument: aliases }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    const attempt = async () => {
      const refused = await refusalOf(iam.send(new DeleteUserCommand({ UserName: 'anna' })));
      expect(refused).toMatchObject({ name: 'DeleteConflictException', status: 409 });
      return refused.message;
    };
    expect(await attempt()).toBe('Cannot delete entity, must remove users from group first.');
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    expect(await attempt()).toBe('Cannot delete entity, must delete access keys first.');
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'anna', AccessKeyId: key.accessKeyId }));
    expect(await attempt()).toBe('Cannot delete entity, must delete policies first.');
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'anna', PolicyName: 'Aliases' }));
    expect(await attempt()).toBe('Cannot delete entity, must detach all policies first.');
    await iam.send(new DetachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    await iam.send(new DeleteUserCommand({ UserName: 'anna' }));
    expect((await refusalOf(iam.send(new GetUserCommand({ UserName: 'anna' })))).name).toBe('NoSuchEntityException');
    expect((await refusalOf(listAliases(key))).name).toBe('InvalidClientTokenId');
  });

  test('a trust that named a deleted user trusts nobody of that name again', async () => {
    const named = trustPolicy({ principal: 'arn:aws:iam::222233334444:user/anna' });
    await iam.send(new CreateRoleCommand({ RoleName: 'Named', AssumeRolePolicyDocument: named }));
    const assume = async (key: AwsCredentials) =>
      await bareSts(world.sandbox, world.clock, key).send(
        new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::222233334444:role/Named', RoleSessionName: 'anna' }),
      );
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'anna',
        PolicyName: 'Assume',
        PolicyDocument: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }),
      }),
    );
    const key = await newKey('anna');
    await assume(key);
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'anna', AccessKeyId: key.accessKeyId }));
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'anna', PolicyName: 'Assume' }));
    await iam.send(new DeleteUserCommand({ UserName: 'anna' }));
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    expect((await refusalOf(assume(await newKey('anna')))).name).toBe('AccessDenied');
  });

  test('inline policies of a user have 2,048 characters together, of a group 5,120', async () => {
    const long = (characters: number) =>
      policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(characters)}` });
    expect(
      await refusalOf(
        iam.send(new PutUserPolicyCommand({ UserName: 'anna', PolicyName: 'L', PolicyDocument: long(2048) })),
      ),
    ).toMatchObject({
      name: 'LimitExceededException',
      message: 'Maximum policy size of 2048 bytes exceeded for user anna',
    });
    await iam.send(new CreateGroupCommand({ GroupName: 'Ops' }));
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'L', PolicyDocument: long(2048) }));
    expect(
      (
        await refusalOf(
          iam.send(new PutGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'M', PolicyDocument: long(4096) })),
        )
      ).message,
    ).toBe('Maximum policy size of 5120 bytes exceeded for group Ops');
  });

  test('users, groups, keys and their last use are in the snapshot; older snapshots are still read', async () => {
    const anna = await newKey('anna');
    await iam.send(new CreateGroupCommand({ GroupName: 'Ops' }));
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'Ops', PolicyName: 'Aliases', PolicyDocument: aliases }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(world.sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    const again = practice({ snapshot: saved });
    await bareIam(again.sandbox, again.clock, anna).send(new ListAccountAliasesCommand({}));
    const { userSessions: _sessions, ...old } = saved;
    const older = parseSandboxSnapshot({
      ...old,
      accounts: old.accounts.map(({ groups: _groups, mfaDevices: _devices, ...account }) => account),
    });
    if (older === undefined) throw new Error('the older snapshot is not read');
    const before = practice({ snapshot: older });
    expect(
      (await refusalOf(bareIam(before.sandbox, before.clock, anna).send(new ListAccountAliasesCommand({})))).name,
    ).toBe('AccessDenied');
  });
});
