import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../core/domain/connection';
import type { RoleState } from '../../../core/domain/drift/agreement';
import { firstReviewPolicy, type KeySight, type Review, type ReviewReason } from '../../../core/domain/review';
import { allOrNothing } from '../../../main/review/all-or-nothing';
import { detailOf } from '../../../main/review/detail';
import { Queue, queueOf, type Line, type QueuePorts } from '../../../main/review/queue';
import {
  ReviewRecords,
  reviewsCollection,
  reviewSettingsDocument,
  type ReviewSettings,
} from '../../../main/review/records';
import { saveReviews } from '../../../main/review/report';
import { Sweep } from '../../../main/review/sweep';
import { MemoryCollection } from '../../../main/store/memory-collection';
import { MemoryDocument } from '../../../main/store/memory-document';
import { appError } from '../../../main/workspace-context';
import { err, ok } from '../../../core/result';
import { ManualClock } from '../../support/manual-clock';
import { MemoryFiles } from '../../support/memory-files';
import { must } from '../../support/must';

const day = 86_400_000;
const accountId = '222233334444';

function connections(count: number): Connection[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ id: `c${String(index)}`, name: `Role ${String(index)}`, accountId, region: 'eu-west-1', recipeId: 'custom' },
    ...{ roleName: 'Role', roleArn: `arn:aws:iam::${accountId}:role/Role`, maxSessionDuration: 3600 },
    ...{ createdAt: Date.parse('2026-11-22T09:00:00Z'), status: 'working', sourceId: 's', madeBy: 'imported' },
  })) as unknown as Connection[];
}

/** What is known of so many connections, which a test may change. */
function queue(count: number, keys: readonly KeySight[] = []) {
  const clock = new ManualClock();
  const made = new Map(connections(count).map((one) => [one.id, one]));
  const reviews = new Map<string, readonly Review[]>();
  const none: readonly Review[] = [];
  let keysAsked = 0;
  const ports: QueuePorts = {
    connections: { all: () => [...made.values()], find: (id) => made.get(id) },
    looks: { find: () => undefined },
    agreements: { find: () => undefined },
    keys: () => {
      keysAsked += 1;
      return keys;
    },
    records: { of: (id) => reviews.get(id) ?? none },
    policy: () => firstReviewPolicy,
    now: () => clock.now(),
  };
  return { clock, made, queue: new Queue(ports), reviews, keysAsked: () => keysAsked };
}

