import type { SandboxTrouble } from '../../core/domain/practice-trouble';
import { AwsRefusal } from './http';

/** What happens to one request before or after it is looked at. */
export type Fault = 'throttled' | 'server-error' | 'timeout' | 'torn';

/**
 * Draws what goes wrong with each request in turn. The nth request after the trouble was set meets the same fault
 * whenever seed and shares are the same.
 */
export class Faults {
  #drawn = 0;

  restart(): void {
    this.#drawn = 0;
  }

  next(trouble: SandboxTrouble): Fault | undefined {
    const shares: readonly (readonly [number, Fault])[] = [
      [trouble.timeouts, 'timeout'],
      [trouble.tornAnswers, 'torn'],
      [trouble.serverErrors, 'server-error'],
      [trouble.throttling, 'throttled'],
    ];
    this.#drawn += 1;
    const drawn = draw(trouble.seed, this.#drawn);
    let reached = 0;
    for (const [share, fault] of shares) {
      reached += share;
      if (drawn < reached) return fault;
    }
    return undefined;
  }
}

/** A number from 0 up to 1 that follows from both (the finaliser of MurmurHash3, which spreads neighbours apart). */
function draw(seed: number, count: number): number {
  let value = (seed + Math.imul(count, 0x9e3779b9)) | 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 4_294_967_296;
}

export function refusalOfFault(fault: 'throttled' | 'server-error'): AwsRefusal {
  return fault === 'throttled'
    ? new AwsRefusal('Throttling', 'Rate exceeded', 400)
    : new AwsRefusal(
        'InternalFailure',
        'The request processing has failed because of an unknown error, exception or failure.',
        500,
        'Receiver',
      );
}
