import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/contract/operations';
import { createAws } from '../../../main/aws/create-aws';
import { fixed, sandboxEnvironment, trustPolicy, valueOf } from '../../support/practice';
import { connected, draftAtCreate, must, newWorld, until, type World } from '../../support/workspace-world';

type TestOperation = Extract<Operation, { kind: 'test' }>;

function iamOfOwner(world: World) {
  const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
  return createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
    sandboxEnvironment,
    fixed({ accessKeyId, secretAccessKey }),
  );
}

async function testRole(world: World, roleName: string, justMade = false): Promise<string> {
  const draftId = await draftAtCreate(world, 'console');
  must(await world.workspace.onboarding.act(draftId, { kind: 'role-exists' }));
  const roleArn = `arn:aws:iam::222233334444:role/${roleName}`;
  must(await world.workspace.onboarding.act(draftId, { kind: 'set-role', roleArn }));
  must(world.workspace.onboarding.testConnection(draftId, justMade));
  return draftId;
}

function latest(world: World): TestOperation {
  const found = world.operations.findLast((one): one is TestOperation => one.kind === 'test');
  if (found === undefined) throw new Error('No test was published');
  return found;
}

async function ended(world: World, stepMs = 0): Promise<TestOperation> {
  await until(world, () => world.workspace.operations.list().length === 0, stepMs);
  return latest(world);
}

const state = (operation: TestOperation, id: string) => operation.checks.find((check) => check.id === id)?.state;

async function makeRole(world: World, trust: string, maxSessionDuration = 3600): Promise<void> {
  const iam = iamOfOwner(world);
  await valueOf(
    iam.createRole({ name: 'Deploy', path: '/', description: '', trustPolicy: trust, maxSessionDuration, tags: [] }),
  );
  await valueOf(iam.attachRolePolicy('Deploy', 'arn:aws:iam::aws:policy/AdministratorAccess'));
}

