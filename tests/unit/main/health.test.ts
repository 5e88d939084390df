import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HealthOperation } from '../../../core/contract/operations';
import type { Connection } from '../../../core/domain/connection';
import { loadScenario } from '../../../main/sandbox/scenario-catalog';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

const hour = 3_600_000;

function health(world: World): HealthOperation {
  const found = world.operations.findLast((one): one is HealthOperation => one.kind === 'health');
  if (found === undefined) throw new Error('No round was published');
  return found;
}

async function ended(world: World, stepMs = 0): Promise<HealthOperation> {
  await until(world, () => world.workspace.operations.list().length === 0, stepMs);
  return health(world);
}

/** The whole of the thousand accounts: each customer's role with its connection. */
async function thousand(count = 997): Promise<World> {
  const world = newWorld(await loadScenario('thousand-accounts'));
  const connections = Array.from({ length: count }, (_, index): Connection => {
    const accountId = String(500_000_000_001 + index);
    return {
      ...{ id: randomUUID(), name: `Customer ${index + 1}`, accountId, partition: 'aws', region: 'eu-west-1' },
      ...{ roleArn: `arn:aws:iam::${accountId}:role/DeployAccess`, roleName: 'DeployAccess' },
      ...{ externalId: 'customer-external-id', recipeId: 'read-only-audit', sourceId: 'practice-deployer' },
      ...{ madeBy: 'elsewhere', createdAt: world.clock.now(), maxSessionDuration: 3600, status: 'not-tested' },
      receipt: [],
    };
  });
  must(world.documents.connections.change({ put: connections }));
  return world;
}

/** Several connections to the one role that the sandbox has after a wizard. */
async function some(count: number): Promise<{ world: World; ids: string[] }> {
  const world = newWorld();
  const { connectionId } = await connected(world);
  const first = world.workspace.connections.find(connectionId);
  if (first === undefined) throw new Error('There is no connection');
  const more = Array.from({ length: count - 1 }, (_, index) => ({ ...first, id: randomUUID(), name: `Copy ${index}` }));
  must(world.documents.connections.change({ put: [first, ...more] }));
  return { world, ids: [first, ...more].map(({ id }) => id) };
}

const breakOne = (world: World, connectionId: string) =>
  must(world.workspace.connections.patch(connectionId, { externalId: 'not-the-one' }));

const statuses = (world: World) => world.workspace.connections.list().map(({ status }) => status);

