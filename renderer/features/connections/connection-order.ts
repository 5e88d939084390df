import type { ConnectionSummary } from '../../../core/domain/connection';

const texts = new WeakMap<ConnectionSummary, string>();

/** What a connection is found by, in small letters. Made once for each. */
function textOf(connection: ConnectionSummary): string {
  const known = texts.get(connection);
  if (known !== undefined) return known;
  const { accountId, folder = '', name, roleName, tags = [] } = connection;
  const text = [name, roleName, accountId, folder, ...tags].join(' ').toLowerCase();
  texts.set(connection, text);
  return text;
}

/** Makes what they are found by, so that the first letter of a search waits for nothing. */
export function readTexts(all: readonly ConnectionSummary[]): void {
  for (const connection of all) textOf(connection);
}

/** Those in which every word of the search stands; digits may be grouped, as account IDs are. */
export function findConnections(all: readonly ConnectionSummary[], search: string): readonly ConnectionSummary[] {
  const words = search
    .toLowerCase()
    .replaceAll(/(?<=\d)\s(?=\d)/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return all;
  return all.filter((connection) => {
    const text = textOf(connection);
    return words.every((word) => text.includes(word));
  });
}

/**
 * Puts connections in an order, beginning with the one in which they stood the last time: a round of tests changes them
 * many times a second, and what is nearly in order costs little more than a look at each.
 */
export class ConnectionOrder {
  #ranks = new Map<string, number>();

  /** `compare` as of Array.sort. */
  sort(
    all: readonly ConnectionSummary[],
    compare: (a: ConnectionSummary, b: ConnectionSummary) => number,
  ): readonly ConnectionSummary[] {
    const placed: (ConnectionSummary | undefined)[] = Array.from({ length: this.#ranks.size });
    const added: ConnectionSummary[] = [];
    for (const connection of all) {
      const rank = this.#ranks.get(connection.id);
      if (rank === undefined) added.push(connection);
      else placed[rank] = connection;
    }
    const sorted = [...placed.filter((one) => one !== undefined), ...added].sort(compare);
    this.#ranks = new Map(sorted.map(({ id }, rank) => [id, rank]));
    return sorted;
  }
}

const keys: Readonly<Record<string, (one: ConnectionSummary) => string | number>> = {
  name: ({ name }) => name,
  account: ({ accountId }) => accountId,
  recipe: ({ recipeId }) => recipeId,
  status: ({ status }) => status,
  tested: ({ lastTestAt }) => lastTestAt ?? 0,
};

const collator = new Intl.Collator('en', { numeric: true });

/** Names as people count them: “Lab 9” before “Lab 10”. */
function inOrder(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/** Compares two connections by a column, ascending. */
export function byColumn(column: string): (a: ConnectionSummary, b: ConnectionSummary) => number {
  const key = keys[column] ?? (() => '');
  return (a, b) => inOrder(key(a), key(b));
}
