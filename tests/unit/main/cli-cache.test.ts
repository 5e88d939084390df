import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../../../core/domain/session';
import { cliCacheFolder, removeFromCliCache, type RevokedRole } from '../../../main/revocation/cli-cache';
import type { RevocationTarget } from '../../../main/revocation/targets';
import { wipeCliCache } from '../../../main/revocation/wiping';

const secret = 'canary-SECRET-of-the-cache';
const revoked: RevokedRole = {
  roleArn: 'arn:aws:iam::222233334444:role/tools/Deploy',
  accessKeyIds: ['ASIAREVOKED000000001', 'ASIAREVOKED000000002'],
};

type Parts = { readonly key?: string; readonly arn?: string };

/** As botocore writes what AssumeRole answered (JSONFileCache, CachedCredentialFetcher). */
function entry({ key = 'ASIAOTHER00000000001', arn }: Parts): string {
  return JSON.stringify({
    Credentials: {
      AccessKeyId: key,
      SecretAccessKey: secret,
      SessionToken: `${secret}-token`,
      Expiration: '2030-01-01T00:00:00UTC',
    },
    ...(arn === undefined ? {} : { AssumedRoleUser: { AssumedRoleId: 'AROAX:one', Arn: arn } }),
    ResponseMetadata: { RequestId: 'request-1', HTTPStatusCode: 200, RetryAttempts: 0 },
  });
}

