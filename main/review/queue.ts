import { isDeepStrictEqual } from 'node:util';
import type { ReviewQueue } from '../../core/contract/reviews';
import type { Connection } from '../../core/domain/connection';
import type { Agreement } from '../../core/domain/drift/agreement';
import type { DriftLook } from '../../core/domain/drift/difference';
import {
  reasonKinds,
  type KeySight,
  type ReasonKind,
  type Review,
  type ReviewItem,
  type ReviewPolicy,
} from '../../core/domain/review';
import { byWeight, dueAt, nextChange, reasonsOf, type ReviewFacts } from '../../core/domain/review-reasons';
import { nextReturn, reviewedAt, snoozedUntil, standingOf, type Standing } from '../../core/domain/review-standing';
import { nextTurn } from '../platform/next-turn';
import { isOpen } from './dates';
import type { StoredCollection } from '../store/collection';
import type { ReviewRecords } from './records';

export type QueuePorts = {
  readonly connections: { all(): readonly Connection[]; find(connectionId: string): Connection | undefined };
  readonly looks: Pick<StoredCollection<DriftLook>, 'find'>;
  readonly agreements: Pick<StoredCollection<Agreement>, 'find'>;
  /** that are still in their accounts, as far as is known */
  readonly keys: () => readonly KeySight[];
  readonly records: Pick<ReviewRecords, 'of'>;
  /** the same object until it is another: lines are kept by it */
  readonly policy: () => ReviewPolicy;
  readonly now: () => number;
};

/** What is known of one connection or key, and what follows from it. */
export type Line = {
  readonly item: ReviewItem;
  readonly facts: ReviewFacts;
  /** undefined: a key */
  readonly connection: Connection | undefined;
  readonly standing: Standing;
  /** when it is due by date; undefined: never, or a key */
  readonly dueAt: number | undefined;
};

/** Everything that a line was made of: while it is the same the line is. */
type Made = {
  readonly from: readonly unknown[];
  readonly since: number;
  readonly until: number;
  readonly line: Line;
};

/** Lines that are made anew before other work gets its turn. */
const atOnce = 100;

/**
 * Every connection and key with its reasons. A line is made anew when what it was made of is another, or when time alone
 * changes it: with ten thousand of them a change costs the one line and a look at the others.
 */
