import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement, RoleState } from '../../../core/domain/drift/agreement';
import type { DriftLook } from '../../../core/domain/drift/difference';
import { driftOf } from '../../../core/domain/drift/drift-of';
import {
  firstReviewPolicy,
  reasonKinds,
  reviewPeriods,
  type KeySight,
  type Review,
  type ReviewPolicy,
  type ReviewReason,
} from '../../../core/domain/review';
import {
  byWeight,
  dueAt,
  nextChange,
  nextReview,
  reasonsOf,
  type ConnectionFacts,
} from '../../../core/domain/review-reasons';
import { nextReturn, reviewedAt, snoozedUntil, standingOf } from '../../../core/domain/review-standing';

const day = 86_400_000;
const now = Date.parse('2026-11-22T09:00:00Z');
const trust = (principal: string, condition: object | false = { StringEquals: { 'sts:ExternalId': 'tide-1' } }) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        ...(condition && { Condition: condition }),
      },
    ],
  });
const policy = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

const agreedRole: RoleState = {
  ...{ path: '/', trustPolicy: trust('arn:aws:iam::111122223333:root'), maxSessionDuration: 3600 },
  ...{ managed: [], inline: [{ name: 'Deploy', document: policy('s3:ListBucket') }], tags: [] },
};
const agreement: Agreement = { id: 'c', basis: 'plan', madeAt: now - 30 * day, role: agreedRole };

function seen(role: RoleState, rest: Partial<DriftLook> = {}): DriftLook {
  const parts = [...driftOf(agreedRole, { role, texts: new Map() })];
  const state = parts.some((part) => part.state !== 'same') ? ('drift' as const) : ('same' as const);
  return { id: 'c', at: now - day, seenAt: now - day, state, seen: role, parts, ...rest };
}

const connection: ConnectionFacts['connection'] = {
  ...{ createdAt: now - 30 * day, recipeId: 'deployment-service', roleName: 'Deployer', status: 'working' },
};
const used = { createdAt: now - 400 * day, lastUsedAt: now - 2 * day };

function kindsOf(facts: Partial<ConnectionFacts>, rules: Partial<ReviewPolicy> = {}, at = now) {
  const all: ConnectionFacts = { connection, look: seen(agreedRole, { use: used }), agreement, ...facts };
  return reasonsOf({ of: 'connection', ...all }, { ...firstReviewPolicy, ...rules }, at).map(({ kind }) => kind);
}

