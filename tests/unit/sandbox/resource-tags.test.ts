import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  ListUserTagsCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { administratorAccess, policy, practice, trustPolicy, type Practice } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

const account = '222233334444';
const allowed = (condition: object, action: string | readonly string[] = 'iam:*') =>
  policy({ Effect: 'Allow', Action: action, Resource: '*', Condition: condition });

describe('tags of what is acted on, through the real SDK', { timeout: 30_000 }, () => {
  let world: Practice;
  let owner: IAMClient;
  let anna: IAMClient;
  let annasSts: STSClient;
  /** What Anna may do, and nothing else. */
  const give = (document: string) =>
    owner.send(new PutUserPolicyCommand({ UserName: 'anna', PolicyName: 'own', PolicyDocument: document }));
  const newRole = (name: string, team?: string) =>
    owner.send(
      new CreateRoleCommand({
        RoleName: name,
        Path: '/teams/',
        AssumeRolePolicyDocument: trustPolicy({ principal: `arn:aws:iam::${account}:root` }),
        ...(team === undefined ? {} : { Tags: [{ Key: 'Team', Value: team }] }),
      }),
    );
  const refused = async (work: Promise<unknown>, action: string) => {
    const refusal = await refusalOf(work);
    expect(refusal.name).toMatch(/^AccessDenied/);
    expect(refusal.message).toContain(`is not authorized to perform: ${action} on resource: arn:aws:iam::${account}:`);
  };

  beforeEach(async () => {
    world = practice();
    owner = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    await owner.send(new CreateUserCommand({ UserName: 'anna', Tags: [{ Key: 'Team', Value: 'one' }] }));
    const { AccessKey } = await owner.send(new CreateAccessKeyCommand({ UserName: 'anna' }));
    const credentials: AwsCredentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    anna = bareIam(world.sandbox, world.clock, credentials);
    annasSts = bareSts(world.sandbox, world.clock, credentials);
    await newRole('Mine', 'one');
    await newRole('Theirs', 'two');
    await newRole('Nobodys');
  });

  test.each(['aws:ResourceTag/Team', 'iam:ResourceTag/Team', 'AWS:resourcetag/TEAM'])(
    'roles by %s: its own, not another’s, not one without the tag',
    async (key) => {
      await give(allowed({ StringEquals: { [key]: 'one' } }));
      expect((await anna.send(new GetRoleCommand({ RoleName: 'mine' }))).Role?.RoleName).toBe('Mine');
      await refused(anna.send(new GetRoleCommand({ RoleName: 'Theirs' })), 'iam:GetRole');
      await refused(anna.send(new GetRoleCommand({ RoleName: 'Nobodys' })), 'iam:GetRole');
      await refused(anna.send(new GetRoleCommand({ RoleName: 'Absent' })), 'iam:GetRole');
    },
  );

  test('the caller’s own tag as a variable: whoever is of the team may change its roles, in all ways', async () => {
    await give(allowed({ StringEquals: { 'aws:ResourceTag/Team': '${aws:PrincipalTag/Team}' } }));
    const name = { PolicyName: 'inline' };
    await anna.send(
      new PutRolePolicyCommand({
        ...name,
        RoleName: 'Mine',
        PolicyDocument: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      }),
    );
    await anna.send(new DeleteRolePolicyCommand({ ...name, RoleName: 'Mine' }));
    await anna.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: 'Mine', PolicyDocument: trustPolicy({ principal: '*' }) }),
    );
    await refused(
      anna.send(new AttachRolePolicyCommand({ RoleName: 'Theirs', PolicyArn: administratorAccess })),
      'iam:AttachRolePolicy',
    );
    await refused(anna.send(new DeleteRoleCommand({ RoleName: 'Theirs' })), 'iam:DeleteRole');
    await anna.send(new DeleteRoleCommand({ RoleName: 'Mine' }));
    await refused(anna.send(new GetRoleCommand({ RoleName: 'Mine' })), 'iam:GetRole');
  });

  test('the tags of before a change count: who takes the tag off has lost the role', async () => {
    await give(allowed({ StringEquals: { 'iam:ResourceTag/Team': 'one' } }));
    await refused(
      anna.send(new TagRoleCommand({ RoleName: 'Theirs', Tags: [{ Key: 'Team', Value: 'one' }] })),
      'iam:TagRole',
    );
    await anna.send(new UntagRoleCommand({ RoleName: 'Mine', TagKeys: ['Team'] }));
    await refused(
      anna.send(new TagRoleCommand({ RoleName: 'Mine', Tags: [{ Key: 'Team', Value: 'one' }] })),
      'iam:TagRole',
    );
  });

  test('users by either key', async () => {
    await owner.send(
      new CreateUserCommand({ UserName: 'ben', Path: '/people/', Tags: [{ Key: 'Team', Value: 'two' }] }),
    );
    for (const key of ['aws:ResourceTag/Team', 'iam:ResourceTag/Team']) {
      await give(allowed({ StringEquals: { [key]: 'two' } }, 'iam:ListUserTags'));
      const { Tags } = await anna.send(new ListUserTagsCommand({ UserName: 'ben' }));
      expect(Tags).toEqual([{ Key: 'Team', Value: 'two' }]);
      await refused(anna.send(new ListUserTagsCommand({ UserName: 'anna' })), 'iam:ListUserTags');
    }
  });

  test('customer managed policies by aws:ResourceTag only', async () => {
    const { Policy } = await owner.send(
      new CreatePolicyCommand({
        PolicyName: 'Shared',
        PolicyDocument: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
        Tags: [{ Key: 'Team', Value: 'one' }],
      }),
    );
    const remove = () => anna.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
    await give(allowed({ StringEquals: { 'iam:ResourceTag/Team': 'one' } }));
    await refused(remove(), 'iam:DeletePolicy');
    await give(allowed({ StringEquals: { 'aws:ResourceTag/Team': 'one' } }));
    await remove();
  });

  test('a new role has no tags yet: only those of the request count', async () => {
    const make = () =>
      anna.send(
        new CreateRoleCommand({
          RoleName: 'New',
          AssumeRolePolicyDocument: trustPolicy(),
          Tags: [{ Key: 'Team', Value: 'one' }],
        }),
      );
    await give(allowed({ StringEquals: { 'aws:ResourceTag/Team': 'one' } }));
    await refused(make(), 'iam:CreateRole');
    await give(allowed({ StringEquals: { 'aws:RequestTag/Team': 'one' } }));
    await make();
  });

  test.each(['aws:ResourceTag/Team', 'iam:ResourceTag/Team'])('AssumeRole by %s, on both sides', async (key) => {
    const assume = (name: string) =>
      annasSts.send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/teams/${name}`, RoleSessionName: 'anna' }),
      );
    await give(allowed({ StringEquals: { [key]: 'one' } }, 'sts:AssumeRole'));
    expect((await assume('Mine')).AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/Mine/anna`);
    await refused(assume('Theirs'), 'sts:AssumeRole');

    await give(policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }));
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { [key]: '${aws:PrincipalTag/Team}' } },
      },
    };
    for (const RoleName of ['Mine', 'Theirs'])
      await owner.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(trust) }));
    await assume('Mine');
    await refused(assume('Theirs'), 'sts:AssumeRole');
  });
});
