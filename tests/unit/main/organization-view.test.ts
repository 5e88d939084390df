import { describe, expect, test } from 'vitest';
import { twoAccounts } from '../../../main/sandbox/scenario';
import { valueOf } from '../../support/practice';
import {
  countOf,
  managedWorld,
  managementAccount,
  managementSource,
  organizedWorld,
  reallyThere,
} from '../../support/sub-account-world';
import { must } from '../../support/workspace-world';

const withUnits = {
  accounts: twoAccounts.accounts,
  organization: {
    managementAccountId: managementAccount,
    units: [{ name: 'Workloads' }, { name: 'Production', parent: 'Workloads' }, { name: 'Empty' }],
    members: [{ accountId: '222233334444', parent: 'Production' }, { accountId: '111122223333' }],
  },
};

describe('an organization as a source sees it', () => {
  test('there is none', async () => {
    const world = await managedWorld();
    expect(await world.workspace.organization.view(managementSource)).toEqual({
      ok: true,
      value: { kind: 'none', accountId: managementAccount, readAt: world.clock.now() },
    });
  });

  test('a member sees who manages it, and no more', async () => {
    const world = await managedWorld(withUnits);
    const view = must(await world.workspace.organization.view('practice-owner'));
    expect(view).toMatchObject({ kind: 'member', accountId: '222233334444', managementAccountId: managementAccount });
    expect(world.wire.actions).not.toContain('ListRoots');
  });

  test('the management account sees units, accounts and where they are', async () => {
    const world = await managedWorld(withUnits);
    const view = must(await world.workspace.organization.view(managementSource));
    if (view.kind !== 'management') throw new Error(view.kind);
    const unit = (name: string) => view.units.find((one) => one.name === name);
    expect(view).toMatchObject({ allFeatures: true, serviceControlPolicies: true, rootName: 'Root' });
    expect(view.units.map(({ name }) => name).sort()).toEqual(['Empty', 'Production', 'Workloads']);
    expect(unit('Workloads')?.parentId).toBe(view.rootId);
    expect(unit('Production')?.parentId).toBe(unit('Workloads')?.id);
    const places = view.accounts.map(({ id, isManagement, parentId }) => ({ id, isManagement, parentId }));
    expect(places).toHaveLength(3);
    expect(places).toEqual(
      expect.arrayContaining([
        { id: managementAccount, parentId: view.rootId, isManagement: true },
        { id: '111122223333', parentId: view.rootId, isManagement: false },
        { id: '222233334444', parentId: unit('Production')?.id, isManagement: false },
      ]),
    );
    expect(view.accounts.every(({ state }) => state === 'ACTIVE')).toBe(true);
  });

  test('it is read by units, a few at a time, however many accounts there are', async () => {
    const world = await managedWorld({
      ...withUnits,
      organization: {
        ...withUnits.organization,
        units: Array.from({ length: 30 }, (_, index) => ({ name: `Unit ${String(index)}` })),
        members: [],
      },
    });
    let atOnce = 0;
    let most = 0;
    world.wire.before = async (_action, pass) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      const answer = await pass();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      atOnce -= 1;
      return answer;
    };
    const view = must(await world.workspace.organization.view(managementSource));
    expect(view.kind === 'management' && view.units.length).toBe(30);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    // the root and thirty units
    expect(countOf(world, 'ListAccountsForParent')).toBe(31);
    expect(countOf(world, 'ListParents')).toBe(0);
  });

  test('one call that fails is told, not shown as less', async () => {
    const world = await managedWorld(withUnits);
    world.wire.before = (action, pass) =>
      action === 'ListAccountsForParent' ? Promise.reject(Object.assign(new Error('gone'), { code: 'EPIPE' })) : pass();
    expect(await world.workspace.organization.view(managementSource)).toMatchObject({ ok: false });
  });
});

describe('what is changed by hand', () => {
  test('an organization is made with all features, once', async () => {
    const { world } = await organizedWorld();
    expect((await valueOf(reallyThere(world).describeOrganization())).allFeatures).toBe(true);
    expect(await world.workspace.organization.create(managementSource)).toMatchObject({
      ok: false,
      error: { kind: 'already-exists' },
    });
    expect(world.audit.filter(({ act }) => act === 'organization.created')).toMatchObject([
      { accountId: managementAccount },
    ]);
  });

  test('a unit is made and an account is moved, by the management account only', async () => {
    const world = await managedWorld(withUnits);
    const { organization } = world.workspace;
    const view = must(await organization.view(managementSource));
    if (view.kind !== 'management') throw new Error(view.kind);
    expect(await organization.createUnit('practice-owner', view.rootId, 'Mine')).toMatchObject({ ok: false });
    expect(countOf(world, 'CreateOrganizationalUnit')).toBe(0);
    const { unitId } = must(await organization.createUnit(managementSource, view.rootId, 'Mine'));
    must(await organization.moveAccount(managementSource, '111122223333', view.rootId, unitId));
    expect(await valueOf(reallyThere(world).listParents('111122223333'))).toEqual([{ id: unitId, kind: 'unit' }]);
    expect(await organization.moveAccount('practice-owner', '111122223333', unitId, view.rootId)).toMatchObject({
      ok: false,
    });
    expect(countOf(world, 'MoveAccount')).toBe(1);
    expect(await organization.createUnit(managementSource, view.rootId, 'Mine')).toMatchObject({
      ok: false,
      error: { kind: 'already-exists' },
    });
    const acts = world.audit.filter(({ act }) => act.startsWith('organization.'));
    expect(acts.map(({ act }) => act)).toEqual(['organization.unit-created', 'organization.account-moved']);
    expect(acts.every(({ requestId }) => requestId !== undefined && requestId !== '')).toBe(true);
  });
});
