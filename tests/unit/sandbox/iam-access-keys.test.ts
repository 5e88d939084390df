import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';

import { policy, practice, type Practice } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

describe('access keys in the sandbox, through the real SDK', { timeout: 30_000 }, () => {
  let world: Practice;
  let iam: IAMClient;
  const as = (credentials: AwsCredentials) => bareIam(world.sandbox, world.clock, credentials);
  const newKey = async (name: string): Promise<AwsCredentials> => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
  };

  beforeEach(async () => {
    world = practice();
    iam = as(world.sandbox.identities.owner);
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
  });

  test('two access keys, secrets shown once; an inactive one is unknown until it is active again', async () => {
    const first = await newKey('anna');
    const second = await newKey('anna');
    expect(first.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(second.secretAccessKey).toHaveLength(40);
    expect(await refusalOf(iam.send(new CreateAccessKeyCommand({ UserName: 'anna' })))).toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    });
    const who = () => bareSts(world.sandbox, world.clock, first).send(new GetCallerIdentityCommand({}));
    expect((await who()).Arn).toBe('arn:aws:iam::222233334444:user/anna');
    const setStatus = (Status: 'Active' | 'Inactive') =>
      iam.send(new UpdateAccessKeyCommand({ UserName: 'anna', AccessKeyId: first.accessKeyId, Status }));
    await setStatus('Inactive');
    expect(await refusalOf(who())).toMatchObject({ name: 'InvalidClientTokenId', status: 403 });
    const listed = await iam.send(new ListAccessKeysCommand({ UserName: 'anna' }));
    expect(JSON.stringify(listed)).not.toContain(first.secretAccessKey);
    expect(listed.AccessKeyMetadata?.find((key) => key.AccessKeyId === first.accessKeyId)?.Status).toBe('Inactive');
    await setStatus('Active');
    await who();
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'anna', AccessKeyId: first.accessKeyId }));
    expect((await refusalOf(who())).name).toBe('InvalidClientTokenId');
    expect((await refusalOf(setStatus('Active'))).name).toBe('NoSuchEntityException');
    expect(JSON.stringify(world.sandbox.snapshot())).not.toContain(second.secretAccessKey);
  });

  test('a user sees and makes its own keys without naming itself, if allowed', async () => {
    const anna = as(await newKey('anna'));
    expect((await refusalOf(anna.send(new ListAccessKeysCommand({})))).name).toBe('AccessDenied');
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'anna',
        PolicyName: 'Own',
        PolicyDocument: policy({
          Effect: 'Allow',
          Action: 'iam:*AccessKey*',
          Resource: 'arn:aws:iam::*:user/${aws:username}',
        }),
      }),
    );
    expect((await anna.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1);
    await anna.send(new CreateAccessKeyCommand({}));
    expect((await refusalOf(anna.send(new ListAccessKeysCommand({ UserName: 'practice-owner' })))).name).toBe(
      'AccessDenied',
    );
  });

  test('tells when and where a key was last used, and that it never was', async () => {
    const anna = await newKey('anna');
    const lastUse = async () => {
      const answer = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: anna.accessKeyId }));
      expect(answer.UserName).toBe('anna');
      return answer.AccessKeyLastUsed;
    };
    expect(await lastUse()).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    world.clock.advance(60_000);
    await bareSts(world.sandbox, world.clock, anna).send(new GetCallerIdentityCommand({}));
    expect(await lastUse()).toEqual({
      LastUsedDate: new Date(world.clock.now()),
      ServiceName: 'sts',
      Region: 'eu-west-1',
    });
    expect(
      (await refusalOf(iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })))).name,
    ).toBe('NoSuchEntityException');
  });

  test('who deletes the practice’s own key is refused from then on, as by AWS', async () => {
    const { accessKeyId } = world.sandbox.identities.owner;
    await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: accessKeyId }));
    expect((await refusalOf(as(world.sandbox.identities.owner).send(new GetUserCommand({})))).name).toBe(
      'InvalidClientTokenId',
    );
  });
});
