import { SignatureRefusal, type AwsRefusal, type SandboxRequest, type SandboxResponse } from '../http';
import { noteUse } from '../last-access';
import { s3BucketSettingOperations } from '../operations/s3-bucket-settings';
import { s3BucketOperations } from '../operations/s3-buckets';
import { s3ListOperations } from '../operations/s3-list';
import { s3ObjectOperations } from '../operations/s3-objects';
import { checkBody, notOffered, type S3Answer, type S3Operation } from '../operations/s3-shared';
import { firstOf } from '../sigv4';
import { xmlDocument } from '../xml';
import type { Protocol } from './protocol';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** By method, and by the query parameter that names a part of the bucket: S3 says in no other way what is asked. */
const ofService: Readonly<Record<string, S3Operation>> = { GET: s3BucketOperations.ListBuckets };

const ofBucket: Readonly<Record<string, S3Operation>> = {
  PUT: s3BucketOperations.CreateBucket,
  HEAD: s3BucketOperations.HeadBucket,
  DELETE: s3BucketOperations.DeleteBucket,
  GET: s3ListOperations.ListObjects,
  'GET list-type': s3ListOperations.ListObjectsV2,
  'GET versions': s3ListOperations.ListObjectVersions,
  'GET location': s3BucketOperations.GetBucketLocation,
  'PUT policy': s3BucketSettingOperations.PutBucketPolicy,
  'GET policy': s3BucketSettingOperations.GetBucketPolicy,
  'DELETE policy': s3BucketSettingOperations.DeleteBucketPolicy,
  'GET policyStatus': s3BucketSettingOperations.GetBucketPolicyStatus,
  'PUT publicAccessBlock': s3BucketSettingOperations.PutPublicAccessBlock,
  'GET publicAccessBlock': s3BucketSettingOperations.GetPublicAccessBlock,
  'DELETE publicAccessBlock': s3BucketSettingOperations.DeletePublicAccessBlock,
  'PUT versioning': s3BucketSettingOperations.PutBucketVersioning,
  'GET versioning': s3BucketSettingOperations.GetBucketVersioning,
  'PUT tagging': s3BucketSettingOperations.PutBucketTagging,
  'GET tagging': s3BucketSettingOperations.GetBucketTagging,
  'DELETE tagging': s3BucketSettingOperations.DeleteBucketTagging,
};

const ofObject: Readonly<Record<string, S3Operation>> = {
  PUT: s3ObjectOperations.PutObject,
  GET: s3ObjectOperations.GetObject,
  HEAD: s3ObjectOperations.HeadObject,
  DELETE: s3ObjectOperations.DeleteObject,
};

/** Parameters of operations, not names of them. What is in neither list names an operation that is not offered. */
const parameters = new Set([
  'bucket-region',
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'key-marker',
  'marker',
  'max-buckets',
  'max-keys',
  'prefix',
  'start-after',
  'version-id-marker',
  'versionId',
  'x-id',
]);

type Place = { readonly bucketName: string; readonly key: string };

