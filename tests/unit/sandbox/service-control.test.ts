import { CreateRoleCommand, ListRolesCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  DisablePolicyTypeCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxTroubleSchema } from '../../../core/domain/practice-trouble';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { createSecrets } from '../../../main/sandbox/secrets';
import { organizationWorld, type OrganizationWorld } from '../../support/organization-world';
import { administratorAccess, policy, practice, testSigningKey, trustPolicy } from '../../support/practice';
import { bareIam, bareOrganizations, bareSts, refusalOf } from '../../support/sdk';

const fullAccess = 'p-FullAWSAccess';
const denyListing = policy({ Effect: 'Deny', Action: 'iam:ListRoles', Resource: '*' });
const onlyS3 = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });

describe('service control policies in the sandbox', () => {
  let given: OrganizationWorld;
  let accountId: string;
  let administrator: AwsCredentials;
  let unitId: string;

  const policyOf = async (Name: string, Content: string): Promise<string> => {
    const made = await given.client.send(
      new CreatePolicyCommand({ Name, Content, Description: '', Type: 'SERVICE_CONTROL_POLICY' }),
    );
    return made.Policy?.PolicySummary?.Id ?? '';
  };
  const attach = (PolicyId: string, TargetId: string) =>
    given.client.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  const detach = (PolicyId: string, TargetId: string) =>
    given.client.send(new DetachPolicyCommand({ PolicyId, TargetId }));
  const listRoles = (as: AwsCredentials = administrator) =>
    bareIam(given.world.sandbox, given.world.clock, as).send(new ListRolesCommand({}));
  const denied = (reason: string) => ({
    name: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:sts::${accountId}:assumed-role/OrganizationAccountAccessRole/setup is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${accountId}:role/${reason}`,
  });
  const explicitly = ' with an explicit deny in a service control policy';
  const implicitly = ' because no service control policy allows the iam:ListRoles action';

  beforeEach(async () => {
    given = await organizationWorld();
    accountId = await given.newAccount('one@example.com');
    administrator = await given.administratorOf(accountId);
    unitId = await given.newUnit('Workloads');
    await given.client.send(
      new MoveAccountCommand({ AccountId: accountId, SourceParentId: given.rootId, DestinationParentId: unitId }),
    );
  });

  test.each(['the root', 'the unit', 'the account'])('a denial on %s holds until it is taken off', async (level) => {
    const target = { 'the root': given.rootId, 'the unit': unitId, 'the account': accountId }[level] ?? '';
    await listRoles();
    const id = await policyOf('NoListing', denyListing);
    await attach(id, target);
    expect(await refusalOf(listRoles())).toEqual(denied(explicitly));
    await detach(id, target);
    await listRoles();
  });

  test.each(['the root', 'the unit', 'the account'])('%s must allow as well', async (level) => {
    const target = { 'the root': given.rootId, 'the unit': unitId, 'the account': accountId }[level] ?? '';
    await attach(await policyOf('OnlyS3', onlyS3), target);
    // AWS's own one still allows everything there.
    await listRoles();
    await detach(fullAccess, target);
    expect(await refusalOf(listRoles())).toEqual(denied(implicitly));
    await attach(fullAccess, target);
    await listRoles();
  });

  test('an account that moves comes under other policies, units in units count', async () => {
    const inner = await given.newUnit('Inner', unitId);
    await attach(await policyOf('NoListing', denyListing), unitId);
    const move = (SourceParentId: string, DestinationParentId: string) =>
      given.client.send(new MoveAccountCommand({ AccountId: accountId, SourceParentId, DestinationParentId }));
    await move(unitId, inner);
    expect(await refusalOf(listRoles())).toEqual(denied(explicitly));
    await move(inner, given.rootId);
    await listRoles();
  });

  test('the management account is never bound, nor is one outside', async () => {
    const { management, owner } = given.world.sandbox.identities;
    const id = await policyOf('Nothing', policy({ Effect: 'Deny', Action: '*', Resource: '*' }));
    await attach(id, given.rootId);
    await attach(id, management.accountId);
    await listRoles(management);
    await listRoles(owner);
    expect(await refusalOf(listRoles())).toEqual(denied(explicitly));
    // It needs no permission, and nothing can forbid it.
    await bareSts(given.world.sandbox, given.world.clock, administrator).send(new GetCallerIdentityCommand({}));
  });

  test('conditions on who asks hold, and a policy that is changed holds at once', async () => {
    const elsewhere = policy({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/OrganizationAccountAccessRole' } },
    });
    const id = await policyOf('OnlyTheAccessRole', elsewhere);
    await attach(id, unitId);
    await listRoles();
    const iam = bareIam(given.world.sandbox, given.world.clock, administrator);
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'Other',
        AssumeRolePolicyDocument: trustPolicy({ principal: `arn:aws:iam::${accountId}:root` }),
      }),
    );
    const sts = bareSts(given.world.sandbox, given.world.clock, administrator);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/Other`, RoleSessionName: 'setup' }),
    );
    const other = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    expect((await refusalOf(listRoles(other))).message).toContain(explicitly);
    await given.client.send(new UpdatePolicyCommand({ PolicyId: id, Content: denyListing }));
    expect(await refusalOf(listRoles())).toEqual(denied(explicitly));
  });

  test('assuming a role asks the policies of the caller’s account, not of the role’s', async () => {
    const second = await given.newAccount('two@example.com');
    const iam = bareIam(given.world.sandbox, given.world.clock, await given.administratorOf(second));
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'Target',
        AssumeRolePolicyDocument: trustPolicy({ principal: `arn:aws:iam::${accountId}:root` }),
      }),
    );
    const RoleArn = `arn:aws:iam::${second}:role/Target`;
    const assume = () =>
      bareSts(given.world.sandbox, given.world.clock, administrator).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: 'setup' }),
      );
    const id = await policyOf('NoRoles', policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' }));
    await attach(id, second);
    await assume();
    await attach(id, accountId);
    expect(await refusalOf(assume())).toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${accountId}:assumed-role/OrganizationAccountAccessRole/setup is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}${explicitly}`,
    });
  });

  test('an account’s root user is bound as well', async () => {
    const id = 'AKIAROOTOFTHEACCOUNT';
    const secretAccessKey = createSecrets(testSigningKey).secretAccessKey(id);
    const asRoot = () => {
      const saved = given.world.sandbox.snapshot();
      const key = { id, status: 'Active' as const, createdAt: given.world.clock.now() };
      for (const account of saved.accounts) if (account.id === accountId) account.rootAccessKeys.push(key);
      const again = practice({ snapshot: saved });
      return bareIam(again.sandbox, again.clock, { accessKeyId: id, secretAccessKey }).send(new ListRolesCommand({}));
    };
    await asRoot();
    await attach(await policyOf('NoListing', denyListing), unitId);
    expect((await refusalOf(asRoot())).message).toBe(
      `User: arn:aws:iam::${accountId}:root is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${accountId}:role/${explicitly}`,
    );
  });

  test('a service-linked role is not bound', async () => {
    await attach(await policyOf('NoListing', denyListing), unitId);
    const saved = given.world.sandbox.snapshot();
    const account = saved.accounts.find((item) => item.id === accountId);
    const role = account?.roles.find((item) => item.name === 'AWSServiceRoleForOrganizations');
    const session = saved.sessions.find((item) => item.accountId === accountId);
    if (role === undefined || session === undefined) throw new Error('no service-linked role');
    role.attached.push(administratorAccess);
    const roleArn = `arn:aws:iam::${accountId}:role${role.path}${role.name}`;
    Object.assign(session, { roleId: role.id, roleName: role.name, roleArn });
    const again = practice({ snapshot: saved });
    await bareIam(again.sandbox, again.clock, administrator).send(new ListRolesCommand({}));
  });

  test('switched off nothing binds; switched on again AWS’s own policy is everywhere and the others are not', async () => {
    const id = await policyOf('NoListing', denyListing);
    await attach(id, unitId);
    const type = { RootId: given.rootId, PolicyType: 'SERVICE_CONTROL_POLICY' as const };
    const types = async () => (await given.client.send(new ListRootsCommand({}))).Roots?.[0]?.PolicyTypes;
    expect(await types()).toEqual([{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }]);
    expect((await refusalOf(given.client.send(new EnablePolicyTypeCommand(type)))).name).toBe(
      'PolicyTypeAlreadyEnabledException',
    );
    await given.client.send(new DisablePolicyTypeCommand(type));
    expect(await types()).toEqual([]);
    await listRoles();
    expect((await refusalOf(attach(id, unitId))).name).toBe('PolicyTypeNotEnabledException');
    expect((await refusalOf(given.client.send(new DisablePolicyTypeCommand(type)))).name).toBe(
      'PolicyTypeNotEnabledException',
    );
    const late = await given.newUnit('Late');
    await given.client.send(new EnablePolicyTypeCommand(type));
    await listRoles();
    expect((await refusalOf(attach(fullAccess, late))).name).toBe('DuplicatePolicyAttachmentException');
    expect((await refusalOf(detach(id, unitId))).name).toBe('PolicyNotAttachedException');
  });

  test('the simulator tells whether the organization allows', async () => {
    const PolicySourceArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
    const simulate = async () => {
      const iam = bareIam(given.world.sandbox, given.world.clock, administrator);
      const command = new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['iam:ListRoles'] });
      return (await iam.send(command)).EvaluationResults?.[0];
    };
    expect(await simulate()).toMatchObject({
      EvalDecision: 'allowed',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    });
    await attach(await policyOf('NoListing', denyListing), unitId);
    expect(await simulate()).toMatchObject({
      EvalDecision: 'explicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      MatchedStatements: [],
    });
    const { owner } = given.world.sandbox.identities;
    const outside = await bareIam(given.world.sandbox, given.world.clock, owner).send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: owner.arn, ActionNames: ['iam:ListRoles'] }),
    );
    expect(outside.EvaluationResults?.[0]).toMatchObject({ EvalDecision: 'allowed' });
    expect(outside.EvaluationResults?.[0]).not.toHaveProperty('OrganizationsDecisionDetail');
  });

  test('trouble on demand denies like a policy of an organization, and only to the deployer and the owner', async () => {
    const { clock, sandbox } = practice();
    const { deployer, management, owner } = sandbox.identities;
    const list = (as: AwsCredentials) => bareIam(sandbox, clock, as).send(new ListRolesCommand({}));
    const assume = () =>
      bareSts(sandbox, clock, deployer).send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${owner.accountId}:role/Deploy`, RoleSessionName: 'setup' }),
      );
    sandbox.setTrouble({ serviceControlDenies: ['sts:AssumeRole', 'iam:List*'] });
    expect((await refusalOf(assume())).message).toContain(explicitly);
    expect((await refusalOf(list(owner))).message).toContain(explicitly);
    await list(management);
    const simulate = new SimulatePrincipalPolicyCommand({ PolicySourceArn: owner.arn, ActionNames: ['iam:ListRoles'] });
    expect((await bareIam(sandbox, clock, owner).send(simulate)).EvaluationResults?.[0]).toMatchObject({
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    });
    sandbox.setTrouble({ serviceControlDenies: [] });
    await list(owner);
    expect((await refusalOf(assume())).message).not.toContain(explicitly);
    expect(sandboxTroubleSchema.safeParse({ serviceControlDenies: ['no action'] }).success).toBe(false);
  });

  test('a member may ask about the organization, but not manage it', async () => {
    const member = bareOrganizations(given.world.sandbox, given.world.clock, administrator);
    expect(await refusalOf(member.send(new ListRootsCommand({})))).toEqual({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
      status: 400,
    });
  });
});
