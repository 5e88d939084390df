import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type AssumeRoleCommandInput, type AssumeRoleResponse } from '@aws-sdk/client-sts';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { administratorAccess, policy, practice, valueOf, type Practice } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

const roleArn = (name: string) => `arn:aws:iam::222233334444:role/${name}`;
const everything = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

let world: Practice;
/** Who may do everything on its own side. */
let caller: AwsCredentials;

async function makeRole(
  name: string,
  trusted: readonly string[] = everything,
  tags: Record<string, string> = {},
  principal = '*',
) {
  const iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: trusted }),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}

/** The role may look at aliases under this condition, and assume others. */
async function allowAliases(name: string, condition: object) {
  const iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: 'own',
      PolicyDocument: policy(
        { Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*', Condition: condition },
        { Effect: 'Allow', Action: 'sts:*', Resource: '*' },
      ),
    }),
  );
}

const assume = (
  name: string,
  more: Partial<AssumeRoleCommandInput> = {},
  as: AwsCredentials = caller,
): Promise<AssumeRoleResponse> =>
  bareSts(world.sandbox, world.clock, as).send(
    new AssumeRoleCommand({ RoleArn: roleArn(name), RoleSessionName: 'content', ...more }),
  );

function credentialsOf({ Credentials }: AssumeRoleResponse): AwsCredentials {
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const seesAliases = async (session: AssumeRoleResponse) =>
  (await world.iam(credentialsOf(session)).listAccountAliases()).ok;
const tag = (Key: string, Value: string) => ({ Key, Value });
const teamOne = { StringEquals: { 'aws:PrincipalTag/Team': 'one' } };

beforeEach(() => {
  world = practice();
  caller = world.sandbox.identities.management;
});

describe('session tags', () => {
  test('are the session’s, and come before the role’s own, whatever their case', async () => {
    await makeRole('Tagged', everything, { Team: 'two' });
    await allowAliases('Tagged', teamOne);
    expect(await seesAliases(await assume('Tagged'))).toBe(false);
    expect(await seesAliases(await assume('Tagged', { Tags: [tag('team', 'one')] }))).toBe(true);
    expect(await seesAliases(await assume('Tagged', { Tags: [tag('Team', 'three')] }))).toBe(false);
  });

  test('can be asked for by the trust: which, with which values, and which go on', async () => {
    const iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    const Condition = {
      StringEquals: { 'aws:RequestTag/Team': ['one', 'two'] },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Cost'], 'sts:TransitiveTagKeys': ['Team'] },
    };
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'Picky',
        AssumeRolePolicyDocument: policy(
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:TagSession', Condition },
        ),
      }),
    );
    await assume('Picky', { Tags: [tag('Team', 'two'), tag('Cost', '7')], TransitiveTagKeys: ['Team'] });
    for (const refused of [
      { Tags: [tag('Team', 'three')] },
      { Tags: [tag('Team', 'one'), tag('Other', '')] },
      { Tags: [tag('Team', 'one'), tag('Cost', '7')], TransitiveTagKeys: ['Cost'] },
    ])
      expect((await refusalOf(assume('Picky', refused))).message).toContain(
        'not authorized to perform: sts:TagSession',
      );
  });

  test('end with the session unless they are transitive; then they go on through the whole chain', async () => {
    for (const name of ['First', 'Second', 'Third']) {
      await makeRole(name, everything, name === 'Third' ? { Team: 'three' } : {});
      await allowAliases(name, teamOne);
    }
    const plain = await assume('First', { Tags: [tag('Team', 'one')] });
    expect(await seesAliases(plain)).toBe(true);
    expect(await seesAliases(await assume('Second', {}, credentialsOf(plain)))).toBe(false);

    const first = await assume('First', { Tags: [tag('Team', 'one')], TransitiveTagKeys: ['TEAM'] });
    const second = await assume('Second', { Tags: [tag('Cost', '7')] }, credentialsOf(first));
    expect(await seesAliases(second)).toBe(true);
    expect(await seesAliases(await assume('Third', {}, credentialsOf(second)))).toBe(true);

    expect(await refusalOf(assume('Third', { Tags: [tag('team', 'two')] }, credentialsOf(second)))).toMatchObject({
      name: 'InvalidParameterValue',
      status: 400,
      message: expect.stringContaining('conflicts with a transitive tag key from the calling session') as string,
    });
  });

  test('that go on need the next role’s sts:TagSession too', async () => {
    await makeRole('First');
    await allowAliases('First', teamOne);
    await makeRole('Closed', ['sts:AssumeRole']);
    const tags = { Tags: [tag('Team', 'one')] };
    await assume('Closed', {}, credentialsOf(await assume('First', tags)));
    const first = await assume('First', { ...tags, TransitiveTagKeys: ['Team'] });
    expect((await refusalOf(assume('Closed', {}, credentialsOf(first)))).message).toBe(
      `User: arn:aws:sts::222233334444:assumed-role/First/content is not authorized to perform: sts:TagSession on resource: ${roleArn('Closed')}`,
    );
  });

  test.each<[string, Partial<AssumeRoleCommandInput>, string, RegExp]>([
    ['fifty-one', { Tags: Array.from({ length: 51 }, (_, index) => tag(`k${index}`, '')) }, 'ValidationError', /50/],
    ['a key of 129', { Tags: [tag('k'.repeat(129), '')] }, 'ValidationError', /'tags\.1\.member\.key'/],
    [
      'a value of 257',
      { Tags: [tag('a', ''), tag('b', 'v'.repeat(257))] },
      'ValidationError',
      /'tags\.2\.member\.value'/,
    ],
    ['AWS’s own', { Tags: [tag('aws:own', '')] }, 'ValidationError', /'tags\.1\.member\.key'/],
    ['twice', { Tags: [tag('Team', ''), tag('team', '')] }, 'InvalidParameterValue', /Duplicate tag keys/],
    ['transitive, not there', { TransitiveTagKeys: ['Team'] }, 'InvalidParameterValue', /must be included/],
  ])('are refused: %s', async (_, input, name, words) => {
    await makeRole('Tagged');
    expect(await refusalOf(assume('Tagged', input))).toMatchObject({
      name,
      status: 400,
      message: expect.stringMatching(words) as string,
    });
  });
});

