import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What `npm run package` made; the tests of packages run after it. */
export const unpacked = join(root, 'release', 'linux-unpacked');
export const program = join(unpacked, 'sallyport');
export const archive = join(unpacked, 'resources', 'app.asar');

/** Chromium's sandbox is not for root: a namespace in which root is somebody else lets it do its work. */
const asSomebody = ['--user', '--map-user=1000', '--map-group=1000'];
const isRoot = process.getuid?.() === 0;

/** Why the program cannot be started here; undefined where it can. */
export const cannotStart: string | undefined =
  process.platform !== 'linux'
    ? 'it is started on Linux only'
    : spawnSync('Xvfb', ['-version']).error !== undefined
      ? 'there is no Xvfb'
      : isRoot && spawnSync('unshare', [...asSomebody, 'true']).status !== 0
        ? 'root cannot be anybody else here'
        : undefined;

export type Started = {
  readonly process: ChildProcess;
  readonly home: string;
  /** Everything it said on both streams so far. */
  said(): string;
  /** Colours on its screen: one until something is drawn. */
  colors(): number;
  /** Resolves to its exit status, or undefined while it still runs after so many milliseconds. */
  ended(withinMs: number): Promise<number | undefined>;
  stop(): Promise<void>;
};

/** Starts the packaged program as a person would, on a screen of its own whose pixels can be read, in a home of its own. */
export async function startPackaged(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-package-'));
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-fbdir', home], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise<string>((resolve, reject) => {
    (screen.stdio[3] as Readable).once('data', (bytes: Buffer) => resolve(`:${bytes.toString('utf8').trim()}`));
    screen.once('error', reject);
  });
  const line = isRoot ? ['unshare', ...asSomebody, program, ...args] : [program, ...args];
  const app = spawn(line[0] ?? program, [...line.slice(1), '--disable-gpu'], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), DISPLAY: display, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString('utf8')));
  const gone = new Promise<number>((resolve) => app.once('exit', (status) => resolve(status ?? -1)));
  return {
    process: app,
    home,
    said: () => said,
    colors: () => colorsOn(join(home, 'Xvfb_screen0')),
    ended: (withinMs) =>
      Promise.race([gone, new Promise<undefined>((resolve) => setTimeout(resolve, withinMs, undefined))]),
    stop: async () => {
      app.kill('SIGTERM');
      const ended = await Promise.race([
        gone,
        new Promise<undefined>((resolve) => setTimeout(resolve, 5000, undefined)),
      ]);
      if (ended === undefined) app.kill('SIGKILL');
      await gone;
      screen.kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** An X window dump: a head whose length stands first, then a table of colours, then 32 bits for each pixel. */
function colorsOn(path: string): number {
  if (!existsSync(path)) return 0;
  const dump = readFileSync(path);
  const tableEntryBytes = 12;
  const start = dump.readUInt32BE(0) + dump.readUInt32BE(76) * tableEntryBytes;
  const seen = new Set<number>();
  for (let at = start; at + 4 <= dump.length; at += 4 * 13) seen.add(dump.readUInt32LE(at));
  return seen.size;
}

/** Whether anybody listens there. */
export async function isOpen(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
