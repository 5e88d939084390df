import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from '../../core/zod';
import { policy, trustPolicy } from '../support/practice';
import { findPeer, runProgram, startServedSandbox, temporaryFolder, type ServedSandbox } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');

type Credentials = Parameters<ServedSandbox['environmentOf']>[0];

const status = z.object({
  CreateAccountStatus: z.object({ Id: z.string(), State: z.string(), AccountId: z.string().optional() }),
});
const assumed = z
  .object({
    Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
  })
  .transform(({ Credentials: given }) => ({
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  }));

// One story, told in order: each step stands on the one before.
describe.skipIf(!cli.present)('the AWS CLI and an organization', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let sandbox: ServedSandbox;
  let account = '';
  let session: Credentials;

  const start = () => startServedSandbox('--scenario', 'organization', '--state', join(folder.path, 'state.json'));
  const run = async (as: Credentials, ...parameters: readonly string[]) =>
    await runProgram('aws', [...parameters, '--output', 'json'], { env: sandbox.environmentOf(as) });
  const ask = async (as: Credentials, ...parameters: readonly string[]): Promise<unknown> => {
    const outcome = await run(as, ...parameters);
    expect(outcome.stderr, parameters.join(' ')).toBe('');
    return outcome.stdout.trim() === '' ? undefined : JSON.parse(outcome.stdout);
  };
  const assume = (as: Credentials, role: string, ...more: readonly string[]) =>
    run(
      as,
      'sts',
      'assume-role',
      '--role-session-name',
      'cli',
      '--role-arn',
      `arn:aws:iam::${account}:role/${role}`,
      ...more,
    );
  const credentialsOf = (outcome: { readonly stdout: string; readonly stderr: string }): Credentials => {
    expect(outcome.stderr).toBe('');
    return assumed.parse(JSON.parse(outcome.stdout));
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    sandbox = await start();
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  test('an organization and an account in it', { timeout: 60_000 }, async () => {
    const { management } = sandbox.identities;
    await ask(management, 'organizations', 'create-organization', '--feature-set', 'ALL');
    const asked = await ask(
      management,
      'organizations',
      'create-account',
      '--email',
      'ops+cli@example.com',
      '--account-name',
      'Cli',
    );
    let { CreateAccountStatus: creation } = status.parse(asked);
    const request = ['organizations', 'describe-create-account-status', '--create-account-request-id', creation.Id];
    for (let count = 0; count < 10 && creation.State === 'IN_PROGRESS'; count += 1)
      creation = status.parse(await ask(management, ...request)).CreateAccountStatus;
    expect(creation.State).toBe('SUCCEEDED');
    account = creation.AccountId ?? '';
    expect(account).toMatch(/^[0-9]{12}$/);
  });

  test(
    'its access role makes the role, which the deployer assumes with the external ID alone',
    { timeout: 60_000 },
    async () => {
      const { deployer, management } = sandbox.identities;
      const access = credentialsOf(await assume(management, 'OrganizationAccountAccessRole'));
      await ask(
        access,
        'iam',
        'create-role',
        '--role-name',
        'Deploy',
        '--assume-role-policy-document',
        trustPolicy({ externalId: 'cli-org-1' }),
      );
      const see = policy({ Effect: 'Allow', Action: ['iam:ListAccountAliases', 'sts:AssumeRole'], Resource: '*' });
      await ask(
        access,
        'iam',
        'put-role-policy',
        '--role-name',
        'Deploy',
        '--policy-name',
        'See',
        '--policy-document',
        see,
      );
      expect((await assume(deployer, 'Deploy')).stderr).toContain('(AccessDenied)');
      session = credentialsOf(await assume(deployer, 'Deploy', '--external-id', 'cli-org-1'));
      expect(await ask(session, 'iam', 'list-account-aliases')).toEqual({ AccountAliases: [] });
    },
  );

  test('a chain has an hour', { timeout: 60_000 }, async () => {
    const { management } = sandbox.identities;
    const access = credentialsOf(await assume(management, 'OrganizationAccountAccessRole'));
    const principal = `arn:aws:iam::${account}:role/Deploy`;
    await ask(
      access,
      'iam',
      'create-role',
      '--role-name',
      'Further',
      '--assume-role-policy-document',
      trustPolicy({ principal }),
    );
    const tooLong = await assume(session, 'Further', '--duration-seconds', '3601');
    expect(tooLong.stderr).toContain('exceeds the 1 hour session limit for roles assumed by role chaining');
    const chained = credentialsOf(await assume(session, 'Further'));
    expect(await ask(chained, 'sts', 'get-caller-identity')).toMatchObject({
      Arn: `arn:aws:sts::${account}:assumed-role/Further/cli`,
    });
  });

  test('the state is kept when the sandbox stops, sessions and all', { timeout: 60_000 }, async () => {
    await sandbox.stop();
    sandbox = await start();
    expect(await ask(session, 'iam', 'list-account-aliases')).toEqual({ AccountAliases: [] });
    expect(await ask(sandbox.identities.management, 'organizations', 'describe-organization')).toMatchObject({
      Organization: { MasterAccountId: sandbox.identities.management.accountId },
    });
  });

  test(
    'older sessions are revoked, newer ones are not, and nobody enters a role that is gone',
    { timeout: 90_000 },
    async () => {
      const { deployer, management } = sandbox.identities;
      const access = credentialsOf(await assume(management, 'OrganizationAccountAccessRole'));
      const now = z.object({ Role: z.object({ RoleLastUsed: z.object({ LastUsedDate: z.string() }) }) });
      const { Role } = now.parse(await ask(access, 'iam', 'get-role', '--role-name', 'Deploy'));
      // A second after the session was last opened, by the server's own clock.
      const cutoff = new Date(Date.parse(Role.RoleLastUsed.LastUsedDate) + 1000)
        .toISOString()
        .replace(/\.\d{3}Z$/, 'Z');
      const deny = policy({
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': cutoff } },
      });
      await ask(
        access,
        'iam',
        'put-role-policy',
        '--role-name',
        'Deploy',
        '--policy-name',
        'AWSRevokeOlderSessions',
        '--policy-document',
        deny,
      );
      const old = await run(session, 'iam', 'list-account-aliases');
      expect(old.stderr).toContain('with an explicit deny in an identity-based policy');
      const newer = credentialsOf(await assume(deployer, 'Deploy', '--external-id', 'cli-org-1'));
      expect(await ask(newer, 'iam', 'list-account-aliases')).toEqual({ AccountAliases: [] });
      for (const name of ['See', 'AWSRevokeOlderSessions'])
        await ask(access, 'iam', 'delete-role-policy', '--role-name', 'Deploy', '--policy-name', name);
      await ask(access, 'iam', 'delete-role', '--role-name', 'Deploy');
      expect((await run(newer, 'iam', 'list-account-aliases')).stderr).toContain('(AccessDenied)');
      expect((await assume(deployer, 'Deploy', '--external-id', 'cli-org-1')).stderr).toContain('(AccessDenied)');
    },
  );
});
