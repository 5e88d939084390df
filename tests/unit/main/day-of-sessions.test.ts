import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { plainRequest } from '../../../core/domain/session-request';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

/** Sessions that are kept open; `SALLYPORT_SESSIONS=500` is the long form. */
const count = Number(process.env['SALLYPORT_SESSIONS'] ?? 24);
const hourMs = 3_600_000;

const opened: World[] = [];
afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

/** Bytes in use once everything that nobody holds is gone. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** AWS, the keychain, the window and the log of this test write down what they are asked: that is not the app's memory. */
function forgetCounterparts(world: World): void {
  for (const list of [world.wire.actions, world.keychain.calls, world.events, world.audit]) list.length = 0;
}

/** Lets so much time pass, with a turn each second for what waits. */
async function pass(world: World, milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 1000) {
    world.clock.advance(1000);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

test(
  `${String(count)} sessions renew themselves for a day: all are open, each key is another one, and nothing piles up`,
  { timeout: 120_000 + count * 2_000 },
  async () => {
    // AWS runs in this process: what it would remember of each ended session for a day is not the app's
    const world = newWorld(undefined, { awsRemembers: 0 });
    opened.push(world);
    const { connectionId } = await connected(world);
    const { connections, sessions } = world.workspace;
    const connection = connections.find(connectionId);
    if (connection === undefined) throw new Error('There is no connection');
    for (let number = 0; number < count; number += 1) {
      must(await sessions.start(connection, { request: plainRequest(3600), renewal: 'automatic' }));
    }
    const ids = sessions
      .list()
      .filter(({ renewal }) => renewal === 'automatic')
      .map(({ id }) => id);
    expect(ids).toHaveLength(count);
    const assumed = () => world.wire.actions.filter((action) => action === 'AssumeRole').length;
    // what is remembered from the first hours on is what a day may cost
    await pass(world, 2 * hourMs);
    const kept = await world.keychain.list();
    forgetCounterparts(world);
    const before = heapUsed();
    const begunAt = performance.now();
    await pass(world, 22 * hourMs);
    await until(world, () => world.workspace.operations.list().length === 0, 10);
    const renewed = assumed();
    forgetCounterparts(world);
    const after = heapUsed();
    process.stdout.write(
      `${String(count)} sessions, ${String(renewed)} renewals in 22 h (${((performance.now() - begunAt) / 1000).toFixed(1)} s), heap ${(before / 1e6).toFixed(1)} to ${(after / 1e6).toFixed(1)} MB\n`,
    );
    const now = world.clock.now();
    const live = sessions.list().filter(({ id }) => ids.includes(id));
    expect(live.filter(({ end, expiresAt }) => end === undefined && expiresAt > now)).toHaveLength(count);
    expect(new Set(live.map(({ accessKeyId }) => accessKeyId)).size).toBe(count);
    // a renewal every 45 minutes or so, and no more
    expect(renewed).toBeGreaterThan(count * 24);
    expect(renewed).toBeLessThan(count * 36);
    // what was open before is not kept beside what is open now
    expect(await world.keychain.list()).toHaveLength(kept.length);
    expect(after / before).toBeLessThan(1.1);
  },
);
