import { describe, expect, it } from 'vitest';
import { withEarlier, withNewest, type ReadActivity } from '../../../../renderer/features/activity/read-pages';

/** A log in which a line begins at each multiple of ten, and pages that hold two. */
function page(end: number) {
  const places = [end - 10, end - 20].filter((at) => at >= 0);
  const before = places.at(-1) ?? 0;
  const entries = places.map((at) => ({ at, act: 'x', subject: String(at), facts: [] }));
  return { entries, end, ...(before > 0 && { before }) };
}

const places = ({ entries }: ReadActivity) => entries.map(({ at }) => at);

describe('pages that were read', () => {
  it('read to the beginning need no more of it when another act comes', () => {
    let known = withNewest(undefined, page(50));
    while (known.before !== undefined) known = withEarlier(known, page(known.before));
    expect(places(known)).toEqual([40, 30, 20, 10, 0]);
    const later = withNewest(known, page(60));
    expect(places(later)).toEqual([50, 40, 30, 20, 10, 0]);
    expect(later.before).toBeUndefined();
  });

  it('stay one list while new acts push entries out of the newest', () => {
    const first = withNewest(undefined, page(100));
    const more = withEarlier(first, page(80));
    expect(places(more)).toEqual([90, 80, 70, 60]);
    // three acts came, of which the newest page holds two: what it does not hold was never read
    const later = withNewest(more, page(110));
    expect(places(later)).toEqual([100, 90, 80, 70, 60]);
    const again = withNewest(later, page(120));
    expect(places(again)).toEqual([110, 100, 90, 80, 70, 60]);
    expect(again.before).toBe(60);
    expect(places(withEarlier(again, page(60)))).toEqual([110, 100, 90, 80, 70, 60, 50, 40]);
  });

  it('have no hole: where the newest does not reach them they are read again', () => {
    const known = withEarlier(withNewest(undefined, page(100)), page(80));
    const far = withNewest(known, page(150));
    expect(places(far)).toEqual([140, 130]);
    expect(far.before).toBe(130);
  });

  it('of a log that became shorter say nothing', () => {
    const known = withEarlier(withNewest(undefined, page(100)), page(80));
    expect(places(withNewest(known, page(30)))).toEqual([20, 10]);
  });

  it('show each line as the newest answer has it', () => {
    const known = withEarlier(withNewest(undefined, page(100)), page(80));
    const [line] = page(100).entries;
    const renamed = { ...page(100), entries: [{ ...line, at: 90, act: 'x', facts: [], subject: 'renamed' }] };
    expect(withNewest(known, renamed).entries.find(({ at }) => at === 90)?.subject).toBe('renamed');
  });

  it('take no page that was asked for of another place', () => {
    const known = withNewest(undefined, page(100));
    expect(withEarlier(known, page(60))).toBe(known);
  });
});
