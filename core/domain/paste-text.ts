/**
 * What people paste, made readable by a program without losing the way back to the original: each character of
 * `text` knows which part of the original it came from, so that the interface can strike through what was left out.
 */
export type PastedText = {
  readonly original: string;
  readonly text: string;
  /** `starts[i]`..`ends[i]` is the piece of the original that became character i of `text`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

export type PasteSegment = { readonly text: string; readonly kept: boolean };

/** Characters that can be seen by nobody and come along from web pages, chats and word processors. */
const invisibleRanges: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
];

function isInvisible(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= 0x00ad && invisibleRanges.some(([first, last]) => code >= first && code <= last);
}

const oddSpace = /[\u0009-\u000d\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const lineBreak = /[\n\r\u0085\u2028\u2029]/;

/** Cleans without guessing: odd spaces become spaces, invisible characters go, `\"`, `\/` and percent signs are undone. */
export function readPastedText(original: string): PastedText {
  // A whole ARN that went through a URL; otherwise a percent sign is left as it is.
  const decodesPercent = /arn%3a/i.test(original);
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const push = (character: string, start: number, end: number): void => {
    characters.push(character);
    starts.push(start);
    ends.push(end);
  };
  for (let index = 0; index < original.length; index += 1) {
    const character = original.charAt(index);
    if (isInvisible(character)) continue;
    if (lineBreak.test(character)) push('\n', index, index + 1);
    else if (oddSpace.test(character)) push(' ', index, index + 1);
    else if (character === '\\' && /["'/]/.test(original.charAt(index + 1))) {
      push(original.charAt(index + 1), index, index + 2);
      index += 1;
    } else if (decodesPercent && character === '%' && /^[2-7][0-9a-f]$/i.test(original.slice(index + 1, index + 3))) {
      push(String.fromCharCode(Number.parseInt(original.slice(index + 1, index + 3), 16)), index, index + 3);
      index += 2;
    } else push(character, index, index + 1);
  }
  return { original, text: characters.join(''), starts, ends };
}

/** A stretch of `PastedText.text`. */
export type Span = { readonly start: number; readonly end: number };

/** Cuts the original at the borders of what was kept. Joined together the segments are the original again. */
export function segmentsOf(pasted: PastedText, kept: readonly Span[]): readonly PasteSegment[] {
  const isKept = new Array<boolean>(pasted.original.length).fill(false);
  for (const span of kept) {
    for (let index = span.start; index < span.end; index += 1) {
      const start = pasted.starts[index];
      const end = pasted.ends[index];
      if (start !== undefined && end !== undefined) isKept.fill(true, start, end);
    }
  }
  const segments: PasteSegment[] = [];
  let start = 0;
  for (let index = 1; index <= pasted.original.length; index += 1) {
    if (index === pasted.original.length || isKept[index] !== isKept[start]) {
      segments.push({ text: pasted.original.slice(start, index), kept: isKept[start] === true });
      start = index;
    }
  }
  return segments;
}

/** Names what was struck out, for "Left out a label, quotes and a comma." Empty when nothing was. */
export function describeLeftOut(segments: readonly PasteSegment[]): string {
  const left = segments.filter((segment) => !segment.kept).map((segment) => segment.text);
  if (left.length === 0) return '';
  const all = left.join('');
  const names: string[] = [];
  if (/https?:/i.test(all)) names.push('the rest of the address');
  else if (/[{}[\]]/.test(all)) names.push('the rest of the JSON');
  else if (/[\p{L}\p{N}]/u.test(all)) names.push(/[:=]/.test(all) ? 'a label' : 'other words');
  const isJson = names[0] === 'the rest of the JSON';
  if (/["'`\u2018\u2019\u201c\u201d\u00ab\u00bb]/.test(all) && !isJson) names.push('quotes');
  if (/,/.test(all) && !isJson) names.push('a comma');
  if (/[.;!)>\]]/.test(all) && names.length === 0) names.push('punctuation');
  if (Array.from(all).some(isInvisible)) names.push('invisible characters');
  if (names.length === 0) names.push(/[^\s\u00a0]/.test(all) ? 'punctuation' : 'spaces');
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
