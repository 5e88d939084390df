import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListCreateAccountStatusCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { SandboxHttpHandler } from '../../../main/aws/sandbox-handler';
import { computerNow } from '../../../main/platform/computer-time';
import { parseSandboxSnapshot } from '../../../main/sandbox/snapshot';
import { practice, type Practice } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

function organizationsOf(world: Practice, as: AwsCredentials): OrganizationsClient {
  return new OrganizationsClient({
    region: 'us-east-1',
    credentials: { accessKeyId: as.accessKeyId, secretAccessKey: as.secretAccessKey },
    maxAttempts: 1,
    requestHandler: new SandboxHttpHandler(world.sandbox),
    systemClockOffset: world.clock.now() - computerNow(),
  });
}

describe('Organizations in the sandbox, through the real SDK', () => {
  let world: Practice;
  let client: OrganizationsClient;
  const create = () => client.send(new CreateOrganizationCommand({}));
  const request = async (Email = 'ops+one@example.com') => {
    const answer = await client.send(new CreateAccountCommand({ Email, AccountName: 'One' }));
    return answer.CreateAccountStatus?.Id ?? '';
  };
  const status = async (id: string) =>
    (await client.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: id }))).CreateAccountStatus;
  const rootId = async () => (await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? '';

  beforeEach(() => {
    world = practice();
    client = organizationsOf(world, world.sandbox.identities.management);
  });

  test('there is none until it is made, and then one', async () => {
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
    expect(await rootId()).toMatch(/^r-[0-9a-z]{4,32}$/);
  });

  test('an account takes its time, then is there, with a role for the management account', async () => {
    await create();
    const id = await request();
    expect(id).toMatch(/^car-[a-z0-9]{8,32}$/);
    expect(await status(id)).toMatchObject({ State: 'IN_PROGRESS', AccountName: 'One' });
    const pending = await client.send(new ListCreateAccountStatusCommand({ States: ['IN_PROGRESS'] }));
    expect(pending.CreateAccountStatuses?.map((item) => item.Id)).toEqual([id]);
    world.clock.advance(5_000);
    const done = await status(id);
    expect(done).toMatchObject({ State: 'SUCCEEDED', CompletedTimestamp: new Date(world.clock.now()) });
    const accountId = done?.AccountId ?? '';
    expect(accountId).toMatch(/^\d{12}$/);
    const account = await client.send(new DescribeAccountCommand({ AccountId: accountId }));
    expect(account.Account).toMatchObject({ State: 'ACTIVE', Email: 'ops+one@example.com', JoinedMethod: 'CREATED' });
    expect((await client.send(new ListAccountsCommand({}))).Accounts).toHaveLength(2);
    const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
    const assume = (as: AwsCredentials) =>
      bareSts(world.sandbox, world.clock, as).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'setup' }));
    const { Credentials } = await assume(world.sandbox.identities.management);
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await bareIam(world.sandbox, world.clock, session).send(new ListAccountAliasesCommand({}));
    expect((await refusalOf(assume(world.sandbox.identities.owner))).name).toBe('AccessDenied');
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(world.sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    const again = practice({ snapshot: saved });
    again.clock.advance(5_000);
    const who = await bareSts(again.sandbox, again.clock, session).send(new GetCallerIdentityCommand({}));
    expect(who.Account).toBe(accountId);
  });

  test('an account fails by its address or on demand, with a reason', async () => {
    await create();
    await request();
    const twice = await request('OPS+one@example.com');
    world.clock.advance(5_000);
    expect(await status(twice)).toMatchObject({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' });
    world.sandbox.setTrouble({ accountCreationFailure: 'ACCOUNT_LIMIT_EXCEEDED', accountCreationMs: 0 });
    expect(await status(await request('two@example.com'))).toMatchObject({
      State: 'FAILED',
      FailureReason: 'ACCOUNT_LIMIT_EXCEEDED',
    });
    world.sandbox.setTrouble({ accountCreationFailure: undefined });
    expect((await status(await request('two@example.com')))?.State).toBe('SUCCEEDED');
    for (const email of ['no-at.example.com', 'a b@example.com', 'one@nodot'])
      expect((await refusalOf(request(email))).name).toBe('InvalidInputException');
    expect((await refusalOf(status('car-none'))).name).toBe('CreateAccountStatusNotFoundException');
  });

  test('accounts move between the root and its units', async () => {
    await create();
    const root = await rootId();
    const made = await client.send(new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Sandbox' }));
    const unit = made.OrganizationalUnit?.Id ?? '';
    expect(unit).toMatch(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/);
    expect(
      (await refusalOf(client.send(new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Sandbox' })))).name,
    ).toBe('DuplicateOrganizationalUnitException');
    const listed = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: root }));
    expect(listed.OrganizationalUnits).toEqual([made.OrganizationalUnit]);
    world.sandbox.setTrouble({ accountCreationMs: 0 });
    const AccountId = (await status(await request()))?.AccountId ?? '';
    const move = (SourceParentId: string, DestinationParentId: string, id = AccountId) =>
      client.send(new MoveAccountCommand({ AccountId: id, SourceParentId, DestinationParentId }));
    const parents = async () => (await client.send(new ListParentsCommand({ ChildId: AccountId }))).Parents;
    expect(await parents()).toEqual([{ Id: root, Type: 'ROOT' }]);
    await move(root, unit);
    expect(await parents()).toEqual([{ Id: unit, Type: 'ORGANIZATIONAL_UNIT' }]);
    expect((await refusalOf(move(root, unit))).name).toBe('SourceParentNotFoundException');
    expect((await refusalOf(move(unit, 'ou-none-12345678'))).name).toBe('DestinationParentNotFoundException');
    expect((await refusalOf(move(unit, unit))).name).toBe('DuplicateAccountException');
    expect((await refusalOf(move(unit, root, '999988887777'))).name).toBe('AccountNotFoundException');
    expect(
      (await refusalOf(client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: 'r-none' })))).name,
    ).toBe('ParentNotFoundException');
    expect((await refusalOf(client.send(new ListParentsCommand({ ChildId: '999988887777' })))).name).toBe(
      'ChildNotFoundException',
    );
    expect((await refusalOf(client.send(new DescribeAccountCommand({ AccountId: '999988887777' })))).name).toBe(
      'AccountNotFoundException',
    );
  });

  test('lists come in pages of twenty', async () => {
    await create();
    world.sandbox.setTrouble({ accountCreationMs: 0 });
    for (let index = 0; index < 20; index += 1) await request(`a${String(index)}@example.com`);
    const first = await client.send(new ListAccountsCommand({}));
    expect(first.Accounts).toHaveLength(20);
    const second = await client.send(new ListAccountsCommand({ NextToken: first.NextToken }));
    expect(second.Accounts).toHaveLength(1);
    expect(second.NextToken).toBeUndefined();
    expect((await refusalOf(client.send(new ListAccountsCommand({ NextToken: 'x' })))).name).toBe(
      'InvalidInputException',
    );
  });

  test('who has no right is refused under Organizations’ own name; what is not offered is named', async () => {
    const deployer = organizationsOf(world, world.sandbox.identities.deployer);
    expect(await refusalOf(deployer.send(new CreateOrganizationCommand({})))).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
      message:
        'User: arn:aws:iam::111122223333:user/practice-deployer is not authorized to perform: organizations:CreateOrganization on resource: * because no identity-based policy allows the organizations:CreateOrganization action',
    });
    const unknown = await refusalOf(client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' })));
    expect(unknown.message).toMatch(/practice sandbox does not offer the operation “ListPolicies”/);
  });
});
