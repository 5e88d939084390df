import { app, shell } from 'electron';
import { arch, release } from 'node:os';
import type { DiagnosticFacts } from '../diagnostics/report';
import { readFuses } from '../diagnostics/fuses';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';

type Surroundings = Pick<
  DiagnosticFacts,
  | 'versions'
  | 'platform'
  | 'architecture'
  | 'release'
  | 'isPackaged'
  | 'isSandboxed'
  | 'fuses'
  | 'runningFor'
  | 'memory'
  | 'version'
>;

/** What is known of the program and of the computer it runs on, without whose they are. */
export async function lookAround(): Promise<Surroundings> {
  const { chrome, electron, node, v8 } = process.versions;
  return {
    version: app.getVersion(),
    versions: { chrome, electron, node, v8 },
    platform: process.platform,
    architecture: arch(),
    release: release().slice(0, 60),
    isPackaged: app.isPackaged,
    isSandboxed: !app.commandLine.hasSwitch('no-sandbox'),
    fuses: await readFuses(process.execPath),
    runningFor: process.uptime(),
    memory: process.memoryUsage().rss,
  };
}

/** Shows the app's own folder in the system's file manager. SECURITY(S-14): no path comes from the page. */
export async function openDataFolder(): Promise<Result<void>> {
  const problem = await shell.openPath(app.getPath('userData'));
  if (problem === '') return ok(undefined);
  return err(
    appError('not-possible', 'The folder could not be shown.', {
      whatToDo: 'Copy its path, and open it by hand.',
      detail: problem.slice(0, 400),
    }),
  );
}
