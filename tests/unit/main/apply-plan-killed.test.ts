import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../support/bundle';
import { MortalLife } from '../../support/mortal-life';

let program: string;
beforeAll(async () => {
  program = await bundleForNode('creation-child');
}, 60_000);

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
  const lives: MortalLife[] = [];
  const begin = (): MortalLife => {
    const life = new MortalLife(program, { recipeId, parameters });
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
