import type { IAMClient } from '@aws-sdk/client-iam';
import {
  AddRoleToInstanceProfileCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxSnapshot } from '../../../main/sandbox/snapshot';
import { totpCode, totpStep } from '../../../main/sandbox/mfa';
import { policy, practice, trustPolicy, type Practice } from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

const accountId = '222233334444';
const anything = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });

let world: Practice;
let iam: IAMClient;

const start = (snapshot?: SandboxSnapshot) => {
  world = practice(snapshot === undefined ? {} : { snapshot });
  iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
};
beforeEach(() => {
  start();
});

type Account = SandboxSnapshot['accounts'][number];

/** The owner's account with one kind of thing as often as it may be there but once. */
function filled(fill: (account: Account, names: readonly string[]) => void, quota: number): SandboxSnapshot {
  const snapshot = structuredClone(world.sandbox.snapshot());
  const account = snapshot.accounts.find(({ id }) => id === accountId);
  if (account === undefined) throw new Error('The practice has no owner’s account');
  fill(
    account,
    Array.from({ length: quota - 1 }, (_, index) => `Filler${String(index)}`),
  );
  return snapshot;
}

const common = (name: string, prefix: string) => ({
  name,
  path: '/',
  id: `${prefix}${name.toUpperCase().padEnd(17, 'A')}`,
  createdAt: 0,
  tags: [],
});
const held = { inline: [], attached: [] };

type Kind = {
  readonly quota: number;
  readonly words: string;
  readonly fill: Parameters<typeof filled>[0];
  readonly make: (name: string) => Promise<unknown>;
};

const kinds: Readonly<Record<string, Kind>> = {
  roles: {
    quota: 1000,
    words: 'RolesPerAccount: 1000',
    fill: ({ roles }, names) => {
      roles.push(
        ...names.map((name) => ({ ...common(name, 'AROA'), ...held, maxSessionDuration: 3600, trust: trustPolicy() })),
      );
    },
    make: (RoleName) => iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy() })),
  },
  users: {
    quota: 5000,
    words: 'UsersPerAccount: 5000',
    // The owner is one of them.
    fill: ({ users }, names) => {
      users.push(...names.slice(1).map((name) => ({ ...common(name, 'AIDA'), ...held, accessKeys: [] })));
    },
    make: (UserName) => iam.send(new CreateUserCommand({ UserName })),
  },
  groups: {
    quota: 300,
    words: 'GroupsPerAccount: 300',
    fill: (account, names) => {
      account.groups = names.map((name) => ({ ...common(name, 'AGPA'), ...held, members: [] }));
    },
    make: (GroupName) => iam.send(new CreateGroupCommand({ GroupName })),
  },
  'instance profiles': {
    quota: 1000,
    words: 'InstanceProfilesPerAccount: 1000',
    fill: ({ instanceProfiles }, names) => {
      instanceProfiles.push(...names.map((name) => common(name, 'AIPA')));
    },
    make: (InstanceProfileName) => iam.send(new CreateInstanceProfileCommand({ InstanceProfileName })),
  },
  'customer policies': {
    quota: 1500,
    words: 'PoliciesPerAccount: 1500',
    fill: ({ policies }, names) => {
      const versions = [{ id: 'v1', document: anything, createdAt: 0 }];
      policies.push(
        ...names.map((name) => ({ ...common(name, 'ANPA'), updatedAt: 0, defaultVersionId: 'v1', versions })),
      );
    },
    make: (PolicyName) => iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: anything })),
  },
};

const exceeded = (words: string) => ({
  name: 'LimitExceededException',
  status: 409,
  message: `Cannot exceed quota for ${words}`,
});

describe('quotas of an account', () => {
  test.each(Object.entries(kinds))('%s', async (_, { fill, make, quota, words }) => {
    start(filled(fill, quota));
    await make('TheLast');
    expect(await refusalOf(make('OneTooMany'))).toEqual(exceeded(words));
  });
});

describe('quotas of what is in an account', () => {
  test('a user and a group carry ten managed policies each', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    await iam.send(new CreateGroupCommand({ GroupName: 'Ops' }));
    const attach = async (index: number) => {
      const { Policy } = await iam.send(
        new CreatePolicyCommand({ PolicyName: `P${String(index)}`, PolicyDocument: anything }),
      );
      const PolicyArn = Policy?.Arn ?? '';
      return {
        user: () => iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn })),
        group: () => iam.send(new AttachGroupPolicyCommand({ GroupName: 'Ops', PolicyArn })),
      };
    };
    for (let index = 0; index < 10; index += 1) {
      const { group, user } = await attach(index);
      await user();
      await group();
      // Once more is not one more.
      await user();
    }
    const { group, user } = await attach(10);
    expect(await refusalOf(user())).toEqual(exceeded('PoliciesPerUser: 10'));
    expect(await refusalOf(group())).toEqual(exceeded('PoliciesPerGroup: 10'));
  });

  test('inline policies of a role have 10,240 characters together, white space not counted', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'Deploy', AssumeRolePolicyDocument: trustPolicy() }));
    const long = (characters: number) => {
      const bare = policy({ Sid: '', Effect: 'Allow', Action: 's3:*', Resource: '*' }).length;
      return policy({ Sid: 'x'.repeat(characters - bare), Effect: 'Allow', Action: 's3:*', Resource: '*' });
    };
    const put = (PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: 'Deploy', PolicyName, PolicyDocument }));
    await put('One', long(10_000));
    await put('Two', `${' '.repeat(500)}${long(240)}`);
    expect(await refusalOf(put('Two', long(241)))).toEqual({
      name: 'LimitExceededException',
      status: 409,
      message: 'Maximum policy size of 10240 bytes exceeded for role Deploy',
    });
    await put('One', long(9_999));
    await put('Two', long(241));
  });

  test('a role has fifty tags, an instance profile one role', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'Deploy', AssumeRolePolicyDocument: trustPolicy() }));
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${String(index)}`, Value: '' }));
    await iam.send(new TagRoleCommand({ RoleName: 'Deploy', Tags }));
    await iam.send(new TagRoleCommand({ RoleName: 'Deploy', Tags: [{ Key: 'K7', Value: 'again' }] }));
    expect(
      await refusalOf(iam.send(new TagRoleCommand({ RoleName: 'Deploy', Tags: [{ Key: 'more', Value: '' }] }))),
    ).toEqual(exceeded('TagsPerRole: 50'));

    await iam.send(new CreateRoleCommand({ RoleName: 'Other', AssumeRolePolicyDocument: trustPolicy() }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'Box' }));
    const add = (RoleName: string) =>
      iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'Box', RoleName }));
    await add('Deploy');
    expect(await refusalOf(add('Other'))).toEqual(exceeded('InstanceSessionsPerInstanceProfile: 1'));
  });

  test('a user has eight devices', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    const enable = async (index: number) => {
      const { VirtualMFADevice: device } = await iam.send(
        new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: `phone${String(index)}` }),
      );
      const seed = Buffer.from(device?.Base32StringSeed ?? []).toString('utf8');
      const now = totpStep(world.clock.now());
      await iam.send(
        new EnableMFADeviceCommand({
          UserName: 'anna',
          SerialNumber: device?.SerialNumber,
          AuthenticationCode1: totpCode(seed, now - 1),
          AuthenticationCode2: totpCode(seed, now),
        }),
      );
    };
    for (let index = 0; index < 8; index += 1) await enable(index);
    expect(await refusalOf(enable(8))).toEqual(exceeded('MFADevicesPerUser: 8'));
  });
});
