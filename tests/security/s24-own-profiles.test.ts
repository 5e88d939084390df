import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../core/domain/session';
import { plainRequest } from '../../core/domain/session-request';
import { err, ok } from '../../core/result';
import { profileFiles } from '../../main/aws/profiles';
import { changeAwsFile } from '../../main/handoff/aws-file';
import { credentialProcessLine } from '../../main/handoff/credential-process-arguments';
import { emptyHandoff, handoffDocumentSchema, type HandoffDocument } from '../../main/handoff/handoff-document';
import { OwnProfiles } from '../../main/handoff/own-profiles';
import { MemoryDocument } from '../../main/store/memory-document';
import { notFound, type AuditEntry } from '../../main/workspace-context';
import { ManualClock } from '../support/manual-clock';
import { must } from '../support/must';

const program = { platform: 'linux', execPath: '/opt/Sally Port/sallyport', isRoot: false } as const;
const foreign =
  '# mine\r\n[default]\r\nregion = eu-central-1\r\n\r\n[profile acme]\r\nrole_arn = arn:aws:iam::1:role/a';

let home: string;
let config: string;
let sessions: Session[];
let audit: AuditEntry[];
let profiles: OwnProfiles;
let document: MemoryDocument<HandoffDocument>;
const clock = new ManualClock();

function sessionOf(change: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    connectionId: connection,
    connectionName: 'Acme “production”',
    accountId: '222233334444',
    roleName: 'Deploy',
    assumedRoleArn: 'arn:aws:sts::222233334444:assumed-role/Deploy/sallyport',
    accessKeyId: 'ASIAEXAMPLE',
    sessionName: 'sallyport',
    issuedAt: clock.now(),
    openedAt: clock.now(),
    expiresAt: clock.now() + 3_600_000,
    request: plainRequest(3600),
    renewal: 'off',
    credentials: 'keychain',
    uses: [],
    isChained: false,
    ...change,
  };
}
const connection = randomUUID();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sallyport-s24-'));
  config = join(home, '.aws', 'config');
  sessions = [sessionOf()];
  audit = [];
  document = new MemoryDocument({
    name: 'handoff',
    schema: handoffDocumentSchema,
    version: 1,
    migrations: [],
    empty: emptyHandoff,
  });
  profiles = new OwnProfiles({
    clock,
    newId: randomUUID,
    audit: (...entries) => ok(audit.push(...entries)),
    publisher: { changed: () => undefined, send: () => undefined, revision: 0 },
    document,
    files: () => profileFiles({}, home),
    program,
    findSession: (id) => sessions.find((one) => one.id === id),
    allSessions: () => sessions,
  });
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const first = (): Session => {
  const [session] = sessions;
  if (session === undefined) throw new Error('no session');
  return session;
};
const wish = (name = 'acme-production') => ({ session: first(), name, region: 'eu-west-1' });
const theId = (): string => profiles.of(first().id)?.id ?? '';
const modeOf = (path: string) => statSync(path).mode & 0o777;

function withFile(text = foreign, mode = 0o644): void {
  mkdirSync(join(home, '.aws'), { mode: 0o700 });
  writeFileSync(config, text, { mode });
  chmodSync(config, mode);
}

