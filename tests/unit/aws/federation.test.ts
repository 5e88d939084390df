import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { AwsEnvironment } from '../../../main/aws/aws-api';
import { consoleSignIn } from '../../../main/aws/federation';
import type { NetworkPort, RequestHandler } from '../../../main/aws/network';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { ManualClock } from '../../support/manual-clock';
import {
  errorOf,
  policy,
  practice,
  sandboxEnvironment,
  straightNetwork,
  testSigningKey,
  trustPolicy,
  valueOf,
  type Practice,
} from '../../support/practice';

async function withSession(): Promise<{
  world: Practice;
  open: (chained?: boolean) => Promise<Parameters<typeof consoleSignIn>[1]>;
}> {
  const world = practice();
  const owner = world.iam(world.sandbox.identities.owner);
  const role = {
    name: 'Deploy',
    path: '/',
    description: '',
    trustPolicy: trustPolicy({ principal: '*' }),
    maxSessionDuration: 3600,
    tags: [],
  };
  await valueOf(owner.createRole(role));
  await valueOf(
    owner.putRolePolicy('Deploy', 'Chain', policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })),
  );
  const input = { roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'somebody', durationSeconds: 3600 };
  return {
    world,
    open: async (chained = false) => {
      const first = await valueOf(world.sts(world.sandbox.identities.deployer).assumeRole(input));
      const { credentials } = chained ? await valueOf(world.sts(first.credentials).assumeRole(input)) : first;
      return { credentials, chained };
    },
  };
}

/** A network that notes what is asked of it, and passes it on or answers itself. */
function watched(asked: string[], pass?: NetworkPort): NetworkPort {
  return {
    reach: async () => {
      const real = pass === undefined ? undefined : await pass.reach();
      const handler: RequestHandler = {
        metadata: { handlerProtocol: 'http/1.1' },
        handle: async (request, options) => {
          const port = request.port === undefined ? '' : `:${String(request.port)}`;
          asked.push(`${request.method} ${request.protocol}//${request.hostname}${port}${request.path}`);
          expect(request.query).toEqual({});
          if (real !== undefined) return real.handler.handle(request, options);
          const body = Readable.from(Buffer.from(JSON.stringify({ SigninToken: 'token' })));
          return { response: { statusCode: 200, headers: {}, body } };
        },
        updateHttpClientConfig: () => undefined,
        httpHandlerConfigs: () => ({}),
        destroy: () => undefined,
      };
      return { handler, useFips: false, useDualStack: false };
    },
  };
}

describe('opening the console', () => {
  test('in the sandbox, the session is signed in and named', async () => {
    const { open, world } = await withSession();
    const result = await consoleSignIn(sandboxEnvironment, await open(), world);
    expect(result).toMatchObject({ ok: true, value: { kind: 'practice' } });
    if (result.ok && result.value.kind === 'practice')
      expect(result.value.page).toContain('Deploy/somebody in account 222233334444');
  });

  test('leaves the duration out for chained credentials, which are refused with it', async () => {
    const { open, world } = await withSession();
    const chained = await open(true);
    expect((await consoleSignIn(sandboxEnvironment, { ...chained, durationSeconds: 3600 }, world)).ok).toBe(true);
    const mistaken = await errorOf(
      consoleSignIn(sandboxEnvironment, { ...chained, chained: false, durationSeconds: 3600 }, world),
    );
    expect(mistaken).toMatchObject({
      kind: 'credentials-invalid',
      httpStatus: 400,
      detail: 'Invalid credentials parameter',
    });
  });

  test('ended and made-up sessions are refused', async () => {
    const { open, world } = await withSession();
    const session = await open();
    const forged = { ...session, credentials: { ...session.credentials, secretAccessKey: 'x'.repeat(40) } };
    expect((await errorOf(consoleSignIn(sandboxEnvironment, forged, world))).kind).toBe('credentials-invalid');
    world.clock.advance(3_600_000);
    expect((await errorOf(consoleSignIn(sandboxEnvironment, session, world))).kind).toBe('credentials-invalid');
  });

  test('over HTTP: the keys are in the form and not in an address, and the URL opens a page', async () => {
    const { open, world } = await withSession();
    const session = await open();
    const served = createSandbox({
      clock: world.clock,
      signingKey: testSigningKey,
      snapshot: world.sandbox.snapshot(),
    });
    const server = await serveSandbox(served, 0);
    try {
      const environment: AwsEnvironment = {
        kind: 'aws',
        partition: 'aws',
        region: 'eu-west-1',
        endpoint: server.endpoint,
      };
      const asked: string[] = [];
      const network = watched(asked, world.network);
      const result = await consoleSignIn(environment, session, { clock: world.clock, network });
      if (!result.ok || result.value.kind !== 'url') throw new Error('no URL');
      expect(asked).toEqual([`POST ${server.endpoint}/federation`]);
      const url = new URL(result.value.url);
      expect(url.searchParams.get('Destination')).toBe(
        'https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1',
      );
      for (const secret of Object.values(session.credentials))
        expect(result.value.url).not.toContain(encodeURIComponent(String(secret)));
      expect(await (await fetch(url)).text()).toContain('Deploy/somebody');
      world.clock.advance(15 * 60_000 + 1);
      expect((await fetch(url)).status).toBe(400);
    } finally {
      await server.close();
    }
  });

  test('each partition has its own place, and some have none', async () => {
    const { open, world } = await withSession();
    const session = await open();
    const place = async (partition: string, region: string) => {
      const asked: string[] = [];
      const dependencies = { clock: world.clock, network: watched(asked) };
      const result = await consoleSignIn({ kind: 'aws', partition, region }, session, dependencies);
      return result.ok ? asked[0] : result.error.kind;
    };
    expect(await place('aws', 'eu-west-1')).toBe('POST https://signin.aws.amazon.com/federation');
    expect(await place('aws-us-gov', 'us-gov-west-1')).toBe('POST https://signin.amazonaws-us-gov.com/federation');
    expect(await place('aws-cn', 'cn-north-1')).toBe('POST https://signin.amazonaws.cn/federation');
    expect(await place('aws-iso', 'us-iso-east-1')).toBe('not-possible');
  });

  test('no network, no answer in time, and cancelling', async () => {
    const { open } = await withSession();
    const session = await open();
    const clock = new ManualClock();
    const network = straightNetwork(clock);
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const environment: AwsEnvironment = {
      kind: 'aws',
      partition: 'aws',
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${String(port)}`,
    };
    const waiting = consoleSignIn(environment, session, { clock, network });
    clock.advance(10_000);
    expect((await errorOf(waiting)).kind).toBe('timed-out');
    const stop = new AbortController();
    const stopped = consoleSignIn(environment, session, { clock, network }, { signal: stop.signal });
    stop.abort();
    expect(await stopped).toEqual({ ok: false, error: { kind: 'cancelled' } });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect((await errorOf(consoleSignIn(environment, session, { clock, network }))).kind).toBe('unreachable');
  });
});
