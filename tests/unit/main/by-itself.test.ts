import { AttachPolicyCommand, CreatePolicyCommand, DetachPolicyCommand } from '@aws-sdk/client-organizations';
import type { ByWish } from '../../../core/domain/by-itself';
import { afterEach, describe, expect, test } from 'vitest';
import {
  askingDraft,
  answerTheRest,
  draftForNewAccount,
  draftOf,
  roleNames,
  tested,
  untilStill,
} from '../../support/by-itself-world';
import { hold } from '../../support/hold';
import { policy } from '../../support/practice';
import { bareOrganizations } from '../../support/sdk';
import {
  accountsNamed,
  countOf,
  managementSource,
  never,
  organizedWorld,
  recordOf,
  settled,
  wishFor,
} from '../../support/sub-account-world';
import { draftAtCreate, must, until, type World } from '../../support/workspace-world';

const opened: World[] = [];
afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

async function organized() {
  const made = await organizedWorld();
  opened.push(made.world);
  return made;
}

const boundTo = (world: World, draftId: string) => draftOf(world, draftId).state.answers.subAccountId ?? '';
const byItselfOf = (world: World, draftId: string) => draftOf(world, draftId).state.answers.byItself;

async function gone(world: World, draftId: string, wish = tested): Promise<void> {
  must(world.workspace.onboarding.byItself.start(draftId, wish));
  await untilStill(world);
}

describe('a wizard asks for an account of its own', () => {
  test('once, whoever presses how often, and before AWS is asked its name is in the draft', async () => {
    const { unitId, world } = await organized();
    const { onboarding } = world.workspace;
    const draftId = must(onboarding.start()).draft.id;
    must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId: 'deployment-service' }));
    let bound: string | undefined;
    world.wire.before = (action, pass) => {
      if (action === 'CreateAccount') bound = boundTo(world, draftId);
      return pass();
    };
    const wish = wishFor(unitId);
    const both = await Promise.all([
      onboarding.newAccounts.ask(draftId, managementSource, wish),
      onboarding.newAccounts.ask(draftId, managementSource, wish),
    ]);
    const [first, second] = both.map((one) => must(one).draft.state.answers.subAccountId);
    expect(second).toBe(first);
    await settled(world, first ?? '', 'ready');
    expect(bound).toBe(first);
    // another wish of the same wizard is not another account
    must(await onboarding.newAccounts.ask(draftId, managementSource, { ...wish, email: 'ops+other@example.com' }));
    expect(countOf(world, 'CreateAccount')).toBe(1);
    expect(world.workspace.subAccounts.list()).toHaveLength(1);
  });

  test('the app is killed between the draft and the asking: nothing was asked for, and it is asked for once', async () => {
    const { world } = await organized();
    const { onboarding } = world.workspace;
    const draftId = must(onboarding.start()).draft.id;
    must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId: 'deployment-service' }));
    world.wire.before = never;
    void onboarding.newAccounts.ask(draftId, managementSource, wishFor());
    await until(world, () => boundTo(world, draftId) !== '');
    const bound = boundTo(world, draftId);
    const next = world.restart();
    opened.push(next);
    await next.workspace.launch();
    expect(boundTo(next, draftId)).toBe(bound);
    expect(next.workspace.subAccounts.find(bound)).toBeUndefined();
    must(await next.workspace.onboarding.newAccounts.ask(draftId, managementSource, wishFor()));
    expect(boundTo(next, draftId)).toBe(bound);
    await settled(next, bound, 'ready');
    expect(countOf(world, 'CreateAccount') + countOf(next, 'CreateAccount')).toBe(1);
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('that AWS ends is asked for anew, under a record of its own', async () => {
    const { world } = await organized();
    world.sandbox.setTrouble({ accountCreationFailure: 'EMAIL_ALREADY_EXISTS' });
    const draftId = await askingDraft(world);
    const first = boundTo(world, draftId);
    await settled(world, first, 'failed');
    world.sandbox.setTrouble({ accountCreationFailure: undefined });
    const wish = { ...wishFor(), email: 'ops+again@example.com' };
    must(await world.workspace.onboarding.newAccounts.ask(draftId, managementSource, wish));
    const second = boundTo(world, draftId);
    expect(second).not.toBe(first);
    await settled(world, second, 'ready');
  });

  test('is not answered with another account, nor before AWS has made it', async () => {
    const { world } = await organized();
    const { onboarding } = world.workspace;
    const draftId = await askingDraft(world);
    const subAccountId = boundTo(world, draftId);
    const choose = (accountId: string, id = subAccountId) =>
      onboarding.act(draftId, {
        kind: 'choose-account',
        account: { name: 'Python deploy', accountId, region: 'eu-west-1', subAccountId: id },
      });
    expect(await choose('222233334444')).toMatchObject({ error: { kind: 'not-possible' } });
    await settled(world, subAccountId, 'ready');
    expect(await choose('222233334444')).toMatchObject({ error: { kind: 'not-possible' } });
    expect(await choose('222233334444', draftId)).toMatchObject({ error: { kind: 'not-found' } });
    must(await choose(recordOf(world, subAccountId).accountId ?? ''));
    expect(draftOf(world, draftId).state.step).toBe('options');
  });

  test('a wizard may be begun for one that is there, and takes one that was asked for before', async () => {
    const { world } = await organized();
    const { onboarding } = world.workspace;
    const subAccountId = boundTo(world, await askingDraft(world));
    expect(must(onboarding.start(subAccountId)).draft.state.answers.subAccountId).toBe(subAccountId);
    expect(onboarding.start('00000000-0000-4000-8000-000000000000')).toMatchObject({ error: { kind: 'not-found' } });
    const other = must(onboarding.start()).draft.id;
    must(await onboarding.act(other, { kind: 'choose-recipe', recipeId: 'deployment-service' }));
    must(await onboarding.act(other, { kind: 'take-sub-account', subAccountId }));
    expect(boundTo(world, other)).toBe(subAccountId);
  });
});

