import { describe, expect, it } from 'vitest';
import { pauseAfter } from '../../../core/domain/renewal';
import { hold } from '../../support/hold';
import { connected, must, newWorld, plainWish, until, type World } from '../../support/workspace-world';

const hour = 3_600_000;
const automatic = { ...plainWish(3600), renewal: 'automatic' as const };

/** A connection, and one session of it that renews itself. */
async function withRenewal(world: World): Promise<{ connectionId: string; sessionId: string }> {
  const { connectionId, sessionId: first } = await connected(world);
  must(await world.workspace.sessions.end(first, 'ended-here'));
  const { id } = must(await world.workspace.sessions.start(connectionOf(world, connectionId), automatic));
  return { connectionId, sessionId: id };
}

function connectionOf(world: World, connectionId: string) {
  const connection = world.workspace.connections.find(connectionId);
  if (connection === undefined) throw new Error('no connection');
  return connection;
}

function sessionOf(world: World, sessionId: string) {
  const session = world.workspace.sessions.find(sessionId);
  if (session === undefined) throw new Error('no session');
  return session;
}

function cutNetwork(world: World): () => void {
  const { before } = world.wire;
  world.wire.before = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  return () => {
    world.wire.before = before;
  };
}

/** A second, with time for what is asked of AWS in it to be answered. */
async function passSecond(world: World): Promise<void> {
  for (let part = 0; part < 5; part += 1) {
    world.clock.advance(200);
    for (let turn = 0; turn < 6; turn += 1) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}

describe('a session that renews itself', () => {
  it('has new credentials under the same id well before it ends, and stays as it is when it does not', async () => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    const first = sessionOf(world, sessionId);
    const before = must(await world.workspace.sessions.credentials(sessionId));
    world.clock.advance(40 * 60_000);
    expect(sessionOf(world, sessionId).accessKeyId).toBe(first.accessKeyId);
    world.clock.advance(10 * 60_000);
    await until(world, () => sessionOf(world, sessionId).accessKeyId !== first.accessKeyId);
    const renewed = sessionOf(world, sessionId);
    expect(renewed.expiresAt).toBeGreaterThan(first.expiresAt);
    expect(renewed.openedAt).toBe(first.openedAt);
    expect(renewed.end).toBeUndefined();
    const after = must(await world.workspace.sessions.credentials(sessionId));
    expect(after.secretAccessKey).not.toBe(before.secretAccessKey);
    expect(world.audit.at(-1)).toMatchObject({ act: 'session.renewed', sessionId });
    expect(world.audit.at(-1)?.['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(world.audit)).not.toContain(after.secretAccessKey);
  });

  it('is tried again while the network is gone, wiped at its end, and opened again once the network is back', async () => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    const reconnect = cutNetwork(world);
    world.clock.advance(51 * 60_000);
    await until(world, () => sessionOf(world, sessionId).trouble !== undefined);
    const { trouble } = sessionOf(world, sessionId);
    expect(trouble).toMatchObject({ error: { kind: 'unreachable' }, failures: 1 });
    expect(trouble?.nextTryAt).toBe((trouble?.at ?? 0) + 5000);
    expect((await world.workspace.sessions.credentials(sessionId)).ok).toBe(true);
    await until(world, () => sessionOf(world, sessionId).credentials === 'gone', 20_000);
    expect(sessionOf(world, sessionId).end).toBeUndefined();
    expect([...world.keychain.items.keys()].filter((key) => key.includes(sessionId))).toEqual([]);
    expect(world.workspace.sessions.countLive()).toBe(0);
    reconnect();
    world.workspace.sessions.tryAgain();
    await until(world, () => world.workspace.sessions.countLive() === 1, 200);
    expect(sessionOf(world, sessionId)).toMatchObject({ credentials: 'keychain' });
    expect(sessionOf(world, sessionId).trouble).toBeUndefined();
  });

  it.each([
    ['AWS is in trouble', { serverErrors: 1 }, 'aws-other'],
    ['an answer breaks off', { tornAnswers: 1 }, 'unreachable'],
  ])('is tried again by itself when %s', async (_, trouble, kind) => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    world.sandbox.setTrouble(trouble);
    world.clock.advance(51 * 60_000);
    await until(world, () => sessionOf(world, sessionId).trouble !== undefined);
    const failed = sessionOf(world, sessionId).trouble;
    expect(failed?.error).toMatchObject({ kind });
    expect(failed?.nextTryAt).toBe((failed?.at ?? 0) + pauseAfter(failed?.failures ?? 0));
    world.sandbox.setTrouble({ serverErrors: 0, tornAnswers: 0 });
    // by the clock it tries itself; the SDK's pauses in between are of real time, so nothing is hurried here
    world.clock.advance((failed?.nextTryAt ?? 0) - world.clock.now());
    await until(world, () => sessionOf(world, sessionId).trouble === undefined);
    expect(sessionOf(world, sessionId).expiresAt).toBeGreaterThan(world.clock.now());
    expect(world.notices).toEqual([]);
  });

  it('waits for a person when AWS refuses it, says so once, and ends when its time is over', async () => {
    const world = newWorld();
    const { connectionId, sessionId } = await withRenewal(world);
    const { iam } = must(world.workspace.sources.clients('practice-owner'));
    must(
      await iam.updateAssumeRolePolicy(
        connectionOf(world, connectionId).roleName,
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
        }),
      ),
    );
    world.clock.advance(51 * 60_000);
    await until(world, () => sessionOf(world, sessionId).trouble !== undefined);
    expect(sessionOf(world, sessionId).trouble).toMatchObject({ error: { kind: 'access-denied' } });
    expect(sessionOf(world, sessionId).trouble?.nextTryAt).toBeUndefined();
    expect(world.notices).toEqual([
      expect.objectContaining({ title: 'Practice production was not renewed', sessionId }),
    ]);
    const calls = world.wire.actions.length;
    world.clock.advance(10 * 60_000);
    await until(world, () => sessionOf(world, sessionId).end?.wiped === true);
    expect(sessionOf(world, sessionId).end?.how).toBe('expired');
    expect(world.wire.actions.slice(calls)).not.toContain('AssumeRole');
  });

  it('is asked for once, however often it is wished for at the same moment', async () => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    const calls = world.wire.actions.length;
    const answers = await Promise.all([1, 2, 3].map(() => world.workspace.sessions.renew(sessionId)));
    expect(new Set(answers.map((answer) => must(answer).accessKeyId)).size).toBe(1);
    expect(world.wire.actions.slice(calls).filter((action) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('that is ended while AWS is asked stays ended, and nothing of the answer is kept', async () => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    const held = hold(world, 'AssumeRole');
    const renewing = world.workspace.sessions.renew(sessionId);
    await until(world, held.isReached);
    must(await world.workspace.sessions.end(sessionId, 'ended-here'));
    held.letGo();
    expect((await renewing).ok).toBe(false);
    expect(sessionOf(world, sessionId).end).toMatchObject({ how: 'ended-here', wiped: true });
    expect([...world.keychain.items.keys()].filter((key) => key.includes(sessionId))).toEqual([]);
  });

  it('that ran out while the app was closed is opened again at the next start, but not after half a day', async () => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    world.workspace.stop();
    world.clock.advance(8 * hour);
    const morning = world.restart();
    await until(morning, () => morning.workspace.sessions.countLive() === 1);
    morning.workspace.stop();
    morning.clock.advance(14 * hour);
    const afterTheWeekend = morning.restart();
    await until(afterTheWeekend, () => sessionOf(afterTheWeekend, sessionId).end?.wiped === true);
    expect(sessionOf(afterTheWeekend, sessionId).end?.how).toBe('expired');
  });

  it('takes in what another process renewed', async () => {
    const world = newWorld();
    const { sessionId } = await withRenewal(world);
    const { issuedAt, expiresAt } = sessionOf(world, sessionId);
    const newer = {
      id: sessionId,
      accessKeyId: 'ASIANEWERNEWERNEWER1',
      issuedAt: issuedAt + hour,
      expiresAt: expiresAt + hour,
    };
    world.workspace.sessions.takeIn([
      newer,
      { ...newer, accessKeyId: 'ASIAOLDERNEWERNEWER1', expiresAt: expiresAt - 1 },
    ]);
    expect(sessionOf(world, sessionId)).toMatchObject(newer);
  });

  it('together with others comes in its turn, a few a second, and none ends before', async () => {
    const world = newWorld();
    const { connectionId } = await withRenewal(world);
    const connection = connectionOf(world, connectionId);
    for (let count = 0; count < 39; count += 1) must(await world.workspace.sessions.start(connection, automatic));
    const firsts = new Map(world.workspace.sessions.live().map(({ id, expiresAt }) => [id, expiresAt]));
    const asked: number[] = [];
    world.wire.before = (action, pass) => {
      if (action === 'AssumeRole') asked.push(world.clock.monotonic());
      return pass();
    };
    world.clock.advance(44 * 60_000);
    expect(asked).toEqual([]);
    const isDone = () =>
      world.workspace.sessions.live().every(({ id, expiresAt }) => expiresAt > (firsts.get(id) ?? 0));
    for (let second = 0; second < 15 * 60 && !isDone(); second += 1) await passSecond(world);
    expect(world.workspace.sessions.countLive()).toBe(40);
    expect(asked).toHaveLength(40);
  }, 30_000);
});

