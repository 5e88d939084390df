import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Bytes read at a time. */
const piece = 16 * 1024 * 1024;

/**
 * Which of the texts stand in a process's own writable memory, as one byte or two bytes a letter. Linux, and with the right to
 * read it (a child of ours, or root).
 */
export function textsInMemory(pid: number, texts: readonly string[]): readonly string[] {
  const wanted = texts.map((text) => ({ text, forms: [Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le')] }));
  const overlap = Math.max(...wanted.flatMap(({ forms }) => forms.map(({ length }) => length)));
  const found = new Set<string>();
  const memory = openSync(`/proc/${String(pid)}/mem`, 'r');
  const buffer = Buffer.alloc(piece);
  try {
    for (const { from, to } of writableRanges(pid)) {
      for (let at = from; at < to; at += piece - overlap) {
        const length = readAt(memory, buffer, Math.min(piece, to - at), at);
        if (length === 0) break;
        const bytes = buffer.subarray(0, length);
        for (const { forms, text } of wanted) if (forms.some((form) => bytes.includes(form))) found.add(text);
      }
    }
  } finally {
    closeSync(memory);
  }
  return [...found];
}

function readAt(memory: number, buffer: Buffer, length: number, at: number): number {
  try {
    return readSync(memory, buffer, 0, length, at);
  } catch {
    // a page that was never used, or was given back meanwhile
    return 0;
  }
}

function writableRanges(pid: number): readonly { readonly from: number; readonly to: number }[] {
  return readFileSync(`/proc/${String(pid)}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      return match === null ? [] : [{ from: parseInt(match[1] ?? '', 16), to: parseInt(match[2] ?? '', 16) }];
    });
}