describe('the connection test', () => {
  it('passes ten checks on a healthy connection and keeps no session of its own', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const before = world.keychain.items.size;
    must(world.workspace.connections.test(connectionId));
    const operation = await ended(world);
    expect(operation.state).toBe('passed');
    expect(operation.checks.filter((check) => check.state === 'passed')).toHaveLength(10);
    // it answered at once, so nothing was waited for
    expect(state(operation, 'propagation')).toBe('passed');
    expect(world.keychain.items.size).toBe(before);
    expect(world.workspace.connections.find(connectionId)?.status).toBe('working');
  });

  it('fails a role that lets the caller in without its external ID, and names the condition to add', async () => {
    const world = newWorld();
    await makeRole(world, trustPolicy());
    await testRole(world, 'Deploy');
    const operation = await ended(world);
    expect(operation.state).toBe('failed');
    expect(state(operation, 'assume-role')).toBe('passed');
    expect(state(operation, 'external-id')).toBe('failed');
    // whatever does not wait for another check runs beside it
    expect(state(operation, 'permissions')).toBe('passed');
    expect(operation.diagnosis?.causes[0]).toMatchObject({ id: 'external-id-not-enforced', certainty: 'certain' });
    expect(operation.diagnosis?.causes[0]?.correction?.after).toContain('sts:ExternalId');
  });

  it('is certain about a missing role, because it can look from the target account', async () => {
    const world = newWorld();
    await testRole(world, 'Nobody');
    const operation = await ended(world);
    expect(state(operation, 'assume-role')).toBe('failed');
    expect(operation.error?.kind).toBe('access-denied');
    expect(operation.diagnosis?.causes[0]).toMatchObject({ id: 'role-missing', certainty: 'certain' });
  });

  it('says which account is trusted instead', async () => {
    const world = newWorld();
    await makeRole(world, trustPolicy({ principal: 'arn:aws:iam::333344445555:root', externalId: 'x1' }));
    await testRole(world, 'Deploy');
    const operation = await ended(world);
    expect(operation.diagnosis?.causes[0]?.id).toBe('trusts-another-account');
  });

  it('waits for a new role with a timer, and goes on by itself when it answers', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    world.sandbox.setTrouble({ propagationDelayMs: 14_000 });
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    await ended(world).catch(() => undefined);
    await until(world, () => world.workspace.operations.list().length === 0);
    must(await world.workspace.onboarding.act(draftId, { kind: 'role-exists' }));
    must(world.workspace.onboarding.testConnection(draftId, true));
    await until(world, () => state(latest(world), 'propagation') === 'waiting');
    const operation = await ended(world, 1000);
    expect(operation.state).toBe('passed');
    const row = operation.checks.find((check) => check.id === 'propagation');
    expect(row?.detail).toMatch(/^answered at attempt [5-7]$/);
  });

  it('stops waiting at its limit, and never waits when the role is not new', async () => {
    const world = newWorld();
    await testRole(world, 'Nobody', true);
    const start = world.clock.monotonic();
    await ended(world, 1000);
    const waited = world.clock.monotonic() - start;
    expect(waited).toBeGreaterThan(40_000);
    expect(waited).toBeLessThanOrEqual(62_000);
    const calls = world.wire.actions.length;
    await testRole(world, 'Nobody', false);
    await ended(world);
    expect(world.wire.actions.slice(calls).filter((action) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('is cancelled while it waits, which is not a failure', async () => {
    const world = newWorld();
    const draftId = await testRole(world, 'Nobody', true);
    await until(world, () => state(latest(world), 'propagation') === 'waiting');
    const [running] = world.workspace.operations.list();
    must(world.workspace.operations.cancel(running?.id ?? ''));
    const operation = await ended(world);
    expect(operation.state).toBe('cancelled');
    expect(operation.error).toBeUndefined();
    expect(must(world.workspace.onboarding.get(draftId)).draft.state.answers.test?.state).toBe('cancelled');
  });

  it('says that the session length is refused by the role, not that the trust is wrong', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    world.workspace.connections.patch(connectionId, { maxSessionDuration: 7200 });
    must(world.workspace.connections.test(connectionId));
    const operation = await ended(world);
    expect(state(operation, 'session-length')).toBe('failed');
    expect(operation.error?.kind).toBe('duration-too-long');
    expect(operation.diagnosis?.causes.map(({ id }) => id)).toEqual(['duration-above-maximum']);
    expect(world.workspace.connections.find(connectionId)?.status).toBe('failing');
  });

  it.each([
    [20 * 60_000, 'behind'],
    [-20 * 60_000, 'ahead'],
  ])(
    'stops at a clock that is wrong by %i ms, in words of its own, before it asks for a session',
    async (off, word) => {
      const world = newWorld();
      const { connectionId } = await connected(world);
      world.sandbox.setTrouble({ serverClockOffsetMs: off });
      const before = world.wire.actions.length;
      must(world.workspace.connections.test(connectionId));
      const operation = await ended(world);
      expect(operation.state).toBe('failed');
      expect(state(operation, 'clock')).toBe('failed');
      expect(state(operation, 'assume-role')).toBe('skipped');
      expect(operation.error?.kind).toBe('clock-wrong');
      expect(operation.error?.message).toContain('20 min');
      expect(operation.error?.message).toContain(word);
      expect(operation.error?.whatToDo).toContain('Set the clock');
      expect(operation.diagnosis?.causes.map(({ id }) => id)).toEqual(['clock-wrong']);
      expect(world.wire.actions.slice(before)).not.toContain('AssumeRole');
      // put right (0 would leave the sandbox on the corrected clock), it passes: nothing was lost
      world.sandbox.setTrouble({ serverClockOffsetMs: 1 });
      must(world.workspace.connections.test(connectionId));
      expect((await ended(world)).state).toBe('passed');
      expect(world.workspace.connections.find(connectionId)?.status).toBe('working');
    },
  );

  it('goes on from what failed: what passed and needs nothing new is not asked again', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    world.workspace.connections.patch(connectionId, { maxSessionDuration: 7200 });
    must(world.workspace.connections.test(connectionId));
    await ended(world);
    world.workspace.connections.patch(connectionId, { maxSessionDuration: 3600 });
    const before = world.wire.actions.length;
    must(world.workspace.connections.test(connectionId, { again: true }));
    expect((await ended(world)).state).toBe('passed');
    // who is calling, the session that is needed, and the length that failed: neither external IDs nor permissions again
    expect(world.wire.actions.slice(before)).toEqual(['GetCallerIdentity', 'AssumeRole', 'AssumeRole']);
  });

  it('changes the trust policy as proposed, with the source that read it, and passes', async () => {
    const world = newWorld();
    await makeRole(world, trustPolicy({ principal: 'arn:aws:iam::333344445555:root', externalId: 'x1' }));
    const draftId = await testRole(world, 'Deploy');
    const failed = await ended(world);
    const { correction } = failed.diagnosis?.causes[0] ?? {};
    must(await world.workspace.connections.failed.correctTrust(draftId));
    const role = await valueOf(iamOfOwner(world).getRole('Deploy'));
    expect(role.trustPolicy).toBe(correction?.after);
    must(world.workspace.onboarding.testConnection(draftId, true));
    expect((await ended(world, 1000)).state).toBe('passed');
    expect(world.audit.map(({ act }) => act)).toContain('role.trust-corrected');
  });

  it('writes over no policy that somebody changed in the meantime', async () => {
    const world = newWorld();
    await makeRole(world, trustPolicy({ principal: 'arn:aws:iam::333344445555:root', externalId: 'x1' }));
    const draftId = await testRole(world, 'Deploy');
    await ended(world);
    const theirs = trustPolicy({ principal: 'arn:aws:iam::333344445555:root', externalId: 'theirs' });
    await valueOf(iamOfOwner(world).updateAssumeRolePolicy('Deploy', theirs));
    const answer = await world.workspace.connections.failed.correctTrust(draftId);
    expect(answer.ok).toBe(false);
    expect((await valueOf(iamOfOwner(world).getRole('Deploy'))).trustPolicy).toBe(theirs);
  });

  it('takes no longer than the calls that wait for one another: 100 ms each, 300 ms in a row', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const { clock, wire } = world;
    wire.before = async (_action, pass) => {
      await clock.wait(100);
      return await pass();
    };
    const before = wire.actions.length;
    const start = clock.monotonic();
    must(world.workspace.connections.test(connectionId));
    await until(world, () => world.workspace.operations.list().length === 0, 10);
    expect(latest(world).state).toBe('passed');
    // who is calling, the session, and then everything else at once
    expect(wire.actions.length - before).toBeGreaterThanOrEqual(7);
    expect(clock.monotonic() - start).toBeLessThanOrEqual(1.5 * 300);
  });
});
