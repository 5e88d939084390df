import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type ChecksumAlgorithm,
  type S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { practice, type Practice } from '../../support/practice';
import { bareS3, refusalOf } from '../../support/sdk';

const Bucket = 'practice-objects';

describe('objects', () => {
  let world: Practice;
  let owner: S3Client;

  const put = (Key: string, Body: string | Uint8Array | Readable = Key, more = {}) =>
    owner.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const read = async (Key: string, VersionId?: string) =>
    (await owner.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToByteArray();
  const list = async (more = {}) => {
    const answer = await owner.send(new ListObjectsV2Command({ Bucket, ...more }));
    return {
      keys: (answer.Contents ?? []).map((item) => item.Key),
      prefixes: (answer.CommonPrefixes ?? []).map((item) => item.Prefix),
      next: answer.NextContinuationToken,
      count: answer.KeyCount,
      truncated: answer.IsTruncated,
    };
  };

  beforeEach(async () => {
    world = practice();
    owner = bareS3(world.sandbox, world.clock, world.sandbox.identities.owner);
    await owner.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
  });

  test('come back byte for byte, with what was said about them', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
    const { ETag } = await put('a folder/ünïcode+(1)&=?.bin', bytes, {
      ContentType: 'application/x-practice',
      CacheControl: 'no-store',
      Metadata: { made: 'by hand' },
    });
    const Key = 'a folder/ünïcode+(1)&=?.bin';
    const got = await owner.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToByteArray()).toEqual(bytes);
    expect(got).toMatchObject({
      ContentType: 'application/x-practice',
      CacheControl: 'no-store',
      ContentLength: 1000,
      ETag,
      Metadata: { made: 'by hand' },
      ServerSideEncryption: 'AES256',
    });
    expect(got.LastModified?.getTime()).toBe(world.clock.now());
    expect(await owner.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 1000, ETag });
    await owner.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await refusalOf(owner.send(new GetObjectCommand({ Bucket, Key })))).toMatchObject({
      name: 'NoSuchKey',
      status: 404,
    });
    expect(await refusalOf(owner.send(new HeadObjectCommand({ Bucket, Key })))).toMatchObject({
      name: 'NotFound',
      status: 404,
    });
    // Deleting what is not there is no error.
    await owner.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  test.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])(
    'a checksum by %s is kept and given back',
    async (algorithm) => {
      // The SDK computes it on its way out and checks it on its way in.
      const made = await put('sum', 'some text to be summed up', { ChecksumAlgorithm: algorithm });
      const member = `Checksum${algorithm}` as const;
      expect(made).toHaveProperty(member, expect.stringMatching(/=$/));
      const got = await owner.send(new GetObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
      expect(got).toHaveProperty(member, made[member]);
      expect(await got.Body?.transformToString()).toBe('some text to be summed up');
    },
  );

  test('a wrong checksum and a wrong MD5 are refused, and nothing is kept', async () => {
    expect(await refusalOf(put('bad', 'text', { ChecksumCRC32: 'AAAAAA==' }))).toMatchObject({
      name: 'BadDigest',
      status: 400,
    });
    expect(await refusalOf(put('bad', 'text', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }))).toMatchObject({
      name: 'BadDigest',
    });
    expect((await list()).keys).toEqual([]);
  });

  test('a stream comes in chunks with its checksum after it', async () => {
    const text = 'line of a stream\n'.repeat(5000);
    const made = await put('streamed', Readable.from([text.slice(0, 30_000), text.slice(30_000)].map(Buffer.from)), {
      ContentLength: text.length,
    });
    expect(made.ChecksumCRC32).toBeDefined();
    expect(Buffer.from((await read('streamed')) ?? []).toString()).toBe(text);
    expect((await owner.send(new HeadObjectCommand({ Bucket, Key: 'streamed' }))).ContentEncoding).toBeUndefined();
  });

  test('too large ones are refused in the sandbox’s name', async () => {
    await put('largest', new Uint8Array(262_144));
    const large = await refusalOf(put('larger', new Uint8Array(262_145)));
    expect(large).toMatchObject({ name: 'EntityTooLarge', status: 400 });
    expect(large.message).toContain('the practice sandbox keeps objects of 262144 bytes at most');
    for (let index = 0; index < 6; index += 1) await put(`fill-${String(index)}`, new Uint8Array(262_144));
    const full = await refusalOf(put('one-more', new Uint8Array(262_144)));
    expect(full.name).toBe('EntityTooLarge');
    expect(full.message).toContain('The practice sandbox is full');
  });

  test('conditions on the version that is there hold', async () => {
    const { ETag } = await put('lock', 'one', { IfNoneMatch: '*' });
    expect(await refusalOf(put('lock', 'two', { IfNoneMatch: '*' }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
    await put('lock', 'three', { IfMatch: ETag });
    expect((await refusalOf(put('lock', 'four', { IfMatch: ETag }))).name).toBe('PreconditionFailed');
    expect(await refusalOf(owner.send(new GetObjectCommand({ Bucket, Key: 'lock', IfMatch: ETag })))).toMatchObject({
      status: 412,
    });
  });

  test('what would change the answer and is not offered is refused', async () => {
    await put('plain');
    const range = await refusalOf(owner.send(new GetObjectCommand({ Bucket, Key: 'plain', Range: 'bytes=0-1' })));
    expect(range).toMatchObject({ name: 'NotImplemented', status: 501 });
    expect(range.message).toContain('The practice sandbox does not offer the header range');
    expect((await refusalOf(put('x', 'x', { ServerSideEncryption: 'aws:kms' }))).name).toBe('NotImplemented');
    expect(await refusalOf(put('x', 'x', { ACL: 'public-read' }))).toMatchObject({
      name: 'AccessControlListNotSupported',
      message: 'The bucket does not allow ACLs',
    });
    await put('x', 'x', { ACL: 'bucket-owner-full-control' });
  });

  test('are listed by prefix and delimiter, in the order of their bytes', async () => {
    for (const key of ['b', 'a/1', 'a/2/x', 'a/2/y', 'B', 'é', 'a b&<c>']) await put(key);
    expect((await list()).keys).toEqual(['B', 'a b&<c>', 'a/1', 'a/2/x', 'a/2/y', 'b', 'é']);
    expect(await list({ Delimiter: '/' })).toMatchObject({
      keys: ['B', 'a b&<c>', 'b', 'é'],
      prefixes: ['a/'],
      count: 5,
    });
    expect(await list({ Delimiter: '/', Prefix: 'a/' })).toMatchObject({ keys: ['a/1'], prefixes: ['a/2/'] });
    expect((await list({ StartAfter: 'a/2/x' })).keys).toEqual(['a/2/y', 'b', 'é']);
    expect((await list({ EncodingType: 'url' })).keys).toContain('a%20b%26%3Cc%3E');
    const old = await owner.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 3 }));
    expect(old.Contents?.map((item) => item.Key)).toEqual(['B', 'a b&<c>']);
    expect(old.NextMarker).toBe('a/');
    const rest = await owner.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: old.NextMarker }));
    expect(rest.Contents?.map((item) => item.Key)).toEqual(['b', 'é']);
    expect(rest.CommonPrefixes).toBeUndefined();
  });

  test.each([1, 2, 3, 7])('pages of %i have every key and prefix once', async (MaxKeys) => {
    const keys = ['a', 'b/1', 'b/2', 'b0', 'c', 'd/1/x', 'd/2', 'e'];
    for (const key of keys) await put(key);
    for (const [Delimiter, expected] of [
      [undefined, keys],
      ['/', ['a', 'b/', 'b0', 'c', 'd/', 'e']],
    ] as const) {
      const found: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await list({ MaxKeys, Delimiter, ContinuationToken });
        expect(page.keys.length + page.prefixes.length).toBeLessThanOrEqual(MaxKeys);
        expect(page.truncated).toBe(page.next !== undefined);
        found.push(...[...page.keys, ...page.prefixes].sort());
        ContinuationToken = page.next;
      } while (ContinuationToken !== undefined && found.length <= keys.length);
      expect(found).toEqual(expected);
    }
    expect(await refusalOf(list({ ContinuationToken: 'nonsense' }))).toMatchObject({ name: 'InvalidArgument' });
  });

  test('versions are kept once versioning is on, and a bucket of them is not empty', async () => {
    await put('k', 'before');
    await owner.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const first = (await put('k', 'first')).VersionId;
    const second = (await put('k', 'second')).VersionId;
    expect(first).not.toBe(second);
    const text = async (id?: string) => Buffer.from((await read('k', id)) ?? []).toString();
    expect(await text()).toBe('second');
    expect(await text(first)).toBe('first');
    expect(await text('null')).toBe('before');
    const marker = await owner.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(marker.DeleteMarker).toBe(true);
    expect((await refusalOf(read('k'))).name).toBe('NoSuchKey');
    expect((await list()).keys).toEqual([]);
    expect(await refusalOf(read('k', marker.VersionId))).toMatchObject({ name: 'MethodNotAllowed', status: 405 });
    expect((await refusalOf(read('k', 'nonsense'))).name).toBe('NoSuchVersion');
    expect((await refusalOf(owner.send(new DeleteBucketCommand({ Bucket })))).message).toBe(
      'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    );
    const page = await owner.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
    expect(page.DeleteMarkers).toMatchObject([{ Key: 'k', VersionId: marker.VersionId, IsLatest: true }]);
    expect(page.Versions).toMatchObject([{ Key: 'k', VersionId: second, IsLatest: false, Size: 6 }]);
    const rest = await owner.send(
      new ListObjectVersionsCommand({
        Bucket,
        KeyMarker: page.NextKeyMarker,
        VersionIdMarker: page.NextVersionIdMarker,
      }),
    );
    expect(rest.Versions?.map((item) => item.VersionId)).toEqual([first, 'null']);
    for (const VersionId of [marker.VersionId, second])
      await owner.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    expect(await text()).toBe('first');
    await owner.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    expect((await put('k', 'after')).VersionId).toBe('null');
    for (const VersionId of [first, 'null']) await owner.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }));
    await owner.send(new DeleteBucketCommand({ Bucket }));
  });
});
