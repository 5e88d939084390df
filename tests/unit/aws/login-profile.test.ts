import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpResponse } from '@smithy/protocol-http';
import type { HttpRequest } from '@smithy/types';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NetworkPort } from '../../../main/aws/network';
import { profileProvider } from '../../../main/aws/profile-provider';
import { listProfiles, type ProfileFiles } from '../../../main/aws/profiles';
import { SystemClock } from '../../../main/platform/system-clock';
import { errorOf } from '../../support/practice';

const session = 'arn:aws:iam::222233334444:user/anna';
const minute = 60_000;

/** AWS's sign-in as the SDK meets it: no server can stand for its host, so the network's port does. */
class SignInNetwork implements NetworkPort {
  readonly asked: HttpRequest[] = [];
  constructor(readonly answer: () => { readonly statusCode: number; readonly type?: string; readonly body: object }) {}

  reach() {
    const handle = (request: HttpRequest) => {
      this.asked.push(request);
      const { body, statusCode, type } = this.answer();
      const headers = {
        'content-type': 'application/json',
        ...(type === undefined ? {} : { 'x-amzn-errortype': type }),
      };
      return Promise.resolve({
        response: new HttpResponse({ statusCode, headers, body: Buffer.from(JSON.stringify(body)) }),
      });
    };
    const handler = {
      metadata: { handlerProtocol: 'http/1.1' },
      handle,
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    };
    return Promise.resolve({ handler, useFips: false, useDualStack: false });
  }
}

describe('a profile of aws login', () => {
  let folder: string;
  let files: ProfileFiles;
  const cacheFile = () => join(folder, `${createHash('sha256').update(session).digest('hex')}.json`);
  // the SDK looks at the real clock
  const clock = new SystemClock();
  const signedIn = async (expiresIn: number) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const token = {
      accessToken: {
        ...{ accessKeyId: 'ASIALOGIN', secretAccessKey: 'secret', sessionToken: 'token' },
        ...{ accountId: '222233334444', expiresAt: new Date(clock.now() + expiresIn).toISOString() },
      },
      tokenType: 'aws_sigv4',
      clientId: 'arn:aws:signin:::devtools/same-device',
      refreshToken: 'refresh-1',
      dpopKey: privateKey.export({ type: 'sec1', format: 'pem' }),
    };
    await writeFile(cacheFile(), JSON.stringify(token), { mode: 0o600 });
  };
  const renewedToken = {
    accessToken: { accessKeyId: 'ASIARENEWED', secretAccessKey: 'secret-2', sessionToken: 'token-2' },
    tokenType: 'aws_sigv4',
    expiresIn: 900,
    refreshToken: 'refresh-2',
  };
  const provide = (network: NetworkPort) =>
    profileProvider('signed-in', { clock, files, network, version: '0.0.0', region: 'eu-west-1' });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-login-'));
    files = { configFile: join(folder, 'config'), credentialsFile: join(folder, 'credentials') };
    await writeFile(files.configFile, `[profile signed-in]\nlogin_session = ${session}\nregion = eu-central-1\n`);
    vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  test('is listed as what it is', async () => {
    const listed = await listProfiles(files);
    expect(listed).toEqual({ ok: true, value: [{ name: 'signed-in', kind: 'login', region: 'eu-central-1' }] });
  });

  test('gives what the CLI left in its cache, and asks nobody', async () => {
    await signedIn(60 * minute);
    const network = new SignInNetwork(() => ({ statusCode: 500, body: {} }));
    expect(await provide(network)()).toMatchObject({
      ok: true,
      value: { accessKeyId: 'ASIALOGIN', secretAccessKey: 'secret', sessionToken: 'token' },
    });
    expect(network.asked).toEqual([]);
  });

  test('is renewed by our network, with the proof that belongs to the sign-in, and the cache knows', async () => {
    await signedIn(minute);
    const network = new SignInNetwork(() => ({ statusCode: 200, body: renewedToken }));
    expect(await provide(network)()).toMatchObject({ ok: true, value: { accessKeyId: 'ASIARENEWED' } });
    expect(network.asked.map(({ hostname, path }) => `${hostname}${path}`)).toEqual([
      'eu-central-1.signin.aws.amazon.com/v1/token',
    ]);
    expect(network.asked[0]?.headers['DPoP']?.split('.')).toHaveLength(3);
    expect(await readFile(cacheFile(), 'utf8')).toContain('refresh-2');
  });

  test.each(['TOKEN_EXPIRED', 'USER_CREDENTIALS_CHANGED'])(
    'that AWS no longer renews (%s) asks for signing in, with the command to copy',
    async (error) => {
      await signedIn(-minute);
      const body = { error, message: 'no' };
      const network = new SignInNetwork(() => ({ statusCode: 400, type: 'AccessDeniedException', body }));
      const failure = await errorOf(provide(network)());
      expect(failure.kind).toBe('credentials-expired');
      expect(failure.remedies).toContainEqual({
        kind: 'copy-text',
        label: 'Copy the sign-in command',
        text: 'aws login --profile signed-in',
      });
      expect(JSON.stringify(failure)).not.toMatch(/refresh-1|ASIALOGIN/);
    },
  );

  test('whose sign-in may not renew says what is missing', async () => {
    await signedIn(-minute);
    const body = { error: 'INSUFFICIENT_PERMISSIONS', message: 'no' };
    const network = new SignInNetwork(() => ({ statusCode: 400, type: 'AccessDeniedException', body }));
    const failure = await errorOf(provide(network)());
    expect(failure).toMatchObject({
      kind: 'access-denied',
      detail: expect.stringContaining('CreateOAuth2Token') as string,
    });
    expect(failure.whatToDo).toContain('SignInLocalDevelopmentAccess');
  });
});
