import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Of the address that is registered; the port is another one each time (RFC 8252 §7.3). */
export const redirectPath = '/oauth/callback';

export type BrowserAnswer =
  | { readonly kind: 'code'; readonly code: string }
  /** `access_denied`, `server_error` … (RFC 6749 §4.1.2.1) */
  | { readonly kind: 'refused'; readonly error: string };

export type LoopbackRedirect = {
  /** where the browser is sent back to */
  readonly redirectUri: string;
  readonly answer: Promise<BrowserAnswer>;
  /** nothing listens any more when it resolves */
  close(): Promise<void>;
};

/**
 * Waits on this computer alone for the one answer that carries `state`; everything else is turned away and changes
 * nothing, so that a page in another tab can neither end the sign-in nor slip in a code of its own. It is closed as soon
 * as that answer came. Rejects when no port can be had.
 */
export async function listenForRedirect(state: string): Promise<LoopbackRedirect> {
  let answered: (answer: BrowserAnswer) => void = () => undefined;
  const answer = new Promise<BrowserAnswer>((resolve) => {
    answered = resolve;
  });
  let host = '';
  const server = createServer({ keepAlive: false, maxHeaderSize: 16_384 }, (request, response) => {
    const read = readRedirect(request, host, state);
    if (typeof read === 'number') {
      respond(response, read, 'This is not the sign-in that Sallyport waits for.');
      return;
    }
    // one answer and no more: the port is free again before anybody else can ask it
    server.close();
    response.on('finish', () => {
      server.closeAllConnections();
    });
    const isDone = read.kind === 'code';
    respond(
      response,
      200,
      isDone ? 'Go back to Sallyport. This page can be closed.' : 'Nobody was signed in. Go back to Sallyport.',
    );
    answered(read);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no port.');
  host = `127.0.0.1:${address.port}`;
  return {
    redirectUri: `http://${host}${redirectPath}`,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The answer in a request, or the status to turn it away with. */
function readRedirect(request: IncomingMessage, host: string, state: string): BrowserAnswer | number {
  // a name that somebody made point here is not this computer's address
  if (request.headers.host !== host) return 400;
  if (request.method !== 'GET') return 405;
  // a path that is no path, such as `//`, is anybody's to send
  const address = request.url ?? '';
  const url = URL.canParse(address, `http://${host}`) ? new URL(address, `http://${host}`) : undefined;
  if (url?.pathname !== redirectPath) return 404;
  if (!isSame(url.searchParams.get('state') ?? '', state)) return 400;
  const code = url.searchParams.get('code');
  const error = url.searchParams.get('error');
  if (error !== null) return { kind: 'refused', error: error.slice(0, 100) };
  return code === null || code === '' || code.length > 8192 ? 400 : { kind: 'code', code };
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function respond(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    // the address of this page holds the code
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="en"><title>Sallyport</title><p>${words}</p></html>`);
}
