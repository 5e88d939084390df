import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onlyIdentity, shellLines } from '../../core/render/shell-variables';
import { ok } from '../../core/result';
import { profileFiles } from '../../main/aws/profiles';
import { CredentialsEndpoint } from '../../main/handoff/credentials-endpoint';
import { emptyHandoff, handoffDocumentSchema } from '../../main/handoff/handoff-document';
import { OwnProfiles } from '../../main/handoff/own-profiles';
import { computerNow } from '../../main/platform/computer-time';
import { SystemClock } from '../../main/platform/system-clock';
import type { SessionCredentials } from '../../main/sessions/kept-credentials';
import { MemoryDocument } from '../../main/store/memory-document';
import { HandoffHome, servedAndCounted, type Served } from '../support/handoff-home';
import { hasPrivateKeyring, noKeyringReason } from '../support/keyring';
import { ManualClock } from '../support/manual-clock';
import { must } from '../support/must';
import { bareSts } from '../support/sdk';
import { findPeer, pathAnew, runProgram } from './support';

const electron = process.env['SALLYPORT_ELECTRON'];
const cli = await findPeer('aws-cli for hand-off', 'aws', ['--version'], 'the program “aws” is not there');
const python = await findPeer('boto3 for hand-off', 'python3', ['-c', 'import boto3'], 'boto3 is not there');
const canAsk = hasPrivateKeyring && electron !== undefined;
if (!canAsk) process.stdout.write(`SKIPPED PEER: aws-cli through credential_process: ${noKeyringReason}\n`);

const roleArn = 'arn:aws:sts::222233334444:assumed-role/HandedOn/';
let served: Served;
let credentials: SessionCredentials;
let home: HandoffHome | undefined;

beforeAll(async () => {
  served = await servedAndCounted();
  const sts = bareSts(served.wire, new ManualClock(computerNow()), served.deployer);
  const answer = await sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::222233334444:role/HandedOn',
      RoleSessionName: 'handed-on',
      ExternalId: 'handed-on-external',
    }),
  );
  credentials = {
    accessKeyId: answer.Credentials?.AccessKeyId ?? '',
    secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
    sessionToken: answer.Credentials?.SessionToken ?? '',
    expiration: answer.Credentials?.Expiration?.getTime() ?? 0,
  };
}, 60_000);
afterAll(() => served.close());
afterEach(async () => {
  await home?.remove();
  home = undefined;
});

const clock = new SystemClock();
const atSandbox = () => ({ AWS_ENDPOINT_URL: served.endpoint, AWS_DEFAULT_REGION: 'eu-west-1' });

describe.skipIf(!cli.present || !canAsk)(
  'the AWS CLI with a profile that Sallyport wrote, Sallyport being closed',
  () => {
    it('is who the session is, also when the session had to be renewed for it, and is told when it is over', async () => {
      const mine = new HandoffHome({ renewal: 'automatic', expiresAt: computerNow() - 60_000 });
      home = mine;
      await mine.trust(served);
      const document = new MemoryDocument({
        name: 'handoff',
        schema: handoffDocumentSchema,
        version: 1,
        migrations: [],
        empty: emptyHandoff,
      });
      const profiles = new OwnProfiles({
        clock,
        newId: () => mine.profile.id,
        audit: () => ok(undefined),
        publisher: { changed: () => undefined, send: () => undefined, revision: 0 },
        document,
        files: () => profileFiles({}, mine.home),
        program: {
          platform: process.platform,
          execPath: electron ?? '',
          appFolder: fileURLToPath(new URL('../../dist/test-main', import.meta.url)),
          isRoot: process.getuid?.() === 0,
        },
        findSession: () => mine.session,
        allSessions: () => [mine.session],
      });
      must(profiles.write({ session: mine.session, name: 'tidewater', region: 'eu-west-1' }, false));
      writeFileSync(join(mine.userData, 'aws', 'handoff.json'), JSON.stringify({ version: 1, data: document.read() }));
      const ask = () =>
        runProgram(
          'aws',
          ['sts', 'get-caller-identity', '--profile', 'tidewater', '--query', 'Arn', '--output', 'text'],
          {
            env: {
              ...atSandbox(),
              PATH: pathAnew(),
              HOME: mine.home,
              XDG_CONFIG_HOME: '',
              AWS_CONFIG_FILE: join(mine.home, '.aws', 'config'),
            },
          },
        );
      const first = await ask();
      expect(first, first.stderr).toMatchObject({ status: 0 });
      expect(first.stdout).toContain(roleArn);
      mine.writeSession({ end: { at: computerNow(), how: 'ended-here', wiped: true } });
      const over = await ask();
      expect(over.status).not.toBe(0);
      expect(over.stderr).toContain('was ended in Sallyport');
    }, 60_000);
  },
);

describe.skipIf(!python.present)('boto3 through the endpoint', () => {
  it('is who the session is, and nobody with another token', async () => {
    const endpoint = new CredentialsEndpoint({
      clock,
      credentials: () => Promise.resolve(ok(credentials)),
      onGiven: () => ok(undefined),
      onChange: () => undefined,
    });
    try {
      const { uri, token } = must(await endpoint.start('session'));
      const ask = (authorization: string) =>
        runProgram('python3', ['-c', 'import boto3; print(boto3.client("sts").get_caller_identity()["Arn"])'], {
          env: {
            ...atSandbox(),
            AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
            AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization,
          },
        });
      const mine = await ask(token);
      expect(mine, mine.stderr).toMatchObject({ status: 0 });
      expect(mine.stdout).toContain(roleArn);
      expect(endpoint.view('session')?.requests[0]).toMatchObject({ outcome: 'given' });
      expect(endpoint.view('session')?.requests[0]?.userAgent).toMatch(/python/i);
      expect((await ask('another')).status).not.toBe(0);
    } finally {
      endpoint.stopAll();
    }
  }, 60_000);
});

describe.skipIf(!cli.present)('the AWS CLI in a shell with our lines', () => {
  it('is who the session is, whatever the shell said before', async () => {
    const lines =
      shellLines(
        'bash',
        onlyIdentity({
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_SESSION_TOKEN: credentials.sessionToken,
        }),
      ) ?? '';
    const asked = await runProgram('bash', ['-s'], {
      env: { ...atSandbox(), AWS_PROFILE: 'one-that-is-not-there' },
      input: `${lines}aws sts get-caller-identity --query Arn --output text\n`,
    });
    expect(asked, asked.stderr).toMatchObject({ status: 0 });
    expect(asked.stdout).toContain(roleArn);
  }, 60_000);
});
