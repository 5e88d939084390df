import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, test } from 'vitest';
import { closed, connectedTo, departed, departureOf, memberWorld } from '../../support/departure-world';
import { policy, valueOf } from '../../support/practice';
import { bareIam } from '../../support/sdk';
import {
  connectionLost,
  countOf,
  managementAccount,
  managementSource,
  never,
  reallyThere,
} from '../../support/sub-account-world';
import { must, until, type World } from '../../support/workspace-world';

const opened: World[] = [];

afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

async function member() {
  const made = await memberWorld();
  opened.push(made.world);
  return made;
}

const stateOf = async (world: World, accountId: string) =>
  (await valueOf(reallyThere(world).describeAccount(accountId))).state;
const whats = (world: World, id: string) => departureOf(world, id).events.map(({ what }) => what);
const timesAsked = (...worlds: readonly World[]) =>
  worlds.reduce((sum, world) => sum + countOf(world, 'CloseAccount'), 0);
const close = (world: World, accountId: string, typed?: string) =>
  world.workspace.departures.close(managementSource, accountId, typed);

describe('an account is closed', () => {
  test('it is recorded, asked for once and followed until AWS says that it is closed', async () => {
    const { accountId, world } = await member();
    const before = world.clock.now();
    const id = await closed(world, accountId);
    const record = await departed(world, id, 'closed');
    expect(record.events.map(({ said, what }) => [what, said])).toEqual([
      ['looked', 'ACTIVE'],
      ['asked', undefined],
      ['taken', undefined],
      ['looked', 'PENDING_CLOSURE'],
      ['looked', 'CLOSED'],
      ['closed', 'CLOSED'],
    ]);
    // how often it was asked stands in one line
    expect(record.events[3]?.times).toBeGreaterThan(3);
    expect(record.closedAt).toBeGreaterThanOrEqual(before + 30_000);
    expect(record).toMatchObject({ name: 'Python deploy', managementAccountId: managementAccount, leftOpen: 0 });
    expect(await stateOf(world, accountId)).toBe('CLOSED');
    expect(timesAsked(world)).toBe(1);
    expect(world.audit.filter(({ act }) => act.startsWith('departure.')).map(({ act }) => act)).toEqual([
      ...['departure.asked', 'departure.taken', 'departure.closed'],
    ]);
  });

  test('S-30: what still lets in is revoked first, or the account’s ID is typed', async () => {
    const { accountId, world } = await member();
    connectedTo(world, accountId);
    connectedTo(world, accountId, 'not-tested');
    connectedTo(world, accountId, 'revoked');
    for (const typed of [undefined, '', '333344445555', accountId.slice(1)]) {
      const answer = await close(world, accountId, typed);
      expect(answer).toMatchObject({ ok: false, error: { kind: 'not-possible', field: 'typedAccountId' } });
    }
    expect(world.workspace.departures.list()).toEqual([]);
    expect(timesAsked(world)).toBe(0);
    const typed = `${accountId.slice(0, 4)} ${accountId.slice(4, 8)} ${accountId.slice(8)}`;
    const record = await departed(world, await closed(world, accountId, typed), 'closed');
    expect(record.leftOpen).toBe(2);
    // marked by the record of the closing, and not deleted
    expect(world.workspace.connections.all()).toHaveLength(3);
  });

  test('S-30: a connection made after it stopped keeps it from going on', async () => {
    const { accountId, world } = await member();
    world.wire.before = (action, pass) => (action === 'CloseAccount' ? Promise.reject(connectionLost()) : pass());
    const id = await closed(world, accountId);
    await departed(world, id, 'stopped');
    world.wire.before = (_action, pass) => pass();
    connectedTo(world, accountId);
    const asked = timesAsked(world);
    expect(await world.workspace.departures.resume(id)).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(timesAsked(world)).toBe(asked);
    expect(await stateOf(world, accountId)).toBe('ACTIVE');
  });

  test('two clicks are one wish, and it is not forgotten while it goes', async () => {
    const { accountId, world } = await member();
    const [one, other] = await Promise.all([close(world, accountId), close(world, accountId)]);
    expect([one.ok, other.ok]).toEqual([true, false]);
    const id = must(one).departureId;
    expect(world.workspace.departures.forget(id).ok).toBe(false);
    await departed(world, id, 'closed');
    expect(timesAsked(world)).toBe(1);
    must(world.workspace.departures.forget(id));
    expect(world.workspace.departures.list()).toEqual([]);
    expect(await stateOf(world, accountId)).toBe('CLOSED');
  });

  test('what somebody else closes is followed, and what is closed is said, without asking', async () => {
    const { accountId, world } = await member();
    await valueOf(reallyThere(world).closeAccount(accountId));
    const id = await closed(world, accountId);
    await departed(world, id, 'closed');
    expect(whats(world, id)).not.toContain('asked');
    const again = await departed(world, await closed(world, accountId), 'closed');
    expect(again.events.map(({ what }) => what)).toEqual(['looked', 'closed']);
    expect(world.workspace.departures.list()).toHaveLength(1);
    expect(timesAsked(world)).toBe(0);
  });

  test('an account that AWS suspended for reasons of its own is not taken for closed', async () => {
    const { accountId, world } = await member();
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action !== 'DescribeAccount') return answer;
      return { ...answer, body: String(answer.body).replace('"State":"ACTIVE"', '"State":"SUSPENDED"') };
    };
    const record = await departed(world, await closed(world, accountId), 'closed');
    expect(record.events.map(({ said, what }) => [what, said]).slice(0, 2)).toEqual([
      ['looked', 'SUSPENDED'],
      ['asked', undefined],
    ]);
    expect(timesAsked(world)).toBe(1);
  });

  test('the management account is not closed, nor anything by a member', async () => {
    const { accountId, world } = await member();
    const management = await close(world, managementAccount);
    expect(management).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    const stranger = await world.workspace.departures.close('practice-owner', accountId);
    expect(stranger).toMatchObject({ ok: false });
    expect(timesAsked(world)).toBe(0);
    expect(world.workspace.departures.list()).toEqual([]);
  });

  test('three at a time, and no fourth', async () => {
    const { accountId, world } = await member();
    const stood = { accountId, name: 'One', email: 'one@example.com', sourceId: managementSource };
    const filler = (n: number) => ({
      ...stood,
      ...{
        id: `00000000-0000-4000-8000-00000000000${String(n)}`,
        accountId: `90000000000${String(n)}`,
        managementAccountId: managementAccount,
      },
      ...{ state: 'closing' as const, startedAt: 0, leftOpen: 0, events: [] },
    });
    world.documents.departures.update(() => ({ departures: [filler(1), filler(2), filler(3)] }));
    expect(await close(world, accountId)).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    world.documents.departures.update(() => ({ departures: [filler(1), filler(2)] }));
    await departed(world, await closed(world, accountId), 'closed');
  });
});

