import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcementSchema, isLater } from '../../core/domain/update';
import { networkAsFound } from '../../core/domain/network';
import type { UpdatesView } from '../../core/contract/updates';
import { settingsSchema, type Settings } from '../../main/settings';
import { Network } from '../../main/aws/network';
import { SystemClock } from '../../main/platform/system-clock';
import { MemoryDocument } from '../../main/store/memory-document';
import { readAnnouncement } from '../../main/updates/announcement';
import { Updates } from '../../main/updates/updates';
import { announce } from '../../scripts/lib/publish.mjs';
import { fuzzRuns } from '../support/fuzz-runs';
import { must } from '../support/must';
import { selfSigned } from '../support/self-signed';

const pair = generateKeyPairSync('ed25519');
const key = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const privateKey = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const installer = Buffer.alloc(300_000, 'sallyport');
const name = 'Sallyport-0.2.0.AppImage';

let folder: string;
let server: Server;
let served: Map<string, Buffer | string>;
let asked: string[];
let address: string;
let caFile: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-updates-'));
  served = new Map();
  asked = [];
  const tls = await selfSigned();
  caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, tls.cert);
  server = createServer(tls, (request, response) => {
    asked.push(request.url ?? '');
    const answer = served.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  address = `https://127.0.0.1:${String(typeof bound === 'object' ? bound?.port : 0)}/updates/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function announced(version: string, signer = privateKey): string {
  const path = join(folder, name);
  writeFileSync(path, installer);
  const text = announce({
    ...{ version, notes: 'What is new.', privateKey: signer, schema: announcementSchema },
    files: [{ platform: 'linux', arch: 'x64', path }],
  });
  rmSync(path);
  return text;
}

function made(change: { readonly place?: undefined; readonly trusts?: boolean; readonly automatic?: boolean } = {}) {
  const settings = new MemoryDocument<Settings>({
    ...{ name: 'settings', schema: settingsSchema, version: 1, migrations: [] },
    empty: { theme: 'system', updates: { automatic: change.automatic ?? false } },
  });
  const told: string[] = [];
  const shown: string[] = [];
  const clock = new SystemClock();
  const trust = change.trusts === false ? {} : { caFile };
  const updates = new Updates({
    clock,
    settings,
    network: new Network({ clock, variables: {}, settings: () => ({ ...networkAsFound, proxy: 'none', ...trust }) }),
    publisher: { revision: 0, changed: () => undefined, send: () => undefined },
    ...{ version: '0.1.0', platform: 'linux', arch: 'x64', folder: () => join(folder, 'downloads') },
    place: () => ('place' in change ? undefined : { address, key }),
    showFile: (path) => shown.push(path),
    notify: ({ title }) => told.push(title),
  });
  const handlers = updates.handlers();
  const view = async (): Promise<UpdatesView> => must(await handlers.get({}));
  return { updates, handlers, view, told, shown };
}

const loadedFiles = () => (existsSync(join(folder, 'downloads')) ? readdirSync(join(folder, 'downloads')) : []);
const announcement = '/updates/sallyport-update.json';

describe('S-33 updates', () => {
  it('are looked for on a press, loaded on another, and kept when every byte is the publisher’s', async () => {
    served.set(announcement, announced('0.2.0'));
    served.set(`/updates/${name}`, installer);
    const { handlers, shown, updates, view } = made();
    updates.begin();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([]);
    must(await handlers.look({}));
    expect((await view()).state).toMatchObject({ kind: 'newer', version: '0.2.0', notes: 'What is new.' });
    expect(asked).toEqual([announcement]);
    expect(await handlers.show({})).toMatchObject({ ok: false });
    must(await handlers.load({}));
    const path = join(folder, 'downloads', name);
    expect((await view()).state).toMatchObject({ kind: 'ready', path });
    expect(readFileSync(path).equals(installer)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadedFiles()).toEqual([name]);
    must(await handlers.show({}));
    expect(shown).toEqual([path]);
  });

  it('say nothing to anybody where the build was given no place, and cannot be switched on there', async () => {
    const { handlers, updates, view } = made({ place: undefined, automatic: true });
    updates.begin();
    for (const answer of [
      await handlers.look({}),
      await handlers.load({}),
      await handlers.setAutomatic({ automatic: true }),
    ]) {
      expect(answer).toMatchObject({
        ok: false,
        error: { message: expect.stringMatching(/given no place/) as string },
      });
    }
    expect((await view()).host).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('are never older ones, and never of another publisher', async () => {
    const { handlers, view } = made();
    for (const version of ['0.1.0', '0.0.9']) {
      served.set(announcement, announced(version));
      must(await handlers.look({}));
      expect((await view()).state.kind).toBe('current');
    }
    const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    served.set(announcement, announced('9.0.0', other));
    expect(await handlers.look({})).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/not signed/) as string },
    });
    served.set(announcement, announced('0.2.0').replace('0.2.0', '0.3.0'));
    expect((await handlers.look({})).ok).toBe(false);
    expect((await view()).state.kind).toBe('current');
    expect(await handlers.load({})).toMatchObject({ ok: false });
    expect(loadedFiles()).toEqual([]);
  });

  it('are not loaded twice, are asked for again where the file was moved away, and are stopped without a complaint', async () => {
    served.set(announcement, announced('0.2.0'));
    served.set(`/updates/${name}`, installer);
    const { handlers, shown, view } = made();
    must(await handlers.look({}));
    const loading = handlers.load({});
    must(await handlers.stop({}));
    must(await loading);
    expect(await view()).toMatchObject({ state: { kind: 'newer' } });
    expect((await view()).failed).toBeUndefined();
    expect(loadedFiles()).toEqual([]);

    must(await handlers.load({}));
    must(await handlers.look({}));
    expect((await view()).state.kind).toBe('ready');
    rmSync(join(folder, 'downloads', name));
    expect(await handlers.show({})).toMatchObject({ ok: false });
    expect(await view()).toMatchObject({
      state: { kind: 'newer' },
      failed: { at: 'show', error: { message: expect.stringMatching(/no longer where it was put/) as string } },
    });
    expect(shown).toEqual([]);
    must(await handlers.load({}));
    expect((await view()).failed).toBeUndefined();
  });

  it.each([
    ['changed', Buffer.concat([installer.subarray(1), Buffer.from('x')])],
    ['longer', Buffer.concat([installer, Buffer.from('x')])],
    ['shorter', installer.subarray(1)],
  ])('leave nothing of a file that is %s', async (_what, bytes) => {
    served.set(announcement, announced('0.2.0'));
    served.set(`/updates/${name}`, bytes);
    const { handlers, view } = made();
    must(await handlers.look({}));
    expect(await handlers.load({})).toMatchObject({ ok: false });
    expect((await view()).failed?.error.message).toMatch(/not the one that the publisher has signed/);
    expect((await view()).state.kind).toBe('newer');
    expect(loadedFiles()).toEqual([]);
  });

  it('go by the certificates of the settings, and say in words that there is no network', async () => {
    served.set(announcement, announced('0.2.0'));
    const strange = made({ trusts: false });
    const refused = await strange.handlers.look({});
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/place of updates.*not secure/) as string },
    });
    expect(JSON.stringify(refused)).not.toContain('AWS');
    expect((await strange.view()).state.kind).toBe('not-asked');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await made().handlers.look({})).toMatchObject({
      ok: false,
      error: {
        ...{ kind: 'unreachable', retryable: true, message: 'Nothing answers at the place of updates.' },
        whatToDo: 'Check the network, then try again.',
      },
    });
  });

  it('are looked for by themselves only where a person said so, and then only told', async () => {
    served.set(announcement, announced('0.2.0'));
    const { told, updates, view } = made({ automatic: true });
    updates.begin();
    const deadline = performance.now() + 5000;
    while (told.length === 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    updates.end();
    expect(told).toEqual(['Sallyport 0.2.0 is there']);
    expect((await view()).state.kind).toBe('newer');
    expect(asked).toEqual([announcement]);
  });

  it('announcements of any form are read without harm', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ announcement: fc.json(), signature: fc.string() }).map((one) => JSON.stringify(one)),
        ),
        (text) => {
          expect(readAnnouncement(text, key)).toBeUndefined();
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
    expect(readAnnouncement(announced('0.2.0'), key)?.version).toBe('0.2.0');
    expect(readAnnouncement(announced('0.2.0'), 'no key')).toBeUndefined();
    expect([isLater('0.10.0', '0.9.9'), isLater('1.0.0', '1.0.0'), isLater('0.9.9', '0.10.0')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
