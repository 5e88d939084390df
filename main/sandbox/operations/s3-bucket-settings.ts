import type { BucketRecord } from '../bucket-record';
import { isPublicPolicy, storeBucketPolicy } from '../bucket-policy';
import { bodyText } from '../http';
import { childText, type XmlElement } from '../read-xml';
import { showPrincipals } from '../trust';
import {
  authorizeS3,
  bucketArn,
  denied,
  findBucket,
  malformedXml,
  notOffered,
  s3Refusal,
  xmlBody,
  type S3Answer,
  type S3Asked,
  type S3Call,
  type S3Operation,
} from './s3-shared';

function allowed(call: S3Call, action: string, more: Pick<S3Asked, 'withoutPolicy'> = {}): BucketRecord {
  const bucket = findBucket(call);
  authorizeS3(call, bucket, { action, resource: bucketArn(bucket.name), ...more });
  return bucket;
}

/**
 * Only identities of the owner's account work on a bucket's policy, and its root can always: even the policy itself
 * cannot keep it out (API reference, PutBucketPolicy).
 */
function policyBucket(call: S3Call, action: string): BucketRecord {
  const bucket = allowed(call, action, { withoutPolicy: call.caller.kind === 'root' });
  if (call.caller.account.id !== bucket.accountId)
    throw s3Refusal('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  return bucket;
}

function putBucketPolicy(call: S3Call): S3Answer {
  const action = 's3:PutBucketPolicy';
  const bucket = policyBucket(call, action);
  const stored = storeBucketPolicy(bodyText(call.request), bucket.name, call.state);
  if (bucket.publicAccessBlock?.blockPublicPolicy === true && isPublicPolicy(stored)) {
    throw denied(
      call,
      { action, resource: bucketArn(bucket.name) },
      ' because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    );
  }
  bucket.policy = stored;
  return { status: 204 };
}

function existingPolicy(bucket: BucketRecord): string {
  if (bucket.policy === undefined) {
    throw s3Refusal('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: bucket.name });
  }
  return bucket.policy;
}

function getBucketPolicy(call: S3Call): S3Answer {
  const bucket = policyBucket(call, 's3:GetBucketPolicy');
  return {
    headers: { 'content-type': 'application/json' },
    body: showPrincipals(existingPolicy(bucket), call.state),
  };
}

function deleteBucketPolicy(call: S3Call): S3Answer {
  const bucket = policyBucket(call, 's3:DeleteBucketPolicy');
  delete bucket.policy;
  return { status: 204 };
}

function getBucketPolicyStatus(call: S3Call): S3Answer {
  const bucket = allowed(call, 's3:GetBucketPolicyStatus');
  return { xml: { name: 'PolicyStatus', fields: { IsPublic: isPublicPolicy(existingPolicy(bucket)) } } };
}

function flag(element: XmlElement, name: string): boolean {
  const text = childText(element, name)?.toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') throw malformedXml();
  return text === 'true';
}

function putPublicAccessBlock(call: S3Call): S3Answer {
  const bucket = allowed(call, 's3:PutBucketPublicAccessBlock');
  const element = xmlBody(call, 'PublicAccessBlockConfiguration');
  bucket.publicAccessBlock = {
    blockPublicAcls: flag(element, 'BlockPublicAcls'),
    ignorePublicAcls: flag(element, 'IgnorePublicAcls'),
    blockPublicPolicy: flag(element, 'BlockPublicPolicy'),
    restrictPublicBuckets: flag(element, 'RestrictPublicBuckets'),
  };
  return {};
}

function getPublicAccessBlock(call: S3Call): S3Answer {
  const { name, publicAccessBlock: block } = allowed(call, 's3:GetBucketPublicAccessBlock');
  if (block === undefined) {
    throw s3Refusal(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      404,
      { BucketName: name },
    );
  }
  return {
    xml: {
      name: 'PublicAccessBlockConfiguration',
      fields: {
        BlockPublicAcls: block.blockPublicAcls,
        IgnorePublicAcls: block.ignorePublicAcls,
        BlockPublicPolicy: block.blockPublicPolicy,
        RestrictPublicBuckets: block.restrictPublicBuckets,
      },
    },
  };
}

function deletePublicAccessBlock(call: S3Call): S3Answer {
  delete allowed(call, 's3:PutBucketPublicAccessBlock').publicAccessBlock;
  return { status: 204 };
}

function putBucketVersioning(call: S3Call): S3Answer {
  const bucket = allowed(call, 's3:PutBucketVersioning');
  const element = xmlBody(call, 'VersioningConfiguration');
  if ((childText(element, 'MfaDelete') ?? 'Disabled') !== 'Disabled') throw notOffered('MFA delete');
  const status = childText(element, 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw s3Refusal('IllegalVersioningConfigurationException', 'The Versioning element must be specified', 400);
  }
  bucket.versioning = status;
  return {};
}

function getBucketVersioning(call: S3Call): S3Answer {
  const bucket = allowed(call, 's3:GetBucketVersioning');
  return { xml: { name: 'VersioningConfiguration', fields: { Status: bucket.versioning } } };
}

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function putBucketTagging(call: S3Call): S3Answer {
  const bucket = allowed(call, 's3:PutBucketTagging');
  const set = xmlBody(call, 'Tagging').children.find((child) => child.name === 'TagSet');
  if (set === undefined) throw malformedXml();
  const tags = set.children.map((tag) => ({
    key: tag.children.find((child) => child.name === 'Key')?.text ?? '',
    value: tag.children.find((child) => child.name === 'Value')?.text ?? '',
  }));
  const invalid = (message: string) => s3Refusal('InvalidTag', message, 400);
  for (const { key, value } of tags) {
    if (key.length < 1 || key.length > 128 || !tagText.test(key))
      throw invalid('The TagKey you have provided is invalid');
    if (value.length > 256 || !tagText.test(value)) throw invalid('The TagValue you have provided is invalid');
    if (/^aws:/i.test(key)) throw invalid('System tags cannot be added/updated by requester');
  }
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length)
    throw invalid('Cannot provide multiple Tags with the same key');
  if (tags.length > 50) throw s3Refusal('BadRequest', 'Bucket tag count cannot be greater than 50', 400);
  bucket.tags = tags;
  return { status: 204 };
}

function getBucketTagging(call: S3Call): S3Answer {
  const { name, tags } = allowed(call, 's3:GetBucketTagging');
  if (tags.length === 0) throw s3Refusal('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: name });
  return {
    xml: { name: 'Tagging', fields: { TagSet: { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) } } },
  };
}

function deleteBucketTagging(call: S3Call): S3Answer {
  allowed(call, 's3:PutBucketTagging').tags = [];
  return { status: 204 };
}

export const s3BucketSettingOperations = {
  PutBucketPolicy: putBucketPolicy,
  GetBucketPolicy: getBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  PutPublicAccessBlock: putPublicAccessBlock,
  GetPublicAccessBlock: getPublicAccessBlock,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  PutBucketVersioning: putBucketVersioning,
  GetBucketVersioning: getBucketVersioning,
  PutBucketTagging: putBucketTagging,
  GetBucketTagging: getBucketTagging,
  DeleteBucketTagging: deleteBucketTagging,
} satisfies Readonly<Record<string, S3Operation>>;
