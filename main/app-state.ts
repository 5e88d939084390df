import type { Findings, KeychainState, Snapshot } from '../core/contract/app';
import type { LinkId } from '../core/domain/links';
import type { Theme } from '../core/domain/theme';
import { topics } from '../core/contract/contract';
import type { AppError } from '../core/app-error';
import { workspaceSchema, type Workspace as WorkspaceKind } from '../core/domain/limits';
import { findRecipe } from '../core/recipes/catalog';
import { findSecret } from '../core/domain/paste-secrets';
import { err, ok, type Result } from '../core/result';
import type { AppHandlers } from './ipc/app-handlers';
import type { ArrivedFile } from './onboarding/arrived-file';
import type { Clock } from './platform/clock';
import type { TrayFacts } from './shell/tray-entries';
import type { SecretVault } from './secrets/secret-vault';
import type { Settings } from './settings';
import type { Workspace } from './workspace';
import { appError, type Publisher, type StoredDocument } from './workspace-context';

export type AppStatePorts = {
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly vault: SecretVault;
  readonly settings: StoredDocument<Settings>;
  readonly platform: Snapshot['platform'];
  readonly version: string;
  /** opens the workspace's documents and wires its services; called once for each kind */
  readonly openWorkspace: (kind: WorkspaceKind) => Workspace;
  /** what goes wrong in the practice sandbox, a word or two each */
  readonly trouble: () => readonly string[];
  readonly arrived: Pick<ArrivedFile, 'isWaiting' | 'take'>;
  /** files that were set aside because they could not be read */
  readonly problems: () => readonly AppError[];
  readonly countProfiles: () => Promise<Result<number>>;
  readonly applyTheme: (theme: Theme) => void;
  readonly openLink: (linkId: LinkId, details: { partition?: string; roleName?: string }) => Promise<Result<unknown>>;
  readonly writeClipboard: (text: string) => Promise<void>;
};

/** What the frame shows and does: which workspace, which theme, the keychain, and a snapshot of it all. */
export class AppState {
  readonly #ports: AppStatePorts;
  readonly #open = new Map<WorkspaceKind, Workspace>();

  constructor(ports: AppStatePorts) {
    this.#ports = ports;
  }

  /** The workspace the person is in; practice until one was chosen, which is harmless. */
  workspace(): Workspace {
    return this.#workspaceOf(this.#ports.settings.read().workspace ?? 'practice');
  }

  /** Both, opened where they were not. */
  allWorkspaces(): readonly Workspace[] {
    return workspaceSchema.options.map((kind) => this.#workspaceOf(kind));
  }

  /** Whoever asks for one next opens it anew. */
  closeWorkspaces(): void {
    for (const workspace of this.openWorkspaces()) workspace.close();
    this.#open.clear();
  }

  #workspaceOf(kind: WorkspaceKind): Workspace {
    const known = this.#open.get(kind);
    if (known !== undefined) return known;
    const opened = this.#ports.openWorkspace(kind);
    this.#open.set(kind, opened);
    opened.resume();
    return opened;
  }

