/** Whether two role names may be one that was mistyped: the same but for case, or at most two characters apart. */
export function isNearlyTheSame(one: string, other: string): boolean {
  const a = one.toLowerCase();
  const b = other.toLowerCase();
  if (a === b) return true;
  // Two of a short name's characters are half of it.
  const allowed = Math.min(2, Math.floor(Math.min(a.length, b.length) / 4));
  return Math.abs(a.length - b.length) <= allowed && distance(a, b) <= allowed;
}

/** Insertions, deletions, replacements and swapped neighbours that lead from one text to the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
          ...(isSwapped ? [(before[column - 2] ?? 0) + 1] : []),
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
