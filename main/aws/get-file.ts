import { Readable } from 'node:stream';
import type { NetworkPort } from './network';

/**
 * GET by the one way to the network, with its proxy and certificates. A redirect is an answer like any other and is not
 * followed. Rejects as `handle` does (network-error.ts).
 */
export async function getFile(
  network: NetworkPort,
  address: URL,
  abortSignal: AbortSignal,
): Promise<{ readonly status: number; readonly body: Readable }> {
  const { HttpRequest } = await import('@smithy/protocol-http');
  const { hostname, pathname, port, protocol } = address;
  const request = new HttpRequest({
    ...{ method: 'GET', protocol, hostname, path: pathname, headers: { host: address.host } },
    ...(port === '' ? {} : { port: Number(port) }),
  });
  const { handler } = await network.reach();
  const { response } = await handler.handle(request, { abortSignal });
  const body: unknown = response.body;
  return { status: response.statusCode, body: body instanceof Readable ? body : Readable.from([]) };
}