describe('AWS refuses or does not answer', () => {
  const constraint = (reason: string) => ({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'refused-1' },
    body: JSON.stringify({ __type: 'ConstraintViolationException', Message: 'No.', Reason: reason }),
  });

  test.each([
    ['CLOSE_ACCOUNT_QUOTA_EXCEEDED', 'quota-exceeded', false],
    ['CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED', 'quota-exceeded', true],
    ['CANNOT_CLOSE_MANAGEMENT_ACCOUNT', 'not-possible', false],
  ])('%s in our words, the account stays open, and it can be gone on with', async (reason, kind, retryable) => {
    const { accountId, world } = await member();
    world.wire.before = (action, pass) => (action === 'CloseAccount' ? Promise.resolve(constraint(reason)) : pass());
    const id = await closed(world, accountId);
    const record = await departed(world, id, 'stopped');
    expect(record.error).toMatchObject({ kind, reason, retryable });
    expect(record.error?.message).not.toContain(reason);
    expect(record.error?.whatDidNotChange).toContain('stays open');
    expect(record.events.at(-1)).toMatchObject({ what: 'refused', said: reason });
    world.wire.before = (_action, pass) => pass();
    must(await world.workspace.departures.resume(id));
    expect((await departed(world, id, 'closed')).error).toBeUndefined();
  });

  test('the answer is lost after AWS took it: its state tells, and it is not asked again', async () => {
    const { accountId, world } = await member();
    let taken = 0;
    world.wire.before = async (action, pass) => {
      if (action !== 'CloseAccount') return await pass();
      if ((taken += 1) === 1) await pass();
      throw connectionLost();
    };
    const id = await closed(world, accountId);
    await departed(world, id, 'closed', 50);
    expect(whats(world, id).slice(0, 4)).toEqual(['looked', 'asked', 'answer-lost', 'looked']);
    expect(await stateOf(world, accountId)).toBe('CLOSED');
  });

  test('the answer is lost and the SDK’s own second attempt is refused: the state tells', async () => {
    const { accountId, world } = await member();
    let calls = 0;
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CloseAccount' && (calls += 1) === 1) throw connectionLost();
      return answer;
    };
    const id = await closed(world, accountId);
    const record = await departed(world, id, 'closed', 50);
    expect(calls).toBe(2);
    expect(record.events.find(({ what }) => what === 'refused')?.said).toBe('ConflictException');
    expect(record.error).toBeUndefined();
  });

  test('before AWS had it: it is looked at for a minute, stops, and going on looks before it asks', async () => {
    const { accountId, world } = await member();
    world.wire.before = (action, pass) => (action === 'CloseAccount' ? Promise.reject(connectionLost()) : pass());
    const id = await closed(world, accountId);
    const record = await departed(world, id, 'stopped');
    expect(record.error).toMatchObject({ retryable: true, whatDidNotChange: 'It was not asked for again.' });
    world.wire.before = (_action, pass) => pass();
    const before = world.wire.actions.length;
    must(await world.workspace.departures.resume(id));
    await departed(world, id, 'closed');
    const since = world.wire.actions.slice(before);
    expect(since.indexOf('DescribeAccount')).toBeLessThan(since.indexOf('CloseAccount'));
    expect(since.filter((action) => action === 'CloseAccount')).toHaveLength(1);
  });

  test('throttled and denied: nothing was done, and it says so', async () => {
    const { accountId, world } = await member();
    world.wire.before = async (action, pass) => {
      world.sandbox.setTrouble({ throttling: action === 'CloseAccount' ? 1 : 0 });
      return await pass();
    };
    const id = await closed(world, accountId);
    expect((await departed(world, id, 'stopped', 50)).error).toMatchObject({ kind: 'throttled', retryable: true });
    world.sandbox.setTrouble({ throttling: 0 });
    world.wire.before = (_action, pass) => pass();
    const iam = bareIam(world.sandbox, world.clock, world.sandbox.identity('management'));
    const deny = policy({ Effect: 'Deny', Action: 'organizations:CloseAccount', Resource: '*' });
    const mine = { UserName: 'practice-management', PolicyName: 'NoClosing', PolicyDocument: deny };
    await iam.send(new PutUserPolicyCommand(mine));
    must(await world.workspace.departures.resume(id));
    expect((await departed(world, id, 'stopped')).error).toMatchObject({ kind: 'access-denied' });
    expect(await stateOf(world, accountId)).toBe('ACTIVE');
  });

  test('AWS takes longer than a quarter of an hour: not watched any more, looked at again later', async () => {
    const { accountId, world } = await member();
    world.sandbox.setTrouble({ accountCreationMs: 40 * 60_000 });
    const id = await closed(world, accountId);
    expect((await departed(world, id, 'unwatched', 5000)).closedAt).toBeUndefined();
    world.clock.advance(3_600_000);
    must(await world.workspace.departures.resume(id));
    await departed(world, id, 'closed');
    expect(timesAsked(world)).toBe(1);
  });
});

