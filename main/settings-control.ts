import type { Preferences } from '../core/contract/settings';
import { networkAsFound } from '../core/domain/network';
import { err, ok, type Result } from '../core/result';
import { desktopOf } from './open-settings';
import type { Settings } from './settings';
import type { Failures } from './diagnostics/failures';
import { diagnosticText, type DiagnosticFacts } from './diagnostics/report';
import { standing } from './before-forgetting';
import { forgetEverything, type ForgetPorts } from './forget-everything';
import type { Handlers } from './ipc/register';
import type { DataFolder } from './platform/data-folder';
import type { Workspace } from './workspace';
import { appError, type Publisher, type StoredDocument } from './workspace-context';

export type SettingsControlPorts = ForgetPorts & {
  readonly settings: StoredDocument<Settings>;
  readonly publisher: Publisher;
  readonly failures: Failures;
  /** those that are open */
  readonly open: () => readonly Workspace[];
  readonly lookAtData: () => DataFolder;
  readonly openDataFolder: () => Promise<Result<unknown>>;
  /** draws theme and icon as the settings say */
  readonly applySettings: (settings: Settings) => void;
  /** what is known of the program and this computer */
  readonly surroundings: () => Promise<
    Omit<
      DiagnosticFacts,
      'theme' | 'desktop' | 'hasDefaultRegion' | 'network' | 'workspace' | 'workspaces' | 'failures'
    >
  >;
};

/** The settings that belong to no other part: defaults, the data folder, diagnostics, forgetting. */
export class SettingsControl {
  readonly #ports: SettingsControlPorts;
  /** as they were before they were forgotten */
  #before: Settings | undefined;

  constructor(ports: SettingsControlPorts) {
    this.#ports = ports;
  }

  handlers(): Handlers['settings'] {
    const { lookAtData, openDataFolder, settings, workspaces } = this.#ports;
    return {
      getPreferences: () => {
        const { region } = settings.read();
        return ok(region === undefined ? {} : { region });
      },
      setPreferences: (wanted) => this.#setPreferences(wanted),
      lookAtData: () => {
        const { files, path, rest } = lookAtData();
        return ok({ path, files: [...files], rest });
      },
      openDataFolder: async () => done(await openDataFolder()),
      diagnose: async () => ok({ text: diagnosticText(await this.#facts()).slice(0, 20_000) }),
      lookBeforeReset: () => ok(standing(workspaces())),
      forgetSettings: () => this.#forgetSettings(),
      bringSettingsBack: () => this.#bringBack(),
      forgetEverything: async ({ alsoChanged }) => {
        const forgotten = await forgetEverything(this.#ports, alsoChanged);
        if (forgotten.ok) this.#before = undefined;
        return forgotten;
      },
    };
  }

  #setPreferences({ region }: Preferences): Result<Record<string, never>> {
    return this.#change(({ region: _before, ...rest }) => ({ ...rest, ...(region !== undefined && { region }) }));
  }

  /** The workspace one is in is where one works, and no setting. */
  #forgetSettings(): Result<Record<string, never>> {
    const before = this.#ports.settings.read();
    const changed = this.#change(({ workspace }) => ({
      theme: 'system',
      ...(workspace !== undefined && { workspace }),
    }));
    if (changed.ok) this.#before = before;
    return changed;
  }

  #bringBack(): Result<Record<string, never>> {
    const before = this.#before;
    if (before === undefined) {
      return err(
        appError('not-possible', 'There is nothing to bring back.', {
          whatToDo: 'Settings come back only in the run in which they were forgotten.',
        }),
      );
    }
    const changed = this.#change(({ workspace }) => ({ ...before, ...(workspace !== undefined && { workspace }) }));
    if (changed.ok) this.#before = undefined;
    return changed;
  }

  #change(change: (current: Settings) => Settings): Result<Record<string, never>> {
    const { applySettings, publisher, settings } = this.#ports;
    const saved = settings.update(change);
    if (!saved.ok) return saved;
    applySettings(settings.read());
    publisher.changed('app', 'updates');
    return ok({});
  }

  async #facts(): Promise<DiagnosticFacts> {
    const { failures, open, settings, surroundings } = this.#ports;
    const now = settings.read();
    const { network, region, theme, workspace } = now;
    return {
      ...(await surroundings()),
      theme,
      desktop: desktopOf(now),
      hasDefaultRegion: region !== undefined,
      network: network ?? networkAsFound,
      workspace,
      workspaces: Object.fromEntries(open().map((one) => [one.kind, countsOf(one)])),
      failures: failures.list(),
    };
  }
}

/** States and kinds alone: whose they are is nobody's business but the person's. */
function countsOf({ connections, health, onboarding, operations, revocations, sessions, sources }: Workspace) {
  return {
    'source identities': sources
      .list()
      .map(({ error, source }) => (error === undefined ? source.kind : `${source.kind} (${error.kind})`)),
    connections: connections.all().map(({ status }) => status),
    'failed tests': connections
      .all()
      .flatMap(({ lastTest }) => (lastTest?.error === undefined ? [] : [lastTest.error.kind])),
    'live sessions': sessions.live().map(({ credentials }) => credentials),
    revocations: revocations.list().map(({ state }) => state),
    'unfinished wizards': onboarding.drafts().length,
    'running work': operations.list().map(({ kind }) => kind),
    'tests by themselves': [health.schedule.get().every],
  };
}

function done(answer: Result<unknown>): Result<Record<string, never>> {
  return answer.ok ? ok({}) : answer;
}
