import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentials } from '../../main/aws/aws-api';
import { SandboxHttpHandler, type SandboxPort } from '../../main/aws/sandbox-handler';
import { computerNow } from '../../main/platform/computer-time';
import type { ManualClock } from './manual-clock';

function configFor(sandbox: SandboxPort, clock: ManualClock, given: AwsCredentials) {
  const { accessKeyId, secretAccessKey, sessionToken } = given;
  return {
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    maxAttempts: 1,
    requestHandler: new SandboxHttpHandler(sandbox),
    systemClockOffset: clock.now() - computerNow(),
  };
}

/** The bare SDK on the sandbox, for operations that the app itself does not call. */
export function bareIam(sandbox: SandboxPort, clock: ManualClock, credentials: AwsCredentials): IAMClient {
  return new IAMClient(configFor(sandbox, clock, credentials));
}

export function bareSts(sandbox: SandboxPort, clock: ManualClock, credentials: AwsCredentials): STSClient {
  return new STSClient(configFor(sandbox, clock, credentials));
}

export function bareOrganizations(
  sandbox: SandboxPort,
  clock: ManualClock,
  credentials: AwsCredentials,
): OrganizationsClient {
  return new OrganizationsClient(configFor(sandbox, clock, credentials));
}

export function bareS3(
  sandbox: SandboxPort,
  clock: ManualClock,
  credentials: AwsCredentials,
  more: S3ClientConfig = {},
): S3Client {
  return new S3Client({ ...configFor(sandbox, clock, credentials), forcePathStyle: true, ...more });
}

/** The refusal of a bare call as the SDK threw it, with the reason that some exceptions of Organizations give. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined; reason?: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) {
      const metadata = '$metadata' in error ? error.$metadata : undefined;
      const status =
        typeof metadata === 'object' &&
        metadata !== null &&
        'httpStatusCode' in metadata &&
        typeof metadata.httpStatusCode === 'number'
          ? metadata.httpStatusCode
          : undefined;
      const reason = 'Reason' in error && typeof error.Reason === 'string' ? error.Reason : undefined;
      return { name: error.name, message: error.message, status, ...(reason === undefined ? {} : { reason }) };
    }
  }
  throw new Error('Expected a refusal, got an answer');
}
