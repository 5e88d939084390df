import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SandboxRequest, SandboxResponse } from './http';

/** Bytes. Programs send S3 up to 8 MiB in one piece: that is read, so that S3 can refuse it in its own words. */
const maximumBody = 9_437_184;

type Port = { handle(request: SandboxRequest): Promise<SandboxResponse> };

export type SandboxServer = { readonly endpoint: string; close(): Promise<void> };

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += buffer.length;
    if (size > maximumBody) return undefined;
    parts.push(buffer);
  }
  return Buffer.concat(parts);
}

/** Only programs on this computer, and no web page that a browser on it has open. */
function isLocal(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return request.headers.origin === undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

function readQuery(text: string): Record<string, string | readonly string[]> {
  const values = new Map<string, string[]>();
  for (const pair of text.split('&').filter((item) => item !== '')) {
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const list = values.get(name) ?? [];
    list.push(equals === -1 ? '' : decode(pair.slice(equals + 1)));
    values.set(name, list);
  }
  return Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? '') : list]));
}

async function answer(sandbox: Port, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocal(request)) {
    response
      .writeHead(403, { 'content-type': 'text/plain' })
      .end('The practice sandbox answers programs on this computer only.\n');
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  const result = await sandbox.handle({
    method: request.method ?? 'GET',
    hostname: headers['host'] ?? '',
    path,
    query: readQuery(query),
    headers,
    body,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  });
  if (result.lost === 'all') return;
  response.writeHead(result.status, { ...result.headers });
  if (result.lost === undefined) {
    response.end(result.body);
    return;
  }
  const whole = Buffer.from(result.body);
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => {
    request.socket.destroy();
  });
}

/** Serves the sandbox on 127.0.0.1. `port` 0 takes any that is free. Rejects when the port is taken. */
export function serveSandbox(sandbox: Port, port: number): Promise<SandboxServer> {
  const server: Server = createServer((request, response) => {
    answer(sandbox, request, response).catch(() => {
      // A bug in the sandbox: the client gets what it would get from AWS then.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Receiver</Type><Code>InternalFailure</Code><Message>The practice sandbox failed.</Message></Error></ErrorResponse>',
      );
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        endpoint: `http://127.0.0.1:${String(actual)}`,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            server.closeAllConnections();
          }),
      });
    });
  });
}