describe('the app is killed', () => {
  const moments: readonly (readonly [name: string, action: string, nth: number, when: 'before' | 'after'])[] = [
    ['while AWS is asked, which did it', 'CloseAccount', 1, 'after'],
    ['once AWS took it', 'DescribeAccount', 3, 'before'],
    ['while AWS is at it', 'DescribeAccount', 5, 'after'],
  ];

  test.each(moments)('%s: it is followed to its end, and asked for once', async (_name, action, nth, when) => {
    const { accountId, world } = await member();
    let seen = 0;
    let killed = false;
    world.wire.before = async (called, pass) => {
      if (killed) return await never();
      if (called !== action || (seen += 1) < nth) return await pass();
      if (when === 'after') await pass();
      killed = true;
      return await never();
    };
    const id = await closed(world, accountId);
    await until(world, () => killed, 500);
    const stood = departureOf(world, id);
    const next = world.restart();
    opened.push(next);
    expect(departureOf(next, id)).toEqual(stood);
    await next.workspace.launch();
    const record = await departed(next, id, 'closed');
    expect(record.events.filter(({ what }) => what === 'asked' || what === 'closed')).toHaveLength(2);
    expect(timesAsked(world, next)).toBe(1);
  });

  test('before AWS had it: it is looked at, never asked by itself, and asked when a person goes on', async () => {
    const { accountId, world } = await member();
    let killed = false;
    world.wire.before = async (action, pass) => {
      killed ||= action === 'CloseAccount';
      return killed ? await never() : await pass();
    };
    const id = await closed(world, accountId);
    await until(world, () => killed);
    const next = world.restart();
    opened.push(next);
    await next.workspace.launch();
    await departed(next, id, 'stopped');
    expect(timesAsked(next)).toBe(0);
    must(await next.workspace.departures.resume(id));
    await departed(next, id, 'closed');
  });

  test('the network is away at the start: it stops with words, and goes on later', async () => {
    const { accountId, world } = await member();
    const id = await closed(world, accountId);
    await until(world, () => countOf(world, 'CloseAccount') > 0, 500);
    world.wire.before = never;
    const next = world.restart();
    opened.push(next);
    next.wire.before = () => Promise.reject(connectionLost());
    await next.workspace.launch();
    expect(departureOf(next, id)).toMatchObject({ state: 'stopped', error: { retryable: true } });
    next.wire.before = (_action, pass) => pass();
    must(await next.workspace.departures.resume(id));
    await departed(next, id, 'closed');
    expect(timesAsked(world, next)).toBe(1);
  });
});
