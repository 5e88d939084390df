import type { Protocol, ProtocolRequest } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy';
import { appHost, appScheme } from './origin';

/** Every kind of file that the build makes; anything else is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** To be called before `ready`, once. SECURITY(S-04): a standard, secure scheme of our own instead of file://. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false, stream: false },
    },
  ]);
}

/**
 * The file that a request asks for, as a path relative to the page's folder, or the HTTP status of the refusal.
 *
 * SECURITY(S-05): GET only, exact host, and a path of plain names only. Judged on the raw text of the address, before
 * any parser folds `..`, `%2e` or a doubled slash away.
 */
export function requestedFile(method: string, address: string): string | 400 | 403 | 405 {
  if (method !== 'GET') return 405;
  const prefix = `${appScheme}://${appHost}/`;
  if (!address.startsWith(prefix)) return 403;
  const path = address.slice(prefix.length).replace(/[?#].*$/s, '');
  if (path === '') return 'index.html';
  if (!/^[A-Za-z0-9_@-][A-Za-z0-9_@.-]*(\/[A-Za-z0-9_@-][A-Za-z0-9_@.-]*)*$/.test(path)) return 400;
  return extname(path) in contentTypes ? path : 400;
}

/**
 * Serves the built page. `folder` is absolute; it may lie inside an asar archive.
 * SECURITY(S-04, S-05, S-06): the only content there is, each answer with the policy.
 *
 * `protocol.handle` makes a request and a stream of `fetch` of each, and hands the bytes on by this thread, which is what
 * the first screen would wait for most: 25 ms of its start. A buffer goes to the page as it is.
 */
export function serveApp(protocol: Pick<Protocol, 'registerBufferProtocol'>, folder: string): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  protocol.registerBufferProtocol(appScheme, (request, callback) => {
    void answerRequest(request, folder).then(callback);
  });
}

export type PageAnswer = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** empty in a refusal */
  readonly data: Buffer;
};

/** Never rejects: what cannot be served is refused with an HTTP status. */
export async function answerRequest(
  request: Pick<ProtocolRequest, 'method' | 'url'>,
  folder: string,
): Promise<PageAnswer> {
  const file = requestedFile(request.method, request.url);
  if (typeof file === 'number') return refuse(file);
  try {
    return { statusCode: 200, headers: headersFor(file), data: await readFile(join(folder, file)) };
  } catch {
    return refuse(404);
  }
}

function headersFor(file: string): Record<string, string> {
  return {
    'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // SECURITY(S-19): the page is on the disk already.
    'Cache-Control': 'no-store',
  };
}

function refuse(statusCode: number): PageAnswer {
  return { statusCode, headers: { 'Content-Security-Policy': contentSecurityPolicy }, data: Buffer.alloc(0) };
}