  /** Reads the chosen workspace's files, so that the window's first question finds them read. */
  prepare(): void {
    if (this.#ports.settings.read().workspace !== undefined) this.workspace();
  }

  openWorkspaces(): readonly Workspace[] {
    return [...this.#open.values()];
  }

  /** Asks AWS who we are, in the background, so that the title bar never shows a guess; a failure stands in the snapshot. */
  greet(): void {
    if (this.#ports.settings.read().workspace === undefined) return;
    const { sources } = this.workspace();
    const selected = sources.selected();
    if (selected !== undefined && selected.identity === undefined) void sources.identify(selected.source.id);
  }

  /** Starts what is to start with the app. */
  async launch(): Promise<void> {
    if (this.#ports.settings.read().workspace !== undefined) await this.workspace().launch();
  }

  /** Ends the practice's sessions and closes its workspace; the next question opens it again. */
  async closePractice(): Promise<void> {
    const practice = this.#open.get('practice');
    await practice?.sessions.endAll();
    practice?.close();
    this.#open.delete('practice');
  }

  /** Asks the keychain again, after it may have begun or ceased to answer. */
  askKeychain(): Promise<Result<KeychainState>> {
    return this.#keychain(() => this.#ports.vault.check());
  }

  /** What the icon's menu tells of; nothing before a workspace was chosen. */
  trayFacts(): Omit<TrayFacts, 'now'> {
    const { workspace: chosen } = this.#ports.settings.read();
    if (chosen === undefined) return { sessions: [], favourites: [], isPractice: false };
    const { sessions, favourites } = this.workspace();
    return { sessions: sessions.live(), favourites: favourites.list(), isPractice: chosen === 'practice' };
  }

  /** The keychain began or ceased to answer. */
  keychainChanged(): void {
    for (const workspace of this.openWorkspaces()) workspace.sessions.noteReach();
    this.#ports.publisher.changed('app', 'sessions');
  }

  handlers(): AppHandlers {
    return {
      getSnapshot: () => ok(this.#snapshot()),
      lookAround: async () => ok(await this.#lookAround()),
      chooseWorkspace: ({ workspace }) => this.#choose(workspace),
      setTheme: ({ theme }) => this.#setTheme(theme),
      retryKeychain: () => this.askKeychain(),
      useMemoryForSecrets: () => this.#keychain(() => this.#ports.vault.allowMemory()),
      takeArrivedFile: () => this.#ports.arrived.take(),
      openLink: async ({ linkId, partition, roleName }) =>
        done(
          await this.#ports.openLink(linkId, {
            ...(partition === undefined ? {} : { partition }),
            ...(roleName === undefined ? {} : { roleName }),
          }),
        ),
      copyText: ({ text }) => this.#copyText(text),
    };
  }

  #snapshot(): Snapshot {
    const { clock, publisher, vault, settings, platform, version, problems } = this.#ports;
    const { theme, workspace: chosen } = settings.read();
    const frame = {
      revision: publisher.revision,
      platform,
      version,
      theme,
      keychain: vault.state,
      ...(clock.offset() === undefined ? {} : { clockOffset: clock.offset() }),
      trouble: [...this.#ports.trouble()],
      hasArrivedFile: this.#ports.arrived.isWaiting,
    };
    if (chosen === undefined) {
      return {
        ...frame,
        counts: { sessions: 0, connections: 0, revocations: 0, reviews: 0 },
        drafts: [],
        problems: [...problems()],
      };
    }
    const workspace = this.workspace();
    const selected = workspace.sources.selected();
    return {
      ...frame,
      workspace: chosen,
      ...(selected === undefined
        ? {}
        : {
            source: {
              id: selected.source.id,
              label: selected.source.label,
              ...(selected.identity && { identity: selected.identity }),
              ...(selected.error && { error: selected.error }),
            },
          }),
      counts: {
        sessions: workspace.sessions.countLive(),
        connections: workspace.connections.count(),
        revocations: workspace.revocations.count(),
        reviews: workspace.reviews.sweep.due(),
      },
      drafts: workspace.onboarding.drafts().map(({ id, state, updatedAt }) => ({
        id,
        title: state.answers.account?.name ?? findRecipe(state.answers.recipeId ?? '')?.title ?? 'New connection',
        step: state.step,
        updatedAt,
      })),
      problems: [...problems()],
    };
  }

  async #lookAround(): Promise<Findings> {
    const [keychain, profiles] = await Promise.all([this.#ports.vault.check(), this.#ports.countProfiles()]);
    return { keychain, profiles: profiles.ok ? profiles.value : 0 };
  }

  async #choose(workspace: WorkspaceKind): Promise<Result<Record<string, never>>> {
    const saved = this.#ports.settings.update((settings) => ({ ...settings, workspace }));
    if (!saved.ok) return saved;
    this.#ports.publisher.changed(...topics);
    this.greet();
    return ok({});
  }

  #setTheme(theme: Theme): Result<Record<string, never>> {
    const saved = this.#ports.settings.update((settings) => ({ ...settings, theme }));
    if (!saved.ok) return saved;
    this.#ports.applyTheme(theme);
    this.#ports.publisher.changed('app');
    return ok({});
  }

  async #keychain(ask: () => Promise<KeychainState>): Promise<Result<KeychainState>> {
    const state = await ask();
    for (const workspace of this.openWorkspaces()) await workspace.sessions.reachAgain();
    this.#ports.publisher.changed('app', 'sessions');
    return ok(state);
  }

  /** SECURITY(S-13): the window may put what is on screen on the clipboard; anything like a key is refused. */
  async #copyText(text: string): Promise<Result<Record<string, never>>> {
    if (findSecret(text) !== undefined) {
      return err(
        appError('secret-refused', 'This looks like a key. It was not copied.', {
          whatDidNotChange: 'The clipboard is as it was.',
        }),
      );
    }
    await this.#ports.writeClipboard(text);
    return ok({});
  }
}

function done(result: Result<unknown>): Result<Record<string, never>> {
  return result.ok ? ok({}) : result;
}
