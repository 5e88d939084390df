import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForNode } from '../../support/bundle';
import { MortalLife } from '../../support/mortal-life';

/** Runs; `SALLYPORT_RUNS=200` is the long form. */
const runs = Number(process.env['SALLYPORT_RUNS'] ?? 4);
/** Kills in each before it may come to its end. */
const kills = 4;
const seed = Number(process.env['SALLYPORT_SEED'] ?? 20_261_122);

let program: string;
const lives: MortalLife[] = [];
beforeAll(async () => {
  program = await bundleForNode('creation-child');
}, 60_000);
afterAll(async () => {
  for (const life of lives) await life.end();
});

function begin(): MortalLife {
  const life = new MortalLife(program, { recipeId: 'deployment-service', parameters: {} });
  lives.push(life);
  return life;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomNumbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function setAside(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return setAside(path);
    if (entry.name.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'));
    return /unreadable|corrupt|set-aside/.test(entry.name) && statSync(path).size > 0 ? [path] : [];
  });
}

it(
  `killed at random moments in ${String(runs)} runs: no record is lost, nothing is made twice, every file can be read`,
  { timeout: 60_000 + runs * 20_000 },
  async () => {
    const whole = begin();
    const startedAt = performance.now();
    expect(await whole.start()).toMatch(/^made/);
    const takesMs = performance.now() - startedAt;
    const made = whole.here();
    await whole.undo();
    await whole.end();
    const random = randomNumbers(seed);
    let killed = 0;

    /** Started again and again, and killed on the way, until it says so. */
    const until = async (life: MortalLife, done: RegExp, environment: Record<string, string>): Promise<void> => {
      for (let turn = 0; turn < kills; turn += 1) {
        const timer = setTimeout(() => life.kill(), random() * takesMs * 1.1);
        const said = await life.start(environment);
        clearTimeout(timer);
        if (done.test(said)) return;
        expect(said).toBe('SIGKILL');
        killed += 1;
        expect(setAside(life.directory)).toEqual([]);
      }
      expect(await life.start(environment)).toMatch(done);
    };

    for (let run = 0; run < runs; run += 1) {
      const life = begin();
      await until(life, /^made/, {});
      expect([run, life.here()]).toEqual([run, made]);
      life.kill();
      await until(life, /^undone/, { UNDO: 'go-on' });
      expect([run, life.here(), life.kept()]).toEqual([run, life.before, [0, 0]]);
      expect(setAside(life.directory)).toEqual([]);
      await life.end();
    }
    process.stdout.write(`${String(runs)} runs, killed ${String(killed)} times, seed ${String(seed)}\n`);
    expect(killed).toBeGreaterThan(runs);
  },
);
