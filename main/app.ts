import { join } from 'node:path';
import { app, nativeTheme, protocol, session } from 'electron';
import { writePageStart, type PageStart } from '../core/domain/page-start';
import type { Answers } from './ipc/answers';
import { openDoors } from './ipc/register';
import { ArrivedFile } from './onboarding/arrived-file';
import type { Clock } from './platform/clock';
import { whyReadOnly } from './platform/data-folder';
import { FileLogger } from './platform/logger';
import { isTrustedSender } from './security/ipc-sender';
import { lockDownBeforeReady, lockDownSession, openPageSession, pagePartition } from './security/lock-down';
import type { Services } from './services';
import type { Settings } from './settings';
import { glanceAtSettings } from './settings-glance';
import { takeArrivals } from './shell/arrivals';
import { paintFrame } from './shell/main-window';
import { setMenu } from './shell/menu';
import { shareNetworkService } from './shell/network-service';
import type { StoredDocument } from './store/document';
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

/** Milliseconds after the page was loaded, until what answers it is read without being asked. */
const longestUnasked = 1000;

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
  shareNetworkService(app.commandLine);
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
  openPageSession(pageSession, join(distribution, 'renderer'), app.isPackaged, refused);

  const glance = glanceAtSettings(userData);
  let settings: StoredDocument<Settings> | undefined;
  const pageWindow = new PageWindow({
    look: () => ({
      preload: join(distribution, 'preload', 'index.cjs'),
      packaged: app.isPackaged,
      platform: process.platform,
      dark: nativeTheme.shouldUseDarkColors,
    }),
    start: () => (settings === undefined ? glance.start : pageStartOf(settings.read())),
  });
  nativeTheme.themeSource = glance.start.theme;
  nativeTheme.on('updated', () => {
    const window = pageWindow.current;
    if (window !== undefined) paintFrame(window, nativeTheme.shouldUseDarkColors);
  });
  const isHidden = !isWanted && glance.isHidden;
  const window = pageWindow.open({ hidden: isHidden });
  // In the same turn, so that nothing was loaded in it: nothing of ours ever is.
  lockDownSession(session.defaultSession, app.isPackaged, refused);
  show = () => pageWindow.current?.show();
  const settled = new Promise<void>((resolve) => window.webContents.once('did-stop-loading', resolve));

  let started: Promise<Answers> | undefined;
  const start = async (): Promise<Answers> => {
    const [{ openSettings }, { startServices }] = await Promise.all([import('./open-settings'), import('./services')]);
    settings = openSettings({ directory: userData, now: () => clock.now() });
    nativeTheme.themeSource = settings.read().theme;
    // the file was not as it was taken for: mended, or of another version
    if (writePageStart(pageStartOf(settings.read())) !== writePageStart(glance.start)) pageWindow.load();
    services = startServices({ ...ports, arrived, logger, pageWindow, readOnly, settings });
    show = services.show;
    return services.answers;
  };
  const answers = () => (started ??= start());
  openDoors(answers, (frame) => {
    const current = pageWindow.current;
    return isTrustedSender(frame, current === undefined ? [] : [current.webContents.mainFrame]);
  });
  // Reading all the rest keeps this thread busy, and the window would be drawn later: the page asks first when it stands. A page
  // that nobody sees asks nothing, and one that could not be loaded neither.
  await settled;
  if (!isHidden) await clock.wait(longestUnasked);
  await answers();
}

function pageStartOf({ theme, workspace }: Settings): PageStart {
  return { theme, ...(workspace === undefined ? {} : { workspace }) };
}
