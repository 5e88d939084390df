import type { Clock } from './clock';

/** Node fires a timer at once when its delay does not fit 31 bits. */
const longestDelay = 2 ** 31 - 1;

/** Time from this computer, corrected by what AWS's Date headers say. */
export class SystemClock implements Clock {
  #offset: number | undefined;

  now(): number {
    return Date.now() + (this.#offset ?? 0);
  }

  monotonic(): number {
    return performance.now();
  }

  offset(): number | undefined {
    return this.#offset;
  }

  learnOffset(offset: number): void {
    this.#offset = offset;
  }

  schedule(delay: number, callback: () => void): () => void {
    let left = Math.max(0, delay);
    let timer: NodeJS.Timeout;
    const next = (): void => {
      const part = Math.min(left, longestDelay);
      left -= part;
      timer = setTimeout(left > 0 ? next : callback, part);
    };
    next();
    return () => clearTimeout(timer);
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
}
