import { networkAsFound, type NetworkSettings } from '../core/domain/network';
import { ok, type Result } from '../core/result';
import type { Settings } from './settings';
import type { Network } from './aws/network';
import type { Handlers } from './ipc/register';
import type { Publisher, StoredDocument } from './workspace-context';

export type NetworkControlPorts = {
  readonly network: Pick<Network, 'check' | 'environment'>;
  readonly settings: StoredDocument<Settings>;
  readonly publisher: Publisher;
  /** the system's dialog for one file; undefined when it was closed */
  readonly chooseFile: () => Promise<string | undefined>;
};

/** What the window may do about the way to AWS. */
export class NetworkControl {
  readonly #ports: NetworkControlPorts;

  constructor(ports: NetworkControlPorts) {
    this.#ports = ports;
  }

  handlers(): Handlers['network'] {
    const { network, settings, chooseFile } = this.#ports;
    return {
      getSettings: async () =>
        ok({ settings: settings.read().network ?? networkAsFound, environment: await network.environment() }),
      changeSettings: (wanted) => this.#change(wanted),
      chooseCaFile: async () => {
        const path = await chooseFile();
        return ok(path === undefined ? {} : { path });
      },
    };
  }

  /** Clients are made anew with the next call: the network asks for the settings each time. */
  async #change(wanted: NetworkSettings): Promise<Result<Record<string, never>>> {
    const { network, settings, publisher } = this.#ports;
    const usable = await network.check(wanted);
    if (!usable.ok) return usable;
    const saved = settings.update((current) => ({ ...current, network: wanted }));
    if (!saved.ok) return saved;
    publisher.changed('app');
    return ok({});
  }
}
