import { describe, expect, it } from 'vitest';
import type { HealthOperation } from '../../../core/contract/operations';
import type { Revocation } from '../../../core/domain/revocation';
import type { Notice } from '../../../main/sessions/session-notices';
import { Tellings } from '../../../main/tellings';

type Seen = Pick<Revocation, 'id' | 'connectionName' | 'state'>;

function world(list: () => readonly Seen[] = () => []) {
  const told: Notice[] = [];
  const tellings = new Tellings({
    notify: (notice) => told.push(notice),
    workspaces: () => [{ kind: 'practice', revocations: { list } }],
  });
  return { told, tellings };
}

const round = (change: Partial<HealthOperation>): HealthOperation => ({
  kind: 'health',
  id: '00000000-0000-4000-8000-000000000000',
  subjectId: 'practice',
  by: 'schedule',
  startedAt: 0,
  state: 'done',
  ...{ total: 9, done: 9, passed: 7, warned: 0, failed: 2, unasked: 0, running: 0, atOnce: 16, closed: 0 },
  turned: 1,
  turnedNames: ['Tidewater'],
  ...change,
});

describe('a round of tests', () => {
  it.each([
    ['one', {}, ['Tidewater does not work any more']],
    ['many', { turned: 5, turnedNames: ['Tidewater', 'Osprey', 'Fernhill'] }, ['5 connections do not work any more']],
    ['none', { turned: 0, turnedNames: [] }, []],
    ['what a person looks at anyway', { by: 'test-all' as const }, []],
    ['one that goes on', { state: 'running' as const }, []],
  ])('of which %s stopped working', (_what, change, titles) => {
    const { told, tellings } = world();
    tellings.operation(round(change));
    expect(told.map(({ title }) => title)).toEqual(titles);
    expect(told.every(({ about }) => about === 'test')).toBe(true);
  });
});

describe('a revocation', () => {
  const one = (state: Revocation['state'], id = '1'): Seen => ({ id, connectionName: `Osprey ${id}`, state });

  it('is told when it is through, once, and not when it was before anybody looked', () => {
    let list = [one('closing'), one('ended', '2')];
    const { told, tellings } = world(() => list);
    tellings.changed(['revocations']);
    list = [one('ended'), one('ended', '2')];
    tellings.changed(['sessions']);
    expect(told).toEqual([]);
    tellings.changed(['sessions', 'revocations']);
    tellings.changed(['revocations']);
    expect(told).toMatchObject([{ about: 'revocation', title: 'Osprey 1 is revoked' }]);
  });

  it('of many is one notice, and one that was put back is none', () => {
    let list = ['1', '2', '3', '4', '5'].map((id) => one('closing', id));
    const { told, tellings } = world(() => list);
    tellings.changed(['revocations']);
    list = list.map(({ id }) => one(id === '5' ? 'undone' : 'ended', id));
    tellings.changed(['revocations']);
    expect(told).toMatchObject([{ title: '4 are revoked', body: 'Osprey 1, Osprey 2, Osprey 3 and 1 more' }]);
  });
});
