import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { AwsEnvironment } from '../../../main/aws/aws-api';
import { consoleSignIn } from '../../../main/aws/federation';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { ManualClock } from '../../support/manual-clock';
import {
  errorOf,
  policy,
  practice,
  sandboxEnvironment,
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

function addressOf(input: Parameters<typeof fetch>[0]): string {
  return typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
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
      const watching: typeof fetch = (input, init) => {
        asked.push(`${init?.method ?? 'GET'} ${addressOf(input)}`);
        return fetch(input, init);
      };
      const result = await consoleSignIn(environment, session, { clock: world.clock, fetch: watching });
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
      let asked = '';
      const result = await consoleSignIn({ kind: 'aws', partition, region }, session, {
        clock: world.clock,
        fetch: (input) => {
          asked = addressOf(input);
          return Promise.resolve(new Response(JSON.stringify({ SigninToken: 'token' })));
        },
      });
      return result.ok ? asked : result.error.kind;
    };
    expect(await place('aws', 'eu-west-1')).toBe('https://signin.aws.amazon.com/federation');
    expect(await place('aws-us-gov', 'us-gov-west-1')).toBe('https://signin.amazonaws-us-gov.com/federation');
    expect(await place('aws-cn', 'cn-north-1')).toBe('https://signin.amazonaws.cn/federation');
    expect(await place('aws-iso', 'us-iso-east-1')).toBe('not-possible');
  });

  test('no network, no answer in time, and cancelling', async () => {
    const { open } = await withSession();
    const session = await open();
    const clock = new ManualClock();
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
    const waiting = consoleSignIn(environment, session, { clock });
    clock.advance(10_000);
    expect((await errorOf(waiting)).kind).toBe('timed-out');
    const stop = new AbortController();
    const stopped = consoleSignIn(environment, session, { clock }, { signal: stop.signal });
    stop.abort();
    expect(await stopped).toEqual({ ok: false, error: { kind: 'cancelled' } });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect((await errorOf(consoleSignIn(environment, session, { clock }))).kind).toBe('unreachable');
  });
});