describe('reasons to look at a connection again', () => {
  it('are none while it is used, as agreed, and its date is to come', () => {
    expect(kindsOf({})).toEqual([]);
  });

  it('are a date that is over, also one that follows from the policy alone', () => {
    expect(kindsOf({ connection: { ...connection, reviewAt: now } })).toEqual(['due']);
    expect(kindsOf({ connection: { ...connection, reviewAt: now + 1 } })).toEqual([]);
    const old = {
      ...connection,
      createdAt: nextReview({ ...firstReviewPolicy, every: '6' }, '', now - 190 * day) ?? 0,
    };
    expect(dueAt({ connection: { ...old, createdAt: now - 190 * day } }, firstReviewPolicy)).toBeLessThan(now);
    expect(kindsOf({ connection: { ...old, createdAt: now - 190 * day } })).toEqual(['due']);
    expect(kindsOf({ connection: { ...old, createdAt: now - 190 * day } }, { every: 'never' })).toEqual([]);
    expect(
      kindsOf(
        { connection: { ...connection, createdAt: now - 40 * day } },
        { every: '12', recipes: [{ recipeId: 'deployment-service', every: '1' }] },
      ),
    ).toEqual(['due']);
    // a review begins the time anew
    expect(kindsOf({ connection: { ...old, createdAt: now - 190 * day }, reviewedAt: now - 5 * day })).toEqual([]);
  });

  it('are that nobody used it, only where a look was late enough to say so', () => {
    const unused = { createdAt: now - 300 * day, lastUsedAt: now - 91 * day };
    expect(kindsOf({ look: seen(agreedRole, { use: unused, seenAt: now }) })).toEqual(['unused']);
    // it may have been used since
    expect(kindsOf({ look: seen(agreedRole, { use: unused, seenAt: now - 5 * day }) })).toEqual([]);
    expect(kindsOf({ look: seen(agreedRole, { use: { createdAt: now - 91 * day }, seenAt: now }) })).toEqual([
      'unused',
    ]);
    expect(kindsOf({ look: seen(agreedRole, { use: { createdAt: now - 89 * day }, seenAt: now }) })).toEqual([]);
    expect(kindsOf({ look: seen(agreedRole, { use: unused, seenAt: now }) }, { unusedDays: 92 })).toEqual([]);
  });

  it('say what IAM knows, and no more of a role that is older than what IAM keeps', () => {
    const look = seen(agreedRole, { use: { createdAt: now - 900 * day }, seenAt: now });
    const [reason] = reasonsOf({ of: 'connection', connection, look, agreement }, firstReviewPolicy, now);
    expect(reason).toMatchObject({ kind: 'unused', since: now - 400 * day });
    expect(reason?.seen).toContain('IAM knows of no use; it keeps 400 days.');
  });

  it('are that nobody could see it for as long, and then nothing is said of its use', () => {
    const blind = seen(agreedRole, { state: 'blind', at: now, seenAt: now - 91 * day, use: used });
    expect(kindsOf({ look: blind })).toEqual(['not-seen']);
    expect(kindsOf({ look: undefined, connection: { ...connection, createdAt: now - 91 * day } })).toEqual([
      'not-seen',
    ]);
    expect(kindsOf({ look: undefined })).toEqual([]);
  });

  it('are that it differs from what was agreed, and that this lets more in or do', () => {
    const open = { ...agreedRole, trustPolicy: trust('arn:aws:iam::111122223333:root', false) };
    expect(kindsOf({ look: seen(open, { use: used }) })).toEqual(['risk-raised', 'drift']);
    expect(kindsOf({ look: seen(open, { use: used }) }, { riskRaised: false })).toEqual(['drift']);
    expect(kindsOf({ look: seen(open, { use: used }) }, { drift: false, riskRaised: false })).toEqual([]);
    const admin = { ...agreedRole, inline: [{ name: 'Deploy', document: policy('iam:*') }] };
    expect(kindsOf({ look: seen(admin, { use: used }) })).toEqual(['risk-raised', 'drift']);
    const less = { ...agreedRole, inline: [{ name: 'Deploy', document: policy('s3:GetBucketLocation') }] };
    expect(kindsOf({ look: seen(less, { use: used }) })).toEqual(['drift']);
  });

  it('are no raised risk where as much was agreed', () => {
    const admin = { ...agreedRole, inline: [{ name: 'Deploy', document: policy('iam:*') }] };
    const look = seen({ ...admin, maxSessionDuration: 7200 }, { use: used });
    const [first] = reasonsOf(
      { of: 'connection', connection, look, agreement: { ...agreement, role: admin } },
      firstReviewPolicy,
      now,
    );
    expect(first?.kind).toBe('drift');
  });

  it('are a raised risk where there is more of one that was agreed', () => {
    const admin = { name: 'Deploy', document: policy('iam:*') };
    const agreed = { ...agreedRole, inline: [admin] };
    const role = { ...agreedRole, inline: [admin, { ...admin, name: 'More' }] };
    const facts = { connection, look: seen(role, { use: used }), agreement: { ...agreement, role: agreed } };
    expect(kindsOf(facts)).toContain('risk-raised');
  });

  it('have another key where the difference is another one, and the same while it lasts', () => {
    const keyOf = (role: RoleState, rest: Partial<DriftLook> = {}) =>
      reasonsOf(
        { of: 'connection', connection, look: seen(role, { use: used, ...rest }), agreement },
        firstReviewPolicy,
        now,
      ).find(({ kind }) => kind === 'drift')?.key;
    const longer = { ...agreedRole, maxSessionDuration: 7200 };
    expect(keyOf(longer)).toBe(keyOf(longer, { at: now, seenAt: now }));
    expect(keyOf(longer)).not.toBe(keyOf({ ...longer, maxSessionDuration: 10_800 }));
  });

  it('are none for access that is closed', () => {
    for (const status of ['closing', 'revoked'] as const) {
      expect(kindsOf({ connection: { ...connection, status, reviewAt: 0 } })).toEqual([]);
    }
  });
});

