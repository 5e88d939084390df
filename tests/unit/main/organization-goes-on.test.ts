import { afterEach, describe, expect, test } from 'vitest';
import { listOf, planned, started, worked } from '../../support/account-list-world';
import { draftForNewAccount, draftOf, roleNames, tested, untilStill } from '../../support/by-itself-world';
import { ticking } from '../../support/guard-rail-world';
import { closed, connectedTo, departed, memberWorld } from '../../support/departure-world';
import { hold } from '../../support/hold';
import {
  asked,
  connectionLost,
  countOf,
  managementSource,
  never,
  organizedWorld,
  recordOf,
  settled,
  wishFor,
} from '../../support/sub-account-world';
import { must, until, type World } from '../../support/workspace-world';

const opened: World[] = [];

afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

async function organized() {
  const made = await organizedWorld();
  opened.push(made.world);
  return made;
}

const another = 'practice-management-too';

/** The source that began everything is not there any more, and another one of the same account is. */
function replaceSource(world: World): void {
  world.documents.sources.update((document) => ({
    ...document,
    sources: [
      ...document.sources.filter(({ id }) => id !== managementSource),
      { kind: 'sandbox', id: another, label: another, identity: 'management', region: 'eu-west-1' },
    ],
  }));
}

describe('what was begun goes on with another source of the management account', () => {
  test('an account that was asked for', async () => {
    const { world } = await organized();
    world.wire.before = (action, pass) => (action === 'CreateAccount' ? Promise.reject(connectionLost()) : pass());
    const id = await asked(world, wishFor());
    await settled(world, id, 'stopped');
    world.wire.before = (_action, pass) => pass();
    replaceSource(world);
    expect(await world.workspace.subAccounts.resume(id)).toMatchObject({ ok: false });
    expect(await world.workspace.subAccounts.resume(id, 'practice-deployer')).toMatchObject({ ok: false });
    expect(recordOf(world, id)).toMatchObject({ sourceId: managementSource, state: 'stopped' });
    must(await world.workspace.subAccounts.resume(id, another));
    expect(await settled(world, id, 'ready')).toMatchObject({ sourceId: another });
  });

  test('an account that is closed; whoever gets in meanwhile keeps it from being closed, and not from being looked at', async () => {
    const { accountId, world } = await memberWorld();
    opened.push(world);
    world.sandbox.setTrouble({ accountCreationMs: 7_200_000 });
    const id = await closed(world, accountId);
    await departed(world, id, 'unwatched', 60_000);
    connectedTo(world, accountId);
    world.clock.advance(7_200_000);
    replaceSource(world);
    expect(await world.workspace.departures.resume(id)).toMatchObject({ ok: false });
    must(await world.workspace.departures.resume(id, another));
    expect(await departed(world, id, 'closed')).toMatchObject({ sourceId: another });
  });

  test('a list', async () => {
    const { world } = await organized();
    world.wire.before = (action, pass) =>
      action === 'CreateOrganizationalUnit' ? Promise.reject(connectionLost()) : pass();
    const id = await started(world, 'One,one@example.com,Work');
    await worked(world, id, 'stopped');
    world.wire.before = (_action, pass) => pass();
    replaceSource(world);
    expect(await world.workspace.accountLists.resume(id)).toMatchObject({ ok: false });
    must(await world.workspace.accountLists.resume(id, another));
    const list = await worked(world, id, 'done');
    expect(list).toMatchObject({ sourceId: another, results: [{ state: 'ready' }] });
  });

  test('what is done by itself', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    const { accountId = '' } = await settled(world, draftOf(world, draftId).state.answers.subAccountId ?? '', 'ready');
    replaceSource(world);
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await untilStill(world);
    expect(draftOf(world, draftId).state.answers.byItself).toMatchObject({ state: 'failed', at: 'entering' });
    must(world.workspace.onboarding.byItself.start(draftId, tested, another));
    await untilStill(world);
    expect(roleNames(world, accountId)).toContain('PythonDeploy');
    expect(world.documents.connections.all()).toMatchObject([{ status: 'working' }]);
  });
});

