import type { BucketRecord } from '../bucket-record';
import { bodyText, type AwsRefusal } from '../http';
import { childText } from '../read-xml';
import {
  authorizeOwn,
  authorizeS3,
  bucketArn,
  canonicalId,
  findBucket,
  invalidArgument,
  notOffered,
  s3Refusal,
  s3Time,
  xmlBody,
  type S3Answer,
  type S3Call,
  type S3Operation,
} from './s3-shared';

/** The sandbox's own limit, in all accounts together. */
const mostBuckets = 200;
const firstRegion = 'us-east-1';

/** AWS's rules for names (Amazon S3 User Guide, "General purpose bucket naming rules"). */
function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) &&
    !/^(?:xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}

/** The Region asked for; `undefined` for none, which stands for that of the endpoint. */
function locationAsked(call: S3Call): string | undefined {
  if (bodyText(call.request).trim() === '') return undefined;
  const configuration = xmlBody(call, 'CreateBucketConfiguration');
  for (const { name } of configuration.children)
    if (name !== 'LocationConstraint') throw notOffered(`“${name}” in CreateBucket`);
  const location = childText(configuration, 'LocationConstraint');
  if (location === undefined || location === '') return undefined;
  // "EU" is the oldest name of Ireland's; the first Region has no name here (API reference, CreateBucket).
  const region = location === 'EU' ? 'eu-west-1' : location;
  if (region === firstRegion || !/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/.test(region)) {
    throw s3Refusal('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: location,
    });
  }
  return region;
}

function incompatible(location: string): AwsRefusal {
  return s3Refusal(
    'IllegalLocationConstraintException',
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    400,
  );
}

function createBucket(call: S3Call): S3Answer {
  const { bucketName: name, caller, region: endpoint, request, state } = call;
  if (!isBucketName(name))
    throw s3Refusal('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  const location = locationAsked(call);
  const resource = bucketArn(name);
  authorizeOwn(call, {
    action: 's3:CreateBucket',
    resource,
    context: [['s3:locationconstraint', location]],
  });
  if (location !== endpoint && endpoint !== firstRegion) throw incompatible(location ?? 'unspecified');
  const region = location ?? firstRegion;
  if ((request.headers['x-amz-object-ownership'] ?? 'BucketOwnerEnforced') !== 'BucketOwnerEnforced')
    throw notOffered('another object ownership than BucketOwnerEnforced');
  if (request.headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true') throw notOffered('object lock');
  if ((request.headers['x-amz-acl'] ?? 'private') !== 'private') {
    throw s3Refusal(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      400,
    );
  }
  const headers = { location: `/${name}`, 'x-amz-bucket-arn': resource };
  const existing = state.buckets.get(name);
  if (existing !== undefined) {
    if (existing.accountId !== caller.account.id) {
      throw s3Refusal(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
        409,
        { BucketName: name },
      );
    }
    // The first Region answers who asks again as if it had made it.
    if (existing.region === firstRegion && region === firstRegion) return { headers };
    throw s3Refusal(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName: name },
    );
  }
  if (state.buckets.size >= mostBuckets) {
    throw s3Refusal(
      'TooManyBuckets',
      `You have attempted to create more buckets than allowed: the practice sandbox has ${String(mostBuckets)} at most.`,
      400,
    );
  }
  state.buckets.set(name, {
    name,
    accountId: caller.account.id,
    region,
    createdAt: call.now,
    // All four are on in new buckets since April 2023 (Amazon S3 User Guide, "Default settings for new S3 buckets FAQ").
    publicAccessBlock: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    tags: [],
    objects: [],
  });
  return { headers };
}

function headBucket(call: S3Call): S3Answer {
  const bucket = findBucket(call);
  authorizeS3(call, bucket, { action: 's3:ListBucket', resource: bucketArn(bucket.name) });
  return {
    headers: {
      'x-amz-bucket-region': bucket.region,
      'x-amz-bucket-arn': bucketArn(bucket.name),
      'x-amz-access-point-alias': 'false',
    },
  };
}

function deleteBucket(call: S3Call): S3Answer {
  const bucket = findBucket(call);
  authorizeS3(call, bucket, { action: 's3:DeleteBucket', resource: bucketArn(bucket.name) });
  if (bucket.objects.length > 0) {
    const versions = bucket.versioning === undefined ? '' : '. You must delete all versions in the bucket.';
    throw s3Refusal('BucketNotEmpty', `The bucket you tried to delete is not empty${versions}`, 409, {
      BucketName: bucket.name,
    });
  }
  call.state.buckets.delete(bucket.name);
  return { status: 204 };
}

function getBucketLocation(call: S3Call): S3Answer {
  // The first Region's endpoint answers this for every Region's buckets, by path.
  const found = call.state.buckets.get(call.bucketName);
  const bucket = findBucket(
    found !== undefined && call.region === firstRegion ? { ...call, region: found.region } : call,
  );
  authorizeS3(call, bucket, { action: 's3:GetBucketLocation', resource: bucketArn(bucket.name) });
  return { xml: { name: 'LocationConstraint', fields: bucket.region === firstRegion ? '' : bucket.region } };
}

function listBuckets(call: S3Call): S3Answer {
  authorizeOwn(call, { action: 's3:ListAllMyBuckets', resource: bucketArn('*') });
  const asked = call.parameter('max-buckets');
  const size = asked === undefined ? mostBuckets : Number(asked);
  if (!Number.isInteger(size) || size < 1 || size > 10_000)
    throw invalidArgument('Provided max-buckets not an integer or within integer range', 'max-buckets', asked ?? '');
  const prefix = call.parameter('prefix') ?? '';
  const region = call.parameter('bucket-region');
  const after = Buffer.from(call.parameter('continuation-token') ?? '', 'base64url').toString('utf8');
  const found = [...call.state.buckets.values()]
    .filter((bucket) => bucket.accountId === call.caller.account.id && bucket.name.startsWith(prefix))
    .filter((bucket) => (region === undefined || bucket.region === region) && bucket.name > after)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const page = found.slice(0, size);
  // The Region stands in answers to requests that ask for something in particular (API reference, ListBuckets).
  const detailed = asked !== undefined || region !== undefined || call.parameter('prefix') !== undefined;
  return {
    xml: {
      name: 'ListAllMyBucketsResult',
      fields: {
        Owner: { ID: canonicalId(call, call.caller.account.id) },
        Buckets: { Bucket: page.map((bucket) => bucketFields(bucket, detailed)) },
        ContinuationToken:
          found.length > page.length ? Buffer.from(page.at(-1)?.name ?? '').toString('base64url') : undefined,
        Prefix: call.parameter('prefix'),
      },
    },
  };
}

function bucketFields(bucket: BucketRecord, detailed: boolean) {
  return {
    Name: bucket.name,
    CreationDate: s3Time(bucket.createdAt),
    BucketRegion: detailed ? bucket.region : undefined,
    BucketArn: detailed ? bucketArn(bucket.name) : undefined,
  };
}

/** By method and subresource; `GET` alone is of the service itself. */
export const s3BucketOperations = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
} satisfies Readonly<Record<string, S3Operation>>;
