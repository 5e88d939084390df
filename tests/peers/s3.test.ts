import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  findPeer,
  runProgram,
  startServedSandbox,
  temporaryFolder,
  type Outcome,
  type ServedIdentity,
  type ServedSandbox,
} from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no module “boto3”');
const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');

const absent = (service: string) => `The practice sandbox does not offer the service “${service}”.`;

describe.skipIf(!boto3.present)('boto3 and S3', () => {
  let steps: Readonly<Record<string, unknown>> = {};

  beforeAll(async () => {
    const sandbox = await startServedSandbox();
    try {
      const story = fileURLToPath(new URL('./s3-story.py', import.meta.url));
      const { endpoint, identities, region } = sandbox;
      const outcome = await runProgram('python3', [story], { input: JSON.stringify({ endpoint, identities, region }) });
      if (outcome.status !== 0) throw new Error(outcome.stderr);
      steps = JSON.parse(outcome.stdout) as Readonly<Record<string, unknown>>;
    } finally {
      await sandbox.stop();
    }
  }, 120_000);

  const refused = (code: string, status: number, message?: string) => ({
    code,
    status,
    ...(message === undefined ? {} : { message }),
  });
  const notThere = (service: string, code = 'UnknownOperationException') => ({
    code,
    status: 400,
    message: expect.stringContaining(absent(service)) as unknown,
  });

  test.each<[string, unknown]>([
    ['object', { same: true, metadata: { made: 'boto' }, checksum: true, head: 1024 }],
    ['keys', ['a b/ü+1.bin', 'signed', 'unchecked']],
    ['olderList', ['a b/ü+1.bin', 'signed', 'unchecked']],
    ['noKey', refused('NoSuchKey', 404, 'The specified key does not exist.')],
    ['noBucket', refused('NoSuchBucket', 404, 'The specified bucket does not exist')],
    ['headMissing', refused('404', 404)],
    ['badName', refused('InvalidBucketName', 400)],
    ['taken', refused('BucketAlreadyExists', 409)],
    // boto3 follows to the bucket's own Region.
    ['otherRegion', 'eu-west-1'],
    ['tooLarge', refused('EntityTooLarge', 400)],
    ['multipart', refused('NotImplemented', 501)],
    ['wrongSecret', refused('SignatureDoesNotMatch', 403)],
    ['unknownKey', refused('InvalidAccessKeyId', 403)],
    ['presigned', 'signed'],
    ['presignedPut', 'by url'],
    ['presignedElsewhere', true],
    ['anonymous', { status: 403, denied: true }],
    ['before', refused('AccessDenied', 403, 'Access Denied')],
    ['profileAsPrincipal', refused('MalformedPolicy', 400, 'Invalid principal in policy')],
    ['publicPolicy', refused('AccessDenied', 403)],
    ['after', 'signed'],
    ['listNotNamed', refused('AccessDenied', 403, 'Access Denied')],
    ['listNamed', 4],
    ['shown', true],
    ['ec2', notThere('ec2')],
    ['lambda', notThere('lambda')],
    ['dynamodb', notThere('dynamodb')],
    ['codedeploy', notThere('codedeploy')],
    ['cloudformation', notThere('cloudformation')],
    ['route53', notThere('route53')],
    ['cloudwatch', notThere('monitoring')],
    ['lambdaWrongSecret', refused('InvalidSignatureException', 400)],
    ['cborProtocol', 'smithy-rpc-v2-cbor'],
    ['cbor', notThere('monitoring')],
  ])('%s', (step, expected) => {
    if (typeof expected === 'object' && !Array.isArray(expected))
      expect({ step: steps[step] }).toMatchObject({ step: expected });
    else expect(steps[step]).toEqual(expected);
  });

  test('every refusal has a request id', () => {
    const refusals = Object.values(steps).filter((step) => typeof step === 'object' && step !== null && 'code' in step);
    expect(refusals.length).toBeGreaterThan(20);
    for (const refusal of refusals)
      expect(refusal).toHaveProperty('requestId', expect.stringMatching(/^(?:[0-9A-F]{16}|[0-9a-f-]{36})$/));
  });
});

