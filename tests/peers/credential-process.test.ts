import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { credentialProcessExits } from '../../core/domain/credential-process';
import { computerNow } from '../../main/platform/computer-time';
import { bundleForNode } from '../support/bundle';
import { HandoffHome, servedAndCounted, type Served } from '../support/handoff-home';
import { hasPrivateKeyring, noKeyringReason } from '../support/keyring';
import { runProgram, type Outcome } from './support';

const electron = process.env['SALLYPORT_ELECTRON'];
const folder = fileURLToPath(new URL('../../dist/test-main', import.meta.url));
const present = hasPrivateKeyring && electron !== undefined;
if (!present) process.stdout.write(`SKIPPED PEER: credential process: ${noKeyringReason}\n`);

const minute = 60_000;
let home: HandoffHome | undefined;
let served: Served;
let inNode: string;

beforeAll(async () => {
  served = await servedAndCounted();
  inNode = await bundleForNode('credential-process-child');
}, 60_000);
afterAll(() => served.close());
afterEach(async () => {
  await home?.remove();
});

/** As a tool starts it: no display, the app not running. */
function start(of: HandoffHome, id = of.profile.id): Promise<Outcome> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const given = [...root, '--ozone-platform=headless', '--log-level=3', folder, '--credential-process', id];
  return runProgram(electron ?? '', given, { env: environment(of) });
}

function startInNode(of: HandoffHome): Promise<Outcome> {
  return runProgram(process.execPath, [inNode, of.userData, of.keychainService, of.profile.id], {
    env: environment(of),
  });
}

function environment(of: HandoffHome) {
  return { HOME: of.home, DISPLAY: '', AWS_ENDPOINT_URL: served.endpoint, XDG_CONFIG_HOME: '' };
}

const readable = (outcome: Outcome) => JSON.parse(outcome.stdout) as Record<string, unknown>;

