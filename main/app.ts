import { join } from 'node:path';
import {
  app,
  clipboard,
  dialog,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
  type BrowserWindow,
} from 'electron';
import type { Theme } from '../core/contract/app';
import { desktopAtFirst } from '../core/contract/desktop';
import { workspaceSchema } from '../core/domain/limits';
import { networkAsFound } from '../core/domain/network';
import { troubleWords } from '../core/domain/practice-trouble';
import { ok, type Result } from '../core/result';
import { AppState, type Settings } from './app-state';
import { createAws } from './aws/create-aws';
import { Network } from './aws/network';
import { SecretClipboard } from './handoff/secret-clipboard';
import { lockKeychain } from './handoff/session-lock';
import { makeHandlers } from './ipc/handlers';
import { WindowPublisher } from './ipc/publisher';
import { registerCalls } from './ipc/register';
import type { Clock } from './platform/clock';
import { ArrivedFile } from './onboarding/arrived-file';
import { lookAtData } from './platform/data-folder';
import { FileLogger } from './platform/logger';
import { onTimeMayHavePassed } from './platform/power';
import { DesktopControl } from './desktop-control';
import { Failures } from './diagnostics/failures';
import { NetworkControl } from './network-control';
import { Practice } from './practice';
import { PracticeControl } from './practice-control';
import { KeychainSecretStore } from './secrets/keychain-secret-store';
import { KeytarKeychain } from './secrets/keytar-keychain';
import { PracticeKeychain } from './secrets/practice-keychain';
import { MemorySecretStore } from './secrets/memory-secret-store';
import { SecretVault } from './secrets/secret-vault';
import { linkAddress, openExternal } from './security/external-links';
import { isTrustedSender } from './security/ipc-sender';
import { lockDownBeforeReady, lockDownSession, openPageSession, pagePartition } from './security/lock-down';
import { SettingsControl } from './settings-control';
import type { Notice } from './sessions/session-notices';
import { takeArrivals } from './shell/arrivals';
import { DialogFiles } from './shell/dialog-files';
import { openMainWindow, paintFrame } from './shell/main-window';
import { Desktop } from './shell/desktop';
import { LinkHandler } from './shell/link-handler';
import { setMenu } from './shell/menu';
import { SystemNotifications } from './shell/notifications';
import { lookAround, openDataFolder } from './shell/surroundings';
import { StoreFiles } from './store-files';
import { Tellings } from './tellings';
import { readProfiles, WorkspaceOpener } from './workspace-opener';

export type AppPorts = {
  /** The folder of the built parts, absolute: what is loaded from it does not hang on how main is bundled. */
  readonly distribution: string;
  readonly clock: Clock;
  /** another name in the keychain, where several copies of the app share one, as under test */
  readonly keychainService?: string;
  /** where AWS is, in place of its own addresses, as under test */
  readonly awsEndpoint?: string;
};

/**
 * The app, whole: lock-down before `ready`, then services, the doors to the window, and the window. Tests start the same
 * function with another clock. Everything up to the first `await` runs before Electron is ready.
 */
