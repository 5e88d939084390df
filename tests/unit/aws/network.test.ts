import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import type { AppError } from '../../../core/app-error';
import type { AwsEnvironment } from '../../../main/aws/aws-api';
import { createAws } from '../../../main/aws/create-aws';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, fixed, practice, sandboxEnvironment } from '../../support/practice';
import { hasOpenssl, selfSigned } from '../../support/self-signed';

const credentials = fixed({ accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey: 's'.repeat(40) });
const openssl = await hasOpenssl();
const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function listening(server: Server): Promise<number> {
  open.push(server);
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('no port'));
    });
  });
}

const at = (endpoint: string): AwsEnvironment => ({ kind: 'aws', partition: 'aws', region: 'eu-west-1', endpoint });
const quick = () => createAws({ clock: new ManualClock(), version: '0.0.0', timeouts: { connect: 300, request: 300 } });
const ask = (endpoint: string): Promise<AppError> =>
  errorOf(quick().sts(at(endpoint), credentials).getCallerIdentity());

describe('the way to AWS, through the real SDK and real sockets', { timeout: 30_000 }, () => {
  test('nothing listens', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await ask(`http://127.0.0.1:${String(port)}`)).toMatchObject({
      kind: 'unreachable',
      retryable: true,
      message: 'Nothing answers at AWS.',
      // nothing in the settings is named, so no button leads there
      remedies: [{ kind: 'retry' }],
    });
  });

  test('the name is not known', async () => {
    const error = await ask('http://sts.nowhere.invalid');
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(/offline/);
    expect(error.remedies).toEqual([{ kind: 'change-network' }, { kind: 'retry' }]);
  });

  test('the connection breaks off', async () => {
    const port = await listening(createServer((request) => request.socket.destroy()));
    expect((await ask(`http://127.0.0.1:${String(port)}`)).message).toMatch(/broke off/);
  });

  test('no answer in time; each of three attempts was made', async () => {
    let asked = 0;
    const port = await listening(
      createServer(() => {
        asked += 1;
      }),
    );
    const error = await ask(`http://127.0.0.1:${String(port)}`);
    expect(error).toMatchObject({ kind: 'timed-out', retryable: true });
    expect(asked).toBe(3);
  });

  test('a change without an answer is not called undone', async () => {
    const port = await listening(createServer((request) => request.socket.destroy()));
    const error = await errorOf(
      quick()
        .iam(at(`http://127.0.0.1:${String(port)}`), credentials)
        .deleteRole('Deploy'),
    );
    expect(error.whatDidNotChange).toMatch(/not certain/);
  });

  test.skipIf(!openssl)('a certificate nobody vouches for', async () => {
    const pair = await selfSigned();
    const port = await listening(createTlsServer(pair, (_request, response) => response.end()));
    const error = await ask(`https://127.0.0.1:${String(port)}`);
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(/certificate/);
  });

  test('an answer that is not AWS’s', async () => {
    const page = (_request: unknown, response: ServerResponse) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><body>Please sign in to the hotel’s network</body></html>');
    };
    const port = await listening(createServer(page));
    const error = await ask(`http://127.0.0.1:${String(port)}`);
    expect(['aws-other', 'unexpected']).toContain(error.kind);
    expect(error.message).not.toBe('');
  });

  test('cancelling ends the call at once, also between attempts, and is no error', async () => {
    const port = await listening(createServer(() => undefined));
    const stop = new AbortController();
    const started = performance.now();
    const pending = quick()
      .sts(at(`http://127.0.0.1:${String(port)}`), credentials)
      .getCallerIdentity({ signal: stop.signal });
    setImmediate(() => {
      stop.abort();
    });
    expect(await pending).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('what was cancelled before is not sent', async () => {
    const world = practice();
    const stop = new AbortController();
    stop.abort();
    let sent = 0;
    const aws = createAws({
      clock: world.clock,
      version: '0.0.0',
      sandbox: {
        handle: (request) => {
          sent += 1;
          return world.sandbox.handle(request);
        },
      },
    });
    const result = await aws.sts(sandboxEnvironment, credentials).getCallerIdentity({ signal: stop.signal });
    expect(result).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(sent).toBe(0);
  });
});
