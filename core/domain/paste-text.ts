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

/** Named entities of HTML that come along with text copied from a page's source or out of a chat. */
const entities: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  colon: ':',
  sol: '/',
  hyphen: '-',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
};

type Undone = { readonly character: string; readonly length: number };

/** `&quot;`, `&#58;`, `&#x2F;`. */
function entityAt(text: string, index: number): Undone | undefined {
  const match = /^&(?:#([0-9]{1,5})|#x([0-9a-f]{1,4})|([a-z]{2,6}));/i.exec(text.slice(index, index + 9));
  if (match === null) return undefined;
  const [whole, decimal, hexadecimal, name = ''] = match;
  const code =
    decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : undefined;
  const character = code === undefined ? entities[name.toLowerCase()] : String.fromCharCode(code);
  return character === undefined ? undefined : { character, length: whole.length };
}

/** What a backslash stands before in JSON (`\"`, `\n`, `\u0026`) and in Markdown (`\_`). */
function escapeAt(text: string, index: number): Undone | undefined {
  const next = text.charAt(index + 1);
  if (/["'/_*.+=@:~#-]/.test(next)) return { character: next, length: 2 };
  if (/[nrt]/.test(next)) return { character: next === 't' ? ' ' : '\n', length: 2 };
  const code = /^\\u00([2-7][0-9a-f])/i.exec(text.slice(index, index + 6))?.[1];
  return code === undefined ? undefined : { character: String.fromCharCode(Number.parseInt(code, 16)), length: 6 };
}

/** The colours of a terminal; their text is not to be seen. */
function colourAt(text: string, index: number): number {
  return /^\u001b\[[0-9;]{0,12}m/.exec(text.slice(index, index + 16))?.[0].length ?? 0;
}

/** Letters, digits, `/`, `:`, `-` and `_` of full width, as Asian keyboards write them, and hyphens that word processors put. */
function narrow(character: string): string {
  if (character === '\u2010' || character === '\u2011') return '-';
  if (!/[\uff0d\uff0f-\uff1a\uff21-\uff3a\uff3f\uff41-\uff5a]/.test(character)) return character;
  return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}

/**
 * Cleans without guessing: odd spaces become spaces, invisible characters and colours go, and what JSON, HTML, Markdown
 * and URLs wrote in place of a character is that character again.
 */
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
    const undone =
      character === '&' ? entityAt(original, index) : character === '\\' ? escapeAt(original, index) : undefined;
    if (undone !== undefined) {
      if (!isInvisible(undone.character)) {
        push(oddSpace.test(undone.character) ? ' ' : undone.character, index, index + undone.length);
      }
      index += undone.length - 1;
    } else if (character === '\u001b' && colourAt(original, index) > 0) index += colourAt(original, index) - 1;
    else if (lineBreak.test(character)) push('\n', index, index + 1);
    else if (oddSpace.test(character)) push(' ', index, index + 1);
    else if (decodesPercent && character === '%' && /^[2-7][0-9a-f]$/i.test(original.slice(index + 1, index + 3))) {
      push(String.fromCharCode(Number.parseInt(original.slice(index + 1, index + 3), 16)), index, index + 3);
      index += 2;
    } else push(narrow(character), index, index + 1);
  }
  return { original, text: characters.join(''), starts, ends };
}

/** Without the characters of `unwanted` at its end. One step a character, where a pattern would take one for each pair. */
export function trimEndOf(text: string, unwanted: string): string {
  let end = text.length;
  while (end > 0 && unwanted.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
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

const quoteMarks = /["'`\u2018-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f]|&(?:quot|#0?39|#34|[lr][sd]quo);/g;

/** What the words are that were left out: an address or JSON around the role, its label, or anything else that was said. */
function describeWords(all: string): string | undefined {
  const said = all.replaceAll(/(?:https?:|(?:signin|console)\.)\S*/gi, ' ');
  const count = said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (said !== all && count <= 4) return 'the rest of the address';
  if (/["'\\]\s{0,9}:\s{0,9}[\\"'{[]/.test(all)) return 'the rest of the JSON';
  if (/assumed-role/i.test(all) && count <= 9) return 'the rest of the session’s ARN';
  if (count === 0) return undefined;
  // Another ARN is more than a label.
  return count <= 6 && !/arn:aws/i.test(all) && /[:=\uff1a]/.test(all) ? 'a label' : 'other words';
}

/** Names what was struck out, for "Left out a label, quotes and a comma." Empty when nothing was. */
export function describeLeftOut(segments: readonly PasteSegment[]): string {
  const left = segments.filter((segment) => !segment.kept).map((segment) => segment.text);
  if (left.length === 0) return '';
  const all = left.join('');
  const seen = all.replaceAll(/\u001b\[[0-9;]{0,12}m/g, '').replaceAll(quoteMarks, '"');
  const bare = seen
    .replaceAll(/&lt;|<\/?[a-z0-9]{1,12}>|\/?[a-z0-9]{1,12}&gt;/gi, '')
    .replaceAll(/&nbsp;|&#?\w{2,6};/gi, ' ');
  const names: string[] = [];
  const words = describeWords(bare);
  if (words !== undefined) names.push(words);
  const isJson = words === 'the rest of the JSON';
  if (words === undefined && bare !== seen && /[<>]|&[lg]t;/.test(seen)) names.push('tags');
  if (seen.includes('"') && !isJson) names.push('quotes');
  if (seen.includes(',') && !isJson && words !== 'other words') names.push('a comma');
  if (/[.;!)>\]]/.test(bare) && names.length === 0) names.push('punctuation');
  if (Array.from(all).some(isInvisible)) names.push('invisible characters');
  if (seen !== all && seen.trim() === '') names.push('colours');
  if (names.length === 0) names.push(/\S/.test(bare) ? 'punctuation' : 'spaces');
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