describe('a list', () => {
  test('that was stopped while its units are made makes no more of them, and goes on when it is asked to', async () => {
    const { world } = await organized();
    const held = hold(world, 'CreateOrganizationalUnit');
    const id = await started(world, 'One,one@example.com,A\nTwo,two@example.com,B\nThree,three@example.com,C');
    await until(world, held.isReached);
    const stopped = world.workspace.accountLists.stopList(id);
    held.letGo();
    must(await stopped);
    await worked(world, id, 'stopped');
    expect(countOf(world, 'CreateOrganizationalUnit')).toBeLessThan(3);
    expect(countOf(world, 'CreateAccount')).toBe(0);
    must(await world.workspace.accountLists.resume(id));
    const list = await worked(world, id, 'done');
    expect(list.results.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
  });

  test('counts those that AWS may still be making, whoever looks at them: five at a time', async () => {
    const { world } = await organized();
    world.sandbox.setTrouble({ accountCreationMs: 7_200_000 });
    const ids: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      const wish = { ...wishFor(), name: `Slow ${String(number)}`, email: `slow${String(number)}@example.com` };
      ids.push(await asked(world, wish));
    }
    for (const id of ids) await settled(world, id, 'unwatched', 30_000);
    const before = countOf(world, 'CreateAccount');
    const id = await started(world, 'One,one@example.com');
    const list = await worked(world, id, 'stopped');
    expect(list.error?.message).toBe('AWS may still be making 5 accounts that nobody looks at any more.');
    expect(countOf(world, 'CreateAccount')).toBe(before);
  });

  test('does not take units for one another that only a slash tells apart', async () => {
    const { rootId, world } = await organized();
    const { organization } = world.workspace;
    const { unitId } = must(await organization.createUnit(managementSource, rootId, 'A'));
    must(await organization.createUnit(managementSource, unitId, 'B'));
    must(await organization.createUnit(managementSource, rootId, 'A/B'));
    const { newUnits } = await planned(world, 'One,one@example.com,A/B');
    expect(newUnits).toEqual([]);
    const list = await worked(world, await started(world, 'One,one@example.com,A/B'), 'done');
    const view = must(await organization.view(managementSource));
    const accountId = listOf(world, list.id).results[0]?.accountId;
    const parentId = view.kind === 'management' && view.accounts.find(({ id }) => id === accountId)?.parentId;
    expect(view.kind === 'management' && view.units.find(({ id }) => id === parentId)?.name).toBe('B');
  });
});

