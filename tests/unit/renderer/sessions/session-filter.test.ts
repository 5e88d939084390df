import { describe, expect, it, test } from 'vitest';
import {
  accountsIn,
  countIn,
  filterSessions,
  isFiltering,
  noFilter,
  type SessionFilter,
} from '../../../../renderer/features/sessions/session-filter';
import { minute, noon, sessionWith, troubleOf } from './sessions-made';

const ending = sessionWith({ connectionName: 'Brightline', expiresAt: noon + 14 * minute });
const putOff = sessionWith({ connectionName: 'Osprey', expiresAt: noon + 4 * minute, renewal: 'automatic' });
const failing = sessionWith({
  connectionName: 'Fernhill',
  expiresAt: noon + 4 * minute,
  renewal: 'automatic',
  trouble: troubleOf('unreachable', noon),
});
const plain = sessionWith({ accountId: '123456789012', roleName: 'SecurityAudit' });
const locked = sessionWith({ credentials: 'out-of-reach' });
const all = [failing, putOff, ending, plain, locked];

const shown = (change: Partial<SessionFilter>) => filterSessions(all, { ...noFilter, ...change }, noon);

describe('which sessions are shown', () => {
  it('all of them, in their order, without a filter', () => {
    expect(shown({})).toEqual(all);
    expect(isFiltering(noFilter)).toBe(false);
    expect(isFiltering({ ...noFilter, search: '  ' })).toBe(false);
  });

  test.each<[Partial<SessionFilter>, readonly unknown[]]>([
    [{ search: 'bright' }, [ending]],
    [{ search: 'SECURITYAUDIT' }, [plain]],
    [{ search: '1234 5678' }, [plain]],
    [{ search: 'nobody' }, []],
    [{ account: '123456789012' }, [plain]],
    [{ state: 'trouble' }, [failing, locked]],
    // one that is renewed in time is not about to end; one whose renewal fails is
    [{ state: 'ending' }, [failing, ending]],
    [{ state: 'ending', search: 'fern' }, [failing]],
  ])('%j', (change, expected) => {
    expect(shown(change)).toEqual(expected);
    expect(isFiltering({ ...noFilter, ...change })).toBe(true);
  });

  it('is counted for each state, and for each account', () => {
    expect((['all', 'ending', 'trouble'] as const).map((state) => countIn(all, state, noon))).toEqual([5, 2, 2]);
    expect(accountsIn(all)).toEqual([
      { id: '123456789012', count: 1 },
      { id: '222233334444', count: 4 },
    ]);
  });
});
