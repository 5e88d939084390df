/**
 * `npm run bench [-- --json FILE] [--rounds N] [--no-idle] [--no-windows] [--only scale]`: Sallyport beside a bare Electron window on the same runtime, in
 * alternating runs, and the sandbox beside the bare SDK. Figures of two machines, or of two runtimes, cannot be compared; the ratios can.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SystemClock } from '../../main/platform/system-clock';
import { memoryOf, processorSeconds, processTree } from './process-tree';
import { credentialProcessLines, measureCredentialProcess } from './credential-process';
import type { Frames } from './frames';
import { frameLines, scaleLines } from './list-lines';
import { median } from './median';
import { framesMark, interactiveMark, scaleMark } from './mark';
import type { Scale } from './scale';
import { healthLines, measureHealth } from './health';
import { measureSdk, sdkLines, type SdkFigures } from './sdk';
import { startDistantSandbox, type DistantSandbox } from './distant-sandbox';
import { storeCustomers, storeRecords, storeRenewing } from './stored-data';

const distribution = join(import.meta.dirname, '..');
/** Milliseconds after being interactive until memory is read: what start-up still needed is then given back. */
const settling = 3000;
/**
 * Milliseconds after being interactive until an idle window is watched. Ten seconds in, reviews are looked through once, and for
 * half a minute V8 collects what the start left, in main and in the page.
 */
const idleSettling = 40_000;
/** Milliseconds over which an idle window is watched. */
const idleWatch = 20_000;
/** Milliseconds over which sessions that renew themselves are watched: of 500, some ten come due in it. */
const renewingWatch = 60_000;

type Subject = {
  readonly name: string;
  readonly folder: string;
  readonly stored?: { readonly connections: number; readonly sessions: number };
  /** so many sessions that renew themselves, by an AWS in a process of its own, and the window hidden */
  readonly renewing?: { readonly count: number; readonly aws: DistantSandbox };
  readonly hidden?: boolean;
};

const bare: Subject = { name: 'bare window', folder: 'bench-bare' };
const empty: Subject = {
  name: 'Sallyport, nothing stored',
  folder: 'bench-app',
  stored: { connections: 0, sessions: 0 },
};
const full: Subject = {
  name: 'Sallyport, 1,000 connections',
  folder: 'bench-app',
  stored: { connections: 1000, sessions: 0 },
};
const countdowns: Subject = {
  name: 'Sallyport, 100 countdowns',
  folder: 'bench-app',
  stored: { connections: 100, sessions: 100 },
};

const hiddenBare: Subject = { ...bare, hidden: true };

type Running = {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly home: string;
  readonly startMs: number;
  stop(): Promise<void>;
};
type Sample = { startMs: number; pss: number; rss: number; processes: number };

/** As written by --json. Milliseconds, MB, percent of one core. */
type Figures = {
  readonly rounds: number;
  readonly start: Readonly<Record<'bareMs' | 'emptyMs' | 'thousandMs' | 'emptyRatio' | 'thousandRatio', number>>;
  readonly memory: Readonly<
    Record<
      | 'barePssMb'
      | 'emptyPssMb'
      | 'thousandPssMb'
      | 'emptyPssRatio'
      | 'thousandPssRatio'
      | 'bareRssMb'
      | 'emptyRssMb'
      | 'emptyRssRatio'
      | 'thousandRssRatio',
      number
    >
  >;
  readonly idle: Readonly<Record<'barePercent' | 'countdownsPercent' | 'abovePercent', number>>;
  readonly hidden: Readonly<Record<'barePercent' | 'renewingPercent' | 'abovePercent' | 'renewals', number>>;
};

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    'no-idle': { type: 'boolean' },
    'no-windows': { type: 'boolean' },
    only: { type: 'string' },
  },
});
const rounds = Math.max(1, Number(values.rounds) || 1);

