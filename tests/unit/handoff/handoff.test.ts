import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileFiles } from '../../../main/aws/profiles';
import { Handoff } from '../../../main/handoff/handoff';
import { RenewalLog } from '../../../main/handoff/renewal-log';
import { plainRequest } from '../../../core/domain/session-request';
import type { ConsoleSignInRequest } from '../../../main/aws/federation';
import { err, ok } from '../../../core/result';
import { SystemClock } from '../../../main/platform/system-clock';
import { sessionSecretKey, writeKept } from '../../../main/sessions/kept-credentials';
import { KeychainSecretStore } from '../../../main/secrets/keychain-secret-store';
import { notFound } from '../../../main/workspace-context';
import { nothingOutside } from '../../support/memory-outside';
import { connected, must, newWorld, type World } from '../../support/workspace-world';

const hour = 3_600_000;
let home: string;
let world: World;
let sessionId: string;
let handoff: Handoff;
let signIns: ConsoleSignInRequest[];
let copies: string[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sallyport-handoff-'));
  world = newWorld();
  ({ sessionId } = await connected(world));
  signIns = [];
  copies = [];
  const { workspace, clock, documents, audit } = world;
  handoff = new Handoff({
    clock,
    newId: () => crypto.randomUUID(),
    environment: (region) => ({ kind: 'sandbox', region }),
    publisher: { revision: 0, changed: () => undefined, send: () => undefined },
    audit: (...entries) => ok(audit.push(...entries)),
    document: documents.handoff,
    sessions: workspace.sessions,
    findConnection: (id) => workspace.connections.find(id),
    clipboard: { put: (text) => Promise.resolve(copies.push(text)) },
    outside: { ...nothingOutside, profileFiles: () => profileFiles({}, home) },
    signInToConsole: (_environment, request) => {
      signIns.push(request);
      return Promise.resolve(ok({ kind: 'practice', page: '' }));
    },
    openInBrowser: () => Promise.resolve(ok(undefined)),
  });
});

afterEach(() => {
  handoff.stop();
  world.workspace.stop();
  rmSync(home, { recursive: true, force: true });
});

const credentialsFile = () => join(home, '.aws', 'credentials');

describe('a session that is handed on', () => {
  it('is copied for every shell, and each hand-off is a line of the audit log without a secret', async () => {
    const { secretAccessKey, sessionToken } = must(await world.workspace.sessions.credentials(sessionId));
    for (const shell of ['bash', 'fish', 'powershell', 'cmd'] as const) {
      must(await handoff.copyEnvironment(sessionId, shell));
    }
    expect(copies).toHaveLength(4);
    expect(copies.every((lines) => lines.includes(secretAccessKey) && lines.includes(sessionToken))).toBe(true);
    must(await handoff.startEndpoint(sessionId));
    must(await handoff.writePlain(sessionId, 'plain'));
    must(await handoff.openConsole(sessionId));
    const acts = world.audit.map(({ act }) => act);
    for (const kind of ['environment', 'endpoint', 'plain-profile', 'console']) {
      expect(acts).toContain(`session.handed-to.${kind}`);
    }
    expect(JSON.stringify(world.audit)).not.toContain(secretAccessKey);
    expect(JSON.stringify(must(handoff.look(sessionId)))).not.toContain(secretAccessKey);
  });

  it('is off at the endpoint and out of the file as soon as it ends', async () => {
    must(await handoff.startEndpoint(sessionId));
    must(await handoff.writePlain(sessionId, 'plain'));
    expect(statSync(credentialsFile()).mode & 0o777).toBe(0o600);
    must(await world.workspace.sessions.end(sessionId, 'ended-here'));
    handoff.settle();
    expect(must(handoff.look(sessionId))).not.toHaveProperty('endpoint');
    expect(readFileSync(credentialsFile(), 'utf8')).toBe('');
  });

  it('is out of the file when its keys expire, by the clock alone', async () => {
    must(await handoff.writePlain(sessionId, 'plain'));
    world.clock.advance(hour - 120_000);
    expect(readFileSync(credentialsFile(), 'utf8')).toContain('[plain]');
    world.clock.advance(180_000);
    expect(readFileSync(credentialsFile(), 'utf8')).toBe('');
  });

  it('is out of the file at the next start, when the app was killed', async () => {
    must(await handoff.writePlain(sessionId, 'plain'));
    writeFileSync(credentialsFile(), `${readFileSync(credentialsFile(), 'utf8')}[late]\naws_access_key_id = x\n`);
    handoff.recover();
    expect(readFileSync(credentialsFile(), 'utf8')).toBe('[late]\naws_access_key_id = x\n');
    expect(world.documents.handoff.read().plain).toEqual([]);
  });

  it('leaves the credentials file as it was beside it, for its owner only, until our last lines go', async () => {
    const backup = `${credentialsFile()}.before-sallyport`;
    const mine = '[mine]\naws_access_key_id = AKIAMINE\n';
    must(await handoff.writePlain(sessionId, 'plain'));
    must(handoff.plain.removeOf(sessionId));
    writeFileSync(credentialsFile(), mine, { mode: 0o600 });
    must(await handoff.writePlain(sessionId, 'plain'));
    expect(readFileSync(backup, 'utf8')).toBe(mine);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const { connections, sessions } = world.workspace;
    const [connection] = connections.all();
    if (connection === undefined) throw new Error('There is no connection');
    const { id: second } = must(await sessions.start(connection, { request: plainRequest(3600), renewal: 'off' }));
    must(await handoff.writePlain(second, 'second'));
    must(handoff.plain.removeOf(sessionId));
    expect(readFileSync(backup, 'utf8')).toBe(mine);
    must(handoff.plain.removeOf(second));
    expect(readFileSync(credentialsFile(), 'utf8')).toBe(mine);
    expect(existsSync(backup)).toBe(false);
  });

  it('keeps that copy where the file itself is gone, and none where nothing could be written', async () => {
    const backup = `${credentialsFile()}.before-sallyport`;
    mkdirSync(dirname(credentialsFile()));
    writeFileSync(credentialsFile(), '[mine]\n', { mode: 0o600 });
    must(await handoff.writePlain(sessionId, 'plain'));
    rmSync(credentialsFile());
    must(handoff.plain.removeOf(sessionId));
    expect(readFileSync(backup, 'utf8')).toBe('[mine]\n');
    writeFileSync(credentialsFile(), '[mine]\n', { mode: 0o600 });
    expect(await handoff.writePlain(sessionId, 'mine')).toMatchObject({ ok: false });
    expect(existsSync(backup)).toBe(false);
  });

  it('takes away half a file that was left beside it by a crash, and nobody else’s', async () => {
    const [half, others] = [`${credentialsFile()}.sallyport-0123456789ab`, `${credentialsFile()}.old`];
    must(await handoff.writePlain(sessionId, 'plain'));
    for (const path of [half, others]) writeFileSync(path, 'aws_secret_access_key = x\n');
    handoff.recover();
    expect(existsSync(half)).toBe(false);
    expect(existsSync(others)).toBe(true);
  });

  it('is not written in plain where others may read, or over somebody’s profile', async () => {
    must(await handoff.writePlain(sessionId, 'plain'));
    must(handoff.plain.removeOf(sessionId));
    writeFileSync(credentialsFile(), '[mine]\n', { mode: 0o600 });
    expect(await handoff.writePlain(sessionId, 'mine')).toMatchObject({ ok: false, error: { kind: 'already-exists' } });
    rmSync(credentialsFile());
    writeFileSync(credentialsFile(), '[mine]\n', { mode: 0o644 });
    expect(await handoff.writePlain(sessionId, 'plain')).toMatchObject({ ok: false });
    expect(readFileSync(credentialsFile(), 'utf8')).toBe('[mine]\n');
    expect(world.documents.handoff.read().plain).toEqual([]);
  });
});

