import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { computerNow } from '../platform/computer-time';
import { createSandbox, type SandboxIdentity } from './sandbox';
import { scenarioNames } from './scenario-catalog';
import { readScenario, readState, readTrouble, writeState, type SavedState } from './saved-state';
import { serveSandbox } from './server';

const usage = `npm run sandbox [-- OPTIONS]: the practice sandbox on loopback, for the AWS CLI and any SDK

  --port N         where it listens; any free port without it
  --region R       the Region in the line it prints (us-east-1)
  --scenario S     what it begins with: a file of JSON, or one of
                   ${scenarioNames.join('\n                   ')}
  --state FILE     goes on from this file if it is there, and keeps every change in it
  --trouble JSON   what goes wrong, instead of the scenario's own: '{"throttling":0.5,"seed":7}'

It prints one line of JSON (endpoint, region, who there is to be) and serves until it is stopped.
`;

type Arguments = {
  readonly port: number;
  readonly region: string;
  readonly scenario: string | undefined;
  readonly state: string | undefined;
  readonly trouble: string | undefined;
};

function readArguments(): Arguments | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { port: text, region: text, scenario: text, state: text, trouble: text, help: { type: 'boolean' } },
    strict: true,
  });
  if (values.help === true) return 'help';
  const { port = '0', region = 'us-east-1', scenario, state, trouble } = values;
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not “${port}”`);
  if (!/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/.test(region))
    throw new Error(`--region takes a region’s name such as eu-west-1, not “${region}”`);
  return { port: Number(port), region, scenario, state, trouble };
}

function shown({
  accountId,
  arn,
  accessKeyId,
  secretAccessKey,
}: SandboxIdentity): Omit<SandboxIdentity, 'accountName'> {
  return { accountId, arn, accessKeyId, secretAccessKey };
}

async function main(): Promise<number> {
  let given: Arguments | 'help';
  let saved: SavedState | undefined;
  let sandbox;
  try {
    given = readArguments();
    if (given === 'help') {
      process.stdout.write(usage);
      return 0;
    }
    const { state: stateFile, trouble } = given;
    const scenario = given.scenario === undefined ? undefined : await readScenario(given.scenario);
    saved = stateFile === undefined ? undefined : readState(stateFile);
    const signingKey = saved?.signingKey ?? randomBytes(32);
    sandbox = createSandbox({
      clock: { now: computerNow, offset: () => undefined },
      signingKey,
      ...(scenario === undefined ? {} : { scenario }),
      ...(saved === undefined ? {} : { snapshot: saved.snapshot }),
      ...(trouble === undefined ? {} : { trouble: readTrouble(trouble) }),
    });
    if (stateFile !== undefined) {
      const made = sandbox;
      const save = (): void => {
        writeState(stateFile, { signingKey, snapshot: made.snapshot() });
      };
      save();
      made.onChange(save);
    }
  } catch (error) {
    process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  let server;
  try {
    server = await serveSandbox(sandbox, given.port);
  } catch (error) {
    process.stderr.write(
      `sandbox: cannot listen on port ${String(given.port)}: ${error instanceof Error ? error.message : ''}\n`,
    );
    return 1;
  }
  const { deployer, owner, management } = sandbox.identities;
  const line = {
    endpoint: server.endpoint,
    region: given.region,
    identities: { deployer: shown(deployer), owner: shown(owner), management: shown(management) },
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
  await server.close();
  return 0;
}

process.exitCode = await main();
