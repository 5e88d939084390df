import type { BucketRecord, ObjectVersion } from '../bucket-record';
import type { XmlFields } from '../xml';
import {
  authorizeS3,
  bucketArn,
  canonicalId,
  findBucket,
  invalidArgument,
  notOffered,
  s3Time,
  type S3Answer,
  type S3Call,
  type S3Operation,
} from './s3-shared';

const largestPage = 1000;

type Asked = {
  readonly bucket: BucketRecord;
  readonly prefix: string;
  readonly delimiter: string;
  readonly size: number;
  /** Writes keys as the request wants them. */
  encoded(text: string): string;
};

/** The parameters that all lists share, once the caller may list. */
function readAsked(call: S3Call, action: string): Asked {
  const bucket = findBucket(call);
  const prefix = call.parameter('prefix');
  const delimiter = call.parameter('delimiter');
  const maxKeys = call.parameter('max-keys');
  authorizeS3(call, bucket, {
    action,
    resource: bucketArn(bucket.name),
    context: [
      ['s3:prefix', prefix],
      ['s3:delimiter', delimiter],
      ['s3:max-keys', maxKeys],
    ],
  });
  const size = maxKeys === undefined || maxKeys === '' ? largestPage : Number(maxKeys);
  if (!Number.isInteger(size) || size < 0 || size > 2_147_483_647)
    throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', maxKeys ?? '');
  const encoding = call.parameter('encoding-type');
  if (encoding !== undefined && encoding !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  return {
    bucket,
    prefix: prefix ?? '',
    delimiter: delimiter ?? '',
    size: Math.min(size, largestPage),
    encoded: (text) => (encoding === 'url' ? encodeURIComponent(text).replace(/%2F/g, '/') : text),
  };
}

/** Keys are in the order of their bytes. */
const byKey = (left: { readonly key: string }, right: { readonly key: string }): number =>
  Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));
const isAfter = (key: string, other: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;

type Listed = { readonly key: string; readonly version: ObjectVersion };

type Page = {
  readonly contents: readonly Listed[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of the page, where there is more. */
  readonly next: string | undefined;
};

/** Keys that have the delimiter after the prefix are rolled up and count as one. `after` may be such a rolled up one. */
function pageOf({ bucket, delimiter, prefix, size }: Asked, after: string): Page {
  const contents: Listed[] = [];
  const prefixes: string[] = [];
  let last = after;
  for (const { key, versions } of [...bucket.objects].sort(byKey)) {
    const version = versions.at(-1);
    if (version?.content === undefined || !key.startsWith(prefix) || (after !== '' && !isAfter(key, after))) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut === -1 ? undefined : key.slice(0, cut + delimiter.length);
    if (common !== undefined && (common === after || common === prefixes.at(-1))) continue;
    if (contents.length + prefixes.length >= size) return { contents, prefixes, next: size === 0 ? undefined : last };
    if (common === undefined) contents.push({ key, version });
    else prefixes.push(common);
    last = common ?? key;
  }
  return { contents, prefixes, next: undefined };
}

function contentFields(call: S3Call, asked: Asked, { key, version }: Listed, withOwner: boolean): XmlFields {
  const { content } = version;
  return {
    Key: asked.encoded(key),
    LastModified: s3Time(version.at),
    ETag: `"${content?.etag ?? ''}"`,
    ChecksumAlgorithm: content?.checksum?.name.toUpperCase(),
    ChecksumType: content?.checksum === undefined ? undefined : 'FULL_OBJECT',
    Size: content?.size,
    StorageClass: 'STANDARD',
    Owner: withOwner ? { ID: canonicalId(call, asked.bucket.accountId) } : undefined,
  };
}

function shared(call: S3Call, asked: Asked, page: Page): XmlFields {
  const encoding = call.parameter('encoding-type');
  return {
    Name: asked.bucket.name,
    Prefix: asked.encoded(asked.prefix),
    MaxKeys: asked.size,
    Delimiter: asked.delimiter === '' ? undefined : asked.encoded(asked.delimiter),
    EncodingType: encoding,
    IsTruncated: page.next !== undefined,
    CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: asked.encoded(prefix) })),
  };
}

