import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcementSchema, isLater } from '../../core/domain/update';
import { announcementName, readAnnouncement } from '../../main/updates/announcement';
import { readPublishPlace } from '../../main/updates/publish-place';
import { announce, publishPlace, signingWords } from '../../scripts/lib/publish.mjs';
import { fuzzRuns } from '../support/fuzz-runs';

const root = join(import.meta.dirname, '..', '..');
const pair = generateKeyPairSync('ed25519');
const key = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const privateKey = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const installer = Buffer.alloc(3000, 'sallyport');
const name = 'Sallyport-0.2.0.AppImage';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-announcing-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function announced(): string {
  const path = join(folder, name);
  writeFileSync(path, installer);
  return announce({
    ...{ version: '0.2.0', notes: '', privateKey, schema: announcementSchema },
    files: [{ platform: 'linux', arch: 'x64', path }],
  });
}

describe('S-33 announcements', () => {
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
    expect(readAnnouncement(announced(), key)?.version).toBe('0.2.0');
    expect(readAnnouncement(announced(), 'no key')).toBeUndefined();
    expect([isLater('0.10.0', '0.9.9'), isLater('1.0.0', '1.0.0'), isLater('0.9.9', '0.10.0')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('what the publisher’s own key has signed is held to the form all the same', () => {
    const signed = (said: unknown) => {
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      const signature = sign(null, Buffer.from(text, 'utf8'), pair.privateKey).toString('base64');
      return JSON.stringify({ announcement: text, signature });
    };
    const file = { platform: 'linux', arch: 'x64', name, bytes: 300_000, sha512: `${'A'.repeat(86)}==` };
    const plain = { kind: 'sallyport-update', version: '0.2.0', notes: '', files: [file] };
    expect(readAnnouncement(signed(plain), key)).toEqual(plain);
    const named = (one: unknown) => ({ ...plain, files: [{ ...file, name: one }] });
    const hostile: readonly unknown[] = [
      ...[
        '../x',
        '..',
        '.x',
        'a/b',
        'a\\b',
        '/etc/x',
        'C:x',
        'a b',
        'a\0b',
        'a\n',
        '',
        'x'.repeat(121),
        'ä',
        7,
        null,
        ['x'],
      ].map(named),
      ...[0, -1, 1.5, 600_000_001, '5', null].map((bytes) => ({ ...plain, files: [{ ...file, bytes }] })),
      ...['', 'x'.repeat(88), `${'A'.repeat(88)}==`, 5].map((sha512) => ({ ...plain, files: [{ ...file, sha512 }] })),
      ...['1', '1.0', 'v1.0.0', '01.0.0', '1.0.0-x', '1.0.0\n', '1234567.0.0', 1].map((version) => ({
        ...plain,
        version,
      })),
      ...[
        { files: [] },
        { files: [file, { ...file, more: 1 }] },
        { kind: 'x' },
        { notes: 'x'.repeat(4001) },
        { more: 1 },
      ].map((change) => ({ ...plain, ...change })),
      ...['', '{', '[]', 'null', '"x"', `{"__proto__":${JSON.stringify(plain)}}`, JSON.stringify([plain])],
    ];
    for (const said of hostile) expect([said, readAnnouncement(signed(said), key)]).toEqual([said, undefined]);
    const any = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.jsonValue());
    const part = (usual: unknown) => fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>(usual) }, any);
    const record = (one: object) =>
      fc.record(Object.fromEntries(Object.entries(one).map(([field, usual]) => [field, part(usual)])), {
        requiredKeys: [],
      });
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          any,
          record(plain),
          record(file).map((one) => ({ ...plain, files: [one] })),
        ),
        (said) => {
          const read = readAnnouncement(signed(said), key);
          if (read === undefined) return;
          taken += 1;
          expect(read.version).toMatch(/^\d+\.\d+\.\d+$/);
          for (const one of read.files) {
            expect(resolve(folder, one.name)).toBe(join(folder, one.name));
            expect(one.name).not.toMatch(/[/\\\s]|^\./);
            expect(one.bytes).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
    expect(taken).toBeGreaterThan(0);
  });
});

