import type { ConnectionSummary } from '../../../core/domain/connection';

/** What folders and tags are given to. */
export type Filed = Pick<ConnectionSummary, 'id' | 'name' | 'folder' | 'tags'>;

/** Most that are offered to be pressed; what is not among them can be typed. */
const mostOffered = 30;

/** Each word once, those of most connections first. */
export function wordsOf(
  connections: readonly Filed[],
  of: (connection: Filed) => readonly string[],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const connection of connections)
    for (const word of of(connection)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || a.localeCompare(b))
    .slice(0, mostOffered)
    .map(([word]) => word);
}