describe('S-24: a profile of ours', () => {
  it('is written as it was shown, beside what others wrote, and taken away without a trace', () => {
    withFile();
    const shown = must(profiles.preview(wish()));
    expect(shown).toMatchObject({ file: config, makesFile: false });
    expect(must(profiles.write(wish(), false))).toEqual({ done: true });
    const text = readFileSync(config, 'utf8');
    expect(text.startsWith(`${foreign}\r\n\r\n# sallyport:begin ${theId()}`)).toBe(true);
    expect(text).toContain(
      `[profile acme-production]\r\ncredential_process = "/opt/Sally Port/sallyport" --ozone-platform=headless --log-level=3 --credential-process ${theId()}\r\nregion = eu-west-1\r\n`,
    );
    const without = (lines: string) => lines.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replaceAll('\r\n', '\n');
    expect(without(text)).toContain(without(shown.lines));
    expect(modeOf(config)).toBe(0o644);
    expect(readFileSync(`${config}.before-sallyport`, 'utf8')).toBe(foreign);
    expect(must(profiles.remove(theId(), false))).toEqual({ done: true });
    expect(readFileSync(config, 'utf8')).toBe(foreign);
    expect(readdirSync(join(home, '.aws')).sort()).toEqual(['config', 'config.before-sallyport']);
    expect(audit.map(({ act }) => act)).toEqual(['profile.written', 'profile.removed']);
  });

  it('makes folder and file for their owner only where there are none', () => {
    expect(must(profiles.preview(wish())).makesFile).toBe(true);
    must(profiles.write(wish(), false));
    expect([modeOf(join(home, '.aws')), modeOf(config)]).toEqual([0o700, 0o600]);
  });

  it('keeps the mode of a file that is there, whatever a new one of this process would get', () => {
    withFile(foreign, 0o644);
    const before = process.umask(0o077);
    try {
      must(profiles.write(wish(), false));
    } finally {
      process.umask(before);
    }
    expect([modeOf(config), modeOf(`${config}.before-sallyport`)]).toEqual([0o644, 0o644]);
  });

  it('keeps its id and its place when its name or Region changes, and keeps the first backup', () => {
    withFile();
    must(profiles.write(wish(), false));
    const id = theId();
    must(profiles.write({ ...wish('acme'.concat('-two')), region: 'eu-north-1' }, false));
    const text = readFileSync(config, 'utf8');
    expect(theId()).toBe(id);
    expect(text.match(/sallyport:begin/g)).toHaveLength(1);
    expect(text).toContain('[profile acme-two]');
    expect(text).toContain('region = eu-north-1');
    expect(readFileSync(`${config}.before-sallyport`, 'utf8')).toBe(foreign);
  });

  it('does not take a name that is somebody’s in either file, and proposes another', () => {
    withFile();
    writeFileSync(join(home, '.aws', 'credentials'), '[acme-2]\n', { mode: 0o600 });
    expect(must(profiles.preview(wish('acme'))).takenUse).toBe('acme-3');
    expect(profiles.write(wish('acme'), true)).toMatchObject({ ok: false, error: { kind: 'already-exists' } });
    expect(readFileSync(config, 'utf8')).toBe(foreign);
    expect(profiles.propose({ name: 'Acmé' })).toBe('acme-3');
    for (const name of ['default', 'a b', '', '../x', 'a]\n[b']) {
      expect(profiles.write(wish(name), true)).toMatchObject({ ok: false });
    }
    expect(readFileSync(config, 'utf8')).toBe(foreign);
  });

  it('proposes a name that may be used, however long the taken one is', () => {
    const long = `a${'b'.repeat(63)}`;
    withFile(`[profile ${long}]\n`);
    const { takenUse = '' } = must(profiles.preview(wish(long)));
    expect(takenUse).toBe(`a${'b'.repeat(61)}-2`);
    expect(must(profiles.write(wish(takenUse), false))).toEqual({ done: true });
  });

  it('leaves no lines in the file when it cannot be put on record', () => {
    withFile();
    const full = vi.spyOn(document, 'update').mockReturnValue(err(notFound('Room on the disk')));
    expect(profiles.write(wish(), false).ok).toBe(false);
    expect(readFileSync(config, 'latin1')).toBe(foreign);
    full.mockRestore();
    expect(must(profiles.write(wish(), false))).toEqual({ done: true });
  });

  it('asks before it changes or removes what a hand has changed, and does so when told to', () => {
    withFile();
    must(profiles.write(wish(), false));
    const changed = readFileSync(config, 'utf8').replace('region = eu-west-1', 'region = sa-east-1');
    writeFileSync(config, changed);
    expect(must(profiles.remove(theId(), false))).toMatchObject({ done: false });
    expect(must(profiles.write(wish(), false))).toMatchObject({ done: false });
    expect(must(profiles.preview(wish())).changedByHand).toContain('sa-east-1');
    expect(readFileSync(config, 'utf8')).toBe(changed);
    expect(must(profiles.remove(theId(), true))).toEqual({ done: true });
    expect(readFileSync(config, 'utf8')).toBe(foreign);
  });

  it('touches nothing where somebody’s section has come between its comments', () => {
    withFile();
    must(profiles.write(wish(), false));
    const mixed = readFileSync(config, 'utf8').replace('region = eu-west-1', '[profile theirs]\r\nregion = eu-west-1');
    writeFileSync(config, mixed);
    expect(profiles.remove(theId(), true)).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(profiles.write(wish(), true)).toMatchObject({ ok: false });
    expect(readFileSync(config, 'utf8')).toBe(mixed);
  });

  it('counts as removed when its lines are gone already', () => {
    withFile();
    must(profiles.write(wish(), false));
    writeFileSync(config, foreign);
    expect(must(profiles.remove(theId(), false))).toEqual({ done: true });
    expect(profiles.of(first().id)).toBeUndefined();
  });

  it('is not written through links, over second names, into files and folders that others may write, or of UTF-16', () => {
    const refusals: readonly (readonly [RegExp, () => void])[] = [
      [
        /symbolic link/,
        () => {
          writeFileSync(join(home, 'real'), foreign);
          symlinkSync(join(home, 'real'), config);
        },
      ],
      [
        /second name/,
        () => {
          writeFileSync(config, foreign);
          linkSync(config, join(home, 'twin'));
        },
      ],
      [
        /Other users/,
        () => {
          writeFileSync(config, foreign);
          chmodSync(config, 0o666);
        },
      ],
      [
        /Other users/,
        () => {
          writeFileSync(config, foreign);
          chmodSync(join(home, '.aws'), 0o777);
        },
      ],
      [/not a file/, () => mkdirSync(config)],
      [/plain text/, () => writeFileSync(config, Buffer.from('\ufeff[default]', 'utf16le'))],
    ];
    for (const [reason, prepare] of refusals) {
      rmSync(join(home, '.aws'), { recursive: true, force: true });
      rmSync(join(home, 'twin'), { force: true });
      mkdirSync(join(home, '.aws'), { mode: 0o700 });
      prepare();
      const answer = profiles.write(wish(), true);
      expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(reason) as string } });
    }
    rmSync(join(home, '.aws'), { recursive: true, force: true });
    mkdirSync(join(home, 'elsewhere'), { mode: 0o700 });
    symlinkSync(join(home, 'elsewhere'), join(home, '.aws'));
    expect(profiles.write(wish(), true)).toMatchObject({ ok: false });
    expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
  });

  it('is written into what another program wrote in the same moment, not over it', () => {
    withFile('[default]\n', 0o600);
    let once = true;
    must(
      changeAwsFile(
        config,
        (bytes) => {
          if (once) writeFileSync(config, `${bytes}[profile late]\n`);
          once = false;
          return ok(`${bytes}# ours\n`);
        },
        () => false,
      ),
    );
    expect(readFileSync(config, 'utf8')).toBe('[default]\n[profile late]\n# ours\n');
    expect(readdirSync(join(home, '.aws'))).toEqual(['config']);
  });

  it('goes where the environment says', () => {
    expect(profileFiles({ AWS_CONFIG_FILE: '/x/config', AWS_SHARED_CREDENTIALS_FILE: '/y/credentials' }, home)).toEqual(
      {
        configFile: '/x/config',
        credentialsFile: '/y/credentials',
      },
    );
  });

  it('goes with its connection', () => {
    withFile();
    must(profiles.write(wish(), false));
    must(profiles.forgetConnection(randomUUID()));
    expect(profiles.of(first().id)).toBeDefined();
    must(profiles.forgetConnection(connection));
    expect(readFileSync(config, 'utf8')).toBe(foreign);
  });
});

