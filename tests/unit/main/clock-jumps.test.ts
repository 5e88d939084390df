import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../core/domain/session';
import { onTimeMayHavePassed } from '../../../main/platform/power';
import { hold } from '../../support/hold';
import { connected, must, newWorld, plainWish, until, type World } from '../../support/workspace-world';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const renewing = 20;

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/**
 * Sessions of an hour: twenty that renew themselves, one that does not. AWS's time goes by the steady clock; a sleep moves
 * it with this computer's, somebody who sets the clock does not.
 */
async function withSessions() {
  const aws = { slept: 0 };
  const begun = Date.parse('2026-11-22T09:00:00Z');
  const atAws = () => begun + world.clock.monotonic() + aws.slept;
  const world: World = newWorld(undefined, {
    atAws: (clock) => begun + clock.monotonic() + aws.slept,
  });
  const { workspace } = world;
  const power = new EventEmitter();
  stops.push(
    onTimeMayHavePassed(world.clock, power, () => void workspace.settle()),
    () => workspace.stop(),
  );
  const { connectionId, sessionId: first } = await connected(world);
  must(await workspace.sessions.end(first, 'ended-here'));
  const connection = workspace.connections.find(connectionId);
  if (connection === undefined) throw new Error('no connection');
  for (let number = 0; number < renewing; number += 1) {
    must(await workspace.sessions.start(connection, { ...plainWish(3600), renewal: 'automatic' }));
  }
  const { id: plain } = must(await workspace.sessions.start(connection, plainWish(3600)));
  must(workspace.health.setSchedule('hour'));
  workspace.reviews.start();
  const open = () => workspace.sessions.list().filter(({ end }) => end === undefined);
  const begin = world.operations.length;
  const rounds = (kind: 'health' | 'drift') =>
    new Set(world.operations.slice(begin).flatMap((one) => (one.kind === kind ? [one.id] : []))).size;
  const lines = (act: string, sessionId: string) =>
    world.audit.filter((one) => one.act === act && one['sessionId'] === sessionId).length;
  const sleep = (milliseconds: number) => {
    aws.slept += milliseconds;
    world.clock.jump(milliseconds);
  };
  return { world, power, plain, atAws, open, rounds, lines, sleep, pass: passing(world) };
}

/** Lets time pass in steps of a second, with turns for what is asked of AWS in it; looks at each step. */
function passing(world: World) {
  return async (milliseconds: number, look: () => void = () => undefined): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 1000) {
      world.clock.advance(1000);
      for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      look();
    }
  };
}

const assumed = ({ wire }: World) => wire.actions.filter((action) => action === 'AssumeRole').length;

describe('a clock that somebody set', () => {
  it.each([
    ['a day ahead', day],
    ['a day back', -day],
    ['six hours ahead', 6 * hour],
    ['six hours back', -6 * hour],
  ])(
    '%s: no session that lives is ended, none that ended lives, nothing is asked a thousand times',
    async (_, jump) => {
      const { atAws, lines, open, pass, plain, rounds, world } = await withSessions();
      await pass(10 * minute);
      const before = assumed(world);
      const { length: told } = world.notices;
      world.clock.jump(jump);
      await pass(minute);
      // asked by what AWS says: a few were begun before its first answer at most
      expect(assumed(world) - before).toBeLessThanOrEqual(8);
      expect(Math.abs(world.clock.now() - atAws())).toBeLessThan(2000);
      expect(open()).toHaveLength(renewing + 1);
      expect(open().every(({ credentials }) => credentials === 'keychain')).toBe(true);
      expect(must(await world.workspace.sessions.credentials(plain)).accessKeyId).toMatch(/^ASIA/);
      const wrong: Session[] = [];
      await pass(2 * hour, () => {
        wrong.push(...world.workspace.sessions.live().filter(({ expiresAt }) => expiresAt < atAws() - 2000));
      });
      expect(wrong).toEqual([]);
      // the one that does not renew itself ended at its time, once, and each other lives on
      expect(open().map(({ id }) => id)).not.toContain(plain);
      expect(lines('session.expired', plain)).toBe(1);
      expect(open()).toHaveLength(renewing);
      expect(world.workspace.sessions.countLive()).toBe(renewing);
      for (const { id } of open()) expect(lines('session.renewed', id)).toBeLessThanOrEqual(4);
      expect(rounds('health')).toBeGreaterThan(0);
      expect(rounds('health')).toBeLessThanOrEqual(4);
      expect(rounds('drift')).toBeLessThanOrEqual(4);
      expect(world.notices.length - told).toBeLessThan(5);
    },
    60_000,
  );

  it('while AWS cannot be asked is believed, until it answers', async () => {
    const { open, pass, plain, world } = await withSessions();
    const { before } = world.wire;
    world.wire.before = () => Promise.reject(Object.assign(new Error('no way'), { code: 'ECONNREFUSED' }));
    world.clock.jump(2 * hour);
    await pass(2 * minute);
    expect(world.workspace.sessions.countLive()).toBe(0);
    // the SDK asks again for a while, by real time
    await until(world, () => world.workspace.sessions.find(plain)?.end?.wiped === true);
    world.wire.before = before;
    await pass(10 * minute);
    expect(open()).toHaveLength(renewing);
    expect(world.workspace.sessions.countLive()).toBe(renewing);
  }, 60_000);
});

