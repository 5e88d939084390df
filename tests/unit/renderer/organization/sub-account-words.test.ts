import { describe, expect, it } from 'vitest';
import { isUnderWay, type SubAccount } from '../../../../core/domain/sub-account';
import { lastWord, timelineOf } from '../../../../renderer/features/organization/sub-account-words';

const events: SubAccount['events'] = [
  { what: 'asked', at: 1000 },
  { what: 'in-progress', at: 2000, said: 'IN_PROGRESS', requestId: 'one' },
  { what: 'in-progress', at: 4000, said: 'IN_PROGRESS', requestId: 'two' },
  { what: 'made', at: 6000, said: 'SUCCEEDED', requestId: 'three' },
  { what: 'moved', at: 6500, said: 'ou-abcd-work', requestId: 'unit' },
  { what: 'not-let-in', at: 7000, said: 'AccessDenied', requestId: 'four' },
  { what: 'let-in', at: 9000, requestId: 'five' },
];
const subAccount: SubAccount = {
  ...{ id: 'x', sourceId: 's', managementAccountId: '333344445555', state: 'ready', startedAt: 1000, events },
  wish: { email: 'ops+x@example.com', name: 'X', accessRoleName: 'OrganizationAccountAccessRole' },
};

describe('the timeline of a sub-account', () => {
  it('makes one line of what AWS repeats, with its first and last time', () => {
    expect(timelineOf(events).map(({ count, first, last }) => [first.what, count, first.at, last.at])).toEqual([
      ['asked', 1, 1000, 1000],
      ['in-progress', 2, 2000, 4000],
      ['made', 1, 6000, 6000],
      ['moved', 1, 6500, 6500],
      ['not-let-in', 1, 7000, 7000],
      ['let-in', 1, 9000, 9000],
    ]);
  });

  it('keeps apart what AWS said differently', () => {
    const said = (word: string) => ({ what: 'in-progress' as const, at: 0, said: word });
    expect(timelineOf([said('a'), said('b'), said('b'), said('a')]).map(({ count }) => count)).toEqual([1, 2, 1]);
  });

  it('gives AWS’s last word, and none before there is one', () => {
    expect(lastWord({ ...subAccount, state: 'making', events: events.slice(0, 3) })?.said).toBe('IN_PROGRESS');
    expect(lastWord({ ...subAccount, state: 'entering', events: events.slice(0, 6) })?.said).toBe('AccessDenied');
    expect(lastWord(subAccount)?.said).toBe('SUCCEEDED');
    expect(lastWord({ ...subAccount, events: events.slice(0, 1) })).toBeUndefined();
  });

  it('runs by itself until it is over or needs somebody', () => {
    const states = ['asking', 'making', 'moving', 'entering', 'ready', 'failed', 'stopped', 'unwatched'] as const;
    expect(states.filter((state) => isUnderWay({ state }))).toEqual(['asking', 'making', 'moving', 'entering']);
  });
});