describe.skipIf(!cli.present)('the AWS CLI and S3', () => {
  let sandbox: ServedSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const bucket = 'cli-revisions';

  const aws = (as: ServedIdentity, ...parameters: readonly string[]): Promise<Outcome> =>
    runProgram('aws', parameters, { env: sandbox.environmentOf(as) });
  const owner = (...parameters: readonly string[]) => aws(sandbox.identities.owner, ...parameters);

  beforeAll(async () => {
    sandbox = await startServedSandbox();
    folder = await temporaryFolder();
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  test('makes a bucket, copies a folder to it and back, lists and empties it', async () => {
    const unspecified = await owner('s3api', 'create-bucket', '--bucket', bucket);
    expect(unspecified.stderr).toContain(
      '(IllegalLocationConstraintException) when calling the CreateBucket operation: The unspecified location constraint is incompatible',
    );
    expect((await owner('s3', 'mb', `s3://${bucket}`)).stdout).toContain(`make_bucket: ${bucket}`);
    const here = join(folder.path, 'app.txt');
    await writeFile(here, 'a revision\n');
    expect(await owner('s3', 'cp', here, `s3://${bucket}/dir/app.txt`)).toMatchObject({ status: 0, stderr: '' });
    const listed = await owner('s3', 'ls', `s3://${bucket}/`);
    expect(listed.stdout.trim()).toBe('PRE dir/');
    expect((await owner('s3', 'ls', `s3://${bucket}/dir/`)).stdout).toMatch(/ 11 app\.txt$/m);
    expect((await owner('s3', 'ls')).stdout).toContain(bucket);
    const back = join(folder.path, 'back.txt');
    expect(await owner('s3', 'cp', `s3://${bucket}/dir/app.txt`, back)).toMatchObject({ status: 0, stderr: '' });
    expect(await readFile(back, 'utf8')).toBe('a revision\n');
    expect((await owner('s3', 'rb', '--force', `s3://${bucket}`)).stdout).toContain(`remove_bucket: ${bucket}`);
    expect((await owner('s3', 'ls', `s3://${bucket}`)).stderr).toContain('NoSuchBucket');
  }, 120_000);

  test('is told in the sandbox’s name what is too large', async () => {
    await owner('s3', 'mb', 's3://cli-large');
    const large = join(folder.path, 'large.bin');
    await writeFile(large, new Uint8Array(3_000_000));
    expect((await owner('s3', 'cp', large, 's3://cli-large/')).stderr).toContain(
      'the practice sandbox keeps objects of',
    );
    // From eight megabytes on the program sends parts.
    await writeFile(large, new Uint8Array(9_000_000));
    expect((await owner('s3', 'cp', large, 's3://cli-large/')).stderr).toContain('The practice sandbox does not offer');
  }, 120_000);

  test('puts and gets policy and public access block', async () => {
    const name = 'cli-policies';
    await owner('s3', 'mb', `s3://${name}`);
    const document = (principal: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::${name}/*`,
          },
        ],
      });
    const put = (principal: string) =>
      owner('s3api', 'put-bucket-policy', '--bucket', name, '--policy', document(principal));
    expect((await put('arn:aws:iam::111122223333:instance-profile/Any')).stderr).toContain(
      'An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Invalid principal in policy',
    );
    expect((await put('*')).stderr).toContain('BlockPublicPolicy setting in S3 Block Public Access');
    expect((await put('111122223333')).status).toBe(0);
    const shown = await owner('s3api', 'get-bucket-policy', '--bucket', name, '--query', 'Policy', '--output', 'text');
    expect(shown.stdout.trim()).toBe(document('arn:aws:iam::111122223333:root'));
    const block = await owner('s3api', 'get-public-access-block', '--bucket', name, '--output', 'json');
    expect(JSON.parse(block.stdout)).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  }, 120_000);

  test.each([
    ['ec2', ['ec2', 'describe-instances']],
    ['lambda', ['lambda', 'list-functions']],
    ['dynamodb', ['dynamodb', 'list-tables']],
    ['cloudformation', ['cloudformation', 'list-stacks']],
    ['route53', ['route53', 'list-hosted-zones']],
    ['monitoring', ['cloudwatch', 'list-metrics']],
  ])('reads the sandbox’s sentence where the service %s is not there', async (service, parameters) => {
    const { status, stderr } = await owner(...parameters);
    expect(status).not.toBe(0);
    expect(stderr).toContain(absent(service));
  });
});
