import { createHash } from 'node:crypto';
import type { ChainBreak, ChainState } from '../../core/domain/activity';

/** What the first line of a file says in place of the hash of one before it. */
export const noLineBefore = 'first';

/** At most so many places are named; further ones are counted only. */
const namedBreaks = 50;

/** What a line says of the one before it. Both are SHA-256 in lower-case hexadecimal, or `first`. */
export type Link = {
  /** of the exact bytes of the line before, without its line break */
  readonly previous: string;
  /** where the line before was cut off: the same of the last whole line, so that it is held too */
  readonly tornAfter?: string;
};

/** Of the exact bytes of a line, without its line break. */
export function hashOf(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

/** The object that a line is; undefined where it was cut off. */
export function readLine(line: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(line).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** @param last the last line there is, and `whole` the last that was not cut off; undefined where there is none */
export function linkAfter(last: Uint8Array | undefined, whole: Uint8Array | undefined): Link {
  const previous = last === undefined ? noLineBefore : hashOf(last);
  return last === whole ? { previous } : { previous, tornAfter: whole === undefined ? noLineBefore : hashOf(whole) };
}

/**
 * Follows the chain line by line. It shows a line that was removed, changed, added or put elsewhere anywhere between two
 * that are chained. It cannot show that lines at the very end were cut off, nor that somebody wrote the whole chain anew.
 */
export class ChainCheck {
  readonly #breaks: ChainBreak[] = [];
  #previous = noLineBefore;
  #whole = noLineBefore;
  #at: number | undefined;
  #lines = 0;
  #unchained = 0;
  #torn = 0;
  #tornHere = 0;
  #broken = 0;
  #isChained = false;

  /** The next line of the file, without its line break. Empty ones are none. */
  take(line: Uint8Array): void {
    if (line.length === 0) return;
    this.#lines += 1;
    const record = readLine(line);
    const hash = hashOf(line);
    if (record === undefined) {
      this.#tornHere += 1;
      this.#previous = hash;
      return;
    }
    const at = timeOf(record);
    if (record['previous'] === undefined && !this.#isChained) {
      this.#unchained += 1;
      this.#torn += this.#tornHere;
    } else if (this.#follows(record)) this.#torn += this.#tornHere;
    else this.#break(at);
    this.#isChained ||= record['previous'] !== undefined;
    this.#tornHere = 0;
    this.#previous = hash;
    this.#whole = hash;
    this.#at = at;
  }

  state(): ChainState {
    return {
      lines: this.#lines,
      unchained: this.#unchained,
      // the last one: what is done next is written after it
      torn: this.#torn + this.#tornHere,
      broken: this.#broken,
      breaks: [...this.#breaks],
      ...(this.#previous !== noLineBefore && { last: this.#previous }),
    };
  }

  #follows({ previous, tornAfter }: Readonly<Record<string, unknown>>): boolean {
    return previous === this.#previous && tornAfter === (this.#tornHere > 0 ? this.#whole : undefined);
  }

  #break(at: number | undefined): void {
    this.#broken += 1;
    if (this.#breaks.length >= namedBreaks) return;
    this.#breaks.push({
      line: this.#lines,
      ...(this.#at !== undefined && { after: this.#at }),
      ...(at !== undefined && { before: at }),
    });
  }
}

/** The whole of a log at once. */
export function checkChain(text: Uint8Array): ChainState {
  const check = new ChainCheck();
  for (const line of linesOf(text)) check.take(line);
  return check.state();
}

/** What stands between line breaks; after the last one too, where something does. */
export function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  if (from < bytes.length) lines.push(bytes.subarray(from));
  return lines;
}

/** Undefined also where it says a time before 1970: nothing was written then, and the window takes none. */
function timeOf({ at }: Readonly<Record<string, unknown>>): number | undefined {
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return time >= 0 ? time : undefined;
}
