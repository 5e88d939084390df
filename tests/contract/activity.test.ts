import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activity as activityContract } from '../../core/contract/activity';
import { activityEntrySchema, type ActivityEntry, type ActivityFilter } from '../../core/domain/activity';
import { Activity, pageSize } from '../../main/activity/activity';
import { checkChain } from '../../main/store/audit-chain';
import { AuditLog } from '../../main/store/audit-log';
import { must } from '../support/must';
import { connected, newWorld, type World } from '../support/workspace-world';

let folder: string;
let auditPath: string;
let world: World;
let activity: Activity;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-activity-'));
  auditPath = join(folder, 'audit.jsonl');
  world = newWorld();
  const { clock, files, workspace } = world;
  activity = new Activity({
    auditPath,
    clock,
    files,
    connections: workspace.connections,
    sessions: workspace.sessions,
    audit: (...entries) => new AuditLog(auditPath, () => clock.now()).append(...entries),
  });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Pages until the beginning of the log. */
async function all(filter: ActivityFilter = {}): Promise<ActivityEntry[]> {
  const entries: ActivityEntry[] = [];
  for (let before: number | undefined, turn = 0; turn < 1000; turn += 1) {
    const page = must(await activity.page(filter, before));
    entries.push(...page.entries);
    if (page.before === undefined) return entries;
    before = page.before;
  }
  throw new Error('It has no end');
}

const subjects = (entries: readonly ActivityEntry[]) => entries.map(({ subject }) => subject);

