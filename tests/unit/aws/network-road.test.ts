import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { networkAsFound, type NetworkSettings } from '../../../core/domain/network';
import type { AwsEnvironment } from '../../../main/aws/aws-api';
import { createAws } from '../../../main/aws/create-aws';
import { consoleSignIn } from '../../../main/aws/federation';
import { Network } from '../../../main/aws/network';
import { profileProvider } from '../../../main/aws/profile-provider';
import type { Variables } from '../../../main/aws/proxy-choice';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveAsAws, type TlsServer } from '../../support/aws-over-tls';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, fixed, policy, practice, testSigningKey, trustPolicy, valueOf } from '../../support/practice';
import { startProxy, type ProxyOptions, type TestProxy } from '../../support/proxy';
import { hasOpenssl, makeAuthority, selfSigned } from '../../support/self-signed';

const openssl = await hasOpenssl();
const environment: AwsEnvironment = { kind: 'aws', partition: 'aws', region: 'eu-west-1' };
const host = 'sts.eu-west-1.amazonaws.com';

/** A company's network: all of AWS is one server of this computer, vouched for by the company, and reached by its proxy. */
describe.skipIf(!openssl)('the way to AWS through a company’s network', { timeout: 30_000 }, () => {
  let folder: string;
  let caFile: string;
  let aws: TlsServer;
  let issue: (...names: readonly string[]) => Promise<{ key: string; cert: string }>;
  const clock = new ManualClock();
  const sandbox = createSandbox({ clock, signingKey: testSigningKey });
  const proxies: TestProxy[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-network-'));
    const authority = await makeAuthority(folder);
    issue = authority.issue;
    caFile = join(folder, 'company.pem');
    await writeFile(caFile, `# The company's\n${authority.certificate}`);
    const names = [host, 'iam.amazonaws.com', 'signin.aws.amazon.com', 'sts.us-west-2.amazonaws.com'];
    aws = await serveAsAws(sandbox, await issue(...names, 'sts-fips.us-west-2.amazonaws.com'));
  });
  afterAll(async () => {
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const proxy of proxies.splice(0)) await proxy.close();
  });

  async function proxy(options: Partial<ProxyOptions> = {}): Promise<TestProxy> {
    const started = await startProxy({ to: aws.port, ...options });
    proxies.push(started);
    return started;
  }

  /** `AWS_CONFIG_FILE` leads nowhere, so that what this computer's owner has in it does not count. */
  function reached(variables: Variables = {}, settings: NetworkSettings | (() => NetworkSettings) = networkAsFound) {
    const nowhere = { AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
    const network = new Network({
      clock,
      settings: typeof settings === 'function' ? settings : () => settings,
      variables: { ...nowhere, ...variables },
      timeouts: { connect: 500, request: 1_000 },
    });
    const layer = createAws({ clock, network, version: '1.2.3' });
    const owner = fixed(sandbox.identities.owner);
    return { network, layer, whoAmI: (signal?: AbortSignal) => ask(layer, owner, signal) };
  }

  function ask(layer: ReturnType<typeof createAws>, provider: ReturnType<typeof fixed>, signal?: AbortSignal) {
    return layer.sts(environment, provider).getCallerIdentity(signal === undefined ? {} : { signal });
  }

  test.each(['HTTPS_PROXY', 'https_proxy'])(
    '%s: a tunnel to each host, and the company’s certificates',
    async (name) => {
      const { port, asked } = await proxy();
      const { layer, whoAmI } = reached({ [name]: `http://127.0.0.1:${String(port)}`, AWS_CA_BUNDLE: caFile });
      expect((await valueOf(whoAmI())).accountId).toBe('222233334444');
      await valueOf(whoAmI());
      expect(await valueOf(layer.iam(environment, fixed(sandbox.identities.owner)).listAccountAliases())).toHaveLength(
        1,
      );
      // the second call took the first one's connection
      expect(asked).toEqual([`${host}:443`, 'iam.amazonaws.com:443']);
    },
  );

  test('a proxy that asks for a password gets the environment’s; nobody else does: S-13', async () => {
    const { port, asked } = await proxy({ login: 'ann@corp:p@ss:word%' });
    const address = `127.0.0.1:${String(port)}`;
    const variables = { AWS_CA_BUNDLE: caFile, HTTPS_PROXY: `http://ann%40corp:p%40ss%3Aword%25@${address}` };
    const { network, whoAmI } = reached(variables);
    expect((await valueOf(whoAmI())).accountId).toBe('222233334444');
    expect(asked).toHaveLength(1);
    expect(await network.environment()).toEqual({ proxy: `http://${address}`, caFile });

    const wrong = await errorOf(reached({ ...variables, HTTPS_PROXY: `http://ann:canary@${address}` }).whoAmI());
    expect(wrong).toMatchObject({ kind: 'unreachable', message: expect.stringContaining(address) as string });
    expect(wrong.message).toMatch(/name and password/);
    expect(wrong.whatToDo).toMatch(/HTTPS_PROXY/);
    expect(wrong.remedies).toEqual([{ kind: 'change-network' }, { kind: 'retry' }]);
    expect(JSON.stringify(wrong)).not.toMatch(/canary|ann/);
    const none = await errorOf(reached({ ...variables, HTTPS_PROXY: `http://${address}` }).whoAmI());
    expect(none.message).toMatch(/name and password/);
    // 407 is not a matter of trying again
    expect(asked).toHaveLength(3);
  });

  test('a proxy that speaks TLS is held to the same certificates', async () => {
    const secure = await proxy({ tls: await issue('127.0.0.1') });
    const variables = { HTTPS_PROXY: `https://127.0.0.1:${String(secure.port)}` };
    expect((await valueOf(reached({ ...variables, AWS_CA_BUNDLE: caFile }).whoAmI())).accountId).toBe('222233334444');
    const untrusted = await errorOf(reached(variables).whoAmI());
    expect(untrusted.message).toMatch(/connection to the proxy .* is not secure/);
    expect(untrusted.remedies[0]).toEqual({ kind: 'change-network' });
  });

  test('settings come before the environment, and count from the next call on', async () => {
    const [first, second] = [await proxy(), await proxy()];
    let settings: NetworkSettings = { ...networkAsFound, caFile };
    const { whoAmI } = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(first.port)}` }, () => settings);
    await valueOf(whoAmI());
    settings = { ...settings, proxy: 'address', address: `http://127.0.0.1:${String(second.port)}` };
    await valueOf(whoAmI());
    expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
    const { caFile: _none, ...withoutFile } = settings;
    settings = withoutFile;
    expect((await errorOf(whoAmI())).message).toMatch(/certificate/);
  });

  test('FIPS and the Region decide the host', async () => {
    const { port, asked } = await proxy();
    const settings: NetworkSettings = { ...networkAsFound, caFile, useFips: true };
    const { layer } = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(port)}` }, settings);
    const west: AwsEnvironment = { ...environment, region: 'us-west-2' };
    await layer.sts(west, fixed(sandbox.identities.owner)).getCallerIdentity();
    expect(asked).toEqual(['sts-fips.us-west-2.amazonaws.com:443']);
  });

  test('a proxy that refuses, one that is not there, and one of another kind are named', async () => {
    const refusing = await proxy({ refuses: 403 });
    const refused = await errorOf(reached({ HTTPS_PROXY: `http://127.0.0.1:${String(refusing.port)}` }).whoAmI());
    expect(refused).toMatchObject({ kind: 'unreachable', retryable: true });
    expect(refused.message).toBe(
      `The proxy http://127.0.0.1:${String(refusing.port)} did not connect to ${host}. It answered with HTTP 403.`,
    );
    const gone = await startProxy({ to: 1 });
    await gone.close();
    const absent = await errorOf(reached({ HTTPS_PROXY: `127.0.0.1:${String(gone.port)}` }).whoAmI());
    expect(absent.message).toBe(`Nothing answers at the proxy http://127.0.0.1:${String(gone.port)}.`);
    const nameless = await errorOf(reached({ HTTPS_PROXY: 'http://proxy.invalid:8080' }).whoAmI());
    expect(nameless.message).toBe('The proxy http://proxy.invalid:8080 was not found.');
    const socks = await errorOf(reached({ HTTPS_PROXY: 'socks5://ann:canary@127.0.0.1:1' }).whoAmI());
    expect(socks).toMatchObject({
      kind: 'unreachable',
      whatDidNotChange: 'Nothing was sent to AWS, and nothing was changed.',
    });
    expect(JSON.stringify(socks)).not.toContain('canary');
  });

  test('a proxy that is silent is given up in time, and lets go of', async () => {
    const silent = await proxy({ silent: true });
    const { whoAmI } = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(silent.port)}` });
    expect(await errorOf(whoAmI())).toMatchObject({ kind: 'timed-out', retryable: true });
    expect(silent.asked).toHaveLength(3);
    clock.advance(10_000);
    await vi.waitFor(() => {
      expect(silent.open()).toBe(0);
    });
  });

  test('a server behind the proxy that is silent: the proxy is named; cancelling ends the call at once', async () => {
    const mute = await serveAsAws({ handle: () => new Promise(() => undefined) }, await issue(host));
    try {
      const { port } = await proxy({ to: mute.port });
      const { whoAmI } = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(port)}`, AWS_CA_BUNDLE: caFile });
      const late = await errorOf(whoAmI());
      expect(late.kind).toBe('timed-out');
      expect(late.message).toContain(`through the proxy http://127.0.0.1:${String(port)}`);
      const stop = new AbortController();
      const stopped = whoAmI(stop.signal);
      await vi.waitFor(() => {
        expect(mute.hosts.length).toBe(4);
      });
      stop.abort();
      expect(await stopped).toEqual({ ok: false, error: { kind: 'cancelled' } });
    } finally {
      await mute.close();
    }
  });

  test('S-29 who is not vouched for is not spoken to, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { port } = await proxy();
    const before = aws.hosts.length;
    const error = await errorOf(reached({ HTTPS_PROXY: `http://127.0.0.1:${String(port)}` }).whoAmI());
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toContain(`through the proxy http://127.0.0.1:${String(port)}`);
    expect(error.whatToDo).toMatch(/certificate authority/);
    // straight, with no proxy between: the same
    const direct = createAws({ clock, network: reached().network, version: '0.0.0' });
    const here: AwsEnvironment = { ...environment, endpoint: `https://127.0.0.1:${String(aws.port)}` };
    const straight = await errorOf(direct.sts(here, fixed(sandbox.identities.owner)).getCallerIdentity());
    expect(straight.message).toMatch(/certificate/);
    expect(aws.hosts.length).toBe(before);
  });

  test('S-29 a certificate for another host is refused, also from an authority that is trusted', async () => {
    const other = await serveAsAws(sandbox, await issue('other.example.com'));
    try {
      const { port } = await proxy({ to: other.port });
      const variables = { HTTPS_PROXY: `http://127.0.0.1:${String(port)}`, AWS_CA_BUNDLE: caFile };
      expect((await errorOf(reached(variables).whoAmI())).message).toMatch(/certificate/);
      expect(other.hosts).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('S-29 TLS before 1.2 is refused', async () => {
    const old = await serveAsAws(sandbox, await issue(host), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    try {
      const { port } = await proxy({ to: old.port });
      const variables = { HTTPS_PROXY: `http://127.0.0.1:${String(port)}`, AWS_CA_BUNDLE: caFile };
      expect((await errorOf(reached(variables).whoAmI())).kind).toBe('unreachable');
      expect(old.hosts).toEqual([]);
    } finally {
      await old.close();
    }
  });

  test('own certificates stand beside the usual ones; another’s do not help', async () => {
    const { port } = await proxy();
    const other = join(folder, 'other.pem');
    await writeFile(other, (await selfSigned()).cert);
    const through = { HTTPS_PROXY: `http://127.0.0.1:${String(port)}` };
    expect((await errorOf(reached({ ...through, AWS_CA_BUNDLE: other }).whoAmI())).message).toMatch(/certificate/);
  });

  test('the shared file’s ca_bundle counts where nothing else is said', async () => {
    const { port } = await proxy();
    const config = join(folder, 'config');
    await writeFile(
      config,
      `[default]\nca_bundle = ${join(folder, 'none.pem')}\n\n[profile work]\nca_bundle = ${caFile}\n`,
    );
    const variables = { HTTPS_PROXY: `http://127.0.0.1:${String(port)}`, AWS_CONFIG_FILE: config };
    expect((await valueOf(reached({ ...variables, AWS_PROFILE: 'work' }).whoAmI())).accountId).toBe('222233334444');
    const missing = await errorOf(reached(variables).whoAmI());
    expect(missing.message).toContain(`${join(folder, 'none.pem')} cannot be used. There is no such file.`);
  });

  test.each([
    ['no certificate at all', 'plain text', /There is no certificate in it/],
    ['a damaged one', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', /damaged/],
  ])('%s: said before anything is sent, and refused in settings', async (_name, text, words) => {
    const file = join(folder, 'bad.pem');
    await writeFile(file, text);
    const { network, whoAmI } = reached({ AWS_CA_BUNDLE: file });
    const error = await errorOf(whoAmI());
    expect(error).toMatchObject({
      kind: 'unreachable',
      whatDidNotChange: 'Nothing was sent to AWS, and nothing was changed.',
    });
    expect(error.message).toMatch(words);
    expect(await errorOf(network.check({ ...networkAsFound, caFile: file }))).toMatchObject({
      kind: 'invalid-input',
      field: 'caFile',
    });
    // put right, it counts without a restart
    await writeFile(file, (await selfSigned()).cert);
    expect(await network.check({ ...networkAsFound, caFile: file })).toEqual({ ok: true, value: undefined });
    await expect(network.reach()).resolves.toMatchObject({ useFips: false });
  });

  test.each(['/dev/zero', tmpdir()])('%s is not read', async (caFile) => {
    const error = await errorOf(reached().network.check({ ...networkAsFound, caFile }));
    expect(error).toMatchObject({ kind: 'invalid-input', whatDidNotChange: 'AWS is reached as before.' });
    expect(error.message).toMatch(/It is not a file/);
  });

  test('a profile’s role is assumed through the same proxy, by the corrected clock', async () => {
    const { port, asked } = await proxy();
    const world = practice();
    const role = {
      name: 'Deploy',
      path: '/',
      description: '',
      trustPolicy: trustPolicy({ externalId: 'of-the-profile' }),
      maxSessionDuration: 3600,
      tags: [],
    };
    await valueOf(world.iam(world.sandbox.identities.owner).createRole(role));
    const served = await serveAsAws(world.sandbox, await issue('sts.us-west-2.amazonaws.com', host));
    const through = await proxy({ to: served.port });
    const { accessKeyId, secretAccessKey } = world.sandbox.identities.deployer;
    const files = { configFile: join(folder, 'aws-config'), credentialsFile: join(folder, 'aws-credentials') };
    const arn = 'arn:aws:iam::222233334444:role/Deploy';
    await writeFile(
      files.configFile,
      `[profile deploy]\nrole_arn = ${arn}\nsource_profile = keys\nexternal_id = of-the-profile\nregion = us-west-2\n` +
        `[profile elsewhere]\nrole_arn = ${arn}\nsource_profile = keys\nexternal_id = of-the-profile\n`,
    );
    await writeFile(
      files.credentialsFile,
      `[keys]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    try {
      const { network } = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(through.port)}`, AWS_CA_BUNDLE: caFile });
      const dependencies = { clock: world.clock, network, version: '1.2.3', files, region: 'eu-west-1' };
      const given = await profileProvider('deploy', dependencies)();
      expect(given).toMatchObject({ ok: true, value: { expiration: world.clock.now() + 3_600_000 } });
      expect((await profileProvider('elsewhere', dependencies)()).ok).toBe(true);
      // the profile's own Region, and the source's where the profile names none
      expect(through.asked).toEqual(['sts.us-west-2.amazonaws.com:443', `${host}:443`]);

      const untrusting = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(port)}` }).network;
      const failed = await errorOf(profileProvider('deploy', { ...dependencies, network: untrusting })());
      expect(failed.message).toContain(`through the proxy http://127.0.0.1:${String(port)}`);
      expect(asked.length).toBeGreaterThan(0);
    } finally {
      await served.close();
    }
  });

  test('signing in to the console goes the same way', async () => {
    const { port, asked } = await proxy();
    const owner = createAws({ clock, sandbox, version: '0.0.0' });
    const iam = owner.iam({ kind: 'sandbox' }, fixed(sandbox.identities.owner));
    const role = {
      name: 'Console',
      path: '/',
      description: '',
      trustPolicy: trustPolicy(),
      maxSessionDuration: 3600,
      tags: [],
    };
    await valueOf(iam.createRole(role));
    await valueOf(iam.putRolePolicy('Console', 'Look', policy({ Effect: 'Allow', Action: '*', Resource: '*' })));
    const input = { roleArn: 'arn:aws:iam::222233334444:role/Console', sessionName: 'ann', durationSeconds: 3600 };
    const session = await valueOf(owner.sts({ kind: 'sandbox' }, fixed(sandbox.identities.deployer)).assumeRole(input));
    const request = { credentials: session.credentials, chained: false };
    const { network } = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(port)}`, AWS_CA_BUNDLE: caFile });
    expect(await consoleSignIn(environment, request, { clock, network })).toMatchObject({
      ok: true,
      value: { kind: 'url' },
    });
    expect(asked).toEqual(['signin.aws.amazon.com:443']);
    const untrusting = reached({ HTTPS_PROXY: `http://127.0.0.1:${String(port)}` }).network;
    const refused = await errorOf(consoleSignIn(environment, request, { clock, network: untrusting }));
    expect(refused.message).toMatch(/certificate/);
  });
});
