import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListAccountAliasesCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { administratorAccess, policy, practice, trustPolicy, type Practice } from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

const aliases = policy({ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' });
const nothing = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
const arn = 'arn:aws:iam::222233334444:policy/Aliases';

describe('versions of managed policies in the sandbox, through the real SDK', () => {
  let world: Practice;
  let iam: IAMClient;
  const add = (PolicyDocument: string, SetAsDefault = false, PolicyArn = arn) =>
    iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault }));
  const remove = (VersionId: string) => iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId }));
  const setDefault = (VersionId: string, PolicyArn = arn) =>
    iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }));

  beforeEach(async () => {
    world = practice();
    iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    await iam.send(new CreatePolicyCommand({ PolicyName: 'Aliases', PolicyDocument: aliases }));
  });

  test('the default version is the one in force', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: arn }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'anna' }));
    const anna = bareIam(world.sandbox, world.clock, {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    });
    const list = () => anna.send(new ListAccountAliasesCommand({}));
    await list();
    const second = await add(nothing);
    expect(second.PolicyVersion).toEqual({
      VersionId: 'v2',
      IsDefaultVersion: false,
      CreateDate: new Date(world.clock.now()),
    });
    await list();
    await setDefault('v2');
    expect((await refusalOf(list())).message).toMatch(/ with an explicit deny in an identity-based policy$/);
    expect((await add(aliases, true)).PolicyVersion?.IsDefaultVersion).toBe(true);
    await list();
    expect((await iam.send(new GetPolicyCommand({ PolicyArn: arn }))).Policy?.DefaultVersionId).toBe('v3');
    const read = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v2' }));
    expect(decodeURIComponent(read.PolicyVersion?.Document ?? '')).toBe(nothing);
    await iam.send(new DetachUserPolicyCommand({ UserName: 'anna', PolicyArn: arn }));
  });

  test('five versions and no more; numbers are not given twice', async () => {
    for (let index = 0; index < 4; index += 1) await add(nothing);
    expect(await refusalOf(add(nothing))).toMatchObject({
      name: 'LimitExceededException',
      status: 409,
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    });
    await remove('v5');
    expect((await add(nothing)).PolicyVersion?.VersionId).toBe('v6');
    const listed = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
    expect(listed.Versions?.map((version) => version.VersionId)).toEqual(['v6', 'v4', 'v3', 'v2', 'v1']);
    expect(listed.Versions?.filter((version) => version.IsDefaultVersion === true)).toHaveLength(1);
  });

  test('the default version stays; a policy with others stays too', async () => {
    await add(nothing);
    expect(await refusalOf(remove('v1'))).toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete the default version of a policy.',
    });
    expect((await refusalOf(iam.send(new DeletePolicyCommand({ PolicyArn: arn })))).message).toMatch(
      /^This policy has more than one version\./,
    );
    await remove('v2');
    expect((await refusalOf(remove('v2'))).name).toBe('NoSuchEntityException');
    expect((await refusalOf(setDefault('v2'))).name).toBe('NoSuchEntityException');
    await iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
    expect((await refusalOf(add(nothing))).name).toBe('NoSuchEntityException');
  });

  test('only GetPolicy tells the description; lists have no tags; documents are encoded to the last character', async () => {
    const Tags = [{ Key: 'Team', Value: 'one' }];
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'Told', PolicyDocument: aliases, Description: 'Reads', Tags }),
    );
    expect(made.Policy).toMatchObject({ PolicyName: 'Told', Tags });
    expect(made.Policy).not.toHaveProperty('Description');
    const read = await iam.send(new GetPolicyCommand({ PolicyArn: made.Policy?.Arn }));
    expect(read.Policy).toEqual({ ...made.Policy, Description: 'Reads' });
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    const { Tags: _only, ...listed } = made.Policy ?? {};
    expect(Policies?.at(-1)).toEqual(listed);
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: made.Policy?.Arn, VersionId: 'v1' }),
    );
    expect(PolicyVersion?.Document).toMatch(/^[A-Za-z0-9._~%-]+$/);
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(aliases);
  });

  test('AWS’s own policies are read, not changed', async () => {
    const listed = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: administratorAccess }));
    expect(listed.Versions).toHaveLength(1);
    for (const work of [
      () => add(nothing, false, administratorAccess),
      () => setDefault('v1', administratorAccess),
      () => iam.send(new DeletePolicyCommand({ PolicyArn: administratorAccess })),
    ]) {
      expect(await refusalOf(work())).toMatchObject({
        name: 'AccessDenied',
        message: 'Policy is outside your own account.',
      });
    }
  });

  test('documents of versions are checked like those of policies', async () => {
    expect((await refusalOf(add('{'))).name).toBe('MalformedPolicyDocumentException');
    const long = policy({ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${'x'.repeat(6200)}` });
    expect((await refusalOf(add(long))).message).toBe('Cannot exceed quota for PolicySize: 6144');
  });

  test('the account’s summary counts what there is, beside what there may be', async () => {
    await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
    await iam.send(new CreateRoleCommand({ RoleName: 'Deploy', AssumeRolePolicyDocument: trustPolicy() }));
    await add(nothing);
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({
      Users: 1,
      UsersQuota: 5000,
      Groups: 0,
      Roles: 1,
      RolesQuota: 1000,
      Policies: 1,
      PolicyVersionsInUse: 2,
      MFADevices: 1,
      MFADevicesInUse: 0,
      AccountAccessKeysPresent: 0,
      AssumeRolePolicySizeQuota: 2048,
      RolePolicySizeQuota: 10_240,
      PolicySizeQuota: 6144,
    });
    const deployer = bareIam(world.sandbox, world.clock, world.sandbox.identities.deployer);
    expect((await refusalOf(deployer.send(new GetAccountSummaryCommand({})))).name).toBe('AccessDenied');
  });
});

describe('service-linked roles in the sandbox', () => {
  test('are made by their service only, and not changed', async () => {
    const world = practice();
    const owner = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    const asked = { RoleName: 'AWSServiceRoleForX', AssumeRolePolicyDocument: trustPolicy() };
    expect(
      await refusalOf(owner.send(new CreateRoleCommand({ ...asked, Path: '/aws-service-role/x.amazonaws.com/' }))),
    ).toEqual({
      name: 'InvalidInputException',
      message: "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
      status: 400,
    });
    await owner.send(new CreateRoleCommand(asked));
    const snapshot = world.sandbox.snapshot();
    for (const role of snapshot.accounts.flatMap((account) => account.roles))
      role.path = '/aws-service-role/x.amazonaws.com/';
    const linked = practice({ snapshot });
    const iam = bareIam(linked.sandbox, linked.clock, linked.sandbox.identities.owner);
    const { RoleName } = asked;
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'Box' }));
    for (const work of [
      () => iam.send(new DeleteRoleCommand({ RoleName })),
      () => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustPolicy() })),
      () => iam.send(new UpdateRoleCommand({ RoleName, Description: 'mine' })),
      () => iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'P', PolicyDocument: aliases })),
      () => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'P' })),
      () => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess })),
      () => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess })),
      () => iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: administratorAccess })),
      () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
      () => iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'Box', RoleName })),
    ]) {
      expect(await refusalOf(work())).toMatchObject({
        name: 'UnmodifiableEntityException',
        message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
      });
    }
  });
});
