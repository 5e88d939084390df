import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, test } from 'vitest';
import { organizationQuotas } from '../../../main/sandbox/organization-quotas';
import { listOf, planned, started, statesOf, worked } from '../../support/account-list-world';
import { policy, valueOf } from '../../support/practice';
import { bareIam } from '../../support/sdk';
import {
  asked,
  connectionLost,
  countOf,
  managementSource,
  never,
  organizedWorld,
  reallyThere,
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
  made.world.sandbox.setTrouble({ accountCreationMs: 3_000 });
  return made;
}

const three = ['One,one@example.com', 'Two,two@example.com,Deployments', 'Three,three@example.com,Work/Test'].join(
  '\n',
);
const timesAsked = (...worlds: readonly World[]) =>
  worlds.reduce((sum, world) => sum + countOf(world, 'CreateAccount'), 0);
const there = async (world: World) => {
  const accounts = await valueOf(reallyThere(world).listAccounts());
  return accounts
    .map(({ email }) => email)
    .filter((email) => !email.startsWith('root'))
    .sort();
};
const all = ['one@example.com', 'three@example.com', 'two@example.com'];

describe('the plan of a list', () => {
  test('says of each line what it comes to, and makes nothing', async () => {
    const { world } = await organized();
    await settled(world, await asked(world, wishFor()), 'ready');
    world.sandbox.setTrouble({ accountCreationMs: 60_000 });
    await asked(world, { ...wishFor(), name: 'Under way', email: 'way@example.com' });
    await until(world, () => timesAsked(world) === 2);
    const before = timesAsked(world);
    const { lines, newUnits } = await planned(
      world,
      [
        'name,email,unit,role',
        'One,one@example.com,Deployments,',
        'Other,OPS+pythondeploy@example.com,,',
        'Under way,way@example.com,,',
        'Again,One@example.com,,',
        'Wrong,nobody,,',
        ',empty@example.com,,',
        'Deep,deep@example.com,a/b/c/d/e/f,',
        'Role,role@example.com,,no spaces please',
        'Two,two@example.com,Work / Test,Own',
      ].join('\n'),
    );
    expect(lines.map(({ verdict }) => verdict)).toEqual([
      ...['make', 'there', 'there', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'make'],
    ]);
    expect(lines[1]).toMatchObject({ accountId: expect.any(String) as unknown });
    expect(lines[1]?.why).toContain('Python deploy');
    expect(lines[2]?.why).toContain('asked for already');
    expect(lines[3]?.why).toContain('Line 2');
    // what is there is not made again, what is not is said
    expect(newUnits).toEqual(['Work', 'Work / Test']);
    expect(timesAsked(world)).toBe(before);
    expect(countOf(world, 'CreateOrganizationalUnit')).toBe(1);
    expect(world.workspace.accountLists.list()).toEqual([]);
  });

  test('only what was looked at is done, once, and only where there is something to do', async () => {
    const { world } = await organized();
    const { accountLists } = world.workspace;
    expect(await accountLists.start('00000000-0000-4000-8000-000000000000')).toMatchObject({ ok: false });
    const nothing = await planned(world, 'Wrong,nobody');
    expect(await accountLists.start(nothing.planId)).toMatchObject({ ok: false });
    const plan = await planned(world, three);
    const other = await planned(world, 'Four,four@example.com');
    const [one, again, second] = await Promise.all([
      ...[accountLists.start(plan.planId), accountLists.start(plan.planId), accountLists.start(other.planId)],
    ]);
    expect([one?.ok, again?.ok, second?.ok].filter(Boolean)).toHaveLength(1);
    expect(await accountLists.plan('practice-owner', three)).toMatchObject({ ok: false });
    expect(await accountLists.plan(managementSource, 'a "b"')).toMatchObject({ ok: true, value: { kind: 'fault' } });
  });
});

