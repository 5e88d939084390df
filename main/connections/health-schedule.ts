import { z } from '../../core/zod';
import { healthEverySchema, healthPeriods, type HealthEvery } from '../../core/domain/health';
import { instantSchema } from '../../core/domain/limits';
import { ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { StoredDocument } from '../workspace-context';

export const healthDocumentSchema = z.strictObject({ every: healthEverySchema, nextAt: instantSchema.optional() });
export type HealthDocument = Readonly<z.infer<typeof healthDocumentSchema>>;

export type HealthSchedulePorts = {
  readonly clock: Clock;
  readonly document: StoredDocument<HealthDocument>;
  /** Begins a round; one that is running already counts as this one. */
  readonly begin: () => void;
  readonly changed: () => void;
};

/** A round is late or early by up to this share of its period, so that many computers do not ask in the same second. */
const jitterShare = 0.05;
/** Milliseconds after a start or a sleep until a round that fell due meanwhile begins: the network is there by then. */
const settling = 10_000;
/** Milliseconds; a timer never waits longer, whatever the clocks do meanwhile. */
const longestTimer = 3_600_000;

/** Begins a round each hour, six hours or day while the app runs. However many were missed, one catches up. */
export class HealthSchedule {
  readonly #ports: HealthSchedulePorts;
  #cancel: () => void = () => undefined;
  /** when a round that fell due unseen may begin */
  #settledAt: number | undefined;

  constructor(ports: HealthSchedulePorts) {
    this.#ports = ports;
  }

  get(): { every: HealthEvery; nextAt?: number } {
    const { every, nextAt } = this.#ports.document.read();
    return { every, ...(every !== 'never' && nextAt !== undefined && { nextAt }) };
  }

  set(every: HealthEvery): Result<Record<string, never>> {
    const saved = this.#ports.document.update(() => this.#from(every));
    if (!saved.ok) return saved;
    this.settle();
    this.#ports.changed();
    return ok({});
  }

  /** At the start, after a sleep, and when a clock jumped. */
  settle(): void {
    this.#cancel();
    const { every, nextAt } = this.get();
    if (every === 'never' || nextAt === undefined) return;
    const now = this.#ports.clock.now();
    // planned by a clock that was ahead
    if (nextAt - now > healthPeriods[every] * (1 + jitterShare)) this.#ports.document.update(() => this.#from(every));
    if (now < nextAt) this.#settledAt = undefined;
    else this.#settledAt ??= now + settling;
    this.#wait();
  }

  stop(): void {
    this.#cancel();
  }

  /** A round of all began, by whomever: the next is a whole period away. */
  began(): void {
    const { every } = this.#ports.document.read();
    if (every === 'never') return;
    this.#ports.document.update(() => this.#from(every));
    this.#settledAt = undefined;
    this.settle();
    this.#ports.changed();
  }

  #wait(): void {
    this.#cancel();
    const { nextAt } = this.get();
    if (nextAt === undefined) return;
    const left = Math.max(nextAt, this.#settledAt ?? 0) - this.#ports.clock.now();
    this.#cancel = this.#ports.clock.schedule(Math.min(Math.max(0, left), longestTimer), () => {
      if (left > longestTimer || this.#ports.clock.now() < nextAt) this.settle();
      else this.#ports.begin();
    });
  }

  #from(every: HealthEvery): HealthDocument {
    if (every === 'never') return { every };
    const now = this.#ports.clock.now();
    const period = healthPeriods[every];
    // what the moment leaves over is as good as chance, and can be repeated
    const jitter = ((now % 9973) / 9973 - 0.5) * 2 * jitterShare;
    return { every, nextAt: Math.round(now + period * (1 + jitter)) };
  }
}