describe('a source identity', () => {
  test('is told, can be asked for, stays through the chain and is never another', async () => {
    await makeRole('First');
    await allowAliases('First', { StringEquals: { 'aws:SourceIdentity': 'anna' } });
    await makeRole('Second');
    const first = await assume('First', { SourceIdentity: 'anna' });
    expect(first.SourceIdentity).toBe('anna');
    expect(await seesAliases(first)).toBe(true);
    expect(await seesAliases(await assume('First', { SourceIdentity: 'ben' }))).toBe(false);
    expect((await assume('Second', {}, credentialsOf(first))).SourceIdentity).toBe('anna');
    expect((await assume('Second', { SourceIdentity: 'anna' }, credentialsOf(first))).SourceIdentity).toBe('anna');
    const other = await refusalOf(assume('Second', { SourceIdentity: 'ben' }, credentialsOf(first)));
    expect(other).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(other.message).toContain('sts:SetSourceIdentity');
  });

  test('needs sts:SetSourceIdentity on both sides of each step', async () => {
    await makeRole('First');
    await makeRole('Closed', ['sts:AssumeRole']);
    await allowAliases('First', {});
    expect((await refusalOf(assume('Closed', { SourceIdentity: 'anna' }))).message).toContain('sts:SetSourceIdentity');
    const first = credentialsOf(await assume('First', { SourceIdentity: 'anna' }));
    expect((await refusalOf(assume('Closed', {}, first))).message).toContain('sts:SetSourceIdentity');
    // Trusting the account leaves it to the account's own policies who may.
    await makeRole('Open', everything, {}, '222233334444');
    await assume('Open', {}, first);
    await bareIam(world.sandbox, world.clock, world.sandbox.identities.owner).send(
      new PutRolePolicyCommand({
        RoleName: 'First',
        PolicyName: 'own',
        PolicyDocument: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }),
      }),
    );
    expect((await refusalOf(assume('Open', {}, first))).message).toContain(
      'sts:SetSourceIdentity on resource: arn:aws:iam::222233334444:role/Open because no identity-based policy allows',
    );
  });

  test.each(['a', 'a b', 'aws:anna', 'x'.repeat(65)])('“%s” is none', async (SourceIdentity) => {
    await makeRole('First');
    expect(await refusalOf(assume('First', { SourceIdentity }))).toMatchObject({
      name: 'ValidationError',
      status: 400,
    });
  });
});

