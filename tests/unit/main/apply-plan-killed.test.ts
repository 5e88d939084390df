import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computerNow } from '../../../main/platform/computer-time';
import { createSandbox, type Sandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox, type SandboxServer } from '../../../main/sandbox/server';
import { bundleForNode } from '../../support/bundle';
import type { CreationOrder } from '../../support/creation-child';
import { testSigningKey } from '../../support/practice';
import { whatIsThere } from '../../support/recipe-draft';

let program: string;
beforeAll(async () => {
  program = await bundleForNode('creation-child');
}, 60_000);

/** A person's computer and AWS: the one may lose its process at any moment, the other never does. */
class Life {
  readonly sandbox: Sandbox = createSandbox({
    clock: { now: computerNow, offset: () => undefined },
    signingKey: testSigningKey,
  });
  readonly #directory = mkdtempSync(join(tmpdir(), 'sallyport-killed-'));
  readonly #recipe: Pick<CreationOrder, 'recipeId' | 'parameters'>;
  readonly #before = whatIsThere(this.sandbox.snapshot());
  #server: SandboxServer | undefined;
  #child: ChildProcess | undefined;
  #lines: Interface | undefined;

  constructor(recipe: Pick<CreationOrder, 'recipeId' | 'parameters'>) {
    this.#recipe = recipe;
  }

