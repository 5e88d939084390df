import net from 'node:net';

/** Said on standard error when something tries to leave this computer; the fixture takes it for a failure. */
export const networkMarker = 'sallyport-test: network';

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** From now on main's sockets reach this computer only. The page's are kept in by a switch of Chromium's. */
export function denyNetwork(): void {
  const connect: (this: net.Socket, ...args: unknown[]) => net.Socket = net.Socket.prototype.connect as never;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const host = hostOf(args);
    if (host !== undefined && !loopback.test(host)) {
      process.stderr.write(`${networkMarker} ${host}\n`);
      const refusal = Object.assign(new Error(`connect ENETUNREACH ${host}`), { code: 'ENETUNREACH' });
      process.nextTick(() => this.destroy(refusal));
      return this;
    }
    return connect.apply(this, args);
  };
}

/** `connect` takes (options), (port, host), (path), or what node:net itself made of one of them. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as readonly unknown[]) : args;
  if (typeof first === 'number') return typeof second === 'string' ? second : 'localhost';
  if (typeof first !== 'object' || first === null || ('path' in first && typeof first.path === 'string')) {
    return undefined;
  }
  return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
}
