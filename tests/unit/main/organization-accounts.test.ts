import { describe, expect, test } from 'vitest';
import { accountFailures } from '../../../core/domain/practice-trouble';
import { valueOf } from '../../support/practice';
import {
  accountsNamed,
  asked,
  countOf,
  managedWorld,
  managementAccount,
  managementSource,
  organizedWorld,
  reallyThere,
  recordOf,
  settled,
  wishFor,
} from '../../support/sub-account-world';
import { must } from '../../support/workspace-world';

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe('a sub-account', () => {
  test('from no organization to an account in its unit that lets in', async () => {
    const { rootId, unitId, world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationMs: 60_000 });
    const answers: string[] = [];
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'AssumeRole') answers.push(String(answer.body));
      return answer;
    };
    const before = world.clock.now();
    const id = await asked(world, wishFor(unitId));
    const record = await settled(world, id, 'ready');
    expect(record.events.map(({ what }) => what)).toEqual(['asked', 'in-progress', 'made', 'moved', 'let-in']);
    expect(record.events.slice(1).every(({ requestId }) => requestId !== undefined)).toBe(true);
    expect(record).toMatchObject({ managementAccountId: managementAccount, startedAt: before });
    expect(record.requestId).toMatch(/^car-/);
    expect(record.error).toBeUndefined();
    const made = record.events.find(({ what }) => what === 'made');
    expect(made).toMatchObject({ said: 'SUCCEEDED', at: before + 60_000 });

    const view = must(await world.workspace.organization.view(managementSource));
    if (view.kind !== 'management') throw new Error(view.kind);
    expect(view.accounts).toContainEqual({
      ...{ id: record.accountId, name: 'Python deploy', email: 'ops+pythondeploy@example.com', state: 'ACTIVE' },
      ...{ parentId: unitId, isManagement: false, joinedAt: before + 60_000 },
    });
    expect(view.accounts.find(({ isManagement }) => isManagement)).toMatchObject({
      id: managementAccount,
      parentId: rootId,
    });
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);

    const acts = world.audit.filter(({ act }) => act.startsWith('sub-account.'));
    expect(acts.map(({ act }) => act)).toEqual([
      ...['sub-account.asked', 'sub-account.requested', 'sub-account.made', 'sub-account.moved', 'sub-account.ready'],
    ]);
    expect(acts.slice(1).every(({ request, requestId }) => request === record.requestId && requestId !== '')).toBe(
      true,
    );

    // what the access role gave was looked at and dropped
    const secrets = answers.flatMap((answer) =>
      ['SecretAccessKey', 'SessionToken'].map((name) => new RegExp(`<${name}>([^<]+)<`).exec(answer)?.[1] ?? ''),
    );
    expect(secrets).toHaveLength(2);
    const kept = JSON.stringify([record, world.audit, world.events, world.operations]);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      expect(kept).not.toContain(secret);
    }
  });

  test('it is asked how it goes every 2, 5 and then 15 seconds', async () => {
    const { world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationMs: 100_000 });
    const at: number[] = [];
    world.wire.before = (action, pass) => {
      if (action === 'DescribeCreateAccountStatus') at.push(world.clock.monotonic());
      return pass();
    };
    const begun = world.clock.monotonic();
    const id = await asked(world, wishFor());
    // half seconds: a call takes no longer than that goes by while it is under way
    for (let step = 0; step < 300 && recordOf(world, id).state !== 'ready'; step += 1) {
      await turns(100);
      world.clock.advance(500);
    }
    const pauses = at.map((moment, index) => moment - (at[index - 1] ?? begun));
    const expected = [2, 2, 2, 2, 2, 5, 5, 5, 5, 5, 5, 15, 15, 15, 15];
    expect(pauses.map((pause, index) => Math.abs(pause / 1000 - (expected[index] ?? 0)) <= 1.5)).toEqual(
      expected.map(() => true),
    );
  });

  test.each(accountFailures)('%s is told with what to do, and the same can be asked for anew', async (reason) => {
    const { world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationFailure: reason, accountCreationMs: 3000 });
    const id = await asked(world, wishFor());
    const record = await settled(world, id, 'failed');
    expect(record).toMatchObject({
      failureReason: reason,
      error: { reason, whatDidNotChange: 'AWS made no account.' },
    });
    // a sentence of its own for each, not AWS's word alone
    expect(record.error?.message).not.toContain(reason);
    expect(record.error?.whatToDo).not.toBe('');
    expect(record.events.at(-1)).toMatchObject({ what: 'failed', said: reason });
    expect(await accountsNamed(world, 'Python deploy')).toEqual([]);
    expect((await world.workspace.subAccounts.resume(id)).ok).toBe(false);
    world.sandbox.setTrouble({ accountCreationFailure: undefined });
    await settled(world, await asked(world, wishFor()), 'ready');
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('a reason that is not known yet is shown as AWS says it', async () => {
    const { world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationFailure: 'INTERNAL_FAILURE', accountCreationMs: 1000 });
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action !== 'DescribeCreateAccountStatus') return answer;
      return { ...answer, body: String(answer.body).replace('INTERNAL_FAILURE', 'MOON_TOO_FAR') };
    };
    const record = await settled(world, await asked(world, wishFor()), 'failed');
    expect(record.error?.message).toContain('MOON_TOO_FAR');
  });

  test('two clicks are one wish; an address that has a record is not asked for again', async () => {
    const { world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationMs: 5000 });
    const { subAccounts } = world.workspace;
    const again = { ...wishFor(), email: 'OPS+pythondeploy@example.com' };
    const both = await Promise.all([
      subAccounts.create(managementSource, wishFor()),
      subAccounts.create(managementSource, again),
    ]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    const [one] = subAccounts.list();
    if (one === undefined) throw new Error('no record');
    expect((await subAccounts.create(managementSource, again)).ok).toBe(false);
    expect(subAccounts.forget(one.id)).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    await settled(world, one.id, 'ready');
    expect(countOf(world, 'CreateAccount')).toBe(1);
    must(subAccounts.forget(one.id));
    expect(subAccounts.list()).toEqual([]);
    // AWS itself knows the address
    const record = await settled(world, await asked(world, again), 'failed');
    expect(record.failureReason).toBe('EMAIL_ALREADY_EXISTS');
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('AWS takes longer than a quarter of an hour: it is not watched any more, and found later', async () => {
    const { unitId, world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationMs: 20 * 60_000 });
    const id = await asked(world, wishFor(unitId));
    const begun = world.clock.monotonic();
    expect((await settled(world, id, 'unwatched', 5000)).error).toBeUndefined();
    const took = world.clock.monotonic() - begun;
    expect(took).toBeGreaterThanOrEqual(15 * 60_000);
    expect(took).toBeLessThan(16 * 60_000);
    world.clock.advance(10 * 60_000);
    must(await world.workspace.subAccounts.resume(id));
    const record = await settled(world, id, 'ready', 5000);
    expect(record.events.map(({ what }) => what)).toEqual(['asked', 'in-progress', 'made', 'moved', 'let-in']);
    expect(countOf(world, 'CreateAccount')).toBe(1);
  });
});

