import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { computerNow } from '../platform/computer-time';
import { createSandbox, type SandboxIdentity } from './sandbox';
import { serveSandbox } from './server';

/**
 * `npm run sandbox [-- --port N] [--region R]`: the practice sandbox on loopback for the AWS CLI and any SDK. Prints
 * one line of JSON and serves until it is stopped. Its state and keys live as long as the process.
 */
function readArguments(): { readonly port: number; readonly region: string } | string {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, region: { type: 'string' } }, strict: true });
    const port = values.port ?? '0';
    const region = values.region ?? 'us-east-1';
    if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535)
      return `--port takes a number from 0 to 65535, not “${port}”`;
    if (!/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/.test(region))
      return `--region takes a region’s name such as eu-west-1, not “${region}”`;
    return { port: Number(port), region };
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown argument';
  }
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
  const given = readArguments();
  if (typeof given === 'string') {
    process.stderr.write(`sandbox: ${given}\n`);
    return 2;
  }
  const sandbox = createSandbox({ clock: { now: computerNow, offset: () => undefined }, signingKey: randomBytes(32) });
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
