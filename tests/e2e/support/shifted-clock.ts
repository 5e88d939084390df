import type { Clock } from '../../../main/platform/clock';

type Planned = { due: number; readonly callback: () => void; timer: NodeJS.Timeout };

/** The real time, which a test may move on. The only thing that is swapped in the app under test. */
export class ShiftedClock implements Clock {
  #skipped = 0;
  #learned: number | undefined;
  readonly #planned = new Set<Planned>();

  now(): number {
    return Date.now() + this.#skipped + (this.#learned ?? 0);
  }

  monotonic(): number {
    return performance.now() + this.#skipped;
  }

  /** What was skipped counts as learnt from AWS: so the page, which has its own clock, is told. */
  offset(): number | undefined {
    return this.#learned === undefined && this.#skipped === 0 ? undefined : (this.#learned ?? 0) + this.#skipped;
  }

  learnOffset(offset: number): void {
    this.#learned = offset - this.#skipped;
  }

  schedule(delay: number, callback: () => void): () => void {
    const entry: Planned = { due: this.monotonic() + Math.max(0, delay), callback, timer: setTimeout(() => undefined) };
    this.#planned.add(entry);
    this.#arm(entry);
    return () => this.#drop(entry);
  }

  wait(delay: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const cancel = this.schedule(delay, resolve);
      signal?.addEventListener(
        'abort',
        () => {
          cancel();
          resolve();
        },
        { once: true },
      );
    });
  }

  /** Lets `milliseconds` pass at once. What falls due in them runs, in its order, before anything later. */
  skip(milliseconds: number): void {
    this.#skipped += milliseconds;
    for (const entry of [...this.#planned].sort((left, right) => left.due - right.due)) this.#arm(entry);
  }

  #arm(entry: Planned): void {
    clearTimeout(entry.timer);
    const left = Math.min(Math.max(0, entry.due - this.monotonic()), 2 ** 31 - 1);
    entry.timer = setTimeout(() => {
      this.#drop(entry);
      entry.callback();
    }, left);
  }

  #drop(entry: Planned): void {
    clearTimeout(entry.timer);
    this.#planned.delete(entry);
  }
}
