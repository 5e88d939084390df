import { describe, expect, it } from 'vitest';
import { plainRequest } from '../../../core/domain/session-request';
import { connected, must, newWorld, plainWish, type World } from '../../support/workspace-world';

const readOnly = { ...plainRequest(900), sessionPolicy: { kind: 'read-only' as const } };

/** A favourite made of a read-only session, which is ended. */
async function withFavourite(world: World, atLaunch: boolean) {
  const { connectionId, sessionId } = await connected(world);
  const connection = world.workspace.connections.find(connectionId);
  if (connection === undefined) throw new Error('no connection');
  const session = must(await world.workspace.sessions.start(connection, { request: readOnly, renewal: 'automatic' }));
  const favourite = must(world.workspace.favourites.keep(session, 'Look around', atLaunch));
  must(await world.workspace.sessions.end(session.id, 'ended-here'));
  must(await world.workspace.sessions.end(sessionId, 'ended-here'));
  return { connectionId, favourite };
}

describe('a favourite', () => {
  it('starts again what was asked for: the same policy, length and renewal', async () => {
    const world = newWorld();
    const { favourite } = await withFavourite(world, false);
    const session = must(await world.workspace.favourites.start(favourite.id));
    expect(session).toMatchObject({ request: readOnly, renewal: 'automatic' });
    const clients = must(await world.workspace.sessions.credentials(session.id));
    expect(JSON.stringify(world.workspace.favourites.list())).not.toContain(clients.secretAccessKey);
  });

  it('that starts with the app does so once: not while a session of it is live', async () => {
    const world = newWorld();
    await withFavourite(world, true);
    const again = world.restart();
    await again.workspace.launch();
    expect(again.workspace.sessions.countLive()).toBe(1);
    const third = again.restart();
    await third.workspace.launch();
    expect(third.workspace.sessions.countLive()).toBe(1);
    expect(third.notices).toEqual([]);
  });

  it('that could not start is told by the system, with AWS’s reason', async () => {
    const world = newWorld();
    const { connectionId } = await withFavourite(world, true);
    const { iam } = must(world.workspace.sources.clients('practice-owner'));
    const roleName = world.workspace.connections.find(connectionId)?.roleName ?? '';
    const closed = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
    must(await iam.updateAssumeRolePolicy(roleName, JSON.stringify({ Version: '2012-10-17', Statement: [closed] })));
    const again = world.restart();
    await again.workspace.launch();
    expect(again.notices).toEqual([expect.objectContaining({ title: 'Look around was not started' })]);
  });

  it('that asks for an MFA code never starts by itself', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    const session = must(await world.workspace.sessions.start(connection, plainWish(900)));
    const asking = { ...session, request: { ...session.request, mfaSerial: 'GAHT12345678' } };
    const refused = world.workspace.favourites.keep(asking, 'With code', true);
    expect(!refused.ok && refused.error.field).toBe('atLaunch');
    const kept = must(world.workspace.favourites.keep(asking, 'With code', false));
    expect(world.workspace.favourites.change(kept.id, 'With code', true).ok).toBe(false);
    const calls = world.wire.actions.length;
    const started = await world.workspace.favourites.start(kept.id);
    expect(!started.ok && started.error.field).toBe('tokenCode');
    expect(world.wire.actions.slice(calls)).not.toContain('AssumeRole');
  });

  it('is renamed, removed, and of no use without its connection', async () => {
    const world = newWorld();
    const { favourite, connectionId } = await withFavourite(world, false);
    must(world.workspace.favourites.change(favourite.id, 'Other name', false));
    expect(world.workspace.favourites.list().map(({ name }) => name)).toEqual(['Other name']);
    must(world.workspace.connections.forget(connectionId, true));
    expect((await world.workspace.favourites.start(favourite.id)).ok).toBe(false);
    world.workspace.favourites.removeOf(connectionId);
    expect(world.workspace.favourites.list()).toEqual([]);
    must(world.workspace.favourites.remove(favourite.id));
  });
});
