import { describe, expect, it, vi } from 'vitest';
import { isClosedTrust } from '../../../core/domain/revocation-ways';
import { connectionsHandlers } from '../../../main/ipc/connections-handlers';
import { denyOlderSessionsPolicy } from '../../../core/domain/revocation';
import { hold } from '../../support/hold';
import { valueOf } from '../../support/practice';
import { found, iamOfOwner, owner, ready } from '../../support/revocation-world';
import { must, plainWish, until, type World } from '../../support/workspace-world';

const roleName = 'DeploymentService';

const trustOf = async (world: World) => (await valueOf(iamOfOwner(world).getRole(roleName))).trustPolicy;

function start(world: World, connectionId: string) {
  const connection = world.workspace.connections.find(connectionId);
  if (connection === undefined) throw new Error('no connection');
  return world.workspace.sessions.start(connection, plainWish(3600));
}

type Way = 'close-trust' | 'quarantine' | 'deny-older-sessions' | 'deny-all';

function revoke(world: World, connectionId: string, way: Way, prove = false) {
  return world.workspace.revocations.revoke(connectionId, { way, performer: owner, prove });
}

async function closed(world: World, connectionId: string, way: Way): Promise<string> {
  const { revocationId } = must(await revoke(world, connectionId, way));
  await until(world, () => found(world, revocationId).state === 'closing');
  return revocationId;
}

const busy = {
  ok: false,
  error: { kind: 'not-possible', message: 'Another revocation of DeploymentService is at work.' },
};

describe('two at once on one role', () => {
  it('are refused, while the first runs and while it still reads', async () => {
    const { world, connectionId } = await ready();
    const held = hold(world, 'UpdateAssumeRolePolicy');
    const [first, second] = await Promise.all([
      revoke(world, connectionId, 'close-trust'),
      revoke(world, connectionId, 'quarantine'),
    ]);
    const { revocationId } = must(first);
    expect(second).toMatchObject(busy);
    await until(world, () => world.wire.actions.includes('UpdateAssumeRolePolicy'));
    expect(await revoke(world, connectionId, 'deny-all')).toMatchObject(busy);
    expect(await world.workspace.revocations.undo(revocationId)).toMatchObject(busy);
    expect(world.workspace.revocations.list()).toHaveLength(1);
    held.letGo();
    await until(world, () => found(world, revocationId).state === 'closing');
    must(await revoke(world, connectionId, 'deny-all'));
  });

  it('of many that are taken back together wait for each other', async () => {
    const { world, connectionId } = await ready();
    const { connections, revocationBatches } = world.workspace;
    const first = connections.find(connectionId);
    if (first === undefined) throw new Error('no connection');
    const ids = [1, 2, 3].map((index) => `00000000-0000-4000-8000-00000000000${index}`);
    must(connections.add(...ids.map((id) => ({ ...first, id, name: `Same ${id.slice(-1)}` }))));
    const items = [connectionId, ...ids].map((id) => ({ connectionId: id, performer: owner }));
    const { batchId } = must(revocationBatches.begin('close-trust', items));
    const states = () => must(revocationBatches.view(batchId)).items.map(({ state }) => state);
    await until(world, () => states().every((state) => state === 'closed' || state === 'failed'));
    expect(states()).toEqual(['closed', 'closed', 'closed', 'closed']);
  });

  it('go on once when they are gone on with twice', async () => {
    const { world, connectionId } = await ready();
    world.wire.before = (action, pass) =>
      action === 'UpdateAssumeRolePolicy' ? Promise.reject(new Error('no network')) : pass();
    const { revocationId } = must(await revoke(world, connectionId, 'close-trust'));
    await until(world, () => found(world, revocationId).state === 'failed');
    world.wire.before = (_action, pass) => pass();
    const from = world.wire.actions.length;
    const { revocations } = world.workspace;
    await Promise.all([revocations.resume(revocationId), revocations.resume(revocationId)]);
    await until(world, () => found(world, revocationId).state === 'closing');
    expect(world.wire.actions.slice(from).filter((action) => action === 'UpdateAssumeRolePolicy')).toHaveLength(1);
    expect(found(world, revocationId).steps.filter(({ state }) => state === 'done')).toHaveLength(1);
  });

  it('are put back in the order of a pile, and the role is open only when none stands', async () => {
    const { world, connectionId } = await ready();
    const before = await trustOf(world);
    const first = await closed(world, connectionId, 'close-trust');
    const second = await closed(world, connectionId, 'quarantine');
    const refused = await world.workspace.revocations.undo(first);
    expect(!refused.ok && refused.error.whatToDo).toMatch(/^First put back what was done to “Production” at /);
    expect(isClosedTrust(await trustOf(world))).toBe(true);
    must(await world.workspace.revocations.undo(second));
    // the first still stands, and nothing says otherwise
    expect(isClosedTrust(await trustOf(world))).toBe(true);
    expect(world.workspace.connections.find(connectionId)?.status).toBe('closing');
    expect((await start(world, connectionId)).ok).toBe(false);
    must(await world.workspace.revocations.undo(first));
    expect(await trustOf(world)).toBe(before);
    expect(world.workspace.connections.find(connectionId)?.status).toBe('not-tested');
  });
});

