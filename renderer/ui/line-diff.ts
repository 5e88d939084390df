/** What changed between two short documents, line by line, with the changed part of a replaced line marked. */
export interface DiffPart {
  readonly text: string;
  readonly marked: boolean;
}

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  /** Of the document the line belongs to; the later one for what is the same. */
  readonly lineNumber: number;
  readonly parts: readonly DiffPart[];
}

/** `context` is how many unchanged lines are kept on either side of a change. Documents are policies: at most some hundred lines. */
export function diffLines(before: readonly string[], after: readonly string[], context = 1): readonly DiffLine[] {
  return pairMarks(keepContext(compare(before, after), context));
}

interface RawLine {
  readonly kind: DiffLine['kind'];
  readonly lineNumber: number;
  readonly text: string;
}

function compare(before: readonly string[], after: readonly string[]): readonly RawLine[] {
  const common = commonLengths(before, after);
  const lines: RawLine[] = [];
  let left = 0;
  let right = 0;
  while (left < before.length || right < after.length) {
    const removed = before[left];
    const added = after[right];
    if (removed !== undefined && removed === added) {
      lines.push({ kind: 'same', lineNumber: right + 1, text: removed });
      left += 1;
      right += 1;
    } else if (
      removed !== undefined &&
      (added === undefined || lengthAt(common, left + 1, right) >= lengthAt(common, left, right + 1))
    ) {
      lines.push({ kind: 'removed', lineNumber: left + 1, text: removed });
      left += 1;
    } else if (added !== undefined) {
      lines.push({ kind: 'added', lineNumber: right + 1, text: added });
      right += 1;
    }
  }
  return groupChanges(lines);
}

/** Longest common subsequence of each pair of tails. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const table: number[][] = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let left = before.length - 1; left >= 0; left -= 1) {
    for (let right = after.length - 1; right >= 0; right -= 1) {
      const row = table[left];
      if (row === undefined) continue;
      row[right] =
        before[left] === after[right]
          ? lengthAt(table, left + 1, right + 1) + 1
          : Math.max(lengthAt(table, left + 1, right), lengthAt(table, left, right + 1));
    }
  }
  return table;
}

function lengthAt(table: readonly (readonly number[])[], left: number, right: number): number {
  return table[left]?.[right] ?? 0;
}

/** Within one run of changes, each removed line stands before the line that took its place. */
function groupChanges(lines: readonly RawLine[]): readonly RawLine[] {
  const grouped: RawLine[] = [];
  let run: RawLine[] = [];
  const flush = (): void => {
    const removed = run.filter((line) => line.kind === 'removed');
    const added = run.filter((line) => line.kind === 'added');
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      for (const line of [removed[index], added[index]]) if (line !== undefined) grouped.push(line);
    }
    run = [];
  };
  for (const line of lines) {
    if (line.kind !== 'same') {
      run.push(line);
      continue;
    }
    flush();
    grouped.push(line);
  }
  flush();
  return grouped;
}

function keepContext(lines: readonly RawLine[], context: number): readonly RawLine[] {
  return lines.filter((line, index) => {
    if (line.kind !== 'same') return true;
    return lines.slice(Math.max(0, index - context), index + context + 1).some((near) => near.kind !== 'same');
  });
}

function pairMarks(lines: readonly RawLine[]): readonly DiffLine[] {
  return lines.map((line, index) => {
    const partner = line.kind === 'removed' ? lines[index + 1] : line.kind === 'added' ? lines[index - 1] : undefined;
    const isPair = partner !== undefined && partner.kind !== 'same' && partner.kind !== line.kind;
    return {
      kind: line.kind,
      lineNumber: line.lineNumber,
      parts: isPair ? markAgainst(line.text, partner.text) : [{ text: line.text, marked: false }],
    };
  });
}

/** Marks what lies between the common start and the common end. */
function markAgainst(text: string, other: string): readonly DiffPart[] {
  const most = Math.min(text.length, other.length);
  let start = 0;
  while (start < most && text[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && text[text.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const stop = text.length - end;
  return [
    { text: text.slice(0, start), marked: false },
    { text: text.slice(start, stop), marked: true },
    { text: text.slice(stop), marked: false },
  ].filter((part) => part.text !== '');
}