/** How many turns of the event loop others got until it was done. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let isDone = false;
  void done.then(() => {
    isDone = true;
  });
  for (let turns = 0; ; turns += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (isDone) return turns;
  }
}

const snoozed = (one: Line, until: number): Review => ({
  ...{ id: 'r', batchId: 'b', subjectId: one.item.subjectId, kind: 'connection', name: 'x', accountId, of: 'Role' },
  ...{ decision: 'snoozed', at: until - 7 * day, until, reasons: [...one.standing.open] },
});

describe('the lines of the queue', () => {
  it('give way to other work while many are made, and are there at once while nothing changed', async () => {
    const { queue: of } = queue(1000);
    expect(await turnsUntil(of.lines())).toBeGreaterThanOrEqual(10);
    expect(await turnsUntil(of.lines())).toBeLessThan(3);
  });

  it('are the same while what they are made of is, and say the same while a person would see the same', async () => {
    const { made, queue: of } = queue(2);
    const before = await of.lines();
    made.set('c0', { ...(made.get('c0') as Connection), maxSessionDuration: 7200 });
    const after = await of.lines();
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
    expect(after[0]?.item).toBe(before[0]?.item);
  });

  it('ask for the keys once for as many as are decided about', () => {
    const keys = Array.from({ length: 50 }, (_, index): KeySight => ({
      ...{ id: `AKIA${String(index).padStart(16, '0')}`, accountId, userName: 'ines', createdAt: 0 },
      ...{ active: true, seenAt: 0, sourceId: 's' },
    }));
    const { keysAsked, queue: of } = queue(1, keys);
    const wanted = [...keys.map(({ id }) => id), 'c0', 'nobody'];
    expect(of.linesOf(wanted).map(({ item }) => item.subjectId)).toEqual(wanted.slice(0, -1));
    expect(keysAsked()).toBe(1);
  });
});

describe('what is shown of the lines', () => {
  it('is the heaviest first, and when the next falls due that is still open', async () => {
    const { clock, made, queue: of } = queue(4);
    const at = clock.now() + 92 * day;
    const young = { createdAt: at - day };
    made.set('c0', { ...(made.get('c0') as Connection), ...young, reviewAt: at - 1 });
    made.set('c2', { ...(made.get('c2') as Connection), ...young, reviewAt: at + 1, status: 'closing' });
    made.set('c3', { ...(made.get('c3') as Connection), ...young, reviewAt: at + 2 });
    clock.advance(92 * day);
    const { items, nextAt } = queueOf(await of.lines(), at);
    expect(items.map(({ reasons, subjectId }) => [subjectId, reasons[0]?.kind])).toEqual([
      ['c1', 'not-seen'],
      ['c0', 'due'],
    ]);
    expect(nextAt).toBe(at + 2);
  });

  it('in detail is the last decisions, the newest first, and what the role can do in a line', async () => {
    const { queue: of } = queue(1);
    const [line] = (await of.lines()) as [Line];
    const reviews = Array.from({ length: 25 }, (_, index) => ({ ...snoozed(line, 9 * day), id: `r${String(index)}` }));
    const managed = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ arn: `arn:aws:iam::aws:policy/${name}` }));
    const role = { managed, inline: [], trustPolicy: '{}', path: '/', maxSessionDuration: 3600, tags: [] } as RoleState;
    const agreement = { id: 'c0', basis: 'plan', madeAt: 0, role } as const;
    const facts = { ...line.facts, agreement } as Line['facts'];
    const notes = { notes: '', owner: '' };
    const detail = detailOf({ ...line, facts }, { reviews, policy: firstReviewPolicy, notes, now: 0 });
    expect(detail.reviews.map(({ id }) => id)).toEqual(
      reviews
        .map(({ id }) => id)
        .slice(5)
        .toReversed(),
    );
    expect(detail.can?.words).toBe('A, B, C, D and 1 more');
  });
});

function sweepOver(
  lines: () => Promise<readonly Line[]>,
  settings = new MemoryDocument(reviewSettingsDocument),
  clock = new ManualClock(),
) {
  const told: string[] = [];
  let changed = 0;
  const sweep = new Sweep({
    ...{ clock, settings, lines },
    notify: ({ title }) => told.push(title),
    changed: () => {
      changed += 1;
    },
  });
  return { changed: () => changed, clock, settings, sweep, told };
}

describe('what is taken off the records', () => {
  const review = (subjectId: string): Review => ({
    ...{ id: crypto.randomUUID(), batchId: crypto.randomUUID(), decision: 'kept', at: 1, subjectId, accountId },
    ...{ kind: 'connection', name: 'Role', of: 'Role', reasons: [] },
  });

  it('leaves those of others as they are: the lines that are made of them are not made anew', () => {
    const records = new ReviewRecords(new MemoryCollection(reviewsCollection));
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const [first, second, third] = [review(one), review(other), review(one)];
    must(records.put([first, second, third]));
    const before = records.of(other);
    must(records.takeBack([first]));
    expect(records.of(one)).toEqual([third]);
    expect(records.of(other)).toBe(before);
    must(records.takeBack([third]));
    expect(records.of(one)).toEqual([]);
    expect(records.all()).toEqual([second]);
  });
});

describe('the look at what is due', () => {
  it('tells the window where something is shown otherwise, also of what is put off, and not else', async () => {
    const { clock, made, queue: of, reviews } = queue(2);
    const { changed, sweep } = sweepOver(() => of.lines());
    await sweep.look();
    await sweep.look();
    expect(changed()).toBe(1);
    // tested: nothing of it is shown in the queue
    made.set('c0', { ...(made.get('c0') as Connection), maxSessionDuration: 7200 });
    await sweep.look();
    expect(changed()).toBe(1);
    clock.advance(91 * day);
    await sweep.look();
    expect([changed(), sweep.due()]).toEqual([2, 2]);
    const [line] = await of.lines();
    reviews.set('c0', [snoozed(line as Line, clock.now() + 7 * day)]);
    await sweep.look();
    expect([changed(), sweep.due()]).toEqual([3, 1]);
    // put off for longer: neither count changes
    reviews.set('c0', [snoozed(line as Line, clock.now() + 8 * day)]);
    await sweep.look();
    expect([changed(), sweep.due()]).toEqual([4, 1]);
  });

  it('says nothing where a person decided, or another look came, while it was taken', async () => {
    const { clock, queue: of } = queue(1);
    await of.lines();
    clock.advance(91 * day);
    const due = await of.lines();
    const waiting: ((lines: readonly Line[]) => void)[] = [];
    const { changed, settings, sweep, told } = sweepOver(
      () =>
        new Promise((resolve) => {
          waiting.push(resolve);
        }),
    );
    settings.update((one) => ({ ...one, toldUntil: 0 }));
    const [first, second] = [sweep.look(), sweep.look()];
    waiting[1]?.([]);
    await second;
    expect([changed(), sweep.due()]).toEqual([1, 0]);
    waiting[0]?.(due);
    await first;
    expect([changed(), sweep.due(), told]).toEqual([1, 0, []]);
    const third = sweep.look();
    sweep.noteDecision();
    waiting[2]?.(due);
    await third;
    expect([changed(), sweep.due(), told]).toEqual([1, 0, []]);
  });

  it('still tells of what fell due between the last look and a decision about something else', async () => {
    const { clock, made, queue: of } = queue(2);
    const { settings, sweep, told } = sweepOver(() => of.lines());
    await sweep.look();
    const later = clock.now() + day;
    made.set('c1', { ...(made.get('c1') as Connection), reviewAt: later });
    clock.advance(2 * day);
    // the sweep’s clock is another one that stands still: what fell due is after its last look
    expect(settings.read().toldUntil).toBeLessThan(later);
    sweep.noteDecision();
    await sweep.look();
    expect(told).toEqual(['Role 1 is due for review']);
  });
});

/** One that is due for this alone. */
function dueFor(kind: ReviewReason['kind'], since: number): Line {
  const reason: ReviewReason = { kind, key: `${kind} ${String(since)}`, since, seen: 'Seen.' };
  return {
    item: { subjectId: 'c', kind: 'connection', name: 'Harbour', accountId, of: 'Role', reasons: [reason] },
    facts: { of: 'connection', connection: { createdAt: 0, recipeId: '', roleName: 'Role', status: 'working' } },
    ...{ connection: undefined, standing: { open: [reason], covered: [] }, dueAt: undefined },
  };
}