async function start(subject: Subject): Promise<Running> {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const { renewing } = subject;
  const userData = join(home, '.config', 'Sallyport');
  if (renewing !== undefined) storeRenewing(home, userData, renewing.count, renewing.aws.deployer, Date.now());
  if (subject.stored) storeRecords(userData, subject.stored, Date.now());
  const switches = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const begun = performance.now();
  const child = spawn(process.env['SALLYPORT_ELECTRON'] ?? '', [...switches, join(distribution, subject.folder)], {
    env: {
      ...{ ...process.env, HOME: home, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '' },
      ...(subject.hidden === true ? { SALLYPORT_BENCH_HIDE: '1' } : {}),
      ...(renewing === undefined ? {} : { SALLYPORT_BENCH_ENDPOINT: renewing.aws.endpoint }),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = child.pid;
  const stdout = child.stdout;
  if (pid === undefined) throw new Error('Electron could not be started');
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const startMs = await new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${subject.name} did not become interactive`)), 60_000);
    stdout.on('data', (bytes: Buffer) => {
      if (!bytes.toString('utf8').includes(interactiveMark)) return;
      clearTimeout(timer);
      resolve(performance.now() - begun);
    });
  });
  return {
    child,
    pid,
    home,
    startMs,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** How many renewals stand in the audit log of the AWS workspace. */
function renewalsIn(home: string): number {
  const log = join(home, '.config', 'Sallyport', 'aws', 'audit.jsonl');
  return existsSync(log) ? readFileSync(log, 'utf8').split('"session.renewed"').length - 1 : 0;
}

async function sample(subject: Subject): Promise<Sample> {
  const running = await start(subject);
  await pause(settling);
  const tree = processTree(running.pid);
  const { pss, rss } = memoryOf(tree);
  await running.stop();
  return { startMs: running.startMs, pss, rss, processes: tree.length };
}

/** Percent of one core that a window uses with nobody at it. */
async function idle(subject: Subject, watchMs = idleWatch): Promise<number> {
  return (await watch(subject, idleSettling, watchMs)).percent;
}

/** `renewals` are those in the time watched. */
async function watch(
  subject: Subject,
  settleMs: number,
  watchMs: number,
): Promise<{ readonly percent: number; readonly renewals: number }> {
  const running = await start(subject);
  await pause(settleMs);
  const tree = processTree(running.pid);
  const earlier = renewalsIn(running.home);
  const before = processorSeconds(tree);
  const begun = performance.now();
  await pause(watchMs);
  const used = processorSeconds(tree) - before;
  const elapsed = (performance.now() - begun) / 1000;
  const renewals = renewalsIn(running.home) - earlier;
  await running.stop();
  return { percent: (used / elapsed) * 100, renewals };
}

/** Sessions that renew themselves under a hidden window, by an AWS in a process of its own, which is not counted. */
async function watchRenewing(): Promise<{ readonly percent: number; readonly renewals: number }> {
  const aws = await startDistantSandbox('thousand-accounts', 0, new SystemClock());
  const subject: Subject = {
    ...{ name: 'Sallyport, 500 renewing', folder: 'bench-app', hidden: true, renewing: { count: 500, aws } },
  };
  // what is due already when it starts is renewed in the first seconds, and is not what an hour of it costs
  const watched = await watch(subject, idleSettling, renewingWatch);
  aws.stop();
  if (watched.renewals === 0) throw new Error('No session was renewed');
  return watched;
}

/** What the app says of itself after `mark`, over what `store` wrote for it. */
async function told<T>(what: 'frames' | 'scale', mark: string, store: (userData: string) => void): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  store(join(home, '.config', 'Sallyport'));
  const switches = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const child = spawn(process.env['SALLYPORT_ELECTRON'] ?? '', [...switches, join(distribution, 'bench-app')], {
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '', SALLYPORT_BENCH_WATCH: what },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const answer = await new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The app did not say its ${what}`)), 180_000);
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const line = said.split('\n').find((one, index, all) => one.startsWith(mark) && index < all.length - 1);
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(JSON.parse(line.slice(mark.length)) as T);
    });
  });
  child.kill('SIGTERM');
  await ended;
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return answer;
}

/** The window's frames while it tests 997 connections in practice, whose sandbox is on the same processor. */
function framesOfRound(): Promise<Frames> {
  return told('frames', framesMark, (userData) => storeCustomers(userData, Date.now()));
}