describe('the rest by itself', () => {
  test('waits for the access role, makes the role, tests it and records the connection', async () => {
    const { unitId, world } = await organized();
    world.sandbox.setTrouble({ accountCreationMs: 30_000, propagationDelayMs: 20_000 });
    const draftId = await askingDraft(world, unitId);
    await answerTheRest(world, draftId);
    // AWS has made the account, and its access role does not let in yet
    expect(recordOf(world, boundTo(world, draftId)).state).not.toBe('ready');
    const { accountId = '' } = recordOf(world, boundTo(world, draftId));
    await gone(world, draftId);
    const { connections, onboarding, sources } = world.workspace;
    expect(onboarding.drafts()).toEqual([]);
    const [connection, ...others] = world.documents.connections.all();
    expect(others).toEqual([]);
    const through = sources.list().filter(({ source }) => source.kind === 'member-role');
    expect(through).toHaveLength(1);
    expect(connection).toMatchObject({
      ...{ name: 'Python deploy', accountId, status: 'working', madeBy: 'automatic', sourceId: 'practice-deployer' },
      ...{ targetSourceId: through[0]?.source.id, roleName: 'PythonDeploy' },
    });
    expect(connections.find(connection?.id ?? '')?.lastTest?.state).toMatch(/passed|warned/);
    expect(roleNames(world, accountId).filter((name) => name === 'PythonDeploy')).toHaveLength(1);
    expect(world.operations.at(-1)).toMatchObject({ kind: 'by-itself', state: 'done', connectionId: connection?.id });
    // and is taken back through the same role
    must(world.workspace.receipts.undo(connection?.id ?? ''));
    await untilStill(world);
    expect(roleNames(world, accountId)).not.toContain('PythonDeploy');
  });

  test('without a test records it as not tested', async () => {
    const { world } = await organized();
    await gone(world, await draftForNewAccount(world), { withTest: false, guardRails: [] });
    expect(world.documents.connections.all()).toMatchObject([{ status: 'not-tested' }]);
    expect(world.operations.some(({ kind }) => kind === 'test')).toBe(false);
  });

  test('the access role does not let in for ten minutes: it says so, and goes on when it does', async () => {
    const { world } = await organized();
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      return action === 'AssumeRole' ? { ...answer, status: 403, body: refusal } : answer;
    };
    const draftId = await draftForNewAccount(world);
    const subAccountId = boundTo(world, draftId);
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await until(world, () => world.workspace.operations.list().length === 0, 15_000);
    expect(byItselfOf(world, draftId)).toMatchObject({
      ...{ state: 'failed', at: 'entering' },
      error: { message: 'The account is there, and its access role did not let in for ten minutes.' },
    });
    const { accountId = '' } = recordOf(world, subAccountId);
    expect(roleNames(world, accountId)).not.toContain('PythonDeploy');
    world.wire.before = (_action, pass) => pass();
    await gone(world, draftId);
    expect(world.documents.connections.all()).toHaveLength(1);
    expect(countOf(world, 'CreateAccount')).toBe(1);
  });

  test('a service control policy that denies the role says so; once it is off, it goes on', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    const record = await settled(world, boundTo(world, draftId), 'ready');
    const organizations = bareOrganizations(world.sandbox, world.clock, world.sandbox.identity('management'));
    const made = await organizations.send(
      new CreatePolicyCommand({
        ...{ Name: 'NoRoles', Description: 'none', Type: 'SERVICE_CONTROL_POLICY' },
        Content: policy({ Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }),
      }),
    );
    const PolicyId = made.Policy?.PolicySummary?.Id;
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: record.accountId }));
    await gone(world, draftId);
    expect(byItselfOf(world, draftId)).toMatchObject({
      ...{ state: 'failed', at: 'creating' },
      error: { kind: 'access-denied' },
    });
    expect(roleNames(world, record.accountId ?? '')).not.toContain('PythonDeploy');
    await organizations.send(new DetachPolicyCommand({ PolicyId, TargetId: record.accountId }));
    await gone(world, draftId);
    expect(world.documents.connections.all()).toMatchObject([{ status: 'working' }]);
  });

  test('the source is in another account by now: nothing is made anywhere', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    const record = await settled(world, boundTo(world, draftId), 'ready');
    world.documents.sources.update((document) => ({
      ...document,
      sources: document.sources.map((source) =>
        source.id === managementSource && source.kind === 'sandbox'
          ? { ...source, identity: 'owner' as const }
          : source,
      ),
    }));
    const next = world.restart();
    opened.push(next);
    await gone(next, draftId);
    expect(byItselfOf(next, draftId)).toMatchObject({
      ...{ state: 'failed', at: 'entering' },
      error: { remedies: [{ kind: 'choose-source' }] },
    });
    expect(countOf(next, 'CreateRole')).toBe(0);
    expect(roleNames(next, record.accountId ?? '')).not.toContain('PythonDeploy');
  });

  test('throttled to the end while the role is made: it stops there, and is gone on with', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    await settled(world, boundTo(world, draftId), 'ready');
    world.wire.before = async (action, pass) => {
      world.sandbox.setTrouble({ throttling: action === 'AttachRolePolicy' ? 1 : 0 });
      return await pass();
    };
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await untilStill(world, 50);
    expect(byItselfOf(world, draftId)).toMatchObject({ state: 'failed', at: 'creating', error: { kind: 'throttled' } });
    world.sandbox.setTrouble({ throttling: 0 });
    world.wire.before = (_action, pass) => pass();
    const before = countOf(world, 'CreateRole');
    await gone(world, draftId);
    expect(world.documents.connections.all()).toHaveLength(1);
    expect(countOf(world, 'CreateRole')).toBe(before);
  });

  test('a person stops it, goes on, and may take back what was made', async () => {
    const { world } = await organized();
    const { onboarding, operations } = world.workspace;
    const draftId = await draftForNewAccount(world);
    const { accountId = '' } = await settled(world, boundTo(world, draftId), 'ready');
    const held = hold(world, 'AttachRolePolicy');
    const { operationId } = must(onboarding.byItself.start(draftId, tested));
    await until(world, held.isReached);
    // what it is made from does not change under it
    expect(await onboarding.act(draftId, { kind: 'accept-plan', way: 'console' })).toMatchObject({ ok: false });
    expect(onboarding.discard(draftId)).toMatchObject({ ok: false });
    must(operations.cancel(operationId));
    held.letGo();
    await untilStill(world);
    expect(byItselfOf(world, draftId)).toMatchObject({ state: 'stopped', at: 'creating' });
    expect(roleNames(world, accountId)).toContain('PythonDeploy');
    must(onboarding.undoCreation(draftId));
    await untilStill(world);
    expect(roleNames(world, accountId)).not.toContain('PythonDeploy');
    expect(byItselfOf(world, draftId)).toBeUndefined();
    await gone(world, draftId);
    expect(world.documents.connections.all()).toHaveLength(1);
  });

  test('a test that fails leaves the role and says so; it is tested again and recorded', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    const { accountId = '' } = await settled(world, boundTo(world, draftId), 'ready');
    world.sandbox.setTrouble({ serviceControlDenies: ['sts:AssumeRole'] });
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await until(world, () => world.workspace.operations.list().length === 0, 15_000);
    expect(byItselfOf(world, draftId)).toMatchObject({ state: 'failed', at: 'testing' });
    expect(roleNames(world, accountId)).toContain('PythonDeploy');
    expect(world.documents.connections.all()).toEqual([]);
    world.sandbox.setTrouble({ serviceControlDenies: [] });
    await gone(world, draftId);
    expect(world.documents.connections.all()).toMatchObject([{ status: 'working' }]);
    expect(countOf(world, 'CreateRole')).toBe(1);
  });

  test('guards what it made, once, and a guard rail that fails is gone on with', async () => {
    const { world } = await organized();
    const { guardRails, receipts } = world.workspace;
    const draftId = await draftForNewAccount(world);
    const { accountId = '' } = await settled(world, boundTo(world, draftId), 'ready');
    world.wire.before = (action, pass) => {
      world.sandbox.setTrouble({ throttling: action === 'AttachPolicy' && guardRails.list().length > 1 ? 1 : 0 });
      return pass();
    };
    const wish: ByWish = { withTest: true, guardRails: ['role', 'stay'] };
    must(world.workspace.onboarding.byItself.start(draftId, wish));
    await untilStill(world, 50);
    expect(byItselfOf(world, draftId)).toMatchObject({ state: 'failed', at: 'guarding', error: { kind: 'throttled' } });
    expect(world.documents.connections.all()).toEqual([]);
    world.sandbox.setTrouble({ throttling: 0 });
    world.wire.before = (_action, pass) => pass();
    await gone(world, draftId, wish);
    const [connection] = world.documents.connections.all();
    expect(connection).toMatchObject({ status: 'working' });
    expect(guardRails.list()).toMatchObject([
      { guardRail: { kind: 'stay' }, targetId: accountId, state: 'attached' },
      {
        guardRail: { kind: 'role', role: { path: '/', name: 'PythonDeploy' } },
        targetId: accountId,
        state: 'attached',
      },
    ]);
    expect(countOf(world, 'CreatePolicy')).toBe(2);
    // the role is protected from everybody but the access role, by which it is taken back
    must(receipts.undo(connection?.id ?? ''));
    await untilStill(world);
    expect(roleNames(world, accountId)).not.toContain('PythonDeploy');
  });

  test('a test that is called off in its own step stops the whole, and is gone on with', async () => {
    const { world } = await organized();
    const { onboarding, operations } = world.workspace;
    const draftId = await draftForNewAccount(world);
    await settled(world, boundTo(world, draftId), 'ready');
    world.sandbox.setTrouble({ propagationDelayMs: 30_000 });
    must(onboarding.byItself.start(draftId, tested));
    const testing = () => operations.list().find(({ kind }) => kind === 'test');
    await until(world, () => testing()?.kind === 'test' && byItselfOf(world, draftId)?.at === 'testing', 500);
    must(operations.cancel(testing()?.id ?? ''));
    await untilStill(world);
    expect(byItselfOf(world, draftId)).toMatchObject({ state: 'stopped', at: 'testing' });
    await gone(world, draftId);
    expect(onboarding.drafts()).toEqual([]);
  });

  test('one wizard at a time does it in an account', async () => {
    const { world } = await organized();
    const { onboarding } = world.workspace;
    const draftId = await draftForNewAccount(world);
    const other = must(onboarding.start(boundTo(world, draftId))).draft.id;
    must(await onboarding.act(other, { kind: 'choose-recipe', recipeId: 'read-only-audit' }));
    await answerTheRest(world, other);
    must(onboarding.byItself.start(draftId, tested));
    expect(onboarding.byItself.start(other, tested)).toMatchObject({
      error: { kind: 'not-possible', message: 'Something is being done in this account already.' },
    });
    await untilStill(world);
    expect(onboarding.drafts().map(({ id }) => id)).toEqual([other]);
  });

  test('is not for a wizard of another account', async () => {
    const { world } = await organized();
    const draftId = await draftAtCreate(world);
    expect(world.workspace.onboarding.byItself.start(draftId, tested)).toMatchObject({
      error: { kind: 'not-possible' },
    });
  });
});

const refusal =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>' +
  '<Message>is not authorized to perform: sts:AssumeRole</Message></Error><RequestId>r</RequestId></ErrorResponse>';
