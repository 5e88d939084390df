import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { SandboxHttpHandler } from '../../../main/aws/sandbox-handler';
import { computerNow } from '../../../main/platform/computer-time';
import { loadScenario, scenarioNames, type ScenarioName } from '../../../main/sandbox/scenario-catalog';
import { errorOf, fixed, practice, trustPolicy, valueOf, type Practice } from '../../support/practice';

const deploy = { roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'trouble', durationSeconds: 900 };

const makeRole = ({ iam, sandbox }: Practice) =>
  valueOf(
    iam(sandbox.identities.owner).createRole({
      name: 'Deploy',
      path: '/',
      description: '',
      trustPolicy: trustPolicy(),
      maxSessionDuration: 3600,
      tags: [],
    }),
  );
const assume = ({ sandbox, sts }: Practice, roleArn = deploy.roleArn) =>
  sts(sandbox.identities.deployer).assumeRole({ ...deploy, roleArn });

/** How often each end was met in 80 requests of one attempt each. */
async function ends({ clock, sandbox }: Practice): Promise<ReadonlyMap<string, number>> {
  const client = new STSClient({
    region: 'us-east-1',
    credentials: sandbox.identities.deployer,
    maxAttempts: 1,
    // Whoever waits for what never comes is told so at once.
    requestHandler: new SandboxHttpHandler(sandbox, { clock: { wait: () => Promise.resolve() }, requestTimeout: 1 }),
    systemClockOffset: clock.now() - computerNow(),
  });
  const met = new Map<string, number>();
  for (let count = 0; count < 80; count += 1) {
    const end = await client.send(new GetCallerIdentityCommand({})).then(
      () => 'ok',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );
    met.set(end, (met.get(end) ?? 0) + 1);
  }
  return met;
}

/** What each scenario of trouble has to be met with. */
const troubles: Readonly<Record<Extract<ScenarioName, `trouble-${string}`>, (world: Practice) => Promise<void>>> = {
  'trouble-propagation': async (world) => {
    await makeRole(world);
    world.clock.advance(11_999);
    expect((await errorOf(assume(world))).kind).toBe('access-denied');
    world.clock.advance(1);
    await valueOf(assume(world));
  },
  'trouble-throttling': async (world) => {
    const met = await ends(world);
    expect([...met.keys()].sort()).toEqual(['Throttling', 'ok']);
    expect(met.get('Throttling')).toBeGreaterThan(25);
  },
  'trouble-server-errors': async (world) => {
    const met = await ends(world);
    expect([...met.keys()].sort()).toEqual(['InternalFailure', 'ok']);
    expect(met.get('InternalFailure')).toBeGreaterThan(15);
  },
  'trouble-network': async (world) => {
    const met = await ends(world);
    expect([...met.keys()].sort()).toEqual(['Error', 'TimeoutError', 'ok']);
    for (const count of met.values()) expect(count).toBeGreaterThan(3);
  },
  'trouble-clock': async ({ clock, sandbox, sts }) => {
    await valueOf(sts(sandbox.identities.deployer).getCallerIdentity());
    expect(Math.abs((clock.offset() ?? 0) - 600_000)).toBeLessThanOrEqual(1000);
  },
  'trouble-region': async (world) => {
    await makeRole(world);
    await valueOf(assume(world));
    for (const region of ['ap-southeast-2', 'eu-central-1', 'us-west-2']) {
      const there = world.aws.sts({ kind: 'sandbox', region }, fixed(world.sandbox.identities.deployer));
      expect((await errorOf(there.assumeRole(deploy))).kind, region).toBe('region-disabled');
    }
  },
  'trouble-scp': async (world) => {
    await makeRole(world);
    expect((await errorOf(assume(world))).detail).toContain('with an explicit deny in a service control policy');
  },
  'trouble-deleted-principal': async (world) => {
    const owner = world.iam(world.sandbox.identities.owner);
    for (const [name, prefix] of [
      ['Orphaned', 'AIDA'],
      ['OrphanedByRole', 'AROA'],
    ] as const) {
      const { arn, trustPolicy: trust } = await valueOf(owner.getRole(name));
      expect(trust).toMatch(new RegExp(`"AWS":"${prefix}[A-Z0-9]{17}"`));
      expect((await errorOf(assume(world, arn))).kind).toBe('access-denied');
    }
  },
  // The sandbox goes on; it is the app's own keychain that does not (tests/e2e/specs/practice.spec.ts).
  'trouble-keychain': async ({ sandbox, sts }) => {
    await valueOf(sts(sandbox.identities.deployer).getCallerIdentity());
    expect((await loadScenario('trouble-keychain')).trouble).toEqual(expect.objectContaining({ keychain: 'locked' }));
  },
};

test('each scenario of trouble is tried', () => {
  expect(Object.keys(troubles).sort()).toEqual(scenarioNames.filter((name) => name.startsWith('trouble-')).sort());
});

test.each(Object.entries(troubles))('%s makes its trouble', async (name, meet) => {
  const known = scenarioNames.find((one) => one === name);
  if (known === undefined) throw new Error(`There is no scenario ${name}`);
  await meet(practice({ scenario: await loadScenario(known) }));
});
