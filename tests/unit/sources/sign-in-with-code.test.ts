import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appErrorSchema } from '../../../core/app-error';
import type { SignInOperation } from '../../../core/contract/operations';
import { must } from '../../support/must';
import { newPortalWorld, soon, type PortalWorld } from '../../support/portal-world';

let world: PortalWorld;
beforeEach(async () => {
  world = await newPortalWorld();
});
afterEach(() => world.close());

const polls = () => world.double.calls.filter((call) => call === 'POST /token device_code').length;
async function enteredAfterTwoPolls({ id, userCode = '' }: SignInOperation): Promise<void> {
  await soon(
    () => polls() >= 2,
    () => world.clock.advance(1000),
  );
  world.double.answer(userCode, 'approved');
  await world.polling(id);
  expect(world.operation(id).state).toBe('done');
}

describe('signing in with a code', () => {
  it('shows the code, and is signed in when it was entered', async () => {
    const waiting = await world.begin('code');
    expect(waiting.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(waiting.page).toBe('https://device.sso.eu-west-1.amazonaws.com/');
    expect(world.opened).toEqual([]);
    must(await world.signIns.openPage(waiting.id));
    expect(world.opened).toEqual([`https://device.sso.eu-west-1.amazonaws.com/?user_code=${waiting.userCode ?? ''}`]);
    await enteredAfterTwoPolls(waiting);
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
    await enteredAfterTwoPolls(waiting);
  });

  it('ends when the code was not entered in time', async () => {
    const waiting = await world.begin('code');
    await world.polling(waiting.id, 60_000);
    expect(world.operation(waiting.id).error).toMatchObject({ message: 'The code was not entered in time.' });
  });

  it('a person’s No ends it', async () => {
    const waiting = await world.begin('code');
    world.double.answer(waiting.userCode ?? '', 'denied');
    await world.polling(waiting.id);
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
    await world.polling(waiting.id);
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
    await world.polling(waiting.id);
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
    expect(world.kept()).toBe('');
  });

  it('a portal that cannot be reached is said to be, and it can be tried again', async () => {
    await world.double.close();
    const { error } = await world.begin('code');
    expect(error).toMatchObject({ kind: 'unreachable', retryable: true });
    await world.double.listen();
  });
});