describe('what the system is told', () => {
  const clockNow = new ManualClock().now();
  /** Looks at each of these once, an hour apart. */
  async function told(rounds: readonly (readonly Line[])[], settings?: MemoryDocument<ReviewSettings>) {
    const left = [...rounds];
    const made = sweepOver(() => Promise.resolve(left.shift() ?? []), settings);
    for (const _round of rounds) {
      await made.sweep.look();
      made.clock.advance(3_600_000);
    }
    return made;
  }
  const settingsWith = (rest: Partial<ReviewSettings>) => {
    const settings = new MemoryDocument(reviewSettingsDocument);
    settings.update((one) => ({ ...one, ...rest }));
    return settings;
  };

  it('is what falls due while it runs, but not what the drift watch tells, nor against the policy', async () => {
    expect((await told([[], [dueFor('due', clockNow)]])).told).toHaveLength(1);
    const drifted = await told([[], [dueFor('drift', clockNow), dueFor('risk-raised', clockNow)]]);
    expect([drifted.told, drifted.sweep.due()]).toEqual([[], 2]);
    const quiet = settingsWith({ policy: { ...firstReviewPolicy, tell: false } });
    expect((await told([[], [dueFor('due', clockNow)]], quiet)).told).toEqual([]);
  });

  it('counts from when days were over, not from when they began', async () => {
    const unused = dueFor('unused', clockNow - 90 * day - 1000);
    expect((await told([[unused]], settingsWith({ toldUntil: clockNow - 2000 }))).told).toHaveLength(1);
    expect((await told([[unused]], settingsWith({ toldUntil: clockNow - 500 }))).told).toEqual([]);
  });

  it('goes on after a clock that was ahead', async () => {
    const settings = settingsWith({ toldUntil: clockNow + 30 * day });
    await told([[]], settings);
    expect(settings.read().toldUntil).toBe(clockNow);
  });

  it('is nothing that came to light by taking back what was decided', async () => {
    const lines: Line[][] = [[], [], [dueFor('due', clockNow + 60_000)]];
    const { clock, sweep, told: said } = sweepOver(() => Promise.resolve(lines.shift() ?? []));
    await sweep.look();
    clock.advance(120_000);
    await sweep.look();
    sweep.noteDecision();
    await sweep.look();
    expect(said).toEqual([]);
  });

  it('waits with its first look until the window stands, whatever changes before', async () => {
    let looks = 0;
    const { clock, sweep } = sweepOver(() => {
      looks += 1;
      return Promise.resolve([]);
    });
    sweep.start();
    sweep.noteChange();
    await clock.advanceAsync(9000, 500);
    expect(looks).toBe(0);
    await clock.advanceAsync(1000, 500);
    expect(looks).toBe(1);
    sweep.noteChange();
    sweep.noteChange();
    await clock.advanceAsync(1000, 500);
    expect(looks).toBe(2);
    sweep.stop();
  });
});

