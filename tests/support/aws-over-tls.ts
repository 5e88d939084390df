import { createServer, type Server } from 'node:https';
import type { SandboxPort } from '../../main/aws/sandbox-handler';

export type TlsServer = {
  readonly port: number;
  readonly hosts: readonly string[];
  readonly close: () => Promise<void>;
};

/** The sandbox behind TLS under AWS's own host names, for clients whose way leads here whatever they ask for. */
export async function serveAsAws(
  sandbox: SandboxPort,
  pair: { readonly key: string; readonly cert: string },
  options: {
    readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2';
    readonly minVersion?: 'TLSv1';
    readonly ciphers?: string;
  } = {},
): Promise<TlsServer> {
  const hosts: string[] = [];
  const server: Server = createServer({ ...pair, ...options }, (request, response) => {
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => {
      const hostname = request.headers.host ?? '';
      hosts.push(hostname);
      const url = new URL(request.url ?? '/', `https://${hostname}`);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join() : (value ?? ''),
        ]),
      );
      void sandbox
        .handle({
          method: request.method ?? 'GET',
          hostname,
          path: url.pathname,
          query: Object.fromEntries(url.searchParams),
          headers,
          body: Buffer.concat(parts).toString('utf8'),
        })
        .then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    hosts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