describe('S-33 what is packed of updates and signing goes by the environment', () => {
  it('has a place with its key, or none, and nothing in between', () => {
    const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const place = { address: 'https://updates.example.com/app/', key };
    const url = 'https://updates.example.com/app';
    expect(publishPlace({})).toBeUndefined();
    expect(publishPlace({ SALLYPORT_UPDATES_URL: url, SALLYPORT_UPDATES_KEY: pem })).toEqual(place);
    expect(publishPlace({ SALLYPORT_UPDATES_URL: url, SALLYPORT_UPDATES_KEY: key })).toEqual(place);
    for (const environment of [
      { SALLYPORT_UPDATES_URL: url },
      { SALLYPORT_UPDATES_KEY: key },
      { SALLYPORT_UPDATES_URL: 'http://updates.example.com/', SALLYPORT_UPDATES_KEY: key },
      { SALLYPORT_UPDATES_URL: url, SALLYPORT_UPDATES_KEY: 'x' },
    ]) {
      expect(() => publishPlace(environment)).toThrow(/SALLYPORT_UPDATES/);
    }
    // as it is read back from what was packed
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ updates: place }));
    expect(readPublishPlace(folder)).toEqual(place);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ updates: { ...place, address: 'http://x/' } }));
    expect(readPublishPlace(folder)).toBeUndefined();
    expect(readPublishPlace(join(folder, 'nowhere'))).toBeUndefined();
  });

  it('says of a build whether it is signed', () => {
    const apple = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' };
    expect(signingWords('darwin', {})).toMatch(/^unsigned/);
    expect(signingWords('darwin', { CSC_LINK: 'x' })).toMatch(/^signed, and not notarised/);
    expect(signingWords('darwin', { CSC_LINK: 'x', ...apple })).toBe('signed and notarised');
    expect(signingWords('win32', {})).toMatch(/^unsigned/);
    expect(signingWords('win32', { WIN_CSC_LINK: 'x' })).toBe('signed');
    expect(signingWords('linux', {})).toMatch(/^unsigned/);
  });

  it('is what electron-builder is told: the scheme, the files, the hardened runtime', () => {
    const told = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    expect(told).toMatch(/^protocols:\n(?: {2}.*\n)*? {4}schemes: \[sallyport\]$/m);
    expect(told).toMatch(/^ {2}hardenedRuntime: true$/m);
    expect(told).toMatch(/ext: sallyport-request\.json/);
    // the default name for Windows has spaces in it, which no announcement may have
    const setup = /^nsis:\n {2}artifactName: (.+)$/m.exec(told)?.[1] ?? '';
    const words: Readonly<Record<string, string>> = { productName: 'Sallyport', version: '0.2.0', ext: 'exe' };
    const path = join(
      folder,
      setup.replaceAll(/\$\{(\w+)\}/g, (_all, word: string) => words[word] ?? ' '),
    );
    writeFileSync(path, installer);
    const text = announce({
      ...{ version: '0.2.0', notes: '', privateKey, schema: announcementSchema },
      files: [{ platform: 'win32', arch: 'x64', path }],
    });
    expect(readAnnouncement(text, key)?.files).toMatchObject([{ name: 'Sallyport-Setup-0.2.0.exe' }]);
  });

  it('announces nothing that the app would refuse', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const file = (fileName: string, bytes = installer) => {
      const path = join(folder, fileName);
      writeFileSync(path, bytes);
      return { platform: 'win32', arch: 'x64', path };
    };
    const plain = {
      ...{ version: '0.2.0', notes: '', privateKey, schema: announcementSchema },
      files: [file('Sallyport.exe')],
    };
    expect(readAnnouncement(announce(plain), key)).toBeDefined();
    for (const [given, words] of [
      [{ ...plain, files: [file('Sallyport Setup 0.2.0.exe')] }, /files\.0\.name "Sallyport Setup 0\.2\.0\.exe"/],
      [{ ...plain, files: [file('empty.exe', Buffer.alloc(0))] }, /files\.0\.bytes 0/],
      [{ ...plain, files: [] }, /files \[\]/],
      [{ ...plain, version: '0.2.0-beta.1' }, /version "0\.2\.0-beta\.1"/],
      [{ ...plain, notes: 'x'.repeat(4001) }, /notes/],
      [{ ...plain, privateKey: rsa.export({ format: 'pem', type: 'pkcs8' }).toString() }, /not an Ed25519/],
    ] as const) {
      expect(() => announce(given)).toThrow(words);
    }
  });

  it('is announced by the script, of this very version', () => {
    const keyFile = join(folder, 'key.pem');
    writeFileSync(keyFile, privateKey);
    const out = join(folder, announcementName);
    const say = (path: string) =>
      spawnSync(process.execPath, [join(root, 'scripts', 'announce.mjs'), 'What is new.', `linux:x64:${path}`], {
        encoding: 'utf8',
        env: { ...process.env, SALLYPORT_UPDATES_SIGNING_KEY: keyFile },
      });
    const good = join(folder, name);
    const bad = join(folder, 'Sallyport 0.2.0.AppImage');
    for (const path of [good, bad]) writeFileSync(path, installer);
    const refused = say(bad);
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain('the app would refuse this announcement: files.0.name');
    expect(existsSync(out)).toBe(false);
    expect(say(good)).toMatchObject({ status: 0 });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(readAnnouncement(readFileSync(out, 'utf8'), key)).toMatchObject({ version, files: [{ name }] });
  }, 30_000);
});
