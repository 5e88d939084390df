import { join } from 'node:path';
import { app } from 'electron';
import { readCredentialProcess } from './handoff/credential-process-arguments';
import { SystemClock } from './platform/system-clock';
import { asksForDebugging } from './security/remote-debugging';

const clock = new SystemClock();
const asked = readCredentialProcess(process.argv);

// Electron becomes ready only after this module has been evaluated: whoever only answers a tool is gone before that
if (app.isPackaged && asksForDebugging(app.commandLine)) {
  process.stderr.write('Sallyport does not start with remote debugging.\n');
  app.exit(1);
} else if (asked === undefined) {
  const { startApp } = await import('./app');
  void startApp({ clock, distribution: join(import.meta.dirname, '..') });
} else {
  const { handOut } = await import('./handoff/hand-out');
  app.exit(await handOut(asked.id, { userData: app.getPath('userData'), clock, version: app.getVersion() }));
}
