import { spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';

/**
 * A display without a screen for one worker: apps on one display share its clipboard and take the focus from each other.
 * Undefined where none can be started; then the apps use the display that is there.
 */
export async function startDisplay(): Promise<{ readonly name: string; stop(): void } | undefined> {
  if (process.platform !== 'linux' || spawnSync('Xvfb', ['-version']).error !== undefined) return undefined;
  // It chooses a free number itself, and says it on the fourth stream once it takes connections.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    (server.stdio[3] as Readable).once('data', (bytes: Buffer) => resolve(bytes.toString('utf8').trim()));
    server.once('error', reject);
    server.once('exit', (status) => reject(new Error(`Xvfb ended with ${String(status)}`)));
  });
  return { name: `:${number}`, stop: () => server.kill() };
}
