import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Real programs that nobody here wrote. One that is missing is skipped, with a line that can be counted. */
export type Peer = { readonly present: true } | { readonly present: false; readonly reason: string };

export type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end. Never rejects: a program that is missing has status 127. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...parameters],
      { env: { ...cleanEnvironment(), ...options.env }, timeout: 90_000, maxBuffer: 8_388_608 },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
        resolve({ status, stdout, stderr });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** How the folder begins that holds the `aws` that forks (aws-forks.ts). */
export const forksFolder = 'sallyport-aws-';

/** The PATH on which `aws` starts anew: for what the CLI settles when it starts, such as where its cache is. */
export function pathAnew(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !folder.includes(forksFolder)).join(delimiter);
}

/** Without whatever AWS settings the person running the tests has. */
export function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(entries.filter(([name]) => !/^AWS_|_PROXY$/i.test(name))),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    NO_PROXY: '127.0.0.1',
  };
}

/** Whether a program is there and works, by a call that costs little. */
export async function findPeer(
  name: string,
  program: string,
  parameters: readonly string[],
  reason: string,
): Promise<Peer> {
  const outcome = await runProgram(program, parameters);
  if (outcome.status === 0) return { present: true };
  process.stdout.write(`SKIPPED PEER: ${name}: ${reason}\n`);
  return { present: false, reason };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

/** A program that goes on running, until it is stopped by its own handle. */
export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  child.kill('SIGTERM');
  await ended;
}

export type ServedIdentity = {
  readonly accountId: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

export type ServedSandbox = {
  readonly endpoint: string;
  readonly region: string;
  readonly identities: Readonly<Record<'deployer' | 'owner' | 'management', ServedIdentity>>;
  /** The environment in which a peer is this identity. */
  environmentOf(credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }): Record<string, string>;
  stop(): Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run sandbox`, as a person starts it: the one line it prints is all that is known of it. */
export async function startServedSandbox(...more: readonly string[]): Promise<ServedSandbox> {
  const child = spawn(
    process.execPath,
    [join(root, 'scripts', 'sandbox.mjs'), '--port', '0', '--region', 'eu-west-1', ...more],
    {
      cwd: root,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`the sandbox ended with ${String(code)}`));
    });
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (text.startsWith('{')) resolve(text);
    });
  });
  // What is printed is checked by the tests themselves, field by field.
  const printed = JSON.parse(line) as Pick<ServedSandbox, 'endpoint' | 'region' | 'identities'>;
  return {
    ...printed,
    environmentOf: ({ accessKeyId, secretAccessKey, sessionToken }) => ({
      AWS_ENDPOINT_URL: printed.endpoint,
      AWS_DEFAULT_REGION: printed.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    }),
    stop: () => stopProgram(child),
  };
}

export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'sallyport-peer-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
