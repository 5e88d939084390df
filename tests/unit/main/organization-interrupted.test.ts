import { CreateAccountCommand } from '@aws-sdk/client-organizations';
import { DeleteUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, test } from 'vitest';
import { policy } from '../../support/practice';
import { bareIam, bareOrganizations } from '../../support/sdk';
import {
  accountsNamed,
  asked,
  connectionLost,
  countOf,
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
  made.world.sandbox.setTrouble({ accountCreationMs: 30_000 });
  return made;
}

const whats = (world: World, id: string) => recordOf(world, id).events.map(({ what }) => what);

/** How often AWS was asked for an account, by any of these. */
const timesAsked = (...worlds: readonly World[]) =>
  worlds.reduce((sum, world) => sum + countOf(world, 'CreateAccount'), 0);

describe('the answer to CreateAccount is lost', () => {
  test('after AWS took it: it is found, and not asked for again', async () => {
    const { unitId, world } = await organized();
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CreateAccount') throw connectionLost();
      return answer;
    };
    const id = await asked(world, wishFor(unitId));
    await settled(world, id, 'ready');
    expect(whats(world, id)).toEqual(['asked', 'answer-lost', 'found', 'made', 'moved', 'let-in']);
    expect(timesAsked(world)).toBe(1);
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
    expect(world.audit.find(({ act }) => act === 'sub-account.found')).toMatchObject({
      request: recordOf(world, id).requestId,
    });
  });

  test('after AWS took it, and the list is out of reach for half a minute', async () => {
    const { world } = await organized();
    let lists = 0;
    world.wire.before = async (action, pass) => {
      if (action === 'ListCreateAccountStatus' && (lists += 1) <= 6) throw connectionLost();
      const answer = await pass();
      if (action === 'CreateAccount') throw connectionLost();
      return answer;
    };
    const id = await asked(world, wishFor());
    // slowly: the SDK pauses by real time before it asks again
    await settled(world, id, 'ready', 50);
    expect(lists).toBeGreaterThan(6);
    expect(timesAsked(world)).toBe(1);
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('before AWS had it: nothing asks again by itself; going on looks first', async () => {
    const { world } = await organized();
    world.wire.before = (action, pass) => (action === 'CreateAccount' ? Promise.reject(connectionLost()) : pass());
    const id = await asked(world, wishFor());
    const begun = world.clock.monotonic();
    const record = await settled(world, id, 'stopped');
    expect(world.clock.monotonic() - begun).toBeGreaterThanOrEqual(60_000);
    expect(record.error).toMatchObject({ retryable: true, whatDidNotChange: 'It was not asked for again.' });
    world.clock.advance(3_600_000);
    expect(timesAsked(world)).toBe(1);
    world.wire.before = (_action, pass) => pass();
    const before = world.wire.actions.length;
    must(await world.workspace.subAccounts.resume(id));
    expect((await settled(world, id, 'ready')).error).toBeUndefined();
    const since = world.wire.actions.slice(before);
    expect(since.indexOf('ListCreateAccountStatus')).toBeLessThan(since.indexOf('CreateAccount'));
    expect(timesAsked(world)).toBe(2);
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('what was found by its name fails: that is not taken for certain before AWS says it of this one', async () => {
    const { world } = await organized();
    world.sandbox.setTrouble({ accountCreationFailure: 'EMAIL_ALREADY_EXISTS' });
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CreateAccount' && timesAsked(world) === 1) throw connectionLost();
      return answer;
    };
    const id = await asked(world, wishFor());
    const record = await settled(world, id, 'stopped');
    expect(record).toMatchObject({ error: { reason: 'EMAIL_ALREADY_EXISTS', retryable: true } });
    expect(record.requestId).toBeUndefined();
    must(await world.workspace.subAccounts.resume(id));
    expect(await settled(world, id, 'failed')).toMatchObject({ failureReason: 'EMAIL_ALREADY_EXISTS' });
    expect(timesAsked(world)).toBe(2);
  });

  test('AWS has forgotten the request: the account is found by its address', async () => {
    const { world } = await organized();
    world.sandbox.setTrouble({ accountCreationMs: 20 * 60_000 });
    const id = await asked(world, wishFor());
    await settled(world, id, 'unwatched', 5000);
    world.clock.advance(3_600_000);
    world.documents.subAccounts.update(({ subAccounts }) => ({
      subAccounts: subAccounts.map((one) => ({ ...one, requestId: 'car-forgotten' })),
    }));
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      return action === 'ListCreateAccountStatus' ? { ...answer, body: '{"CreateAccountStatuses":[]}' } : answer;
    };
    must(await world.workspace.subAccounts.resume(id));
    const record = await settled(world, id, 'ready');
    expect(await accountsNamed(world, 'Python deploy')).toEqual([record.accountId]);
    expect(timesAsked(world)).toBe(1);
  });

  test('a stranger’s account of the same name and minute is not taken for it', async () => {
    const { world } = await organized();
    const stranger = bareOrganizations(world.sandbox, world.clock, world.sandbox.identity('management'));
    await stranger.send(new CreateAccountCommand({ Email: 'somebody@example.com', AccountName: 'Python deploy' }));
    world.wire.before = (action, pass) => (action === 'CreateAccount' ? Promise.reject(connectionLost()) : pass());
    const id = await asked(world, wishFor());
    const record = await settled(world, id, 'stopped');
    expect(record.events.map(({ what }) => what)).toContain('found');
    expect(record.accountId).toBeUndefined();
    expect(record.requestId).toBeUndefined();
    world.wire.before = (_action, pass) => pass();
    must(await world.workspace.subAccounts.resume(id));
    const ready = await settled(world, id, 'ready');
    const both = await accountsNamed(world, 'Python deploy');
    expect(both).toHaveLength(2);
    expect(both.indexOf(ready.accountId ?? '')).toBe(1);
  });
});

describe('the app is killed', () => {
  const moments: readonly (readonly [name: string, action: string, nth: number, when: 'before' | 'after'])[] = [
    ['while AWS is asked, which did it', 'CreateAccount', 1, 'after'],
    ['once the request ID is there', 'DescribeCreateAccountStatus', 1, 'before'],
    ['while AWS is at it', 'DescribeCreateAccountStatus', 4, 'after'],
    ['before it is moved', 'MoveAccount', 1, 'before'],
    ['after it was moved', 'MoveAccount', 1, 'after'],
    ['before the role is asked', 'AssumeRole', 1, 'before'],
    ['while the role answers', 'AssumeRole', 1, 'after'],
  ];

  test.each(moments)('%s: it goes on by itself, with one account', async (_name, action, nth, when) => {
    const { unitId, world } = await organized();
    let seen = 0;
    let killed = false;
    world.wire.before = async (called, pass) => {
      if (killed) return await never();
      if (called !== action || (seen += 1) < nth) return await pass();
      if (when === 'after') await pass();
      killed = true;
      return await never();
    };
    const id = await asked(world, wishFor(unitId));
    await until(world, () => killed, 500);
    const stood = recordOf(world, id);
    const next = world.restart();
    opened.push(next);
    // nothing is marked wrong before AWS was asked
    expect(recordOf(next, id)).toEqual(stood);
    await next.workspace.launch();
    const record = await settled(next, id, 'ready');
    expect(timesAsked(world, next)).toBe(1);
    expect(await accountsNamed(world, 'Python deploy')).toEqual([record.accountId]);
    expect(record.events.filter(({ what }) => what === 'made' || what === 'moved' || what === 'let-in')).toHaveLength(
      3,
    );
    expect(record.error).toBeUndefined();
  });

  test('before AWS had it: it is looked for, and asked again when a person goes on', async () => {
    const { world } = await organized();
    let killed = false;
    world.wire.before = async (action, pass) => {
      killed ||= action === 'CreateAccount';
      return killed ? await never() : await pass();
    };
    const id = await asked(world, wishFor());
    await until(world, () => killed);
    const next = world.restart();
    opened.push(next);
    await next.workspace.launch();
    await settled(next, id, 'stopped');
    expect(timesAsked(next)).toBe(0);
    must(await next.workspace.subAccounts.resume(id));
    await settled(next, id, 'ready');
    expect(timesAsked(next)).toBe(1);
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('the network is away at the start: it stops with words, and goes on later', async () => {
    const { world } = await organized();
    const id = await asked(world, wishFor());
    await until(world, () => countOf(world, 'DescribeCreateAccountStatus') > 0, 500);
    world.wire.before = never;
    const next = world.restart();
    opened.push(next);
    next.wire.before = () => Promise.reject(connectionLost());
    await next.workspace.launch();
    expect(recordOf(next, id)).toMatchObject({ state: 'stopped', error: { retryable: true } });
    next.wire.before = (_action, pass) => pass();
    must(await next.workspace.subAccounts.resume(id));
    await settled(next, id, 'ready');
    expect(timesAsked(world, next)).toBe(1);
  });
});

describe('AWS does not do it yet', () => {
  test('throttled at the asking: nothing was done, and it is gone on with', async () => {
    const { world } = await organized();
    world.wire.before = async (action, pass) => {
      world.sandbox.setTrouble({ throttling: action === 'CreateAccount' ? 1 : 0 });
      return await pass();
    };
    const id = await asked(world, wishFor());
    const record = await settled(world, id, 'stopped');
    expect(record.error).toMatchObject({ kind: 'throttled' });
    expect(record.events.map(({ what }) => what)).toEqual(['asked', 'failed']);
    world.sandbox.setTrouble({ throttling: 0 });
    world.wire.before = (_action, pass) => pass();
    must(await world.workspace.subAccounts.resume(id));
    await settled(world, id, 'ready');
    expect(await accountsNamed(world, 'Python deploy')).toHaveLength(1);
  });

  test('throttled while it is watched: it is watched on', async () => {
    const { world } = await organized();
    let looks = 0;
    world.wire.before = async (action, pass) => {
      // each of the SDK's own attempts counts
      const isThrottled = action === 'DescribeCreateAccountStatus' && (looks += 1) <= 3;
      world.sandbox.setTrouble({ throttling: isThrottled ? 1 : 0 });
      return await pass();
    };
    const id = await asked(world, wishFor());
    await settled(world, id, 'ready', 50);
    expect(looks).toBeGreaterThan(3);
    expect(timesAsked(world)).toBe(1);
  });

  test('a unit that is gone: the account is there, and one that a person placed is left there', async () => {
    const { rootId, unitId, world } = await organized();
    const gone = `${unitId.slice(0, -2)}zz`;
    const id = await asked(world, wishFor(gone));
    const record = await settled(world, id, 'stopped');
    expect(record.error).toMatchObject({ kind: 'no-such-entity' });
    expect(record.accountId).toBeDefined();
    const { organization, subAccounts } = world.workspace;
    must(await organization.moveAccount('practice-management', record.accountId ?? '', rootId, unitId));
    must(await subAccounts.resume(id));
    await settled(world, id, 'ready');
    expect(recordOf(world, id).events.find(({ what }) => what === 'moved')?.said).toBe(`found in ${unitId}`);
  });

  test('the access role lets in after seven minutes', async () => {
    const { world } = await organized();
    world.sandbox.setTrouble({ propagationDelayMs: 420_000 });
    const id = await asked(world, wishFor());
    const record = await settled(world, id, 'ready', 5000);
    expect(record.events.map(({ what }) => what)).toEqual(['asked', 'in-progress', 'made', 'not-let-in', 'let-in']);
    const at = (what: string) => record.events.find((event) => event.what === what)?.at ?? 0;
    expect(at('let-in') - at('made')).toBeGreaterThanOrEqual(420_000);
    expect(at('let-in') - at('made')).toBeLessThan(450_000);
  });

  test('the access role does not let in for ten minutes: it stops, says what is needed, and goes on', async () => {
    const { world } = await organized();
    const management = world.sandbox.identity('management');
    const iam = () => bareIam(world.sandbox, world.clock, management);
    const mine = { UserName: 'practice-management', PolicyName: 'NoEntering' };
    const deny = policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' });
    await iam().send(new PutUserPolicyCommand({ ...mine, PolicyDocument: deny }));
    const id = await asked(world, wishFor());
    const record = await settled(world, id, 'stopped', 5000);
    const made = record.events.find(({ what }) => what === 'made')?.at ?? 0;
    const last = record.events.at(-1);
    expect(last).toMatchObject({ what: 'not-let-in', said: 'AccessDenied' });
    expect((last?.at ?? 0) - made).toBeGreaterThanOrEqual(600_000);
    expect(record.error).toMatchObject({ kind: 'access-denied', retryable: true });
    expect(record.error?.whatToDo).toContain(
      `sts:AssumeRole on arn:aws:iam::${record.accountId ?? ''}:role/OrganizationAccountAccessRole`,
    );
    await iam().send(new DeleteUserPolicyCommand(mine));
    must(await world.workspace.subAccounts.resume(id));
    expect((await settled(world, id, 'ready')).error).toBeUndefined();
    expect(timesAsked(world)).toBe(1);
  });
});
