import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Activity } from '../../main/activity/activity';
import { ChainFollower } from '../../main/activity/chain-follower';
import { AuditLog } from '../../main/store/audit-log';
import { ok } from '../../core/result';
import { must } from '../support/must';
import { connected, newWorld } from '../support/workspace-world';

let folder: string;
let auditPath: string;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-chain-'));
  auditPath = join(folder, 'audit.jsonl');
  now = Date.UTC(2026, 10, 22);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(...acts: readonly string[]): void {
  const log = new AuditLog(auditPath, () => now);
  for (const act of acts) must(log.append({ act: 'source.added', subject: act }));
}

const follower = () => new ChainFollower(auditPath, () => now);

/** One letter of a line is another, so that the file is as long as it was. */
function change(from: string, to: string): void {
  writeFileSync(auditPath, readFileSync(auditPath, 'utf8').replace(from, to));
}

describe('the chain', () => {
  it('is followed on from where it was left, and says when it was last read from the first', async () => {
    write('one', 'two');
    const chain = follower();
    expect(await chain.follow(false)).toMatchObject({ lines: 2, broken: 0, checkedAt: now, wholeAt: now });
    const first = now;
    now += 60_000;
    write('three');
    // only who reads again from the first sees that an early line is another
    change('"one"', '"own"');
    expect(await chain.follow(false)).toMatchObject({ lines: 3, broken: 0, checkedAt: now, wholeAt: first });
    expect(await chain.follow(true)).toMatchObject({ lines: 3, broken: 1, checkedAt: now, wholeAt: now });
  });

  it('is followed from the first where the last line that was read is another, or gone', async () => {
    write('one', 'two', 'three');
    const chain = follower();
    expect(await chain.follow(false)).toMatchObject({ lines: 3, broken: 0 });
    change('"three"', '"threw"');
    write('four');
    expect(await chain.follow(false)).toMatchObject({ lines: 4, broken: 0, wholeAt: now });
    const lines = readFileSync(auditPath, 'utf8').split('\n');
    now += 1000;
    writeFileSync(auditPath, `${lines.slice(0, 2).join('\n')}\n`);
    expect(await chain.follow(false)).toMatchObject({ lines: 2, broken: 0, wholeAt: now });
    rmSync(auditPath);
    expect(await chain.follow(false)).toMatchObject({ lines: 0, broken: 0 });
  });

  it('holds a line that is being written as it is, and whole when it is', async () => {
    write('one');
    const before = readFileSync(auditPath, 'utf8');
    write('two');
    const whole = readFileSync(auditPath, 'utf8');
    writeFileSync(auditPath, whole.slice(0, before.length + 20));
    const chain = follower();
    expect(await chain.follow(false)).toMatchObject({ lines: 2, torn: 1, broken: 0 });
    writeFileSync(auditPath, whole);
    expect(await chain.follow(false)).toMatchObject({ lines: 2, torn: 0, broken: 0 });
  });

  it('is followed by one at a time, and nobody who wants it from the first gets less', async () => {
    write('one', 'two');
    const chain = follower();
    await chain.follow(false);
    change('"one"', '"own"');
    const [rest, all, also] = [chain.follow(false), chain.follow(true), chain.follow(false)];
    expect(also).toBe(all);
    expect(await rest).toMatchObject({ broken: 0 });
    expect(await all).toMatchObject({ broken: 1 });
  });
});

describe('a long log', () => {
  it('is gone through for a connection that it does not name without reading its lines', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const { clock, files, workspace } = world;
    const { connections, sessions } = workspace;
    const activity = new Activity({ auditPath, clock, files, connections, sessions, audit: () => ok(undefined) });
    const one = (index: number) =>
      `{"at":"2026-11-22T09:00:00.000Z","act":"session.started","subject":"role ${String(index)}","filler":"${'x'.repeat(200)}"}\n`;
    writeFileSync(auditPath, Array.from({ length: 100_000 }, (_, index) => one(index)).join(''));
    const begun = performance.now();
    const page = must(await activity.page({ connectionId }));
    const took = performance.now() - begun;
    console.info(`100,000 lines that do not match: ${took.toFixed(1)} ms`);
    expect(page).toEqual({ entries: [], end: readFileSync(auditPath).length });
    // an escape may stand for any letter of the ID: such a line is read
    const escaped = connectionId.replace(/^./, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
    appendFileSync(
      auditPath,
      `{"at":"2026-11-22T09:00:00.000Z","act":"x","subject":"y","connectionId":"${escaped}"}\n`,
    );
    expect(must(await activity.page({ connectionId })).entries).toHaveLength(1);
  });
});

describe('the whole log', () => {
  const made = () => {
    const { clock, files, workspace } = newWorld();
    const { connections, sessions } = workspace;
    const activity = new Activity({ auditPath, clock, files, connections, sessions, audit: () => ok(undefined) });
    return { activity, files };
  };

  it('is saved byte by byte, also what is no text', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x0a, 0xc3, 0x28, 0x0a]);
    writeFileSync(auditPath, bytes);
    const { activity, files } = made();
    must(await activity.save('json-lines', {}));
    expect([...files.bytes.values()]).toEqual([bytes]);
  });

  it('is empty, and no error, before there is one', async () => {
    const { activity, files } = made();
    must(await activity.save('json-lines', {}));
    must(await activity.save('csv', {}));
    expect([...files.bytes.values()].map(({ length }) => length)).toEqual([0, expect.any(Number) as unknown]);
  });

  it('is not read for somebody who then chooses no place', async () => {
    // a folder in its place: reading it fails
    mkdirSync(auditPath);
    const { activity, files } = made();
    files.isUnwilling = true;
    expect(must(await activity.save('json-lines', {}))).toEqual({});
    files.isUnwilling = false;
    expect(await activity.save('json-lines', {})).toMatchObject({ ok: false, error: { kind: 'store-unreadable' } });
    expect(files.bytes.size).toBe(0);
  });
});
