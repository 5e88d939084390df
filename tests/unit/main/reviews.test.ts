import { beforeEach, describe, expect, it } from 'vitest';
import type { Review } from '../../../core/domain/review';
import type { Revocation } from '../../../core/domain/revocation';
import { revocationWays } from '../../../core/domain/revocation-ways';
import { err } from '../../../core/result';
import { mostReviews } from '../../../main/review/records';
import { appError } from '../../../main/workspace-context';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

const day = 86_400_000;

const never = (): never => {
  throw new Error('It is not there');
};

let world: World;
let connectionId: string;

const reviews = () => world.workspace.reviews;
const kinds = async (of = connectionId) => {
  const { items } = must(await reviews().queue());
  return items.find(({ subjectId }) => subjectId === of)?.reasons.map(({ kind }) => kind) ?? [];
};
const reviewAt = () => world.workspace.connections.find(connectionId)?.reviewAt;

async function look(): Promise<void> {
  must(world.workspace.drift.lookAt([connectionId], 'person'));
  await until(world, () => world.workspace.operations.list().length === 0);
}

/** Begins a revocation that deletes the role. */
async function deleteRole(): Promise<string> {
  const performer = { kind: 'source', sourceId: 'practice-owner' } as const;
  const wish = { way: 'delete-role', performer, prove: false } as const;
  return must(await world.workspace.revocations.revoke(connectionId, wish)).revocationId;
}

const closing = (revocationId: string) =>
  until(world, () => world.workspace.revocations.find(revocationId)?.state === 'closing', 1);

beforeEach(async () => {
  world = newWorld();
  ({ connectionId } = await connected(world));
  world.workspace.reviews.start();
});

/** AWS’s clock and ours, some days on. */
function daysPass(count: number): void {
  world.clock.advance(count * day);
}