describe('the token', () => {
  const tags = Array.from({ length: 10 }, (_, index) => tag(`Key${index}`, `value-${index}`));

  test('is longer with policies and tags in it, says by how much, and works', async () => {
    await makeRole('Deploy');
    const bare = await assume('Deploy');
    expect(bare).not.toHaveProperty('PackedPolicySize');
    const policies = await assume('Deploy', { PolicyArns: [{ arn: administratorAccess }] });
    const both = await assume('Deploy', { PolicyArns: [{ arn: administratorAccess }], Tags: tags });
    const sizes = [bare, policies, both].map(({ SessionTokenSize }) => SessionTokenSize ?? 0);
    expect(sizes).toEqual([...sizes].sort((left, right) => left - right));
    expect(new Set(sizes).size).toBe(3);
    expect(Buffer.byteLength(both.Credentials?.SessionToken ?? '')).toBe(both.SessionTokenSize);
    expect(both.SessionTokenUtilization).toBe(Math.round(((both.SessionTokenSize ?? 0) / 4096) * 100));
    // Deprecated, and still sent.
    const percentOf = (answer: object) => Number(Reflect.get(answer, 'PackedPolicySize'));
    expect(percentOf(policies)).toBeGreaterThan(0);
    expect(percentOf(both)).toBeGreaterThan(percentOf(policies));
    expect(percentOf(both)).toBeLessThan(100);
    await valueOf(world.sts(credentialsOf(both)).getCallerIdentity());
    // Asked for longer, it is; asked for shorter than it is, it stays.
    expect((await assume('Deploy', { Tags: tags, MinimumSessionTokenSize: 3000 })).SessionTokenSize).toBe(3000);
    expect((await assume('Deploy', { Tags: tags, MinimumSessionTokenSize: 10 })).SessionTokenSize).toBeGreaterThan(352);
  });

  test('has room for no more than 2,048 characters of policies, and for tags as far as they pack', async () => {
    await makeRole('Deploy');
    const long = policy({ Effect: 'Allow', Action: Array.from({ length: 150 }, () => 's3:GetObject'), Resource: '*' });
    expect(long.length).toBeGreaterThan(2048);
    expect(await refusalOf(assume('Deploy', { Policy: long }))).toMatchObject({
      name: 'PackedPolicyTooLargeException',
      status: 400,
      message: `Packed policy consumes ${Math.ceil(long.length / 20.48)}% of allotted space, please use smaller policy.`,
    });
    // What cannot be packed: 256 characters of hashes each.
    const noise = (seed: string) =>
      ['a', 'b', 'c']
        .map((part) =>
          createHash('sha512')
            .update(seed + part)
            .digest('base64'),
        )
        .join('');
    const heavy = Array.from({ length: 50 }, (_, index) => tag(`Key${index}`, noise(`${index}`).slice(0, 256)));
    expect(await refusalOf(assume('Deploy', { Tags: heavy }))).toMatchObject({
      name: 'PackedPolicyTooLargeException',
      message: expect.stringMatching(/^Packed size of session tags consumes [1-9]\d\d% of allotted space\.$/) as string,
    });
  });
});

describe('session policies', () => {
  test('are at most ten, AWS’s own or of the role’s account', async () => {
    await makeRole('Deploy');
    const make = async (as: AwsCredentials) => {
      const { Policy } = await bareIam(world.sandbox, world.clock, as).send(
        new CreatePolicyCommand({
          PolicyName: 'Brake',
          PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' }),
        }),
      );
      return { arn: Policy?.Arn ?? '' };
    };
    await assume('Deploy', { PolicyArns: [await make(world.sandbox.identities.owner)] });
    const foreign = await make(caller);
    expect(await refusalOf(assume('Deploy', { PolicyArns: [foreign] }))).toMatchObject({
      name: 'MalformedPolicyDocumentException',
      status: 400,
      message: `Policy ${foreign.arn} does not exist or is not attachable.`,
    });
    const eleven = Array.from({ length: 11 }, () => ({ arn: administratorAccess }));
    expect(await refusalOf(assume('Deploy', { PolicyArns: eleven }))).toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining("at 'policyArns' failed to satisfy constraint") as string,
    });
  });
});

test('a role was last used when one of its sessions last asked for something', async () => {
  await makeRole('Deploy');
  const owner = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
  await owner.send(new AttachRolePolicyCommand({ RoleName: 'Deploy', PolicyArn: administratorAccess }));
  const lastUsed = async () =>
    (
      await bareIam(world.sandbox, world.clock, world.sandbox.identities.owner).send(
        new GetRoleCommand({ RoleName: 'Deploy' }),
      )
    ).Role?.RoleLastUsed;
  const session = await assume('Deploy');
  expect(await lastUsed()).toEqual({});
  world.clock.advance(60_000);
  expect(await seesAliases(session)).toBe(true);
  const used = { LastUsedDate: new Date(world.clock.now()), Region: 'us-east-1' };
  expect(await lastUsed()).toEqual(used);
  world.clock.advance(60_000);
  expect(await lastUsed()).toEqual(used);
});
