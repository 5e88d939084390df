import { spawn } from 'node:child_process';
import fc from 'fast-check';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from '../../core/zod';
import { appErrorSchema } from '../../core/app-error';
import { AuditLog } from '../../main/store/audit-log';
import type { DocumentSpec, StoredDocument } from '../../main/store/document';
import { openDocument } from '../../main/store/file-document';
import { MemoryDocument } from '../../main/store/memory-document';
import { bundleForNode } from '../support/bundle';

const recordSchema = z.strictObject({ id: z.string(), name: z.string(), tags: z.array(z.string()) });
const schema = z.strictObject({ records: z.array(recordSchema) });
type Records = z.infer<typeof schema>;

/** Version 1 was a bare list of names, version 2 named them, version 3 has tags. */
const spec: DocumentSpec<Records> = {
  name: 'connections',
  schema,
  version: 3,
  migrations: [
    (data) => ({
      records: z
        .array(z.string())
        .parse(data)
        .map((name, index) => ({ id: `r${index}`, name })),
    }),
    (data) => {
      const { records } = z.object({ records: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(data);
      return { records: records.map((record) => ({ ...record, tags: [] })) };
    },
  ],
  empty: { records: [] },
};

const now = Date.parse('2026-11-22T09:00:00Z');
const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sallyport-store-'));
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const open = (directory: string): StoredDocument<Records> => openDocument(spec, { directory, now: () => now });
const memory = (): StoredDocument<Records> => new MemoryDocument(spec);
const record = (name: string): Records['records'][number] => ({ id: name, name, tags: ['a'] });
const manyRecords = (count: number): Records => ({
  records: Array.from({ length: count }, (_, index) => ({ ...record(`record ${index}`), tags: ['x'.repeat(300)] })),
});

describe.each([
  ['MemoryDocument', () => ({ document: memory(), again: undefined })],
  [
    'a document on disk',
    () => {
      const directory = folder();
      return { document: open(directory), again: () => open(directory) };
    },
  ],
])('%s', (_name, make) => {
  it('is empty at first, without a problem', () => {
    const { document } = make();
    expect(document.read()).toEqual({ records: [] });
    expect(document.problem).toBeUndefined();
  });

  it('gives back what was kept, also to the next start', () => {
    const { document, again } = make();
    expect(document.update(({ records }) => ({ records: [...records, record('a "quoted" ключ')] }))).toEqual({
      ok: true,
      value: undefined,
    });
    document.update(({ records }) => ({ records: [...records, record('b')] }));
    const read = (again?.() ?? document).read();
    expect(read.records.map(({ name }) => name)).toEqual(['a "quoted" ключ', 'b']);
  });

  it('refuses what does not fit, as the bug it is, and keeps what there was', () => {
    const { document } = make();
    document.update(() => ({ records: [record('a')] }));
    expect(() => document.update(() => ({ records: [{ id: 1 }] }) as unknown as Records)).toThrow();
    expect(document.read().records).toHaveLength(1);
  });

  it('leaves the old value as it was, so that a reader of it sees no change', () => {
    const { document } = make();
    const before = document.read();
    document.update(() => ({ records: [record('a')] }));
    expect(before).toEqual({ records: [] });
  });

  it('copes with 10,000 records', () => {
    const { document, again } = make();
    const started = performance.now();
    document.update(() => manyRecords(10_000));
    document.update(({ records }) => ({ records: [...records, record('last')] }));
    expect((again?.() ?? document).read().records).toHaveLength(10_001);
    // Generous: a slow machine may take ten times what it takes here.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a document on disk', () => {
  const files = (directory: string): string[] => readdirSync(directory).sort();
  const put = (directory: string, text: string): void => writeFileSync(join(directory, 'connections.json'), text);

  it('brings older versions up to date, and writes the new version only with the next change', () => {
    const directory = folder();
    const old = JSON.stringify({ version: 1, data: ['a', 'b'] });
    put(directory, old);
    const document = open(directory);
    expect(document.problem).toBeUndefined();
    expect(document.read().records).toEqual([
      { id: 'r0', name: 'a', tags: [] },
      { id: 'r1', name: 'b', tags: [] },
    ]);
    expect(readFileSync(join(directory, 'connections.json'), 'utf8')).toBe(old);
    document.update((value) => value);
    expect(JSON.parse(readFileSync(join(directory, 'connections.json'), 'utf8'))).toMatchObject({ version: 3 });
    expect(readFileSync(join(directory, 'connections.backup.json'), 'utf8'), 'what it was made from').toBe(old);
  });

  it('any file of version 1 or 2 comes up to date or is set aside; nothing throws, nothing is lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 }), fc.jsonValue(), (version, data) => {
        const directory = folder();
        const text = JSON.stringify({ version, data });
        put(directory, text);
        const document = open(directory);
        const aside = files(directory).find((name) => name.includes('unreadable'));
        expect(aside === undefined).toBe(document.problem === undefined);
        expect(readFileSync(join(directory, aside ?? 'connections.json'), 'utf8')).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['is cut off', '{"version":3,"data":{"rec', 'is not valid JSON'],
    ['is empty', '', 'is not valid JSON'],
    ['is zeros, as after a power cut', '\0'.repeat(64), 'is not valid JSON'],
    ['is something else', '[1,2]', 'is not a file of this app'],
    ['is null', 'null', 'is not a file of this app'],
    ['is later than this app', '{"version":4,"data":{}}', 'was written by a later version'],
    [
      'has wrong fields',
      '{"version":3,"data":{"records":[{"id":1}]}}',
      'does not hold what it should (at records.0.id)',
    ],
    ['has unknown fields', '{"version":3,"data":{"records":[],"more":1}}', 'does not hold what it should'],
  ])('sets aside a file that %s, names it, and never writes over it', (_what, text, why) => {
    const directory = folder();
    put(directory, text);
    const document = open(directory);
    expect(document.read()).toEqual({ records: [] });
    expect(appErrorSchema.parse(document.problem).kind).toBe('store-unreadable');
    expect(document.problem?.message).toContain(why);
    expect(document.problem?.message).toContain('connections.unreadable-20261122-090000.json');
    document.update(() => ({ records: [record('new')] }));
    expect(readFileSync(join(directory, 'connections.unreadable-20261122-090000.json'), 'utf8')).toBe(text);
    expect(open(directory).read().records).toHaveLength(1);
  });

  it('goes on with the version before the last write when the file is spoiled, and says so once', () => {
    const directory = folder();
    const document = open(directory);
    document.update(() => ({ records: [record('a')] }));
    document.update(() => ({ records: [record('a'), record('b')] }));
    put(directory, '{"version":3,');
    const next = open(directory);
    expect(next.read().records.map(({ name }) => name)).toEqual(['a']);
    expect(next.problem?.whatToDo).toContain('the copy from before the last change');
    const later = open(directory);
    expect(later.problem).toBeUndefined();
    expect(later.read().records).toHaveLength(1);
  });

  it('says when the file is gone though there was one', () => {
    const directory = folder();
    const document = open(directory);
    document.update(() => ({ records: [record('a')] }));
    document.update(({ records }) => ({ records: [...records, record('b')] }));
    rmSync(join(directory, 'connections.json'));
    const next = open(directory);
    expect(next.problem?.message).toContain('is gone');
    expect(next.read().records).toHaveLength(1);
  });

  it('gives two spoiled files of one second two names', () => {
    const directory = folder();
    for (const text of ['one', 'two']) {
      put(directory, text);
      open(directory);
    }
    expect(files(directory)).toEqual([
      'connections.unreadable-20261122-090000-2.json',
      'connections.unreadable-20261122-090000.json',
    ]);
  });

  it('writes nothing over what can neither be read nor moved', () => {
    const directory = folder();
    mkdirSync(join(directory, 'connections.json'));
    const document = open(directory);
    expect(document.problem?.kind).toBe('store-unreadable');
    const answer = document.update(() => ({ records: [record('a')] }));
    expect(!answer.ok && answer.error.kind).toBe('store-unreadable');
    expect(statSync(join(directory, 'connections.json')).isDirectory()).toBe(true);
  });

  it('says that it cannot write, and keeps the value it had', () => {
    const directory = folder();
    const document = open(directory);
    document.update(() => ({ records: [record('a')] }));
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'a file where the folder was');
    const answer = document.update(() => ({ records: [] }));
    expect(!answer.ok && answer.error.kind).toBe('store-unwritable');
    expect(!answer.ok && JSON.stringify(answer.error)).not.toContain(directory);
    expect(document.read().records).toHaveLength(1);
  });

  it('is for its owner only', () => {
    const directory = folder();
    open(directory).update(() => ({ records: [record('a')] }));
    expect(statSync(join(directory, 'connections.json')).mode & 0o777).toBe(0o600);
    chmodSync(directory, 0o700);
  });

  it('is whole after a kill -9 at any moment', async () => {
    const program = await bundleForNode('document-child');
    const counted = {
      name: 'counted',
      schema: z.strictObject({ count: z.int(), filler: z.string() }),
      version: 1,
      migrations: [],
      empty: { count: 0, filler: '' },
    };
    const directory = folder();
    let last = 0;
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'ignore'] });
      await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      await new Promise((resolve) => setTimeout(resolve, 13 * (round + 1)));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      const document = openDocument(counted, { directory, now: () => now });
      expect(document.problem).toBeUndefined();
      const { count, filler } = document.read();
      expect(filler).toBe(String(count - 1).repeat(200_000));
      expect(count).toBeGreaterThan(last);
      last = count;
    }
  });
});

