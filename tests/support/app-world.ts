import type { Call } from '../../core/contract/call';
import { contract } from '../../core/contract/contract';
import { troubleWords } from '../../core/domain/practice-trouble';
import { networkAsFound } from '../../core/domain/network';
import type { Workspace as WorkspaceKind } from '../../core/domain/limits';
import { ok, type Result } from '../../core/result';
import { AppState } from '../../main/app-state';
import { settingsSchema, type Settings } from '../../main/settings';
import { Network } from '../../main/aws/network';
import { answerCall, type AnyHandler } from '../../main/ipc/answer-call';
import { ArrivedFile } from '../../main/onboarding/arrived-file';
import { Practice, practiceDocumentSchema, type PracticeDocument } from '../../main/practice';
import { DesktopControl } from '../../main/desktop-control';
import { NetworkControl } from '../../main/network-control';
import { PracticeControl } from '../../main/practice-control';
import { SettingsControl } from '../../main/settings-control';
import { Failures } from '../../main/diagnostics/failures';
import { makeHandlers } from '../../main/ipc/handlers';
import { MemoryDocument } from '../../main/store/memory-document';
import type { StoredDocument } from '../../main/workspace-context';
import { Updates } from '../../main/updates/updates';
import { newWorld, type World } from './workspace-world';

/** Everything that main does for the window, without Electron: both workspaces behind every handler. */
export type AppWorld = {
  readonly worlds: Readonly<Record<WorkspaceKind, World>>;
  readonly settings: StoredDocument<Settings>;
  /** what handlers threw, and answers that did not fit: there must never be any */
  readonly bugs: string[];
  /** One call, on the road that a message from the window takes after its sender was checked. */
  ask(feature: string, method: string, input: unknown): Promise<Result<unknown>>;
};

/** `environment`: what the variables say of the way to AWS. */
export function newAppWorld(
  environment: () => { readonly proxy?: string; readonly caFile?: string } = () => ({}),
): AppWorld {
  const worlds = { practice: newWorld(), aws: newWorld() };
  const { clock, vault, clipboard } = worlds.practice;
  const settings = new MemoryDocument<Settings>({
    name: 'settings',
    schema: settingsSchema,
    version: 1,
    migrations: [],
    empty: { theme: 'system', workspace: 'practice' },
  });
  const publisher = { revision: 0, changed: () => undefined, send: () => undefined };
  const state: AppState = new AppState({
    clock,
    publisher,
    vault,
    settings,
    platform: 'linux',
    version: '0.0.0',
    openWorkspace: (kind) => worlds[kind].workspace,
    trouble: () => troubleWords(practice.trouble()),
    arrived: new ArrivedFile(() => undefined),
    problems: () => [],
    countProfiles: () => Promise.resolve(ok(0)),
    applyTheme: () => undefined,
    openLink: () => Promise.resolve(ok(undefined)),
    writeClipboard: (text) => {
      clipboard.text = text;
      return Promise.resolve();
    },
  });
  const practice = new Practice({
    clock,
    vault,
    document: new MemoryDocument<PracticeDocument>({
      name: 'sandbox',
      schema: practiceDocumentSchema,
      version: 1,
      migrations: [],
      empty: {},
    }),
  });
  const control = new PracticeControl({
    practice,
    publisher,
    emptyWorkspace: () => Promise.resolve(ok(undefined)),
    askKeychain: () => state.askKeychain(),
  });
  const network = new NetworkControl({
    network: new Network({ clock, settings: () => settings.read().network ?? networkAsFound, variables: {} }),
    settings,
    publisher,
    chooseFile: () => Promise.resolve(undefined),
  });
  const desktop = new DesktopControl({
    ...{ settings, publisher, apply: () => undefined, notify: () => true },
    links: { isOurs: () => false, set: () => ok(undefined) },
  });
  const failures = new Failures(() => clock.now());
  const forgetting = new SettingsControl({
    settings,
    publisher,
    vault,
    failures,
    open: () => state.openWorkspaces(),
    workspaces: () => state.allWorkspaces(),
    closeWorkspaces: () => state.closeWorkspaces(),
    withRealKeychain: (work) => work(),
    emptyFiles: () => ok(undefined),
    giveBackLinks: () => true,
    beginAnew: () => undefined,
    lookAtData: () => ({ path: '/nowhere', files: [], rest: 0 }),
    openDataFolder: () => Promise.resolve(ok(undefined)),
    applySettings: () => undefined,
    surroundings: () =>
      Promise.resolve({
        ...{ now: clock.now(), version: '0.0.0', platform: 'linux', architecture: 'x64', release: '6' },
        ...{ versions: { chrome: '1', electron: '1', node: '1', v8: '1' }, isPackaged: true, isSandboxed: true },
        ...{ fuses: undefined, runningFor: 60, memory: 1, keychain: vault.state, clockOffset: undefined },
        ...{ environment: environment(), problems: [] },
      }),
  });
  const updates = new Updates({
    ...{ clock, publisher, settings, version: '0.0.0', platform: 'linux', arch: 'x64' },
    network: new Network({ clock, variables: {} }),
    place: () => undefined,
    folder: () => '/nowhere',
    showFile: () => undefined,
    notify: () => undefined,
  });
  const made = makeHandlers(
    {
      app: state.handlers(),
      practice: control.handlers(),
      network: network.handlers(),
      desktop: desktop.handlers(),
      settings: forgetting.handlers(),
      updates: updates.handlers(),
    },
    () => state.workspace(),
  );
  const handlers = failures.watch(made) as unknown as Record<string, Record<string, AnyHandler>>;
  const calls = contract as Readonly<Record<string, Readonly<Record<string, Call>>>>;
  const bugs: string[] = [];
  return {
    worlds,
    settings,
    bugs,
    ask: (feature, method, input) => {
      const call = calls[feature]?.[method];
      const handler = handlers[feature]?.[method];
      if (call === undefined || handler === undefined) throw new Error(`There is no ${feature}.${method}`);
      return answerCall(`${feature}.${method}`, call, handler, input, (channel, error) => {
        bugs.push(`${channel}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      });
    },
  };
}
