import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';

export type TestProxy = {
  readonly port: number;
  /** every CONNECT: the host and port that were asked for */
  readonly asked: readonly string[];
  /** connections that are open now */
  readonly open: () => number;
  readonly close: () => Promise<void>;
};

export type ProxyOptions = {
  /** Where every tunnel ends, whatever host was asked for: a port of this computer. */
  readonly to: number;
  /** `name:password` that it wants */
  readonly login?: string;
  /** answers with this status instead of connecting */
  readonly refuses?: number;
  /** takes connections and says nothing */
  readonly silent?: boolean;
  /** speaks TLS itself */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A real CONNECT proxy on loopback. It sends every tunnel to one server, as if that were all of AWS. */
export async function startProxy(options: ProxyOptions): Promise<TestProxy> {
  const { to, login, refuses, silent = false, tls } = options;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = tls === undefined ? createHttpServer() : createTlsServer(tls);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    asked.push(request.url ?? '');
    if (silent) {
      client.resume().on('end', () => client.destroy());
      return;
    }
    const given = request.headers['proxy-authorization'];
    const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    const status = refuses ?? (given === wanted ? 200 : 407);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${String(status)} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = connect(to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
    client.on('close', () => target.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    asked,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
