import { createHash } from 'node:crypto';
import type { BucketRecord, ObjectRecord, ObjectVersion } from '../bucket-record';
import { bodyBytes, type AwsRefusal } from '../http';
import {
  authorizeS3,
  bucketArn,
  checkBody,
  findBucket,
  notOffered,
  objectArn,
  s3Refusal,
  type S3Answer,
  type S3Call,
  type S3Operation,
} from './s3-shared';

/** Bytes of one object, and of all in the sandbox with what is counted for each version: the state is saved whole. */
const largestObject = 262_144;
const largestTotal = 2_097_152;
const countedPerVersion = 1_024;

/** Given back as they came. */
const keptHeaders = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];

/** What clients may ask for that would change the answer: refused rather than passed over. */
const notOfferedHeaders = [
  'range',
  'x-amz-copy-source',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
];

function checkHeaders({ request: { headers } }: S3Call): void {
  const found = notOfferedHeaders.find((name) => headers[name] !== undefined);
  if (found !== undefined) throw notOffered(`the header ${found}`);
}

const currentOf = (object: ObjectRecord | undefined): ObjectVersion | undefined => object?.versions.at(-1);

function preconditionFailed(condition: string): AwsRefusal {
  return s3Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}

function fitsTag(given: string, etag: string | undefined): boolean {
  return etag !== undefined && (given === '*' || given.replace(/"/g, '') === etag);
}

function headersToKeep({ request: { headers } }: S3Call): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadata = 0;
  for (const [name, value] of Object.entries(headers)) {
    const isMetadata = name.startsWith('x-amz-meta-');
    if (isMetadata) metadata += Buffer.byteLength(name.slice('x-amz-meta-'.length)) + Buffer.byteLength(value);
    if (isMetadata || (keptHeaders.includes(name) && value !== '')) kept[name] = value;
  }
  // The chunks were put together already.
  const encoding = (headers['content-encoding'] ?? '').replace(/aws-chunked,?\s*/, '').replace(/,\s*$/, '');
  if (encoding !== '') kept['content-encoding'] = encoding;
  if (metadata > 2_048) {
    throw s3Refusal('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, {
      Size: String(metadata),
      MaxSizeAllowed: '2048',
    });
  }
  return kept;
}

function checkSize(call: S3Call, size: number): void {
  if (size > largestObject) {
    throw s3Refusal(
      'EntityTooLarge',
      `Your proposed upload exceeds the maximum allowed size: the practice sandbox keeps objects of ${String(largestObject)} bytes at most.`,
      400,
      { ProposedSize: String(size), MaxSizeAllowed: String(largestObject) },
    );
  }
  let total = size;
  for (const bucket of call.state.buckets.values())
    for (const { versions } of bucket.objects)
      for (const version of versions) total += (version.content?.size ?? 0) + countedPerVersion;
  if (total > largestTotal) {
    throw s3Refusal(
      'EntityTooLarge',
      `The practice sandbox is full: it keeps ${String(largestTotal)} bytes in all buckets together. Delete objects to make room.`,
      400,
      { ProposedSize: String(size), MaxSizeAllowed: String(largestTotal) },
    );
  }
}

/** Puts a version on top. Without versioning it takes the place of the one whose ID is `null`. */
function addVersion(call: S3Call, bucket: BucketRecord, version: Omit<ObjectVersion, 'id' | 'at'>): ObjectVersion {
  let object = bucket.objects.find((item) => item.key === call.key);
  if (object === undefined) {
    object = { key: call.key, versions: [] };
    bucket.objects.push(object);
  }
  const id = bucket.versioning === 'Enabled' ? call.state.newName('version', 32) : 'null';
  if (id === 'null') object.versions = object.versions.filter((item) => item.id !== 'null');
  const added = { ...version, id, at: call.now };
  object.versions.push(added);
  return added;
}

function versionHeader(bucket: BucketRecord, version: ObjectVersion): Record<string, string> {
  return bucket.versioning === undefined ? {} : { 'x-amz-version-id': version.id };
}

