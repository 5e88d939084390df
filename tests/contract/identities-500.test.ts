import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../core/domain/identities';
import { iamThere, ownerSource } from '../support/identities-world';
import { valueOf } from '../support/practice';
import { must, newWorld, type World } from '../support/workspace-world';

const people = 500;

async function crowd(): Promise<World> {
  const world = newWorld();
  const iam = iamThere(world);
  for (let count = 0; count < people; count += 1) {
    const name = `user-${String(count)}`;
    await valueOf(iam.createUser({ name, path: '/', tags: [] }));
    for (let key = 0; key <= count % 2; key += 1) await valueOf(iam.createAccessKey(name));
  }
  return world;
}

/** Reads to the end, and what was seen of it on the way. The SDK pauses by the real clock: ours must not run far ahead of it. */
async function read(world: World, seen: (reading: Reading) => Promise<void> | void): Promise<Reading> {
  const { readings } = world.workspace.identities;
  must(await readings.read(ownerSource));
  for (;;) {
    const reading = readings.view(ownerSource);
    if (reading === undefined) throw new Error('Nothing was read');
    await seen(reading);
    if (reading.state !== 'reading') return reading;
    world.clock.advance(20);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('an account of five hundred users', () => {
  it('is read whole, also while AWS throttles, with progress that only grows, and stops when it is told to', async () => {
    const world = await crowd();
    const begun = performance.now();
    const calls = world.wire.actions.length;
    const first = await read(world, () => undefined);
    console.info(
      `500 users with 1 or 2 keys: ${((performance.now() - begun) / 1000).toFixed(1)} s, ${String(world.wire.actions.length - calls)} calls`,
    );
    expect(first).toMatchObject({ state: 'done', done: first.listed });

    world.sandbox.setTrouble({ throttling: 0.12, seed: 7 });
    let done = 0;
    let waited = false;
    const throttled = await read(world, (reading) => {
      expect(reading.done).toBeGreaterThanOrEqual(done);
      expect(reading.done).toBeLessThanOrEqual(reading.listed);
      done = reading.done;
      waited ||= reading.throttledUntil !== undefined;
    });
    expect(waited).toBe(true);
    expect(throttled).toMatchObject({ state: 'done', done: throttled.listed });
    // what they are and what hangs on them is the same, whoever had to wait
    const made = ({ users }: Reading) => users.filter(({ name }) => name.startsWith('user-'));
    expect(made(throttled)).toEqual(made(first));
    expect(made(throttled)).toHaveLength(people);
    const keys = throttled.users.map((user) => (user.keys?.read === true ? user.keys.value.length : -1));
    expect(keys.filter((count) => count < 1 || count > 2)).toEqual([]);

    const { readings } = world.workspace.identities;
    const stopped = await read(world, async (reading) => {
      if (reading.done >= 20 && reading.state === 'reading') must(await readings.stopReading(ownerSource));
    });
    expect(stopped).toMatchObject({ state: 'cancelled' });
    expect(stopped.done).toBeLessThan(stopped.listed);
    expect(stopped.users).toHaveLength(throttled.users.length);
    const after = world.wire.actions.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(world.wire.actions).toHaveLength(after);
  }, 180_000);
});