export async function startApp({ awsEndpoint, clock, distribution, keychainService }: AppPorts): Promise<void> {
  const userData = app.getPath('userData');
  const logger = new FileLogger({ directory: join(userData, 'logs'), now: () => clock.now() });
  const refused = (what: string, detail: string) => logger.log('warn', `refused.${what}`, { detail });
  process.on('uncaughtException', (error) =>
    logger.log('error', 'bug.uncaught', { message: error.stack ?? error.message }),
  );
  process.on('unhandledRejection', (reason) => logger.log('error', 'bug.unhandled', { message: String(reason) }));
  lockDownBeforeReady(app, protocol, refused);
  let window: BrowserWindow | undefined;
  // until the app is ready there is nothing to show
  let show = (): void => undefined;
  // until there is a window to tell, its first question finds what arrived
  let tellWindow = (): void => undefined;
  const arrived = new ArrivedFile(() => {
    tellWindow();
  });
  if (!takeArrivals(app, arrived, () => show())) {
    app.quit();
    return;
  }
  await app.whenReady();
  const personFiles = new DialogFiles(dialog, () => window);
  setMenu(process.platform, {
    openFile: () =>
      void personFiles.chooseExchangeFile().then((path) => {
        if (path !== undefined) arrived.open(path);
      }),
  });

  lockDownSession(session.defaultSession, app.isPackaged, refused);
  openPageSession(session.fromPartition(pagePartition), join(distribution, 'renderer'), app.isPackaged, refused);

  const files = new StoreFiles(userData, () => clock.now());
  const settings = files.settings();
  const applyTheme = (theme: Theme) => {
    nativeTheme.themeSource = theme;
  };
  nativeTheme.on('updated', () => {
    if (window !== undefined) paintFrame(window, nativeTheme.shouldUseDarkColors);
  });
  applyTheme(settings.read().theme);

  const desktopSettings = () => settings.read().desktop ?? desktopAtFirst;
  const desktop: Desktop = new Desktop({
    clock,
    platform: process.platform,
    pictures: join(distribution, '..', 'assets'),
    settings: desktopSettings,
    window: () => window,
    open: () => {
      open();
    },
    tell: (what) => {
      publisher.send('show', { what });
    },
    facts: () => state.trayFacts(),
    acts: {
      openConsole: (id) => void state.workspace().handoff.openConsole(id).then(sayFailure),
      end: (id) => void state.workspace().sessions.end(id, 'ended-here').then(sayFailure),
      startFavourite: (id) => void state.workspace().favourites.start(id).then(sayFailure),
      quit: () => {
        app.quit();
      },
    },
  });
  show = () => {
    desktop.show();
  };
  // without a window there is nobody else to say it
  const sayFailure = (answer: Result<unknown>) => {
    if (!answer.ok) notifications.show({ title: 'That did not work', body: answer.error.message });
  };
  const open = (isFirst = false) => {
    window = openMainWindow({
      preload: join(distribution, 'preload', 'index.cjs'),
      packaged: app.isPackaged,
      platform: process.platform,
      theme: settings.read().theme,
      dark: nativeTheme.shouldUseDarkColors,
      hidden: isFirst && desktop.startsHidden,
    });
    desktop.follow(window);
    window.on('closed', () => {
      window = undefined;
    });
    // who we are is asked when there is something to look at: start-up does not wait for the SDK or a network
    window.once('ready-to-show', () => {
      state.greet();
      if (!isFirst) return;
      void state.launch();
      for (const kind of workspaceSchema.options) if (kind !== settings.read().workspace) opener.sweep(kind);
    });
  };
  // The page's own process starts while everything else is wired here, in the same turn: nothing it asks can arrive before.
  open(true);

  const publisher = new WindowPublisher(
    () => window?.webContents,
    (topics) => {
      desktop.changed(topics);
      tellings.changed(topics);
    },
    (operation) => {
      tellings.operation(operation);
    },
  );
  tellWindow = () => publisher.changed('app');
  const keychain = new PracticeKeychain(new KeytarKeychain(keychainService), () =>
    settings.read().workspace === 'practice' ? practice.trouble().keychain : 'answers',
  );
  const vault = new SecretVault(
    new KeychainSecretStore(keychain, { lock: () => lockKeychain(userData, clock) }),
    new MemorySecretStore(),
    () => state.keychainChanged(),
  );
  const practice: Practice = new Practice({ clock, vault, document: files.practice() });
  const version = app.getVersion();
  const network = new Network({ clock, settings: () => settings.read().network ?? networkAsFound });
  const aws = createAws({ clock, sandbox: practice, network, version });
  const secretClipboard = new SecretClipboard(
    { read: () => clipboard.readText(), write: (text) => clipboard.writeText(text), clear: () => clipboard.clear() },
    clock,
  );
  const notifications = new SystemNotifications(() => {
    desktop.show('sessions');
  });
  const notify = (notice: Notice): void => {
    const { notifications: areOn, silent = [] } = desktopSettings();
    if (areOn && (notice.about === undefined || !silent.includes(notice.about))) notifications.show(notice);
  };
  const tellings: Tellings = new Tellings({ notify, workspaces: () => state.openWorkspaces() });
  const openInBrowser = async (address: string): Promise<Result<void>> => await openExternal(shell, address);

  const opener = new WorkspaceOpener({
    userData,
    home: app.getPath('home'),
    version,
    awsEndpoint,
    program: {
      platform: process.platform,
      execPath: process.execPath,
      appImage: process.env['APPIMAGE'],
      ...(app.isPackaged ? {} : { appFolder: app.getAppPath() }),
      isRoot: process.getuid?.() === 0,
    },
    clock,
    publisher,
    aws,
    network,
    practice,
    vault,
    clipboard: secretClipboard,
    files,
    personFiles,
    openInBrowser,
    writeClipboard: (text) => clipboard.writeText(text),
    notify,
  });

  const state: AppState = new AppState({
    clock,
    publisher,
    vault,
    settings,
    platform: process.platform === 'darwin' ? 'mac' : process.platform === 'win32' ? 'windows' : 'linux',
    version,
    openWorkspace: (kind) => opener.open(kind),
    arrived,
    trouble: () => (settings.read().workspace === 'practice' ? troubleWords(practice.trouble()) : []),
    problems: () => files.problems(),
    countProfiles: async () => {
      const profiles = await readProfiles();
      return profiles.ok ? ok(profiles.value.length) : profiles;
    },
    applyTheme,
    openLink: async (linkId, details) => {
      const address = linkAddress(linkId, details);
      return address.ok ? await openInBrowser(address.value) : address;
    },
    writeClipboard: async (text) => {
      await clipboard.writeText(text);
    },
  });

  const practiceControl = new PracticeControl({
    practice,
    publisher,
    emptyWorkspace: async () => {
      await state.closePractice();
      return files.emptyPractice();
    },
    askKeychain: () => state.askKeychain(),
  });

  const networkControl = new NetworkControl({
    network,
    settings,
    publisher,
    chooseFile: () => personFiles.chooseCertificates(),
  });

  const desktopControl = new DesktopControl({
    settings,
    publisher,
    apply: () => void desktop.apply(),
    links: new LinkHandler(app),
    notify: (notice) => notifications.show(notice),
  });

  const failures = new Failures(() => clock.now());
  const applySettings = (now: Settings) => {
    applyTheme(now.theme);
    void desktop.apply();
  };
  const settingsControl = new SettingsControl({
    settings,
    publisher,
    vault,
    failures,
    open: () => state.openWorkspaces(),
    workspaces: () => state.allWorkspaces(),
    closeWorkspaces: () => state.closeWorkspaces(),
    withRealKeychain: (work) => keychain.withoutPretence(work),
    emptyFiles: () => {
      const written = settings.update(() => ({ theme: 'system' }));
      return written.ok ? files.emptyAll() : written;
    },
    beginAnew: (left) => {
      if (left !== undefined) files.note(left);
      practice.forget();
      failures.forget();
      applySettings(settings.read());
      // once the window has its answer
      clock.schedule(50, () => window?.webContents.reload());
    },
    lookAtData: () => lookAtData(userData),
    openDataFolder,
    applySettings,
    surroundings: async () => ({
      ...(await lookAround()),
      now: clock.now(),
      keychain: vault.state,
      clockOffset: clock.offset(),
      environment: await network.environment(),
      problems: files.problems(),
    }),
  });

  registerCalls(
    failures.watch(
      makeHandlers(
        {
          app: state.handlers(),
          practice: practiceControl.handlers(),
          network: networkControl.handlers(),
          desktop: desktopControl.handlers(),
          settings: settingsControl.handlers(),
        },
        () => state.workspace(),
      ),
    ),
    {
      isTrustedSender: (frame) => isTrustedSender(frame, window === undefined ? [] : [window.webContents.mainFrame]),
      reportBug: (channel, error) => logger.log('error', 'bug.handler', { channel, message: String(error) }),
    },
  );

  // While the page's process is being made there is nothing else to do.
  state.prepare();

  const stopWatching = onTimeMayHavePassed(clock, powerMonitor, () => {
    for (const workspace of state.openWorkspaces()) void workspace.settle();
  });
  desktop.begin();
  app.on('before-quit', (event) => {
    desktop.quitting();
    stopWatching();
    for (const workspace of state.openWorkspaces()) workspace.stop();
    practice.flush();
    if (!secretClipboard.holdsSecret) return;
    // the clipboard outlives the app: clear it first, then go on quitting
    event.preventDefault();
    void secretClipboard.clearNow().finally(() => app.quit());
  });

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    desktop.show();
  });
}
