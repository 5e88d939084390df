import { describe, expect, it, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { PlannedRevocation } from '../../../../core/contract/revocation';
import {
  batchButton,
  batchCounts,
  batchWays,
  batchWords,
  countsOf,
  planWords,
  scopeOf,
  type BatchItem,
} from '../../../../renderer/features/revocations/many-words';

const planned = (ownSessions: number, isPossible: boolean): PlannedRevocation => ({
  ...{ connectionId: randomUUID(), name: 'Brightline', roleName: 'Deploy', accountId: '111122223333', ownSessions },
  ...(isPossible ? { performer: { kind: 'source', sourceId: 'admin' }, doneBy: 'admin' } : { problem: 'Nobody.' }),
});

const item = (state: BatchItem['state']): BatchItem => ({ connectionId: randomUUID(), name: 'Brightline', state });

describe('a plan for many', () => {
  it('counts what can be done apart from what nobody here may do', () => {
    const counts = countsOf([planned(1, true), planned(0, true), planned(4, false)]);
    expect(counts).toEqual({ can: 2, cannot: 1, sessions: 1 });
    expect(planWords(counts)).toBe('2 of 3 connections, with 1 session open here.');
    expect(planWords({ can: 1, cannot: 0, sessions: 0 })).toBe('1 connection.');
  });

  it('has the number on its button, whatever the way', () => {
    for (const way of batchWays) expect(batchButton(way, 12)).toMatch(/ 12 (connections|roles)$/);
    expect(batchButton('delete-role', 1)).toBe('Delete 1 role');
  });

  it('is asked for only once it is said of what', () => {
    expect(scopeOf({ kind: 'everything' })).toEqual({ kind: 'everything' });
    expect(scopeOf({ kind: 'account' })).toBeUndefined();
    expect(scopeOf({ kind: 'account', of: '111122223333' })).toEqual({ kind: 'account', accountId: '111122223333' });
    expect(scopeOf({ kind: 'recipe', of: 'zappa' })).toEqual({ kind: 'recipe', recipeId: 'zappa' });
    expect(scopeOf({ kind: 'source', of: 'deployer' })).toEqual({ kind: 'source', sourceId: 'deployer' });
  });
});

describe('how far many are', () => {
  test.each<[readonly BatchItem['state'][], string]>([
    [['waiting', 'running'], 'Closed 0 of 2'],
    [['closed', 'closed'], 'Closed 2 of 2'],
    [['closed', 'failed', 'left', 'left'], 'Closed 1 of 4, 1 stopped half-way, 2 not begun'],
  ])('%j', (states, words) => {
    expect(batchWords(batchCounts(states.map(item)))).toBe(words);
  });

  it('is over when nothing waits and nothing runs', () => {
    const over = (states: readonly BatchItem['state'][]) => batchCounts(states.map(item)).over;
    expect(over(['closed', 'failed', 'left'])).toBe(3);
    expect(over(['closed', 'running', 'waiting'])).toBe(1);
  });
});
