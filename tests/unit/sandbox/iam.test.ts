import {
  AddRoleToInstanceProfileCommand,
  CreateAccountAliasCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeletePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  TagRoleCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CreateRoleInput, IamApi } from '../../../main/aws/aws-api';
import {
  administratorAccess,
  errorOf,
  policy,
  practice,
  trustPolicy,
  valueOf,
  type Practice,
} from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

describe('IAM in the sandbox, through the real SDK', { timeout: 30_000 }, () => {
  let world: Practice;
  let iam: IamApi;
  const role = (name: string, extra: Partial<CreateRoleInput> = {}): CreateRoleInput => ({
    name,
    path: '/',
    description: '',
    trustPolicy: trustPolicy(),
    maxSessionDuration: 3600,
    tags: [],
    ...extra,
  });
  const bare = () => bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);

  beforeEach(() => {
    world = practice();
    iam = world.iam(world.sandbox.identities.owner);
  });

  test('gives back a role as it was made', async () => {
    const made = await valueOf(
      iam.createRole(
        role('Deploy', {
          path: '/deploy/',
          description: 'Made by a test: ä < & > "',
          maxSessionDuration: 7200,
          tags: [{ key: 'OnboardingId', value: 'a b' }],
          permissionsBoundaryArn: administratorAccess,
        }),
      ),
    );
    const read = await valueOf(iam.getRole('Deploy'));
    expect(read).toEqual(made);
    expect(read).toMatchObject({
      arn: 'arn:aws:iam::222233334444:role/deploy/Deploy',
      path: '/deploy/',
      maxSessionDuration: 7200,
      trustPolicy: trustPolicy(),
      permissionsBoundaryArn: administratorAccess,
      createdAt: world.clock.now(),
    });
    expect(read.roleId).toMatch(/^AROA[A-Z2-7]{17}$/);
  });

  test('takes no trust policy with NotPrincipal', async () => {
    const but = { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' };
    const refused = await errorOf(iam.createRole(role('But', { trustPolicy: policy(but) })));
    expect(refused).toMatchObject({ kind: 'malformed-policy', code: 'MalformedPolicyDocument' });
    await valueOf(iam.createRole(role('But')));
    expect((await errorOf(iam.updateAssumeRolePolicy('But', policy(but)))).kind).toBe('malformed-policy');
    expect((await valueOf(iam.getRole('But'))).trustPolicy).toBe(trustPolicy());
  });

  test('keeps the white space of a trust policy', async () => {
    const pretty = JSON.stringify(JSON.parse(trustPolicy()), null, 2);
    await valueOf(iam.createRole(role('Pretty', { trustPolicy: pretty })));
    expect((await valueOf(iam.getRole('Pretty'))).trustPolicy).toBe(pretty);
  });

  test('names are unique without regard to case', async () => {
    await valueOf(iam.createRole(role('Deploy')));
    const error = await errorOf(iam.createRole(role('DEPLOY')));
    expect(error).toMatchObject({ kind: 'already-exists', code: 'EntityAlreadyExists', httpStatus: 409 });
  });

  test('a name that JavaScript knows is a name like any other', async () => {
    await valueOf(iam.createRole(role('__proto__')));
    expect((await valueOf(iam.getRole('__proto__'))).name).toBe('__proto__');
    expect((await errorOf(iam.getRole('constructor'))).kind).toBe('no-such-entity');
  });

  test('a missing role is NoSuchEntity', async () => {
    expect(await errorOf(iam.getRole('Nobody'))).toMatchObject({
      kind: 'no-such-entity',
      httpStatus: 404,
      detail: 'The role with name Nobody cannot be found.',
    });
  });

  test('deletes a role only when everything is off it', async () => {
    await valueOf(iam.createRole(role('Deploy')));
    await valueOf(iam.putRolePolicy('Deploy', 'Inline', policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' })));
    await valueOf(iam.attachRolePolicy('Deploy', administratorAccess));
    await bare().send(new CreateInstanceProfileCommand({ InstanceProfileName: 'Box' }));
    await bare().send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'Box', RoleName: 'Deploy' }));
    expect(await valueOf(iam.listInstanceProfilesForRole('Deploy'))).toEqual(['Box']);
    const details: (string | undefined)[] = [];
    const attempt = async () => {
      const error = await errorOf(iam.deleteRole('Deploy'));
      expect(error).toMatchObject({ kind: 'delete-conflict', code: 'DeleteConflict', httpStatus: 409 });
      details.push(error.detail);
    };
    await attempt();
    await valueOf(iam.removeRoleFromInstanceProfile('Box', 'Deploy'));
    await attempt();
    await valueOf(iam.deleteRolePolicy('Deploy', 'Inline'));
    await attempt();
    await valueOf(iam.detachRolePolicy('Deploy', administratorAccess));
    await valueOf(iam.deleteRole('Deploy'));
    expect(details).toEqual([
      'Cannot delete entity, must remove roles from instance profile first.',
      'Cannot delete entity, must delete policies first.',
      'Cannot delete entity, must detach all policies first.',
    ]);
    expect((await errorOf(iam.getRole('Deploy'))).kind).toBe('no-such-entity');
    await bare().send(new DeleteInstanceProfileCommand({ InstanceProfileName: 'Box' }));
  });

  test('inline and attached policies come back as they went in', async () => {
    await valueOf(iam.createRole(role('Deploy')));
    const document = policy({
      Sid: 'One',
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*'],
      Resource: 'arn:aws:s3:::bücket/*',
    });
    await valueOf(iam.putRolePolicy('Deploy', 'One', document));
    expect(await valueOf(iam.getRolePolicy('Deploy', 'One'))).toBe(document);
    expect(await valueOf(iam.listRolePolicies('Deploy'))).toEqual(['One']);
    await valueOf(iam.attachRolePolicy('Deploy', 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'));
    expect(await valueOf(iam.listAttachedRolePolicies('Deploy'))).toEqual([
      { arn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', name: 'ViewOnlyAccess' },
    ]);
    expect((await errorOf(iam.attachRolePolicy('Deploy', 'arn:aws:iam::aws:policy/NoSuchPolicy'))).kind).toBe(
      'no-such-entity',
    );
    expect((await errorOf(iam.detachRolePolicy('Deploy', administratorAccess))).kind).toBe('no-such-entity');
  });

  test('a role carries ten managed policies and no more', async () => {
    await valueOf(iam.createRole(role('Deploy')));
    for (let index = 0; index < 10; index += 1) {
      const made = await bare().send(
        new CreatePolicyCommand({
          PolicyName: `P${String(index)}`,
          PolicyDocument: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
        }),
      );
      await valueOf(iam.attachRolePolicy('Deploy', made.Policy?.Arn ?? ''));
    }
    const error = await errorOf(iam.attachRolePolicy('Deploy', administratorAccess));
    expect(error).toMatchObject({ kind: 'quota-exceeded', code: 'LimitExceeded', httpStatus: 409 });
  });

  test('documents that are no policies are refused in IAM’s words', async () => {
    const refused = async (document: string) =>
      (await errorOf(iam.createRole(role('Bad', { trustPolicy: document })))).detail;
    expect(await refused('{')).toBe('This policy contains invalid Json');
    expect(await refused(policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }))).toBe(
      'Missing required field Principal',
    );
    expect(await refused(policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }))).toBe(
      'Has prohibited field Resource',
    );
    expect(await refused(policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }))).toBe(
      'AssumeRole policy may only specify STS AssumeRole actions.',
    );
    const long = policy({
      Effect: 'Allow',
      Principal: { AWS: Array.from({ length: 60 }, (_, index) => `arn:aws:iam::9999888877${String(index + 10)}:root`) },
      Action: 'sts:AssumeRole',
    });
    expect(await refused(long)).toBe('Cannot exceed quota for ACLSizePerRole: 2048');
    await valueOf(iam.createRole(role('Good')));
    const inline = await errorOf(
      iam.putRolePolicy('Good', 'X', policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })),
    );
    expect(inline.detail).toBe('Policy document should not specify a principal.');
  });

  test('lists page by page, in order, and the app sees them whole', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `Role${String(index)}`);
    for (const name of names) await valueOf(iam.createRole(role(name)));
    const first = await bare().send(new ListRolesCommand({ MaxItems: 3 }));
    expect(first.Roles?.map((item) => item.RoleName)).toEqual(['Role0', 'Role1', 'Role2']);
    expect(first.IsTruncated).toBe(true);
    await valueOf(iam.deleteRole('Role1'));
    const second = await bare().send(new ListRolesCommand({ MaxItems: 3, Marker: first.Marker }));
    expect(second.Roles?.map((item) => item.RoleName)).toEqual(['Role3', 'Role4', 'Role5']);
    const last = await bare().send(new ListRolesCommand({ MaxItems: 3, Marker: second.Marker }));
    expect(last).toMatchObject({ IsTruncated: false });
    expect(last.Marker).toBeUndefined();
    expect((await valueOf(iam.listRoles())).map((item) => item.name)).toEqual(names.filter((name) => name !== 'Role1'));
    expect((await refusalOf(bare().send(new ListRolesCommand({ Marker: 'made-up' })))).name).toBe('ValidationError');
  });

  test('a list longer than a page is read to its end', async () => {
    for (let index = 0; index < 120; index += 1) {
      await bare().send(
        new CreateRoleCommand({ RoleName: `R${String(index)}`, AssumeRolePolicyDocument: trustPolicy() }),
      );
    }
    expect(await valueOf(iam.listRoles())).toHaveLength(120);
  });

  test('tags, description and maximum change; a missing maximum is an hour', async () => {
    await valueOf(iam.createRole(role('Deploy', { maxSessionDuration: 7200, tags: [{ key: 'Team', value: 'one' }] })));
    await bare().send(
      new TagRoleCommand({
        RoleName: 'Deploy',
        Tags: [
          { Key: 'team', Value: 'two' },
          { Key: 'Other', Value: '' },
        ],
      }),
    );
    const tags = await bare().send(new ListRoleTagsCommand({ RoleName: 'Deploy' }));
    expect(tags.Tags).toEqual([
      { Key: 'Other', Value: '' },
      { Key: 'team', Value: 'two' },
    ]);
    await bare().send(new UpdateRoleCommand({ RoleName: 'Deploy', Description: 'new' }));
    expect(await valueOf(iam.getRole('Deploy'))).toMatchObject({ description: 'new', maxSessionDuration: 3600 });
  });

  test('customer policies: made, read, in use, deleted', async () => {
    const document = policy({ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' });
    const made = await bare().send(
      new CreatePolicyCommand({ PolicyName: 'Probe', Path: '/app/', PolicyDocument: document }),
    );
    const arn = made.Policy?.Arn ?? '';
    expect(arn).toBe('arn:aws:iam::222233334444:policy/app/Probe');
    const version = await bare().send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }));
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toBe(document);
    await valueOf(iam.createRole(role('Deploy')));
    await valueOf(iam.attachRolePolicy('Deploy', arn));
    expect((await bare().send(new GetPolicyCommand({ PolicyArn: arn }))).Policy?.AttachmentCount).toBe(1);
    expect((await refusalOf(bare().send(new DeletePolicyCommand({ PolicyArn: arn })))).name).toBe(
      'DeleteConflictException',
    );
    await valueOf(iam.detachRolePolicy('Deploy', arn));
    await bare().send(new DeletePolicyCommand({ PolicyArn: arn }));
    const managed = await bare().send(
      new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess' }),
    );
    expect(managed.Policy).toMatchObject({ PolicyName: 'ViewOnlyAccess', Path: '/job-function/', IsAttachable: true });
  });

  test('the account’s alias and the caller’s own user', async () => {
    expect(await valueOf(iam.listAccountAliases())).toEqual(['practice-production']);
    await bare().send(new CreateAccountAliasCommand({ AccountAlias: 'other-name' }));
    expect(await valueOf(iam.listAccountAliases())).toEqual(['other-name']);
    const taken = await refusalOf(bare().send(new CreateAccountAliasCommand({ AccountAlias: 'practice-deployment' })));
    expect(taken.name).toBe('EntityAlreadyExistsException');
    const me = await bare().send(new GetUserCommand({}));
    expect(me.User?.Arn).toBe('arn:aws:iam::222233334444:user/practice-owner');
  });

  test('who has no right is told what is missing', async () => {
    const error = await errorOf(world.iam(world.sandbox.identities.deployer).createRole(role('Deploy')));
    expect(error).toMatchObject({
      kind: 'access-denied',
      httpStatus: 403,
      detail:
        'User: arn:aws:iam::111122223333:user/practice-deployer is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/Deploy because no identity-based policy allows the iam:CreateRole action',
      whatDidNotChange: 'AWS refused before doing anything: nothing was changed.',
    });
    expect(world.sandbox.snapshot().accounts.every((account) => account.roles.length === 0)).toBe(true);
  });

  test('a permissions boundary cuts what the role’s policies give', async () => {
    await valueOf(iam.createRole(role('Deploy')));
    await valueOf(iam.attachRolePolicy('Deploy', administratorAccess));
    const { credentials } = await valueOf(
      world
        .sts(world.sandbox.identities.deployer)
        .assumeRole({ roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'bound', durationSeconds: 900 }),
    );
    await valueOf(world.iam(credentials).listAccountAliases());
    await bare().send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: 'Deploy',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
      }),
    );
    const error = await errorOf(world.iam(credentials).listAccountAliases());
    expect(error.detail).toMatch(/because no permissions boundary allows the iam:ListAccountAliases action$/);
    expect(error.message).toBe('A permissions boundary forbids iam:ListAccountAliases.');
    await bare().send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'Deploy' }));
    await valueOf(world.iam(credentials).listAccountAliases());
  });
});
