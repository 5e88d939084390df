import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseSandboxSnapshot } from '../../../main/sandbox/snapshot';
import { practice, type Practice } from '../../support/practice';
import { bareS3, refusalOf } from '../../support/sdk';

const region = 'eu-west-1';
const Bucket = 'practice-bucket-1';
const here = { LocationConstraint: region } as const;

describe('buckets', () => {
  let world: Practice;
  let owner: S3Client;

  const as = (part: 'owner' | 'management' | 'deployer', more = {}) =>
    bareS3(world.sandbox, world.clock, world.sandbox.identities[part], more);
  const create = (name: string, client = owner) =>
    client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: here }));

  beforeEach(() => {
    world = practice();
    owner = as('owner');
  });

  test('are made, found, listed and deleted', async () => {
    const made = await create(Bucket);
    expect(made.Location).toBe(`/${Bucket}`);
    expect(made.$metadata.requestId).toMatch(/^[0-9A-F]{16}$/);
    expect(made.$metadata.extendedRequestId).toBeTruthy();
    expect(await owner.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: region });
    expect((await owner.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe(region);
    await create('another-bucket');
    const { Buckets, Owner } = await owner.send(new ListBucketsCommand({}));
    expect(Buckets?.map((bucket) => bucket.Name)).toEqual(['another-bucket', Bucket]);
    expect(Buckets?.[0]?.CreationDate?.getTime()).toBe(world.clock.now());
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect((await as('management').send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    await owner.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusalOf(owner.send(new HeadBucketCommand({ Bucket })))).toMatchObject({
      name: 'NotFound',
      status: 404,
    });
    expect(await refusalOf(owner.send(new GetBucketLocationCommand({ Bucket })))).toMatchObject({
      name: 'NoSuchBucket',
      status: 404,
      message: 'The specified bucket does not exist',
    });
  });

  test('are listed in pages, by prefix and with their Region', async () => {
    for (const name of ['log-a', 'log-b', 'log-c', 'web-a']) await create(name);
    const first = await owner.send(new ListBucketsCommand({ MaxBuckets: 2, Prefix: 'log-' }));
    expect(first.Buckets).toMatchObject([
      { Name: 'log-a', BucketRegion: region },
      { Name: 'log-b', BucketRegion: region },
    ]);
    const second = await owner.send(
      new ListBucketsCommand({ MaxBuckets: 2, Prefix: 'log-', ContinuationToken: first.ContinuationToken }),
    );
    expect(second.Buckets?.map((bucket) => bucket.Name)).toEqual(['log-c']);
    expect(second.ContinuationToken).toBeUndefined();
  });

  test('have names that are unique for everybody', async () => {
    await create(Bucket);
    expect(await refusalOf(create(Bucket))).toMatchObject({ name: 'BucketAlreadyOwnedByYou', status: 409 });
    expect(await refusalOf(create(Bucket, as('management')))).toMatchObject({
      name: 'BucketAlreadyExists',
      status: 409,
    });
    const virginia = as('owner', { region: 'us-east-1' });
    await virginia.send(new CreateBucketCommand({ Bucket: 'first-region' }));
    await virginia.send(new CreateBucketCommand({ Bucket: 'first-region' }));
    expect(
      (await virginia.send(new GetBucketLocationCommand({ Bucket: 'first-region' }))).LocationConstraint ?? '',
    ).toBe('');
  });

  test.each([
    'Upper-case',
    'ab',
    'a_b_c',
    '-start',
    'end-',
    'two..dots',
    '192.168.1.1',
    'xn--name',
    'a-s3alias',
    'a'.repeat(64),
  ])('cannot be named %s', async (name) => {
    expect(await refusalOf(create(name))).toMatchObject({ name: 'InvalidBucketName', status: 400 });
  });

  test('are made in the Region of the endpoint, or anywhere from the first one', async () => {
    const elsewhere = { LocationConstraint: 'eu-central-1' } as const;
    expect(
      await refusalOf(owner.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: elsewhere }))),
    ).toMatchObject({
      name: 'IllegalLocationConstraintException',
      message:
        'The eu-central-1 location constraint is incompatible for the region specific endpoint this request was sent to.',
    });
    const virginia = as('owner', { region: 'us-east-1' });
    await virginia.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: elsewhere }));
    expect(await refusalOf(owner.send(new GetBucketVersioningCommand({ Bucket })))).toMatchObject({
      name: 'PermanentRedirect',
      status: 301,
    });
    // What the SDK does about it when it may.
    const following = as('owner', { followRegionRedirects: true });
    expect((await following.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-central-1');
  });

  test('are not deleted while something is in them', async () => {
    await create(Bucket);
    await owner.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));
    expect(await refusalOf(owner.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({
      name: 'BucketNotEmpty',
      status: 409,
      message: 'The bucket you tried to delete is not empty',
    });
  });

  test('block public access from the start', async () => {
    await create(Bucket);
    const get = () => owner.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect((await get()).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    await owner.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    );
    expect((await get()).PublicAccessBlockConfiguration).toMatchObject({
      BlockPublicAcls: true,
      RestrictPublicBuckets: false,
    });
    await owner.send(new DeletePublicAccessBlockCommand({ Bucket }));
    expect(await refusalOf(get())).toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration', status: 404 });
  });

  test('keep versioning and tags', async () => {
    await create(Bucket);
    expect((await owner.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    await owner.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    expect((await owner.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const tags = () => owner.send(new GetBucketTaggingCommand({ Bucket }));
    expect(await refusalOf(tags())).toMatchObject({ name: 'NoSuchTagSet', status: 404 });
    const TagSet = [
      { Key: 'team', Value: 'a & <b>' },
      { Key: 'empty', Value: '' },
    ];
    const withBadCharacter = owner.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await refusalOf(withBadCharacter)).name).toBe('InvalidTag');
    TagSet[0] = { Key: 'team', Value: 'Größe 1' };
    await owner.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await tags()).TagSet).toEqual(TagSet);
    await owner.send(new DeleteBucketTaggingCommand({ Bucket }));
    expect((await refusalOf(tags())).name).toBe('NoSuchTagSet');
  });

  test('what is not offered is refused by name', async () => {
    await create(Bucket);
    const refusal = await refusalOf(owner.send(new GetBucketAclCommand({ Bucket })));
    expect(refusal).toMatchObject({ name: 'NotImplemented', status: 501 });
    expect(refusal.message).toContain('The practice sandbox does not offer the operation “GET ?acl” on a bucket of S3');
  });

  test('come back with the saved state, and changes are told', async () => {
    let changes = 0;
    world.sandbox.onChange(() => {
      changes += 1;
    });
    await create(Bucket);
    await owner.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: new Uint8Array([0, 255, 128]) }));
    await owner.send(new HeadBucketCommand({ Bucket }));
    expect(changes).toBe(2);
    const saved = parseSandboxSnapshot(JSON.parse(JSON.stringify(world.sandbox.snapshot())));
    if (saved === undefined) throw new Error('not a snapshot');
    const again = practice({ snapshot: saved });
    expect(again.sandbox.snapshot()).toEqual(saved);
    const { buckets: _left, ...older } = saved;
    expect(parseSandboxSnapshot(older)).toBeDefined();
    const empty = practice({ snapshot: older });
    const client = bareS3(empty.sandbox, empty.clock, empty.sandbox.identities.owner);
    expect((await client.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });
});