describe('the queue', () => {
  it('has nothing of a connection that was made just now', async () => {
    await look();
    expect(must(await reviews().queue())).toMatchObject({ items: [], connections: 1, nextAt: reviewAt() });
  });

  it('says that IAM saw no use since, from a look after so long', async () => {
    await look();
    daysPass(91);
    expect(await kinds()).toEqual(['not-seen']);
    await look();
    expect(await kinds()).toEqual(['unused']);
    const { lastUse, reasons } = must(reviews().get(connectionId));
    expect(lastUse?.at).toBeLessThan(world.clock.now() - 90 * day);
    expect(reasons[0]?.seen).toContain('IAM saw it used last on 22 Nov 2026');
  });

  it('has what came at AWS by another hand', async () => {
    await look();
    const owner = must(world.workspace.sources.clients('practice-owner'));
    must(await owner.iam.attachRolePolicy('DeploymentService', 'arn:aws:iam::aws:policy/ReadOnlyAccess'));
    await look();
    expect(await kinds()).toContain('drift');
    const { can, reasons } = must(reviews().get(connectionId));
    expect(reasons.find(({ kind }) => kind === 'drift')?.seen).toContain('ReadOnlyAccess');
    expect(can?.words).toContain('AdministratorAccess');
  });

  it('has old keys of an account that was read, by the day that AWS made them', async () => {
    const owner = must(world.workspace.sources.clients('practice-owner'));
    must(await owner.iam.createUser({ name: 'ines', path: '/', tags: [] }));
    const { accessKeyId } = must(await owner.iam.createAccessKey('ines')).value;
    daysPass(91);
    must(await world.workspace.identities.readings.read('practice-owner'));
    await until(world, () => world.workspace.identities.readings.view('practice-owner')?.state === 'done');
    expect(await kinds(accessKeyId)).toEqual(['old-key']);
    expect(must(reviews().get(accessKeyId)).key).toMatchObject({
      userName: 'ines',
      createdAt: world.clock.now() - 91 * day,
    });
    // known also after a restart, without reading the account again
    world = world.restart();
    world.workspace.reviews.start();
    expect(await kinds(accessKeyId)).toEqual(['old-key']);
    const kept = must(reviews().keep([accessKeyId], undefined));
    expect(kept.count).toBe(1);
    expect(await kinds(accessKeyId)).toEqual([]);
    daysPass(90);
    expect(await kinds(accessKeyId)).toEqual(['old-key']);
    // one that is gone from its account is gone here
    must(await must(world.workspace.sources.clients('practice-owner')).iam.deleteAccessKey('ines', accessKeyId));
    must(await world.workspace.identities.readings.read('practice-owner'));
    await until(world, () => world.workspace.identities.readings.view('practice-owner')?.state === 'done');
    expect(await kinds(accessKeyId)).toEqual([]);
  });

  it('asks AWS how old the keys are that Sallyport calls with', async () => {
    const key = world.sandbox.identity('owner');
    const source = must(
      await world.workspace.sources.addAccessKey({
        ...{ label: 'Owner', accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
        ...{ region: 'eu-west-1', keep: true },
      }),
    );
    expect(must(await reviews().lookAtKeys())).toEqual({ seen: 1, unseen: [] });
    daysPass(200);
    expect(await kinds(key.accessKeyId)).toEqual(['old-key']);
    must(await world.workspace.sources.remove(source.source.id));
    expect(await kinds(key.accessKeyId)).toEqual([]);
  });
});

describe('deciding', () => {
  const dueNow = async () => {
    daysPass(130);
    await look();
    expect(await kinds()).toEqual(['unused', 'due']);
  };

  it('keeps it: the next date is by the policy, and it is on record with what was seen', async () => {
    await dueNow();
    const before = reviewAt();
    const { batchId } = must(reviews().keep([connectionId], 'Still the release role.'));
    expect(await kinds()).toEqual([]);
    expect(reviewAt()).toBe(
      Date.parse('2027-10-01T09:00:00Z') + (world.clock.now() - Date.parse('2027-04-01T09:00:00Z')),
    );
    expect(world.documents.reviews.all()).toMatchObject([
      {
        decision: 'kept',
        note: 'Still the release role.',
        reasons: [{ kind: 'unused' }, { kind: 'due' }],
        reviewAtBefore: before,
      },
    ]);
    expect(world.audit.at(-1)).toMatchObject({ act: 'review.kept', connectionId, note: 'Still the release role.' });
    must(reviews().undo(batchId));
    expect(reviewAt()).toBe(before);
    expect(await kinds()).toEqual(['unused', 'due']);
    expect(world.audit.at(-1)).toMatchObject({ act: 'review.undone', what: 'kept' });
  });

  it('puts it off for a week, and what comes meanwhile is shown', async () => {
    await dueNow();
    must(reviews().snooze([connectionId], world.clock.now() + 7 * day, 'Its owner is away.'));
    expect(await kinds()).toEqual([]);
    expect(must(await reviews().queue()).items).toMatchObject([{ snoozedUntil: world.clock.now() + 7 * day }]);
    const owner = must(world.workspace.sources.clients('practice-owner'));
    must(await owner.iam.attachRolePolicy('DeploymentService', 'arn:aws:iam::aws:policy/ReadOnlyAccess'));
    await look();
    expect(await kinds()).toContain('drift');
    expect(await kinds()).not.toContain('due');
    daysPass(7);
    expect(await kinds()).toContain('due');
  });

  it('refuses a moment that is over, a note with a secret, and nothing', async () => {
    await dueNow();
    expect(reviews().snooze([connectionId], world.clock.now(), undefined)).toMatchObject({ error: { field: 'until' } });
    const secret = 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    expect(reviews().keep([connectionId], secret)).toMatchObject({ error: { kind: 'secret-refused' } });
    expect(reviews().keep([], undefined).ok).toBe(false);
    expect(world.documents.reviews.all()).toEqual([]);
  });

  it('loses nothing where the record cannot be written, or the log', async () => {
    await dueNow();
    const before = reviewAt();
    const unwritable = err(appError('store-unwritable', 'No room.'));
    const { change } = world.documents.connections;
    world.documents.connections.change = () => unwritable;
    expect(reviews().keep([connectionId], undefined)).toMatchObject({ error: { kind: 'store-unwritable' } });
    world.documents.connections.change = change;
    expect(world.documents.reviews.all()).toEqual([]);
    expect([await kinds(), reviewAt()]).toEqual([['unused', 'due'], before]);
    const keep = world.documents.reviews.change;
    world.documents.reviews.change = () => unwritable;
    expect(reviews().keep([connectionId], undefined)).toMatchObject({ error: { kind: 'store-unwritable' } });
    world.documents.reviews.change = keep;
    expect([await kinds(), reviewAt()]).toEqual([['unused', 'due'], before]);
    must(reviews().keep([connectionId], undefined));
    expect(await kinds()).toEqual([]);
  });

  it('is recorded as narrowed, with the next date', async () => {
    await dueNow();
    must(reviews().recordNarrowed(connectionId, crypto.randomUUID()));
    expect(world.documents.reviews.all()).toMatchObject([{ decision: 'narrowed', until: reviewAt() }]);
    expect(await kinds()).toEqual([]);
  });

  it('stays reviewed by the newer of two narrowings where the older is undone', async () => {
    await dueNow();
    const [older, newer] = [crypto.randomUUID(), crypto.randomUUID()];
    must(reviews().recordNarrowed(connectionId, older));
    daysPass(1);
    must(reviews().recordNarrowed(connectionId, newer));
    const next = reviewAt();
    must(reviews().narrowingUndone(older));
    const ofNewer = { putBackId: newer, until: next };
    const undone = { putBackId: older, undoneAt: world.clock.now() };
    expect(world.documents.reviews.all()).toMatchObject([undone, ofNewer]);
    expect(world.documents.reviews.all()[1]).not.toHaveProperty('undoneAt');
    expect(reviewAt()).toBe(next);
  });

  it('is not due again by a look that had read it before it was decided', async () => {
    await dueNow();
    const { batchId } = must(reviews().keep([connectionId], undefined));
    const { sweep } = reviews();
    await sweep.look();
    expect(sweep.due()).toBe(0);
    must(reviews().undo(batchId));
    const looking = sweep.look();
    must(reviews().keep([connectionId], undefined));
    await looking;
    expect(sweep.due()).toBe(0);
  });

  it('is recorded as revoked once the role is closed, and not when that was undone', async () => {
    await dueNow();
    const { revocations } = world.workspace;
    const revocationId = await deleteRole();
    must(reviews().revoking(connectionId, revocationId, 'Nobody needs it.'));
    await closing(revocationId);
    expect(world.documents.reviews.all()).toMatchObject([
      {
        ...{ decision: 'revoked', revocationId, doneAt: expect.any(Number) as number },
        reasons: [{ kind: 'unused' }, { kind: 'due' }],
      },
    ]);
    expect(world.audit.map(({ act }) => act)).toEqual(expect.arrayContaining(['review.revoking', 'review.revoked']));
    expect(await kinds()).toEqual([]);
    expect(must(reviews().get(connectionId)).isClosed).toBe(true);
    // it is on record once, about its own connection, and nothing is left to decide
    must(reviews().revoking(connectionId, revocationId, undefined));
    expect(reviews().revoking('another', revocationId, undefined)).toMatchObject({ error: { kind: 'not-found' } });
    expect(reviews().keep([connectionId], undefined)).toMatchObject({ error: { kind: 'not-found' } });
    expect(world.documents.reviews.all()).toHaveLength(1);
    const { error: _error, ...closed } = revocations.find(revocationId) as Revocation;
    world.documents.revocations.change({ put: [{ ...closed, state: 'undone' }] });
    reviews().followRevocations();
    expect(world.documents.reviews.all()).toMatchObject([{ undoneAt: expect.any(Number) as number }]);
  });

  it.each(revocationWays)('is recorded as revoked by %s only if nobody comes in by the role any more', async (way) => {
    const { revocations } = world.workspace;
    const revocationId = await deleteRole();
    must(reviews().revoking(connectionId, revocationId, undefined));
    await closing(revocationId);
    const { doneAt: _done, ...begun } = world.documents.reviews.all()[0] as Review;
    world.documents.reviews.change({ put: [begun] });
    world.documents.revocations.change({ put: [{ ...(revocations.find(revocationId) as Revocation), way }] });
    reviews().followRevocations();
    const isShut = !['deny-older-sessions', 'detach-permissions', 'deny-all', 'boundary', 'scp'].includes(way);
    expect(world.documents.reviews.all()[0]?.doneAt !== undefined).toBe(isShut);
  });

  it('waits for a disk that takes nothing, and does not try again by itself all the time', async () => {
    const revocationId = await deleteRole();
    must(reviews().revoking(connectionId, revocationId, undefined));
    await reviews().sweep.look();
    const { change } = world.documents.reviews;
    let tried = 0;
    world.documents.reviews.change = () => {
      tried += 1;
      return err(appError('store-unwritable', 'No room.'));
    };
    await closing(revocationId);
    await world.clock.advanceAsync(5000, 250);
    tried = 0;
    await world.clock.advanceAsync(60_000, 250);
    expect(tried).toBeLessThan(3);
    world.documents.reviews.change = change;
    await world.clock.advanceAsync(2 * 3_600_000, 60_000);
    expect(world.documents.reviews.all()).toMatchObject([{ doneAt: expect.any(Number) as number }]);
  });

  it('leaves nothing half where the log takes nothing', async () => {
    await dueNow();
    const before = reviewAt();
    const kept = must(reviews().keep([connectionId], undefined));
    const dated = must(reviews().setDates([connectionId], { every: '12' }));
    must(reviews().undoDates(dated.batchId));
    const [recorded, written] = [world.documents.reviews.all(), reviewAt()];
    expect(written).not.toBe(before);
    world.auditTakes(false);
    const policy = reviews().policy();
    for (const refused of [
      reviews().keep([connectionId], undefined),
      reviews().undo(kept.batchId),
      reviews().setDates([connectionId], { every: '1' }),
      reviews().setPolicy({ ...policy, keyDays: 7 }),
    ]) {
      expect(refused).toMatchObject({ error: { kind: 'store-unwritable' } });
      expect([world.documents.reviews.all(), reviewAt(), reviews().policy()]).toEqual([recorded, written, policy]);
    }
    world.auditTakes(true);
    must(reviews().undo(kept.batchId));
    expect(reviewAt()).toBe(before);
  });

  it('has why on record also where the role was closed before it was written down', async () => {
    await dueNow();
    const revocationId = await deleteRole();
    await closing(revocationId);
    must(reviews().revoking(connectionId, revocationId, undefined));
    expect(world.documents.reviews.all()).toMatchObject([{ reasons: [{ kind: 'unused' }, { kind: 'due' }] }]);
  });

  it('puts off anew what was put off already, and keeps both', async () => {
    daysPass(91);
    const [soon, later] = [world.clock.now() + 7 * day, world.clock.now() + 30 * day];
    must(reviews().snooze([connectionId], soon, undefined));
    must(reviews().snooze([connectionId], later, undefined));
    expect(must(await reviews().queue()).items).toMatchObject([{ snoozedUntil: later }]);
    must(reviews().keep([connectionId], undefined));
    daysPass(31);
    expect(await kinds()).toEqual([]);
    expect(reviews().bringBack(connectionId)).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('of very many at once is one line of the log, and lets go of the oldest', async () => {
    await dueNow();
    const first = world.workspace.connections.find(connectionId) ?? never();
    const others = Array.from({ length: 100 }, (_, index) => {
      const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
      return { ...first, id, name: `Role ${String(index)}` };
    });
    must(world.workspace.connections.change(others));
    must(reviews().keep([connectionId], undefined));
    expect(world.audit.at(-1)).toMatchObject({
      connectionId,
      by: expect.stringContaining('practice-deployer') as string,
    });
    const [kept] = world.documents.reviews.all() as [Review];
    const filler = Array.from({ length: mostReviews - 1 }, () => ({ ...kept, id: crypto.randomUUID() }));
    world.documents.reviews.change({ put: filler });
    const lines = world.audit.length;
    expect(must(reviews().keep([connectionId, ...others.map(({ id }) => id)], undefined)).count).toBe(101);
    expect(world.audit.slice(lines)).toMatchObject([{ act: 'review.kept', subject: '101 connections or keys' }]);
    expect(world.documents.reviews.all()).toHaveLength(mostReviews);
    expect(world.documents.reviews.find(kept.id)).toBeUndefined();
  });

  it('taken back leaves a date that somebody set since', async () => {
    await dueNow();
    const { batchId } = must(reviews().keep([connectionId], undefined));
    const newer = world.clock.now() + 5 * day;
    must(reviews().setDates([connectionId], { at: newer }));
    must(reviews().undo(batchId));
    expect(reviewAt()).toBe(newer);
  });

  it('of dates can be taken back for the last twenty', () => {
    const batches = Array.from({ length: 21 }, (_, index) => {
      const { batchId } = must(reviews().setDates([connectionId], { at: world.clock.now() + (index + 1) * day }));
      return batchId;
    });
    for (const batchId of batches.slice(1).toReversed()) must(reviews().undoDates(batchId));
    expect(reviewAt()).toBe(world.clock.now() + day);
    expect(reviews().undoDates(batches[0] ?? '')).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('brings back all that was put off, however often', async () => {
    daysPass(91);
    // one that is over is left as it was
    must(reviews().snooze([connectionId], world.clock.now() + 1, undefined));
    world.clock.advance(2);
    const week = () => world.clock.now() + 7 * day;
    must(reviews().snooze([connectionId], week(), undefined));
    daysPass(1);
    await look();
    must(reviews().snooze([connectionId], week(), undefined));
    expect(await kinds()).toEqual([]);
    must(reviews().bringBack(connectionId));
    expect(await kinds()).toEqual(['unused']);
    expect(world.documents.reviews.all().map(({ undoneAt }) => undoneAt !== undefined)).toEqual([false, true, true]);
    expect(reviews().bringBack(connectionId)).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('puts back no date over one that somebody set since', () => {
    const { batchId } = must(reviews().setDates([connectionId], { every: '12' }));
    const newer = world.clock.now() + 5 * day;
    must(reviews().setDates([connectionId], { at: newer }));
    expect(reviews().undoDates(batchId)).toMatchObject({ error: { kind: 'not-found' } });
    expect(reviewAt()).toBe(newer);
  });

  it('stays on record when the connection is forgotten', async () => {
    await dueNow();
    must(reviews().keep([connectionId], undefined));
    must(world.workspace.connections.forget(connectionId, true));
    expect(must(await reviews().queue()).items).toEqual([]);
    expect(reviews().get(connectionId)).toMatchObject({ error: { kind: 'not-found' } });
    expect(reviews().keep([connectionId], undefined).ok).toBe(false);
    expect(world.documents.reviews.all()).toMatchObject([{ name: 'Practice production', accountId: '222233334444' }]);
  });

  it('sets dates of many, and puts back those that stood there', () => {
    const before = reviewAt();
    const { batchId } = must(reviews().setDates([connectionId], { every: '12' }));
    expect(reviewAt()).toBe(
      Date.parse('2027-11-22T09:00:00Z') + (world.clock.now() - Date.parse('2026-11-22T09:00:00Z')),
    );
    expect(world.audit.at(-1)).toMatchObject({
      act: 'review.dates-set',
      until: new Date(reviewAt() ?? 0).toISOString(),
    });
    must(reviews().undoDates(batchId));
    expect(reviewAt()).toBe(before);
    must(reviews().setDates([connectionId], { every: 'never' }));
    expect(reviewAt()).toBeUndefined();
    expect(reviews().setDates([connectionId], { at: world.clock.now() }).ok).toBe(false);
  });

  it('goes to a file that a spreadsheet does not calculate', async () => {
    await dueNow();
    must(reviews().keep([connectionId], '=HYPERLINK("https://evil.example")'));
    const saved = must(await reviews().save(0, world.clock.now()));
    expect(saved.count).toBe(1);
    const text = [...world.files.saved.values()].at(-1) ?? '';
    expect(text.split('\r\n')[0]).toBe(
      'Decided,Decision,What,Name,Account,Role or user,Reasons,What was seen,Until,Decided by,Note,Taken back',
    );
    expect(text).toContain('Kept,Connection,Practice production,222233334444,DeploymentService,"unused, due"');
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(must(await reviews().save(0, 5)).count).toBe(0);
  });
});

describe('the system', () => {
  const hour = 3_600_000;
  const settled = async (ms: number) => {
    world.clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  };

  it('tells once of what falls due, not at each start, and not of another policy', async () => {
    world.workspace.reviews.start();
    await settled(10_000);
    expect(world.notices).toEqual([]);
    await settled(125 * day);
    await settled(hour);
    expect(world.notices).toMatchObject([{ title: 'Practice production is due for review' }]);
    expect(reviews().sweep.due()).toBe(1);
    await settled(hour);
    expect(world.notices).toHaveLength(1);
    world.workspace.stop();
    world = world.restart();
    world.workspace.reviews.start();
    await settled(10_000);
    expect([world.notices, reviews().sweep.due()]).toEqual([[], 1]);
    // what fell due while the app was closed is told at the next start
    world.workspace.stop();
    must(reviews().setDates([connectionId], { at: world.clock.now() + hour }));
    world.clock.advance(2 * hour);
    world = world.restart();
    world.workspace.reviews.start();
    await settled(10_000);
    expect(world.notices).toMatchObject([{ title: 'Practice production is due for review' }]);
    world.notices.length = 0;
    must(reviews().setPolicy({ ...reviews().policy(), unusedDays: 400 }));
    await settled(1000);
    must(reviews().setPolicy({ ...reviews().policy(), unusedDays: 1 }));
    await settled(1000);
    expect(world.notices).toEqual([]);
  });

  it('shows how many would be due before a policy is kept', async () => {
    await look();
    daysPass(100);
    await look();
    expect(await reviews().queueOfAll.tried({ ...reviews().policy(), unusedDays: 101 })).toEqual({
      due: 0,
      reasons: [],
    });
    expect(await reviews().queueOfAll.tried({ ...reviews().policy(), unusedDays: 90 })).toEqual({
      due: 1,
      reasons: [{ kind: 'unused', count: 1 }],
    });
  });
});
