import { request, type RequestOptions } from 'node:http';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../core/result';
import { CredentialsEndpoint, type EndpointAddress } from '../../main/handoff/credentials-endpoint';
import type { SessionCredentials } from '../../main/sessions/kept-credentials';
import { notFound } from '../../main/workspace-context';
import { ManualClock } from '../support/manual-clock';
import { must } from '../support/must';

const clock = new ManualClock();
const secret: SessionCredentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'canary-secret',
  sessionToken: 'canary-token',
  expiration: clock.now() + 3_600_123,
};

let endpoint: CredentialsEndpoint;
let held: Map<string, Result<SessionCredentials>>;
let given: string[];
let changes: number;
let auditWorks: boolean;
let meanwhile: () => void;
let address: EndpointAddress;

beforeEach(async () => {
  held = new Map([
    ['one', ok(secret)],
    ['two', ok({ ...secret, accessKeyId: 'ASIATWO' })],
  ]);
  given = [];
  changes = 0;
  auditWorks = true;
  meanwhile = () => undefined;
  endpoint = new CredentialsEndpoint({
    clock,
    credentials: (id) => {
      meanwhile();
      return Promise.resolve(held.get(id) ?? err(notFound('A live session')));
    },
    onGiven: (id, agent) => {
      given.push(`${id} ${agent}`);
      return auditWorks ? ok(undefined) : err(notFound('The audit log'));
    },
    onChange: () => {
      changes += 1;
    },
  });
  address = must(await endpoint.start('one'));
});

afterEach(() => {
  endpoint.stopAll();
});

type Answer = { status: number; body: string; headers: Record<string, unknown> };

function ask(headers: Record<string, string> = {}, more: RequestOptions = {}): Promise<Answer> {
  const { hostname, port, pathname, host } = new URL(address.uri);
  return new Promise((resolve, reject) => {
    const made = request(
      {
        hostname,
        port,
        path: pathname,
        headers: { host, authorization: address.token, 'user-agent': 'aws-sdk/1', ...headers },
        ...more,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
      },
    );
    made.on('error', reject).end();
  });
}

describe('S-25 the loopback credentials endpoint', () => {
  it('answers whoever holds the token as the SDKs’ container provider expects', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      AccessKeyId: 'ASIAEXAMPLE',
      SecretAccessKey: 'canary-secret',
      Token: 'canary-token',
      Expiration: new Date(secret.expiration).toISOString().replace(/\.\d+Z$/, 'Z'),
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(given).toEqual(['one aws-sdk/1']);
  });

  it('listens on 127.0.0.1 alone, on a port that the system chooses', async () => {
    expect(address.uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/credentials$/);
    const port = Number(new URL(address.uri).port);
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ address: one, family }) => family === 'IPv4' && one !== '127.0.0.1')
      .map(({ address: one }) => one);
    for (const host of [...others, '127.0.0.2', '::1']) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host, port })
          .once('connect', () => {
            socket.destroy();
            resolve(true);
          })
          .once('error', () => resolve(false));
      });
      expect(reached, host).toBe(false);
    }
  });

  it('has a token of 256 bits, one for each session and another each time', async () => {
    const two = must(await endpoint.start('two'));
    expect(Buffer.from(address.token, 'base64url')).toHaveLength(32);
    expect(two.token).not.toBe(address.token);
    expect(two.uri).toBe(address.uri);
    expect(must(await endpoint.start('one')).token).toBe(address.token);
    endpoint.stop('one');
    expect(must(await endpoint.start('one')).token).not.toBe(address.token);
    const answer = await ask({ authorization: two.token });
    expect(JSON.parse(answer.body)).toMatchObject({ AccessKeyId: 'ASIATWO' });
  });

  it('refuses every other token, a near one, and none', async () => {
    const near = `${address.token.slice(0, -1)}${address.token.endsWith('A') ? 'B' : 'A'}`;
    for (const authorization of ['', 'Bearer x', near, address.token.slice(1), `${address.token} `.repeat(2)]) {
      expect(await ask({ authorization })).toMatchObject({ status: 403 });
    }
    expect(given).toEqual([]);
    expect(endpoint.view('one')?.requests.every(({ outcome }) => outcome === 'wrong-token')).toBe(true);
  });

  it('refuses another Host, so that no name can be made to mean this computer', async () => {
    const { port } = new URL(address.uri);
    for (const host of [
      'evil.example',
      `localhost:${port}`,
      '127.0.0.1',
      `evil.example:${port}`,
      `127.0.0.1.:${port}`,
    ]) {
      expect((await ask({ host })).status).toBe(403);
    }
    expect(given).toEqual([]);
  });

  it('refuses every Origin and whatever a browser marks as its own, and allows nothing across origins', async () => {
    for (const origin of ['https://console.aws.amazon.com', 'null', address.uri, 'app://sallyport']) {
      const answer = await ask({ origin });
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect((await ask({ 'sec-fetch-site': 'none' })).status).toBe(403);
    const preflight = await ask({ origin: 'https://evil.example' }, { method: 'OPTIONS' });
    expect(preflight.status).toBe(403);
    expect(Object.keys((await ask()).headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers GET of its one path only', async () => {
    expect((await ask({}, { method: 'POST' })).status).toBe(404);
    expect((await ask({}, { path: '/' })).status).toBe(404);
    expect((await ask({}, { path: '/credentials/../credentials' })).status).toBe(404);
    expect(given).toEqual([]);
  });

  it('is off at first, off when it is switched off, and then nothing listens', async () => {
    const fresh = new CredentialsEndpoint({
      clock,
      credentials: () => Promise.resolve(ok(secret)),
      onGiven: () => ok(undefined),
      onChange: () => undefined,
    });
    expect(fresh.view('one')).toBeUndefined();
    expect(fresh.address('one')).toMatchObject({ ok: false });
    endpoint.stop('one');
    expect(endpoint.view('one')).toBeUndefined();
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('hands out nothing of a session that has ended, nor what the audit log could not note', async () => {
    held.delete('one');
    expect(await ask()).toMatchObject({ status: 503 });
    held.set('one', ok(secret));
    auditWorks = false;
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('canary');
  });

  it('hands out nothing of a session for which it was switched off while the keychain was asked', async () => {
    must(await endpoint.start('two'));
    meanwhile = () => endpoint.stop('one');
    expect((await ask()).status).toBe(503);
    expect(given).toEqual([]);
  });

  it('tells who asked and when, cut short and without a secret', async () => {
    await ask({ 'user-agent': `<script>${'x'.repeat(200)}` });
    await ask({ authorization: 'no' });
    const view = endpoint.view('one');
    expect(view?.requests.map(({ outcome }) => outcome)).toEqual(['wrong-token', 'given']);
    expect(view?.requests[1]?.userAgent).toHaveLength(80);
    expect(view?.requests[0]?.at).toBe(clock.now());
    expect(JSON.stringify(view)).not.toContain(address.token);
    expect(JSON.stringify(view)).not.toContain('canary');
    expect(changes).toBeGreaterThanOrEqual(3);
  });
});
