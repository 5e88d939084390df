import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { findPeer, runProgram, startServedSandbox } from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no module “boto3”');

describe.skipIf(!boto3.present)('boto3 against `npm run sandbox`', () => {
  let steps: Readonly<Record<string, unknown>> = {};

  beforeAll(async () => {
    const sandbox = await startServedSandbox();
    try {
      const story = fileURLToPath(new URL('./boto3-story.py', import.meta.url));
      const { endpoint, identities, region } = sandbox;
      const outcome = await runProgram('python3', [story], { input: JSON.stringify({ endpoint, identities, region }) });
      if (outcome.status !== 0) throw new Error(outcome.stderr);
      steps = JSON.parse(outcome.stdout) as Readonly<Record<string, unknown>>;
    } finally {
      await sandbox.stop();
    }
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

  test('every refusal has a request id', () => {
    const refusals = Object.values(steps).filter((step) => typeof step === 'object' && step !== null && 'code' in step);
    expect(refusals.length).toBeGreaterThan(10);
    for (const refusal of refusals)
      expect(refusal).toHaveProperty('requestId', expect.stringMatching(/^[0-9a-f-]{36}$/));
  });
});
