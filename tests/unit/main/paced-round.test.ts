import { describe, expect, it } from 'vitest';
import { runPaced, type Pace } from '../../../main/connections/paced-round';
import { ManualClock } from '../../support/manual-clock';

/** Time passes while there is work, and code that waits has its turn between. */
async function passTime(clock: ManualClock, isOver: () => boolean, step = 10): Promise<void> {
  for (let turn = 0; turn < 200_000 && !isOver(); turn += 1) {
    clock.advance(step);
    for (let tick = 0; tick < 6; tick += 1) await Promise.resolve();
  }
  if (!isOver()) throw new Error('It did not end');
}

type Service = { readonly perSecond: number; readonly burst: number };

/** A service with a token bucket, as STS has (AWS Security Blog, “How to monitor and query IAM resources at scale”). */
async function roundAgainst(service: Service | undefined, count: number, tookMs = 200) {
  const clock = new ManualClock();
  const answered = new Map<number, number>();
  const asked: { readonly at: number; readonly refused: boolean }[] = [];
  const paces: Pace[] = [];
  const gaveUp: number[] = [];
  let running = 0;
  let mostRunning = 0;
  let tokens = service?.burst ?? Infinity;
  let filledAt = 0;
  let isOver = false;
  const start = clock.monotonic();
  const round = runPaced<number>({
    clock,
    signal: new AbortController().signal,
    items: Array.from({ length: count }, (_, index) => index),
    most: 16,
    run: async (item) => {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      const now = clock.monotonic();
      if (service !== undefined) {
        tokens = Math.min(service.burst, tokens + ((now - filledAt) / 1000) * service.perSecond);
        filledAt = now;
      }
      const refused = tokens < 1;
      if (!refused) tokens -= 1;
      asked.push({ at: now - start, refused });
      await clock.wait(refused ? 50 : tookMs);
      running -= 1;
      if (refused) return 'throttled';
      answered.set(item, (answered.get(item) ?? 0) + 1);
      return 'done';
    },
    giveUp: (item) => gaveUp.push(item),
    onPace: (pace) => paces.push(pace),
  }).then(() => {
    isOver = true;
  });
  await passTime(clock, () => isOver);
  await round;
  return { answered, asked, gaveUp, mostRunning, paces, took: clock.monotonic() - start };
}

describe('a paced round', () => {
  it('runs a thousand, 16 at a time, in the time that they need', async () => {
    const { answered, mostRunning, took } = await roundAgainst(undefined, 1000);
    expect(answered.size).toBe(1000);
    expect(mostRunning).toBe(16);
    expect(took).toBeLessThanOrEqual(1.2 * Math.ceil(1000 / 16) * 200);
  });

  it('ends with everything done where less is allowed, without running into the limit again and again', async () => {
    const service = { perSecond: 20, burst: 20 };
    const { answered, asked, gaveUp, paces, took } = await roundAgainst(service, 600);
    expect(gaveUp).toEqual([]);
    expect([...answered.values()]).toEqual(Array.from({ length: 600 }, () => 1));
    const refused = asked.filter((one) => one.refused);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length / asked.length).toBeLessThan(0.1);
    // what 20 a second take, and half of that again
    expect(took).toBeLessThan(1.5 * 600 * 50);
    expect(Math.min(...paces.map(({ atOnce }) => atOnce))).toBeLessThan(16);
    // never more in a second than was allowed and saved up, and a few that found out
    for (let second = 0; second * 1000 < took; second += 1) {
      const inIt = asked.filter(({ at }) => at >= second * 1000 && at < (second + 1) * 1000);
      expect(inIt.length).toBeLessThanOrEqual(service.perSecond + service.burst + 16);
    }
  });

  it('halves once for all that ran together, waits, and rises again one by one', async () => {
    const clock = new ManualClock();
    const paces: Pace[] = [];
    let isOver = false;
    let refusals = 16;
    void runPaced<number>({
      clock,
      signal: new AbortController().signal,
      items: Array.from({ length: 200 }, (_, index) => index),
      most: 16,
      run: async () => {
        const end = refusals > 0 ? 'throttled' : 'done';
        refusals -= 1;
        await clock.wait(100);
        return end;
      },
      giveUp: () => undefined,
      onPace: (pace) => paces.push(pace),
    }).then(() => {
      isOver = true;
    });
    await passTime(clock, () => isOver);
    const limits = paces.map(({ atOnce }) => atOnce);
    expect(Math.min(...limits)).toBe(8);
    expect(paces.some(({ pausedUntil }) => pausedUntil !== undefined)).toBe(true);
    const rising = limits.slice(limits.indexOf(8));
    expect(rising.every((limit, index) => index === 0 || limit - (rising[index - 1] ?? 0) <= 1)).toBe(true);
    expect(Math.max(...rising)).toBeGreaterThan(12);
  });

  it('gives up what is throttled to the end, and says so', async () => {
    const clock = new ManualClock();
    const gaveUp: number[] = [];
    let asked = 0;
    let isOver = false;
    void runPaced<number>({
      clock,
      signal: new AbortController().signal,
      items: [1, 2, 3],
      most: 16,
      run: () => {
        asked += 1;
        return Promise.resolve('throttled');
      },
      giveUp: (item) => gaveUp.push(item),
      onPace: () => undefined,
    }).then(() => {
      isOver = true;
    });
    await passTime(clock, () => isOver, 100);
    expect(gaveUp.sort()).toEqual([1, 2, 3]);
    expect(asked).toBe(24);
  });

  it('ends at once when cancelled, while it waits and while something runs', async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    let begun = 0;
    const round = runPaced<number>({
      clock,
      signal: controller.signal,
      items: [1, 2, 3, 4],
      most: 2,
      run: () => {
        begun += 1;
        return new Promise(() => undefined);
      },
      giveUp: () => undefined,
      onPace: () => undefined,
    });
    controller.abort();
    await round;
    expect(begun).toBe(2);
  });
});
