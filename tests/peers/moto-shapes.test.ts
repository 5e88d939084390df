import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { SandboxHttpHandler } from '../../main/aws/sandbox-handler';
import { computerNow } from '../../main/platform/computer-time';
import { createSandbox } from '../../main/sandbox/sandbox';
import { ManualClock } from '../support/manual-clock';
import { testSigningKey } from '../support/practice';
import { findMoto, motoAccount, motoCredentials, startMoto } from './moto-server';
import { differencesOf, outcomeOf, serverOf, type Answers, type Server } from './moto-shapes';
import { accountSteps } from './moto-shapes-account';
import { organizationSteps } from './moto-shapes-organizations';
import { roleSteps } from './moto-shapes-roles';
import { userSteps } from './moto-shapes-users';

const moto = await findMoto();
const steps = [...userSteps, ...roleSteps, ...accountSteps, ...organizationSteps];

// Its clock starts at the computer's and goes on by a second a step, so that signatures stay within their five minutes.
function sandboxServer(answers: Answers): { readonly server: Server; step(): void } {
  const clock = new ManualClock(computerNow());
  const sandbox = createSandbox({ clock, signingKey: testSigningKey });
  const { accessKeyId, accountId, secretAccessKey } = sandbox.identities.management;
  const configuration = {
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    requestHandler: new SandboxHttpHandler(sandbox),
  };
  return {
    server: serverOf(configuration, accountId, answers, () => clock.now()),
    step: () => {
      clock.advance(1000);
    },
  };
}

describe.skipIf(!moto.present)('the shapes of the sandbox’s answers beside a third party’s', () => {
  const ours: Answers = new Map();
  const theirs: Answers = new Map();
  let stop = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    const { endpoint, stop: stopMoto } = await startMoto();
    stop = stopMoto;
    const sandbox = sandboxServer(ours);
    const other = serverOf(
      { region: 'us-east-1', endpoint, credentials: motoCredentials, maxAttempts: 1 },
      motoAccount,
      theirs,
      computerNow,
    );
    for (const step of steps) {
      sandbox.step();
      ours.set(step.name, await outcomeOf(step, sandbox.server));
      theirs.set(step.name, await outcomeOf(step, other));
    }
  }, 120_000);
  afterAll(() => stop());

  it('asks enough, each thing once', () => {
    expect(new Set(steps.map((step) => step.name)).size).toBe(steps.length);
    expect(steps.length).toBeGreaterThanOrEqual(60);
  });

  it('asks the sandbox everything', () => {
    expect([...ours].filter(([, answer]) => Object.hasOwn(answer, 'notAsked'))).toEqual([]);
  });

  test.each(steps)('$name', ({ differs = {}, name }) => {
    const found = differencesOf(ours.get(name) ?? {}, theirs.get(name) ?? {});
    const unknown = found.filter(({ path }) => !Object.hasOwn(differs, path));
    expect(unknown, 'differences that no reason is given for').toEqual([]);
    for (const { ours: mine, path } of found) expect(mine, path).toMatch(differs[path]?.ours ?? /(?!)/);
    const paths = new Set(found.map(({ path }) => path));
    expect(
      Object.keys(differs).filter((path) => !paths.has(path)),
      'reasons for differences that there are not',
    ).toEqual([]);
  });
});
