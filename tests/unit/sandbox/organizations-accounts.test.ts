import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateAccountFailureReason,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  LeaveOrganizationCommand,
  ListAccountsCommand,
  ListCreateAccountStatusCommand,
  ListTagsForResourceCommand,
  RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxTroubleSchema } from '../../../core/domain/practice-trouble';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { parseSandboxSnapshot } from '../../../main/sandbox/snapshot';
import { organizationWorld, type OrganizationWorld } from '../../support/organization-world';
import { policy, practice } from '../../support/practice';
import { bareIam, bareOrganizations, bareSts, refusalOf } from '../../support/sdk';

const day = 24 * 3_600_000;

let given: OrganizationWorld;
beforeEach(async () => {
  given = await organizationWorld();
});

const describeAccount = async (AccountId: string) =>
  (await given.client.send(new DescribeAccountCommand({ AccountId }))).Account;
const slowly = () => {
  given.world.sandbox.setTrouble({ accountCreationMs: 5_000 });
};

describe('new accounts in the sandbox', () => {
  test('an account takes its time, then is there, with a role for the management account', async () => {
    slowly();
    const { clock, sandbox } = given.world;
    const pending = await given.requestAccount('ops+one@example.com');
    expect(pending.Id).toMatch(/^car-[a-z0-9]{8,32}$/);
    expect(pending).toMatchObject({ State: 'IN_PROGRESS', AccountName: 'One' });
    expect(pending.AccountId).toBeUndefined();
    const listed = await given.client.send(new ListCreateAccountStatusCommand({ States: ['IN_PROGRESS'] }));
    expect(listed.CreateAccountStatuses?.map((item) => item.Id)).toEqual([pending.Id]);
    clock.advance(5_000);
    const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: pending.Id });
    const done = (await given.client.send(command)).CreateAccountStatus;
    expect(done).toMatchObject({ State: 'SUCCEEDED', CompletedTimestamp: new Date(clock.now()) });
    const accountId = done?.AccountId ?? '';
    expect(accountId).toMatch(/^\d{12}$/);
    expect(await describeAccount(accountId)).toMatchObject({
      State: 'ACTIVE',
      Email: 'ops+one@example.com',
      JoinedMethod: 'CREATED',
    });
    expect((await given.client.send(new ListAccountsCommand({}))).Accounts).toHaveLength(2);
    const session = await given.administratorOf(accountId);
    await bareIam(sandbox, clock, session).send(new ListAccountAliasesCommand({}));
    const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
    const foreign = bareSts(sandbox, clock, sandbox.identities.owner).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'setup' }),
    );
    expect((await refusalOf(foreign)).name).toBe('AccessDenied');
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    const again = practice({ snapshot: saved });
    again.clock.advance(5_000);
    const who = await bareSts(again.sandbox, again.clock, session).send(new GetCallerIdentityCommand({}));
    expect(who.Account).toBe(accountId);
  });

  test('an account fails by its address, by its twin or on demand, with a reason', async () => {
    slowly();
    await given.requestAccount('ops+one@example.com');
    const taken = await given.requestAccount('OPS+one@example.com');
    const twin = await given.requestAccount('ops+one@example.com');
    given.world.clock.advance(5_000);
    const { CreateAccountStatuses } = await given.client.send(
      new ListCreateAccountStatusCommand({ States: ['FAILED'] }),
    );
    expect(CreateAccountStatuses?.map(({ FailureReason, Id }) => ({ FailureReason, Id }))).toEqual([
      { FailureReason: 'EMAIL_ALREADY_EXISTS', Id: taken.Id },
      { FailureReason: 'CONCURRENT_ACCOUNT_MODIFICATION', Id: twin.Id },
    ]);
    given.world.sandbox.setTrouble({ accountCreationFailure: 'MISSING_PAYMENT_INSTRUMENT', accountCreationMs: 0 });
    expect(await given.requestAccount('two@example.com')).toMatchObject({
      State: 'FAILED',
      FailureReason: 'MISSING_PAYMENT_INSTRUMENT',
    });
    given.world.sandbox.setTrouble({ accountCreationFailure: undefined });
    expect((await given.requestAccount('two@example.com')).State).toBe('SUCCEEDED');
    // @ts-expect-error: not one of the states that the model knows
    const wished = new ListCreateAccountStatusCommand({ States: ['FAILED', 'WISHED'] });
    expect((await refusalOf(given.client.send(wished))).reason).toBe('INVALID_LIST_MEMBER');
    const none = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: 'car-00000000' });
    expect((await refusalOf(given.client.send(none))).name).toBe('CreateAccountStatusNotFoundException');
  });

  test.each(Object.values(CreateAccountFailureReason))('%s on demand, told when it is done', async (reason) => {
    given.world.sandbox.setTrouble({
      accountCreationMs: 5_000,
      accountCreationFailure: sandboxTroubleSchema.shape.accountCreationFailure.parse(reason),
    });
    const asked = await given.requestAccount('one@example.com');
    expect(asked).toMatchObject({ State: 'IN_PROGRESS' });
    expect(asked).not.toHaveProperty('FailureReason');
    given.world.clock.advance(5_000);
    const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked.Id });
    expect((await given.client.send(command)).CreateAccountStatus).toMatchObject({
      State: 'FAILED',
      FailureReason: reason,
      CompletedTimestamp: new Date(given.world.clock.now()),
    });
    expect((await given.client.send(new ListAccountsCommand({}))).Accounts).toHaveLength(1);
  });

  test('what is wrong with a request has a reason', async () => {
    const create = (input: Partial<CreateAccountCommand['input']>) =>
      refusalOf(
        given.client.send(new CreateAccountCommand({ Email: 'one@example.com', AccountName: 'One', ...input })),
      );
    const invalid = (reason: string) => ({ name: 'InvalidInputException', reason });
    for (const Email of ['no-at.example.com', 'a b@example.com', 'one@nodot'])
      expect(await create({ Email })).toMatchObject(invalid('INVALID_PATTERN'));
    expect(await create({ Email: undefined })).toMatchObject(invalid('INPUT_REQUIRED'));
    expect(await create({ AccountName: 'x'.repeat(51) })).toMatchObject(invalid('MAX_LENGTH_EXCEEDED'));
    expect(await create({ RoleName: 'AWSServiceRoleForMe' })).toMatchObject(invalid('INVALID_ROLE_NAME'));
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ];
    expect(await create({ Tags })).toMatchObject(invalid('DUPLICATE_TAG_KEY'));
    expect(await create({ Tags: [{ Key: 'aws:x', Value: '' }] })).toMatchObject(
      invalid('INVALID_SYSTEM_TAGS_PARAMETER'),
    );
  });

  test('tags need the right to tag the account that will be', async () => {
    const { management } = given.world.sandbox.identities;
    const Tags = [{ Key: 'Owner', Value: 'Deployments' }];
    const as = (Action: readonly string[]) => {
      const saved = given.world.sandbox.snapshot();
      const document = policy({ Effect: 'Allow', Action, Resource: '*' });
      for (const account of saved.accounts)
        for (const user of account.users)
          if (account.id === management.accountId)
            Object.assign(user, { attached: [], inline: [{ name: 'One', document }] });
      const again = practice({ snapshot: saved });
      const client = bareOrganizations(again.sandbox, again.clock, management);
      return client.send(new CreateAccountCommand({ Email: 'one@example.com', AccountName: 'One', Tags }));
    };
    expect((await refusalOf(as(['organizations:CreateAccount']))).message).toMatch(
      /organizations:TagResource on resource: arn:aws:organizations::333344445555:account\/o-[a-z0-9]+\/\*/,
    );
    await as(['organizations:CreateAccount', 'organizations:TagResource']);
  });

  test('tags and the access role’s name are kept', async () => {
    const command = new CreateAccountCommand({
      Email: 'one@example.com',
      AccountName: 'One',
      RoleName: 'Entrance',
      IamUserAccessToBilling: 'DENY',
      Tags: [{ Key: 'Owner', Value: 'Deployments' }],
    });
    const { CreateAccountStatus } = await given.client.send(command);
    const request = given.world.sandbox.snapshot().organizations?.[0]?.requests[0];
    expect(request).toMatchObject({ id: CreateAccountStatus?.Id, billingAccess: 'DENY', state: 'SUCCEEDED' });
    const tags = await given.client.send(new ListTagsForResourceCommand({ ResourceId: request?.accountId }));
    expect(tags.Tags).toEqual([{ Key: 'Owner', Value: 'Deployments' }]);
    const { clock, sandbox } = given.world;
    const RoleArn = `arn:aws:iam::${request?.accountId ?? ''}:role/Entrance`;
    await bareSts(sandbox, clock, sandbox.identities.management).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'setup' }),
    );
  });

  test('five at a time, ten altogether', async () => {
    slowly();
    for (let index = 0; index < 5; index += 1) await given.requestAccount(`a${String(index)}@example.com`);
    expect((await refusalOf(given.requestAccount('late@example.com'))).name).toBe('TooManyRequestsException');
    given.world.clock.advance(5_000);
    // Six are there: of the next five the last finds no room.
    for (let index = 0; index < 5; index += 1) await given.requestAccount(`b${String(index)}@example.com`);
    given.world.clock.advance(5_000);
    const { Accounts } = await given.client.send(new ListAccountsCommand({}));
    expect(Accounts).toHaveLength(10);
    const failed = await given.client.send(new ListCreateAccountStatusCommand({ States: ['FAILED'] }));
    expect(failed.CreateAccountStatuses?.map((item) => item.FailureReason)).toEqual(['ACCOUNT_LIMIT_EXCEEDED']);
    expect(await refusalOf(given.requestAccount('more@example.com'))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED',
    });
  });
});

