import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from '../../core/zod';
import { createAws } from '../../main/aws/create-aws';
import { computerNow } from '../../main/platform/computer-time';
import { createSandbox } from '../../main/sandbox/sandbox';
import { serveSandbox } from '../../main/sandbox/server';
import { ManualClock } from '../support/manual-clock';
import { fixed, sandboxEnvironment, testSigningKey, trustPolicy, valueOf } from '../support/practice';
import { findPeer, runProgram, startServedSandbox, temporaryFolder, type Outcome, type ServedSandbox } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');

const identitySchema = z.object({ UserId: z.string(), Account: z.string(), Arn: z.string() });
const roleSchema = z.object({
  Role: z.object({
    Arn: z.string(),
    RoleId: z.string(),
    AssumeRolePolicyDocument: z.looseObject({ Version: z.string() }),
  }),
});
const sessionSchema = z.object({
  Credentials: z.object({
    AccessKeyId: z.string(),
    SecretAccessKey: z.string(),
    SessionToken: z.string(),
    Expiration: z.string(),
  }),
  AssumedRoleUser: z.object({ AssumedRoleId: z.string(), Arn: z.string() }),
});

type Credentials = Parameters<ServedSandbox['environmentOf']>[0];

describe.skipIf(!cli.present)('the AWS CLI against `npm run sandbox`', () => {
  let sandbox: ServedSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let session: Credentials | undefined;
  const arn = 'arn:aws:iam::222233334444:role/cli/CliRole';

  const aws = (as: Credentials, ...parameters: readonly string[]): Promise<Outcome> =>
    runProgram('aws', [...parameters, '--output', 'json'], { env: sandbox.environmentOf(as) });
  const assume = (...more: readonly string[]) =>
    aws(
      sandbox.identities.deployer,
      'sts',
      'assume-role',
      '--role-arn',
      arn,
      '--role-session-name',
      'from-cli',
      ...more,
    );

  beforeAll(async () => {
    sandbox = await startServedSandbox();
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'trust.json'), trustPolicy({ externalId: 'cli-external-1' }));
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  test('prints where it is and who there is to be', () => {
    expect(sandbox.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.region).toBe('eu-west-1');
    const { deployer, management, owner } = sandbox.identities;
    expect([deployer.accountId, owner.accountId, management.accountId]).toEqual([
      '111122223333',
      '222233334444',
      '333344445555',
    ]);
    for (const identity of [deployer, owner, management]) {
      expect(identity.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
      expect(identity.secretAccessKey).toHaveLength(40);
    }
  });

  test('get-caller-identity', async () => {
    const outcome = await aws(sandbox.identities.deployer, 'sts', 'get-caller-identity');
    expect(outcome.stderr).toBe('');
    expect(identitySchema.parse(JSON.parse(outcome.stdout))).toMatchObject({
      Account: '111122223333',
      Arn: sandbox.identities.deployer.arn,
    });
  });

  test('get-caller-identity with a wrong secret', async () => {
    const outcome = await aws(
      { ...sandbox.identities.deployer, secretAccessKey: 'a'.repeat(40) },
      'sts',
      'get-caller-identity',
    );
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toContain('(SignatureDoesNotMatch)');
  });

  test('create-role', async () => {
    const parameters = [
      '--role-name',
      'CliRole',
      '--path',
      '/cli/',
      '--assume-role-policy-document',
      `file://${join(folder.path, 'trust.json')}`,
    ];
    const outcome = await aws(
      sandbox.identities.owner,
      'iam',
      'create-role',
      ...parameters,
      '--tags',
      'Key=MadeBy,Value=the CLI + a test',
    );
    expect(outcome.stderr).toBe('');
    const { Role } = roleSchema.parse(JSON.parse(outcome.stdout));
    expect(Role.Arn).toBe(arn);
    expect(Role.AssumeRolePolicyDocument).toEqual(JSON.parse(trustPolicy({ externalId: 'cli-external-1' })));
  });

  test('assume-role with the external ID', async () => {
    const outcome = await assume('--external-id', 'cli-external-1', '--duration-seconds', '900');
    expect(outcome.stderr).toBe('');
    const { AssumedRoleUser, Credentials } = sessionSchema.parse(JSON.parse(outcome.stdout));
    expect(AssumedRoleUser.Arn).toBe('arn:aws:sts::222233334444:assumed-role/CliRole/from-cli');
    session = {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    };
    const who = await aws(session, 'sts', 'get-caller-identity');
    expect(identitySchema.parse(JSON.parse(who.stdout)).Arn).toBe(AssumedRoleUser.Arn);
  });

  test('assume-role without the external ID, and with a wrong one', async () => {
    for (const more of [[], ['--external-id', 'cli-external-2']]) {
      const outcome = await assume(...more);
      expect(outcome.status).not.toBe(0);
      expect(outcome.stderr).toContain(
        `An error occurred (AccessDenied) when calling the AssumeRole operation: User: ${sandbox.identities.deployer.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      );
    }
  });

  test('the session may do nothing that its role does not allow', async () => {
    if (session === undefined) throw new Error('there is no session');
    const outcome = await aws(session, 'iam', 'list-account-aliases');
    expect(outcome.stderr).toContain('because no identity-based policy allows the iam:ListAccountAliases action');
  });

  test('delete-role waits for its policies', async () => {
    const { owner } = sandbox.identities;
    const policy = ['--role-name', 'CliRole', '--policy-arn', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'];
    expect((await aws(owner, 'iam', 'attach-role-policy', ...policy)).status).toBe(0);
    const refused = await aws(owner, 'iam', 'delete-role', '--role-name', 'CliRole');
    expect(refused.stderr).toContain('(DeleteConflict)');
    expect((await aws(owner, 'iam', 'detach-role-policy', ...policy)).status).toBe(0);
    expect(await aws(owner, 'iam', 'delete-role', '--role-name', 'CliRole')).toMatchObject({ status: 0, stderr: '' });
    expect((await aws(owner, 'iam', 'get-role', '--role-name', 'CliRole')).stderr).toContain('(NoSuchEntity)');
  });

  test('a session that has ended', async () => {
    // Opened in process a quarter of an hour ago, and served now: the CLI signs with this computer's time.
    const clock = new ManualClock(computerNow() - 1_000_000);
    const past = createSandbox({ clock, signingKey: testSigningKey });
    const aws = createAws({ clock, sandbox: past, version: '0.0.0' });
    const owner = aws.iam(sandboxEnvironment, fixed(past.identities.owner));
    const role = {
      name: 'Past',
      path: '/',
      description: '',
      trustPolicy: trustPolicy(),
      maxSessionDuration: 3600,
      tags: [],
    };
    const { arn: roleArn } = await valueOf(owner.createRole(role));
    const input = { roleArn, sessionName: 'past', durationSeconds: 900 };
    const { credentials } = await valueOf(
      aws.sts(sandboxEnvironment, fixed(past.identities.deployer)).assumeRole(input),
    );
    clock.advance(1_000_000);
    const server = await serveSandbox(past, 0);
    try {
      const env = { ...sandbox.environmentOf(credentials), AWS_ENDPOINT_URL: server.endpoint };
      const outcome = await runProgram('aws', ['sts', 'get-caller-identity'], { env });
      expect(outcome.stderr).toContain('(ExpiredToken)');
      expect(outcome.stderr).toContain('The security token included in the request is expired');
    } finally {
      await server.close();
    }
  });

  test('a service that is not there names the sandbox', async () => {
    const outcome = await aws(sandbox.identities.owner, 'ec2', 'describe-regions');
    expect(outcome.status).not.toBe(0);
    expect(outcome.stderr).toContain('practice sandbox');
  });
});
