import type { Clock } from '../../main/platform/clock';

type Planned = { readonly at: number; readonly callback: () => void };

/** A clock that stands still until it is told to move. Scheduled callbacks run, in order, when it passes them. */
export class ManualClock implements Clock {
  private local: number;
  private elapsed = 0;
  private learned: number | undefined;
  private readonly planned = new Set<Planned>();

  /** `start` in milliseconds since the epoch: this computer's clock. */
  constructor(start = Date.parse('2026-11-22T09:00:00Z')) {
    this.local = start;
  }

  now(): number {
    return this.local + (this.learned ?? 0);
  }

  monotonic(): number {
    return this.elapsed;
  }

  offset(): number | undefined {
    return this.learned;
  }

  learnOffset(offset: number): void {
    this.learned = offset;
  }

  schedule(delay: number, callback: () => void): () => void {
    const entry: Planned = { at: this.elapsed + Math.max(0, delay), callback };
    this.planned.add(entry);
    return () => {
      this.planned.delete(entry);
    };
  }

  wait(delay: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const finish = (): void => {
        cancel();
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const cancel = this.schedule(delay, finish);
      signal?.addEventListener('abort', finish, { once: true });
    });
  }

  /** Lets `milliseconds` pass. */
  advance(milliseconds: number): void {
    const end = this.elapsed + milliseconds;
    for (;;) {
      const next = [...this.planned].filter((entry) => entry.at <= end).sort((left, right) => left.at - right.at)[0];
      if (next === undefined) break;
      this.move(next.at - this.elapsed);
      this.planned.delete(next);
      next.callback();
    }
    this.move(end - this.elapsed);
  }

  /** Lets time pass, giving waiting code its turn after each callback. */
  async advanceAsync(milliseconds: number, step = 1000): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += step) {
      this.advance(Math.min(step, milliseconds - passed));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  /** Moves only the wall clock, as somebody does who sets it. Milliseconds. */
  jump(milliseconds: number): void {
    this.local += milliseconds;
  }

  private move(milliseconds: number): void {
    this.elapsed += milliseconds;
    this.local += milliseconds;
  }
}
