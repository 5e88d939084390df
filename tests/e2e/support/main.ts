import { join } from 'node:path';
import { app, powerMonitor } from 'electron';
import { readCredentialProcess } from '../../../main/handoff/credential-process-arguments';
import { publishPlaceSchema } from '../../../main/updates/announcement';
import { keychainServiceIn } from '../../support/keychain-service';
import { canDieAtWrite } from './dying';
import { denyNetwork } from './no-network';
import { ShiftedClock } from './shifted-clock';

/**
 * The app under test: the real one, with a clock that can be moved on and a name of its own in the keychain, cut off
 * from the network, and saying on standard error what a person would never see.
 */
export const bugMarker = 'sallyport-test: bug';

declare global {
  /** For `evaluate` from a test: lets time pass for main, as after a sleep of the computer. Milliseconds. */
  var sallyportSkip: ((milliseconds: number) => void) | undefined;
  /** Called by Playwright when it is connected. Its own loader, which would wait for that, needs a stock Electron. */
  var __playwright_run: (() => void) | undefined;
}

/** A window that opens while Playwright is still connecting is one that it may wait for in vain. */
function waitForDriver(): void {
  const connected = new Promise<void>((resolve) => {
    globalThis.__playwright_run = resolve;
  });
  const whenReady = app.whenReady.bind(app);
  app.whenReady = async () => {
    await whenReady();
    await connected;
  };
}

const clock = new ShiftedClock();
globalThis.sallyportSkip = (milliseconds) => {
  clock.skip(milliseconds);
  powerMonitor.emit('resume');
};

const report = (error: unknown): void => {
  process.stderr.write(`${bugMarker} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};
process.on('uncaughtException', report);
process.on('unhandledRejection', report);

denyNetwork();
canDieAtWrite(Number(process.env['SALLYPORT_TEST_DIE_AT'] ?? 0));
// Copies under test run side by side and share a keyring: each home has its own corner of it.
const keychainService = keychainServiceIn(app.getPath('home'));
const asked = readCredentialProcess(process.argv);
if (asked !== undefined) {
  const { handOut } = await import('../../../main/handoff/hand-out');
  const own = { userData: app.getPath('userData'), clock, version: app.getVersion(), keychainService };
  app.exit(await handOut(asked.id, own));
} else {
  if (process.argv.some((argument) => argument.startsWith('--remote-debugging-port'))) waitForDriver();
  const { startApp } = await import('../../../main/app');
  const awsEndpoint = process.env['SALLYPORT_TEST_AWS'];
  const updates = process.env['SALLYPORT_TEST_UPDATES'];
  startApp({
    clock,
    distribution: join(import.meta.dirname, '..'),
    keychainService,
    ...(awsEndpoint === undefined ? {} : { awsEndpoint }),
    ...(updates === undefined ? {} : { publishPlace: publishPlaceSchema.parse(JSON.parse(updates)) }),
  }).catch(report);
}
