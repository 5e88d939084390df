import type { Clock } from '../platform/clock';

/** How the round goes on, each time that changes. */
export type Pace = {
  readonly running: number;
  /** at a time at most, now */
  readonly atOnce: number;
  /** nothing new begins before, in milliseconds of the monotonic clock; undefined: no pause */
  readonly pausedUntil: number | undefined;
};

export type RoundPorts<T> = {
  readonly clock: Pick<Clock, 'monotonic' | 'schedule'>;
  readonly signal: AbortSignal;
  readonly items: readonly T[];
  /** At a time at most, while all goes well. */
  readonly most: number;
  /** Never rejects. `throttled`: the other side had enough, and it is to be asked again later. */
  readonly run: (item: T) => Promise<'done' | 'throttled'>;
  /** It was throttled to the end. */
  readonly giveUp: (item: T) => void;
  readonly onPace: (pace: Pace) => void;
};

/** Milliseconds. */
const firstPause = 1000;
const longestPause = 20_000;
/** So often each is tried; with the pauses between them that takes longer than a minute. */
const mostTries = 8;

type Later<T> = { readonly item: T; readonly tries: number; readonly at: number };

/**
 * Runs everything, so many at a time. When one comes back throttled the number is halved and nothing new begins for a
 * pause that doubles with each further halving; the number rises by one for every two full sets that went well (additive
 * increase, multiplicative decrease). What began before a halving tells nothing new and does not halve again. Throttled
 * items are run again later, each after a time of its own, so that they do not come back all at once.
 * Resolves when all are done, and at once when the signal aborts: what still runs then is nobody's concern.
 */
export function runPaced<T>(ports: RoundPorts<T>): Promise<void> {
  const { clock, giveUp, items, most, onPace, run, signal } = ports;
  return new Promise((resolve) => {
    let next = 0;
    let running = 0;
    let limit = most;
    let halvings = 0;
    let wellSince = 0;
    let epoch = 0;
    let pausedUntil = 0;
    let spread = 0;
    let later: Later<T>[] = [];
    let cancelWake: () => void = () => undefined;
    let isOver = false;

    const finish = (): void => {
      isOver = true;
      cancelWake();
      signal.removeEventListener('abort', finish);
      resolve();
    };

    /** Half of it to half as much again, spread evenly by the count instead of by chance so that a run can be repeated. */
    const jittered = (pause: number): number => {
      spread = (spread + 0.618_033_988_75) % 1;
      return Math.round(Math.min(longestPause, pause) * (0.5 + spread));
    };

    const throttled = (item: T, tries: number, begunIn: number): void => {
      const now = clock.monotonic();
      if (begunIn === epoch) {
        epoch += 1;
        limit = Math.max(1, limit / 2);
        pausedUntil = now + jittered(firstPause * 2 ** halvings);
        halvings += 1;
        wellSince = 0;
      }
      if (tries >= mostTries) giveUp(item);
      else later.push({ item, tries, at: now + jittered(firstPause * 2 ** (tries - 1)) });
    };

    const well = (): void => {
      limit = Math.min(most, limit + 0.5 / limit);
      wellSince += 1;
      if (wellSince >= limit) halvings = 0;
    };

    const take = (now: number): { item: T; tries: number } | undefined => {
      const due = later.find(({ at }) => at <= now);
      if (due !== undefined) {
        later = later.filter((one) => one !== due);
        return { item: due.item, tries: due.tries + 1 };
      }
      if (next >= items.length) return undefined;
      next += 1;
      return { item: items[next - 1] as T, tries: 1 };
    };

    const begin = ({ item, tries }: { item: T; tries: number }): void => {
      const begunIn = epoch;
      running += 1;
      void run(item).then((end) => {
        if (isOver) return;
        running -= 1;
        if (end === 'throttled') throttled(item, tries, begunIn);
        else well();
        pump();
      });
    };

    const pump = (): void => {
      if (isOver) return;
      cancelWake();
      const now = clock.monotonic();
      if (now >= pausedUntil) {
        while (running < Math.floor(limit)) {
          const taken = take(now);
          if (taken === undefined) break;
          begin(taken);
        }
      }
      onPace({ running, atOnce: Math.floor(limit), pausedUntil: pausedUntil > now ? pausedUntil : undefined });
      if (running === 0 && next >= items.length && later.length === 0) {
        finish();
        return;
      }
      const soonest = next < items.length ? now : Math.min(...later.map(({ at }) => at));
      const wakeAt = Math.max(pausedUntil, soonest);
      if (wakeAt > now && wakeAt !== Infinity) cancelWake = clock.schedule(wakeAt - now, pump);
    };

    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
    else pump();
  });
}