describe('a list is made', () => {
  test('each in its unit, the missing ones made, and the result is written as CSV', async () => {
    const { unitId, world } = await organized();
    const id = await started(world, `${three}\n"=1+1, Inc",wrong`);
    const list = await worked(world, id, 'done');
    expect(list.results.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'wrong']);
    const view = must(await world.workspace.organization.view(managementSource));
    if (view.kind !== 'management') throw new Error(view.kind);
    const unitOf = (name: string) => view.accounts.find((account) => account.name === name)?.parentId;
    const test_ = view.units.find(({ name }) => name === 'Test');
    expect(unitOf('One')).toBe(view.rootId);
    expect(unitOf('Two')).toBe(unitId);
    expect(unitOf('Three')).toBe(test_?.id);
    expect(view.units.find(({ id: one }) => one === test_?.parentId)?.name).toBe('Work');
    expect(world.workspace.accountLists.list()).toEqual([
      expect.objectContaining({ id, state: 'done', wanted: 3, ready: 3, failed: 0 }),
    ]);
    must(await world.workspace.accountLists.save(id));
    const text = world.files.saved.get('accounts.csv') ?? '';
    expect(text.split('\r\n')[1]).toBe(
      `1,One,one@example.com,,OrganizationAccountAccessRole,ready,${list.results[0]?.accountId ?? ''},`,
    );
    expect(text).toContain(`"'=1+1, Inc"`);
    must(world.workspace.accountLists.forget(id));
    expect(await there(world)).toEqual(all);
    expect(world.workspace.subAccounts.list()).toHaveLength(3);
  });

  test('a line that AWS does not make says why, and the others are made', async () => {
    const { world } = await organized();
    world.wire.before = async (action, pass) => {
      const isTwo = action === 'CreateAccount' && timesAsked(world) === 2;
      world.sandbox.setTrouble({ accountCreationFailure: isTwo ? 'EMAIL_ALREADY_EXISTS' : undefined });
      return await pass();
    };
    const list = await worked(world, await started(world, three), 'done');
    expect(list.results.map(({ state }) => state)).toEqual(['ready', 'failed', 'ready']);
    expect(list.results[1]?.why).toContain('Another AWS account has this e-mail address');
  });

  test('what would stop all of them stops the list, and going on makes the rest', async () => {
    const { world } = await organized();
    world.sandbox.setTrouble({ accountCreationFailure: 'MISSING_PAYMENT_INSTRUMENT', accountCreationMs: 0 });
    const many = Array.from({ length: 9 }, (_one, index) => `A${String(index)},a${String(index)}@example.com`);
    const id = await started(world, many.join('\n'));
    const list = await worked(world, id, 'stopped');
    expect(list.error?.message).toContain('no means of payment');
    expect(timesAsked(world)).toBeLessThan(7);
    const failed = statesOf(world, id).filter((state) => state === 'failed').length;
    world.sandbox.setTrouble({ accountCreationFailure: undefined, accountCreationMs: 3_000 });
    must(await world.workspace.accountLists.resume(id));
    await worked(world, id, 'done');
    expect(statesOf(world, id).filter((state) => state === 'ready')).toHaveLength(9 - failed);
    expect(await there(world)).toHaveLength(9 - failed);
  });

  test('stopped by a person: no more are begun, those under way end; then it goes on', async () => {
    const { world } = await organized();
    const many = Array.from({ length: 8 }, (_one, index) => `A${String(index)},a${String(index)}@example.com`);
    const id = await started(world, many.join('\n'));
    await until(world, () => timesAsked(world) >= 2, 0);
    must(await world.workspace.accountLists.stopList(id));
    const begun = world.workspace.subAccounts.list().length;
    for (let turn = 0; turn < 400; turn += 1) {
      if (turn % 10 === 0) world.clock.advance(1000);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await until(world, () => statesOf(world, id).every((state) => state === 'ready' || state === 'waiting'), 500);
    expect(timesAsked(world)).toBe(begun);
    expect(begun).toBeLessThan(8);
    must(await world.workspace.accountLists.resume(id));
    await worked(world, id, 'done');
    expect(timesAsked(world)).toBe(8);
    expect(await there(world)).toHaveLength(8);
  });
});

