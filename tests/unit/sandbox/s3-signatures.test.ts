import { createHash, createHmac } from 'node:crypto';
import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { bodyText, type SandboxRequest, type SandboxResponse } from '../../../main/sandbox/http';
import { practice, trustPolicy, valueOf, type Practice } from '../../support/practice';
import { bareS3, refusalOf } from '../../support/sdk';

const Bucket = 'practice-signed';
const scope = '20261122/eu-west-1/s3/aws4_request';
const stamp = '20261122T090000Z';

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const code = (response: SandboxResponse): string | undefined => /<Code>([^<]+)<\/Code>/.exec(bodyText(response))?.[1];

describe('how S3 is spoken to', () => {
  let world: Practice;
  let key: Buffer;

  beforeEach(async () => {
    world = practice();
    const { owner } = world.sandbox.identities;
    await bareS3(world.sandbox, world.clock, owner).send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    key = hmac(hmac(hmac(hmac(`AWS4${owner.secretAccessKey}`, '20261122'), 'eu-west-1'), 's3'), 'aws4_request');
  });

  const sign = (...lines: readonly string[]): string => hmac(key, lines.join('\n')).toString('hex');
  const request = (more: Partial<SandboxRequest>): SandboxRequest => ({
    method: 'GET',
    hostname: 's3.eu-west-1.amazonaws.com',
    path: `/${Bucket}`,
    query: {},
    headers: {},
    body: '',
    ...more,
  });

  /** A PUT signed by hand, as the rules have it and no SDK at hand sends it. */
  function chunked(payload: string, body: (seed: string) => string, more: Readonly<Record<string, string>> = {}) {
    const headers: Readonly<Record<string, string>> = {
      host: 's3.eu-west-1.amazonaws.com',
      'x-amz-content-sha256': payload,
      'x-amz-date': stamp,
      ...more,
    };
    const names = Object.keys(headers).sort();
    const canonical = [
      'PUT',
      `/${Bucket}/chunked`,
      '',
      ...names.map((name) => `${name}:${headers[name] ?? ''}`),
      '',
      names.join(';'),
      payload,
    ].join('\n');
    const signature = sign('AWS4-HMAC-SHA256', stamp, scope, sha256(canonical));
    const authorization = `AWS4-HMAC-SHA256 Credential=${world.sandbox.identities.owner.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
    return world.sandbox.handle(
      request({
        method: 'PUT',
        path: `/${Bucket}/chunked`,
        headers: { ...headers, authorization },
        body: body(signature),
      }),
    );
  }

  const nextChunk = (previous: string, data: string): string =>
    sign('AWS4-HMAC-SHA256-PAYLOAD', stamp, scope, previous, sha256(''), sha256(data));

  function signedChunks(seed: string, parts: readonly string[]): { readonly text: string; readonly last: string } {
    let previous = seed;
    let text = '';
    for (const part of parts) {
      previous = nextChunk(previous, part);
      text += `${part.length.toString(16)};chunk-signature=${previous}\r\n${part}${part === '' ? '' : '\r\n'}`;
    }
    return { text, last: previous };
  }

  const stored = async (): Promise<string> => {
    const client = bareS3(world.sandbox, world.clock, world.sandbox.identities.owner);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'chunked' }));
    return (await Body?.transformToString()) ?? '';
  };

  test('signed chunks are put together, and a changed one is refused', async () => {
    const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const whole = await chunked(payload, (seed) => `${signedChunks(seed, ['first ', 'second', '']).text}\r\n`, {
      'x-amz-decoded-content-length': '12',
    });
    expect(whole.status).toBe(200);
    expect(await stored()).toBe('first second');
    const changed = await chunked(payload, (seed) =>
      signedChunks(seed, ['first ', 'second', '']).text.replace('second', 'SECOND'),
    );
    expect([changed.status, code(changed)]).toEqual([403, 'SignatureDoesNotMatch']);
    const cut = await chunked(payload, (seed) => signedChunks(seed, ['first ', 'second']).text);
    expect([cut.status, code(cut)]).toEqual([400, 'IncompleteBody']);
    const short = await chunked(payload, (seed) => signedChunks(seed, ['first ', '']).text, {
      'x-amz-decoded-content-length': '12',
    });
    expect(code(short)).toBe('IncompleteBody');
    expect(await stored()).toBe('first second');
  });

  test('a signed trailer has the checksum, and is refused when it is changed', async () => {
    const send = (checksum: string, signed = checksum) =>
      chunked(
        'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
        (seed) => {
          const { last, text } = signedChunks(seed, ['trailed', '']);
          const lines = sha256(`x-amz-checksum-sha256:${signed}\n`);
          const signature = sign('AWS4-HMAC-SHA256-TRAILER', stamp, scope, last, lines);
          return `${text}x-amz-checksum-sha256:${checksum}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
        },
        { 'x-amz-trailer': 'x-amz-checksum-sha256' },
      );
    const right = createHash('sha256').update('trailed').digest('base64');
    const wrong = createHash('sha256').update('another').digest('base64');
    expect((await send(right)).headers['x-amz-checksum-sha256']).toBe(right);
    expect(await stored()).toBe('trailed');
    expect(code(await send(wrong))).toBe('BadDigest');
    expect(code(await send(wrong, right))).toBe('SignatureDoesNotMatch');
  });

  describe('presigned URLs', () => {
    function presigned(change: Readonly<Record<string, string>> = {}, secret = key): SandboxRequest {
      const query: Readonly<Record<string, string>> = {
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': `${world.sandbox.identities.owner.accessKeyId}/${scope}`,
        'X-Amz-Date': stamp,
        'X-Amz-Expires': '600',
        'X-Amz-SignedHeaders': 'host',
        ...change,
      };
      const text = Object.keys(query)
        .sort()
        .map((name) => `${name}=${encodeURIComponent(query[name] ?? '')}`)
        .join('&');
      const host = 's3.eu-west-1.amazonaws.com';
      const canonical = `GET\n/${Bucket}/chunked\n${text}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
      const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
      return request({
        path: `/${Bucket}/chunked`,
        headers: { host },
        query: { ...query, 'X-Amz-Signature': hmac(secret, toSign).toString('hex') },
      });
    }

    beforeEach(async () => {
      const client = bareS3(world.sandbox, world.clock, world.sandbox.identities.owner);
      await client.send(new PutObjectCommand({ Bucket, Key: 'chunked', Body: 'by URL' }));
    });

    test('hold as long as they say', async () => {
      expect(bodyText(await world.sandbox.handle(presigned()))).toBe('by URL');
      world.clock.advance(600_000);
      expect((await world.sandbox.handle(presigned())).status).toBe(200);
      world.clock.advance(1_000);
      const expired = await world.sandbox.handle(presigned());
      expect([expired.status, code(expired)]).toEqual([403, 'AccessDenied']);
      expect(bodyText(expired)).toContain('<Message>Request has expired</Message>');
    });

    test('are refused when they are changed, or hold for more than a week', async () => {
      const other = presigned();
      const changed = { ...other, query: { ...other.query, 'X-Amz-Expires': '6000' } };
      expect(code(await world.sandbox.handle(changed))).toBe('SignatureDoesNotMatch');
      expect(code(await world.sandbox.handle({ ...other, path: `/${Bucket}/another` }))).toBe('SignatureDoesNotMatch');
      expect(code(await world.sandbox.handle(presigned({ 'X-Amz-Expires': '604801' })))).toBe(
        'AuthorizationQueryParametersError',
      );
    });
  });

  describe('refusals that all services have, in S3’s words', () => {
    const list = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
      refusalOf(bareS3(world.sandbox, world.clock, credentials).send(new ListBucketsCommand({})));

    test('keys and secrets', async () => {
      const { owner } = world.sandbox.identities;
      expect(await list({ ...owner, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' })).toEqual({
        name: 'InvalidAccessKeyId',
        status: 403,
        message: 'The AWS Access Key Id you provided does not exist in our records.',
      });
      expect(await list({ ...owner, secretAccessKey: 'x'.repeat(40) })).toEqual({
        name: 'SignatureDoesNotMatch',
        status: 403,
        message:
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      });
    });

    test('tokens', async () => {
      const { deployer, owner } = world.sandbox.identities;
      await valueOf(
        world.iam(owner).createRole({
          name: 'Short',
          path: '/',
          description: '',
          trustPolicy: trustPolicy(),
          maxSessionDuration: 3600,
          tags: [],
        }),
      );
      const roleArn = `arn:aws:iam::${owner.accountId}:role/Short`;
      const { credentials } = await valueOf(
        world.sts(deployer).assumeRole({ roleArn, sessionName: 'short', durationSeconds: 900 }),
      );
      expect(await list({ ...credentials, sessionToken: 'nonsense' })).toMatchObject({
        name: 'InvalidToken',
        status: 400,
        message: 'The provided token is malformed or otherwise invalid.',
      });
      expect((await list(credentials)).name).toBe('AccessDenied');
      world.clock.advance(900_000);
      expect(await list(credentials)).toMatchObject({
        name: 'ExpiredToken',
        status: 400,
        message: 'The provided token has expired.',
      });
    });

    test('clocks more than fifteen minutes apart', async () => {
      const { owner } = world.sandbox.identities;
      const slow = (offset: number) => {
        const server = createSandbox({
          clock: { now: () => world.clock.now() + offset, offset: () => undefined },
          signingKey: new Uint8Array(32).fill(7),
          snapshot: world.sandbox.snapshot(),
        });
        const handle = async (sent: SandboxRequest): Promise<SandboxResponse> => {
          const answer = await server.handle(sent);
          // Without a Date the SDK cannot correct itself.
          const { date: _date, ...headers } = answer.headers;
          return { ...answer, headers };
        };
        return bareS3({ handle }, world.clock, owner).send(new ListBucketsCommand({}));
      };
      await slow(899_000);
      expect(await refusalOf(slow(905_000))).toMatchObject({ name: 'RequestTimeTooSkewed', status: 403 });
      expect(await refusalOf(slow(-905_000))).toMatchObject({ name: 'RequestTimeTooSkewed', status: 403 });
    });

    test('a request without a signature', async () => {
      const refused = await world.sandbox.handle(request({ query: { 'list-type': '2' } }));
      expect([refused.status, code(refused)]).toEqual([403, 'AccessDenied']);
      expect(refused.headers['x-amz-request-id']).toMatch(/^[0-9A-F]{16}$/);
      expect(bodyText(refused)).toContain(
        `<RequestId>${refused.headers['x-amz-request-id'] ?? ''}</RequestId><HostId>`,
      );
      expect(bodyText(await world.sandbox.handle(request({ method: 'HEAD' })))).toBe('');
    });
  });

  test('throttling is SlowDown', async () => {
    world.sandbox.setTrouble({ throttling: 1 });
    const client = bareS3(world.sandbox, world.clock, world.sandbox.identities.owner);
    expect(await refusalOf(client.send(new ListBucketsCommand({})))).toMatchObject({ name: 'SlowDown', status: 503 });
  });

  test('the SDK’s own host names work too', async () => {
    const client = bareS3(world.sandbox, world.clock, world.sandbox.identities.owner, { forcePathStyle: false });
    await client.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'by host' }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
    expect(await Body?.transformToString()).toBe('by host');
  });
});
