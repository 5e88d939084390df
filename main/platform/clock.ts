/**
 * The only source of time. `now()` is the time at AWS as far as it is known: this computer's clock plus the offset
 * learnt from the server's Date header. Milliseconds since 1970-01-01T00:00:00Z.
 */
export interface Clock {
  /** AWS's time, in milliseconds since the epoch. Never used to measure how long something took. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes backwards. For durations. */
  monotonic(): number;
  /** AWS's clock minus this computer's, in milliseconds, or `undefined` before AWS first answered. */
  offset(): number | undefined;
  /** Takes what a server's Date header said. `offset` in milliseconds. */
  learnOffset(offset: number): void;
  /** Calls back once after `delay` milliseconds of real time. Returns the way to call it off. */
  schedule(delay: number, callback: () => void): () => void;
  /** Resolves after `delay` milliseconds, or at once when the signal aborts (never rejects). */
  wait(delay: number, signal?: AbortSignal): Promise<void>;
}
