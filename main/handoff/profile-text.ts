import { readConfig } from '../../core/domain/aws-config';

/**
 * Our lines in a shared AWS file, as text in which a character is a byte (latin1): what others wrote is put back byte for
 * byte, whatever its encoding. SECURITY(S-24).
 */

/** What is to stand between our two marking comments. */
export type OwnedLines = {
  /** the record's id; stands in the comments */
  readonly id: string;
  /** for people who read the file */
  readonly title: string;
  /** the section's heading with its brackets, then `key = value` lines; ASCII, no line breaks inside */
  readonly lines: readonly string[];
};

/** Where our lines are, comments included: [start, end) of the text. */
export type Place = { readonly start: number; readonly end: number };

export type FoundLines =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly place: Place; readonly text: string }
  /** one of the comments is gone, or another section has come between them: nothing of it is safe to replace */
  | { readonly kind: 'torn' };

const begin = (id: string): string => `# sallyport:begin ${id}`;
const finish = (id: string): string => `# sallyport:end ${id}`;

const byteOrderMark = '\xef\xbb\xbf';

/** For reading and for the eye only: what is written never goes through it. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The line break that most of the file has; a new file gets the Unix one, which every tool reads. */
export function lineBreakOf(bytes: string): '\n' | '\r\n' {
  const windows = bytes.split('\r\n').length - 1;
  const all = bytes.split('\n').length - 1;
  return windows * 2 > all ? '\r\n' : '\n';
}

/** Our lines as they go into the file, the last line break included. */
export function writeLines({ id, title, lines }: OwnedLines, lineBreak: string): string {
  // some tools read these files in the encoding of the computer: ours are in ASCII, which is the same in all
  const plain = title.normalize('NFKD').replaceAll(/[^ -~]/g, '');
  const note = `${begin(id)} | ${plain} | kept by Sallyport, which asks before it changes what a hand has changed here`;
  return [note, ...lines, finish(id)].map((line) => `${line}${lineBreak}`).join('');
}

/** Adds our lines at the end. `lead` line breaks were put before them: a last line that had none, and an empty line. */
export function addLines(bytes: string, block: string): { readonly bytes: string; readonly lead: 0 | 1 | 2 } {
  const lineBreak = lineBreakOf(bytes);
  const isEmpty = bytes === '' || bytes === byteOrderMark;
  const lead = isEmpty ? 0 : bytes.endsWith('\n') ? 1 : 2;
  return { bytes: `${bytes}${lineBreak.repeat(lead)}${block}`, lead };
}

export function findLines(bytes: string, id: string): FoundLines {
  const begins = linesStarting(bytes, begin(id));
  const ends = linesStarting(bytes, finish(id));
  const [first] = begins;
  const [last] = ends;
  if (first === undefined && last === undefined) return { kind: 'none' };
  if (first === undefined || last === undefined || begins.length > 1 || ends.length > 1 || last.start < first.start) {
    return { kind: 'torn' };
  }
  const place = { start: first.start, end: last.end };
  const text = bytes.slice(place.start, place.end);
  const headings = text.split('\n').filter((line) => /^\s*\[/.test(line));
  return headings.length > 1 ? { kind: 'torn' } : { kind: 'whole', place, text };
}

export function replaceLines(bytes: string, { start, end }: Place, block: string): string {
  return `${bytes.slice(0, start)}${block}${bytes.slice(end)}`;
}

/** Takes our lines away, and the line breaks that were put before them as far as nobody's last line needs them by now. */
export function removeLines(bytes: string, { start, end }: Place, lead: number): string {
  let before = bytes.slice(0, start);
  const after = bytes.slice(end);
  for (let left = after === '' ? lead : Math.min(lead, 1); left > 0; left -= 1) {
    const match = /\r?\n$/.exec(before);
    if (match === null) break;
    before = before.slice(0, match.index);
  }
  // never let two of somebody's lines run together
  if (after !== '' && before !== '' && !before.endsWith('\n')) before = bytes.slice(0, start);
  return before + after;
}

/** Are none of our lines in the file, whichever they are? */
export function hasNoneOfOurs(bytes: string): boolean {
  return !bytes.includes(begin(''));
}

/** Names of the profiles in a file: `[profile x]` in config, `[x]` in credentials. */
export function profileNames(bytes: string, file: 'config' | 'credentials'): ReadonlySet<string> {
  return new Set(readConfig(fromBytes(bytes), file, new Set()).keys());
}

/** A file that is not of bytes with one character each, such as UTF-16, would be spoilt by lines of ours. */
export function isForeignEncoding(bytes: string): boolean {
  return /^(\xff\xfe|\xfe\xff)/.test(bytes) || bytes.includes('\0');
}

function linesStarting(bytes: string, words: string): Place[] {
  const places: Place[] = [];
  let start = bytes.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  while (start < bytes.length) {
    const lineBreak = bytes.indexOf('\n', start);
    const end = lineBreak === -1 ? bytes.length : lineBreak + 1;
    const line = bytes.slice(start, end).trimEnd();
    if (line === words || line.startsWith(`${words} `)) places.push({ start, end });
    start = end;
  }
  return places;
}
