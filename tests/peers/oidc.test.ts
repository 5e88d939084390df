import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../support/must';
import { newPortalWorld, soon, type PortalWorld } from '../support/portal-world';
import { OidcServer } from './oidc-server';

describe('oidc-provider judges the sign-in by browser', () => {
  let server: OidcServer;
  let world: PortalWorld;
  const ended = async (id: string) => {
    await soon(() => world.operation(id).state !== 'running');
    return world.operation(id);
  };
  const opened = () => world.opened.at(-1) ?? '';
  const kept = async (signInId: string) =>
    JSON.parse(must(await world.vault.get(`sign-in/${signInId}`)) ?? '{}') as {
      token: { accessToken: string; refreshToken: string };
    };

  beforeEach(async () => {
    server = new OidcServer();
    world = await newPortalWorld(await server.listen());
  });
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  test('our challenge, verifier, state and loopback address are as the standard has them', async () => {
    const { id, subjectId } = await world.begin('browser');
    const page = await server.browse(opened());
    expect(page.url.origin + page.url.pathname).toBe(new URL(opened()).searchParams.get('redirect_uri'));
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Go back to Sallyport.') as string });
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect((await kept(subjectId)).token.accessToken).not.toBe('');
  });

  test('a code that another challenge was sent for is refused by the server', async () => {
    const { id } = await world.begin('browser');
    await server.browse(opened(), (query) => {
      query.set('code_challenge', 'x'.repeat(43));
    });
    const { error } = await ended(id);
    expect(error).toMatchObject({
      code: 'InvalidGrantException',
      message: 'AWS did not take the answer that came from the browser.',
    });
  });

  test.each([
    ['another host', 'http://evil.example/oauth/callback'],
    ['another path', 'http://127.0.0.1:1/elsewhere'],
  ])('the server sends nobody to %s', async (_title, redirectUri) => {
    const { id } = await world.begin('browser');
    const page = await server.browse(opened(), (query) => {
      query.set('redirect_uri', redirectUri);
    });
    expect(page.status).toBe(400);
    expect(page.url.origin).toBe(server.address);
    expect(world.operation(id).state).toBe('running');
  });

  test('without a challenge the server sends back an error, which is said', async () => {
    const { id } = await world.begin('browser');
    await server.browse(opened(), (query) => {
      query.delete('code_challenge');
      query.delete('code_challenge_method');
    });
    expect((await ended(id)).error).toMatchObject({ kind: 'aws-other', code: 'invalid_request' });
  });

  test('a changed state is not taken from it', async () => {
    const { id } = await world.begin('browser');
    const page = await server.browse(opened(), (query) => {
      query.set('state', 'another');
    });
    expect(page.status).toBe(400);
    expect(world.operation(id).state).toBe('running');
    await server.browse(opened());
    expect((await ended(id)).state).toBe('done');
  });

  test('it renews, with a new refresh token each time', async () => {
    const { id, subjectId } = await world.begin('browser');
    await server.browse(opened());
    await ended(id);
    const { token: first } = await kept(subjectId);
    world.clock.advance(3_600_000);
    // there is no portal here to list them, but the token for it is asked for first
    await world.signIns.listAccounts(subjectId);
    const { token: second } = await kept(subjectId);
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    world.clock.advance(3_600_000);
    await world.signIns.listAccounts(subjectId);
    expect((await kept(subjectId)).token.accessToken).not.toBe(second.accessToken);
  });
});
