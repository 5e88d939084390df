import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf } from '../store/store-error';
import { everyLine, type LineSieve, type PlacedLine } from './line-sieve';

/** Bytes that are read at once. */
const chunk = 262_144;

/** Lines that follow each other in the file; the sieve may have held back some, or all. */
export type Piece = {
  /** where it begins, in bytes: what stands before is not read yet */
  readonly at: number;
  /** the last first */
  readonly lines: readonly PlacedLine[];
};

/**
 * Lines from the end towards the beginning, without reading more than is asked for.
 * @param before only lines that begin before this place; undefined: from the end
 * @throws what the file system throws, save that a file that is not there has no lines
 */
export function* piecesBack(
  path: string,
  before: number | undefined,
  sieve: Pick<LineSieve, 'lines'> = everyLine,
): Generator<Piece> {
  const file = openLog(path);
  if (file === undefined) return;
  try {
    let end = Math.min(before ?? Number.POSITIVE_INFINITY, fstatSync(file).size);
    // the beginning of a line whose rest was read already
    let rest: Uint8Array = new Uint8Array(0);
    while (end > 0) {
      const from = Math.max(0, end - chunk);
      const bytes = Buffer.concat([readAt(file, from, end - from), rest]);
      end = from;
      const firstBreak = from === 0 ? -1 : bytes.indexOf(0x0a);
      if (from > 0 && firstBreak < 0) {
        rest = bytes;
        continue;
      }
      const begin = from + firstBreak + 1;
      const lines = sieve.lines(bytes.subarray(firstBreak + 1)).map(({ at, line }) => ({ at: begin + at, line }));
      yield { at: begin, lines: lines.reverse() };
      rest = bytes.subarray(0, firstBreak + 1);
    }
  } finally {
    closeSync(file);
  }
}

/** Bytes of the file; 0 where there is none. */
export function sizeOf(path: string): number {
  const file = openLog(path);
  if (file === undefined) return 0;
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** For reading; undefined where there is no such file. */
export function openLog(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Fewer bytes where the file ends before. */
export function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, position + read);
    if (more === 0) return bytes.subarray(0, read);
    read += more;
  }
  return bytes;
}
