import { CreateAccountCommand } from '@aws-sdk/client-organizations';
import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { PreflightCheck } from '../../../core/contract/organization';
import type { SubAccountWish } from '../../../core/domain/sub-account';
import { policy, valueOf } from '../../support/practice';
import { bareIam, bareOrganizations } from '../../support/sdk';
import {
  managedWorld,
  managementAccount,
  managementSource,
  organizedWorld,
  wishFor,
} from '../../support/sub-account-world';
import { must, type World } from '../../support/workspace-world';

type Id = PreflightCheck['id'];

async function checked(world: World, wish: SubAccountWish, sourceId = managementSource) {
  const { checks } = must(await world.workspace.organization.preflight(sourceId, wish));
  return Object.fromEntries(checks.map((one) => [one.id, one])) as Record<Id, PreflightCheck>;
}

const statesOf = (checks: Record<Id, PreflightCheck>) =>
  Object.fromEntries(Object.values(checks).map(({ id, state }) => [id, state]));

async function deny(world: World, ...actions: readonly string[]): Promise<void> {
  const iam = bareIam(world.sandbox, world.clock, world.sandbox.identity('management'));
  const PolicyDocument = policy({ Effect: 'Deny', Action: actions, Resource: '*' });
  await iam.send(new PutUserPolicyCommand({ UserName: 'practice-management', PolicyName: 'Less', PolicyDocument }));
}

describe('before an account is asked for', () => {
  test('all is well, but for what cannot be known', async () => {
    const { unitId, world } = await organizedWorld();
    const checks = await checked(world, { ...wishFor(unitId), email: 'ops@example.com' });
    expect(statesOf(checks)).toEqual({
      ...{ organization: 'passed', management: 'passed', features: 'passed', rights: 'passed', pending: 'passed' },
      quota: 'passed',
      ...{ email: 'passed', name: 'passed', unit: 'passed', plans: 'warned' },
    });
    expect(checks.plans.detail).toMatch(/Free plan.*Control Tower/);
    const changing = world.wire.actions.filter((action) => /^(Create|Move|Put|Delete)/.test(action));
    // what the world itself was made with
    expect(changing).toEqual(['CreateOrganization', 'CreateOrganizationalUnit']);
  });

  test('there is no organization yet', async () => {
    const checks = await checked(await managedWorld(), wishFor());
    expect(checks.organization).toMatchObject({
      state: 'failed',
      error: { code: 'AWSOrganizationsNotInUseException' },
    });
    expect(checks.management.state).toBe('warned');
    expect([checks.features, checks.pending, checks.quota, checks.unit].map(({ state }) => state)).toEqual(
      Array(4).fill('unknown'),
    );
    expect(checks.name.state).toBe('passed');
  });

  test('there are as many accounts as an organization may have to begin with', async () => {
    const { world } = await organizedWorld();
    const { organizations } = must(world.workspace.sources.clients('practice-management'));
    for (let count = 1; count < 10; count += 1) {
      expect((await checked(world, wishFor())).quota.state).toBe('passed');
      const request = {
        email: `a${String(count)}@example.com`,
        name: `A ${String(count)}`,
        roleName: 'Access',
        tags: [],
      };
      await valueOf(organizations.createAccount(request));
      world.clock.advance(60_000);
    }
    const { quota } = await checked(world, wishFor());
    expect(quota).toMatchObject({ state: 'warned' });
    expect(quota.detail).toMatch(/^10 accounts are .*Service Quotas/);
  });

  test('the source is in a member', async () => {
    const world = await managedWorld({
      organization: { managementAccountId: managementAccount, members: [{ accountId: '222233334444' }] },
    });
    const checks = await checked(world, wishFor(), 'practice-owner');
    expect(checks.organization.state).toBe('passed');
    expect(checks.management).toMatchObject({ state: 'failed' });
    expect(checks.management.detail).toContain(managementAccount);
    expect(world.wire.actions).not.toContain('ListAccounts');
  });

  test('a right that is denied is named; one that is not simulated is unknown', async () => {
    const { world } = await organizedWorld();
    await deny(world, 'organizations:CreateAccount', 'sts:AssumeRole');
    expect((await checked(world, wishFor())).rights).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('organizations:CreateAccount, sts:AssumeRole') as string,
    });
    await deny(world, 'iam:Simulate*');
    const { rights } = await checked(world, wishFor());
    expect(rights).toMatchObject({ state: 'unknown', error: { kind: 'access-denied' } });
  });

  test('an account of that name is being made', async () => {
    const { world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationMs: 60_000 });
    const other = bareOrganizations(world.sandbox, world.clock, world.sandbox.identity('management'));
    await other.send(new CreateAccountCommand({ Email: 'other@example.com', AccountName: 'Python deploy' }));
    const same = (await checked(world, wishFor())).pending;
    expect(same).toMatchObject({ state: 'warned' });
    expect(same.detail).toContain('“Python deploy” is being made since 2026-11-22');
    expect((await checked(world, { ...wishFor(), name: 'Another' })).pending).toMatchObject({
      state: 'passed',
      detail: '1 other account is being made, none of this name.',
    });
    for (const nth of [2, 3, 4, 5])
      await other.send(
        new CreateAccountCommand({ Email: `n${String(nth)}@example.com`, AccountName: `N ${String(nth)}` }),
      );
    expect((await checked(world, { ...wishFor(), name: 'Another' })).pending.state).toBe('warned');
  });

  test('the address: a plus is explained, one that is taken here or is none is refused', async () => {
    const { world } = await organizedWorld();
    const plus = (await checked(world, wishFor())).email;
    expect(plus.state).toBe('warned');
    expect(plus.detail).toMatch(/with \+ .*root user.*test mail/);
    const taken = await checked(world, { ...wishFor(), email: `ROOT+${managementAccount}@example.com` });
    expect(taken.email).toMatchObject({ state: 'failed' });
    expect(taken.email.detail).toContain(managementAccount);
    expect((await checked(world, { ...wishFor(), email: 'ops@nodot' })).email).toMatchObject({
      state: 'failed',
      error: { field: 'email' },
    });
  });

  test('the name and the place', async () => {
    const { rootId, unitId, world } = await organizedWorld();
    expect((await checked(world, { ...wishFor(), name: 'Pythön' })).name.state).toBe('failed');
    expect((await checked(world, { ...wishFor(), accessRoleName: 'AWSServiceRoleForMe' })).name.state).toBe('failed');
    expect((await checked(world, wishFor(`${unitId.slice(0, -2)}zz`))).unit).toMatchObject({
      state: 'failed',
      error: { kind: 'no-such-entity' },
    });
    expect((await checked(world, wishFor())).unit.detail).toBe('It stays in the root.');
    expect((await checked(world, wishFor(rootId))).unit.state).toBe('passed');
  });
});
