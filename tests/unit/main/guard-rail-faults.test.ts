import { describe, expect, it } from 'vitest';
import { never } from '../../support/sub-account-world';
import {
  guardRailWorld,
  onlyIreland,
  policiesThere,
  ticking,
  type GuardRailWorld,
} from '../../support/guard-rail-world';
import { managementSource } from '../../support/sub-account-world';
import { must, type World } from '../../support/workspace-world';

type Pass = Parameters<World['wire']['before']>[1];
type Answer = Awaited<ReturnType<Pass>>;

const refusing = (code: string, message: string) => (): Promise<Answer> =>
  Promise.resolve({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' },
    body: JSON.stringify({ __type: code, message }),
  });
const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

type Fault = {
  readonly name: string;
  readonly answer: (pass: Pass) => Promise<Answer>;
  readonly kinds: readonly string[];
};

const faults: readonly Fault[] = [
  { name: 'is denied', kinds: ['access-denied'], answer: refusing('AccessDeniedException', 'denied') },
  { name: 'is throttled', kinds: ['throttled'], answer: refusing('TooManyRequestsException', 'Rate exceeded') },
  {
    name: 'meets somebody else’s change',
    kinds: ['aws-other'],
    answer: refusing('ConcurrentModificationException', 'The target was changed by another request.'),
  },
  {
    name: 'is carried out, and its answer lost',
    kinds: ['unreachable'],
    answer: async (pass) => {
      await pass();
      throw reset();
    },
  },
  { name: 'does not reach AWS', kinds: ['unreachable'], answer: () => Promise.reject(reset()) },
  {
    name: 'comes when the credentials have expired',
    kinds: ['credentials-expired', 'credentials-invalid'],
    answer: refusing('ExpiredTokenException', 'The security token included in the request is expired'),
  },
];

const directions = ['attached', 'detached'] as const;
type Direction = (typeof directions)[number];

/** Begins it, from a place where it can be begun. The calls before are not of it. */
async function begin(place: GuardRailWorld, direction: Direction): Promise<() => Promise<unknown>> {
  const { guardRails } = place.world.workspace;
  const wish = { sourceId: managementSource, targetId: place.unitId, guardRail: onlyIreland };
  if (direction === 'attached') return () => ticking(place.world, guardRails.attach(wish));
  const { id } = await place.attach(onlyIreland);
  return () => ticking(place.world, guardRails.detach(id));
}

/** The calls that change or read for it, those that ask who the source is left out: nothing of it is begun by then. */
async function callsOf(direction: Direction): Promise<{ readonly calls: number; readonly asking: number }> {
  const place = await guardRailWorld();
  const go = await begin(place, direction);
  const from = place.world.wire.actions.length;
  await go();
  const actions = place.world.wire.actions.slice(from);
  return { calls: actions.length, asking: actions.indexOf('DescribeOrganization') + 1 };
}

/** Calls that change something, and what is on disk while they are under way. */
const changes: Readonly<Record<string, string>> = {
  CreatePolicy: 'create',
  AttachPolicy: 'attach',
  DetachPolicy: 'detach',
  DeletePolicy: 'delete',
};

const end = (place: GuardRailWorld, direction: Direction) => (direction === 'attached' ? [[place.unitId]] : []);

describe.concurrent.each(directions)('a guard rail that is to be %s, when a call of it', (direction) => {
  it.each(faults)(
    '$name: says so, and gets there when it is gone on with',
    async ({ answer, kinds }) => {
      const { asking, calls } = await callsOf(direction);
      expect(calls - asking).toBeGreaterThan(3);
      const suffer = async (at: number): Promise<void> => {
        const place = await guardRailWorld();
        const go = await begin(place, direction);
        const { world } = place;
        const { guardRails } = world.workspace;
        const from = world.wire.actions.length;
        let broken = '';
        world.wire.before = (action, pass) => {
          // AWS's SDK asks again by itself: it stays broken until somebody acts
          if (world.wire.actions.length - from - 1 === at) broken = action;
          return action === broken ? answer(pass) : pass();
        };
        await go();
        const [record] = guardRails.list();
        const told = `${broken} (${String(at)}): ${JSON.stringify(record)}`;
        // an answer that was lost after success may be recognised without anybody’s help
        if (record?.state !== direction) {
          expect(record, told).toMatchObject({ state: 'stopped', wanted: direction });
          expect(kinds, told).toContain(record?.error?.kind);
          expect(record?.error?.whatToDo, told).not.toBe('');
        }
        world.wire.before = (_action, pass) => pass();
        must(await guardRails.resume(record?.id ?? ''));
        await ticking(world, over(place));
        expect(guardRails.list()[0]?.state, told).toBe(direction);
        expect(
          (await policiesThere(world)).map(({ targets }) => targets),
          told,
        ).toEqual(end(place, direction));
      };
      // side by side: the SDK's pauses before it asks again are of real time
      await Promise.all(Array.from({ length: calls - asking }, (_, index) => suffer(asking + index)));
    },
    60_000,
  );

  it.each([
    { name: 'before AWS has it', reaches: false },
    { name: 'before its answer is read', reaches: true },
  ])(
    'is cut off $name, goes on by itself after a restart and makes nothing twice',
    async ({ reaches }) => {
      const { asking, calls } = await callsOf(direction);
      for (let at = asking; at < calls; at += 1) {
        const place = await guardRailWorld();
        const go = await begin(place, direction);
        const from = place.world.wire.actions.length;
        let isCut = false;
        let during = '';
        place.world.wire.before = async (action, pass) => {
          if (place.world.wire.actions.length - from - 1 < at) return await pass();
          during = action;
          if (reaches) await pass();
          isCut = true;
          return await never();
        };
        void go().catch(() => undefined);
        await ticking(
          place.world,
          until(() => isCut),
        );
        const [onDisk] = place.world.workspace.guardRails.list();
        const what = changes[during];
        if (what !== undefined) expect(onDisk?.steps.at(-1), during).toMatchObject({ what, state: 'started' });
        const world = place.world.restart();
        await world.workspace.guardRails.catchUp();
        await ticking(world, over({ ...place, world }));
        const told = `call ${String(at)}`;
        expect(
          world.workspace.guardRails.list().map(({ state }) => state),
          told,
        ).toEqual([direction]);
        expect(
          (await policiesThere(world)).map(({ targets }) => targets),
          told,
        ).toEqual(end(place, direction));
      }
    },
    60_000,
  );
});

function over({ world }: Pick<GuardRailWorld, 'world'>): Promise<void> {
  return until(() => world.workspace.guardRails.list().every(({ state }) => !state.endsWith('ing')));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