  /** Starts the app. @returns what it says first, or the signal that ended it */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<string> {
    this.#server ??= await serveSandbox(this.sandbox, 0);
    const order: CreationOrder = {
      ...this.#recipe,
      directory: this.#directory,
      endpoint: this.#server.endpoint,
      keys: this.sandbox.identities,
    };
    this.#child = spawn(process.execPath, [program, JSON.stringify(order)], {
      env: { PATH: process.env['PATH'], HOME: this.#directory, NODE_NO_WARNINGS: '1', ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#child.stdout! });
    return await this.#says();
  }

  async undo(): Promise<string> {
    const said = this.#says();
    this.#child?.stdin?.write('undo\n');
    return await said;
  }

  #says(): Promise<string> {
    return new Promise((resolve) => {
      this.#lines?.once('line', resolve);
      this.#child?.once('close', (code, signal) => {
        resolve(signal ?? `ended with ${String(code)}`);
      });
    });
  }

  here(): unknown {
    return whatIsThere(this.sandbox.snapshot());
  }

  /** Items of the keychain, and sources that hold one: what the app keeps of a key outside of the wizard. */
  kept(): readonly number[] {
    const size = (name: string, count: (json: unknown) => number): number => {
      const path = join(this.#directory, name);
      return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : 0;
    };
    return [
      size('keychain.json', (items) => Object.keys(items as object).length),
      size('practice/sources.json', (file) => {
        const { sources } = (file as { data: { sources: readonly { kind: string }[] } }).data;
        return sources.filter(({ kind }) => kind === 'access-key').length;
      }),
    ];
  }

  /** Kinds of the steps in the journal, in its order. A step's ID is its kind, with a number where there are several. */
  kindsMade(): readonly string[] {
    const file = JSON.parse(readFileSync(join(this.#directory, 'practice', 'drafts.json'), 'utf8')) as {
      data: { drafts: [{ state: { answers: { creation: { journal: { stepId: string; state: string }[] } } } }] };
    };
    const { journal } = file.data.drafts[0].state.answers.creation;
    return journal.filter(({ state }) => state === 'done').map(({ stepId }) => stepId.replace(/-\d+$/, ''));
  }

  get before(): unknown {
    return this.#before;
  }

  async end(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#server?.close();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A write of the wizard's file, counted from 1 while things are made, and again while they are taken back. */
type Point = { readonly phase: 'making' | 'undoing'; readonly write: number; readonly moment: 'before' | 'after' };

type Recipe = {
  readonly recipeId: string;
  readonly parameters: Record<string, string>;
  /** The points at which it is killed. `kinds` of the steps in the order in which they were made. */
  readonly points: (writes: Record<Point['phase'], number>, kinds: readonly string[]) => readonly Point[];
};

const recipes: readonly Recipe[] = [
  {
    recipeId: 'deployment-service',
    parameters: {},
    points: (writes) => (['making', 'undoing'] as const).flatMap((phase) => everyPoint(phase, writes[phase])),
  },
  {
    recipeId: 'zappa',
    parameters: { makeUser: 'yes', bucket: 'acme-zappa' },
    points: (_writes, kinds) => [
      ...unrecordedCalls('making', kinds),
      // what is only a part of something else goes with it
      ...unrecordedCalls('undoing', [...kinds].reverse(), (kind) => kind.startsWith('create-')),
    ],
  },
];

function everyPoint(phase: Point['phase'], writes: number): readonly Point[] {
  return Array.from({ length: writes }, (_, index) =>
    (['before', 'after'] as const).map((moment) => ({ phase, write: index + 1, moment })),
  ).flat();
}

/**
 * Where only AWS knows that a call was made, for a step of each kind that the recipe before has not. The first write says
 * that it begins; then each step has one before its call and one after it.
 */
function unrecordedCalls(
  phase: Point['phase'],
  kinds: readonly string[],
  isWanted: (kind: string) => boolean = () => true,
): readonly Point[] {
  const isNew = (kind: string) => !['create-role', 'attach-role-policy'].includes(kind);
  return kinds.flatMap((kind, index) =>
    kinds.indexOf(kind) === index && isNew(kind) && isWanted(kind)
      ? [{ phase, write: 3 + 2 * index, moment: 'before' as const }]
      : [],
  );
}

describe.each(recipes)('$recipeId, made by a process that is killed', ({ parameters, points: pointsOf, recipeId }) => {
  const lives: Life[] = [];
  const begin = (): Life => {
    const life = new Life({ recipeId, parameters });
    lives.push(life);
    return life;
  };
  afterAll(async () => {
    for (const life of lives) await life.end();
  });
  const writesIn = (words: string): number => Number(/after (\d+) writes$/.exec(words)?.[1]);
  const nothing = [0, 0];

  it('around a write of its journal, makes each thing once, and takes all back', { timeout: 120_000 }, async () => {
    const whole = begin();
    const makes = writesIn(await whole.start());
    const made = whole.here();
    const kept = whole.kept();
    const kinds = whole.kindsMade();
    const undoes = writesIn(await whole.undo()) - makes;
    expect(made).not.toEqual(whole.before);
    expect(whole.here()).toEqual(whole.before);
    expect(whole.kept()).toEqual(nothing);

    const liveThrough = async ({ moment, phase, write }: Point): Promise<void> => {
      const name = `${phase} ${String(write)} ${moment}`;
      const life = begin();
      if (phase === 'making') {
        expect(await life.start({ DIE_AT: `${String(write)}-${moment}` }), name).toBe('SIGKILL');
        expect(await life.start(), name).toMatch(/^made/);
        expect(life.here(), name).toEqual(made);
        expect(life.kept(), name).toEqual(kept);
        expect(await life.undo(), name).toMatch(/^undone/);
      } else {
        expect(await life.start({ DIE_AT: `${String(makes + write)}-${moment}` }), name).toMatch(/^made/);
        expect(await life.undo(), name).toBe('SIGKILL');
        expect(await life.start({ UNDO: 'go-on' }), name).toMatch(/^undone/);
      }
      expect(life.here(), name).toEqual(life.before);
      expect(life.kept(), name).toEqual(nothing);
      await life.end();
    };

    const points = [...pointsOf({ making: makes, undoing: undoes }, kinds)];
    expect(points.length).toBeGreaterThan(10);
    // Two at once, for as many cores.
    const work = async (): Promise<void> => {
      for (let point = points.shift(); point !== undefined; point = points.shift()) await liveThrough(point);
    };
    await Promise.all([work(), work()]);
  });
});
