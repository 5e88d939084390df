import { expect, test } from 'vitest';
import type { OrganizationsApi } from '../../main/aws/aws-api';
import { errorOf, policy, valueOf } from '../support/practice';

/**
 * What every AWS does for the app's calls of Organizations: shapes, formats and positive roads, and the refusals that are
 * the same everywhere. The tests follow one another: each goes on where the one before left off.
 */
export function describeOrganizations(api: () => OrganizationsApi, accountId: () => string): void {
  let rootId = '';
  let unitId = '';
  let memberId = '';
  let policyId = '';

  test('an account without an organization is told so', async () => {
    expect(await errorOf(api().describeOrganization())).toMatchObject({
      kind: 'no-such-entity',
      code: 'AWSOrganizationsNotInUseException',
    });
  });

  test('an organization is made with all features, its policies switched on', async () => {
    const made = await valueOf(api().createOrganization());
    expect(made).toMatchObject({ managementAccountId: accountId(), allFeatures: true });
    expect(made.id).toMatch(/^o-[a-z0-9]{10,32}$/);
    expect(await valueOf(api().describeOrganization())).toEqual(made);
    expect((await errorOf(api().createOrganization())).kind).toBe('already-exists');
    const [root, ...others] = await valueOf(api().listRoots());
    expect(others).toEqual([]);
    rootId = root?.id ?? '';
    expect(rootId).toMatch(/^r-[0-9a-z]{4,32}$/);
    // Real AWS switches them on by itself; not every double does.
    if (root?.serviceControlPolicies === false) await valueOf(api().enableServiceControlPolicies(rootId));
    expect((await valueOf(api().listRoots()))[0]?.serviceControlPolicies).toBe(true);
  });

  test('a unit is made below the root, and listed there', async () => {
    const unit = await valueOf(api().createOrganizationalUnit(rootId, 'Contract'));
    unitId = unit.id;
    expect(unit).toMatchObject({ name: 'Contract' });
    expect(unitId).toMatch(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/);
    expect(await valueOf(api().listOrganizationalUnits(rootId))).toEqual([unit]);
    expect(await valueOf(api().listParents(unitId))).toEqual([{ id: rootId, kind: 'root' }]);
  });

  test('an account is asked for, and then there', async () => {
    const asked = await valueOf(
      api().createAccount({
        email: 'contract@example.com',
        name: 'Contract',
        roleName: 'OrganizationAccountAccessRole',
        tags: [{ key: 'OnboardingId', value: 'contract' }],
      }),
    );
    expect(asked).toMatchObject({ accountName: 'Contract' });
    const done = await valueOf(api().describeAccountRequest(asked.id));
    if (done.state !== 'SUCCEEDED') throw new Error(JSON.stringify(done));
    memberId = done.accountId;
    expect((await valueOf(api().listAccountRequests(['SUCCEEDED']))).map((request) => request.id)).toContain(asked.id);
    const account = await valueOf(api().describeAccount(memberId));
    expect(account).toMatchObject({
      email: 'contract@example.com',
      name: 'Contract',
      state: 'ACTIVE',
      joinedMethod: 'CREATED',
    });
    const accounts = await valueOf(api().listAccounts());
    expect(accounts.map(({ id }) => id).sort()).toEqual([accountId(), memberId].sort());
    expect(accounts).toContainEqual(account);
  });

  test('it moves into the unit, and is found there', async () => {
    expect(await valueOf(api().listParents(memberId))).toEqual([{ id: rootId, kind: 'root' }]);
    await valueOf(api().moveAccount(memberId, rootId, unitId));
    expect(await valueOf(api().listParents(memberId))).toEqual([{ id: unitId, kind: 'unit' }]);
    expect((await valueOf(api().listAccountsForParent(unitId))).map(({ id }) => id)).toEqual([memberId]);
    expect((await valueOf(api().listAccountsForParent(rootId))).map(({ id }) => id)).toEqual([accountId()]);
    expect((await errorOf(api().describeAccount('999988887777'))).kind).toBe('no-such-entity');
  });

  test('a policy is made, attached, found from both sides, detached and deleted', async () => {
    const document = policy({ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' });
    const made = await valueOf(api().createPolicy('NoLeaving', 'Made by a test', document));
    policyId = made.id;
    expect(made).toMatchObject({ name: 'NoLeaving', description: 'Made by a test', awsManaged: false });
    expect(policyId).toMatch(/^p-[0-9a-zA-Z_]{8,128}$/);
    expect(JSON.parse(await valueOf(api().getPolicyDocument(policyId)))).toEqual(JSON.parse(document));
    expect((await valueOf(api().listPolicies())).map(({ id }) => id).sort()).toEqual(
      ['p-FullAWSAccess', policyId].sort(),
    );
    await valueOf(api().attachPolicy(policyId, unitId));
    expect(await valueOf(api().listPoliciesForTarget(unitId))).toContainEqual(made);
    expect(await valueOf(api().listTargetsForPolicy(policyId))).toEqual([
      { id: unitId, kind: 'unit', name: 'Contract' },
    ]);
    expect((await errorOf(api().deletePolicy(policyId))).kind).toBe('delete-conflict');
    // what is done already says so, and is told apart from what failed
    expect((await errorOf(api().createPolicy('NoLeaving', '', document))).kind).toBe('already-exists');
    expect((await errorOf(api().enableServiceControlPolicies(rootId))).kind).toBe('already-exists');
    await valueOf(api().detachPolicy(policyId, unitId));
    expect(await valueOf(api().listTargetsForPolicy(policyId))).toEqual([]);
    await valueOf(api().deletePolicy(policyId));
    expect((await errorOf(api().getPolicyDocument(policyId))).kind).toBe('no-such-entity');
  });

  test('tags go on and come off', async () => {
    expect(await valueOf(api().listTags(memberId))).toEqual([{ key: 'OnboardingId', value: 'contract' }]);
    await valueOf(api().tagResource(unitId, [{ key: 'Stage', value: 'test' }]));
    expect(await valueOf(api().listTags(unitId))).toEqual([{ key: 'Stage', value: 'test' }]);
    await valueOf(api().untagResource(unitId, ['Stage']));
    expect(await valueOf(api().listTags(unitId))).toEqual([]);
  });

  test('more units than fit on a page are all listed', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `Page${String(index).padStart(2, '0')}`);
    for (const name of names) await valueOf(api().createOrganizationalUnit(unitId, name));
    const listed = (await valueOf(api().listOrganizationalUnits(unitId))).map(({ name }) => name);
    expect(listed.sort()).toEqual(names);
  });

  test('the account is closed', async () => {
    await valueOf(api().closeAccount(memberId));
    // Doubles of before there was CLOSED say SUSPENDED.
    expect(['CLOSED', 'SUSPENDED']).toContain((await valueOf(api().describeAccount(memberId))).state);
    expect((await errorOf(api().closeAccount(memberId))).kind).toBe('already-exists');
  });
}
