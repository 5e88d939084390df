import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { profileProvider } from '../../../main/aws/profile-provider';
import { listProfiles, profileFiles, type ProfileFiles } from '../../../main/aws/profiles';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, straightNetwork } from '../../support/practice';

function given(clock = new ManualClock()) {
  return { clock, network: straightNetwork(clock), version: '0.0.0' };
}

const config = `
# a comment
[default]
region = eu-west-1

[profile with-role]
role_arn = arn:aws:iam::222233334444:role/Deploy
source_profile = keys
external_id = canary-external-id

[profile "quoted name"]
credential_process = /usr/bin/true --secret canary-process
region=us-east-2 ; the far one

[profile people]
sso_session = company
sso_account_id = 222233334444
sso_role_name = Admin

[sso-session company]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1

[profile web]
role_arn = arn:aws:iam::222233334444:role/Web
web_identity_token_file = /tmp/token

[profile signed-in]
login_session = arn:aws:iam::222233334444:user/anna

[profile nested]
s3 =
  max_concurrent_requests = 20
  aws_access_key_id = canary-indented
`;

const credentials = `
[keys]
aws_access_key_id = AKIACANARYCANARYCANA
aws_secret_access_key = canary-secret

[temporary]
aws_access_key_id = ASIACANARYCANARYCANA
aws_secret_access_key = canary-secret
aws_session_token = canary-token

[default]
aws_access_key_id = AKIACANARYCANARYCANB
aws_secret_access_key = canary-secret-2
`;

describe('profiles of the shared AWS files', () => {
  let folder: string;
  let files: ProfileFiles;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-profiles-'));
    files = { configFile: join(folder, 'config'), credentialsFile: join(folder, 'credentials') };
    await writeFile(files.configFile, config);
    await writeFile(files.credentialsFile, credentials, { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('are listed with what kind they are, and without a secret: S-13', async () => {
    const listed = await listProfiles(files);
    expect(listed).toEqual({
      ok: true,
      value: [
        { name: 'default', kind: 'access-key', region: 'eu-west-1' },
        { name: 'keys', kind: 'access-key' },
        { name: 'nested', kind: 'incomplete' },
        { name: 'people', kind: 'identity-center', ssoAccountId: '222233334444' },
        { name: 'quoted name', kind: 'process', region: 'us-east-2' },
        { name: 'signed-in', kind: 'login' },
        { name: 'temporary', kind: 'temporary-key' },
        { name: 'web', kind: 'web-identity', roleArn: 'arn:aws:iam::222233334444:role/Web' },
        { name: 'with-role', kind: 'role', roleArn: 'arn:aws:iam::222233334444:role/Deploy', sourceProfile: 'keys' },
      ],
    });
    expect(JSON.stringify(listed)).not.toMatch(/canary|CANARY/);
  });

  test('files that do not exist are empty', async () => {
    expect(
      await listProfiles({ configFile: join(folder, 'none'), credentialsFile: join(folder, 'no', 'such') }),
    ).toEqual({ ok: true, value: [] });
  });

  test('a file that cannot be read is named', async () => {
    // The superuser reads every file: a folder in the file's place fails for everybody.
    const error = await errorOf(listProfiles({ ...files, configFile: folder }));
    expect(error).toMatchObject({ kind: 'store-unreadable', whatDidNotChange: 'The file was not touched.' });
    expect(error.message).toContain(folder);
  });

  test('are where the environment says', () => {
    expect(profileFiles({ AWS_CONFIG_FILE: '/a', AWS_SHARED_CREDENTIALS_FILE: '/b' }, '/home/x')).toEqual({
      configFile: '/a',
      credentialsFile: '/b',
    });
    expect(profileFiles({ AWS_CONFIG_FILE: '' }, '/home/x')).toEqual({
      configFile: join('/home/x', '.aws', 'config'),
      credentialsFile: join('/home/x', '.aws', 'credentials'),
    });
  });

  test('a static key is given, and an edited file counts at once', async () => {
    const provider = profileProvider('keys', { ...given(), files });
    expect(await provider()).toEqual({
      ok: true,
      value: { accessKeyId: 'AKIACANARYCANARYCANA', secretAccessKey: 'canary-secret' },
    });
    await writeFile(files.credentialsFile, credentials.replace('canary-secret\n', 'changed\n'));
    expect(await provider()).toMatchObject({ ok: true, value: { secretAccessKey: 'changed' } });
  });

  test('what a process gives is kept until five minutes before its end', async () => {
    const clock = new ManualClock();
    const count = join(folder, 'count');
    const answer = {
      Version: 1,
      AccessKeyId: 'ASIAPROCESS',
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: '2099-01-01T00:00:00Z',
    };
    const script = join(folder, 'give.sh');
    await writeFile(script, `#!/bin/sh\nprintf x >> '${count}'\nprintf '%s' '${JSON.stringify(answer)}'\n`, {
      mode: 0o700,
    });
    await writeFile(files.configFile, `[profile given]\ncredential_process = ${script}\n`);
    const provider = profileProvider('given', { ...given(clock), files });
    const first = await Promise.all([provider(), provider()]);
    expect(first[0]).toEqual({
      ok: true,
      value: {
        accessKeyId: 'ASIAPROCESS',
        secretAccessKey: 's',
        sessionToken: 't',
        expiration: Date.parse('2099-01-01T00:00:00Z'),
      },
    });
    await provider();
    expect(await readFile(count, 'utf8')).toBe('x');
    clock.advance(Date.parse('2099-01-01T00:00:00Z') - clock.now() - 299_000);
    await provider();
    expect(await readFile(count, 'utf8')).toBe('xx');
  });

  test('one whose role asks for an MFA code says how the code can be asked for', async () => {
    const role = 'role_arn = arn:aws:iam::222233334444:role/Deploy\nsource_profile = keys\n';
    await writeFile(files.configFile, `[profile guarded]\n${role}mfa_serial = arn:aws:iam::111122223333:mfa/ann\n`);
    const error = await errorOf(profileProvider('guarded', { ...given(), files })());
    expect(error).toMatchObject({ kind: 'credentials-missing', remedies: [{ kind: 'choose-source' }] });
    expect(error.message).toContain('asks for an MFA code');
    expect(error.whatToDo).toContain('Import its role as a connection');
  });

  test('one that is not there, or has nothing, says so', async () => {
    const error = await errorOf(profileProvider('no such profile', { ...given(), files })());
    expect(error).toMatchObject({
      kind: 'credentials-missing',
      message: 'The profile “no such profile” gives no credentials.',
    });
    expect(JSON.stringify(error)).not.toMatch(/canary|CANARY/);
  });

  test.each([
    ['people', 'aws sso login --profile people'],
    ['signed-in', 'aws login --profile signed-in'],
  ])('%s without a sign-in asks for one, with the command to copy', async (profile, command) => {
    vi.stubEnv('HOME', folder);
    vi.stubEnv('AWS_CONFIG_FILE', files.configFile);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', files.credentialsFile);
    try {
      const error = await errorOf(profileProvider(profile, given())());
      expect(error.kind).toBe('credentials-expired');
      expect(error.remedies).toContainEqual({ kind: 'copy-text', label: 'Copy the sign-in command', text: command });
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