describe('what was asked of the owner', () => {
  it('stays withdrawn when AWS answers after that', async () => {
    const { world, connectionId } = await ready();
    must(await start(world, connectionId));
    const { revocations, sessions } = world.workspace;
    const { revocationId } = must(
      await revocations.revoke(connectionId, { way: 'close-trust', performer: { kind: 'owner' }, prove: true }),
    );
    // the owner did it
    await valueOf(
      iamOfOwner(world).updateAssumeRolePolicy(
        roleName,
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }],
        }),
      ),
    );
    world.clock.advance(10_000);
    const held = hold(world, 'AssumeRole', 'after');
    const from = world.wire.actions.length;
    must(revocations.check(revocationId));
    await until(world, () => world.wire.actions.slice(from).includes('AssumeRole'));
    const withdrawn = revocations.undo(revocationId);
    held.letGo();
    must(await withdrawn);
    await until(world, () => world.clock.monotonic() > 60_000, 5000);
    expect(found(world, revocationId).state).toBe('undone');
    expect(sessions.liveFor(connectionId)).toHaveLength(1);
  });
});

describe('sessions', () => {
  it('of a role that is being shut are not opened, and what AWS still gave is kept nowhere', async () => {
    const { world, connectionId } = await ready();
    const asking = hold(world, 'AssumeRole', 'after');
    const opening = start(world, connectionId);
    await until(world, () => world.wire.actions.includes('AssumeRole'));
    const id = await closed(world, connectionId, 'close-trust');
    asking.letGo();
    expect(await opening).toMatchObject({
      ok: false,
      error: { message: 'Access to DeploymentService was taken back.', whatDidNotChange: 'No session was opened.' },
    });
    expect(world.keychain.items.size).toBe(0);
    const from = world.wire.actions.length;
    expect((await start(world, connectionId)).ok).toBe(false);
    expect(world.wire.actions).toHaveLength(from);
    must(await world.workspace.revocations.undo(id));
    world.clock.advance(10_000);
    must(await start(world, connectionId));
  });

  it('that were opened after it began are wiped too', async () => {
    const { world, connectionId } = await ready();
    const held = hold(world, 'PutRolePolicy');
    // the outer door stays open, so one may be opened while it runs
    const { revocationId } = must(await revoke(world, connectionId, 'deny-older-sessions'));
    await until(world, () => world.wire.actions.includes('PutRolePolicy'));
    const late = must(await start(world, connectionId));
    held.letGo();
    await until(world, () => found(world, revocationId).taken.includes('prove'));
    expect(world.workspace.sessions.find(late.id)).toMatchObject({
      ...{ credentials: 'gone', end: { how: 'revoked', wiped: true } },
    });
    expect(world.keychain.items.size).toBe(0);
  });

  it('that wait to be renewed wait no more once nobody comes in', async () => {
    const { world, connectionId } = await ready();
    const { sessions } = world.workspace;
    const lapsed = must(await start(world, connectionId));
    must(sessions.setRenewal(lapsed.id, 'automatic'));
    world.wire.before = (action, pass) =>
      action === 'AssumeRole' ? Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' })) : pass();
    world.clock.advance(3_601_000);
    await sessions.settle();
    expect(sessions.liveFor(connectionId)).toEqual([]);
    expect(sessions.openFor(connectionId)).toHaveLength(1);
    await closed(world, connectionId, 'close-trust');
    await until(world, () => sessions.openFor(connectionId).length === 0);
    expect(sessions.find(lapsed.id)?.end).toMatchObject({ how: 'revoked' });
    await until(world, () => sessions.renewing().length === 0);
    const from = world.wire.actions.length;
    world.wire.before = (_action, pass) => pass();
    world.clock.advance(600_000);
    await sessions.settle();
    expect(world.wire.actions.slice(from)).toEqual([]);
    expect(world.notices).toEqual([]);
  });

  it('that are renewed while they are wiped leave nothing in the keychain', async () => {
    const { world, connectionId } = await ready();
    const { sessions } = world.workspace;
    const session = must(await start(world, connectionId));
    const put = world.vault.put.bind(world.vault);
    let ended: Promise<unknown> | undefined;
    world.vault.put = async (key, value) => {
      // its turn comes after the wiping
      ended ??= sessions.end(session.id, 'revoked');
      await ended;
      return await put(key, value);
    };
    expect((await sessions.renew(session.id)).ok).toBe(false);
    expect(world.keychain.items.size).toBe(0);
    expect(sessions.find(session.id)).toMatchObject({ credentials: 'gone', end: { wiped: true } });
  });

  it('are over on record before they are wiped, for a renewal in another process looks there', async () => {
    const { world, connectionId } = await ready();
    const session = must(await start(world, connectionId));
    const remove = world.vault.remove.bind(world.vault);
    const seen: unknown[] = [];
    world.vault.remove = async (...asked) => {
      seen.push(world.documents.sessions.read().sessions.find(({ id }) => id === session.id)?.end);
      return await remove(...asked);
    };
    must(await world.workspace.sessions.end(session.id, 'revoked'));
    expect(seen).toMatchObject([{ how: 'revoked', wiped: false }]);
    expect(world.workspace.sessions.find(session.id)?.end?.wiped).toBe(true);
  });

  it('of favourites are not started at launch once their role is taken back, and nobody is told of it each time', async () => {
    const { world, connectionId } = await ready();
    const session = must(await start(world, connectionId));
    must(world.workspace.favourites.keep(session, 'Daily', true));
    await closed(world, connectionId, 'close-trust');
    const again = world.restart();
    const from = again.wire.actions.length;
    await again.workspace.launch();
    expect(again.wire.actions.slice(from)).not.toContain('AssumeRole');
    expect(again.notices).toEqual([]);
  });
});