function listObjectsV2(call: S3Call): S3Answer {
  const asked = readAsked(call, 's3:ListBucket');
  const token = call.parameter('continuation-token');
  const startAfter = call.parameter('start-after') ?? '';
  const place = token === undefined ? undefined : Buffer.from(token, 'base64url').toString('utf8');
  if (place?.startsWith('after:') === false)
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token ?? '');
  const page = pageOf(asked, place?.slice('after:'.length) ?? startAfter);
  return {
    xml: {
      name: 'ListBucketResult',
      fields: {
        ...shared(call, asked, page),
        KeyCount: page.contents.length + page.prefixes.length,
        StartAfter: startAfter === '' ? undefined : asked.encoded(startAfter),
        ContinuationToken: token,
        NextContinuationToken:
          page.next === undefined ? undefined : Buffer.from(`after:${page.next}`).toString('base64url'),
        Contents: page.contents.map((item) =>
          contentFields(call, asked, item, call.parameter('fetch-owner') === 'true'),
        ),
      },
    },
  };
}

/** The older list, which programs still send. */
function listObjects(call: S3Call): S3Answer {
  const asked = readAsked(call, 's3:ListBucket');
  const marker = call.parameter('marker') ?? '';
  const page = pageOf(asked, marker);
  return {
    xml: {
      name: 'ListBucketResult',
      fields: {
        ...shared(call, asked, page),
        Marker: asked.encoded(marker),
        // Without a delimiter the last key serves (API reference, ListObjects).
        NextMarker: page.next === undefined || asked.delimiter === '' ? undefined : asked.encoded(page.next),
        Contents: page.contents.map((item) => contentFields(call, asked, item, true)),
      },
    },
  };
}

function listObjectVersions(call: S3Call): S3Answer {
  const asked = readAsked(call, 's3:ListBucketVersions');
  if (asked.delimiter !== '') throw notOffered('the delimiter in ListObjectVersions');
  const keyMarker = call.parameter('key-marker') ?? '';
  const versionMarker = call.parameter('version-id-marker') ?? '';
  const all = [...asked.bucket.objects]
    .sort(byKey)
    .filter(({ key }) => key.startsWith(asked.prefix))
    .flatMap(({ key, versions }) =>
      versions.toReversed().map((version, index) => ({ key, version, isLatest: index === 0 })),
    );
  const marked = all.findIndex(({ key, version }) => key === keyMarker && version.id === versionMarker);
  const rest =
    marked !== -1 ? all.slice(marked + 1) : all.filter(({ key }) => keyMarker === '' || isAfter(key, keyMarker));
  const page = rest.slice(0, asked.size);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const fields = (item: (typeof page)[number]): XmlFields => ({
    ...(item.version.content === undefined
      ? { Key: asked.encoded(item.key), LastModified: s3Time(item.version.at) }
      : contentFields(call, asked, item, false)),
    VersionId: item.version.id,
    IsLatest: item.isLatest,
    Owner: { ID: canonicalId(call, asked.bucket.accountId) },
  });
  return {
    xml: {
      name: 'ListVersionsResult',
      fields: {
        Name: asked.bucket.name,
        Prefix: asked.encoded(asked.prefix),
        KeyMarker: asked.encoded(keyMarker),
        VersionIdMarker: versionMarker,
        MaxKeys: asked.size,
        EncodingType: call.parameter('encoding-type'),
        IsTruncated: last !== undefined,
        NextKeyMarker: last === undefined ? undefined : asked.encoded(last.key),
        NextVersionIdMarker: last?.version.id,
        Version: page.filter((item) => item.version.content !== undefined).map(fields),
        DeleteMarker: page.filter((item) => item.version.content === undefined).map(fields),
      },
    },
  };
}

export const s3ListOperations = {
  ListObjectsV2: listObjectsV2,
  ListObjects: listObjects,
  ListObjectVersions: listObjectVersions,
} satisfies Readonly<Record<string, S3Operation>>;