describe('the file of decisions', () => {
  const saved = async (all: readonly Review[], from: number, to: number) => {
    const files = new MemoryFiles();
    await saveReviews({ audit: () => ok(undefined), files, now: 0 }, all, { from, to });
    return [...files.saved.values()].at(-1)?.split('\r\n').slice(1, -1) ?? [];
  };

  it('has those of the time alone, the oldest first, and calls nothing revoked before it is', async () => {
    const { queue: of } = queue(1);
    const [line] = (await of.lines()) as [Line];
    const at = (time: number, rest: Partial<Review> = {}): Review => ({ ...snoozed(line, 0), at: time, ...rest });
    const rows = await saved([at(3000), at(1000, { decision: 'kept' }), at(9000), at(10)], 100, 5000);
    expect(rows.map((row) => row.split(',')[1])).toEqual(['Kept', 'Snoozed']);
    const begun = at(1000, { decision: 'revoked' });
    const [first, second] = await saved([begun, { ...begun, at: 2000, doneAt: 3000 }], 0, 5000);
    expect([first?.split(',')[1], second?.split(',')[1]]).toEqual(['Revocation begun', 'Revoked']);
  });
});

describe('several steps', () => {
  const no = err(appError('store-unwritable', 'No room.'));

  it('are taken back, the last first, where one fails', () => {
    const acts: string[] = [];
    const step = (name: string) => ({
      run: () => ok(acts.push(name)),
      takeBack: () => ok(acts.push(`not ${name}`)),
    });
    expect(allOrNothing([step('a'), step('b'), { run: () => no }, step('c')])).toEqual(no);
    expect(acts).toEqual(['a', 'b', 'not b', 'not a']);
  });

  it('say so where they could not be taken back', () => {
    const stuck = { run: () => ok(undefined), takeBack: () => no };
    const answer = allOrNothing([stuck, { run: () => no }]);
    expect(answer).toMatchObject({
      error: { message: 'No room.', whatDidNotChange: expect.stringContaining('may stand on record') as string },
    });
  });
});