describe('accounts that end in the sandbox', () => {
  const close = (AccountId: string) => given.client.send(new CloseAccountCommand({ AccountId }));
  const whoIs = (as: AwsCredentials) =>
    bareSts(given.world.sandbox, given.world.clock, as).send(new GetCallerIdentityCommand({}));

  test('an account that is being closed works until it is closed, and then nothing of it does', async () => {
    const accountId = await given.newAccount('one@example.com');
    const session = await given.administratorOf(accountId);
    slowly();
    await close(accountId);
    expect(await describeAccount(accountId)).toMatchObject({ State: 'PENDING_CLOSURE', Status: 'PENDING_CLOSURE' });
    await whoIs(session);
    const signIn = async () => {
      const Session = JSON.stringify({
        sessionId: session.accessKeyId,
        sessionKey: session.secretAccessKey,
        sessionToken: session.sessionToken,
      });
      const query = { Action: 'getSigninToken', Session };
      const request = { method: 'GET', hostname: 'signin', path: '/federation', query, headers: {}, body: '' };
      return (await given.world.sandbox.handle(request)).status;
    };
    expect(await signIn()).toBe(200);
    expect((await refusalOf(close(accountId))).name).toBe('ConflictException');
    given.world.clock.advance(5_000);
    expect(await describeAccount(accountId)).toMatchObject({ State: 'CLOSED', Status: 'SUSPENDED' });
    expect((await refusalOf(whoIs(session))).name).toBe('InvalidClientTokenId');
    expect(await signIn()).toBe(400);
    const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
    const { clock, sandbox } = given.world;
    const { management } = sandbox.identities;
    const assume = bareSts(sandbox, clock, management).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'setup' }),
    );
    // As for a role that is not there: AWS gives no reason.
    expect(await refusalOf(assume)).toEqual({
      name: 'AccessDenied',
      status: 403,
      message: `User: ${management.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
    expect((await refusalOf(close(accountId))).name).toBe('AccountAlreadyClosedException');
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    const again = practice({ snapshot: saved });
    expect(
      (await refusalOf(bareSts(again.sandbox, again.clock, session).send(new GetCallerIdentityCommand({})))).name,
    ).toBe('InvalidClientTokenId');
    clock.advance(90 * day);
    expect((await refusalOf(close(accountId))).name).toBe('AccountNotFoundException');
    expect((await given.client.send(new ListAccountsCommand({}))).Accounts).toHaveLength(1);
    expect((await given.requestAccount('one@example.com')).State).toBe('IN_PROGRESS');
    clock.advance(5_000);
    const failed = await given.client.send(new ListCreateAccountStatusCommand({ States: ['FAILED'] }));
    expect(failed.CreateAccountStatuses?.[0]?.FailureReason).toBe('EMAIL_ALREADY_EXISTS');
  });

  test('not the management account, not a stranger’s, not without all features', async () => {
    expect(await refusalOf(close('333344445555'))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
    });
    expect((await refusalOf(close('111122223333'))).name).toBe('AccountNotFoundException');
    given = await organizationWorld({}, 'CONSOLIDATED_BILLING');
    const accountId = await given.newAccount('one@example.com');
    expect((await refusalOf(close(accountId))).reason).toBe('ORGANIZATION_NOT_IN_ALL_FEATURES_MODE');
  });

  test('three at a time', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ids.push(await given.newAccount(`${name}@example.com`));
    slowly();
    for (const id of ids.slice(0, 3)) await close(id);
    expect((await refusalOf(close(ids[3] ?? ''))).reason).toBe('CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED');
    given.world.clock.advance(5_000);
    await close(ids[3] ?? '');
  });

  test('250 in thirty days', async () => {
    const accountId = await given.newAccount('one@example.com');
    const saved = given.world.sandbox.snapshot();
    const organization = saved.organizations?.[0];
    const one = organization?.accounts.find((account) => account.id === accountId);
    if (organization === undefined || one === undefined) throw new Error('no account');
    const requestedAt = given.world.clock.now();
    for (let index = 0; index < 250; index += 1) {
      const closure = { requestedAt, completesAt: requestedAt };
      organization.accounts.push({ ...one, id: String(100_000_000_000 + index), state: 'CLOSED', closure });
    }
    const again = practice({ snapshot: saved });
    const closing = () =>
      bareOrganizations(again.sandbox, again.clock, again.sandbox.identities.management).send(
        new CloseAccountCommand({ AccountId: accountId }),
      );
    expect((await refusalOf(closing())).reason).toBe('CLOSE_ACCOUNT_QUOTA_EXCEEDED');
    again.clock.advance(30 * day);
    await closing();
  });

  test('a created account waits four days, and then lacks what it needs to leave', async () => {
    const accountId = await given.newAccount('one@example.com');
    const remove = (AccountId: string) => given.client.send(new RemoveAccountFromOrganizationCommand({ AccountId }));
    expect(await refusalOf(remove(accountId))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'WAIT_PERIOD_ACTIVE',
    });
    given.world.clock.advance(4 * day);
    expect((await refusalOf(remove(accountId))).reason).toBe('MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED');
    const member = bareOrganizations(given.world.sandbox, given.world.clock, await given.administratorOf(accountId));
    expect((await refusalOf(member.send(new LeaveOrganizationCommand({})))).reason).toBe(
      'MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED',
    );
    expect((await refusalOf(remove('333344445555'))).name).toBe('MasterCannotLeaveOrganizationException');
    expect((await refusalOf(given.client.send(new LeaveOrganizationCommand({})))).name).toBe(
      'MasterCannotLeaveOrganizationException',
    );
  });

  test('an account that was invited goes, by either side', async () => {
    const first = await given.newAccount('one@example.com');
    const second = await given.newAccount('two@example.com');
    const session = await given.administratorOf(second);
    const saved = given.world.sandbox.snapshot();
    for (const account of saved.organizations?.[0]?.accounts ?? []) account.joinedMethod = 'INVITED';
    const again = practice({ snapshot: saved });
    const client = bareOrganizations(again.sandbox, again.clock, again.sandbox.identities.management);
    await client.send(new RemoveAccountFromOrganizationCommand({ AccountId: first }));
    const member = bareOrganizations(again.sandbox, again.clock, session);
    await member.send(new LeaveOrganizationCommand({}));
    expect((await refusalOf(member.send(new LeaveOrganizationCommand({})))).name).toBe(
      'AWSOrganizationsNotInUseException',
    );
    expect((await client.send(new ListAccountsCommand({}))).Accounts).toHaveLength(1);
    expect(again.sandbox.snapshot().organizations?.[0]?.attachments).toHaveLength(2);
  });
});
