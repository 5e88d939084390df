import { describe, expect, it } from 'vitest';
import {
  countdownLevel,
  shareLeft,
  spokenMinutes,
  thresholdSentence,
  thresholdsPassed,
} from '../../../../renderer/ui/countdown-model';

const minute = 60_000;

describe('countdownLevel', () => {
  it.each([
    [16 * minute, 'plenty'],
    [15 * minute, 'plenty'],
    [15 * minute - 1, 'soon'],
    [5 * minute, 'soon'],
    [5 * minute - 1, 'urgent'],
    [1, 'urgent'],
    [0, 'ended'],
    [-minute, 'ended'],
  ] as const)('%i ms left is %s', (remaining, level) => {
    expect(countdownLevel(remaining)).toBe(level);
  });
});

describe('thresholdsPassed', () => {
  const last = (remaining: number) => spokenMinutes[thresholdsPassed(remaining) - 1];

  it('grows by one at the very second a threshold is reached', () => {
    expect(thresholdsPassed(15 * minute + 1000)).toBe(0);
    expect(thresholdsPassed(15 * minute)).toBe(1);
    expect(thresholdsPassed(5 * minute + 1)).toBe(1);
    expect(thresholdsPassed(5 * minute)).toBe(2);
  });

  it('leads to the latest threshold after a sleep over several', () => {
    expect(last(4 * minute)).toBe(5);
    expect(last(-minute)).toBe(0);
  });

  it('shrinks when time is added, so that a renewal says nothing', () => {
    expect(thresholdsPassed(50 * minute)).toBe(0);
  });
});

describe('thresholdSentence', () => {
  it('names who it is about', () => {
    expect(thresholdSentence('Brightline', 5)).toBe('Brightline ends in 5 minutes');
    expect(thresholdSentence('Brightline', 1)).toBe('Brightline ends in 1 minute');
    expect(thresholdSentence('Brightline', 0)).toBe('Brightline has ended');
  });
});

describe('shareLeft', () => {
  it('is of the whole life and stays within 0 and 1', () => {
    expect(shareLeft(0, 100, 25)).toBe(0.75);
    expect(shareLeft(0, 100, -5)).toBe(1);
    expect(shareLeft(0, 100, 200)).toBe(0);
    expect(shareLeft(100, 100, 100)).toBe(0);
  });
});
