import { createHash } from 'node:crypto';
import type { Evaluation } from '../../../core/domain/policy-evaluation';
import type { BucketRecord } from '../bucket-record';
import { isPublicPolicy } from '../bucket-policy';
import { decide, denialReason, notAuthorized, type SignedCall } from '../call';
import { checksumNames, checksumOf } from '../checksums';
import { AwsRefusal, bodyBytes, bodyText, type SandboxRequest } from '../http';
import { readXml, type XmlElement } from '../read-xml';
import type { XmlValue } from '../xml';

/** A signed request to S3, with what its path says. */
export type S3Call = SignedCall & {
  readonly bucketName: string;
  /** Empty where the bucket itself is meant. */
  readonly key: string;
  /** A query parameter; empty where only its name stands there. */
  parameter(name: string): string | undefined;
};

export type S3Answer = {
  /** 200 by default. */
  readonly status?: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly xml?: { readonly name: string; readonly fields: XmlValue };
  readonly body?: string | Uint8Array;
};

/** Answers one operation, or throws an AwsRefusal. */
export type S3Operation = (call: S3Call) => S3Answer;

export const s3Refusal = (
  code: string,
  message: string,
  status: number,
  details: Readonly<Record<string, string>> = {},
): AwsRefusal => new AwsRefusal(code, message, status, 'Sender', details);

export const malformedXml = (): AwsRefusal =>
  s3Refusal(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
  );

export const invalidArgument = (message: string, name: string, value: string): AwsRefusal =>
  s3Refusal('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });

export const notOffered = (what: string): AwsRefusal =>
  s3Refusal('NotImplemented', `The practice sandbox does not offer ${what} of S3.`, 501);

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
export const objectArn = (call: S3Call): string => `${bucketArn(call.bucketName)}/${call.key}`;

/** The bucket of the request. Refused is one that is not there, in another Region, or somebody else's than expected. */
export function findBucket(call: S3Call): BucketRecord {
  const bucket = call.state.buckets.get(call.bucketName);
  if (bucket === undefined)
    throw s3Refusal('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: call.bucketName });
  if (bucket.region !== call.region) {
    throw s3Refusal(
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
      301,
      { Endpoint: `s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name, Region: bucket.region },
    );
  }
  const expected = call.request.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.accountId) throw generic();
  return bucket;
}

const generic = (): AwsRefusal => s3Refusal('AccessDenied', 'Access Denied', 403);

/** Headers that conditions can ask for, by `s3:` and their name. */
const conditionHeaders = [
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-server-side-encryption',
  'x-amz-storage-class',
] as const;

function s3Context(
  call: S3Call,
  more: readonly (readonly [string, string | undefined])[],
): ReadonlyMap<string, readonly string[]> {
  const presigned = call.parameter('X-Amz-Signature') !== undefined;
  const given: readonly (readonly [string, string | undefined])[] = [
    ['s3:authtype', presigned ? 'REST-QUERY-STRING' : 'REST-HEADER'],
    ['s3:signatureversion', 'AWS4-HMAC-SHA256'],
    ...conditionHeaders.map((name) => [`s3:${name}`, call.request.headers[name]] as const),
    ...more,
  ];
  return new Map(given.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]] as const])));
}

export type S3Asked = {
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. */
  readonly context?: readonly (readonly [string, string | undefined])[];
  /** The bucket's policy has no say: how an account's root mends a policy that locks everybody out. */
  readonly withoutPolicy?: boolean;
};

function decideS3(call: S3Call, bucket: BucketRecord, asked: S3Asked): Evaluation {
  const { accountId, policy, publicAccessBlock } = bucket;
  const restricted = publicAccessBlock?.restrictPublicBuckets === true && call.caller.account.id !== accountId;
  if (restricted && policy !== undefined && isPublicPolicy(policy))
    return { decision: 'explicitDeny', decidedBy: { type: 'resource-policy' } };
  return decide(call, asked.action, asked.resource, {
    context: s3Context(call, [['s3:resourceaccount', accountId], ...(asked.context ?? [])]),
    ...(policy === undefined || asked.withoutPolicy === true
      ? {}
      : { resource: { type: 'resource-policy', policy: call.policies.compile('bucket policy', policy, 'resource') } }),
    resourceAccountId: accountId,
  });
}

/**
 * Throws AccessDenied unless both sides allow. Why is told only inside one account or organization; everybody else
 * hears "Access Denied" (Amazon S3 User Guide, "Troubleshoot access denied errors").
 */
export function authorizeS3(call: S3Call, bucket: BucketRecord, asked: S3Asked): void {
  const evaluation = decideS3(call, bucket, asked);
  if (evaluation.decision === 'allowed') return;
  const caller = call.caller.account.id;
  const organization = call.state.organizationOf(caller);
  const near =
    caller === bucket.accountId ||
    (organization !== undefined && call.state.organizationOf(bucket.accountId) === organization);
  throw near ? denied(call, asked, denialReason(asked.action, evaluation)) : generic();
}

/** S3 quotes the resource, and leaves it out where there is none in particular. */
export function denied(call: S3Call, { action, resource }: S3Asked, reason: string): AwsRefusal {
  const sentence = notAuthorized(call, action, `"${resource}"`);
  const shown = resource === bucketArn('*') ? sentence.replace(/ on resource: .*$/, '') : sentence;
  return s3Refusal('AccessDenied', `${shown}${reason}`, 403);
}

/** For what no bucket's policy has a say in: making one, and listing one's own. */
export function authorizeOwn(call: S3Call, asked: S3Asked): void {
  const evaluation = decide(call, asked.action, asked.resource, { context: s3Context(call, asked.context ?? []) });
  if (evaluation.decision !== 'allowed') throw denied(call, asked, denialReason(asked.action, evaluation));
}

/** The body of a request as XML with this root. */
export function xmlBody(call: S3Call, root: string): XmlElement {
  const element = readXml(bodyText(call.request));
  if (element?.name !== root) throw malformedXml();
  return element;
}

/** The 64 hexadecimal digits by which S3 names an account as owner. */
export function canonicalId(call: SignedCall, accountId: string): string {
  return createHash('sha256')
    .update(call.secrets.identifier(`canonical:${accountId}`, 32))
    .digest('hex');
}

/** Checks what the request says about its body. Gives the checksum that came with it. Throws BadDigest. */
export function checkBody(request: SandboxRequest): { readonly name: string; readonly value: string } | undefined {
  const bytes = bodyBytes(request);
  const md5 = request.headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(bytes).digest('base64'))
    throw s3Refusal('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400);
  for (const name of checksumNames) {
    const value = request.headers[`x-amz-checksum-${name}`];
    if (value === undefined) continue;
    if (value !== checksumOf(name, bytes)) {
      throw s3Refusal(
        'BadDigest',
        `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
        400,
      );
    }
    return { name, value };
  }
  return undefined;
}

/** Times in S3's XML: UTC with milliseconds. */
export function s3Time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
