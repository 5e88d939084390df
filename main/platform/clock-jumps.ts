import type { Clock } from './clock';

/** The difference of the two clocks may move so much before it is called a jump, in milliseconds. */
const tolerance = 5_000;

/** Holds the wall clock against the steady one: a sleep, or somebody who sets it, moves only the first. */
export class ClockJumps {
  readonly #clock: Clock;
  #difference: number;
  #offset: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#difference = clock.now() - clock.monotonic();
    this.#offset = clock.offset() ?? 0;
  }

  /** Whether it moved since this was asked last. What AWS taught is no jump. */
  look(): boolean {
    const difference = this.#clock.now() - this.#clock.monotonic();
    const offset = this.#clock.offset() ?? 0;
    const moved = difference - this.#difference - (offset - this.#offset);
    this.#difference = difference;
    this.#offset = offset;
    return Math.abs(moved) > tolerance;
  }
}