/** A list of ten thousand connections, and what it costs to write one of them. */
function scaleOfList(): Promise<Scale> {
  return told('scale', scaleMark, (userData) =>
    storeRecords(userData, { connections: 10_000, sessions: 0 }, Date.now()),
  );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function measureWindows(): Promise<Figures> {
  const subjects = [bare, empty, full];
  const samples = new Map<Subject, Sample[]>(subjects.map((subject) => [subject, []]));
  // One round that is not counted: the first start reads everything from the disk.
  for (const subject of subjects) await sample(subject);
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of subjects) samples.get(subject)?.push(await sample(subject));
  }
  const idleSamples = new Map<Subject, number[]>([
    [bare, []],
    [countdowns, []],
  ]);
  const idleRounds = values['no-idle'] === true ? 0 : Math.min(rounds, 3);
  for (let round = 0; round < idleRounds; round += 1) {
    for (const [subject, percents] of idleSamples) percents.push(await idle(subject));
  }
  const isWatched = values['no-idle'] !== true;
  const hiddenBarePercent = isWatched ? await idle(hiddenBare, renewingWatch) : 0;
  const renewing = isWatched ? await watchRenewing() : { percent: 0, renewals: 0 };
  const middle = (subject: Subject, key: keyof Sample): number =>
    median((samples.get(subject) ?? []).map((one) => one[key]));
  return {
    rounds,
    start: {
      bareMs: middle(bare, 'startMs'),
      emptyMs: middle(empty, 'startMs'),
      thousandMs: middle(full, 'startMs'),
      emptyRatio: middle(empty, 'startMs') / middle(bare, 'startMs'),
      thousandRatio: middle(full, 'startMs') / middle(bare, 'startMs'),
    },
    memory: {
      barePssMb: middle(bare, 'pss'),
      emptyPssMb: middle(empty, 'pss'),
      thousandPssMb: middle(full, 'pss'),
      emptyPssRatio: middle(empty, 'pss') / middle(bare, 'pss'),
      thousandPssRatio: middle(full, 'pss') / middle(bare, 'pss'),
      bareRssMb: middle(bare, 'rss'),
      emptyRssMb: middle(empty, 'rss'),
      emptyRssRatio: middle(empty, 'rss') / middle(bare, 'rss'),
      thousandRssRatio: middle(full, 'rss') / middle(bare, 'rss'),
    },
    idle: {
      barePercent: median(idleSamples.get(bare) ?? []),
      countdownsPercent: median(idleSamples.get(countdowns) ?? []),
      abovePercent: median(idleSamples.get(countdowns) ?? []) - median(idleSamples.get(bare) ?? []),
    },
    hidden: {
      barePercent: hiddenBarePercent,
      renewingPercent: renewing.percent,
      abovePercent: renewing.percent - hiddenBarePercent,
      renewals: renewing.renewals,
    },
  };
}

async function main(): Promise<void> {
  if (values.only === 'scale') {
    print(scaleLines(await scaleOfList()));
    return;
  }
  const sdk: SdkFigures = await measureSdk();
  print(sdkLines(sdk));
  const credentialProcess = await measureCredentialProcess(process.env['SALLYPORT_ELECTRON'] ?? '');
  print(credentialProcessLines(credentialProcess));
  const health = await measureHealth();
  print(healthLines(health));
  const windows = values['no-windows'] === true ? undefined : await measureWindows();
  if (windows !== undefined) print(windowLines(windows));
  const frames = values['no-windows'] === true ? undefined : await framesOfRound();
  if (frames !== undefined) print(frameLines(frames));
  const scale = values['no-windows'] === true ? undefined : await scaleOfList();
  if (scale !== undefined) print(scaleLines(scale));
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ ...windows, sdk, credentialProcess, health, frames, scale }, undefined, 2)}\n`,
    );
}

function windowLines({ start: started, memory, idle: idled, hidden }: Figures): readonly (readonly string[])[] {
  const ms = (value: number): string => `${Math.round(value)} ms`;
  const mb = (value: number): string => `${Math.round(value)} MB`;
  const times = (value: number): string => `${value.toFixed(2)}×`;
  const percent = (value: number): string => `${value.toFixed(2)} %`;
  return [
    ['', 'bare', 'Sallyport', 'ratio'],
    ['start, nothing stored', ms(started.bareMs), ms(started.emptyMs), times(started.emptyRatio)],
    ['start, 1,000 connections', ms(started.bareMs), ms(started.thousandMs), times(started.thousandRatio)],
    ['memory (PSS), nothing stored', mb(memory.barePssMb), mb(memory.emptyPssMb), times(memory.emptyPssRatio)],
    ['memory (PSS), 1,000 connections', mb(memory.barePssMb), mb(memory.thousandPssMb), times(memory.thousandPssRatio)],
    ['memory (RSS), nothing stored', mb(memory.bareRssMb), mb(memory.emptyRssMb), times(memory.emptyRssRatio)],
    [
      'idle over 20 s, 100 countdowns',
      percent(idled.barePercent),
      percent(idled.countdownsPercent),
      `+${percent(idled.abovePercent)}`,
    ],
    [
      `hidden for 60 s, 500 renewing (${hidden.renewals} did)`,
      percent(hidden.barePercent),
      percent(hidden.renewingPercent),
      `+${percent(hidden.abovePercent)}`,
    ],
  ];
}

function print(lines: readonly (readonly string[])[]): void {
  for (const [name = '', ...columns] of lines) {
    process.stdout.write(`${name.padEnd(34)}${columns.map((column) => column.padStart(12)).join('')}\n`);
  }
}

if (process.platform === 'linux') await main();
else process.stderr.write('The bench reads /proc, so it runs on Linux only.\n');
