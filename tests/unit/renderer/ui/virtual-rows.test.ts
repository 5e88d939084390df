import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, drawnRows, isPlainEnter, rowAfter, windowOf } from '../../../../renderer/ui/virtual-rows';

describe('the rows of a long table', () => {
  it('are drawn where they are in view, wherever it is scrolled to, and never many more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 20, max: 80 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 1_000 }),
        (count, rowHeight, height, thousandths) => {
          const scrollTop = (thousandths / 1_000) * Math.max(0, count * rowHeight - height);
          const { first, last } = windowOf(scrollTop, height, rowHeight, count);
          const seenFirst = Math.floor(scrollTop / rowHeight);
          const seenLast = Math.min(count, Math.ceil((scrollTop + height) / rowHeight));
          expect(first).toBeLessThanOrEqual(Math.min(seenFirst, count - 1));
          expect(last).toBeGreaterThanOrEqual(seenLast);
          expect(last - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 11);
        },
      ),
    );
  });

  it('stay the same while it is scrolled by less than a row', () => {
    expect(windowOf(5_401, 800, 54, 10_000)).toEqual(windowOf(5_450, 800, 54, 10_000));
  });

  it('are drawn with the one that has the focus, once and in order', () => {
    expect(drawnRows({ first: 4, last: 7 }, 1)).toEqual([1, 4, 5, 6]);
    expect(drawnRows({ first: 4, last: 7 }, 5)).toEqual([4, 5, 6]);
    expect(drawnRows({ first: 4, last: 7 }, 9)).toEqual([4, 5, 6, 9]);
    expect(drawnRows({ first: 0, last: 0 }, -1)).toEqual([]);
  });

  it('are gone through by the keys, and no further than there are any', () => {
    expect(rowAfter('ArrowDown', 3, 10, 5)).toBe(4);
    expect(rowAfter('ArrowUp', 0, 10, 5)).toBe(0);
    expect(rowAfter('PageDown', 7, 10, 5)).toBe(9);
    expect(rowAfter('PageUp', 7, 10, 5)).toBe(2);
    expect(rowAfter('Home', 7, 10, 5)).toBe(0);
    expect(rowAfter('End', 7, 10, 5)).toBe(9);
    expect(rowAfter('x', 7, 10, 5)).toBeUndefined();
  });

  it('are chosen from one to another whichever comes first', () => {
    expect(between(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['b', 'c', 'd']);
    expect(between(['a', 'b', 'c', 'd'], 1, 1)).toEqual(['b']);
  });

  it('are opened by Enter alone, and not by Enter with another key', () => {
    const none = { key: 'Enter', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(isPlainEnter(none)).toBe(true);
    expect(isPlainEnter({ ...none, key: ' ' })).toBe(false);
    for (const held of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey']) {
      expect(isPlainEnter({ ...none, [held]: true }), held).toBe(false);
    }
  });
});
