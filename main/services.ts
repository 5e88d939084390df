import { join } from 'node:path';
import { app, clipboard, dialog, nativeTheme, powerMonitor, shell } from 'electron';
import type { Theme } from '../core/domain/theme';
import { workspaceSchema } from '../core/domain/limits';
import { networkAsFound } from '../core/domain/network';
import { troubleWords } from '../core/domain/practice-trouble';
import { ok, type Result } from '../core/result';
import { AppState } from './app-state';
import type { AppPorts } from './app';
import { desktopOf } from './open-settings';
import type { Settings } from './settings';
import { createAws } from './aws/create-aws';
import { Network } from './aws/network';
import { SecretClipboard } from './handoff/secret-clipboard';
import { lockKeychain } from './handoff/session-lock';
import { makeHandlers } from './ipc/handlers';
import { WindowPublisher } from './ipc/publisher';
import type { ArrivedFile } from './onboarding/arrived-file';
import { lookAtData } from './platform/data-folder';
import type { FileLogger } from './platform/logger';
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
import { answersOf, type Answers } from './ipc/answers';
import type { PageWindow } from './shell/page-window';
import type { StoredDocument } from './store/document';
import { SettingsControl } from './settings-control';
import type { Notice } from './sessions/session-notices';
import { createUpdates } from './shell/create-updates';
import { DialogFiles } from './shell/dialog-files';
import { Desktop } from './shell/desktop';
import { LinkHandler } from './shell/link-handler';
import { SystemNotifications } from './shell/notifications';
import { lookAround, openDataFolder } from './shell/surroundings';
import { StoreFiles } from './store-files';
import { readOnlyError } from './store/store-error';
import { Tellings } from './tellings';
import { readProfiles, WorkspaceOpener } from './workspace-opener';

export type ServicesPorts = AppPorts & {
  readonly logger: FileLogger;
  readonly settings: StoredDocument<Settings>;
  readonly pageWindow: PageWindow;
  readonly arrived: ArrivedFile;
  /** what the system says against writing into the data folder, where it does */
  readonly readOnly: unknown;
};

/** What the window shows and does once it is there. */
export type Services = {
  readonly answers: Answers;
  /** the system's dialog for a request or a reply that somebody sent */
  readonly openFile: () => void;
  /** brings the window up */
  readonly show: () => void;
  /** what arrived is out of date for the window */
  readonly tellWindow: () => void;
};

/**
 * Everything behind the window: stores, services, the road to AWS and what the system is told. Read while the page's process
 * starts, so that the window does not wait for it.
 */
export function startServices(ports: ServicesPorts): Services {
  const { arrived, awsEndpoint, clock, distribution, keychainService, logger, pageWindow, readOnly, settings } = ports;
  const userData = app.getPath('userData');
  const window = () => pageWindow.current;
  const personFiles = new DialogFiles(dialog, window);
  const openFile = () =>
    void personFiles.chooseExchangeFile().then((path) => {
      if (path !== undefined) arrived.open(path);
    });

  const files = new StoreFiles(userData, () => clock.now());
  if (readOnly !== undefined) files.note(readOnlyError(readOnly));
  if (settings.problem !== undefined) files.note(settings.problem);
  const applyTheme = (theme: Theme) => {
    nativeTheme.themeSource = theme;
  };
  const desktopSettings = () => desktopOf(settings.read());
  const desktop: Desktop = new Desktop({
    clock,
    platform: process.platform,
    pictures: join(distribution, '..', 'assets'),
    settings: desktopSettings,
    window,
    open: () => {
      pageWindow.open();
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
  // without a window there is nobody else to say it
  const sayFailure = (answer: Result<unknown>) => {
    if (!answer.ok) notifications.show({ title: 'That did not work', body: answer.error.message });
  };
  const publisher = new WindowPublisher(
    () => window()?.webContents,
    (topics) => {
      desktop.changed(topics);
      tellings.changed(topics);
    },
    (operation) => {
      tellings.operation(operation);
    },
  );
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

  const links = new LinkHandler(app, process.platform === 'win32' || process.env['APPIMAGE'] !== undefined);
  const desktopControl = new DesktopControl({
    settings,
    publisher,
    apply: () => void desktop.apply(),
    links,
    notify: (notice) => notifications.show(notice),
  });

  const updates = createUpdates(app, shell, { clock, network, publisher, settings, notify }, ports.publishPlace);

  const failures = new Failures(() => clock.now());
  const applySettings = (now: Settings) => {
    applyTheme(now.theme);
    void desktop.apply();
    updates.begin();
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
    giveBackLinks: () => links.giveBack(),
    beginAnew: (left) => {
      if (left !== undefined) files.note(left);
      practice.forget();
      failures.forget();
      updates.forget();
      applySettings(settings.read());
      // once the window has its answer
      clock.schedule(50, () => {
        pageWindow.load();
      });
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

  const answers = answersOf(
    failures.watch(
      makeHandlers(
        {
          app: state.handlers(),
          practice: practiceControl.handlers(),
          network: networkControl.handlers(),
          desktop: desktopControl.handlers(),
          settings: settingsControl.handlers(),
          updates: updates.handlers(),
        },
        () => state.workspace(),
      ),
    ),
    (channel, error) => logger.log('error', 'bug.handler', { channel, message: String(error) }),
  );

  pageWindow.follow(({ isFirst, stands, window: made }) => {
    desktop.follow(made);
    // who we are is asked when there is something to look at: start-up does not wait for the SDK or a network
    void stands.then(() => {
      state.greet();
      if (!isFirst) return;
      void state.launch();
      updates.begin();
      for (const kind of workspaceSchema.options) if (kind !== settings.read().workspace) opener.sweep(kind);
    });
  });

  // Before the page asks.
  state.prepare();

  const stopWatching = onTimeMayHavePassed(clock, powerMonitor, () => {
    for (const workspace of state.openWorkspaces()) void workspace.settle();
  });
  desktop.begin();
  app.on('before-quit', (event) => {
    desktop.quitting();
    stopWatching();
    for (const workspace of state.openWorkspaces()) workspace.stop();
    updates.end();
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

  return {
    answers,
    openFile,
    show: () => {
      desktop.show();
    },
    tellWindow: () => publisher.changed('app'),
  };
}
