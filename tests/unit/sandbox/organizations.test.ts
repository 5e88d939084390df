import { GetRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DeleteOrganizationalUnitCommand,
  DeleteOrganizationCommand,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  InviteAccountToOrganizationCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  MoveAccountCommand,
  UpdateOrganizationalUnitCommand,
} from '@aws-sdk/client-organizations';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseSandboxSnapshot } from '../../../main/sandbox/snapshot';
import { organizationWorld, type OrganizationWorld } from '../../support/organization-world';
import { policy, practice, valueOf } from '../../support/practice';
import { bareIam, bareOrganizations, refusalOf } from '../../support/sdk';

describe('an organization in the sandbox, through the real SDK', () => {
  test('there is none until it is made, and then one, with AWS’s role for its own service', async () => {
    const world = practice();
    const { management } = world.sandbox.identities;
    const client = bareOrganizations(world.sandbox, world.clock, management);
    const create = () => client.send(new CreateOrganizationCommand({}));
    expect(await refusalOf(client.send(new DescribeOrganizationCommand({})))).toEqual({
      name: 'AWSOrganizationsNotInUseException',
      message: 'Your account is not a member of an organization.',
      status: 400,
    });
    const { Organization } = await create();
    expect(Organization?.Id).toMatch(/^o-[a-z0-9]{10,32}$/);
    expect(Organization).toMatchObject({
      FeatureSet: 'ALL',
      MasterAccountId: '333344445555',
      MasterAccountArn: `arn:aws:organizations::333344445555:account/${Organization?.Id ?? ''}/333344445555`,
    });
    expect((await client.send(new DescribeOrganizationCommand({}))).Organization).toEqual(Organization);
    expect((await refusalOf(create())).name).toBe('AlreadyInOrganizationException');
    const { Roots } = await client.send(new ListRootsCommand({}));
    expect(Roots?.[0]?.Id).toMatch(/^r-[0-9a-z]{4,32}$/);
    const iam = bareIam(world.sandbox, world.clock, management);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForOrganizations' }));
    expect(Role?.Path).toBe('/aws-service-role/organizations.amazonaws.com/');
    await client.send(new DeleteOrganizationCommand({}));
    expect((await refusalOf(client.send(new DescribeOrganizationCommand({})))).name).toBe(
      'AWSOrganizationsNotInUseException',
    );
    await create();
  });

  test('who may not make that role is told so', async () => {
    const world = practice();
    const { deployer, owner } = world.sandbox.identities;
    const deployerClient = bareOrganizations(world.sandbox, world.clock, deployer);
    expect(await refusalOf(deployerClient.send(new CreateOrganizationCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
      message:
        'User: arn:aws:iam::111122223333:user/practice-deployer is not authorized to perform: organizations:CreateOrganization on resource: * because no identity-based policy allows the organizations:CreateOrganization action',
    });
    const saved = world.sandbox.snapshot();
    const document = policy({ Effect: 'Deny', Action: 'iam:CreateServiceLinkedRole', Resource: '*' });
    for (const account of saved.accounts)
      for (const user of account.users) user.inline.push({ name: 'NoServiceRoles', document });
    const again = practice({ snapshot: saved });
    const client = bareOrganizations(again.sandbox, again.clock, owner);
    expect(await refusalOf(client.send(new CreateOrganizationCommand({})))).toMatchObject({
      name: 'AccessDeniedForDependencyException',
      reason: 'ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE',
    });
    await client.send(new CreateOrganizationCommand({ FeatureSet: 'CONSOLIDATED_BILLING' }));
  });

  test('with accounts in it it cannot be deleted, and not by a member', async () => {
    const given = await organizationWorld();
    const remove = () => given.client.send(new DeleteOrganizationCommand({}));
    given.world.sandbox.setTrouble({ accountCreationMs: 5_000 });
    await given.requestAccount('one@example.com');
    expect((await refusalOf(remove())).name).toBe('OrganizationNotEmptyException');
    given.world.clock.advance(5_000);
    expect((await refusalOf(remove())).name).toBe('OrganizationNotEmptyException');
    const accountId = given.world.sandbox.snapshot().organizations?.[0]?.accounts[1]?.id ?? '';
    const member = bareOrganizations(given.world.sandbox, given.world.clock, await given.administratorOf(accountId));
    expect((await refusalOf(member.send(new DeleteOrganizationCommand({})))).name).toBe('AccessDeniedException');
    expect((await member.send(new DescribeOrganizationCommand({}))).Organization?.MasterAccountId).toBe('333344445555');
  });

  test('what is not offered is named', async () => {
    const { client } = await organizationWorld();
    const Target = { Id: '111122223333', Type: 'ACCOUNT' as const };
    const refusal = await refusalOf(client.send(new InviteAccountToOrganizationCommand({ Target })));
    expect(refusal.message).toMatch(/practice sandbox does not offer the operation “InviteAccountToOrganization”/);
  });
});

describe('units and moves in the sandbox', () => {
  let given: OrganizationWorld;
  const send = (ParentId: string, Name: string) =>
    given.client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));

  beforeEach(async () => {
    given = await organizationWorld();
  });

  test('a unit is made, named anew, found by its place and deleted when it is empty', async () => {
    const { client, rootId } = given;
    const made = (await send(rootId, 'Sandbox')).OrganizationalUnit;
    const id = made?.Id ?? '';
    expect(id).toMatch(new RegExp(`^ou-${rootId.slice(2)}-[a-z0-9]{8,32}$`));
    expect((await refusalOf(send(rootId, 'Sandbox'))).name).toBe('DuplicateOrganizationalUnitException');
    const inner = await given.newUnit('Sandbox', id);
    const described = await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: inner }));
    expect(described.OrganizationalUnit?.Path).toMatch(new RegExp(`^o-[a-z0-9]+/${rootId}/${id}/${inner}/$`));
    const listed = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: rootId }));
    expect(listed.OrganizationalUnits).toEqual([made]);
    const children = await client.send(new ListChildrenCommand({ ParentId: id, ChildType: 'ORGANIZATIONAL_UNIT' }));
    expect(children.Children).toEqual([{ Id: inner, Type: 'ORGANIZATIONAL_UNIT' }]);
    await given.newUnit('Other');
    const rename = (Name: string) =>
      client.send(new UpdateOrganizationalUnitCommand({ OrganizationalUnitId: id, Name }));
    expect((await refusalOf(rename('Other'))).name).toBe('DuplicateOrganizationalUnitException');
    expect((await rename('Renamed')).OrganizationalUnit?.Name).toBe('Renamed');
    const remove = (OrganizationalUnitId: string) =>
      client.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId }));
    expect((await refusalOf(remove(id))).name).toBe('OrganizationalUnitNotEmptyException');
    await remove(inner);
    await remove(id);
    expect((await refusalOf(remove(id))).name).toBe('OrganizationalUnitNotFoundException');
    expect(
      (await refusalOf(client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id })))).name,
    ).toBe('OrganizationalUnitNotFoundException');
    expect((await refusalOf(send(id, 'Lost'))).name).toBe('ParentNotFoundException');
  });

  test('units nest five deep', async () => {
    let parentId = given.rootId;
    for (let level = 1; level <= 5; level += 1) parentId = await given.newUnit(`Level ${String(level)}`, parentId);
    expect(await refusalOf(send(parentId, 'Level 6'))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'OU_DEPTH_LIMIT_EXCEEDED',
    });
  });

  test('accounts move between the root and its units', async () => {
    const { client, rootId } = given;
    const unit = await given.newUnit('Sandbox');
    const AccountId = await given.newAccount('one@example.com');
    const move = (SourceParentId: string, DestinationParentId: string, id = AccountId) =>
      client.send(new MoveAccountCommand({ AccountId: id, SourceParentId, DestinationParentId }));
    const parents = async () => (await client.send(new ListParentsCommand({ ChildId: AccountId }))).Parents;
    const inUnit = async () =>
      (await client.send(new ListAccountsForParentCommand({ ParentId: unit }))).Accounts?.map((item) => item.Id);
    expect(await parents()).toEqual([{ Id: rootId, Type: 'ROOT' }]);
    expect(await inUnit()).toEqual([]);
    await move(rootId, unit);
    expect(await parents()).toEqual([{ Id: unit, Type: 'ORGANIZATIONAL_UNIT' }]);
    expect(await inUnit()).toEqual([AccountId]);
    const { Account } = await client.send(new DescribeAccountCommand({ AccountId }));
    expect(Account?.Paths?.[0]).toMatch(new RegExp(`^o-[a-z0-9]+/${rootId}/${unit}/${AccountId}/$`));
    expect((await refusalOf(move(rootId, unit))).name).toBe('SourceParentNotFoundException');
    expect((await refusalOf(move(unit, `${unit}x`))).name).toBe('DestinationParentNotFoundException');
    expect((await refusalOf(move(unit, unit))).name).toBe('DuplicateAccountException');
    expect((await refusalOf(move(unit, rootId, '999988887777'))).name).toBe('AccountNotFoundException');
    const lost = new ListOrganizationalUnitsForParentCommand({ ParentId: 'r-none' });
    expect((await refusalOf(client.send(lost))).name).toBe('ParentNotFoundException');
    expect((await refusalOf(client.send(new ListParentsCommand({ ChildId: '999988887777' })))).name).toBe(
      'ChildNotFoundException',
    );
    expect((await refusalOf(client.send(new DescribeAccountCommand({ AccountId: '999988887777' })))).name).toBe(
      'AccountNotFoundException',
    );
  });

  test('what is wrong with a request has a reason', async () => {
    const { client, rootId } = given;
    const units = (input: { ParentId: string; MaxResults?: number; NextToken?: string }) =>
      refusalOf(client.send(new ListOrganizationalUnitsForParentCommand(input)));
    const invalid = (reason: string) => ({ name: 'InvalidInputException', status: 400, reason });
    expect(await units({ ParentId: 'x' })).toMatchObject(invalid('INVALID_PATTERN'));
    expect(await units({ ParentId: rootId, MaxResults: 21 })).toMatchObject(invalid('MAX_VALUE_EXCEEDED'));
    expect(await units({ ParentId: rootId, MaxResults: 0 })).toMatchObject(invalid('MIN_VALUE_EXCEEDED'));
    expect(await units({ ParentId: rootId, NextToken: 'x' })).toMatchObject(invalid('INVALID_NEXT_TOKEN'));
    expect(await refusalOf(send(rootId, ''))).toMatchObject(invalid('MIN_LENGTH_EXCEEDED'));
    expect(await refusalOf(send(rootId, 'x'.repeat(129)))).toMatchObject(invalid('MAX_LENGTH_EXCEEDED'));
    const without = new CreateOrganizationalUnitCommand({ ParentId: rootId, Name: undefined });
    expect(await refusalOf(client.send(without))).toMatchObject(invalid('INPUT_REQUIRED'));
    // @ts-expect-error: not one of the kinds that the model knows
    const kind = new ListChildrenCommand({ ParentId: rootId, ChildType: 'HANDSHAKE' });
    expect(await refusalOf(client.send(kind))).toMatchObject(invalid('INVALID_ENUM'));
  });

  test('lists come in pages of as many as were asked for', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) await given.newUnit(name);
    const seen: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const command = new ListOrganizationalUnitsForParentCommand({ ParentId: given.rootId, MaxResults: 2, NextToken });
      const answer = await given.client.send(command);
      seen.push((answer.OrganizationalUnits ?? []).map((unit) => unit.Name));
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('a permission for one unit is not one for another', async () => {
    const { client, rootId, world } = given;
    const allowed = await given.newUnit('Allowed');
    const organizationId = (await client.send(new DescribeOrganizationCommand({}))).Organization?.Id ?? '';
    const of = (id: string) => `arn:aws:organizations::333344445555:ou/${organizationId}/${id}`;
    const { management } = world.sandbox.identities;
    const saved = world.sandbox.snapshot();
    const document = policy({
      Effect: 'Allow',
      Action: 'organizations:CreateOrganizationalUnit',
      Resource: of(allowed),
    });
    for (const account of saved.accounts)
      for (const user of account.users)
        if (account.id === management.accountId)
          Object.assign(user, { attached: [], inline: [{ name: 'One', document }] });
    const again = practice({ snapshot: saved });
    const narrow = bareOrganizations(again.sandbox, again.clock, management);
    const make = (ParentId: string) => narrow.send(new CreateOrganizationalUnitCommand({ ParentId, Name: 'New' }));
    await make(allowed);
    expect((await refusalOf(make(rootId))).message).toContain(
      `is not authorized to perform: organizations:CreateOrganizationalUnit on resource: arn:aws:organizations::333344445555:root/${organizationId}/${rootId} because`,
    );
  });

  test('who trusts a part of the organization is met by where the caller’s account is', async () => {
    const { client, rootId, world } = given;
    const unit = await given.newUnit('Deployers');
    const accountId = await given.newAccount('one@example.com');
    const organizationId = (await client.send(new DescribeOrganizationCommand({}))).Organization?.Id ?? '';
    const { owner } = world.sandbox.identities;
    const trust = policy({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organizationId}/${rootId}/${unit}/*` } },
    });
    const role = { path: '/', description: '', maxSessionDuration: 3600, tags: [] };
    const made = await valueOf(world.iam(owner).createRole({ ...role, name: 'ForTheUnit', trustPolicy: trust }));
    const administrator = await given.administratorOf(accountId);
    const assume = () =>
      world.sts(administrator).assumeRole({ roleArn: made.arn, sessionName: 'unit', durationSeconds: 900 });
    expect((await assume()).ok).toBe(false);
    await client.send(
      new MoveAccountCommand({ AccountId: accountId, SourceParentId: rootId, DestinationParentId: unit }),
    );
    expect((await assume()).ok).toBe(true);
  });
});

describe('an organization in the saved state', () => {
  test('comes back whole', async () => {
    const given = await organizationWorld();
    await given.newUnit('Workloads');
    await given.newAccount('one@example.com');
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(given.world.sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    expect(practice({ snapshot: saved }).sandbox.snapshot()).toEqual(saved);
    expect(saved.organizations?.[0]?.attachments).toHaveLength(4);
  });

  test('of before there were policies, tags and closures has AWS’s own policy everywhere', async () => {
    const given = await organizationWorld();
    const unit = await given.newUnit('Workloads');
    const saved = given.world.sandbox.snapshot();
    const older = saved.organizations?.map(
      ({ accounts, featureSet, id, managementAccountId, requests, rootId, units }) => ({
        id,
        managementAccountId,
        featureSet,
        rootId,
        requests,
        units: units.map((item) => ({ id: item.id, parentId: item.parentId, name: item.name })),
        accounts: accounts.map(({ tags: _, ...account }) => account),
      }),
    );
    const read = parseSandboxSnapshot(JSON.parse(JSON.stringify({ ...saved, organizations: older })));
    const [organization] = read?.organizations ?? [];
    const [was] = saved.organizations ?? [];
    const byTarget = (left: { targetId: string }, right: { targetId: string }) =>
      left.targetId < right.targetId ? -1 : 1;
    expect(organization?.attachments.sort(byTarget)).toEqual(was?.attachments.sort(byTarget));
    expect(organization?.attachments).toContainEqual({ policyId: 'p-FullAWSAccess', targetId: unit });
    expect(read).toEqual(saved);
  });
});