/** By path, or by the host's name as the SDK puts it for endpoints of AWS's own. */
function placeOf({ hostname, path }: SandboxRequest): Place {
  const virtual = /^(.+)\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/.exec(hostname)?.[1];
  const segments = decodePath(path).slice(1);
  if (virtual !== undefined) return { bucketName: virtual, key: segments };
  const slash = segments.indexOf('/');
  return slash === -1
    ? { bucketName: segments, key: '' }
    : { bucketName: segments.slice(0, slash), key: segments.slice(slash + 1) };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function operationOf({ headers, method, query }: SandboxRequest, { bucketName, key }: Place): S3Operation {
  // The account's side of S3 is signed for S3 too, and is told by this header.
  if (headers['x-amz-account-id'] !== undefined) throw notOffered('S3 Control, the account’s side');
  const subresource = Object.keys(query).find((name) => !parameters.has(name) && !/^x-amz-/i.test(name));
  const name = subresource === undefined ? method : `${method} ${subresource}`;
  const [table, on] =
    key !== '' ? [ofObject, 'an object'] : bucketName !== '' ? [ofBucket, 'a bucket'] : [ofService, 'the service'];
  const operation = Object.hasOwn(table, name) ? table[name] : undefined;
  if (operation !== undefined) return operation;
  throw notOffered(`the operation “${method}${subresource === undefined ? '' : ` ?${subresource}`}” on ${on}`);
}

/** S3's two names for a request (API reference, "Common response headers"). */
function requestNames(requestId: string): { readonly id: string; readonly host: string } {
  const hex = requestId.replace(/-/g, '');
  return { id: hex.slice(0, 16).toUpperCase(), host: Buffer.from(`${hex}${hex.slice(0, 24)}`).toString('base64') };
}

function respond(requestId: string, { body, headers, status = 200, xml }: S3Answer): SandboxResponse {
  const { host, id } = requestNames(requestId);
  return {
    status,
    headers: {
      ...(xml === undefined ? {} : { 'content-type': 'application/xml' }),
      ...headers,
      'x-amz-request-id': id,
      'x-amz-id-2': host,
      server: 'AmazonS3',
    },
    body: xml === undefined ? (body ?? '') : xmlDocument(xml.name, namespace, xml.fields),
  };
}

type Named = {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly details?: Readonly<Record<string, string>>;
};

/** What S3 calls the refusals that all services have (API reference, "Error responses"). */
function named(error: AwsRefusal, request: SandboxRequest): Named {
  if (!(error instanceof SignatureRefusal)) {
    if (error.code === 'Throttling')
      return { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 };
    if (error.code === 'InternalFailure')
      return { code: 'InternalError', message: 'We encountered an internal error. Please try again.', status: 500 };
    return { code: error.code, message: error.message, status: error.status, details: error.details };
  }
  switch (error.reason) {
    case 'unsigned':
      return { code: 'AccessDenied', message: 'Access Denied', status: 403 };
    case 'malformed':
      return firstOf(request.query, 'X-Amz-Signature') === undefined
        ? { code: 'AuthorizationHeaderMalformed', message: error.message, status: 400 }
        : { code: 'AuthorizationQueryParametersError', message: error.message, status: 400 };
    case 'body':
      return { code: 'IncompleteBody', message: error.message, status: 400 };
    case 'unknown-key':
      return {
        code: 'InvalidAccessKeyId',
        message: 'The AWS Access Key Id you provided does not exist in our records.',
        status: 403,
      };
    case 'token':
      return {
        code: 'InvalidToken',
        message: 'The provided token is malformed or otherwise invalid.',
        status: 400,
      };
    case 'expired-token':
      return { code: 'ExpiredToken', message: 'The provided token has expired.', status: 400 };
    case 'mismatch':
      return {
        code: 'SignatureDoesNotMatch',
        message:
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        status: 403,
      };
    case 'clock':
      return {
        code: 'RequestTimeTooSkewed',
        message: 'The difference between the request time and the current time is too large.',
        status: 403,
        details: { MaxAllowedSkewMilliseconds: '900000' },
      };
    case 'payload':
      return {
        code: 'XAmzContentSHA256Mismatch',
        message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
        status: 400,
      };
    case 'used-up':
      return { code: 'AccessDenied', message: error.message, status: 403 };
  }
}

/** S3's own protocol: REST, with XML in the bodies. A HEAD is answered without one, whatever there is to say. */
export const s3Protocol: Protocol = {
  answer(call, requestId) {
    const { request } = call;
    const place = placeOf(request);
    const operation = operationOf(request, place);
    noteUse(call.caller, { at: call.now, region: call.region, service: 's3' });
    checkBody(request);
    const answer = operation({ ...call, ...place, parameter: (name) => firstOf(request.query, name) });
    return {
      response: respond(requestId, answer),
      changed: request.method !== 'GET' && request.method !== 'HEAD',
    };
  },
  refusal(error, requestId, request) {
    const { code, details = {}, message, status } = named(error, request);
    const { host, id } = requestNames(requestId);
    const { Region: region } = details;
    const headers = region === undefined ? {} : { 'x-amz-bucket-region': region };
    if (request.method === 'HEAD') return respond(requestId, { status, headers });
    const fields = { Code: code, Message: message, ...details, RequestId: id, HostId: host };
    return respond(requestId, {
      status,
      headers: { ...headers, 'content-type': 'application/xml' },
      body: xmlDocument('Error', undefined, fields),
    });
  },
};
