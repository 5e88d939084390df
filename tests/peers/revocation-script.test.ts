import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closedTrustPolicy, type RevocationWay } from '../../core/domain/revocation-ways';
import { revocationScripts } from '../../core/render/revocation-script';
import { trustPolicy } from '../support/practice';
import { findPeer, runProgram, startServedSandbox, temporaryFolder, type Outcome, type ServedSandbox } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');
const bash = await findPeer('bash', 'bash', ['--version'], 'the program “bash” is not there');

type Credentials = Parameters<ServedSandbox['environmentOf']>[0];

const targetAccount = '222233334444';
const allow = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:List*', Resource: '*' }],
});

describe.skipIf(!cli.present || !bash.present)('taking a role back by a script for bash and the AWS CLI', () => {
  let sandbox: ServedSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    sandbox = await startServedSandbox();
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'trust.json'), trustPolicy());
    await writeFile(join(folder.path, 'allow.json'), allow);
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  const aws = (as: Credentials, ...parameters: readonly string[]): Promise<Outcome> =>
    runProgram('aws', [...parameters, '--output', 'json'], { env: sandbox.environmentOf(as) });
  const owner = async (...parameters: readonly string[]): Promise<unknown> => {
    const outcome = await aws(sandbox.identities.owner, 'iam', ...parameters);
    expect(outcome.stderr).toBe('');
    return outcome.stdout === '' ? undefined : (JSON.parse(outcome.stdout) as unknown);
  };
  const file = (name: string) => `file://${join(folder.path, name)}`;
  const roleArn = (name: string) => `arn:aws:iam::${targetAccount}:role/${name}`;
  const makeRole = (name: string) =>
    owner('create-role', '--role-name', name, '--assume-role-policy-document', file('trust.json'));

  /** Writes the script and says how it is run, in the folder where a person would. */
  const written = async (name: string, way: RevocationWay) => {
    const scripts = revocationScripts({ roleArn: roleArn(name), way, region: 'eu-west-1' });
    const path = join(folder.path, scripts?.bash.name ?? 'none');
    await writeFile(path, scripts?.bash.text ?? '');
    return (as: Credentials, ...more: readonly string[]): Promise<Outcome> =>
      runProgram('bash', ['-c', 'cd "$1"; shift; exec bash "$@"', 'in', folder.path, path, ...more], {
        env: { ...sandbox.environmentOf(as), HOME: folder.path },
      });
  };
  const trustOf = async (name: string): Promise<unknown> =>
    ((await owner('get-role', '--role-name', name)) as { Role: { AssumeRolePolicyDocument: unknown } }).Role
      .AssumeRolePolicyDocument;
  const assume = (name: string) =>
    aws(
      sandbox.identities.deployer,
      'sts',
      'assume-role',
      '--role-arn',
      roleArn(name),
      '--role-session-name',
      'before',
    );
  /** The calls of a session are refused; a changed policy counts at once here. */
  const asSession = async (outcome: Outcome, ...parameters: readonly string[]): Promise<Outcome> => {
    const { Credentials } = JSON.parse(outcome.stdout) as {
      Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
    };
    return await aws(
      {
        accessKeyId: Credentials.AccessKeyId,
        secretAccessKey: Credentials.SecretAccessKey,
        sessionToken: Credentials.SessionToken,
      },
      ...parameters,
    );
  };

  test('close-trust: nobody comes in any more, and what stood there is kept', async () => {
    await makeRole('ScriptClose');
    const before = await trustOf('ScriptClose');
    const run = await written('ScriptClose', 'close-trust');
    const done = await run(sandbox.identities.owner);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}Closed the trust of ScriptClose$/m);
    expect(await trustOf('ScriptClose')).toEqual(JSON.parse(closedTrustPolicy()));
    expect((await assume('ScriptClose')).stderr).toContain('(AccessDenied)');
    expect(await run(sandbox.identities.owner)).toMatchObject({ status: 0, stderr: '' });
    const kept = join(folder.path, `sallyport-revoke-ScriptClose-${targetAccount}-before`, 'role.json');
    const { Role } = JSON.parse(await readFile(kept, 'utf8')) as { Role: { AssumeRolePolicyDocument: unknown } };
    expect(Role.AssumeRolePolicyDocument).toEqual(before);
  });

  test('quarantine: an open session is denied by a cutoff of AWS’s clock, and the role stays', async () => {
    await makeRole('ScriptQuarantine');
    const name = ['--role-name', 'ScriptQuarantine'];
    await owner('put-role-policy', ...name, '--policy-name', 'Read', '--policy-document', file('allow.json'));
    const session = await assume('ScriptQuarantine');
    expect((await asSession(session, 'iam', 'list-roles')).status).toBe(0);
    const run = await written('ScriptQuarantine', 'quarantine');
    const done = await run(sandbox.identities.owner);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).not.toContain('of this computer');
    const [, cutoff = ''] = /issued before (\S+) are denied/.exec(done.stdout) ?? [];
    const [, at = ''] = /^(\S+) {2}Put policy AWSRevokeOlderSessions$/m.exec(done.stdout) ?? [];
    expect(Date.parse(cutoff) - Date.parse(at)).toBeGreaterThan(15_000);
    expect(Date.parse(cutoff) - Date.parse(at)).toBeLessThanOrEqual(31_000);
    expect(await owner('get-role-policy', ...name, '--policy-name', 'AWSRevokeOlderSessions')).toMatchObject({
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Condition: { DateLessThan: { 'aws:TokenIssueTime': cutoff } } }],
      },
    });
    expect((await asSession(session, 'iam', 'list-roles')).stderr).toContain('explicit deny');
    expect((await assume('ScriptQuarantine')).stderr).toContain('(AccessDenied)');
    expect(await run(sandbox.identities.owner)).toMatchObject({ status: 0, stderr: '' });
  });

  test('delete-role: policies of awkward names, a profile, then the role; a second run finds nothing to do', async () => {
    await makeRole('ScriptDelete');
    const name = ['--role-name', 'ScriptDelete'];
    for (const policy of ['None', '-leading', 'a=b,c@d.e+f']) {
      await owner('put-role-policy', ...name, `--policy-name=${policy}`, '--policy-document', file('allow.json'));
    }
    for (const policy of ['ReadOnlyAccess', 'SecurityAudit', 'IAMReadOnlyAccess']) {
      await owner('attach-role-policy', ...name, '--policy-arn', `arn:aws:iam::aws:policy/${policy}`);
    }
    await owner('create-instance-profile', '--instance-profile-name', 'None');
    await owner('add-role-to-instance-profile', '--instance-profile-name', 'None', ...name);
    const run = await written('ScriptDelete', 'delete-role');

    const refused = await run(sandbox.identities.deployer);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('belong to account 111122223333, and this script is for account 222233334444');
    expect(await owner('list-role-policies', ...name)).toHaveProperty('PolicyNames.length', 3);
    expect(await owner('list-attached-role-policies', ...name)).toHaveProperty('AttachedPolicies.length', 3);

    const done = await run(sandbox.identities.owner);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    for (const line of [
      'Deleted policy None',
      'Deleted policy -leading',
      'Detached policy arn:aws:iam::aws:policy/SecurityAudit',
      'Removed it from instance profile None',
      'Deleted role ScriptDelete',
    ]) {
      expect(done.stdout).toContain(`Z  ${line}\n`);
    }
    expect((await aws(sandbox.identities.owner, 'iam', 'get-role', ...name)).stderr).toContain('(NoSuchEntity)');
    const kept = await readdir(join(folder.path, `sallyport-revoke-ScriptDelete-${targetAccount}-before`));
    expect(kept.sort()).toEqual([
      ...['attached-policies.json', 'instance-profiles.json'],
      ...['policy--leading.json', 'policy-None.json', 'policy-a=b,c@d.e+f.json', 'role.json'],
    ]);
    const again = await run(sandbox.identities.owner);
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain('The role is gone already. There is nothing left to do.');
    await owner('delete-instance-profile', '--instance-profile-name', 'None');
  });

  test('step-by-step: both doors first, the role only when it is said', async () => {
    await makeRole('ScriptSteps');
    const run = await written('ScriptSteps', 'step-by-step');
    const first = await run(sandbox.identities.owner);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('--delete');
    expect(await trustOf('ScriptSteps')).toEqual(JSON.parse(closedTrustPolicy()));
    expect(await run(sandbox.identities.owner, '--delete')).toMatchObject({ status: 0, stderr: '' });
    const gone = await aws(sandbox.identities.owner, 'iam', 'get-role', '--role-name', 'ScriptSteps');
    expect(gone.stderr).toContain('(NoSuchEntity)');
    const wrong = await run(sandbox.identities.owner, '--undo');
    expect(wrong).toMatchObject({ status: 1, stderr: '--undo cannot be said here.\n' });
  });

  test.each(['detach-permissions', 'deny-all', 'boundary'] as const)(
    '%s: an open session may do nothing',
    async (way) => {
      const name = `Script-${way}`;
      await makeRole(name);
      await owner(
        'put-role-policy',
        '--role-name',
        name,
        '--policy-name',
        'Read',
        '--policy-document',
        file('allow.json'),
      );
      const session = await assume(name);
      expect((await asSession(session, 'iam', 'list-roles')).status).toBe(0);
      const run = await written(name, way);
      expect(await run(sandbox.identities.owner)).toMatchObject({ status: 0, stderr: '' });
      expect((await asSession(session, 'iam', 'list-roles')).stderr).toContain('(AccessDenied)');
      expect(await run(sandbox.identities.owner)).toMatchObject({ status: 0, stderr: '' });
    },
  );
});