export class Queue {
  readonly #ports: QueuePorts;
  #made = new Map<string, Made>();

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  /** All of them, due or not, in the order of the list. Gives way to other work while there is much to make. */
  async lines(): Promise<readonly Line[]> {
    const { connections, keys } = this.#ports;
    const made = new Map<string, Made>();
    let anew = 0;
    const take = async (id: string, make: () => Made) => {
      const before = this.#made.get(id);
      const one = make();
      if (one !== before) anew += 1;
      made.set(id, one);
      if (anew < atOnce) return;
      anew = 0;
      await nextTurn();
    };
    for (const connection of connections.all()) await take(connection.id, () => this.#ofConnection(connection));
    for (const key of keys()) await take(key.id, () => this.#ofKey(key));
    this.#made = made;
    return [...made.values()].map(({ line }) => line);
  }

  /** Of a connection or a key, by its ID. */
  line(subjectId: string): Line | undefined {
    return this.linesOf([subjectId])[0];
  }

  /** Of those that are there, in this order. */
  linesOf(subjectIds: readonly string[]): readonly Line[] {
    let keys: ReadonlyMap<string, KeySight> | undefined;
    return subjectIds.flatMap((subjectId) => {
      const connection = this.#ports.connections.find(subjectId);
      if (connection !== undefined) return [this.#ofConnection(connection).line];
      keys ??= new Map(this.#ports.keys().map((key) => [key.id, key]));
      const key = keys.get(subjectId);
      return key === undefined ? [] : [this.#ofKey(key).line];
    });
  }

  /** How many would be due under another policy, and for what. */
  async tried(policy: ReviewPolicy): Promise<{ due: number; reasons: { kind: ReasonKind; count: number }[] }> {
    const now = this.#ports.now();
    const counts = new Map<ReasonKind, number>();
    let due = 0;
    let tried = 0;
    for (const { facts, item } of await this.lines()) {
      const { open } = standingOf(reasonsOf(facts, policy, now), this.#ports.records.of(item.subjectId), now);
      if (open.length > 0) due += 1;
      for (const { kind } of open) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      tried += 1;
      if (tried % atOnce === 0) await nextTurn();
    }
    const reasons = reasonKinds.map((kind) => ({ kind, count: counts.get(kind) ?? 0 }));
    return { due, reasons: reasons.filter(({ count }) => count > 0) };
  }

  #ofConnection(connection: Connection): Made {
    const { agreements, looks, records } = this.#ports;
    const { id } = connection;
    const [look, agreement, reviews] = [looks.find(id), agreements.find(id), records.of(id)];
    return this.#keptOr(id, [connection, look, agreement, reviews], () => {
      const { accountId, folder, name, recipeId, roleName } = connection;
      return {
        facts: { of: 'connection', connection, agreement, look, reviewedAt: reviewedAt(reviews) },
        connection,
        reviews,
        about: {
          ...{ subjectId: id, kind: 'connection', name, accountId, of: roleName, recipeId },
          ...(folder !== undefined && { folder }),
        },
      };
    });
  }

  #ofKey(key: KeySight): Made {
    const { accountId, id, sourceId, userName } = key;
    const reviews = this.#ports.records.of(id);
    return this.#keptOr(id, [key, reviews], () => ({
      facts: { of: 'key', key },
      connection: undefined,
      reviews,
      about: { subjectId: id, kind: 'key', name: userName, accountId, of: userName, sourceId },
    }));
  }

  #keptOr(
    id: string,
    parts: readonly unknown[],
    make: () => Pick<Line, 'facts' | 'connection'> & { reviews: readonly Review[]; about: Omit<ReviewItem, 'reasons'> },
  ): Made {
    const { policy: policyNow, now: clock } = this.#ports;
    const [now, policy] = [clock(), policyNow()];
    const from = [...parts, policy];
    const known = this.#made.get(id);
    const isSame = known?.from.every((one, index) => one === from[index]) === true;
    if (known !== undefined && isSame && now >= known.since && now < known.until) return known;
    const { about, connection, facts, reviews } = make();
    const standing = standingOf(reasonsOf(facts, policy, now), reviews, now);
    const snoozed = snoozedUntil(standing);
    const fresh: ReviewItem = {
      ...about,
      reasons: standing.open.map(({ kind, since }) => ({ kind, since })),
      ...(snoozed !== undefined && { snoozedUntil: snoozed }),
    };
    // what a person sees of it is another object only where it is something else
    const shown = known?.line.item;
    const item = shown !== undefined && isDeepStrictEqual(shown, fresh) ? shown : fresh;
    const made: Made = {
      from,
      since: now,
      until: Math.min(nextChange(facts, policy, now) ?? Infinity, nextReturn(reviews, now) ?? Infinity),
      line: { item, facts, connection, standing, dueAt: facts.of === 'connection' ? dueAt(facts, policy) : undefined },
    };
    this.#made.set(id, made);
    return made;
  }
}

export function isDue({ item }: Line): boolean {
  return item.reasons.length > 0;
}

/** What is due, the heaviest first, and what is put off; how much there is in all, and when the next falls due by its date. */
export function queueOf(lines: readonly Line[], now: number): ReviewQueue {
  const items = lines.map(({ item }) => item).filter((one) => one.reasons.length > 0 || one.snoozedUntil !== undefined);
  let nextAt = Infinity;
  for (const { connection, dueAt: at } of lines) {
    if (at !== undefined && at > now && connection && isOpen(connection)) nextAt = Math.min(nextAt, at);
  }
  const keys = lines.filter(({ facts }) => facts.of === 'key').length;
  return {
    items: items.sort(inOrder),
    ...{ connections: lines.length - keys, keys },
    ...(nextAt !== Infinity && { nextAt }),
  };
}

/** The heaviest first, then as they stand in the list; those that are put off at the end. */
function inOrder(one: ReviewItem, other: ReviewItem): number {
  const [first, second] = [one.reasons[0], other.reasons[0]];
  if (first === undefined || second === undefined) {
    return (
      Number(first === undefined) - Number(second === undefined) || (one.snoozedUntil ?? 0) - (other.snoozedUntil ?? 0)
    );
  }
  return byWeight(first, second);
}