describe.skipIf(!present)('the program with --credential-process, on a real keyring', () => {
  it('prints the credentials of a live session, minified, and ends', async () => {
    home = new HandoffHome();
    const kept = await home.keep({});
    const outcome = await start(home);
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(readable(outcome)).toEqual({
      Version: 1,
      AccessKeyId: kept.accessKeyId,
      SecretAccessKey: kept.secretAccessKey,
      SessionToken: kept.sessionToken,
      Expiration: new Date(kept.expiration).toISOString(),
      AccountId: '222233334444',
    });
    expect(outcome.stdout).toBe(JSON.stringify(readable(outcome)));
    const audit = home.read('audit.jsonl');
    expect(audit).toContain('"act":"session.handed-to.profile","by":"credential-process","subject":"tidewater"');
    expect(audit).not.toContain(kept.secretAccessKey);
  });

  it('has an exit status and one line for each way in which it cannot answer', async () => {
    home = new HandoffHome();
    const kept = await home.keep({});
    const past = { expiresAt: computerNow() - minute };
    const end = (how: 'ended-here' | 'revoked') => ({ end: { at: computerNow(), how, wiped: true } });
    const ways = [
      { change: end('ended-here'), status: credentialProcessExits['session-over'], words: /was ended in Sallyport/ },
      { change: end('revoked'), status: credentialProcessExits['session-over'], words: /was revoked/ },
      { change: past, expiration: past.expiresAt, status: credentialProcessExits.expired, words: /has expired/ },
      {
        change: {
          ...past,
          request: { ...home.session.request, mfaSerial: 'arn:aws:iam::111122223333:mfa/phone' },
        },
        expiration: past.expiresAt,
        status: credentialProcessExits['mfa-needed'],
        words: /MFA code/,
      },
    ];
    for (const { change, expiration, status, words } of ways) {
      home.writeSession(change);
      if (expiration !== undefined) await home.keep({ expiration });
      const outcome = await startInNode(home);
      expect(outcome).toMatchObject({ status, stdout: '' });
      expect(outcome.stderr).toMatch(words);
      expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
      expect(outcome.stderr).not.toContain(kept.secretAccessKey);
    }
    const nobody = await start(home, '00000000-0000-4000-8000-000000000000');
    expect(nobody).toMatchObject({ status: credentialProcessExits['unknown-profile'], stdout: '' });
  });

  it('says that the keychain does not answer, without trying to write to it', async () => {
    home = new HandoffHome();
    const outcome = await runProgram(process.execPath, [inNode, home.userData, home.keychainService, home.profile.id], {
      env: { ...environment(home), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
    });
    expect(outcome.status).toBe(credentialProcessExits.keychain);
    const gone = await startInNode(home);
    expect(gone).toMatchObject({ status: credentialProcessExits.keychain, stdout: '' });
  });

  it('renews a session that may be renewed, keeps it, and tells the app and the audit log', async () => {
    home = new HandoffHome({ renewal: 'automatic', expiresAt: computerNow() + 2 * minute });
    await home.trust(served);
    const old = await home.keep({});
    const before = served.assumed();
    const outcome = await start(home);
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    const given = readable(outcome);
    expect(given['AccessKeyId']).not.toBe(old.accessKeyId);
    expect(Date.parse(String(given['Expiration']))).toBeGreaterThan(computerNow() + 50 * minute);
    expect(readable(await start(home))).toEqual(given);
    expect(served.assumed() - before).toBe(1);
    expect(home.read('renewals.jsonl')).toContain(String(given['AccessKeyId']));
    const audit = home.read('audit.jsonl');
    expect(audit).toContain('"act":"session.renewed","by":"credential-process"');
    for (const file of [audit, home.read('renewals.jsonl'), home.read('sessions.json')]) {
      expect(file).not.toContain(String(given['SecretAccessKey']));
      expect(file).not.toContain(String(given['SessionToken']));
    }
  });

  it('gives what is still good for minutes when AWS refuses, and says why once it is over', async () => {
    home = new HandoffHome({ renewal: 'automatic', expiresAt: computerNow() + 2 * minute });
    await home.trust(served);
    const old = await home.keep({});
    served.wire.before = async () => ({ status: 403, headers: {}, body: accessDenied });
    try {
      expect(readable(await startInNode(home))['AccessKeyId']).toBe(old.accessKeyId);
      await home.keep({ expiration: computerNow() - 1000 });
      home.writeSession({ expiresAt: computerNow() - 1000 });
      const refused = await startInNode(home);
      expect(refused).toMatchObject({ status: credentialProcessExits['aws-refused'], stdout: '' });
    } finally {
      served.wire.before = (_action, pass) => pass();
    }
    const offline = await runProgram(process.execPath, [inNode, home.userData, home.keychainService, home.profile.id], {
      env: { ...environment(home), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    });
    expect(offline).toMatchObject({ status: credentialProcessExits.network, stdout: '' });
  }, 60_000);

  it('asks AWS once for two hundred that find a session at its end in the same moment', async () => {
    home = new HandoffHome({ renewal: 'automatic', expiresAt: computerNow() - minute });
    await home.trust(served);
    await home.keep({ expiration: computerNow() - minute });
    const of = home;
    const before = served.assumed();
    const electrons = Array.from({ length: 8 }, () => start(of));
    const nodes = Array.from({ length: 192 }, () => startInNode(of));
    const outcomes = await Promise.all([...electrons, ...nodes]);
    expect(outcomes.filter(({ status }) => status !== 0)).toEqual([]);
    expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1);
    expect(served.assumed() - before).toBe(1);
    expect(of.read('renewals.jsonl').trim().split('\n')).toHaveLength(1);
  }, 240_000);

  it('hands out a practice session while it lives, and sends to the app for the next', async () => {
    home = new HandoffHome({ renewal: 'automatic', expiresAt: computerNow() + 2 * minute }, 'practice');
    await home.keep({});
    expect((await startInNode(home)).status).toBe(0);
    home.writeSession({ expiresAt: computerNow() - 1000 });
    await home.keep({ expiration: computerNow() - 1000 });
    expect((await startInNode(home)).status).toBe(credentialProcessExits['app-needed']);
  });
});

const accessDenied =
  '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>' +
  '<Message>User is not authorized to perform: sts:AssumeRole</Message></Error><RequestId>r</RequestId></ErrorResponse>';
