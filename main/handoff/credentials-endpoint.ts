import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EndpointRequest } from '../../core/contract/handoff';
import { err, ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { SessionCredentials } from '../sessions/kept-credentials';
import { appError } from '../workspace-context';

export type EndpointPorts = {
  readonly clock: Clock;
  /** secret; asked at each request, so that what has ended is not handed out */
  readonly credentials: (sessionId: string) => Promise<Result<SessionCredentials>>;
  /** one line of the audit log; when it cannot be written nothing is handed out */
  readonly onGiven: (sessionId: string, userAgent: string) => Result<unknown>;
  /** somebody asked, or the endpoint went on or off */
  readonly onChange: () => void;
};

/** Secret: the token. `uri` and `token` are what the two environment variables of the SDKs' container provider hold. */
export type EndpointAddress = { readonly uri: string; readonly token: string };

type Open = { readonly digest: Buffer; readonly token: string; requests: readonly EndpointRequest[] };

const tokenBytes = 32;
const mostRequests = 20;
const longestAgent = 80;
/** Bytes of headers; SDKs send some hundred. */
const mostHeaders = 8192;
const path = '/credentials';

/**
 * SECURITY(S-25): hands a session's credentials to programs of this computer that hold its token, the way the SDKs'
 * container provider asks (aws-reference §8.3). On 127.0.0.1 and a random port, for as long as it is switched on for a
 * session. A page in a browser can reach loopback, so the Host header must be ours and no Origin may be there; nothing is
 * ever allowed across origins.
 */
export class CredentialsEndpoint {
  readonly #ports: EndpointPorts;
  readonly #open = new Map<string, Open>();
  #server: Server | undefined;
  #port = 0;
  #starting: Promise<Result<void>> | undefined;

  constructor(ports: EndpointPorts) {
    this.#ports = ports;
  }

  /** Switches it on for a session; switching on again keeps address and token. */
  async start(sessionId: string): Promise<Result<EndpointAddress>> {
    this.#starting ??= this.#listen();
    const listening = await this.#starting;
    if (!listening.ok) {
      this.#starting = undefined;
      return listening;
    }
    if (!this.#open.has(sessionId)) {
      const token = randomBytes(tokenBytes).toString('base64url');
      this.#open.set(sessionId, { token, digest: digestOf(token), requests: [] });
      this.#ports.onChange();
    }
    return this.address(sessionId);
  }

  stop(sessionId: string): void {
    if (!this.#open.delete(sessionId)) return;
    if (this.#open.size === 0) this.stopAll();
    this.#ports.onChange();
  }

  stopAll(): void {
    this.#open.clear();
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
    this.#starting = undefined;
  }

  sessions(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** What may be shown: no token. Latest request first. */
  view(sessionId: string): { readonly port: number; readonly requests: readonly EndpointRequest[] } | undefined {
    const open = this.#open.get(sessionId);
    return open === undefined ? undefined : { port: this.#port, requests: open.requests };
  }

  address(sessionId: string): Result<EndpointAddress> {
    const open = this.#open.get(sessionId);
    if (open === undefined) {
      return err(
        appError('not-possible', 'The endpoint is off for this session.', { whatToDo: 'Switch it on, then copy.' }),
      );
    }
    return ok({ uri: `http://127.0.0.1:${this.#port}${path}`, token: open.token });
  }

  async #listen(): Promise<Result<void>> {
    const server = createServer(
      { maxHeaderSize: mostHeaders, requestTimeout: 5000, headersTimeout: 5000, keepAlive: false },
      (request, response) => void this.#answer(request, response),
    );
    server.maxConnections = 64;
    return await new Promise((resolve) => {
      server.once('error', (error) => {
        resolve(
          err(
            appError('not-possible', 'No port of this computer could be opened for the endpoint.', {
              whatToDo: 'Try again, or use another way to hand it on.',
              retryable: true,
              remedies: [{ kind: 'retry' }],
              detail: error.message,
            }),
          ),
        );
      });
      server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
        const address = server.address();
        this.#port = typeof address === 'object' && address !== null ? address.port : 0;
        this.#server = server;
        resolve(ok(undefined));
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const agent = plain(request.headers['user-agent'] ?? '');
    const refuse = (outcome: EndpointRequest['outcome'], status: number, sessionId?: string): void => {
      this.#note(outcome, agent, sessionId);
      reply(response, status, { code: 'Refused', message: 'Sallyport does not hand out credentials to this request.' });
    };
    const { origin, host, authorization } = request.headers;
    if (origin !== undefined || request.headers['sec-fetch-site'] !== undefined) {
      refuse('from-a-page', 403);
      return;
    }
    if (host !== `127.0.0.1:${this.#port}`) {
      refuse('wrong-host', 403);
      return;
    }
    const sessionId = this.#sessionOf(authorization ?? '');
    if (sessionId === undefined) {
      refuse('wrong-token', 403);
      return;
    }
    if (request.method !== 'GET' || request.url !== path) {
      refuse('wrong-request', 404, sessionId);
      return;
    }
    const given = await this.#ports.credentials(sessionId);
    // switched off, or ended, while the keychain was asked
    if (!given.ok || !this.#open.has(sessionId)) {
      refuse('no-credentials', 503, sessionId);
      return;
    }
    if (!this.#ports.onGiven(sessionId, agent).ok) {
      refuse('no-credentials', 503, sessionId);
      return;
    }
    this.#note('given', agent, sessionId);
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = given.value;
    reply(response, 200, {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      // RFC 3339, to the second, as the SDKs' own services write it
      Expiration: new Date(expiration).toISOString().replace(/\.\d+Z$/, 'Z'),
    });
  }

  /** Every token is compared, whole and in constant time, so that the time it takes says nothing. */
  #sessionOf(authorization: string): string | undefined {
    const asked = digestOf(authorization);
    let found: string | undefined;
    for (const [sessionId, { digest }] of this.#open) if (timingSafeEqual(digest, asked)) found = sessionId;
    return found;
  }

  /** A request that says nobody's token is shown with every session: one of them was tried. */
  #note(outcome: EndpointRequest['outcome'], userAgent: string, sessionId?: string): void {
    const request: EndpointRequest = { at: this.#ports.clock.now(), outcome, userAgent };
    for (const [id, open] of this.#open) {
      if (sessionId === undefined || sessionId === id)
        open.requests = [request, ...open.requests].slice(0, mostRequests);
    }
    this.#ports.onChange();
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** What a program calls itself is anybody's text: printable, and short. */
function plain(agent: string): string {
  return agent.replaceAll(/[^ -~]/g, '').slice(0, longestAgent);
}

function reply(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    .end(JSON.stringify(body));
}
