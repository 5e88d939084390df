import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breakWords } from '../../core/domain/activity';
import { checkChain } from '../../main/store/audit-chain';
import { AuditLog } from '../../main/store/audit-log';
import { bundleForNode } from '../support/bundle';
import { fuzzRuns } from '../support/fuzz-runs';

let folder: string;
let path: string;
let program: string;

beforeAll(async () => {
  program = await bundleForNode('audit-child');
}, 60_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-audit-'));
  path = join(folder, 'audit.jsonl');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const begun = Date.UTC(2026, 10, 22, 9);

function write(count: number, from = 0): void {
  for (let turn = from; turn < from + count; turn += 1) {
    const log = new AuditLog(path, () => begun + turn * 60_000);
    expect(log.append({ act: 'session.started', subject: `role ${String(turn)}` }).ok).toBe(true);
  }
}

const state = () => checkChain(readFileSync(path));
const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n');
const put = (changed: readonly string[]) => writeFileSync(path, `${changed.join('\n')}\n`);

describe('the chain of the audit log', () => {
  it('holds over whatever was written, also over lines that are longer than what is read of the end at first', () => {
    write(3);
    new AuditLog(path, () => begun).append({ act: 'drift.accepted', subject: 'ü'.repeat(30_000) });
    write(2);
    expect(state()).toMatchObject({ lines: 6, unchained: 0, torn: 0, broken: 0, breaks: [] });
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ previous: 'first' });
  });

  it('holds over many lines that are written at once, from the first line on and after one that was cut off', () => {
    const log = new AuditLog(path, () => begun);
    const facts = (from: number) =>
      Array.from({ length: 500 }, (_, index) => ({ act: 'connection.added', subject: `rôle ${String(from + index)}` }));
    expect(log.append(...facts(0)).ok).toBe(true);
    appendFileSync(path, '{"at":"2026-');
    expect(log.append(...facts(500)).ok).toBe(true);
    expect(log.append().ok).toBe(true);
    write(1, 1000);
    expect(state()).toMatchObject({ lines: 1002, unchained: 0, torn: 1, broken: 0, breaks: [] });
    const subjects = lines().flatMap((line) => (line.endsWith('}') ? [JSON.parse(line) as { subject: string }] : []));
    expect(subjects.map(({ subject }) => subject)).toEqual([
      ...[...facts(0), ...facts(500)].map(({ subject }) => subject),
      'role 1000',
    ]);
  });

  it('shows which line is missing, between when and when', () => {
    write(6);
    put(lines().filter((_line, index) => index !== 3));
    const { breaks, broken } = state();
    expect(broken).toBe(1);
    expect(breaks).toEqual([{ line: 4, after: begun + 120_000, before: begun + 240_000 }]);
    const words = breaks.map((one) => breakWords(one, (time) => new Date(time).toISOString().slice(11, 16)));
    expect(words).toEqual(['A line is missing, was added or was changed between 09:02 and 09:04, at line 4.']);
  });

  it('shows that the first lines are missing', () => {
    write(3);
    put(lines().slice(1));
    expect(state().breaks).toEqual([{ line: 1, before: begun + 60_000 }]);
  });

  it('shows any change, removal, addition and other order of lines before the last', () => {
    write(8);
    const good = lines();
    const places = { min: 0, max: good.length - 2 };
    fc.assert(
      fc.property(
        fc.integer(places),
        fc.integer(places),
        fc.constantFrom('change', 'remove', 'repeat', 'swap'),
        (one, other, how) => {
          const changed = [...good];
          if (how === 'change') changed[one] = (good[one] ?? '').replace('role', 'rule');
          if (how === 'remove') changed.splice(one, 1);
          if (how === 'repeat') changed.splice(one, 0, good[other] ?? '');
          if (how === 'swap') [changed[one], changed[other]] = [good[other] ?? '', good[one] ?? ''];
          const isSame = changed.join() === good.join();
          expect(checkChain(Buffer.from(`${changed.join('\n')}\n`)).broken > 0).toBe(!isSame);
        },
      ),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('reads lines from before there was a chain, says how many, and holds the last of them', () => {
    put([
      '{"at":"2026-11-01T09:00:00.000Z","act":"test","subject":"a"}',
      '{"at":"2026-11-01T09:01:00.000Z","act":"b"}',
    ]);
    write(2);
    expect(state()).toMatchObject({ lines: 4, unchained: 2, broken: 0 });
    put(lines().filter((_line, index) => index !== 1));
    expect(state()).toMatchObject({ unchained: 1, broken: 1 });
    // and one without a link among those that have one was put there by hand
    write(1, 9);
    const [first = ''] = lines();
    appendFileSync(path, `${first}\n`);
    expect(state().broken).toBe(2);
  });

  it('repairs a line that a crash cut off, says so, and still holds the whole line before it', () => {
    write(3);
    truncateSync(path, readFileSync(path).length - 20);
    expect(state()).toMatchObject({ lines: 3, torn: 1, broken: 0 });
    write(1, 5);
    expect(state()).toMatchObject({ lines: 4, torn: 1, broken: 0 });
    // torn twice in a row
    truncateSync(path, readFileSync(path).length - 20);
    appendFileSync(path, '\n{"at":');
    write(2, 7);
    expect(state()).toMatchObject({ torn: 3, broken: 0 });
    put(lines().filter((_line, index) => index !== 1));
    expect(state().broken).toBe(1);
  });

  it('takes a line that is whole but for its line break for whole', () => {
    write(2);
    truncateSync(path, readFileSync(path).length - 1);
    write(1, 3);
    expect(state()).toMatchObject({ lines: 3, torn: 0, broken: 0 });
  });

  it('is never forked by processes that write at the same time, nor by one that is killed', async () => {
    const start = (name: string, times: number): ChildProcess =>
      spawn(process.execPath, [program, path, name, String(times)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const doomed = start('doomed', 100_000);
    if (doomed.stdout !== null) await once(doomed.stdout, 'data');
    const others = ['app', 'beside'].map((name) => start(name, 60));
    const ends = others.map(async (child) => {
      child.stdout?.resume();
      return (await once(child, 'exit'))[0] as number;
    });
    const died = once(doomed, 'exit');
    doomed.kill('SIGKILL');
    // until it is buried its process counts as alive, and this one would wait for it without ever burying it
    await died;
    write(20);
    expect(await Promise.all(ends)).toEqual([0, 0]);
    const { broken, lines: count, torn } = state();
    expect({ broken, torn }).toEqual({ broken: 0, torn: 0 });
    expect(count).toBeGreaterThan(140);
  }, 60_000);
});