describe('reasons to look at a key again', () => {
  const key: KeySight = {
    ...{ id: 'AKIA1234567890ABCDEF', accountId: '222233334444', userName: 'ines', createdAt: now - 90 * day },
    ...{ active: true, seenAt: now, sourceId: 's', isOwn: false },
  };
  const kindsOfKey = (one: KeySight, at = now) =>
    reasonsOf({ of: 'key', key: one }, firstReviewPolicy, at).map(({ kind }) => kind);

  it('are its age, from the day that AWS named', () => {
    expect(kindsOfKey(key)).toEqual(['old-key']);
    expect(kindsOfKey(key, now - 1)).toEqual([]);
    expect(kindsOfKey({ ...key, active: false })).toEqual([]);
    expect(nextChange({ of: 'key', key }, firstReviewPolicy, now - day)).toBe(now);
  });
});

const reasonOf = (kind: ReviewReason['kind'], key: string): ReviewReason => ({
  kind,
  key,
  since: now - day,
  seen: 'Seen.',
});
const reviewOf = (rest: Partial<Review>): Review => ({
  ...{
    id: 'r',
    batchId: 'b',
    subjectId: 'c',
    kind: 'connection',
    name: 'Tidewater',
    accountId: '222233334444',
    of: 'Deployer',
  },
  ...{ decision: 'snoozed', at: now - day, until: now + day, reasons: [] },
  ...rest,
});

const reasonArbitrary = fc
  .record({ kind: fc.constantFrom(...reasonKinds), key: fc.constantFrom('a', 'b', 'c', 'd', 'e') })
  .map(({ key, kind }) => reasonOf(kind, `${kind} ${key}`));
const reviewArbitrary = fc
  .record({
    decision: fc.constantFrom('kept' as const, 'snoozed' as const, 'narrowed' as const, 'revoked' as const),
    at: fc.integer({ min: now - 400 * day, max: now + 3 * day }),
    until: fc.option(fc.integer({ min: now - 30 * day, max: now + 400 * day }), { nil: undefined }),
    reasons: fc.uniqueArray(reasonArbitrary, { selector: ({ key }) => key, maxLength: 4 }),
    undoneAt: fc.option(fc.constant(now), { nil: undefined }),
  })
  .map(({ undoneAt, until, ...one }) =>
    reviewOf({
      ...one,
      until: undefined,
      ...(until !== undefined && { until }),
      ...(undoneAt !== undefined && { undoneAt }),
    }),
  );