describe('AWS refuses or does not answer', () => {
  test('the answer to one is lost: it is found, and each line has one account', async () => {
    const { world } = await organized();
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CreateAccount' && timesAsked(world) === 2) throw connectionLost();
      return answer;
    };
    await worked(world, await started(world, three), 'done');
    expect(await there(world)).toEqual(all);
    expect(timesAsked(world)).toBe(3);
  });

  test('throttled: it stops with AWS’s words, and going on makes each once', async () => {
    const { world } = await organized();
    world.wire.before = async (action, pass) => {
      world.sandbox.setTrouble({ throttling: action === 'CreateAccount' && timesAsked(world) > 1 ? 1 : 0 });
      return await pass();
    };
    const id = await started(world, three);
    expect((await worked(world, id, 'stopped')).error).toMatchObject({ kind: 'throttled' });
    world.sandbox.setTrouble({ throttling: 0 });
    world.wire.before = (_action, pass) => pass();
    must(await world.workspace.accountLists.resume(id));
    await worked(world, id, 'done');
    expect(await there(world)).toEqual(all);
  });

  test('denied, and out of reach: nothing is asked for, and no line is lost', async () => {
    const { world } = await organized();
    const iam = () => bareIam(world.sandbox, world.clock, world.sandbox.identity('management'));
    const deny = policy({ Effect: 'Deny', Action: 'organizations:CreateAccount', Resource: '*' });
    await iam().send(
      new PutUserPolicyCommand({ UserName: 'practice-management', PolicyName: 'No', PolicyDocument: deny }),
    );
    const id = await started(world, three);
    expect((await worked(world, id, 'stopped')).error).toMatchObject({ kind: 'access-denied' });
    expect(await there(world)).toEqual([]);
    world.wire.before = () => Promise.reject(connectionLost());
    expect(await world.workspace.accountLists.resume(id)).toMatchObject({ ok: false });
    expect(listOf(world, id).state).toBe('stopped');
  });

  test('a unit whose answer is lost is found when somebody goes on, and not made twice', async () => {
    const { world } = await organized();
    let lost = 0;
    world.wire.before = async (action, pass) => {
      if (action !== 'CreateOrganizationalUnit' || lost > 2) return await pass();
      if ((lost += 1) === 1) await pass();
      throw connectionLost();
    };
    const id = await started(world, three);
    await worked(world, id, 'stopped', { stepMs: 50 });
    expect(timesAsked(world)).toBe(0);
    must(await world.workspace.accountLists.resume(id));
    await worked(world, id, 'done');
    const view = must(await world.workspace.organization.view(managementSource));
    if (view.kind !== 'management') throw new Error(view.kind);
    expect(view.units.map(({ name }) => name).sort()).toEqual(['Deployments', 'Test', 'Work']);
  });
});

describe('the app is killed', () => {
  const moments: readonly (readonly [name: string, action: string, nth: number, when: 'before' | 'after'])[] = [
    ['before a unit is made', 'CreateOrganizationalUnit', 1, 'before'],
    ['after a unit was made', 'CreateOrganizationalUnit', 1, 'after'],
    ['while the second is asked for, which AWS did', 'CreateAccount', 2, 'after'],
    ['before the second is recorded', 'DescribeOrganization', 4, 'before'],
    ['while AWS is at them', 'DescribeCreateAccountStatus', 2, 'after'],
    ['while a role is asked', 'AssumeRole', 1, 'before'],
  ];

  test.each(moments)('%s: it goes on by itself, each line once', async (_name, action, nth, when) => {
    const { world } = await organized();
    const { planId } = await planned(world, three);
    let seen = 0;
    let killed = false;
    world.wire.before = async (called, pass) => {
      if (killed) return await never();
      if (called !== action || (seen += 1) < nth) return await pass();
      if (when === 'after') await pass();
      killed = true;
      return await never();
    };
    const id = must(await world.workspace.accountLists.start(planId)).listId;
    await until(world, () => killed, 500);
    const next = world.restart();
    opened.push(next);
    await next.workspace.launch();
    await worked(next, id, 'done');
    expect(await there(next)).toEqual(all);
    expect(timesAsked(world, next)).toBe(3);
    expect(next.workspace.subAccounts.list()).toHaveLength(3);
  });

  test('before AWS had one: it is not asked for again by itself; a person goes on, and each line is made once', async () => {
    const { world } = await organized();
    let killed = false;
    world.wire.before = async (action, pass) => {
      killed ||= action === 'CreateAccount' && timesAsked(world) === 2;
      return killed ? await never() : await pass();
    };
    const id = await started(world, three);
    await until(world, () => killed, 500);
    const next = world.restart();
    opened.push(next);
    await next.workspace.launch();
    await worked(next, id, 'stopped');
    must(await next.workspace.accountLists.resume(id));
    await worked(next, id, 'done');
    expect(await there(next)).toEqual(all);
  });
});

test('forty lines: AWS is never at more than five of them', { timeout: 60_000 }, async () => {
  const quotas = organizationQuotas as { accounts: number };
  const usual = quotas.accounts;
  quotas.accounts = 60;
  try {
    const { world } = await organized();
    const atOnce: number[] = [];
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CreateAccount')
        atOnce.push((await valueOf(reallyThere(world).listAccountRequests(['IN_PROGRESS']))).length);
      return answer;
    };
    const text = Array.from({ length: 40 }, (_one, index) => `Account ${String(index)},a${String(index)}@example.com`);
    const id = await started(world, text.join('\n'));
    await worked(world, id, 'done', { stepMs: 500, withinMs: 55_000 });
    expect(new Set(statesOf(world, id))).toEqual(new Set(['ready']));
    expect(Math.max(...atOnce)).toBe(5);
    expect(timesAsked(world)).toBe(40);
    expect(await there(world)).toHaveLength(40);
  } finally {
    quotas.accounts = usual;
  }
});
