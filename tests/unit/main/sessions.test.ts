import { describe, expect, it } from 'vitest';
import { connected, must, newWorld, plainWish, until } from '../../support/workspace-world';

const locked = new Error('Cannot create an item in a locked collection');

describe('sessions', () => {
  it('follow STS’s Expiration, and are wiped when AWS’s clock says so', async () => {
    const world = newWorld();
    const { sessionId } = await connected(world);
    const session = world.workspace.sessions.find(sessionId);
    expect((session?.expiresAt ?? 0) - (session?.issuedAt ?? 0)).toBe(3_600_000);
    world.clock.advance(59 * 60_000);
    expect(world.workspace.sessions.countLive()).toBe(1);
    world.clock.advance(61_000);
    await until(world, () => world.workspace.sessions.find(sessionId)?.end !== undefined);
    await until(world, () => world.workspace.sessions.find(sessionId)?.end?.wiped === true);
    expect(world.workspace.sessions.find(sessionId)).toMatchObject({ credentials: 'gone', end: { how: 'expired' } });
    expect([...world.keychain.items.keys()].filter((key) => key.includes(sessionId))).toEqual([]);
  });

  it('are not opened when the keychain does not answer: AWS is not even asked', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    world.keychain.trouble = locked;
    const before = world.wire.actions.length;
    const refused = await world.workspace.sessions.start(connection, plainWish(900));
    expect(refused.ok).toBe(false);
    expect(!refused.ok && refused.error.kind).toMatch(/^keychain-/);
    expect(!refused.ok && refused.error.remedies).toContainEqual({ kind: 'use-memory' });
    expect(world.wire.actions.slice(before)).not.toContain('AssumeRole');
  });

  it('live in memory only after the person agreed to it, and are marked so', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    world.keychain.trouble = locked;
    await world.vault.allowMemory();
    const session = must(await world.workspace.sessions.start(connection, plainWish(900)));
    expect(session.credentials).toBe('memory');
    expect((await world.workspace.sessions.credentials(session.id)).ok).toBe(true);
    const ended = must(await world.workspace.sessions.end(session.id, 'ended-here'));
    expect(ended.end).toMatchObject({ wiped: true });
  });

  it('are called out of reach, not gone, while the keychain is locked', async () => {
    const world = newWorld();
    const { sessionId } = await connected(world);
    const again = world.restart();
    again.keychain.trouble = locked;
    expect((await again.workspace.handoff.copyEnvironment(sessionId, 'bash')).ok).toBe(false);
    expect(again.workspace.sessions.find(sessionId)?.credentials).toBe('out-of-reach');
    again.keychain.trouble = undefined;
    await again.workspace.sessions.reachAgain();
    expect(again.workspace.sessions.find(sessionId)?.credentials).toBe('keychain');
  });

  it('put quoted exports on the clipboard, and nothing of them anywhere else (S-13)', async () => {
    const world = newWorld();
    const { sessionId } = await connected(world);
    must(await world.workspace.handoff.copyEnvironment(sessionId, 'bash'));
    const secret = /AWS_SECRET_ACCESS_KEY='([^']+)'/.exec(world.clipboard.text)?.[1] ?? '';
    expect(secret).toHaveLength(40);
    const everything = JSON.stringify([
      world.audit,
      world.operations,
      world.workspace.sessions.list(),
      world.workspace.connections.list(),
      world.workspace.sources.list(),
    ]);
    expect(everything).not.toContain(secret);
    world.clock.advance(30_000);
    await until(world, () => world.clipboard.text === '');
  });

  it('leave the clipboard alone when something else was copied since (S-27)', async () => {
    const world = newWorld();
    const { sessionId } = await connected(world);
    must(await world.workspace.handoff.copyEnvironment(sessionId, 'bash'));
    world.clipboard.text = 'something else';
    world.clock.advance(31_000);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(world.clipboard.text).toBe('something else');
  });

  it('survive the app, with their credentials in the keychain', async () => {
    const world = newWorld();
    const { sessionId } = await connected(world);
    const again = world.restart();
    expect(again.workspace.sessions.countLive()).toBe(1);
    expect((await again.workspace.handoff.copyEnvironment(sessionId, 'bash')).ok).toBe(true);
  });

  it('that expired while the app was closed are wiped at the next start', async () => {
    const world = newWorld();
    const { sessionId } = await connected(world);
    world.workspace.stop();
    world.clock.advance(2 * 3_600_000);
    const again = world.restart();
    await until(again, () => again.workspace.sessions.find(sessionId)?.end?.wiped === true);
    expect([...world.keychain.items.keys()].filter((key) => key.includes(sessionId))).toEqual([]);
  });

  it('that lived in memory are not on this computer after a restart, and say so', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    world.keychain.trouble = locked;
    await world.vault.allowMemory();
    const { id } = must(await world.workspace.sessions.start(connection, plainWish(900)));
    world.keychain.trouble = undefined;
    const again = world.restart();
    expect(again.workspace.sessions.find(id)?.credentials).toBe('gone');
    expect(again.workspace.sessions.countLive()).toBe(2);
  });

  it('are marked out of reach when the keychain stops answering, without asking it for each of them', async () => {
    const world = newWorld();
    const { connectionId, sessionId } = await connected(world);
    const again = world.restart();
    const connection = again.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    const fresh = must(await again.workspace.sessions.start(connection, plainWish(900)));
    again.keychain.trouble = locked;
    expect((await again.vault.check()).state).toBe('unavailable');
    const calls = again.keychain.calls.length;
    again.workspace.sessions.noteReach();
    expect(again.keychain.calls).toHaveLength(calls);
    expect(again.workspace.sessions.find(sessionId)?.credentials).toBe('out-of-reach');
    // this one was kept in this run: main still has it
    expect(again.workspace.sessions.find(fresh.id)?.credentials).toBe('keychain');
    expect((await again.workspace.sessions.credentials(fresh.id)).ok).toBe(true);
    again.keychain.trouble = undefined;
    await again.vault.check();
    again.workspace.sessions.noteReach();
    expect(again.workspace.sessions.find(sessionId)?.credentials).toBe('keychain');
  });
});
