import { describe, expect, it } from 'vitest';
import {
  countdownLevel,
  crossedThreshold,
  shareLeft,
  thresholdSentence,
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

describe('crossedThreshold', () => {
  it('speaks once, at the second the threshold is reached', () => {
    expect(crossedThreshold(15 * minute + 1000, 15 * minute)).toBe(15);
    expect(crossedThreshold(15 * minute, 15 * minute - 1000)).toBeUndefined();
  });

  it('says only the latest after a sleep over several', () => {
    expect(crossedThreshold(20 * minute, 4 * minute)).toBe(5);
    expect(crossedThreshold(20 * minute, -minute)).toBe(0);
  });

  it('says nothing between thresholds or when time is added', () => {
    expect(crossedThreshold(10 * minute, 9 * minute)).toBeUndefined();
    expect(crossedThreshold(4 * minute, 50 * minute)).toBeUndefined();
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
