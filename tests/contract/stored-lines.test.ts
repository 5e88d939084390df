import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from '../../core/zod';
import { LineFolder, type StoredLines } from '../../main/store/line-folder';
import { MemoryLines } from '../../main/store/memory-lines';

const schema = z.strictObject({ n: z.int(), words: z.string().optional() });
type Line = z.infer<typeof schema>;
const one = 'b1a5b1d2-7b7e-4a77-9c0a-3f6b1c0d9e10';
const other = 'b1a5b1d2-7b7e-4a77-9c0a-3f6b1c0d9e11';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function inFolder(): { readonly lines: LineFolder<Line>; readonly directory: string } {
  const parent = mkdtempSync(join(tmpdir(), 'sallyport-lines-'));
  folders.push(parent);
  const directory = join(parent, 'tests');
  return { lines: new LineFolder({ directory, schema, keep: 200 }), directory };
}

const kinds: readonly (readonly [string, () => StoredLines<Line>])[] = [
  ['in memory', () => new MemoryLines<Line>(200)],
  ['in a folder', () => inFolder().lines],
];

describe.each(kinds)('lines %s', (_kind, make) => {
  it('gives back what came, in its order, each id its own', () => {
    const lines = make();
    expect(lines.read(one)).toEqual([]);
    for (let n = 1; n <= 3; n += 1) expect(lines.append(one, { n }).ok).toBe(true);
    expect(lines.append(other, { n: 9 }).ok).toBe(true);
    expect(lines.read(one)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(lines.read(other)).toEqual([{ n: 9 }]);
  });

  it('keeps the newest two hundred', () => {
    const lines = make();
    for (let n = 1; n <= 250; n += 1) lines.append(one, { n });
    const kept = lines.read(one).map(({ n }) => n);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, 51, 250]);
  });

  it('forgets one and no other', () => {
    const lines = make();
    lines.append(one, { n: 1 });
    lines.append(other, { n: 2 });
    lines.forget(one);
    lines.forget(one);
    expect(lines.read(one)).toEqual([]);
    expect(lines.read(other)).toEqual([{ n: 2 }]);
  });
});

describe('lines in a folder', () => {
  it('makes nothing before there is something to keep', () => {
    const { directory, lines } = inFolder();
    lines.read(one);
    expect(existsSync(directory)).toBe(false);
  });

  it('bears a line that a crash tore, and lines of another shape', () => {
    const { directory, lines } = inFolder();
    lines.append(one, { n: 1 });
    appendFileSync(join(directory, `${one}.jsonl`), '\n{"n":2,"wor');
    lines.append(one, { n: 3 });
    appendFileSync(join(directory, `${one}.jsonl`), '\n{"m":4}');
    expect(lines.read(one)).toEqual([{ n: 1 }, { n: 3 }]);
  });

  it('does not grow without end, and loses none of what it keeps', () => {
    const { directory, lines } = inFolder();
    const words = 'x'.repeat(150);
    for (let n = 1; n <= 2000; n += 1) lines.append(one, { n, words });
    const path = join(directory, `${one}.jsonl`);
    expect(statSync(path).size).toBeLessThan(70_000);
    expect(lines.read(one).map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, index) => 1801 + index));
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain('"n":1,');
  });

  it('takes nothing but an id for a part of a path', () => {
    const { lines } = inFolder();
    expect(() => lines.read('../../settings')).toThrow(TypeError);
    expect(() => lines.append('../../settings', { n: 1 })).toThrow(TypeError);
  });
});
