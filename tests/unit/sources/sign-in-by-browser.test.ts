import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operationSchema } from '../../../core/contract/operations';
import { browserLimit } from '../../../main/sources/sign-in-attempt';
import { must } from '../../support/must';
import { newPortalWorld, portal, type PortalWorld } from '../../support/portal-world';

let world: PortalWorld;
beforeEach(async () => {
  world = await newPortalWorld();
});
afterEach(() => world.close());

const tokensOf = async (signInId: string) => must(await world.vault.get(`sign-in/${signInId}`)) ?? '';

describe('signing in by browser', () => {
  it('S-14 opens Identity Center’s own page with a challenge, a state and a loopback address of one use', async () => {
    const { id, subjectId } = await world.begin('browser');
    const page = new URL(world.opened[0] ?? '');
    expect(page.origin + page.pathname).toBe('https://oidc.eu-west-1.amazonaws.com/authorize');
    expect(page.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(page.searchParams.get('scopes')).toBe('sso:account:access');
    const redirect = page.searchParams.get('redirect_uri') ?? '';
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/);
    expect((await world.double.browse(world.opened[0] ?? '')).text).toContain('Go back to Sallyport.');
    await world.ended(id);
    expect(world.operation(id)).toMatchObject({ state: 'done', subjectId });
    await expect(fetch(redirect)).rejects.toThrow();
    expect(world.signIns.find(subjectId)).toEqual({
      id: subjectId,
      ...portal,
      expiresAt: world.clock.now() + 3_600_000,
      renews: true,
    });
  });

  it('S-13 keeps tokens in the keychain alone', async () => {
    const { id, subjectId } = await world.begin('browser');
    await world.double.browse(world.opened[0] ?? '');
    await world.ended(id);
    expect(await tokensOf(subjectId)).toMatch(/access-[0-9a-f-]{36}/);
    const shown = JSON.stringify([world.document.read(), world.audit, world.operation(id), world.signIns.list()]);
    expect(shown).not.toMatch(/access-[0-9a-f]{8}|refresh-[0-9a-f]{8}|secret-[0-9a-f]{8}|code_challenge/);
    expect(operationSchema.safeParse(world.operation(id)).success).toBe(true);
  });

  it.each([
    ['of another state', (url: URL): void => url.searchParams.set('state', 'another'), {}, 400],
    ['without a state', (url: URL): void => url.searchParams.delete('state'), {}, 400],
    ['at another path', (url: URL): void => void (url.pathname = '/'), {}, 404],
    ['at no path at all', (url: URL): void => void (url.pathname = '//'), {}, 404],
    ['by POST', (): void => undefined, { method: 'POST' }, 405],
  ] as const)('turns away an answer %s, and goes on waiting', async (_title, change, init, status) => {
    const { id } = await world.begin('browser');
    const page = new URL(world.opened[0] ?? '');
    const answer = new URL(page.searchParams.get('redirect_uri') ?? '');
    answer.searchParams.set('state', page.searchParams.get('state') ?? '');
    answer.searchParams.set('code', 'slipped-in');
    change(answer);
    expect((await fetch(answer, init)).status).toBe(status);
    expect(world.operation(id).state).toBe('running');
    await world.double.browse(page.href);
    await world.ended(id);
    expect(world.operation(id).state).toBe('done');
  });

  it('takes no code that was made for another verifier', async () => {
    const { id } = await world.begin('browser');
    const page = new URL(world.opened[0] ?? '');
    page.searchParams.set('code_challenge', 'x'.repeat(43));
    await world.double.browse(page.href);
    await world.ended(id);
    expect(world.operation(id).error).toMatchObject({
      message: 'AWS did not take the answer that came from the browser.',
    });
    expect(world.signIns.list()).toEqual([]);
  });

  it('a person’s No is said so, and a way to begin again', async () => {
    const { id } = await world.begin('browser');
    await world.double.browse(world.opened[0] ?? '', 'deny');
    await world.ended(id);
    expect(world.operation(id).error).toMatchObject({ kind: 'access-denied', remedies: [{ kind: 'retry' }] });
  });

  it('gives up after ten minutes, and leaves nothing listening', async () => {
    const { id } = await world.begin('browser');
    const redirect = new URL(world.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    world.clock.advance(browserLimit);
    await world.ended(id);
    expect(world.operation(id).error?.kind).toBe('timed-out');
    await expect(fetch(redirect)).rejects.toThrow();
  });

  it('can be cancelled, and leaves nothing listening or kept', async () => {
    const { id } = await world.begin('browser');
    const redirect = new URL(world.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    must(world.operations.cancel(id));
    await world.ended(id);
    expect(world.operation(id).state).toBe('cancelled');
    await expect(fetch(redirect)).rejects.toThrow();
    expect(world.kept()).toBe('');
  });

  it('without a browser it says that a code needs none', async () => {
    world.browser.opens = false;
    const { error } = await world.begin('browser');
    expect(error).toMatchObject({ kind: 'not-possible', whatToDo: 'Sign in with a code: any browser will do.' });
  });

  it('S-15 asks AWS for nothing while there is no place for the tokens', async () => {
    world.keychain.trouble = new Error('The name org.freedesktop.secrets was not provided');
    const { error } = await world.begin('browser');
    expect(error?.kind).toMatch(/^keychain-/);
    expect(world.double.calls).toEqual([]);
  });
});
