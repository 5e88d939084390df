import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appErrorSchema } from '../../../core/app-error';
import { operationSchema } from '../../../core/contract/operations';
import { sources as contract } from '../../../core/contract/sources';
import { browserLimit } from '../../../main/sources/sign-in-attempt';
import { must } from '../../support/must';
import { newPortalWorld, portal, soon, type PortalWorld } from '../../support/portal-world';

let world: PortalWorld;
beforeEach(async () => {
  world = await newPortalWorld();
});
afterEach(() => world.close());

const itemsOf = ({ keychain }: PortalWorld) => [...keychain.items.values()].join();
const tokensOf = async (signInId: string) => must(await world.vault.get(`sign-in/${signInId}`)) ?? '';
const ended = (id: string) => soon(() => world.operation(id).state !== 'running');
/** Lets the app poll until it is over; each second is one of its clock. */
const polling = (id: string, step = 1000) =>
  soon(
    () => world.operation(id).state !== 'running',
    () => world.clock.advance(step),
  );
const admin = { accountId: '111122223333', roleName: 'Admin', label: 'Tidewater', region: 'eu-west-1' };
const polls = () => world.double.calls.filter((call) => call === 'POST /token device_code').length;

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
    await ended(id);
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
    await ended(id);
    expect(await tokensOf(subjectId)).toMatch(/access-[0-9a-f-]{36}/);
    const shown = JSON.stringify([world.document.read(), world.audit, world.operation(id), world.signIns.list()]);
    expect(shown).not.toMatch(/access-[0-9a-f]{8}|refresh-[0-9a-f]{8}|secret-[0-9a-f]{8}|code_challenge/);
    expect(operationSchema.safeParse(world.operation(id)).success).toBe(true);
  });

  it.each([
    ['of another state', (url: URL): void => url.searchParams.set('state', 'another'), {}, 400],
    ['without a state', (url: URL): void => url.searchParams.delete('state'), {}, 400],
    ['at another path', (url: URL): void => void (url.pathname = '/'), {}, 404],
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
    await ended(id);
    expect(world.operation(id).state).toBe('done');
  });

  it('takes no code that was made for another verifier', async () => {
    const { id } = await world.begin('browser');
    const page = new URL(world.opened[0] ?? '');
    page.searchParams.set('code_challenge', 'x'.repeat(43));
    await world.double.browse(page.href);
    await ended(id);
    expect(world.operation(id).error).toMatchObject({
      message: 'AWS did not take the answer that came from the browser.',
    });
    expect(world.signIns.list()).toEqual([]);
  });

  it('a person’s No is said so, and a way to begin again', async () => {
    const { id } = await world.begin('browser');
    await world.double.browse(world.opened[0] ?? '', 'deny');
    await ended(id);
    expect(world.operation(id).error).toMatchObject({ kind: 'access-denied', remedies: [{ kind: 'retry' }] });
  });

  it('gives up after ten minutes, and leaves nothing listening', async () => {
    const { id } = await world.begin('browser');
    const redirect = new URL(world.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    world.clock.advance(browserLimit);
    await ended(id);
    expect(world.operation(id).error?.kind).toBe('timed-out');
    await expect(fetch(redirect)).rejects.toThrow();
  });

  it('can be cancelled, and leaves nothing listening or kept', async () => {
    const { id } = await world.begin('browser');
    const redirect = new URL(world.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    must(world.operations.cancel(id));
    await ended(id);
    expect(world.operation(id).state).toBe('cancelled');
    await expect(fetch(redirect)).rejects.toThrow();
    expect(itemsOf(world)).toBe('');
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

describe('signing in with a code', () => {
  it('shows the code, and is signed in when it was entered', async () => {
    const waiting = await world.begin('code');
    expect(waiting.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(waiting.page).toBe('https://device.sso.eu-west-1.amazonaws.com/');
    expect(world.opened).toEqual([]);
    must(await world.signIns.openPage(waiting.id));
    expect(world.opened).toEqual([`https://device.sso.eu-west-1.amazonaws.com/?user_code=${waiting.userCode ?? ''}`]);
    await soon(
      () => polls() >= 2,
      () => world.clock.advance(1000),
    );
    world.double.answer(waiting.userCode ?? '', 'approved');
    await polling(waiting.id);
    expect(world.operation(waiting.id).state).toBe('done');
  });

  it('waits five seconds more each time that AWS says to slow down', async () => {
    const waiting = await world.begin('code');
    const slow = { status: 400, type: 'SlowDownException', body: { error: 'slow_down' } };
    world.double.refuse('/token', slow, slow);
    const asked = async () => {
      const before = polls();
      let seconds = 0;
      while (polls() === before) {
        world.clock.advance(1000);
        seconds += 1;
        await new Promise((resolve) => {
          setTimeout(resolve, 30);
        });
      }
      return seconds;
    };
    expect([await asked(), await asked(), await asked()]).toEqual([1, 6, 11]);
    expect(world.operation(waiting.id).state).toBe('running');
  });

  it('goes on while AWS or the network is in trouble', async () => {
    const waiting = await world.begin('code');
    world.double.refuse('/token', { status: 500, type: 'InternalServerException' });
    await soon(
      () => polls() >= 2,
      () => world.clock.advance(1000),
    );
    world.double.answer(waiting.userCode ?? '', 'approved');
    await polling(waiting.id);
    expect(world.operation(waiting.id).state).toBe('done');
  });

  it('ends when the code was not entered in time', async () => {
    const waiting = await world.begin('code');
    await polling(waiting.id, 60_000);
    expect(world.operation(waiting.id).error).toMatchObject({ message: 'The code was not entered in time.' });
  });

  it('a person’s No ends it', async () => {
    const waiting = await world.begin('code');
    world.double.answer(waiting.userCode ?? '', 'denied');
    await polling(waiting.id);
    expect(world.operation(waiting.id).error).toMatchObject({ kind: 'access-denied', code: 'AccessDeniedException' });
  });

  it.each([
    ['InvalidRequestException', 400, 'validation-refused'],
    ['InvalidClientException', 401, 'credentials-expired'],
    ['InvalidGrantException', 400, 'credentials-expired'],
    ['UnauthorizedClientException', 400, 'credentials-expired'],
    ['UnsupportedGrantTypeException', 400, 'not-possible'],
    ['InvalidScopeException', 400, 'not-possible'],
    ['ExpiredTokenException', 400, 'credentials-expired'],
    ['AccessDeniedException', 400, 'access-denied'],
  ] as const)('%s of CreateToken ends it in words', async (type, status, kind) => {
    const waiting = await world.begin('code');
    world.double.refuse('/token', { type, status, body: { error: 'x' } });
    await polling(waiting.id);
    const { error } = world.operation(waiting.id);
    expect(error).toMatchObject({
      kind,
      code: type,
      whatDidNotChange: 'Nobody was signed in, and nothing was changed.',
    });
    expect(appErrorSchema.safeParse(error).success).toBe(true);
    expect(world.signIns.list()).toEqual([]);
  });

  it('a key of KMS that cannot be used is the administrator’s to put right', async () => {
    const waiting = await world.begin('code');
    const body = { error: 'access_denied', reason: 'KMS_AccessDeniedException' };
    world.double.refuse('/token', { type: 'AccessDeniedException', status: 400, body });
    await polling(waiting.id);
    expect(world.operation(waiting.id).error?.whatToDo).toContain('administrator');
  });

  it.each([
    ['another host', 'https://device.sso.eu-west-1.amazonaws.com.evil.example/', undefined],
    ['another Region', 'https://device.sso.us-east-1.amazonaws.com/', undefined],
    ['another portal', 'https://acme.awsapps.com/start', undefined],
    ['no https', 'http://device.sso.eu-west-1.amazonaws.com/', undefined],
    ['a file', 'file:///etc/passwd', undefined],
    ['a name before the host', 'https://device.sso.eu-west-1.amazonaws.com@evil.example/', undefined],
    ['a code with markup', 'https://device.sso.eu-west-1.amazonaws.com/', '<b>CODE</b>'],
    ['a code of a sentence', 'https://device.sso.eu-west-1.amazonaws.com/', 'CALL 555 0100 NOW'],
  ])('S-14 shows and opens nothing of an answer with %s', async (_title, page, code) => {
    world.double.verificationUri = page;
    world.double.userCode = code;
    const { error, id, userCode } = await world.begin('code');
    expect(error).toMatchObject({ whatDidNotChange: 'It was not opened, and nobody was signed in.' });
    expect(userCode).toBeUndefined();
    expect((await world.signIns.openPage(id)).ok).toBe(false);
    expect(world.opened).toEqual([]);
  });
});

describe('what AWS refuses before anybody is asked', () => {
  it.each([
    ['/client/register', 'InvalidRequestException', 400, 'validation-refused'],
    ['/client/register', 'InvalidScopeException', 400, 'not-possible'],
    ['/client/register', 'InvalidClientMetadataException', 400, 'not-possible'],
    ['/client/register', 'InvalidRedirectUriException', 400, 'not-possible'],
    ['/client/register', 'UnsupportedGrantTypeException', 400, 'not-possible'],
    ['/client/register', 'InternalServerException', 500, 'aws-other'],
    ['/client/register', 'SlowDownException', 400, 'throttled'],
    ['/device_authorization', 'InvalidRequestException', 400, 'validation-refused'],
    ['/device_authorization', 'InvalidClientException', 401, 'credentials-expired'],
    ['/device_authorization', 'UnauthorizedClientException', 400, 'credentials-expired'],
    ['/device_authorization', 'InternalServerException', 500, 'aws-other'],
    ['/device_authorization', 'SlowDownException', 400, 'throttled'],
  ] as const)('%s: %s is said in words', async (path, type, status, kind) => {
    const refusal = { type, status, body: { error: 'x' } };
    world.double.refuse(path, refusal, refusal, refusal);
    const { error } = await world.begin('code');
    expect(error).toMatchObject({ kind, code: type });
    expect(error?.whatToDo).not.toBe('');
    expect(appErrorSchema.safeParse(error).success).toBe(true);
    expect(itemsOf(world)).toBe('');
  });

  it('a portal that cannot be reached is said to be, and it can be tried again', async () => {
    await world.double.close();
    const { error } = await world.begin('code');
    expect(error).toMatchObject({ kind: 'unreachable', retryable: true });
    await world.double.listen();
  });
});

describe('a sign-in', () => {
  it('is registered once for each way, until the registration ends or AWS forgot it', async () => {
    const registrations = () => world.double.calls.filter((call) => call === 'POST /client/register').length;
    await world.signedIn();
    await world.signedIn();
    expect(registrations()).toBe(1);
    world.double.endTokens(['client']);
    const lost = await world.begin('browser');
    expect((await world.double.browse(world.opened.at(-1) ?? '')).status).toBe(400);
    must(world.operations.cancel(lost.id));
    await ended(lost.id);
    await world.signedIn();
    expect(registrations()).toBe(2);
    world.clock.advance(7_776_000_000);
    await world.signedIn();
    expect(registrations()).toBe(3);
  });

  it('with a code is registered anew at once where AWS forgot it', async () => {
    const withCode = async () => {
      const waiting = await world.begin('code');
      world.double.answer(waiting.userCode ?? '', 'approved');
      await polling(waiting.id);
      expect(world.operation(waiting.id).state).toBe('done');
    };
    await withCode();
    world.double.endTokens(['client']);
    await withCode();
  });

  it('lists all pages of accounts and roles', async () => {
    const signInId = await world.signedIn();
    const accounts = must(await world.signIns.listAccounts(signInId));
    expect(accounts.map(({ name }) => name)).toEqual(['Tidewater development', 'Tidewater production', 'Sandbox']);
    expect(must(await world.signIns.listRoles(signInId, '111122223333'))).toEqual(['Admin', 'Auditor', 'Deployer']);
    expect(contract.listSignInAccounts.output.safeParse({ accounts }).success).toBe(true);
  });

  it('makes sources of its roles, which are role sessions, and serves many', async () => {
    const signInId = await world.signedIn();
    const first = must(await world.sources.portal.add({ ...admin, signInId }));
    const second = must(await world.sources.portal.add({ ...admin, signInId, roleName: 'Deployer' }));
    expect(first.identity).toMatchObject({
      accountId: '111122223333',
      name: 'role/AWSReservedSSO_Admin_0123456789abcdef',
      isRoleSession: true,
    });
    expect(second.error).toBeUndefined();
    expect(must(await world.sources.portal.add({ ...admin, signInId })).source.id).toBe(first.source.id);
    expect(world.double.calls.filter((call) => call.startsWith('POST /token'))).toHaveLength(1);
  });

  it('asks for a role’s credentials once until five minutes before they expire', async () => {
    const signInId = await world.signedIn();
    const provider = world.signIns.provider(signInId, '111122223333', 'Admin');
    const given = () => world.double.calls.filter((call) => call.endsWith('/federation/credentials')).length;
    const [one, two] = await Promise.all([provider(), provider()]);
    expect(must(one)).toEqual(must(two));
    world.clock.advance(54 * 60_000);
    await provider();
    expect(given()).toBe(1);
    world.clock.advance(61_000);
    expect(must(await provider()).accessKeyId).not.toBe(must(one).accessKeyId);
    expect(given()).toBe(2);
  });

  it('is renewed once, silently, for everybody who asks at the time', async () => {
    const signInId = await world.signedIn();
    world.clock.advance(56 * 60_000);
    const names = ['Admin', 'Auditor', 'Deployer'];
    const given = await Promise.all(names.map((name) => world.signIns.provider(signInId, '111122223333', name)()));
    expect(given.every(({ ok }) => ok)).toBe(true);
    expect(world.double.calls.filter((call) => call === 'POST /token refresh_token')).toHaveLength(1);
    expect(world.signIns.find(signInId)?.expiresAt).toBe(world.clock.now() + 3_600_000);
    world.clock.advance(5 * 3_600_000);
    expect((await world.signIns.listAccounts(signInId)).ok).toBe(true);
  });

  it('goes on with the refresh token it has where AWS gives no new one', async () => {
    world.double.refresh = 'stays';
    const signInId = await world.signedIn();
    for (let hour = 0; hour < 3; hour += 1) {
      world.clock.advance(3_600_000);
      expect((await world.signIns.listAccounts(signInId)).ok).toBe(true);
    }
  });

  it('is renewed when AWS ended its token before the time', async () => {
    const signInId = await world.signedIn();
    world.double.endTokens(['access']);
    expect((await world.signIns.listAccounts(signInId)).ok).toBe(true);
  });

  it('that cannot be renewed asks for signing in again, and the record says that nobody is', async () => {
    const signInId = await world.signedIn();
    const added = must(await world.sources.portal.add({ ...admin, signInId }));
    world.double.endTokens(['access', 'refresh']);
    world.clock.advance(3_600_000);
    const identity = await world.sources.identify(added.source.id);
    expect(identity.ok ? undefined : identity.error).toMatchObject({
      kind: 'credentials-expired',
      remedies: [{ kind: 'sign-in', signInId }],
    });
    expect(world.signIns.find(signInId)).toEqual({ id: signInId, ...portal });
    await world.signedIn();
    await soon(() => world.sources.list()[0]?.identity !== undefined);
  });

  it('without a refresh token ends with its hour', async () => {
    world.double.refresh = undefined;
    const signInId = await world.signedIn();
    expect(world.signIns.find(signInId)?.renews).toBe(false);
    world.clock.advance(3_600_000);
    const accounts = await world.signIns.listAccounts(signInId);
    expect(accounts.ok ? undefined : accounts.error.remedies).toEqual([{ kind: 'sign-in', signInId }]);
  });

  it('while the network fails uses its token for as long as that is good', async () => {
    const signInId = await world.signedIn();
    world.clock.advance(56 * 60_000);
    world.double.refuse('/token', { status: 500, type: 'InternalServerException' });
    expect((await world.signIns.listAccounts(signInId)).ok).toBe(true);
  });

  it.each([
    ['/assignment/accounts', 'TooManyRequestsException', 429, 'throttled'],
    ['/assignment/accounts', 'InvalidRequestException', 400, 'validation-refused'],
    ['/assignment/accounts', 'ResourceNotFoundException', 404, 'no-such-entity'],
  ] as const)('%s refused with %s is said in words', async (path, type, status, kind) => {
    const signInId = await world.signedIn();
    const refusal = { type, status, body: { message: 'no' } };
    world.double.refuse(path, refusal, refusal, refusal);
    const answer = await world.signIns.listAccounts(signInId);
    expect(answer.ok ? undefined : answer.error).toMatchObject({ kind, code: type });
  });

  it('a role that was taken back is said to be', async () => {
    const signInId = await world.signedIn();
    const answer = await world.signIns.provider(signInId, '222233334444', 'Admin')();
    expect(answer.ok ? undefined : answer.error.kind).toBe('access-denied');
  });

  it('signed out of is ended at AWS and wiped here, with the credentials of its roles', async () => {
    const signInId = await world.signedIn();
    const added = must(await world.sources.portal.add({ ...admin, signInId }));
    const [, accessToken = ''] = /(access-[0-9a-f-]{36})/.exec(await tokensOf(signInId)) ?? [];
    expect(world.double.isAlive(accessToken)).toBe(true);
    expect(must(await world.sources.portal.signOut(signInId))).toEqual({ toldAws: true });
    expect(world.double.isAlive(accessToken)).toBe(false);
    expect(itemsOf(world)).toBe('');
    expect(world.sources.list()[0]?.error?.remedies).toEqual([{ kind: 'sign-in', signInId }]);
    expect(world.sources.clients(added.source.id).ok).toBe(true);
    expect((await world.signIns.provider(signInId, '111122223333', 'Admin')()).ok).toBe(false);
  });

  it('is wiped here whatever AWS says to that', async () => {
    const signInId = await world.signedIn();
    const refusal = { type: 'InternalServerException', status: 500 };
    world.double.refuse('/logout', refusal, refusal, refusal);
    expect(must(await world.sources.portal.signOut(signInId))).toEqual({ toldAws: false });
    expect(itemsOf(world)).toBe('');
    expect(world.signIns.list()).toEqual([]);
  });

  it('goes with its last source', async () => {
    const signInId = await world.signedIn();
    const first = must(await world.sources.portal.add({ ...admin, signInId })).source.id;
    const second = must(await world.sources.portal.add({ ...admin, signInId, roleName: 'Auditor' })).source.id;
    must(await world.sources.remove(first));
    expect(world.signIns.list()).toHaveLength(1);
    must(await world.sources.remove(second));
    expect(world.signIns.list()).toEqual([]);
    expect(itemsOf(world)).toBe('');
  });

  it.each([
    ['http://d-1234567890.awsapps.com/start', 'eu-west-1'],
    ['https://d-1234567890.awsapps.com.evil.example/start', 'eu-west-1'],
    ['https://evil.example/start', 'eu-west-1'],
    ['https://start.us-gov-home.awsapps.com/directory/acme', 'eu-west-1'],
    ['https://d-1234567890.awsapps.com/start', 'cn-north-1'],
  ])('%s in %s is no portal, and nothing is asked', async (startUrl, region) => {
    const answer = world.sources.portal.signIn({ startUrl, region, way: 'browser' });
    expect(answer.ok ? undefined : answer.error).toMatchObject({ kind: 'invalid-input', field: 'startUrl' });
    expect(world.double.calls).toEqual([]);
  });
});