describe('who may not ask for one', () => {
  const nothingAsked = async (world: Awaited<ReturnType<typeof managedWorld>>, sourceId: string) => {
    const answer = await world.workspace.subAccounts.create(sourceId, wishFor());
    expect(world.workspace.subAccounts.list()).toEqual([]);
    expect(countOf(world, 'CreateAccount')).toBe(0);
    if (answer.ok) throw new Error('It was asked for');
    return answer.error;
  };

  test('an account without an organization', async () => {
    const world = await managedWorld();
    expect(await nothingAsked(world, 'practice-owner')).toMatchObject({ code: 'AWSOrganizationsNotInUseException' });
  });

  test('a member, which is told who manages it', async () => {
    const world = await managedWorld({
      organization: {
        managementAccountId: managementAccount,
        members: [{ accountId: '222233334444' }, { accountId: '111122223333' }],
      },
    });
    expect(await nothingAsked(world, 'practice-owner')).toMatchObject({
      message: `“practice-owner” is in account 222233334444. Only management account ${managementAccount} may do this.`,
      remedies: [{ kind: 'choose-source' }],
    });
    world.sandbox.setTrouble({ serviceControlDenies: ['organizations:*'] });
    const denied = await nothingAsked(world, 'practice-owner');
    expect(denied).toMatchObject({ kind: 'access-denied' });
    expect(denied.detail).toContain('service control policy');
    expect(await world.workspace.organization.view('practice-owner')).toMatchObject({
      ok: false,
      error: denied.kind && { kind: 'access-denied' },
    });
  });

  test('a source that is in another account than before, when it is gone on with', async () => {
    const { world } = await organizedWorld();
    world.sandbox.setTrouble({ accountCreationMs: 20 * 60_000 });
    const id = await asked(world, wishFor());
    await settled(world, id, 'unwatched', 5000);
    world.documents.sources.update((document) => ({
      ...document,
      sources: document.sources.map((source) =>
        source.id === managementSource && source.kind === 'sandbox' ? { ...source, identity: 'owner' } : source,
      ),
    }));
    const next = world.restart();
    expect(await next.workspace.subAccounts.resume(id)).toMatchObject({
      ok: false,
      error: {
        message: `“${managementSource}” is in account 222233334444. Only management account ${managementAccount} may do this.`,
      },
    });
    expect(recordOf(next, id).state).toBe('unwatched');
  });

  test('what AWS would not take is not sent', async () => {
    const { world } = await organizedWorld();
    const before = world.wire.actions.length;
    const answer = await world.workspace.subAccounts.create(managementSource, { ...wishFor(), email: 'ops@nodot' });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input', field: 'email' } });
    expect(world.wire.actions).toHaveLength(before);
    expect(await valueOf(reallyThere(world).listAccountRequests(['IN_PROGRESS', 'FAILED', 'SUCCEEDED']))).toEqual([]);
  });
});