describe('a connection', () => {
  it('is not forgotten while its revocation runs', async () => {
    const { world, connectionId } = await ready();
    const { forget } = connectionsHandlers(() => world.workspace);
    const held = hold(world, 'UpdateAssumeRolePolicy');
    const { revocationId } = must(await revoke(world, connectionId, 'close-trust'));
    await until(world, () => world.wire.actions.includes('UpdateAssumeRolePolicy'));
    const wish = { connectionId, evenIfOpen: true };
    expect(await forget(wish)).toMatchObject({ ok: false, error: { message: '“Production” is being taken back.' } });
    held.letGo();
    await until(world, () => found(world, revocationId).state === 'closing');
    must(await forget(wish));
    expect(world.workspace.connections.find(connectionId)).toBeUndefined();
    // by the record alone
    must(await world.workspace.revocations.undo(revocationId));
    expect(isClosedTrust(await trustOf(world))).toBe(false);
  });
});

describe('what others did since', () => {
  it('is not deleted when a deny of older sessions is put back', async () => {
    const { world, connectionId } = await ready();
    const id = await closed(world, connectionId, 'deny-older-sessions');
    const iam = iamOfOwner(world);
    const theirs = denyOlderSessionsPolicy(world.clock.now() + 600_000);
    await valueOf(iam.putRolePolicy(roleName, 'AWSRevokeOlderSessions', theirs));
    const refused = await world.workspace.revocations.undo(id);
    expect(!refused.ok && refused.error.message).toMatch(/was written anew since/);
    expect(JSON.parse(await valueOf(iam.getRolePolicy(roleName, 'AWSRevokeOlderSessions')))).toEqual(
      JSON.parse(theirs),
    );
    await valueOf(iam.deleteRolePolicy(roleName, 'AWSRevokeOlderSessions'));
    must(await world.workspace.revocations.undo(id));
    expect(found(world, id).state).toBe('undone');
  });
});

describe('a call that was cut off', () => {
  it('stays on record when the next one has the same name', async () => {
    const { world, connectionId } = await ready();
    const iam = iamOfOwner(world);
    await valueOf(iam.attachRolePolicy(roleName, 'arn:aws:iam::aws:policy/ReadOnlyAccess'));
    let killed = false;
    world.wire.before = async (action, pass) => {
      if (action !== 'DetachRolePolicy') return pass();
      await pass();
      killed = true;
      return new Promise(() => undefined);
    };
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, {
        ...{ way: 'detach-permissions', performer: owner, prove: false },
      }),
    );
    await until(world, () => killed);
    const again = world.restart();
    await again.workspace.launch();
    await until(again, () => found(again, revocationId).state === 'closing');
    const detached = found(again, revocationId).steps.filter(({ call }) => call === 'iam:DetachRolePolicy');
    expect(detached.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^Detached \S+ \(found done\)$/),
      expect.stringMatching(/^Detached \S+$/),
    ]);
  });
});

describe('a session whose wipe a killed app cut off', () => {
  it('is wiped at the next start, long before it expires', async () => {
    const { world, connectionId } = await ready();
    const { id } = must(await start(world, connectionId));
    const held = vi.spyOn(world.keychain, 'remove').mockImplementation(() => new Promise(() => undefined));
    void world.workspace.sessions.end(id, 'revoked');
    await until(world, () => held.mock.calls.length > 0);
    held.mockRestore();
    const again = world.restart();
    expect(again.workspace.sessions.find(id)).toMatchObject({ end: { how: 'revoked', wiped: false } });
    await again.workspace.launch();
    expect(again.workspace.sessions.find(id)).toMatchObject({
      credentials: 'gone',
      end: { how: 'revoked', wiped: true },
    });
    expect([...again.keychain.items.keys()]).toEqual([]);
  });
});
