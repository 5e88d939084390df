import { describe, expect, it } from 'vitest';
import type { ConnectionSummary } from '../../../../core/domain/connection';
import { byColumn, ConnectionOrder, findConnections } from '../../../../renderer/features/connections/connection-order';

const one = (id: string, name: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary => ({
  ...{ id, name, roleName: 'Deploy', accountId: '210987654321', recipeId: 'custom', status: 'working' },
  ...{ createdAt: 0, maxSessionDuration: 3600 },
  ...more,
});
const names = (all: readonly ConnectionSummary[]) => all.map(({ name }) => name);

describe('a search', () => {
  const all = [
    one('1', 'Brightline prod', { folder: 'Clients', tags: ['hipaa', 'prod'] }),
    one('2', 'Fernhill', { roleName: 'Audit', accountId: '555566667777' }),
  ];

  it.each([
    ['bright', ['Brightline prod']],
    ['PROD clients', ['Brightline prod']],
    ['hipaa', ['Brightline prod']],
    ['2109 8765', ['Brightline prod']],
    ['audit', ['Fernhill']],
    ['prod fernhill', []],
    ['  ', ['Brightline prod', 'Fernhill']],
  ])('for “%s” finds what has every word', (search, expected) => {
    expect(names(findConnections(all, search))).toEqual(expected);
  });
});

describe('the order', () => {
  const count = 10_000;
  const shuffled = Array.from({ length: count }, (_, index) =>
    one(String(index), `Lab ${String((index * 7919) % count)}`),
  );

  it('is what sorting anew would give, after whatever changed', () => {
    const order = new ConnectionOrder();
    const compare = byColumn('name');
    const few = shuffled.slice(0, 300);
    expect(names(order.sort(few, compare))).toEqual(names(few.toSorted(compare)));
    const changed = few
      .filter((_, index) => index % 7 !== 0)
      .map((connection, index) => (index % 5 === 0 ? { ...connection, name: `A ${connection.name}` } : connection));
    const next = [...changed, one('new', 'Lab 5.5')];
    expect(names(order.sort(next, compare))).toEqual(names(next.toSorted(compare)));
    expect(names(order.sort(next, byColumn('status')))).toHaveLength(next.length);
  });

  it('of ten thousand is kept for little more than a look at each', () => {
    const order = new ConnectionOrder();
    let compared = 0;
    const compare = (a: ConnectionSummary, b: ConnectionSummary) => {
      compared += 1;
      return byColumn('name')(a, b);
    };
    order.sort(shuffled, compare);
    expect(compared).toBeGreaterThan(count * 5);
    compared = 0;
    order.sort(
      shuffled.map((connection, index) => (index % 50 === 0 ? { ...connection, status: 'failing' } : connection)),
      compare,
    );
    expect(compared).toBeLessThan(count * 1.1);
  });
});
