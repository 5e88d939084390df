import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Runs a program to its end, in the clone, with our own standard streams.
 * @returns its exit status; 128 + signal number, as a shell says it, when a signal ended it; 127 when it cannot be started.
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const finish = (status) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(status);
    };
    child.on('error', () => finish(127));
    child.on('close', (status, signal) => finish(signal ? 128 + (signalNumbers[signal] ?? 0) : (status ?? 1)));
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15, SIGABRT: 6, SIGTRAP: 5 };

/** Runs npm with the Node that runs us, whether or not npm started us. */
export function npm(args, options = {}) {
  const ownPath = process.env.npm_execpath;
  return ownPath && /npm-cli\.(c|m)?js$/.test(ownPath)
    ? run(process.execPath, [ownPath, ...args], options)
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
        ...options,
        shell: process.platform === 'win32',
      });
}

/** Standard output of a program that ends by itself, or `undefined` when it failed or is not there. */
export function output(program, args) {
  const result = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? result.stdout : undefined;
}

/** The full path of a program on PATH, or `undefined`. */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const candidate = join(folder, program);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}