describe('the cache of the AWS CLI', () => {
  let home: string;
  let folder: string;
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  };
  /** Everything under the home folder: paths with bytes, links as links. */
  const everything = (at = home): Record<string, string> =>
    Object.fromEntries(
      readdirSync(at, { recursive: true, encoding: 'utf8' })
        .map((name) => ({ name, stats: lstatSync(join(at, name)) }))
        .filter(({ stats }) => !stats.isDirectory())
        .map(({ name, stats }) => [name, stats.isFile() ? readFileSync(join(at, name), 'latin1') : 'no file']),
    );
  const cached = (name: string) => join('.aws', 'cli', 'cache', name);

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'sallyport-cli-cache-'));
    folder = cliCacheFolder(home);
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  test('is gone over with the role and the sessions of a revocation, and nothing found is nothing told', async () => {
    const target = { roleArn: revoked.roleArn } as RevocationTarget;
    const sessions = [{ accessKeyId: 'ASIAREVOKED000000001' } as Session];
    put('by-role.json', entry({ arn: 'arn:aws:sts::222233334444:assumed-role/Deploy/somebody' }));
    put('by-key.json', entry({ key: 'ASIAREVOKED000000001' }));
    put('other.json', entry({ arn: 'arn:aws:sts::222233334444:assumed-role/Other/somebody' }));
    expect(await wipeCliCache(folder, target, sessions)).toEqual([
      { title: 'AWS CLI’s cache, 2 of this role', verified: true },
    ]);
    expect(Object.keys(everything())).toEqual([cached('other.json')]);
    expect(await wipeCliCache(folder, target, sessions)).toEqual([]);
  });

  test('is under the home folder, as HOME names it', () => {
    expect(folder).toBe(join(home, '.aws', 'cli', 'cache'));
    const before = process.env['HOME'];
    process.env['HOME'] = home;
    try {
      expect(cliCacheFolder()).toBe(folder);
    } finally {
      if (before === undefined) delete process.env['HOME'];
      else process.env['HOME'] = before;
    }
  });

  test('loses exactly the entries of the revoked role, and no byte else', async () => {
    const session = 'arn:aws:sts::222233334444:assumed-role';
    put('own.json', entry({ key: 'ASIAREVOKED000000002', arn: `${session}/Deploy/cli` }));
    // Identity Center's entries name no role.
    put('center.json', entry({ key: 'ASIAREVOKED000000001' }));
    put('other-session.json', entry({ arn: `${session}/Deploy/botocore-session-1` }));
    put('other-case.json', entry({ arn: `${session}/deploy/x` }));
    const gone = ['own.json', 'center.json', 'other-session.json', 'other-case.json'];

    put('other-role.json', entry({ arn: `${session}/Deployer/Deploy` }));
    put('named-so.json', entry({ arn: `${session}/Other/Deploy/` }));
    put('other-account.json', entry({ arn: 'arn:aws:sts::333344445555:assumed-role/Deploy/cli' }));
    put('other-partition.json', entry({ arn: 'arn:aws-cn:sts::222233334444:assumed-role/Deploy/cli' }));
    put('center-other.json', entry({}));
    put('half.tmp', entry({ key: 'ASIAREVOKED000000001' }));
    put('session.db', 'ASIAREVOKED000000001');
    mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    writeFileSync(join(home, '.aws', 'sso', 'cache', 'one.json'), entry({ key: 'ASIAREVOKED000000001' }));
    writeFileSync(join(home, '.aws', 'credentials'), '[one]\naws_access_key_id = ASIAREVOKED000000001\n');
    mkdirSync(join(folder, 'deeper.json'));
    writeFileSync(join(folder, 'deeper.json', 'own.json'), entry({ key: 'ASIAREVOKED000000001' }));
    const before = everything();

    const cleaned = await removeFromCliCache(folder, revoked);

    expect(cleaned.left).toEqual([]);
    expect(Object.fromEntries(cleaned.removed.map(({ file, why }) => [file, why]))).toEqual({
      'own.json': 'access-key',
      'center.json': 'access-key',
      'other-session.json': 'role',
      'other-case.json': 'role',
    });
    expect(everything()).toEqual(
      Object.fromEntries(Object.entries(before).filter(([name]) => !gone.map(cached).includes(name))),
    );
    expect(JSON.stringify(cleaned)).not.toContain(secret);
    expect(await removeFromCliCache(folder, revoked)).toEqual({ removed: [], left: [] });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'ASIAREVOKED000000001 {'],
    ['half an entry', entry({ key: 'ASIAREVOKED000000001' }).slice(0, -40)],
    ['bytes that are no text', '\u0000\u0001\u0000'],
    ['null', 'null'],
    ['a list', '[{"Credentials":{"AccessKeyId":"ASIAREVOKED000000001"}}]'],
    ['a key that is no text', '{"Credentials":{"AccessKeyId":["ASIAREVOKED000000001"]}}'],
    ['credentials that are no object', '{"Credentials":"ASIAREVOKED000000001"}'],
    ['a key elsewhere', '{"AccessKeyId":"ASIAREVOKED000000001"}'],
    ['an empty key', '{"Credentials":{"AccessKeyId":""}}'],
    ['another shape’s ARN', '{"AssumedRoleUser":"arn:aws:sts::222233334444:assumed-role/Deploy/cli"}'],
  ])('a file with %s stays, and the entry beside it goes', async (_what, text) => {
    put('a-strange.json', text);
    put('own.json', entry({ key: 'ASIAREVOKED000000001' }));
    const cleaned = await removeFromCliCache(folder, { ...revoked, accessKeyIds: [...revoked.accessKeyIds, ''] });
    expect(cleaned).toEqual({ removed: [{ file: 'own.json', why: 'access-key' }], left: [] });
    expect(everything()).toEqual({ [cached('a-strange.json')]: text });
  });

  test('without a known key the role alone counts, and a role that is none matches nothing', async () => {
    put('own.json', entry({ arn: 'arn:aws:sts::222233334444:assumed-role/Deploy/cli' }));
    const none = { roleArn: 'no role', accessKeyIds: [] };
    expect(await removeFromCliCache(folder, none)).toEqual({ removed: [], left: [] });
    expect((await removeFromCliCache(folder, { ...revoked, accessKeyIds: [] })).removed).toHaveLength(1);
  });

  test('S-24: a link is neither followed nor removed, and said to be left', async () => {
    const elsewhere = join(home, 'elsewhere.json');
    writeFileSync(elsewhere, entry({ key: 'ASIAREVOKED000000001' }));
    symlinkSync(elsewhere, join(folder, 'link.json'));
    symlinkSync(join(home, 'nowhere.json'), join(folder, 'broken.json'));
    const before = everything();
    const cleaned = await removeFromCliCache(folder, revoked);
    expect(cleaned.removed).toEqual([]);
    expect([...cleaned.left].sort((a, b) => a.file.localeCompare(b.file))).toEqual([
      { file: 'broken.json', why: 'link' },
      { file: 'link.json', why: 'link' },
    ]);
    expect(everything()).toEqual(before);
  });

  test('a pipe does not hold it up', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    put('own.json', entry({ key: 'ASIAREVOKED000000001' }));
    expect(await removeFromCliCache(folder, revoked)).toEqual({
      removed: [{ file: 'own.json', why: 'access-key' }],
      left: [],
    });
  });

  test('a huge file is not read, and said to be left', async () => {
    put('huge.json', `${entry({ key: 'ASIAREVOKED000000001' })}${' '.repeat(300_000)}`);
    const before = everything();
    expect(await removeFromCliCache(folder, revoked)).toEqual({
      removed: [],
      left: [{ file: 'huge.json', why: 'too-large' }],
    });
    expect(everything()).toEqual(before);
  });

  test('no cache is nothing to remove; one that is no folder is said', async () => {
    rmSync(folder, { recursive: true });
    expect(await removeFromCliCache(folder, revoked)).toEqual({ removed: [], left: [] });
    writeFileSync(folder, 'a file where the folder was');
    expect(await removeFromCliCache(folder, revoked)).toEqual({
      removed: [],
      left: [{ file: 'cache', why: 'folder', code: 'ENOTDIR' }],
    });
  });

  /** Root may do anything, so somebody else has to try. */
  const asSomebodyElse = async <T>(act: () => Promise<T>): Promise<T> => {
    if (process.getuid?.() !== 0) return act();
    process.seteuid?.(65_534);
    try {
      return await act();
    } finally {
      process.seteuid?.(0);
    }
  };

  test('what may not be read or removed is said, by the system’s code', async () => {
    put('closed.json', entry({ key: 'ASIAREVOKED000000001' }));
    put('own.json', entry({ key: 'ASIAREVOKED000000001' }));
    chmodSync(join(folder, 'closed.json'), 0o000);
    chmodSync(join(folder, 'own.json'), 0o644);
    chmodSync(home, 0o755);
    chmodSync(folder, 0o555);
    const before = everything();
    const cleaned = await asSomebodyElse(() => removeFromCliCache(folder, revoked));
    chmodSync(folder, 0o700);
    expect(cleaned.removed).toEqual([]);
    expect([...cleaned.left].sort((a, b) => a.file.localeCompare(b.file))).toEqual([
      { file: 'closed.json', why: 'unreadable', code: 'EACCES' },
      { file: 'own.json', why: 'not-removed', code: 'EACCES' },
    ]);
    expect(everything()).toEqual(before);
  });

  test('a folder that may not be looked into is said', async () => {
    chmodSync(home, 0o755);
    chmodSync(folder, 0o000);
    const cleaned = await asSomebodyElse(() => removeFromCliCache(folder, revoked));
    chmodSync(folder, 0o700);
    expect(cleaned).toEqual({ removed: [], left: [{ file: 'cache', why: 'folder', code: 'EACCES' }] });
  });
});
