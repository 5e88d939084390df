import { useDeferredValue, useMemo } from 'react';
import { reasonKinds, type ReasonKind, type ReviewItem } from '../../../core/domain/review';
import type { TableSort } from '../../ui/data-table';
import { itemText } from './review-words';

export type Shown = 'due' | 'waiting';

export interface QueueWish {
  readonly shown: Shown;
  readonly kind: ReasonKind | 'any';
  readonly search: string;
}

const collator = new Intl.Collator('en', { numeric: true });
const orders: Readonly<Record<string, (one: ReviewItem, other: ReviewItem) => number>> = {
  name: (one, other) => collator.compare(one.name, other.name),
  account: (one, other) => collator.compare(one.accountId, other.accountId),
  since: (one, other) => whenOf(one) - whenOf(other),
};

const texts = new WeakMap<ReviewItem, string>();

/** Since when the heaviest of its reasons holds; of what is put off, when it comes back. */
export function whenOf({ reasons, snoozedUntil = 0 }: ReviewItem): number {
  return reasons[0]?.since ?? snoozedUntil;
}

/** What is shown of the queue. Main gives it in the order of weight, which is kept where no other is wished. */
export function useShownItems(all: readonly ReviewItem[], { kind, search, shown }: QueueWish, sort: TableSort) {
  const wanted = useDeferredValue(search);
  const sorted = useMemo(() => {
    const way = sort.direction === 'ascending' ? 1 : -1;
    const order = orders[sort.column];
    if (order === undefined) return way === 1 ? all : all.toReversed();
    return all.toSorted((one, other) => way * order(one, other));
  }, [all, sort]);
  return useMemo(() => {
    const words = wanted
      .toLowerCase()
      .replaceAll(/(?<=\d)\s(?=\d)/g, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    return sorted.filter((item) => {
      if (shown === 'due' ? item.reasons.length === 0 : item.snoozedUntil === undefined) return false;
      if (kind !== 'any' && !item.reasons.some((reason) => reason.kind === kind)) return false;
      if (words.length === 0) return true;
      const text = texts.get(item) ?? itemText(item);
      texts.set(item, text);
      return words.every((word) => text.includes(word));
    });
  }, [kind, shown, sorted, wanted]);
}

/** How many there are of each reason, those of which there are any. */
export function countKinds(items: readonly ReviewItem[]): readonly { kind: ReasonKind; count: number }[] {
  const counts = new Map<ReasonKind, number>();
  for (const { reasons } of items) for (const { kind } of reasons) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return reasonKinds.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
}
