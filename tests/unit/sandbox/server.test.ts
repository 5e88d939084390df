import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox, type SandboxServer } from '../../../main/sandbox/server';
import { ManualClock } from '../../support/manual-clock';
import { testSigningKey } from '../../support/practice';

type Sent = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
};

describe('the sandbox on loopback', () => {
  let server: SandboxServer;

  beforeEach(async () => {
    server = await serveSandbox(createSandbox({ clock: new ManualClock(), signingKey: testSigningKey }), 0);
  });
  afterEach(() => server.close());

  function send({
    body = '',
    headers = {},
    method = 'POST',
    path = '/',
  }: Sent): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(`${server.endpoint}${path}`, { method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  test('listens on 127.0.0.1 only', () => {
    expect(server.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+$/);
  });

  test('answers an unsigned request as AWS does', async () => {
    const answer = await send({ body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  test('refuses a page of a browser, by its Origin and by another host’s name', async () => {
    expect((await send({ headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await send({ headers: { origin: 'null' } })).status).toBe(403);
    expect((await send({ headers: { host: 'evil.example' } })).text).toContain('on this computer only');
    expect((await send({ headers: { host: 'localhost:1' } })).text).toContain('MissingAuthenticationToken');
  });

  test('refuses a body that no call has', async () => {
    expect((await send({ body: 'x'.repeat(9_500_000) })).status).toBe(413);
  });

  test('lives through requests that make no sense', async () => {
    for (const path of ['/%', '/%zz?%zz=%', '/?&&==', '/federation', '/federation?Action=login&SigninToken=%00']) {
      expect((await send({ path, method: 'GET' })).status, path).toBeGreaterThanOrEqual(400);
    }
    const headers = { authorization: 'AWS4-HMAC-SHA256 nonsense', 'content-type': 'application/x-amz-json-1.1' };
    const answer = await send({ headers, body: '{' });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ __type: 'IncompleteSignatureException' });
  });

  test('says when the port is taken', async () => {
    const port = Number(new URL(server.endpoint).port);
    const sandbox = createSandbox({ clock: new ManualClock(), signingKey: testSigningKey });
    await expect(serveSandbox(sandbox, port)).rejects.toThrow(/EADDRINUSE/);
  });
});
