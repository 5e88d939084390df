import type { Protocol } from 'electron';
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
 * Serves the built page. `folder` is absolute; it may lie inside an asar archive. Resolves when the page has its first script.
 * SECURITY(S-04, S-05, S-06): the only content there is, each answer with the policy.
 */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string): Promise<void> {
  return new Promise((hasScript) => {
    protocol.handle(appScheme, async (request) => {
      const answer = await answerRequest(request, folder);
      if (answer.ok && request.url.endsWith('.js')) hasScript();
      return answer;
    });
  });
}

/** Node reads its `fetch` when the first `Headers` are made, which takes longer than reading the page: done before one is asked for. */
export function prepareAnswers(): void {
  new Headers();
}

export async function answerRequest(request: Pick<Request, 'method' | 'url'>, folder: string): Promise<Response> {
  const file = requestedFile(request.method, request.url);
  if (typeof file === 'number') return refuse(file);
  try {
    const content = await readFile(join(folder, file));
    return new Response(new Uint8Array(content), { status: 200, headers: headersFor(file) });
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

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': contentSecurityPolicy } });
}