/** Time passes while there is work, and only when everything that can has had its turn. */
async function passing(world: World): Promise<void> {
  for (let turn = 0; turn < 1_000_000 && world.workspace.operations.list().length > 0; turn += 1) {
    if (turn % 30 === 29) world.clock.advance(10);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe('the health of all connections', () => {
  it('tests a thousand, 16 at a time, within 1.2 times of the ideal, and writes and tells little', async () => {
    const world = await thousand();
    const { clock, wire } = world;
    let atOnce = 0;
    let most = 0;
    wire.before = async (action, pass) => {
      if (action === 'AssumeRole') {
        atOnce += 1;
        most = Math.max(most, atOnce);
      }
      await clock.wait(100);
      if (action === 'AssumeRole') atOnce -= 1;
      return await pass();
    };
    const { connections } = world.documents;
    const change = connections.change.bind(connections);
    let writes = 0;
    connections.change = (given) => {
      writes += 1;
      return change(given);
    };
    must(world.workspace.health.testAll([connections.all()[0]?.id ?? ''], 'test-all'));
    await ended(world, 10);
    // who is calling is asked once for all
    const one = clock.monotonic() - 100;
    writes = 0;
    world.operations.length = 0;
    wire.actions.length = 0;
    const start = clock.monotonic();
    must(world.workspace.health.testAll(undefined, 'test-all'));
    await passing(world);
    const took = clock.monotonic() - start;
    expect(health(world)).toMatchObject({ state: 'done', total: 997, done: 997, passed: 997, failed: 0, unasked: 0 });
    expect(statuses(world).every((status) => status === 'working')).toBe(true);
    expect(took).toBeLessThanOrEqual(1.2 * Math.ceil(997 / 16) * one);
    // each test asks for three sessions at a time at most: for the length, and twice for the external ID
    expect(most).toBeLessThanOrEqual(16 * 3);
    // who is calling once, and what each role became
    expect(wire.actions.filter((action) => action === 'GetCallerIdentity')).toHaveLength(1 + 997);
    expect(writes).toBeLessThanOrEqual(Math.ceil(took / 1000) + 2);
    const pushes = world.operations.filter(({ kind }) => kind === 'health').length;
    expect(pushes).toBeLessThanOrEqual(Math.ceil(took / 100) + 2);
    expect(world.operations.filter(({ kind }) => kind === 'test')).toEqual([]);
  }, 120_000);

  it('keeps what each test said, in the record and in the history, and leaves out what is closed', async () => {
    const { ids, world } = await some(5);
    breakOne(world, ids[1] ?? '');
    must(world.workspace.connections.patch(ids[2] ?? '', { status: 'revoked' }));
    must(world.workspace.health.testAll(undefined, 'test-all'));
    const operation = await ended(world, 100);
    expect(operation).toMatchObject({ state: 'done', total: 4, done: 4, passed: 3, failed: 1, closed: 1, turned: 1 });
    expect(operation.turnedNames).toEqual(['Copy 0']);
    expect(statuses(world)).toEqual(['working', 'failing', 'revoked', 'working', 'working']);
    const { ends } = must(world.workspace.connections.history(ids[1] ?? ''));
    expect(ends).toMatchObject([
      { state: 'failed', by: 'test-all', check: 'assume-role', cause: 'external-id-differs' },
    ]);
    expect(must(world.workspace.connections.history(ids[2] ?? '')).ends).toEqual([]);
  });

  it('asks who a dead source is once, and fails its connections with that one error', async () => {
    const { ids, world } = await some(40);
    world.wire.before = (action, pass) =>
      action === 'GetCallerIdentity'
        ? Promise.resolve({
            status: 403,
            headers: { 'content-type': 'text/xml' },
            body: '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>',
          })
        : pass();
    const before = world.wire.actions.length;
    must(world.workspace.health.testAll(undefined, 'test-all'));
    const operation = await ended(world, 100);
    expect(operation).toMatchObject({ done: 40, failed: 40 });
    expect(world.wire.actions.slice(before)).toEqual(['GetCallerIdentity']);
    expect(world.workspace.connections.find(ids[39] ?? '')?.lastTest?.error?.kind).toBe('credentials-invalid');
  });

  it('says nothing about connections when AWS cannot be reached', async () => {
    const { world } = await some(20);
    world.wire.before = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    must(world.workspace.health.testAll(undefined, 'schedule'));
    // the SDK waits in real time before it asks again
    const operation = await ended(world);
    expect(operation).toMatchObject({ state: 'done', done: 20, failed: 0, unasked: 20, turned: 0 });
    expect(operation.unaskedError?.kind).toBe('unreachable');
    expect(new Set(statuses(world))).toEqual(new Set(['working']));
  });

  it('asks those that AWS throttled again, until all are tested', async () => {
    const { world } = await some(20);
    let refusals = 60;
    world.wire.before = (action, pass) => {
      if (action !== 'AssumeRole' || refusals <= 0) return pass();
      refusals -= 1;
      return Promise.resolve({
        status: 400,
        headers: { 'content-type': 'text/xml' },
        body: '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
      });
    };
    must(world.workspace.health.testAll(undefined, 'test-all'));
    // the SDK waits in real time before it asks again, and the round in the world's
    const deadline = performance.now() + 25_000;
    while (world.workspace.operations.list().length > 0 && performance.now() < deadline) {
      world.clock.advance(50);
      await pause(5);
    }
    const operation = health(world);
    expect(operation).toMatchObject({ state: 'done', done: 20, passed: 20, failed: 0, unasked: 0 });
    const rounds = world.operations.filter((one): one is HealthOperation => one.kind === 'health');
    expect(rounds.some(({ atOnce }) => atOnce < 16)).toBe(true);
    expect(rounds.some(({ throttledUntil }) => throttledUntil !== undefined)).toBe(true);
  });

  it('stops at once, and keeps what was tested', async () => {
    const { ids, world } = await some(40);
    let answered = 0;
    world.wire.before = async (action, pass) => {
      if (action !== 'AssumeRole') return await pass();
      answered += 1;
      return answered <= 60 ? await pass() : await new Promise(() => undefined);
    };
    const { operationId } = must(world.workspace.health.testAll(undefined, 'test-all'));
    await until(world, () => answered > 60 + 15);
    must(world.workspace.operations.cancel(operationId));
    const operation = await ended(world);
    expect(operation.state).toBe('cancelled');
    expect(operation.done).toBeGreaterThan(0);
    expect(operation.done).toBeLessThan(40);
    const tested = ids.filter((id) => must(world.workspace.connections.history(id)).ends.length > 0);
    expect(tested).toHaveLength(operation.done);
    const kept = tested.filter(
      (id) => world.workspace.connections.find(id)?.lastTest?.startedAt === operation.startedAt,
    );
    expect(kept).toHaveLength(operation.done);
  });

  it('does not test again what a person tests at that moment', async () => {
    const { ids, world } = await some(3);
    const before = world.wire.actions.length;
    must(world.workspace.connections.test(ids[0] ?? ''));
    must(world.workspace.health.testAll(undefined, 'test-all'));
    const operation = await ended(world, 100);
    expect(operation).toMatchObject({ total: 3, passed: 3 });
    expect(must(world.workspace.connections.history(ids[0] ?? '')).ends.map(({ by }) => by)).toEqual(['person']);
    const sessions = world.wire.actions.slice(before).filter((action) => action === 'AssumeRole');
    expect(sessions).toHaveLength(3 * 4);
  });

  it('is one round at a time, and tells that there is nothing to test', async () => {
    const { ids, world } = await some(2);
    const first = must(world.workspace.health.testAll(undefined, 'test-all'));
    expect(must(world.workspace.health.testAll(ids, 'test-all'))).toEqual(first);
    await ended(world, 100);
    for (const id of ids) must(world.workspace.connections.patch(id, { status: 'closing' }));
    const refused = world.workspace.health.testAll(undefined, 'test-all');
    expect(refused.ok).toBe(false);
  });

  it('has what was tested on the disk when the app quits', async () => {
    const { ids, world } = await some(30);
    must(world.workspace.health.testAll(undefined, 'test-all'));
    await until(world, () => ids.some((id) => must(world.workspace.connections.history(id)).ends.length > 0));
    world.workspace.stop();
    const next = world.restart();
    for (const id of ids) {
      const [end] = must(next.workspace.connections.history(id)).ends;
      if (end !== undefined) expect(next.workspace.connections.find(id)?.lastTest?.finishedAt).toBe(end.at);
    }
  });

  it('knows after a second failure that it once worked', async () => {
    /** How likely it is, after two failures, that the identity which the role trusts was made anew. */
    const madeAnew = async (worked: boolean): Promise<number> => {
      const { ids, world } = await some(1);
      const [id = ''] = ids;
      const test = async () => {
        must(world.workspace.connections.test(id));
        await until(world, () => world.workspace.operations.list().length === 0);
      };
      // nobody here can look at the role: what is known from before is what tells
      must(
        world.documents.sources.update((document) => ({
          ...document,
          sources: document.sources.filter((source) => source.id === 'practice-deployer'),
        })),
      );
      must(
        world.documents.connections.change({
          put: world.documents.connections.all().map(({ lastTest: _lastTest, ...rest }) => rest),
        }),
      );
      if (worked) await test();
      breakOne(world, id);
      await test();
      await test();
      const ends = must(world.workspace.connections.history(id)).ends;
      expect(ends.map(({ state }) => state)).toEqual([...(worked ? ['passed'] : []), 'failed', 'failed']);
      if (worked) expect(ends[0]?.as).toContain('user/practice-deployer');
      const causes = world.workspace.connections.find(id)?.lastTest?.diagnosis?.causes ?? [];
      return causes.find((cause) => cause.id === 'trusted-principal-deleted')?.probability ?? 0;
    };
    expect(await madeAnew(true)).toBeGreaterThan(await madeAnew(false));
  });
});

describe('the schedule', () => {
  const rounds = (world: World) =>
    new Set(world.operations.flatMap((one) => (one.kind === 'health' ? [one.id] : []))).size;

  it('never tests by itself until it is told to', async () => {
    const { world } = await some(1);
    await world.clock.advanceAsync(50 * hour, hour);
    expect(rounds(world)).toBe(0);
    expect(world.workspace.health.schedule.get()).toEqual({ every: 'never' });
  });

  it('tests every six hours, a little early or late, and says when next', async () => {
    const { world } = await some(1);
    must(world.workspace.health.setSchedule('six-hours'));
    const { nextAt = 0 } = world.workspace.health.schedule.get();
    const away = nextAt - world.clock.now();
    expect(away).toBeGreaterThanOrEqual(0.95 * 6 * hour);
    expect(away).toBeLessThanOrEqual(1.05 * 6 * hour);
    world.clock.advance(away - 1000);
    expect(rounds(world)).toBe(0);
    world.clock.advance(2000);
    expect(rounds(world)).toBe(1);
    expect((await ended(world, 100)).by).toBe('schedule');
    expect(world.workspace.health.schedule.get().nextAt ?? 0).toBeGreaterThan(world.clock.now() + 5 * hour);
  });

  it('catches up once after the app was closed, however much was missed, and not in the first seconds', async () => {
    const { world } = await some(1);
    must(world.workspace.health.setSchedule('hour'));
    world.workspace.stop();
    world.clock.jump(30 * hour);
    const next = world.restart();
    expect(rounds(next)).toBe(0);
    next.clock.advance(11_000);
    expect(rounds(next)).toBe(1);
    await ended(next, 100);
    await next.clock.advanceAsync(0.9 * hour, 60_000);
    expect(rounds(next)).toBe(1);
  });

  it('catches up once after a sleep, also when the computer wakes several times', async () => {
    const { world } = await some(1);
    must(world.workspace.health.setSchedule('hour'));
    world.clock.jump(9 * hour);
    for (let wake = 0; wake < 3; wake += 1) {
      void world.workspace.settle();
      world.clock.advance(2000);
    }
    expect(rounds(world)).toBe(0);
    await world.clock.advanceAsync(20_000);
    await ended(world, 100);
    expect(rounds(world)).toBe(1);
  });

  it('is not put off by a clock that was a day ahead when it planned', async () => {
    const { world } = await some(1);
    world.clock.jump(24 * hour);
    must(world.workspace.health.setSchedule('hour'));
    world.clock.jump(-24 * hour);
    await world.workspace.settle();
    world.clock.advance(1.05 * hour);
    expect(rounds(world)).toBe(1);
    await ended(world, 100);
  });

  it('begins no second round while one runs, and counts that one', async () => {
    const { world } = await some(1);
    must(world.workspace.health.setSchedule('hour'));
    const { nextAt: planned = 0 } = world.workspace.health.schedule.get();
    world.clock.advance(0.5 * hour);
    must(world.workspace.health.testAll(undefined, 'test-all'));
    await ended(world, 100);
    expect(world.workspace.health.schedule.get().nextAt ?? 0).toBeGreaterThan(planned);
  });
});
