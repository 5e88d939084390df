import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, forksFolder, stopProgram } from './support';

const program = fileURLToPath(new URL('aws-forks.py', import.meta.url));

function run(name: string, ...parameters: readonly string[]): string {
  return execFileSync(name, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Of the CLI that `aws` is, where it is one that `python3` can read: version 1. */
function pythonOfCli(): string | undefined {
  try {
    const said = run('aws', '--version');
    const ask = 'import sys, socket, awscli; socket.recv_fds; print(awscli.__version__, sys.executable)';
    const [version = '', python] = run('python3', '-c', ask).trim().split(' ');
    return said.startsWith(`aws-cli/${version} `) ? python : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Puts an `aws` before the real one on the PATH of every test of peers that forks instead of starting anew: the same CLI in
 * a third of the time. Where the CLI is another one, or there is none, nothing is changed.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const python = pythonOfCli();
  if (python === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), forksFolder));
  const socket = join(folder, 'socket');
  // what the CLI settles by the home when it is read never leads into the person’s own
  const env = { ...cleanEnvironment(), HOME: folder };
  const server = spawn(python, [program, 'serve', socket], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const isReady = await new Promise<boolean>((resolve) => {
    createInterface({ input: server.stdout }).once('line', () => resolve(true));
    server.once('exit', () => resolve(false));
  });
  if (!isReady) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const aws = join(folder, 'aws');
  writeFileSync(aws, `#!/bin/sh\nexec '${python}' -S -E '${program}' call '${socket}' -- "$@"\n`);
  chmodSync(aws, 0o755);
  const { PATH: before = '' } = process.env;
  process.env['PATH'] = `${folder}${delimiter}${before}`;
  return async () => {
    process.env['PATH'] = before;
    await stopProgram(server);
    rmSync(folder, { recursive: true });
  };
}
