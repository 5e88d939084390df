import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from '../../core/zod';
import type { CollectionSpec, StoredCollection } from '../../main/store/collection';
import { openCollection } from '../../main/store/file-collection';
import { MemoryCollection } from '../../main/store/memory-collection';
import { readWrittenCollection } from '../../main/store/written-collection';
import { bundleForNode } from '../support/bundle';

const recordSchema = z.strictObject({ id: z.string().min(1), name: z.string() });
type Named = z.infer<typeof recordSchema>;
const spec: CollectionSpec<Named> = {
  ...{ name: 'things', record: recordSchema, version: 1, migrations: [], most: 20_000 },
};

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const now = Date.parse('2026-11-22T09:00:00Z');
const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sallyport-collection-'));
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const open = (directory: string, of = spec) => openCollection(of, { directory, now: () => now });
const one = (id: string, name = id): Named => ({ id, name });
const many = (count: number, size = 300): Named[] =>
  Array.from({ length: count }, (_, index) => one(`id-${String(index)}`, 'x'.repeat(size)));
function must(answer: { readonly ok: boolean }): void {
  expect(answer.ok).toBe(true);
}
/** Short, so that what differs can be read. */
const brief = (records: readonly Named[]) =>
  records.map(({ id, name }) => `${id} ${name.slice(0, 20)} ${String(name.length)}`);
const ids = (collection: StoredCollection<Named>) => collection.all().map(({ id }) => id);
/** More than fits into the file of changes: they are in the document afterwards. */
const fold = (collection: StoredCollection<Named>) => {
  must(collection.change({ put: many(12, 100_000) }));
  must(collection.change({ put: many(12, 100_000) }));
};

describe.each([
  ['MemoryCollection', () => new MemoryCollection(spec)],
  ['a collection on disk', () => open(folder())],
])('%s', (_name, make) => {
  it('puts, replaces in place and removes, in the order in which they came', () => {
    const collection = make();
    expect(collection.all()).toEqual([]);
    must(collection.change({ put: [one('a'), one('b'), one('c')] }));
    must(collection.change({ put: [one('b', 'other')], remove: ['a', 'nobody'] }));
    expect(collection.all()).toEqual([one('b', 'other'), one('c')]);
    expect(collection.find('b')).toEqual(one('b', 'other'));
    expect(collection.find('a')).toBeUndefined();
  });

  it('refuses what does not fit and what is too much, as the bug it is, and keeps what there was', () => {
    const collection = make();
    must(collection.change({ put: [one('a')] }));
    expect(() => collection.change({ put: [one('b'), { id: '' } as Named] })).toThrow();
    expect(() => collection.change({ put: many(20_000) })).toThrow(/full/);
    expect(ids(collection)).toEqual(['a']);
  });
});

