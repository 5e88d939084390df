import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAws } from '../../main/aws/create-aws';
import { computerNow } from '../../main/platform/computer-time';
import { createSandbox } from '../../main/sandbox/sandbox';
import { serveSandbox } from '../../main/sandbox/server';
import { ManualClock } from '../support/manual-clock';
import { fixed, sandboxEnvironment, testSigningKey, trustPolicy, valueOf } from '../support/practice';
import { findPeer, runProgram, startServedSandbox } from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no module “boto3”');

type Steps = Readonly<Record<string, unknown>>;

/** What each step of a program gave, run against a sandbox of its own. */
async function tell(program: string, ...options: readonly string[]): Promise<Steps> {
  const sandbox = await startServedSandbox(...options);
  try {
    const story = fileURLToPath(new URL(program, import.meta.url));
    const { endpoint, identities, region } = sandbox;
    const outcome = await runProgram('python3', [story], { input: JSON.stringify({ endpoint, identities, region }) });
    if (outcome.status !== 0) throw new Error(outcome.stderr);
    return JSON.parse(outcome.stdout) as Steps;
  } finally {
    await sandbox.stop();
  }
}

describe.skipIf(!boto3.present)('boto3 against `npm run sandbox`', () => {
  let steps: Steps = {};

  beforeAll(async () => {
    steps = await tell('./boto3-story.py');
  }, 120_000);

  const role = 'arn:aws:iam::222233334444:role/BotoRole';
  const session = 'arn:aws:sts::222233334444:assumed-role/BotoRole/from-boto';
  const denied = {
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:iam::111122223333:user/practice-deployer is not authorized to perform: sts:AssumeRole on resource: ${role}`,
  };

  test.each<[string, unknown]>([
    ['identity', 'arn:aws:iam::111122223333:user/practice-deployer'],
    ['wrongSecret', { code: 'SignatureDoesNotMatch', status: 403 }],
    ['unknownKey', { code: 'InvalidClientTokenId', status: 403 }],
    ['role', { arn: role, trustIsTheSame: true, createDateIsDate: true }],
    ['twice', { code: 'EntityAlreadyExists', status: 409 }],
    ['deniedToDeployer', { code: 'AccessDenied', status: 403 }],
    ['withoutExternalId', denied],
    ['wrongExternalId', denied],
    ['missingRole', { ...denied, message: `${denied.message}x` }],
    [
      'tooLong',
      {
        code: 'ValidationError',
        status: 400,
        message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      },
    ],
    ['session', { seconds: 900, arn: session, seesItself: session }],
    ['withoutToken', { code: 'InvalidClientTokenId', status: 403 }],
    ['worksUnderDeny', session],
    ['aliases', ['practice-production']],
    ['revoked', { code: 'AccessDenied', status: 403 }],
    ['conflict', { code: 'DeleteConflict', status: 409 }],
    ['deleted', { code: 'NoSuchEntity', status: 404 }],
    ['afterDeletion', { code: 'AccessDenied', status: 403 }],
  ])('%s', (step, expected) => {
    expect({ step: steps[step] }).toMatchObject({ step: expected });
  });

  test('a session that has ended', async () => {
    // Opened in process a quarter of an hour ago, and served now: boto3 signs with this computer's time.
    const clock = new ManualClock(computerNow() - 1_000_000);
    const past = createSandbox({ clock, signingKey: testSigningKey });
    const aws = createAws({ clock, sandbox: past, version: '0.0.0' });
    const { arn: roleArn } = await valueOf(
      aws.iam(sandboxEnvironment, fixed(past.identities.owner)).createRole({
        name: 'Past',
        path: '/',
        description: '',
        trustPolicy: trustPolicy(),
        maxSessionDuration: 3600,
        tags: [],
      }),
    );
    const { credentials } = await valueOf(
      aws
        .sts(sandboxEnvironment, fixed(past.identities.deployer))
        .assumeRole({ roleArn, sessionName: 'past', durationSeconds: 900 }),
    );
    clock.advance(1_000_000);
    const server = await serveSandbox(past, 0);
    try {
      const outcome = await runProgram('python3', ['-c', 'import boto3; boto3.client("sts").get_caller_identity()'], {
        env: {
          AWS_ENDPOINT_URL: server.endpoint,
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_SESSION_TOKEN: credentials.sessionToken,
        },
      });
      expect(outcome.status).toBe(1);
      expect(outcome.stderr).toContain('(ExpiredToken)');
    } finally {
      await server.close();
    }
  });

  test('every refusal has a request id', () => {
    const refusals = Object.values(steps).filter((step) => typeof step === 'object' && step !== null && 'code' in step);
    expect(refusals.length).toBeGreaterThan(10);
    for (const refusal of refusals)
      expect(refusal).toHaveProperty('requestId', expect.stringMatching(/^[0-9a-f-]{36}$/));
  });
});

describe.skipIf(!boto3.present)('boto3 against `npm run sandbox -- --scenario organization`', () => {
  let steps: Steps = {};

  beforeAll(async () => {
    steps = await tell('./boto3-organization.py', '--scenario', 'organization');
  }, 120_000);

  const generic = expect.stringMatching(
    /^User: arn:aws:iam::111122223333:user\/practice-deployer is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::[0-9]{12}:role\/DeployAccess$/,
  ) as string;

  test.each<[string, unknown]>([
    ['none', { code: 'AWSOrganizationsNotInUseException' }],
    ['organization', expect.stringMatching(/^o-[a-z0-9]{10}$/)],
    ['asked', 'IN_PROGRESS'],
    ['created', 'SUCCEEDED'],
    ['unit', true],
    ['accounts', 1],
    ['withoutExternalId', { code: 'AccessDenied', message: generic }],
    ['wrongExternalId', { code: 'AccessDenied', message: generic }],
    ['works', []],
    ['chained', 'assumed-role/Further/chained'],
    [
      'chainTooLong',
      {
        code: 'ValidationError',
        message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      },
    ],
    [
      'underServiceControl',
      {
        code: 'AccessDenied',
        message: expect.stringContaining('with an explicit deny in a service control policy') as string,
      },
    ],
    ['afterServiceControl', []],
    [
      'olderRevoked',
      {
        code: 'AccessDenied',
        message: expect.stringContaining('with an explicit deny in an identity-based policy') as string,
      },
    ],
    ['newerWorks', []],
    ['oldCredentials', { code: 'AccessDenied' }],
    ['noMore', { code: 'AccessDenied', message: generic }],
    ['closing', 'PENDING_CLOSURE'],
  ])('%s', (step, expected) => {
    expect({ step: steps[step] }).toMatchObject({ step: expected });
  });
});