describe('the session behind a profile', () => {
  it('is followed by a later one of the same connection that may do no more, and by no other', () => {
    must(profiles.write(wish(), false));
    const id = theId();
    const earlier = sessionOf();
    clock.advance(60_000);
    const ended = { ...first(), end: { at: clock.now(), how: 'ended-here' as const, wiped: true } };
    const narrower = sessionOf({ request: { ...plainRequest(3600), sessionPolicy: { kind: 'read-only' } } });
    const elsewhere = sessionOf({ connectionId: randomUUID() });
    sessions = [ended, earlier, narrower, elsewhere];
    profiles.settle();
    expect(profiles.find(id)).toMatchObject({ sessionId: ended.id, endedAt: clock.now() });
    clock.advance(60_000);
    const successor = sessionOf();
    sessions = [earlier, narrower, elsewhere, successor];
    profiles.settle();
    expect(profiles.find(id)).toMatchObject({ sessionId: successor.id });
    expect(profiles.find(id)?.endedAt).toBeUndefined();
  });
});

describe('the line of a credential process', () => {
  it('quotes paths, names an AppImage by its own file, and is refused where a shell would see more in it', () => {
    expect(credentialProcessLine({ ...program, appImage: '/home/me/Sallyport.AppImage' }, 'ID')).toBe(
      '"/home/me/Sallyport.AppImage" --ozone-platform=headless --log-level=3 --credential-process ID',
    );
    expect(credentialProcessLine({ platform: 'darwin', execPath: '/Applications/S.app/S', isRoot: false }, 'ID')).toBe(
      '"/Applications/S.app/S" --credential-process ID',
    );
    expect(
      credentialProcessLine({ platform: 'win32', execPath: 'C:\\Program Files\\S.exe', isRoot: false }, 'ID'),
    ).toBe('"C:\\Program Files\\S.exe" --credential-process ID');
    for (const execPath of ['/a"b', '/a$b', '/a`b', '/a\\b', '/a\nb', '/ä']) {
      expect(credentialProcessLine({ ...program, execPath }, 'ID')).toBeUndefined();
    }
    expect(credentialProcessLine({ platform: 'win32', execPath: 'C:\\%x%', isRoot: false }, 'ID')).toBeUndefined();
  });
});
