import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ConsoleMessage, type ElectronApplication, type Page } from 'playwright';

/** The project's folder: the nearest one above with a lockfile. This module also runs bundled, from dist/tour. */
export const root = projectFolder(dirname(fileURLToPath(import.meta.url)));

function projectFolder(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : projectFolder(dirname(folder));
}

/** What main of the copy under test says on standard error when something is wrong (main.ts, no-network.ts). */
const marker = 'sallyport-test: ';

export type LaunchOptions = {
  /** The person's home: `.aws` is looked for here, and everything the app keeps comes under it. */
  readonly home: string;
  /** False: as on a machine without a desktop, with no session bus and so no keychain. */
  readonly keychain?: boolean;
  /** True: what the app keeps is on a disk that it may read only. */
  readonly readOnly?: boolean;
  /** More of the environment; `undefined` takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The app's folder: the copy under test, unless something else is to be started the same way. */
  readonly folder?: string;
  /** Arguments after the folder. */
  readonly args?: readonly string[];
};

export type AppProcess = {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  readonly userData: string;
  /** Everything that should not have happened so far, in words. */
  readonly problems: string[];
  /** Lets time pass in main, and tells the window so. Milliseconds. */
  skip(milliseconds: number): Promise<void>;
  close(): Promise<void>;
};

/** Where the app keeps its things when its home is `home`, on Linux. */
export function userDataIn(home: string): string {
  return join(home, '.config', 'Sallyport');
}

/** Starts the real app as a person would, in a home of its own. Reusing a home is starting the app again. */
export async function launchApp(options: LaunchOptions): Promise<AppProcess> {
  const { home, keychain = true, environment = {}, folder = join(root, 'dist', 'test-main'), args = [] } = options;
  const { readOnly = false } = options;
  mkdirSync(readOnly ? userDataIn(home) : home, { recursive: true });
  const app = await _electron.launch({
    executablePath: readOnly ? readOnlyProgram : electronProgram(),
    // A virtual display has no GPU: without the switch Chromium tries one, crashes it, and now and then hangs on it.
    args: [noNames, '--disable-gpu', folder, ...args],
    env: environmentOf(home, keychain, { ...environment, ...(readOnly && { SALLYPORT_READ_ONLY: userDataIn(home) }) }),
    timeout: 30_000,
  });
  const problems: string[] = [];
  app.process().stderr?.on('data', (bytes: Buffer) => {
    for (const line of bytes.toString('utf8').split('\n')) {
      if (line.startsWith(marker)) problems.push(line.slice(marker.length));
    }
  });
  const page = await app.firstWindow();
  watchPage(page, problems);
  // The window is there before what answers in it is read. While main is busy with that, V8 may collect what Playwright asks of
  // it and waits for (microsoft/playwright#33737).
  await page.locator('h1').first().waitFor({ state: 'attached' });
  return {
    app,
    page,
    home,
    userData: userDataIn(home),
    problems,
    skip: (milliseconds) =>
      app.evaluate((_electronModule, given) => {
        (globalThis as { sallyportSkip?: (milliseconds: number) => void }).sallyportSkip?.(given);
      }, milliseconds),
    close: () => app.close(),
  };
}

/** Starts Electron where the folder that `SALLYPORT_READ_ONLY` names cannot be written: root writes past mode bits. */
const readOnlyProgram = join(root, 'tests', 'e2e', 'support', 'read-only.sh');

/** The page's side of "no network": no name but this computer's own is ever found. */
const noNames = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

function electronProgram(): string {
  const program = process.env['SALLYPORT_ELECTRON'];
  if (program === undefined) throw new Error('SALLYPORT_ELECTRON is not set: run this through npm test');
  return program;
}

/** Starts the app without driving it and waits for its end, a minute at most. @returns its exit status */
export function runApp(options: LaunchOptions): Promise<number | null> {
  const { home, keychain = true, environment = {}, folder = join(root, 'dist', 'test-main'), args = [] } = options;
  // Chromium refuses to run as root inside its own sandbox.
  const switches = process.getuid?.() === 0 ? ['--no-sandbox', noNames] : [noNames];
  return new Promise((resolve, reject) => {
    const child = spawn(electronProgram(), [...switches, folder, ...args], {
      env: environmentOf(home, keychain, environment),
      stdio: 'ignore',
      timeout: 60_000,
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function watchPage(page: Page, problems: string[]): void {
  page.on('console', (message: ConsoleMessage) => {
    // Violations of the content security policy are console errors too; Electron warns of unsafe options.
    if (message.type() === 'error' || message.text().includes('Electron Security Warning')) {
      problems.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('crash', () => problems.push('the page crashed'));
}

function environmentOf(
  home: string,
  keychain: boolean,
  more: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const left: Record<string, string | undefined> = { ...process.env, HOME: home, ...more };
  const dropped = [
    'XDG_CONFIG_HOME',
    'XDG_CACHE_HOME',
    'XDG_DATA_HOME',
    'NODE_OPTIONS',
    'ELECTRON_RUN_AS_NODE',
    ...Object.keys(left).filter((name) => name.startsWith('AWS_') && !(name in more)),
  ];
  const environment = Object.fromEntries(
    Object.entries(left).filter(([name, value]) => value !== undefined && !dropped.includes(name)),
  ) as Record<string, string>;
  return keychain ? environment : { ...environment, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
}