describe('the console', () => {
  it('opens the page and Region that were chosen, for no longer than the session works', async () => {
    must(await handoff.openConsole(sessionId, { destination: 'codedeploy', region: 'eu-north-1' }));
    expect(signIns[0]).toMatchObject({
      chained: false,
      destination: 'https://eu-north-1.console.aws.amazon.com/codesuite/codedeploy/home?region=eu-north-1',
    });
    expect(signIns[0]?.durationSeconds).toBeLessThanOrEqual(3600);
    expect(signIns[0]?.durationSeconds).toBeGreaterThan(3500);
    world.clock.advance(50 * 60_000);
    must(await handoff.openConsole(sessionId));
    expect(signIns[1]).not.toHaveProperty('durationSeconds');
    expect(await handoff.openConsole(sessionId, { region: 'cn-north-1' })).toMatchObject({
      ok: false,
      error: { field: 'region' },
    });
  });
});

describe('what a credential process renewed', () => {
  it('is taken in by the app, read anew from the keychain, and forgotten in the file', async () => {
    const path = join(home, 'renewals.jsonl');
    const log = new RenewalLog(path, new SystemClock());
    const { workspace, keychain, clock } = world;
    const old = must(await workspace.sessions.credentials(sessionId));
    const newer = { ...old, accessKeyId: 'ASIANEWER', expiration: old.expiration + hour };
    must(
      await new KeychainSecretStore(keychain, { looksAround: false }).set(
        sessionSecretKey(sessionId),
        writeKept(newer),
      ),
    );
    const line = { id: sessionId, accessKeyId: 'ASIANEWER', issuedAt: clock.now(), requestId: 'r', at: clock.now() };
    must(await log.append({ ...line, expiresAt: newer.expiration }));
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n{"torn":`);
    let isFull = true;
    const keep = (renewals: Parameters<typeof workspace.sessions.takeIn>[0]) => {
      if (isFull) return err(notFound('Room on the disk'));
      workspace.sessions.takeIn(renewals);
      return ok(undefined);
    };
    await log.takeIn(keep);
    isFull = false;
    await log.takeIn(keep);
    expect(workspace.sessions.find(sessionId)).toMatchObject({ accessKeyId: 'ASIANEWER', expiresAt: newer.expiration });
    expect(must(await workspace.sessions.credentials(sessionId))).toEqual(newer);
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('waits where it is while it cannot be read, and is said not to be taken in', async () => {
    const path = join(home, 'renewals.jsonl');
    mkdirSync(path);
    const log = new RenewalLog(path, new SystemClock());
    expect(await log.takeIn(() => ok(undefined))).toMatchObject({ ok: false, error: { kind: 'store-unwritable' } });
  });
});
