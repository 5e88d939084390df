import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { SandboxHttpHandler } from '../../../main/aws/sandbox-handler';
import { computerNow } from '../../../main/platform/computer-time';
import { createSandbox, type Sandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, practice, testSigningKey, trustPolicy, valueOf } from '../../support/practice';
import { bareIam, bareSts, refusalOf } from '../../support/sdk';

/** What 40 requests in turn met: `ok`, or the refusal's name. */
async function outcomes(sandbox: Sandbox, clock: ManualClock): Promise<readonly string[]> {
  const client = bareSts(sandbox, clock, sandbox.identities.deployer);
  const met: string[] = [];
  for (let count = 0; count < 40; count += 1) {
    met.push(
      await client.send(new GetCallerIdentityCommand({})).then(
        () => 'ok',
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      ),
    );
  }
  return met;
}

const mixed = { throttling: 0.25, serverErrors: 0.25, seed: 7 };

describe('trouble on demand', () => {
  test('follows from its seed, whoever runs it and whenever it begins', async () => {
    const first = practice({ trouble: mixed });
    const met = await outcomes(first.sandbox, first.clock);
    for (const word of ['ok', 'Throttling', 'InternalFailure']) expect(met).toContain(word);

    const again = practice();
    await again.sts(again.sandbox.identities.deployer).getCallerIdentity();
    again.sandbox.setTrouble(mixed);
    expect(await outcomes(again.sandbox, again.clock)).toEqual(met);

    again.sandbox.setTrouble({ ...mixed, seed: 8 });
    expect(await outcomes(again.sandbox, again.clock)).not.toEqual(met);
  });

  test('a share is a share', async () => {
    const { clock, sandbox } = practice({ trouble: { throttling: 1 } });
    expect(new Set(await outcomes(sandbox, clock))).toEqual(new Set(['Throttling']));
    sandbox.setTrouble({ throttling: 0 });
    expect(new Set(await outcomes(sandbox, clock))).toEqual(new Set(['ok']));
  });

  test('throttling that lasts reaches the app as such, after the SDK’s own attempts', async () => {
    const { sandbox, sts } = practice({ trouble: { throttling: 1 } });
    const error = await errorOf(sts(sandbox.identities.deployer).getCallerIdentity());
    expect(error).toMatchObject({ kind: 'throttled', retryable: true });
  });

  test('a server error is tried again, and forgotten when the next attempt holds', async () => {
    const { clock, sandbox, sts } = practice({ trouble: { serverErrors: 0.3, seed: 3 } });
    const patient = new STSClient({
      region: 'us-east-1',
      credentials: sandbox.identities.deployer,
      maxAttempts: 5,
      systemClockOffset: clock.now() - computerNow(),
      requestHandler: new SandboxHttpHandler(sandbox),
    });
    const attempts: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { $metadata } = await patient.send(new GetCallerIdentityCommand({}));
      attempts.push($metadata.attempts ?? 0);
    }
    expect(Math.max(...attempts)).toBeGreaterThan(1);
    sandbox.setTrouble({ serverErrors: 1 });
    expect(await errorOf(sts(sandbox.identities.deployer).getCallerIdentity())).toMatchObject({ httpStatus: 500 });
  });

  test('a request that is never answered ends by the connection’s own time-out', async () => {
    const { clock, sandbox } = practice({ trouble: { timeouts: 1 } });
    const client = new STSClient({
      region: 'us-east-1',
      credentials: sandbox.identities.deployer,
      maxAttempts: 1,
      requestHandler: new SandboxHttpHandler(sandbox, { clock, requestTimeout: 10_000 }),
    });
    const refused = refusalOf(client.send(new GetCallerIdentityCommand({})));
    await clock.advanceAsync(30_000, 250);
    expect(await refused).toMatchObject({ name: 'TimeoutError' });
  });

  test('and by Cancel at once', async () => {
    const { sandbox, sts } = practice({ trouble: { timeouts: 1 } });
    const stop = new AbortController();
    const pending = sts(sandbox.identities.deployer).getCallerIdentity({ signal: stop.signal });
    stop.abort();
    expect(await pending).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });

  test('a torn answer was done all the same', async () => {
    const { clock, sandbox } = practice({ trouble: { tornAnswers: 1 } });
    const client = bareIam(sandbox, clock, sandbox.identities.owner);
    const torn = await client
      .send(new CreateRoleCommand({ RoleName: 'Torn', AssumeRolePolicyDocument: trustPolicy() }))
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(torn).toMatchObject({ code: 'ECONNRESET' });
    sandbox.setTrouble({ tornAnswers: 0 });
    expect((await client.send(new GetRoleCommand({ RoleName: 'Torn' }))).Role?.RoleName).toBe('Torn');
  });

  test('STS switched off in a Region refuses credentials there, and nothing else', async () => {
    const { sandbox, sts, iam } = practice({ trouble: { disabledRegions: ['us-east-1'] } });
    const { deployer, owner } = sandbox.identities;
    const role = { name: 'Deploy', path: '/', description: '', trustPolicy: trustPolicy() };
    await valueOf(iam(owner).createRole({ ...role, maxSessionDuration: 3600, tags: [] }));
    const asked = { roleArn: `arn:aws:iam::${owner.accountId}:role/Deploy`, sessionName: 'one', durationSeconds: 900 };
    expect(await errorOf(sts(deployer).assumeRole(asked))).toMatchObject({ code: 'RegionDisabledException' });
    await valueOf(sts(deployer).getCallerIdentity());
    sandbox.setTrouble({ disabledRegions: ['eu-west-1'] });
    await valueOf(sts(deployer).assumeRole(asked));
  });
});

describe('trouble over loopback', () => {
  async function ask(trouble: Parameters<Sandbox['setTrouble']>[0], timeout: number): Promise<string> {
    const sandbox = createSandbox({ clock: new ManualClock(), signingKey: testSigningKey, trouble });
    const server = await serveSandbox(sandbox, 0);
    const outcome = await new Promise<string>((resolve) => {
      const outgoing = request(server.endpoint, { method: 'POST', timeout }, (response) => {
        response.on('error', (error: NodeJS.ErrnoException) => {
          resolve(`broken: ${error.code ?? ''}`);
        });
        response.on('end', () => {
          resolve('whole');
        });
        response.resume();
      });
      outgoing.on('timeout', () => {
        resolve('silence');
        outgoing.destroy();
      });
      outgoing.on('error', () => undefined);
      outgoing.end('Action=GetCallerIdentity&Version=2011-06-15');
    });
    await server.close();
    return outcome;
  }

  test('is silence, half an answer, or a whole one', async () => {
    expect(await ask({ timeouts: 1 }, 150)).toBe('silence');
    expect(await ask({ tornAnswers: 1 }, 5000)).toBe('broken: ECONNRESET');
    expect(await ask({}, 5000)).toBe('whole');
  });
});