describe('the audit log', () => {
  it('adds one line for each act, with the time first', () => {
    const path = join(folder(), 'logs', 'audit.jsonl');
    const log = new AuditLog(path, () => now);
    expect(log.append({ act: 'revoke', subject: 'x\n"y"', seconds: 3 })).toEqual({ ok: true, value: undefined });
    new AuditLog(path, () => now + 1000).append({ act: 'test', subject: 'z' });
    expect(readFileSync(path, 'utf8')).toMatch(
      new RegExp(
        '^{"at":"2026-11-22T09:00:00.000Z","act":"revoke","subject":"x\\\\n\\\\"y\\\\"","seconds":3,"previous":"first"}\n' +
          '{"at":"2026-11-22T09:00:01.000Z","act":"test","subject":"z","previous":"[0-9a-f]{64}"}\n$',
      ),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('does not let a line cut off by a crash spoil the next', () => {
    const path = join(folder(), 'audit.jsonl');
    writeFileSync(path, '{"at":"2026-11-22T08:00:00.000Z","act":"te');
    new AuditLog(path, () => now).append({ act: 'test', subject: 'z' });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ act: 'test' });
  });

  it('says when it cannot be written', () => {
    const directory = folder();
    mkdirSync(join(directory, 'audit.jsonl'));
    const answer = new AuditLog(join(directory, 'audit.jsonl'), () => now).append({ act: 'test', subject: 'z' });
    expect(!answer.ok && answer.error.kind).toBe('store-unwritable');
    expect(existsSync(join(directory, 'audit.jsonl'))).toBe(true);
  });
});
