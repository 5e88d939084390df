import { describe, expect, it } from 'vitest';
import type { TestResult } from '../../../core/domain/check';
import { causeIds, untestedChecks } from '../../../core/domain/check';
import {
  causeWords,
  dayTicks,
  failureWords,
  lastWorked,
  spellsOf,
  testEndOf,
  testEndSchema,
  type TestEnd,
} from '../../../core/domain/health';

const day = 86_400_000;
const end = (at: number, rest: Partial<TestEnd> = {}): TestEnd => ({
  at,
  state: 'passed',
  tookMs: 300,
  by: 'schedule',
  ...rest,
});
const failed = (at: number, rest: Partial<TestEnd> = {}): TestEnd =>
  end(at, { state: 'failed', check: 'assume-role', cause: 'role-missing', ...rest });

const result = (rest: Partial<TestResult>): TestResult => ({
  state: 'passed',
  startedAt: 1000,
  finishedAt: 1300,
  checks: untestedChecks({}),
  callerArn: 'arn:aws:iam::111122223333:user/deployer',
  ...rest,
});

describe('the history of tests', () => {
  it('keeps of a test when, how long, by whom it was asked and as whom it passed', () => {
    expect(testEndOf(result({}), 'person')).toEqual({
      ...{ at: 1300, state: 'passed', tookMs: 300, by: 'person' },
      as: 'arn:aws:iam::111122223333:user/deployer',
    });
    expect(testEndOf(result({ state: 'cancelled' }), 'person')).toBeUndefined();
  });

  it('names of a failure the check, and fits its own schema when a clock was set back meanwhile', () => {
    const error = {
      ...{ kind: 'access-denied' as const, message: 'no', whatDidNotChange: '', whatToDo: '' },
      ...{ retryable: false, remedies: [] },
    };
    const checks = untestedChecks({}).map((check) =>
      check.id === 'assume-role' ? { id: check.id, state: 'failed' as const, detail: 'no', tookMs: 1, error } : check,
    );
    const kept = testEndOf(result({ state: 'failed', checks, finishedAt: 400 }), 'schedule');
    expect(kept).toEqual({ at: 400, state: 'failed', tookMs: 0, by: 'schedule', check: 'assume-role' });
    expect(testEndSchema.safeParse(kept).success).toBe(true);
  });

  it('finds when it last worked, behind failures', () => {
    expect(lastWorked([end(1), end(2, { state: 'warned' }), failed(3), failed(4)])?.at).toBe(2);
    expect(lastWorked([failed(1)])).toBeUndefined();
  });

  it('puts together what came out the same, the newest first', () => {
    const spells = spellsOf([end(1), end(2), failed(3), failed(4, { cause: 'external-id-differs' }), end(5), end(6)]);
    expect(spells.map(({ count, first, last }) => [last.state, count, first.at, last.at])).toEqual([
      ['passed', 2, 5, 6],
      ['failed', 1, 4, 4],
      ['failed', 1, 3, 3],
      ['passed', 2, 1, 2],
    ]);
  });

  it('shows of each day the worst, and days without a test as such', () => {
    const now = 10 * day + 5;
    const starts = (daysAgo: number) => 10 * day - daysAgo * day;
    const ticks = dayTicks([end(8 * day), failed(8 * day + 1), end(8 * day + 2), end(now)], 4, starts);
    expect(ticks.map(({ state }) => state)).toEqual(['none', 'failed', 'none', 'passed']);
    expect(ticks.map(({ startsAt }) => startsAt)).toEqual([7, 8, 9, 10].map((number) => number * day));
  });

  it('has words for every cause, and for a failure without one', () => {
    for (const cause of causeIds) expect(causeWords(cause)).toMatch(/^[A-Za-z ]+$/);
    expect(causeWords('external-id-differs')).toBe('external ID differs');
    expect(failureWords({ check: 'assume-role', cause: 'mfa-needed' })).toBe('AssumeRole: MFA needed');
    expect(failureWords({ check: 'clock' })).toBe('Clock right');
    expect(failureWords({})).toBe('');
  });
});
