import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sources as contract } from '../../../core/contract/sources';
import { must } from '../../support/must';
import { newPortalWorld, portal, soon, type PortalWorld } from '../../support/portal-world';

let world: PortalWorld;
beforeEach(async () => {
  world = await newPortalWorld();
});
afterEach(() => world.close());

const tokensOf = async (signInId: string) => must(await world.vault.get(`sign-in/${signInId}`)) ?? '';
const admin = { accountId: '111122223333', roleName: 'Admin', label: 'Tidewater', region: 'eu-west-1' };

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
    await world.ended(lost.id);
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
      await world.polling(waiting.id);
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
    expect(world.kept()).toBe('');
    expect(world.sources.list()[0]?.error?.remedies).toEqual([{ kind: 'sign-in', signInId }]);
    expect(world.sources.clients(added.source.id).ok).toBe(true);
    expect((await world.signIns.provider(signInId, '111122223333', 'Admin')()).ok).toBe(false);
  });

  it('signed out of while it is renewed does not come back', async () => {
    const signInId = await world.signedIn();
    world.clock.advance(56 * 60_000);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const put = world.vault.put.bind(world.vault);
    const keeping = vi.spyOn(world.vault, 'put').mockImplementation(async (...secret) => {
      await held;
      return await put(...secret);
    });
    const asking = world.signIns.listAccounts(signInId);
    await soon(() => keeping.mock.calls.length > 0);
    const out = world.signIns.signOut(signInId);
    // long enough for signing out to be over, if it did not wait
    await Promise.race([out, new Promise((resolve) => setTimeout(resolve, 300))]);
    goOn();
    await Promise.all([asking, out]);
    expect(world.kept()).toBe('');
    expect(world.signIns.list()).toEqual([]);
  });

  it('is wiped here whatever AWS says to that', async () => {
    const signInId = await world.signedIn();
    const refusal = { type: 'InternalServerException', status: 500 };
    world.double.refuse('/logout', refusal, refusal, refusal);
    expect(must(await world.sources.portal.signOut(signInId))).toEqual({ toldAws: false });
    expect(world.kept()).toBe('');
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
    expect(world.kept()).toBe('');
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