describe('on disk', () => {
  it('gives the same to the next start and to a process beside, whatever was changed and whenever it was folded', () => {
    const change = fc.record({
      put: fc.array(fc.record({ id: fc.constantFrom(...letters), name: fc.string({ maxLength: 20 }) }), {
        maxLength: 4,
      }),
      remove: fc.array(fc.constantFrom(...letters), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(change, fc.constant('fold'), fc.constant('start anew')), { maxLength: 25 }),
        (acts) => {
          const directory = folder();
          let collection = open(directory);
          const model = new MemoryCollection(spec);
          for (const act of acts) {
            if (act === 'start anew') collection = open(directory);
            else if (act === 'fold') for (const each of [collection, model]) fold(each);
            else for (const each of [collection, model]) must(each.change(act));
          }
          expect(brief(collection.all())).toEqual(brief(model.all()));
          expect(brief(open(directory).all())).toEqual(brief(model.all()));
          expect(brief(readWrittenCollection(spec, directory))).toEqual(brief(model.all()));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a change costs what it is, and not what there is', () => {
    const directory = folder();
    must(open(directory).change({ put: many(20_000, 1_000) }));
    const collection = open(directory);
    const path = join(directory, 'things.changes.jsonl');
    const before = {
      document: statSync(join(directory, 'things.json')).size,
      changes: existsSync(path) ? statSync(path).size : 0,
    };
    for (let turn = 0; turn < 50; turn += 1) must(collection.change({ put: [one('id-7', String(turn))] }));
    expect(before.document).toBeGreaterThan(20_000_000);
    expect(statSync(join(directory, 'things.json')).size).toBe(before.document);
    expect(statSync(path).size - before.changes).toBeLessThan(50 * 100);
    expect(open(directory).find('id-7')).toEqual(one('id-7', '49'));
  });

  it('what a crash cut off was never said to be written, and does not spoil the next line', () => {
    const directory = folder();
    must(open(directory).change({ put: [one('a')] }));
    must(open(directory).change({ put: [one('b')] }));
    const path = join(directory, 'things.changes.jsonl');
    const whole = statSync(path).size;
    for (let cut = 1; cut < 20; cut += 3) {
      appendFileSync(path, '{"put":[{"id":"torn","name":"torn"}],"remove":[]}'.slice(0, cut));
      expect(ids(open(directory))).toEqual(['a', 'b']);
      truncateSync(path, whole);
    }
    appendFileSync(path, '{"put":[{"id":"to');
    const collection = open(directory);
    expect(collection.problem).toBeUndefined();
    must(collection.change({ put: [one('c')] }));
    expect(ids(open(directory))).toEqual(['a', 'b', 'c']);
  });

  it('a spoiled file of changes is set aside, said once, and what was before it stays', () => {
    const directory = folder();
    must(open(directory).change({ put: [one('a')] }));
    const path = join(directory, 'things.changes.jsonl');
    appendFileSync(path, 'rubbish\n{"put":[{"id":"b","name":"b"}],"remove":[]}\n');
    const collection = open(directory);
    expect(collection.problem).toMatchObject({ kind: 'store-unreadable' });
    expect(collection.problem?.message).toContain('things.changes.unreadable-20261122-090000.jsonl');
    expect(ids(collection)).toEqual(['a']);
    expect(open(directory).problem).toBeUndefined();
    expect(ids(open(directory))).toEqual(['a']);
    expect(readFileSync(join(directory, 'things.changes.unreadable-20261122-090000.jsonl'), 'utf8')).toContain('"b"');
  });

  it('a spoiled document costs nothing: its backup and the lines of both sides are all of it', () => {
    const directory = folder();
    const first = open(directory);
    fold(first);
    must(first.change({ put: [one('between')] }));
    fold(first);
    must(first.change({ put: [one('last')], remove: ['id-3'] }));
    const before = first.all();
    writeFileSync(join(directory, 'things.json'), '{"version":1,"data"');
    const collection = open(directory);
    expect(collection.problem).toMatchObject({ kind: 'store-unreadable' });
    expect(collection.problem?.whatToDo).toMatch(/goes on with the copy/);
    expect(brief(collection.all())).toEqual(brief(before));
    must(collection.change({ put: [one('after')] }));
    expect(open(directory).problem).toBeUndefined();
    expect(brief(open(directory).all())).toEqual(brief([...before, one('after')]));
  });

  it('older records and older lines come up to date, and those of a later version are set aside', () => {
    const directory = folder();
    must(open(directory).change({ put: [one('a')] }));
    const tagged = z.strictObject({ id: z.string(), name: z.string(), tags: z.array(z.string()) });
    const later: CollectionSpec<z.infer<typeof tagged>> = {
      ...{ name: 'things', record: tagged, version: 2, most: 100 },
      migrations: [
        (data) => {
          const { things } = z.object({ things: z.array(recordSchema) }).parse(data);
          return { things: things.map((thing) => ({ ...thing, tags: [] })) };
        },
      ],
    };
    const collection = openCollection(later, { directory, now: () => now });
    expect(collection.all()).toEqual([{ ...one('a'), tags: [] }]);
    must(collection.change({ put: [{ ...one('b'), tags: ['new'] }] }));
    expect(openCollection(later, { directory, now: () => now }).all()).toHaveLength(2);
    const older = open(directory);
    expect(older.problem?.message).toContain('later version');
    expect(ids(older)).toEqual(['a']);
  });

  it('writes nothing over what can neither be read nor moved, and says when it cannot write', () => {
    const directory = folder();
    mkdirSync(join(directory, 'things.json'));
    const blocked = open(directory);
    expect(blocked.problem).toMatchObject({ kind: 'store-unreadable' });
    expect(blocked.change({ put: [one('a')] })).toMatchObject({ ok: false, error: { kind: 'store-unreadable' } });
    expect(readdirSync(directory)).toEqual(['things.json']);

    const other = folder();
    mkdirSync(join(other, 'things.changes.jsonl'));
    expect(open(other).change({ put: [one('a')] })).toMatchObject({ ok: false, error: { kind: 'store-unreadable' } });
  });

  it('goes on when somebody took the file of changes away while it ran', () => {
    const directory = folder();
    const collection = open(directory);
    must(collection.change({ put: [one('a')] }));
    rmSync(join(directory, 'things.changes.jsonl'));
    must(collection.change({ put: [one('b')] }));
    expect(ids(open(directory))).toEqual(['a', 'b']);
  });

  it('keeps the value it had when the disk refuses, and writes again when it does not', () => {
    const directory = folder();
    const collection = open(directory);
    must(collection.change({ put: [one('a')] }));
    const path = join(directory, 'things.changes.jsonl');
    rmSync(path);
    mkdirSync(path);
    expect(collection.change({ put: [one('b')] })).toMatchObject({ ok: false, error: { kind: 'store-unwritable' } });
    expect(ids(collection)).toEqual(['a']);
    rmSync(path, { recursive: true });
    must(collection.change({ put: [one('c')] }));
    expect(ids(open(directory))).toEqual(['a', 'c']);
  });

  it('a change of nothing writes nothing; where nothing can be written it is refused all the same', () => {
    const directory = folder();
    const collection = open(directory);
    must(collection.change({ put: [one('a')] }));
    const before = readFileSync(join(directory, 'things.changes.jsonl'), 'utf8');
    must(collection.change({}));
    must(collection.change({ put: [], remove: ['b', 'c'] }));
    expect(readFileSync(join(directory, 'things.changes.jsonl'), 'utf8')).toBe(before);
    must(collection.change({ remove: ['b', 'a'] }));
    expect(ids(open(directory))).toEqual([]);
    const blocked = folder();
    mkdirSync(join(blocked, 'things.changes.jsonl'));
    expect(open(blocked).change({ remove: ['a'] })).toMatchObject({ ok: false });
  });

  it('is for its owner only', () => {
    const directory = folder();
    const collection = open(directory);
    fold(collection);
    must(collection.change({ put: [one('a')] }));
    chmodSync(directory, 0o700);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0);
  });

  it('has everything that it said was written, after a kill -9 at any moment', async () => {
    const directory = folder();
    const child = await bundleForNode('collection-child');
    const countedSchema = z.strictObject({ id: z.string(), count: z.int(), filler: z.string() });
    for (let turn = 0; turn < 8; turn += 1) {
      const said = await new Promise<number>((resolve, reject) => {
        const running = spawn(process.execPath, [child, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        running.stdout.on('data', (bytes: Buffer) => {
          text += bytes.toString('utf8');
          // somewhere within some forty changes, so that foldings are hit too
          if (text.split('\n').length > 5 + ((turn * 13) % 40)) running.kill('SIGKILL');
        });
        running.once('error', reject);
        running.once('close', () => resolve(Number(text.split('\n').at(-2) ?? 0)));
      });
      const collection = openCollection(
        { name: 'counted', record: countedSchema, version: 1, migrations: [], most: 100 },
        { directory, now: () => now },
      );
      expect(collection.problem).toBeUndefined();
      expect(collection.find('last')?.count).toBeGreaterThanOrEqual(said);
      expect(said).toBeGreaterThan(0);
    }
  }, 60_000);
});
