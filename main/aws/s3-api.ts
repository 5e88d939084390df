import type * as sdkModule from '@aws-sdk/client-s3';
import type { HttpHandlerOptions, MetadataBearer } from '@smithy/types';
import type { AwsEnvironment, AwsResult, CallOptions, CredentialsProvider, S3Api } from './aws-api';
import type { Clients } from './clients';
import type { AwsOperation } from './error-words';
import type { Performer } from './perform';
import { required } from './required';

const reading = (name: string): AwsOperation => ({ name, changes: false });
const changing = (name: string): AwsOperation => ({ name, changes: true });
const nothing = (): undefined => undefined;

/** Buckets and what belongs to them. The SDK's S3 client is loaded by the first call. */
export function createS3Api(
  clients: Clients,
  perform: Performer,
  environment: AwsEnvironment,
  credentials: CredentialsProvider,
): S3Api {
  const ask = <Output extends MetadataBearer, T>(
    operation: AwsOperation,
    options: CallOptions | undefined,
    send: (client: sdkModule.S3Client, sdk: typeof sdkModule, http: HttpHandlerOptions) => Promise<Output>,
    read: (output: Output) => T,
  ): AwsResult<T> =>
    perform(
      operation,
      credentials,
      options,
      () => clients.s3(environment, credentials),
      async (client, http) => send(client, await import('@aws-sdk/client-s3'), http),
      read,
    );
  return {
    listBuckets: (options) =>
      ask(
        reading('ListBuckets'),
        options,
        (s3, sdk, http) => s3.send(new sdk.ListBucketsCommand({}), http),
        ({ Buckets: buckets = [] }) => buckets.map(({ Name }) => required(Name, 'Name')),
      ),
    createBucket: (Bucket, region, options) =>
      ask(
        changing('CreateBucket'),
        options,
        (s3, sdk, http) =>
          s3.send(
            new sdk.CreateBucketCommand({
              Bucket,
              // us-east-1 is where there is no constraint, and naming it is refused (API reference, CreateBucket).
              ...(region === 'us-east-1'
                ? {}
                : {
                    CreateBucketConfiguration: { LocationConstraint: region as sdkModule.BucketLocationConstraint },
                  }),
            }),
            http,
          ),
        nothing,
      ),
    deleteBucket: (Bucket, options) =>
      ask(
        changing('DeleteBucket'),
        options,
        (s3, sdk, http) => s3.send(new sdk.DeleteBucketCommand({ Bucket }), http),
        nothing,
      ),
    getBucketTags: (Bucket, options) =>
      ask(
        reading('GetBucketTagging'),
        options,
        (s3, sdk, http) => s3.send(new sdk.GetBucketTaggingCommand({ Bucket }), http),
        ({ TagSet }) => (TagSet ?? []).map(({ Key, Value }) => ({ key: Key ?? '', value: Value ?? '' })),
      ),
    putBucketTags: (Bucket, tags, options) =>
      ask(
        changing('PutBucketTagging'),
        options,
        (s3, sdk, http) =>
          s3.send(
            new sdk.PutBucketTaggingCommand({
              Bucket,
              Tagging: { TagSet: tags.map(({ key, value }) => ({ Key: key, Value: value })) },
            }),
            http,
          ),
        nothing,
      ),
    blockPublicAccess: (Bucket, options) =>
      ask(
        changing('PutPublicAccessBlock'),
        options,
        (s3, sdk, http) =>
          s3.send(
            new sdk.PutPublicAccessBlockCommand({
              Bucket,
              PublicAccessBlockConfiguration: {
                BlockPublicAcls: true,
                IgnorePublicAcls: true,
                BlockPublicPolicy: true,
                RestrictPublicBuckets: true,
              },
            }),
            http,
          ),
        nothing,
      ),
    keepVersions: (Bucket, options) =>
      ask(
        changing('PutBucketVersioning'),
        options,
        (s3, sdk, http) =>
          s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }), http),
        nothing,
      ),
    getBucketPolicy: (Bucket, options) =>
      ask(
        reading('GetBucketPolicy'),
        options,
        (s3, sdk, http) => s3.send(new sdk.GetBucketPolicyCommand({ Bucket }), http),
        ({ Policy }) => required(Policy, 'Policy'),
      ),
    putBucketPolicy: (Bucket, Policy, options) =>
      ask(
        changing('PutBucketPolicy'),
        options,
        (s3, sdk, http) => s3.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy }), http),
        nothing,
      ),
    deleteBucketPolicy: (Bucket, options) =>
      ask(
        changing('DeleteBucketPolicy'),
        options,
        (s3, sdk, http) => s3.send(new sdk.DeleteBucketPolicyCommand({ Bucket }), http),
        nothing,
      ),
  };
}
