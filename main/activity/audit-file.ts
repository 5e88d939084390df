import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ChainCheck, linesOf } from '../store/audit-chain';
import type { ChainState } from '../../core/domain/activity';
import { nextTurn } from '../platform/next-turn';
import { codeOf } from '../store/store-error';

/** Bytes that are read at once. */
const chunk = 262_144;

/** A line and where it begins in the file, in bytes. */
export type PlacedLine = { readonly at: number; readonly line: Uint8Array };

/**
 * Lines from the end towards the beginning, without reading more than is asked for.
 * @param before only lines that begin before this place; undefined: from the end
 * @throws what the file system throws, save that a file that is not there has no lines
 */
export function* linesBack(path: string, before: number | undefined): Generator<PlacedLine> {
  const file = open(path);
  if (file === undefined) return;
  try {
    let end = Math.min(before ?? Number.POSITIVE_INFINITY, fstatSync(file).size);
    // the beginning of a line whose rest was read already
    let rest: Uint8Array = new Uint8Array(0);
    while (end > 0) {
      const from = Math.max(0, end - chunk);
      const bytes = Buffer.concat([readAt(file, from, end - from), rest]);
      const firstBreak = from === 0 ? -1 : bytes.indexOf(0x0a);
      if (from > 0 && firstBreak < 0) {
        rest = bytes;
        end = from;
        continue;
      }
      const placed: PlacedLine[] = [];
      let at = from + firstBreak + 1;
      for (const line of linesOf(bytes.subarray(firstBreak + 1))) {
        if (line.length > 0) placed.push({ at, line });
        at += line.length + 1;
      }
      yield* placed.reverse();
      rest = bytes.subarray(0, firstBreak + 1);
      end = from;
    }
  } finally {
    closeSync(file);
  }
}

/** Follows the whole chain, piece by piece, so that the app stays awake meanwhile. */
export async function checkFile(path: string): Promise<ChainState> {
  const check = new ChainCheck();
  const file = open(path);
  if (file === undefined) return check.state();
  try {
    const { size } = fstatSync(file);
    let rest: Uint8Array = new Uint8Array(0);
    for (let at = 0; at < size; at += chunk) {
      const bytes = Buffer.concat([rest, readAt(file, at, Math.min(chunk, size - at))]);
      const end = bytes.lastIndexOf(0x0a) + 1;
      for (const line of linesOf(bytes.subarray(0, end))) check.take(line);
      rest = bytes.subarray(end);
      await nextTurn();
    }
    check.take(rest);
    return check.state();
  } finally {
    closeSync(file);
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, position + read);
    if (more === 0) return bytes.subarray(0, read);
    read += more;
  }
  return bytes;
}
