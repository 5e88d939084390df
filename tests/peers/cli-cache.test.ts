import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from '../../core/zod';
import type { AwsEnvironment } from '../../main/aws/aws-api';
import { createAws } from '../../main/aws/create-aws';
import { SystemClock } from '../../main/platform/system-clock';
import { cliCacheFolder, removeFromCliCache } from '../../main/revocation/cli-cache';
import { fixed, policy, trustPolicy, valueOf } from '../support/practice';
import { findPeer, pathAnew, runProgram, startServedSandbox, temporaryFolder, type ServedSandbox } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');

const entrySchema = z.looseObject({
  Credentials: z.looseObject({ AccessKeyId: z.string() }),
  AssumedRoleUser: z.looseObject({ Arn: z.string() }),
});

// The cache is the CLI's own: if a later CLI names or writes it otherwise, this is where it shows.
describe.skipIf(!cli.present)('the AWS CLI’s cache of temporary credentials', () => {
  let sandbox: ServedSandbox;
  let home: Awaited<ReturnType<typeof temporaryFolder>>;
  const names = ['Revoked', 'Kept'] as const;
  type Name = (typeof names)[number];
  const roleArn = (name: Name) => `arn:aws:iam::222233334444:role/tools/${name}`;

  const iam = () => {
    const environment: AwsEnvironment = {
      kind: 'aws',
      partition: 'aws',
      region: sandbox.region,
      endpoint: sandbox.endpoint,
    };
    const aws = createAws({ clock: new SystemClock(), version: '0.0.0' });
    return aws.iam(environment, fixed(sandbox.identities.owner));
  };
  const whoAmI = (name: Name) =>
    runProgram('aws', ['sts', 'get-caller-identity', '--profile', name, '--query', 'Arn', '--output', 'text'], {
      env: {
        PATH: pathAnew(),
        HOME: home.path,
        AWS_CONFIG_FILE: join(home.path, '.aws', 'config'),
        AWS_ENDPOINT_URL: sandbox.endpoint,
        AWS_DEFAULT_REGION: sandbox.region,
      },
    });
  const entries = async () => {
    const folder = cliCacheFolder(home.path);
    const files = await readdir(folder);
    return Promise.all(
      files.map(async (file) => {
        const { AssumedRoleUser, Credentials } = entrySchema.parse(
          JSON.parse(await readFile(join(folder, file), 'utf8')),
        );
        return { file, arn: AssumedRoleUser.Arn, accessKeyId: Credentials.AccessKeyId };
      }),
    );
  };
  const entryOf = async (name: Name) => {
    const found = (await entries()).filter(({ arn }) => arn.includes(`:assumed-role/${name}/`));
    expect(found).toHaveLength(1);
    return found[0] ?? { file: '', arn: '', accessKeyId: '' };
  };

  beforeAll(async () => {
    sandbox = await startServedSandbox();
    home = await temporaryFolder();
    const { deployer } = sandbox.identities;
    await mkdir(join(home.path, '.aws'));
    await writeFile(
      join(home.path, '.aws', 'config'),
      [
        '[profile deployer]',
        `aws_access_key_id = ${deployer.accessKeyId}`,
        `aws_secret_access_key = ${deployer.secretAccessKey}`,
        ...names.flatMap((name) => [`[profile ${name}]`, `role_arn = ${roleArn(name)}`, 'source_profile = deployer']),
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
    for (const name of names)
      await valueOf(
        iam().createRole({
          name,
          path: '/tools/',
          description: '',
          trustPolicy: trustPolicy(),
          maxSessionDuration: 3600,
          tags: [],
        }),
      );
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await home.remove();
  });

  test(
    'is filled, used, and emptied of one role, which the CLI has to assume again',
    { timeout: 120_000 },
    async () => {
      for (const name of names)
        expect((await whoAmI(name)).stdout).toMatch(new RegExp(`:assumed-role/${name}/botocore-session-`));
      const [own, kept] = [await entryOf('Revoked'), await entryOf('Kept')];

      // Open as it is, the role is only assumed anew.
      const cleaned = await removeFromCliCache(cliCacheFolder(home.path), {
        roleArn: roleArn('Revoked'),
        accessKeyIds: [own.accessKeyId],
      });
      expect(cleaned).toEqual({ removed: [{ file: own.file, why: 'access-key' }], left: [] });
      expect(await entries()).toEqual([kept]);
      expect((await whoAmI('Revoked')).status).toBe(0);
      const again = await entryOf('Revoked');
      expect(again.file).toBe(own.file);
      expect(again.accessKeyId).not.toBe(own.accessKeyId);

      // Closed, the CLI knows nothing of it until its cache is emptied.
      const closed = policy({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
      await valueOf(iam().updateAssumeRolePolicy('Revoked', closed));
      expect((await whoAmI('Revoked')).status).toBe(0);
      expect(
        await removeFromCliCache(cliCacheFolder(home.path), { roleArn: roleArn('Revoked'), accessKeyIds: [] }),
      ).toEqual({ removed: [{ file: own.file, why: 'role' }], left: [] });
      const refused = await whoAmI('Revoked');
      expect(refused.status).not.toBe(0);
      expect(refused.stderr).toContain('(AccessDenied) when calling the AssumeRole operation');
      expect(await entries()).toEqual([kept]);
      expect((await whoAmI('Kept')).status).toBe(0);
      expect(await entries()).toEqual([kept]);
    },
  );
});
