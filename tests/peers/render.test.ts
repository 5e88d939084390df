import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPlan } from '../../core/render/render-plan';
import { externalId, onboardingId, planOf, renderedRecipes, targetAccount } from './render-support';
import { findPeer, runProgram, startServedSandbox, temporaryFolder, type Outcome, type ServedSandbox } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');
const bash = await findPeer('bash', 'bash', ['--version'], 'the program “bash” is not there');

type Credentials = Parameters<ServedSandbox['environmentOf']>[0];

describe.skipIf(!cli.present || !bash.present)(
  'the bash script, run by bash and the AWS CLI against `npm run sandbox`',
  () => {
    let sandbox: ServedSandbox;
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;

    beforeAll(async () => {
      sandbox = await startServedSandbox();
      folder = await temporaryFolder();
    }, 120_000);
    afterAll(async () => {
      await sandbox.stop();
      await folder.remove();
    });

    const identityOf = (accountId: string): Credentials =>
      accountId === targetAccount ? sandbox.identities.owner : sandbox.identities.deployer;
    const script = (path: string, as: Credentials, ...more: readonly string[]): Promise<Outcome> =>
      runProgram('bash', [path, ...more], { env: { ...sandbox.environmentOf(as), HOME: folder.path } });
    const aws = (as: Credentials, ...parameters: readonly string[]): Promise<Outcome> =>
      runProgram('aws', [...parameters, '--output', 'json'], { env: sandbox.environmentOf(as) });
    const asked = async (as: Credentials, ...parameters: readonly string[]): Promise<unknown> => {
      const outcome = await aws(as, ...parameters);
      expect(outcome.stderr).toBe('');
      return JSON.parse(outcome.stdout);
    };
    /** Everything in an account that a plan could have made, as one text. */
    const whatIsThere = async (accountId: string): Promise<string> => {
      const iam = [['list-roles'], ['list-users'], ['list-groups'], ['list-policies', '--scope', 'Local']];
      const lists = await Promise.all(
        [
          ...(accountId === targetAccount ? iam.map((parameters) => ['iam', ...parameters]) : []),
          ['s3api', 'list-buckets', '--query', 'Buckets[].Name'],
        ].map((parameters) => asked(identityOf(accountId), ...parameters)),
      );
      return JSON.stringify(lists);
    };

    // One with the bucket in the target account makes nothing that the others do not.
    const run = renderedRecipes.filter(
      ([, parameters]) => !('bucketSide' in parameters && parameters.bucketSide === 'target'),
    );
    test.each(run)(
      '%s %j: made, made again, entered, taken back',
      async (recipeId, parameters) => {
        const { plan } = planOf(recipeId, parameters);
        const { files } = renderPlan(plan, 'bash');
        const before = await Promise.all(files.map(({ accountId }) => whatIsThere(accountId)));
        const paths = files.map(({ accountId, name }) => ({
          path: join(folder.path, name),
          as: identityOf(accountId),
        }));
        await Promise.all(files.map(({ text }, index) => writeFile(paths[index]?.path ?? '', text)));
        const keyFile = join(folder.path, `sallyport-ZappaDeploy-${targetAccount}-access-key.json`);

        if (plan.steps.some(({ kind }) => kind === 'create-access-key')) {
          // Broken off before the key, because a file of its name is there.
          await writeFile(keyFile, 'mine');
          const stopped = await script(paths[0]?.path ?? '', sandbox.identities.owner);
          expect(stopped.status).toBe(1);
          expect(stopped.stderr).toContain(`${keyFile} is there already`);
          expect(await readFile(keyFile, 'utf8')).toBe('mine');
          await rm(keyFile);
        }
        const firstOutput: string[] = [];
        for (const { path, as } of paths) {
          const first = await script(path, as);
          expect(first).toMatchObject({ status: 0, stderr: '' });
          expect(first.stdout).toContain(`bash ${path} --undo`);
          firstOutput.push(first.stdout);
        }
        for (const { path, as } of paths) {
          const second = await script(path, as);
          expect(second).toMatchObject({ status: 0, stderr: '' });
          expect(second.stdout).toMatch(/: is there\n/);
          expect(second.stdout).not.toMatch(/: create-/);
        }

        for (const step of plan.steps) {
          const as = identityOf(step.accountId ?? targetAccount);
          if (step.kind === 'create-role') {
            expect(await asked(as, 'iam', 'get-role', '--role-name', step.roleName)).toMatchObject({
              Role: {
                Path: step.path,
                Description: step.description,
                MaxSessionDuration: step.maxSessionDuration,
                AssumeRolePolicyDocument: JSON.parse(step.trustPolicy) as unknown,
              },
            });
          } else if (step.kind === 'put-bucket-policy') {
            // S3 gives it back without blanks.
            const read = await asked(as, 's3api', 'get-bucket-policy', '--bucket', step.bucket);
            expect(JSON.parse((read as { Policy: string }).Policy)).toEqual(JSON.parse(step.document));
          } else if (step.kind === 'create-access-key') {
            expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
            const key = JSON.parse(await readFile(keyFile, 'utf8')) as {
              AccessKey: { AccessKeyId: string; SecretAccessKey: string };
            };
            expect(key.AccessKey.SecretAccessKey).toHaveLength(40);
            expect(firstOutput.join()).not.toContain(key.AccessKey.SecretAccessKey);
            const secret = { accessKeyId: key.AccessKey.AccessKeyId, secretAccessKey: key.AccessKey.SecretAccessKey };
            expect(await asked(secret, 'sts', 'get-caller-identity')).toMatchObject({
              Arn: `arn:aws:iam::${targetAccount}:user/${step.userName}`,
            });
          }
        }

        const assume = ['sts', 'assume-role', '--role-arn', plan.roleArn, '--role-session-name', 'rendered'];
        const { deployer } = sandbox.identities;
        expect(await asked(deployer, ...assume, '--external-id', externalId)).toHaveProperty('Credentials');
        expect((await aws(deployer, ...assume)).stderr).toContain('AccessDenied');

        for (const { path, as } of [...paths].reverse()) {
          expect(await script(path, as, '--undo')).toMatchObject({ status: 0, stderr: '' });
        }
        expect(await Promise.all(files.map(({ accountId }) => whatIsThere(accountId)))).toEqual(before);
        for (const step of plan.steps) {
          if (step.kind !== 'create-instance-profile') continue;
          const profile = ['iam', 'get-instance-profile', '--instance-profile-name', step.profileName];
          expect((await aws(sandbox.identities.owner, ...profile)).stderr).toContain('NoSuchEntity');
        }
      },
      400_000,
    );

    const written = async (recipeId: string, parameters: Readonly<Record<string, string>>) => {
      const [file] = renderPlan(planOf(recipeId, parameters).plan, 'bash').files;
      const path = join(folder.path, `one-${file?.name ?? ''}`);
      await writeFile(path, file?.text ?? '');
      return path;
    };

    test('a stranger’s role of that name stops it before anything is made', async () => {
      const path = await written('zappa', { makeUser: 'yes', bucket: 'zappa-code-stranger' });
      const { owner } = sandbox.identities;
      const trust = join(folder.path, 'stranger.json');
      const [role] = planOf('zappa', {}).plan.steps.filter((step) => step.kind === 'create-role');
      await writeFile(trust, role?.trustPolicy ?? '');
      await asked(
        owner,
        ...['iam', 'create-role', '--role-name', 'ZappaDjangoRole', '--assume-role-policy-document', `file://${trust}`],
        ...['--tags', 'Key=OnboardingId,Value=another'],
      );
      const before = await whatIsThere(targetAccount);
      const outcome = await script(path, owner);
      expect(outcome.status).toBe(1);
      expect(outcome.stderr).toContain(`does not carry OnboardingId=${onboardingId}`);
      expect(await whatIsThere(targetAccount)).toBe(before);
      const undone = await script(path, owner, '--undo');
      expect(undone.stdout).toContain('Role ZappaDjangoRole: does not carry');
      expect(await whatIsThere(targetAccount)).toBe(before);
      await aws(owner, 'iam', 'delete-role', '--role-name', 'ZappaDjangoRole');
    });

    test('credentials of another account are refused', async () => {
      const path = await written('deployment-service', {});
      const outcome = await script(path, sandbox.identities.deployer);
      expect(outcome.status).toBe(1);
      expect(outcome.stderr).toContain('belong to account 111122223333, and this script is for account 222233334444');
    });

    test('another policy of a bucket that was there before is left alone', async () => {
      const { deployer } = sandbox.identities;
      const bucket = 'revisions-render-there';
      const parameters = { bucketSide: 'trusted', bucket, makeBucket: 'no' };
      const [target, trusted] = renderPlan(planOf('cross-account-codedeploy', parameters).plan, 'bash').files;
      const paths = [target, trusted].map((file) => join(folder.path, `there-${file?.name ?? ''}`));
      await writeFile(paths[0] ?? '', target?.text ?? '');
      await writeFile(paths[1] ?? '', trusted?.text ?? '');
      const environment = ['--region', 'eu-west-1'];
      const location = ['--create-bucket-configuration', 'LocationConstraint=eu-west-1'];
      await asked(deployer, 's3api', 'create-bucket', '--bucket', bucket, ...location, ...environment);
      expect(await script(paths[0] ?? '', sandbox.identities.owner)).toMatchObject({ status: 0, stderr: '' });

      expect(await script(paths[1] ?? '', deployer)).toMatchObject({ status: 0, stderr: '' });
      expect(await script(paths[1] ?? '', deployer)).toMatchObject({ status: 0, stderr: '' });
      expect(await script(paths[1] ?? '', deployer, '--undo')).toMatchObject({ status: 0, stderr: '' });
      expect((await aws(deployer, 's3api', 'get-bucket-policy', '--bucket', bucket)).stderr).toContain(
        'NoSuchBucketPolicy',
      );

      const other = join(folder.path, 'other-policy.json');
      const statement = {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/no`,
      };
      await writeFile(other, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
      await aws(deployer, 's3api', 'put-bucket-policy', '--bucket', bucket, '--policy', `file://${other}`);
      const stopped = await script(paths[1] ?? '', deployer);
      expect(stopped.status).toBe(1);
      expect(stopped.stderr).toContain('the bucket has another policy, which was not touched');
      expect((await script(paths[1] ?? '', deployer, '--undo')).status).toBe(1);
      expect(await asked(deployer, 's3api', 'get-bucket-policy', '--bucket', bucket)).toEqual({
        Policy: await readFile(other, 'utf8'),
      });
      await script(paths[0] ?? '', sandbox.identities.owner, '--undo');
    });
  },
);