describe('what is done by itself', () => {
  test('is not done beside it by the window', async () => {
    const { world } = await organized();
    const { onboarding } = world.workspace;
    const draftId = await draftForNewAccount(world);
    await settled(world, draftOf(world, draftId).state.answers.subAccountId ?? '', 'ready');
    world.wire.before = (action, pass) => (action === 'CreateRole' ? never() : pass());
    must(onboarding.byItself.start(draftId, tested));
    await until(world, () => countOf(world, 'CreateRole') === 1);
    const underWay = { ok: false, error: { kind: 'not-possible' } };
    expect(onboarding.createRole(draftId, 'practice-owner')).toMatchObject(underWay);
    expect(onboarding.undoCreation(draftId)).toMatchObject(underWay);
    expect(onboarding.testConnection(draftId, true)).toMatchObject(underWay);
    const input = { name: 'Beside it', durationSeconds: 3600, reviewInMonths: 4, withoutTest: true } as const;
    expect(await onboarding.finish(draftId, input)).toMatchObject(underWay);
    expect(world.documents.connections.all()).toEqual([]);
  });

  test('cancelled at its guard rail: nothing is recorded; undone, its guard rail is taken off too', async () => {
    const { world } = await organized();
    const { guardRails, onboarding, operations } = world.workspace;
    const draftId = await draftForNewAccount(world);
    const { accountId = '' } = await settled(world, draftOf(world, draftId).state.answers.subAccountId ?? '', 'ready');
    const held = hold(world, 'AttachPolicy', 'after');
    const { operationId } = must(onboarding.byItself.start(draftId, { withTest: true, guardRails: ['stay'] }));
    await until(world, held.isReached);
    must(operations.cancel(operationId));
    held.letGo();
    await untilStill(world);
    expect(draftOf(world, draftId).state.answers.byItself).toMatchObject({ state: 'stopped', at: 'guarding' });
    expect(world.documents.connections.all()).toEqual([]);
    must(onboarding.undoCreation(draftId));
    await untilStill(world);
    await until(world, () => guardRails.list().every(({ state }) => state === 'detached'), 100);
    expect(guardRails.list()).toHaveLength(1);
    expect(roleNames(world, accountId)).not.toContain('PythonDeploy');
  });

  test('undone, it leaves a guard rail that it only found, and of one that cannot be taken off it is said why', async () => {
    const { world } = await organized();
    const { guardRails, onboarding } = world.workspace;
    const draftId = await draftForNewAccount(world);
    const { accountId = '' } = await settled(world, draftOf(world, draftId).state.answers.subAccountId ?? '', 'ready');
    const wish = { sourceId: managementSource, targetId: accountId, guardRail: { kind: 'stay' } } as const;
    const theirs = must(await ticking(world, guardRails.attach(wish)));
    // from then on it is somebody else's
    must(guardRails.forget(theirs.id));
    let attached = 0;
    world.wire.before = (action, pass) => {
      if (action === 'AttachPolicy') attached += 1;
      return action === 'AttachPolicy' ? Promise.reject(connectionLost()) : pass();
    };
    must(onboarding.byItself.start(draftId, { withTest: false, guardRails: ['stay', 'role'] }));
    await until(world, () => world.workspace.operations.list().length === 0, 500);
    expect(draftOf(world, draftId).state.answers.byItself).toMatchObject({ state: 'failed', at: 'guarding' });
    expect(attached).toBeGreaterThan(0);
    world.wire.before = (_action, pass) => pass();
    must(onboarding.undoCreation(draftId));
    await untilStill(world, 50);
    const standsAs = (kind: string) => guardRails.list().find(({ guardRail }) => guardRail.kind === kind)?.state;
    await until(world, () => standsAs('role') === 'detached', 500);
    expect(standsAs('stay')).toBe('attached');
    replaceSource(world);
    const [stays] = guardRails.list().filter(({ guardRail }) => guardRail.kind === 'stay');
    await guardRails.takeOff([stays?.id ?? ''], managementSource);
    expect(guardRails.find(stays?.id ?? '')).toMatchObject({
      ...{ state: 'stopped', wanted: 'detached' },
      error: { kind: expect.any(String) as string },
    });
  });

  test('an access role that is known, and does not let in any more, is said', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    await settled(world, draftOf(world, draftId).state.answers.subAccountId ?? '', 'ready');
    world.wire.before = (action, pass) => (action === 'CreateRole' ? Promise.reject(connectionLost()) : pass());
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await untilStill(world, 50);
    const source = world.documents.sources.read().sources.find(({ kind }) => kind === 'member-role');
    expect(source).toBeDefined();
    // credentials that were got before are gone with the app
    const next = world.restart();
    opened.push(next);
    next.wire.before = async (action, pass) =>
      action === 'AssumeRole' ? { ...(await pass()), status: 403, body: refusal } : pass();
    must(next.workspace.onboarding.byItself.start(draftId, tested));
    await untilStill(next, 50);
    expect(draftOf(next, draftId).state.answers.byItself).toMatchObject({
      ...{ state: 'failed', at: 'entering' },
      error: { kind: 'access-denied' },
    });
  });
});

const refusal =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>' +
  '<Message>is not authorized to perform: sts:AssumeRole</Message></Error><RequestId>r</RequestId></ErrorResponse>';