describe('what was decided', () => {
  it('neither loses a reason nor doubles one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(reasonArbitrary, { selector: ({ key }) => key }),
        fc.array(reviewArbitrary, { maxLength: 6 }),
        (reasons, reviews) => {
          const { covered, open } = standingOf(reasons, reviews, now);
          const keys = [...open, ...covered.map(({ reason }) => reason)].map(({ key }) => key);
          expect(keys.toSorted()).toEqual(reasons.map(({ key }) => key).toSorted());
        },
      ),
    );
  });

  it('never hides a reason that was not seen with it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(reasonArbitrary, { selector: ({ key }) => key, minLength: 1 }),
        fc.array(reviewArbitrary, { maxLength: 6 }),
        (reasons, reviews) => {
          const { covered } = standingOf(reasons, reviews, now);
          for (const { by, reason, until } of covered) {
            expect(by.reasons.map(({ key }) => key)).toContain(reason.key);
            expect(until).toBeGreaterThan(now);
            expect(by.undoneAt).toBeUndefined();
          }
        },
      ),
    );
  });

  it('covers until its date, and comes back', () => {
    const drift = reasonOf('drift', 'drift 1');
    const snooze = reviewOf({ reasons: [drift] });
    expect(standingOf([drift], [snooze], now).open).toEqual([]);
    expect(snoozedUntil(standingOf([drift], [snooze], now))).toBe(now + day);
    expect(nextReturn([snooze], now)).toBe(now + day);
    expect(standingOf([drift], [snooze], now + day).open).toEqual([drift]);
    const [due, longer] = [reasonOf('due', 'due 1'), now + 9 * day];
    const both = standingOf([drift, due], [snooze, reviewOf({ reasons: [due], until: longer })], now);
    expect(snoozedUntil(both)).toBe(now + day);
    const other = reasonOf('drift', 'drift 2');
    expect(standingOf([other], [snooze], now).open).toEqual([other]);
  });

  it('counts the later of two about the same reason', () => {
    const drift = reasonOf('drift', 'drift 1');
    const long = reviewOf({ reasons: [drift], until: now + 90 * day, at: now - 2 * day });
    const short = reviewOf({ reasons: [drift], until: now + day, at: now - day });
    expect(snoozedUntil(standingOf([drift], [long, short], now))).toBe(now + day);
    expect(standingOf([drift], [long, short], now + 2 * day).open).toEqual([drift]);
  });

  it('hides nothing where it was decided by a clock that was ahead', () => {
    const drift = reasonOf('drift', 'drift 1');
    const wrong = reviewOf({ reasons: [drift], at: now + 300 * day, until: now + 307 * day });
    expect(standingOf([drift], [wrong], now).open).toEqual([drift]);
  });

  it('is a review when it was kept or narrowed, and not when that was taken back', () => {
    expect(reviewedAt([reviewOf({ decision: 'kept', at: 5 }), reviewOf({ decision: 'snoozed', at: 9 })])).toBe(5);
    expect(reviewedAt([reviewOf({ decision: 'kept', at: 5, undoneAt: 6 })])).toBeUndefined();
  });
});

describe('time', () => {
  it('changes reasons at no other moment than was said', () => {
    const days = fc.integer({ min: 0, max: 500 }).map((count) => now - count * day);
    fc.assert(
      fc.property(
        fc.record({
          createdAt: days,
          seenAt: days,
          lastUsedAt: days,
          reviewAt: fc.option(fc.integer({ min: now - 200 * day, max: now + 200 * day }), { nil: undefined }),
        }),
        fc.constantFrom(...reviewPeriods),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 500 * day }),
        ({ createdAt, lastUsedAt, reviewAt, seenAt }, every, unusedDays, later) => {
          const facts = {
            ...{ of: 'connection' as const, agreement },
            connection: { ...connection, createdAt, ...(reviewAt !== undefined && { reviewAt }) },
            look: seen(agreedRole, { seenAt, use: { createdAt, lastUsedAt } }),
          };
          const rules = { ...firstReviewPolicy, every, unusedDays };
          const next = nextChange(facts, rules, now) ?? Infinity;
          const at = Math.min(now + later, next - 1);
          expect(reasonsOf(facts, rules, at)).toEqual(reasonsOf(facts, rules, now));
        },
      ),
    );
  });

  it('puts the heaviest first, then what is so for longest', () => {
    const [drift, due, older] = [reasonOf('drift', '1'), reasonOf('due', '2'), { ...reasonOf('drift', '3'), since: 5 }];
    expect([due, drift, older].toSorted(byWeight)).toEqual([older, drift, due]);
  });
});
