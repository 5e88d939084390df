import { join } from 'node:path';
import { app, nativeTheme, protocol, session } from 'electron';
import { desktopAtFirst } from '../core/contract/desktop';
import { openDoors } from './ipc/register';
import { ArrivedFile } from './onboarding/arrived-file';
import type { Clock } from './platform/clock';
import { whyReadOnly } from './platform/data-folder';
import { FileLogger } from './platform/logger';
import { prepareAnswers } from './security/app-protocol';
import { isTrustedSender } from './security/ipc-sender';
import { lockDownBeforeReady, lockDownSession, openPageSession, pagePartition } from './security/lock-down';
import type { Services } from './services';
import { openSettings } from './open-settings';
import { takeArrivals } from './shell/arrivals';
import { startsHidden } from './shell/desktop';
import { paintFrame } from './shell/main-window';
import { setMenu } from './shell/menu';
import type { PublishPlace } from './updates/announcement';
import { PageWindow } from './shell/page-window';

export type AppPorts = {
  /** The folder of the built parts, absolute: what is loaded from it does not hang on how main is bundled. */
  readonly distribution: string;
  readonly clock: Clock;
  /** another name in the keychain, where several copies of the app share one, as under test */
  readonly keychainService?: string;
  /** where AWS is, in place of its own addresses, as under test */
  readonly awsEndpoint?: string;
  /** where updates come from, in place of what was packed, as under test */
  readonly publishPlace?: PublishPlace;
};

/**
 * The app, whole: lock-down before `ready`, then the window and the doors to it, then what answers there. Tests start the same
 * function with another clock. Everything up to the first `await` runs before Electron is ready.
 */
export async function startApp(ports: AppPorts): Promise<void> {
  const { clock, distribution } = ports;
  const userData = app.getPath('userData');
  const logger = new FileLogger({ directory: join(userData, 'logs'), now: () => clock.now() });
  const refused = (what: string, detail: string) => logger.log('warn', `refused.${what}`, { detail });
  process.on('uncaughtException', (error) =>
    logger.log('error', 'bug.uncaught', { message: error.stack ?? error.message }),
  );
  process.on('unhandledRejection', (reason) => logger.log('error', 'bug.unhandled', { message: String(reason) }));
  lockDownBeforeReady(app, protocol, refused);
  let services: Services | undefined;
  // until there are services the window's first question finds what arrived
  const arrived = new ArrivedFile(() => services?.tellWindow());
  // wanted before there is a window: then it is not made hidden
  let isWanted = false as boolean;
  let show = (): void => {
    isWanted = true;
  };
  const readOnly = whyReadOnly(userData);
  if (!takeArrivals(app, arrived, () => show(), readOnly !== undefined)) {
    app.quit();
    return;
  }
  await app.whenReady();
  // before the window: Electron's own menu has developer tools in it
  setMenu(process.platform, { openFile: () => services?.openFile() });

  const pageSession = session.fromPartition(pagePartition);
  const hasScript = openPageSession(pageSession, join(distribution, 'renderer'), app.isPackaged, refused);

  const settings = openSettings({ directory: userData, now: () => clock.now() });
  const pageWindow = new PageWindow(() => ({
    preload: join(distribution, 'preload', 'index.cjs'),
    packaged: app.isPackaged,
    platform: process.platform,
    theme: settings.read().theme,
    dark: nativeTheme.shouldUseDarkColors,
  }));
  nativeTheme.themeSource = settings.read().theme;
  nativeTheme.on('updated', () => {
    const window = pageWindow.current;
    if (window !== undefined) paintFrame(window, nativeTheme.shouldUseDarkColors);
  });
  const window = pageWindow.open({ hidden: !isWanted && startsHidden(settings.read().desktop ?? desktopAtFirst) });
  // In the same turn, so that nothing was loaded in it: nothing of ours ever is.
  lockDownSession(session.defaultSession, app.isPackaged, refused);
  show = () => pageWindow.current?.show();
  const settled = new Promise<void>((resolve) => window.webContents.once('did-stop-loading', resolve));
  // While the page's process is made there is nothing else to do.
  prepareAnswers();

  // Reading all the rest keeps this thread busy: the page gets its script first, and reads it meanwhile. A page that could
  // not be loaded keeps nothing waiting.
  const started = Promise.race([hasScript, settled]).then(async () => {
    const { startServices } = await import('./services');
    services = startServices({ ...ports, arrived, logger, pageWindow, readOnly, settings });
    show = services.show;
    return services.answers;
  });
  openDoors(started, (frame) => {
    const current = pageWindow.current;
    return isTrustedSender(frame, current === undefined ? [] : [current.webContents.mainFrame]);
  });
  await started;
}