function putObject(call: S3Call): S3Answer {
  const { headers } = call.request;
  const bucket = findBucket(call);
  authorizeS3(call, bucket, { action: 's3:PutObject', resource: objectArn(call) });
  checkHeaders(call);
  if (Buffer.byteLength(call.key) > 1024) throw s3Refusal('KeyTooLongError', 'Your key is too long', 400);
  if ((headers['x-amz-acl'] ?? 'bucket-owner-full-control') !== 'bucket-owner-full-control')
    throw s3Refusal('AccessControlListNotSupported', 'The bucket does not allow ACLs', 400);
  if ((headers['x-amz-server-side-encryption'] ?? 'AES256') !== 'AES256') throw notOffered('encryption by KMS');
  if ((headers['x-amz-storage-class'] ?? 'STANDARD') !== 'STANDARD') throw notOffered('storage classes');
  const bytes = bodyBytes(call.request);
  const checksum = checkBody(call.request);
  const current = currentOf(bucket.objects.find((item) => item.key === call.key))?.content;
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined && !fitsTag(match, current?.etag)) throw preconditionFailed('If-Match');
  if (noneMatch !== undefined && fitsTag(noneMatch, current?.etag)) throw preconditionFailed('If-None-Match');
  const kept = headersToKeep(call);
  checkSize(call, bytes.length);
  const etag = createHash('md5').update(bytes).digest('hex');
  const version = addVersion(call, bucket, {
    content: {
      base64: bytes.toString('base64'),
      size: bytes.length,
      etag,
      headers: kept,
      ...(checksum === undefined ? {} : { checksum }),
    },
  });
  return {
    headers: {
      etag: `"${etag}"`,
      'x-amz-server-side-encryption': 'AES256',
      ...versionHeader(bucket, version),
      ...(checksum === undefined ? {} : checksumHeaders(checksum)),
    },
  };
}

function checksumHeaders({ name, value }: { name: string; value: string }): Record<string, string> {
  return { [`x-amz-checksum-${name}`]: value, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/** What an object's absence is told as: only who may list the bucket learns that it is not there. */
function absent(call: S3Call, bucket: BucketRecord): AwsRefusal {
  authorizeS3(call, bucket, { action: 's3:ListBucket', resource: bucketArn(bucket.name) });
  return s3Refusal('NoSuchKey', 'The specified key does not exist.', 404, { Key: call.key });
}

function readObject(call: S3Call, whole: boolean): S3Answer {
  const bucket = findBucket(call);
  const versionId = call.parameter('versionId');
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  authorizeS3(call, bucket, { action, resource: objectArn(call) });
  checkHeaders(call);
  if (call.parameter('partNumber') !== undefined) throw notOffered('parts of objects');
  const object = bucket.objects.find((item) => item.key === call.key);
  const version = versionId === undefined ? currentOf(object) : object?.versions.find((item) => item.id === versionId);
  if (version === undefined && versionId !== undefined) {
    throw s3Refusal('NoSuchVersion', 'The specified version does not exist.', 404, {
      Key: call.key,
      VersionId: versionId,
    });
  }
  if (version === undefined) throw absent(call, bucket);
  const { content } = version;
  if (content === undefined) {
    if (versionId === undefined) throw absent(call, bucket);
    throw s3Refusal('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
      Method: call.request.method,
      ResourceType: 'DeleteMarker',
    });
  }
  const { 'if-match': match, 'if-none-match': noneMatch } = call.request.headers;
  const headers = { etag: `"${content.etag}"`, 'last-modified': new Date(version.at).toUTCString() };
  if (match !== undefined && !fitsTag(match, content.etag)) throw preconditionFailed('If-Match');
  if (noneMatch !== undefined && fitsTag(noneMatch, content.etag)) return { status: 304, headers };
  const withChecksum = call.request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    headers: {
      ...headers,
      ...content.headers,
      'x-amz-server-side-encryption': 'AES256',
      ...versionHeader(bucket, version),
      ...(withChecksum && content.checksum !== undefined ? checksumHeaders(content.checksum) : {}),
      ...(whole ? {} : { 'content-length': String(content.size) }),
    },
    body: whole ? Buffer.from(content.base64, 'base64') : '',
  };
}

function deleteObject(call: S3Call): S3Answer {
  const bucket = findBucket(call);
  const versionId = call.parameter('versionId');
  const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  authorizeS3(call, bucket, { action, resource: objectArn(call) });
  checkHeaders(call);
  const object = bucket.objects.find((item) => item.key === call.key);
  if (versionId === undefined && bucket.versioning !== undefined) {
    const marker = addVersion(call, bucket, {});
    return { status: 204, headers: { ...versionHeader(bucket, marker), 'x-amz-delete-marker': 'true' } };
  }
  const gone = object?.versions.find((item) => item.id === (versionId ?? 'null'));
  if (object !== undefined) {
    object.versions = object.versions.filter((item) => item !== gone);
    if (object.versions.length === 0) bucket.objects = bucket.objects.filter((item) => item !== object);
  }
  return {
    status: 204,
    headers: {
      ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
      ...(gone !== undefined && gone.content === undefined ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
}

export const s3ObjectOperations = {
  PutObject: putObject,
  GetObject: (call) => readObject(call, true),
  HeadObject: (call) => readObject(call, false),
  DeleteObject: deleteObject,
} satisfies Readonly<Record<string, S3Operation>>;
