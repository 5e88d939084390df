import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditLog } from '../../main/store/audit-log';
import { findPeer, runProgram } from './support';

const python = await findPeer(
  'the audit log, read by Python',
  'python3',
  ['-c', 'import hashlib'],
  'there is no python3',
);

/** The recipe of docs/design/activity.md, as it stands there for whoever has the file and not the app. */
const recipe = /```python\n([\s\S]*?)```/.exec(
  readFileSync(new URL('../../docs/design/activity.md', import.meta.url), 'utf8'),
)?.[1];

const begun = Date.UTC(2026, 10, 22, 9);
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-audit-'));
  path = join(folder, 'audit.jsonl');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(subjects: readonly string[]): void {
  const log = new AuditLog(path, () => begun);
  expect(log.append(...subjects.map((subject) => ({ act: 'session.started', subject }))).ok).toBe(true);
}

const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n');
const put = (changed: readonly string[]) => writeFileSync(path, `${changed.join('\n')}\n`);
const names = (count: number) => Array.from({ length: count }, (_, index) => `rôle ${String(index)}`);
const ask = () => runProgram('python3', ['-c', recipe ?? 'raise SystemExit(9)', path]);

describe.skipIf(!python.present)('the audit log, read by the recipe of the documents with Python alone', () => {
  test('holds over lines of any length, one at a time and many at once, and over one that was cut off', async () => {
    for (const subject of [...names(3), 'ü'.repeat(30_000)]) write([subject]);
    write(names(500));
    appendFileSync(path, '{"at":"2026-');
    write(names(500));
    truncateSync(path, readFileSync(path).length - 20);
    write(names(1));
    expect(await ask()).toMatchObject({ status: 0, stderr: '' });
  });

  test('holds over lines from before there was a chain', async () => {
    put(['a', 'b'].map((act) => JSON.stringify({ at: '2026-11-01T09:00:00.000Z', act })));
    write(names(2));
    expect(await ask()).toMatchObject({ status: 0, stderr: '' });
  });

  test('says at which line one is missing, was changed or was added', async () => {
    write(names(6));
    const good = lines();
    put(good.filter((_line, index) => index !== 3));
    expect(await ask()).toMatchObject({ status: 1, stdout: expect.stringContaining('line 4') as string });
    put(good.map((line, index) => (index === 3 ? line.replace('rôle', 'rule') : line)));
    expect(await ask()).toMatchObject({ status: 1, stdout: expect.stringContaining('line 5') as string });
    put([...good.slice(0, 2), good[1] ?? '', ...good.slice(2)]);
    expect(await ask()).toMatchObject({ status: 1, stdout: expect.stringContaining('line 3') as string });
  });
});