describe('a revocation that waits for the last credential to die', () => {
  /** Nothing is open, nothing else is planned: only the revocation goes by the clock. */
  async function closing() {
    const begun = Date.parse('2026-11-22T09:00:00Z');
    const world: World = newWorld(undefined, { atAws: (clock) => begun + clock.monotonic() });
    const { revocations, sessions } = world.workspace;
    stops.push(() => world.workspace.stop());
    const { connectionId } = await connected(world);
    const performer = { kind: 'source', sourceId: 'practice-owner' } as const;
    const wish = { performer, way: 'delete-role', prove: false } as const;
    const { revocationId } = must(await revocations.revoke(connectionId, wish));
    const state = () => revocations.find(revocationId)?.state;
    await until(world, () => state() === 'closing');
    await until(world, () => sessions.list().every(({ end }) => end !== undefined));
    return { world, state, pass: passing(world) };
  }

  it('is not over when somebody sets the clock a day ahead', async () => {
    const { state, world } = await closing();
    world.clock.jump(day);
    await world.workspace.settle();
    expect(state()).toBe('closing');
  });

  it('is not over for its own timer either, which may come first, and is when its time has come', async () => {
    const { pass, state, world } = await closing();
    world.clock.jump(day);
    await pass(minute + 1000);
    expect(state()).toBe('closing');
    await pass(hour + minute);
    expect(state()).toBe('ended');
  });
});

describe('what goes by the clock of a workspace', () => {
  it('a round that is planned is not held where somebody set the clock a day ahead', async () => {
    const { pass, rounds, world } = await withSessions();
    for (const { id } of world.workspace.sessions.list()) must(await world.workspace.sessions.end(id, 'ended-here'));
    must(world.workspace.health.setSchedule('day'));
    world.clock.jump(2 * day);
    await pass(2 * minute);
    expect(rounds('health')).toBe(0);
  });

  it('is left alone where the workspace is closed while AWS is asked for the time', async () => {
    const { plain, sleep, world } = await withSessions();
    const held = hold(world, 'GetCallerIdentity');
    sleep(day);
    const settled = world.workspace.sessions.settle();
    await until(world, held.isReached);
    world.workspace.stop();
    held.letGo();
    await settled;
    expect(world.workspace.sessions.find(plain)).not.toHaveProperty('end');
    const { length } = world.wire.actions;
    await world.clock.advanceAsync(2 * day, hour);
    expect(world.wire.actions).toHaveLength(length);
    expect(world.workspace.sessions.find(plain)).not.toHaveProperty('end');
  });
});

describe('a workspace that is closed', () => {
  it('waits for no end any more, also after what is noted of its sessions late', async () => {
    const { pass, plain, world } = await withSessions();
    for (const stop of stops.splice(0)) stop();
    world.workspace.sessions.recordUse(plain, 'terminal');
    const { length } = world.wire.actions;
    world.clock.jump(day);
    await pass(2 * minute);
    expect(world.wire.actions).toHaveLength(length);
  });
});

describe('a sleep of eight hours', () => {
  it('on waking each session is renewed once or ended once, however often the computer says that it woke', async () => {
    const { atAws, lines, open, pass, plain, power, rounds, sleep, world } = await withSessions();
    await pass(10 * minute);
    const renewedBefore = new Map(open().map(({ id }) => [id, lines('session.renewed', id)]));
    sleep(8 * hour);
    power.emit('resume');
    power.emit('unlock-screen');
    await pass(2 * minute);
    expect(lines('session.expired', plain)).toBe(1);
    expect(world.workspace.sessions.find(plain)).toMatchObject({
      credentials: 'gone',
      end: { how: 'expired', wiped: true },
    });
    expect([...world.keychain.items.keys()].filter((key) => key.includes(plain))).toEqual([]);
    expect(open()).toHaveLength(renewing);
    for (const { credentials, expiresAt, id } of open()) {
      expect(lines('session.renewed', id) - (renewedBefore.get(id) ?? 0)).toBe(1);
      expect(expiresAt).toBeGreaterThan(atAws());
      expect(credentials).toBe('keychain');
    }
    await pass(20 * minute);
    for (const { id } of open()) expect(lines('session.renewed', id) - (renewedBefore.get(id) ?? 0)).toBe(1);
    // nine were missed: one catches up
    expect(rounds('health')).toBe(1);
  }, 60_000);
});