describe('before an end', () => {
  it('the system tells it five minutes ahead, once, and not of sessions that renew themselves', async () => {
    const world = newWorld();
    await withRenewal(world);
    const { connectionId } = must(
      await world.workspace.sessions.start(
        connectionOf(world, world.workspace.connections.list()[0]?.id ?? ''),
        plainWish(900),
      ),
    );
    world.clock.advance(9 * 60_000);
    expect(world.notices).toEqual([]);
    world.clock.advance(61_000);
    await until(world, () => world.notices.length > 0);
    world.clock.advance(60_000);
    expect(world.notices).toEqual([
      expect.objectContaining({
        title: `${connectionOf(world, connectionId).name} is about to end`,
        body: '5 minutes left',
      }),
    ]);
  });

  it('many are told of as one, and after a long sleep none', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = connectionOf(world, connectionId);
    for (let count = 0; count < 4; count += 1) must(await world.workspace.sessions.start(connection, plainWish(1800)));
    world.clock.advance(25 * 60_000 + 1000);
    await until(world, () => world.notices.length > 0);
    expect(world.notices).toEqual([
      {
        about: 'session',
        title: '4 sessions are about to end',
        body: 'Practice production, Practice production, Practice production and 1 more',
      },
    ]);
    const asleep = newWorld();
    await connected(asleep);
    asleep.workspace.stop();
    asleep.clock.advance(2 * hour);
    void asleep.workspace.settle();
    await until(asleep, () => asleep.workspace.sessions.countLive() === 0);
    expect(asleep.notices).toEqual([]);
  });
});
