import type { Agent } from 'node:http';
import type { HttpsProxyAgent } from 'https-proxy-agent';
import type { Clock } from '../platform/clock';
import { ProxyFailure } from './network-error';
import type { Proxy } from './proxy-choice';
import type { secureOptions } from './trusted-certificates';

type Connect = HttpsProxyAgent<string>['connect'];

export type TunnelOptions = {
  readonly clock: Pick<Clock, 'schedule'>;
  /** Whether what goes through is TLS: the library guesses otherwise, and differently at different times. */
  readonly isSecure: boolean;
  readonly secure: ReturnType<typeof secureOptions>;
  /** Milliseconds for the proxy to connect. */
  readonly timeout: number;
  readonly maxSockets: number;
};

/**
 * An agent whose connections go through the proxy's CONNECT, so that the proxy sees hosts and nothing else. Fails with a
 * ProxyFailure where the proxy is at fault. The library is loaded when there is a proxy.
 */
export async function tunnelAgent(
  proxy: Proxy,
  { clock, isSecure, secure, timeout, maxSockets }: TunnelOptions,
): Promise<Agent> {
  const { HttpsProxyAgent: ProxyAgent } = await import('https-proxy-agent');
  // SECURITY(S-13): the password is in a header and not in the address, which the library may print.
  const headers = proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization };

  class TunnelAgent extends ProxyAgent<string> {
    override isSecureEndpoint(): boolean {
      return isSecure;
    }

    override async connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
      const host = options.host ?? '';
      let status = 0;
      request.once('proxyConnect', (answer: { readonly statusCode: number }) => {
        status = answer.statusCode;
      });
      const stop = new AbortController();
      const callOff = clock.schedule(timeout, () => {
        stop.abort();
      });
      // Read at once by the library; a proxy that never answers would hold its connection for ever.
      this.connectOpts = { ...this.connectOpts, signal: stop.signal };
      try {
        const socket = await super.connect(request, { ...options, ...secure });
        if (status === 200) return socket;
        socket.destroy();
      } catch (error) {
        throw new ProxyFailure(proxy.address, host, undefined, error);
      } finally {
        callOff();
      }
      throw new ProxyFailure(proxy.address, host, status);
    }
  }

  return new TunnelAgent(proxy.address, { ...secure, keepAlive: true, maxSockets, headers });
}
