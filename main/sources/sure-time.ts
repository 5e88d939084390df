import type { Clock } from '../platform/clock';
import { ClockJumps } from '../platform/clock-jumps';
import type { Sources } from './sources';

export type SureTimePorts = {
  readonly clock: Clock;
  readonly sources: Pick<Sources, 'clients' | 'selected'>;
};

/**
 * A day that was slept through and a clock that somebody set a day ahead look alike: AWS says which, before anything is
 * ended by it. Where AWS cannot be asked, this computer's clock has to do.
 */
export class SureTime {
  readonly #sources: SureTimePorts['sources'];
  readonly #jumps: ClockJumps;
  /** the clock jumped, and nobody needed to know yet what time it is */
  #isUnsure = false;
  #asking: Promise<void> | undefined;

  constructor({ clock, sources }: SureTimePorts) {
    this.#sources = sources;
    this.#jumps = new ClockJumps(clock);
  }

  /** Resolves when things can be judged by the clock. `isNeeded`: there are any; for none of them AWS is not asked. */
  async check(isNeeded: boolean): Promise<void> {
    if (this.#jumps.look()) this.#isUnsure = true;
    if (this.#isUnsure && isNeeded) {
      this.#isUnsure = false;
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    }
    await this.#asking;
  }

  /** Not by `identify`: where the network is not back yet, that would show a source that fails until it is asked again. */
  async #ask(): Promise<void> {
    const selected = this.#sources.selected();
    const clients = selected && this.#sources.clients(selected.source.id);
    // any answer has the time with it, a refusal too
    if (clients?.ok === true) await clients.value.sts.getCallerIdentity();
  }
}
