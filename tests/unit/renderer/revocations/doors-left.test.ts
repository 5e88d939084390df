import { describe, expect, it, test } from 'vitest';
import type { Measure } from '../../../../core/domain/revocation-ways';
import { doorsLeft, isWithdrawn, leftWords, measureStates } from '../../../../renderer/features/revocations/doors-left';
import { revocationWith, stepAt, noon } from './revocations-made';

describe('how both doors stand half-way', () => {
  test.each<[readonly Measure[], string, string]>([
    [[], 'open', 'open'],
    [['prove'], 'open', 'open'],
    [['close-trust'], 'shut', 'open'],
    [['deny-older-sessions'], 'open', 'shut'],
    [['close-trust', 'deny-older-sessions'], 'shut', 'shut'],
    [['set-boundary'], 'half', 'half'],
    [['deny-by-scp'], 'half', 'shut'],
    [['deny-caller'], 'shut', 'open'],
    [['delete-role'], 'shut', 'shut'],
  ])('after %j', (taken, outer, inner) => {
    expect(doorsLeft({ taken: [...taken] })).toEqual({ outer, inner });
  });

  it('is said for the other side, a sentence for each', () => {
    expect(leftWords({ taken: ['close-trust'] })).toEqual([
      'Nobody comes in any more.',
      'Live sessions go on until they expire.',
    ]);
  });
});

describe('where each measure stands', () => {
  const states = (change: Parameters<typeof revocationWith>[0]) =>
    measureStates(revocationWith(change)).map(({ state }) => state);

  it('one runs, and what comes after it waits', () => {
    expect(states({})).toEqual(['running', 'waiting', 'waiting', 'waiting']);
    expect(states({ taken: ['close-trust', 'deny-older-sessions'] })).toEqual(['done', 'done', 'running', 'waiting']);
  });

  it('the one that failed is named, also while AWS was being asked', () => {
    expect(states({ state: 'failed', taken: ['close-trust'] })).toEqual(['done', 'failed', 'waiting', 'waiting']);
    expect(states({ state: 'failed', taken: ['close-trust', 'deny-older-sessions'] })).toEqual([
      'done',
      'done',
      'failed',
      'waiting',
    ]);
  });

  it('a proof is done only when it is complete', () => {
    const taken: Measure[] = ['close-trust', 'deny-older-sessions', 'prove'];
    const quarantine = { way: 'quarantine' as const, state: 'closing' as const, taken };
    expect(states({ ...quarantine, proofState: 'complete' })).toEqual(['done', 'done', 'done']);
    expect(states({ ...quarantine, proofState: 'stopped' })).toEqual(['done', 'done', 'unsure']);
    expect(states({ ...quarantine, proofState: 'impossible' })).toEqual(['done', 'done', 'unsure']);
    expect(states({ ...quarantine, proofState: 'not-asked' })).toEqual(['done', 'done', 'skipped']);
  });
});

describe('a request to the owner', () => {
  it('was withdrawn only if nothing was done', () => {
    const owner = { kind: 'owner' } as const;
    expect(isWithdrawn(revocationWith({ performer: owner, state: 'undone' }))).toBe(true);
    expect(isWithdrawn(revocationWith({ performer: owner, state: 'asked' }))).toBe(false);
    expect(isWithdrawn(revocationWith({ state: 'undone', steps: [stepAt(noon, 'iam:PutRolePolicy')] }))).toBe(false);
  });
});
