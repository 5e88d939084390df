import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../core/domain/calendar';
import { deadByBound, denyOlderSessionsPolicy } from '../../../core/domain/revocation';

describe('times', () => {
  it('takes the last day of a shorter month', () => {
    expect(new Date(addMonths(Date.UTC(2026, 9, 31, 12), 4)).toISOString()).toBe('2027-02-28T12:00:00.000Z');
    expect(new Date(addMonths(Date.UTC(2026, 10, 22, 8), 4)).toISOString()).toBe('2027-03-22T08:00:00.000Z');
  });

  it('bounds unknown sessions by the role’s own maximum, never by a guessed hour', () => {
    const closedAt = Date.UTC(2026, 10, 22, 14, 35, 2);
    expect(deadByBound(closedAt, 43_200) - closedAt).toBe(12 * 3_600_000 + 60_000);
  });

  it('denies sessions issued before the cutoff, to the second that IAM compares', () => {
    const policy = JSON.parse(denyOlderSessionsPolicy(Date.UTC(2026, 10, 21, 23, 30, 30))) as {
      Statement: { Effect: string; Condition: unknown }[];
    };
    expect(policy.Statement[0]?.Effect).toBe('Deny');
    expect(policy.Statement[0]?.Condition).toEqual({
      DateLessThan: { 'aws:TokenIssueTime': '2026-11-21T23:30:30.000Z' },
    });
  });
});