describe('activity', () => {
  it('is empty before anything was done', async () => {
    expect(must(await activity.page({}))).toEqual({ entries: [], end: 0 });
    expect(must(await activity.check(false))).toMatchObject({ lines: 0, broken: 0 });
  });

  it('is read from its end, each line once, however long lines are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 6 }), async (lengths) => {
        const lines = lengths.map((length, index) =>
          JSON.stringify({
            at: '2026-11-22T09:00:00.000Z',
            act: 'x',
            subject: String(index),
            filler: 'ü'.repeat(length),
          }),
        );
        writeFileSync(auditPath, lines.map((line) => `${line}\n`).join(''));
        expect(subjects(await all())).toEqual(lengths.map((_length, index) => String(index)).reverse());
      }),
      { numRuns: 30 },
    );
  });

  it('of a connection holds what names it, its role, or a session of the role, newest first', async () => {
    const { connectionId } = await connected(world);
    const { accountId, roleArn, roleName } = world.workspace.connections.find(connectionId) ?? {};
    const log = new AuditLog(auditPath, () => world.clock.now());
    must(log.append({ act: 'connection.added', subject: String(roleArn) }));
    must(
      log.append({
        act: 'session.ended',
        subject: `arn:aws:sts::${String(accountId)}:assumed-role/${String(roleName)}/x`,
      }),
    );
    must(log.append({ act: 'session.ended', subject: `arn:aws:sts::${String(accountId)}:assumed-role/Other/x` }));
    must(log.append({ act: 'drift.accepted', subject: 'x', connectionId }));
    expect((await all({ connectionId })).map(({ act }) => act)).toEqual([
      'drift.accepted',
      'session.ended',
      'connection.added',
    ]);
  });

  it('gives a hundred thousand lines page by page, and follows their chain', async () => {
    const one = (index: number) =>
      `{"at":"2026-11-22T09:00:00.000Z","act":"session.started","subject":"role ${String(index)}","filler":"${'x'.repeat(200)}"}\n`;
    writeFileSync(auditPath, Array.from({ length: 100_000 }, (_, index) => one(index)).join(''));
    const first = must(await activity.page({}));
    expect(first.entries).toHaveLength(pageSize);
    expect(first.entries[0]?.subject).toBe('role 99999');
    expect(must(await activity.page({}, first.before)).entries[0]?.subject).toBe('role 99799');
    const with17 = Array.from({ length: 100_000 }, (_, index) => String(index)).filter((one) => one.includes('17'));
    expect(subjects(await all({ words: 'ROLE 17' }))).toHaveLength(with17.length);
    expect(must(await activity.check(true))).toMatchObject({ lines: 100_000, unchained: 100_000, broken: 0 });
  });

  it('finds by time, kind, connection, account and words, also by those on screen', async () => {
    const { connectionId, sessionId } = await connected(world);
    const connection = must(world.workspace.connections.get(connectionId)).connection;
    const at = world.clock.now();
    const log = new AuditLog(auditPath, () => at);
    new AuditLog(auditPath, () => at - 86_400_000).append({ act: 'source.added', subject: 'old', sourceId: 'one' });
    log.append({ act: 'session.handed-to.console', subject: 'arn:aws:sts::222233334444:assumed-role/x/y', sessionId });
    log.append({ act: 'role.created', subject: connection.roleArn, sourceId: 'two' });
    log.append({ act: 'organization.account-moved', subject: '999988887777' });
    expect(subjects(await all({ since: at - 1000 }))).toHaveLength(3);
    expect(subjects(await all({ kind: 'sources' }))).toEqual(['old']);
    expect((await all({ connectionId })).map(({ act }) => act)).toEqual(['role.created', 'session.handed-to.console']);
    expect((await all({ connectionId }))[0]?.connection).toEqual({ id: connectionId, name: 'Practice production' });
    expect(await all({ accountId: '999988887777' })).toHaveLength(1);
    expect(await all({ accountId: connection.accountId })).toHaveLength(2);
    expect(subjects(await all({ sourceId: 'one' }))).toEqual(['old']);
    expect((await all({ words: 'production opened CONSOLE' })).map(({ act }) => act)).toEqual([
      'session.handed-to.console',
    ]);
    expect(await all({ words: 'nothing of the kind' })).toEqual([]);
  });

  it('is saved as it is, and as CSV in which nothing is calculated; both are acts', async () => {
    const log = new AuditLog(auditPath, () => Date.UTC(2026, 10, 22));
    log.append({ act: 'source.added', subject: '=HYPERLINK("http://x")', label: '+1' });
    log.append({ act: 'source.removed', subject: 'plain' });
    const before = readFileSync(auditPath, 'utf8');
    expect(must(await activity.save('json-lines', { kind: 'roles' })).path).toMatch(/jsonl$/);
    const saved = [...world.files.saved].find(([name]) => name.endsWith('.jsonl'))?.[1] ?? '';
    expect(saved).toBe(before);
    expect(checkChain(Buffer.from(saved))).toMatchObject({ lines: 2, broken: 0 });
    must(await activity.save('csv', { kind: 'sources' }));
    const csv = [...world.files.saved].find(([name]) => name.endsWith('.csv'))?.[1] ?? '';
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csv).toContain('Source identity added,source.added');
    expect(await all({ words: 'activity exported' })).toHaveLength(2);
    world.files.isUnwilling = true;
    expect(must(await activity.save('csv', {}))).toEqual({});
    expect(await all({ words: 'activity exported' })).toHaveLength(2);
  });

  it('shows whatever somebody wrote into the file as something that the window may have', async () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({
          at: fc.oneof(fc.string(), fc.constant('9999999-01-01'), fc.constant('1969-12-31T23:00:00Z'), fc.integer()),
          act: fc.anything(),
          subject: fc.oneof(fc.string({ maxLength: 5000 }), fc.anything()),
          connectionId: fc.anything(),
          previous: fc.constantFrom('first', 'x'),
          accountId: fc.oneof(fc.string(), fc.constant('123456789012')),
        })
        .map((value) => JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? '0' : one))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        writeFileSync(auditPath, '');
        for (const one of lines) appendFileSync(auditPath, `${one}\n`);
        for (const entry of await all()) expect(activityEntrySchema.safeParse(entry).error).toBeUndefined();
        for (const entry of await all({ words: 'a' })) expect(entry.act).toBeDefined();
        const state = must(await activity.check(false));
        expect(activityContract.check.output.safeParse(state).error).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});
