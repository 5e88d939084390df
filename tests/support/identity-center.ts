import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Role = { readonly accountId: string; readonly roleName: string };
type Account = { readonly accountId: string; readonly name: string; readonly roles: readonly string[] };
type Client = { readonly secret: string; readonly grants: readonly string[]; readonly redirectUris: readonly string[] };
type Device = {
  readonly userCode: string;
  readonly clientId: string;
  readonly expiresAt: number;
  state: 'pending' | 'approved' | 'denied';
  interval: number;
  askedAt: number;
};
type Code = { readonly clientId: string; readonly challenge: string; readonly redirectUri: string };
type Refusal = { readonly status: number; readonly type: string; readonly body?: object };

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * IAM Identity Center and STS on one port of this computer, as the SDK's models have them (sso-oidc and sso 2019-06-10):
 * same paths, same names of errors, same statuses. It holds who asks to what was agreed: registrations, grants, redirect
 * addresses, the challenge of PKCE, the pace of polling, tokens that were ended.
 */
export class IdentityCenterDouble {
  readonly accounts: Account[] = [];
  /** every call, as `POST /token device_code` */
  readonly calls: string[] = [];
  /** seconds */
  readonly life = { client: 7_776_000, access: 3600, code: 600, credentials: 3600 };
  interval = 1;
  /** `undefined`: it gives none */
  refresh: 'rotates' | 'stays' | undefined = 'rotates';
  /** accounts and roles of one page, whatever was asked for */
  pageSize = 2;
  /** what the page of a code is said to be; the usual one of the Region without it */
  verificationUri: string | undefined;
  userCode: string | undefined;
  readonly #now: () => number;
  readonly #region: string;
  readonly #clients = new Map<string, Client>();
  readonly #devices = new Map<string, Device>();
  readonly #codes = new Map<string, Code>();
  readonly #access = new Map<string, number>();
  readonly #refreshing = new Map<string, string>();
  readonly #identities = new Map<string, Role>();
  readonly #refusals: (Refusal & { readonly path: string })[] = [];
  #server: Server | undefined;

  /** `now` in milliseconds since the epoch, of its Date headers and of everything that expires. */
  constructor(now: () => number, region = 'eu-west-1') {
    this.#now = now;
    this.#region = region;
  }

  async listen(): Promise<string> {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    return this.address;
  }

  get address(): string {
    const address = this.#server?.address();
    if (typeof address !== 'object' || address === null) throw new Error('It does not listen');
    return `http://127.0.0.1:${String(address.port)}`;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** The next calls of this path are refused so, once each. */
  refuse(path: string, ...refusals: readonly Refusal[]): void {
    for (const refusal of refusals) this.#refusals.push({ path, ...refusal });
  }

  /** The person answers on the page of their code. */
  answer(userCode: string, state: 'approved' | 'denied'): void {
    for (const device of this.#devices.values()) if (device.userCode === userCode) device.state = state;
  }

  /** The administrator ends what was given so far. */
  endTokens(kinds: readonly ('access' | 'refresh' | 'client')[]): void {
    if (kinds.includes('access')) this.#access.clear();
    if (kinds.includes('refresh')) this.#refreshing.clear();
    if (kinds.includes('client')) this.#clients.clear();
  }

  /** A key that STS knows as this role's, though no portal gave it. */
  knowKey(accessKeyId: string, role: Role): void {
    this.#identities.set(accessKeyId, role);
  }

  isAlive(accessToken: string): boolean {
    return (this.#access.get(accessToken) ?? 0) > this.#now();
  }

  /**
   * A person’s browser at the address that the app opened: it reaches this port by AWS's name. Goes where it is sent, and
   * gives the page that it ends on.
   */
  async browse(address: string, decision: 'allow' | 'deny' = 'allow'): Promise<{ status: number; text: string }> {
    const { hostname, pathname, search } = new URL(address);
    if (hostname !== `oidc.${this.#region}.amazonaws.com`) throw new Error(`Not Identity Center: ${hostname}`);
    const answer = await fetch(`${this.address}${pathname}${search}&decision=${decision}`);
    return { status: answer.status, text: await answer.text() };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const text = await bodyOf(request);
    const reply = (status: number, body: object, headers: Record<string, string> = {}): void => {
      const common = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
      response.writeHead(status, { ...common, date: new Date(this.#now()).toUTCString(), ...headers });
      response.end(JSON.stringify(body));
    };
    try {
      const body = url.pathname === '/' || text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const grant = typeof body['grantType'] === 'string' ? ` ${body['grantType'].split(':').at(-1) ?? ''}` : '';
      this.calls.push(`${request.method ?? ''} ${url.pathname}${grant}`);
      const next = this.#refusals.findIndex(({ path }) => path === url.pathname);
      const [refusal] = next === -1 ? [] : this.#refusals.splice(next, 1);
      if (refusal !== undefined) throw new Refused(refusal);
      switch (`${request.method ?? ''} ${url.pathname}`) {
        case 'POST /client/register':
          reply(200, this.#register(body));
          return;
        case 'POST /device_authorization':
          reply(200, this.#startDevice(body));
          return;
        case 'GET /authorize':
          response.writeHead(302, { location: this.#authorize(url.searchParams) }).end();
          return;
        case 'POST /token':
          reply(200, this.#token(body));
          return;
        case 'POST /':
          this.#identity(request, text, response);
          return;
        default:
          reply(200, this.#portal(`${request.method ?? ''} ${url.pathname}`, request, url.searchParams));
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { body = {}, status, type } = error.refusal;
      reply(status, body, { 'x-amzn-errortype': type });
    }
  }

  #register(body: Record<string, unknown>): object {
    if (body['clientType'] !== 'public') throw oidc('InvalidClientMetadataException', 'invalid_client_metadata');
    const redirectUris = (body['redirectUris'] ?? []) as string[];
    if (redirectUris.some((uri) => !/^http:\/\/127\.0\.0\.1(:\d+)?\/oauth\/callback$/.test(uri)))
      throw oidc('InvalidRedirectUriException', 'invalid_redirect_uri');
    const [id, secret, issued] = [randomUUID(), `secret-${randomUUID()}`, Math.floor(this.#now() / 1000)];
    this.#clients.set(id, { secret, redirectUris, grants: (body['grantTypes'] ?? []) as string[] });
    const clientSecretExpiresAt = issued + this.life.client;
    return { clientId: id, clientSecret: secret, clientIdIssuedAt: issued, clientSecretExpiresAt };
  }

  #client(body: Record<string, unknown>): Client {
    const client = this.#clients.get(String(body['clientId']));
    if (client?.secret !== body['clientSecret'] || client === undefined)
      throw oidc('InvalidClientException', 'invalid_client', 401);
    return client;
  }

  #startDevice(body: Record<string, unknown>): object {
    if (!this.#client(body).grants.includes(deviceGrant))
      throw oidc('UnauthorizedClientException', 'unauthorized_client');
    if (typeof body['startUrl'] !== 'string') throw oidc('InvalidRequestException', 'invalid_request');
    const [deviceCode, userCode] = [randomUUID(), this.userCode ?? letters()];
    const expiresAt = this.#now() + this.life.code * 1000;
    const clientId = String(body['clientId']);
    const { interval } = this;
    this.#devices.set(deviceCode, { userCode, clientId, expiresAt, state: 'pending', interval, askedAt: this.#now() });
    const page = this.verificationUri ?? `https://device.sso.${this.#region}.amazonaws.com/`;
    const verificationUriComplete = `${page}?user_code=${userCode}`;
    return {
      deviceCode,
      userCode,
      verificationUri: page,
      verificationUriComplete,
      expiresIn: this.life.code,
      interval,
    };
  }

  #authorize(query: URLSearchParams): string {
    const client = this.#clients.get(query.get('client_id') ?? '');
    const redirect = new URL(query.get('redirect_uri') ?? 'http://nowhere');
    const registered = client?.redirectUris.some((uri) => {
      const { hostname, pathname } = new URL(uri);
      return hostname === redirect.hostname && pathname === redirect.pathname;
    });
    if (registered !== true || query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256')
      throw oidc('InvalidRequestException', 'invalid_request');
    redirect.searchParams.set('state', query.get('state') ?? '');
    if (query.get('decision') === 'deny') redirect.searchParams.set('error', 'access_denied');
    else {
      const [code, challenge, clientId] = [
        randomUUID(),
        query.get('code_challenge') ?? '',
        query.get('client_id') ?? '',
      ];
      this.#codes.set(code, { clientId, challenge, redirectUri: query.get('redirect_uri') ?? '' });
      redirect.searchParams.set('code', code);
    }
    return redirect.href;
  }

  #token(body: Record<string, unknown>): object {
    const client = this.#client(body);
    const grantType = String(body['grantType']);
    if (!client.grants.includes(grantType)) throw oidc('UnsupportedGrantTypeException', 'unsupported_grant_type');
    if (grantType === deviceGrant) this.#pollDevice(String(body['deviceCode']));
    else if (grantType === 'authorization_code') this.#takeCode(body);
    else if (grantType === 'refresh_token') this.#takeRefresh(body);
    return this.#newToken(String(body['clientId']));
  }

  #pollDevice(deviceCode: string): void {
    const device = this.#devices.get(deviceCode);
    if (device === undefined) throw oidc('InvalidGrantException', 'invalid_grant');
    const now = this.#now();
    if (now >= device.expiresAt) throw oidc('ExpiredTokenException', 'expired_token');
    const tooEarly = now - device.askedAt < device.interval * 1000;
    device.askedAt = now;
    if (tooEarly) {
      // RFC 8628 §3.5: from now on five seconds more
      device.interval += 5;
      throw oidc('SlowDownException', 'slow_down');
    }
    if (device.state === 'pending') throw oidc('AuthorizationPendingException', 'authorization_pending');
    this.#devices.delete(deviceCode);
    if (device.state === 'denied') throw oidc('AccessDeniedException', 'access_denied');
  }

  #takeCode(body: Record<string, unknown>): void {
    const code = this.#codes.get(String(body['code']));
    this.#codes.delete(String(body['code']));
    const challenge = createHash('sha256').update(String(body['codeVerifier'])).digest('base64url');
    const fits = code?.challenge === challenge && code.redirectUri === body['redirectUri'];
    if (!fits || code.clientId !== body['clientId']) throw oidc('InvalidGrantException', 'invalid_grant');
  }

  #takeRefresh(body: Record<string, unknown>): void {
    const token = String(body['refreshToken']);
    if (this.#refreshing.get(token) !== body['clientId']) throw oidc('InvalidGrantException', 'invalid_grant');
    if (this.refresh === 'rotates') this.#refreshing.delete(token);
  }

  #newToken(clientId: string): object {
    const accessToken = `access-${randomUUID()}`;
    this.#access.set(accessToken, this.#now() + this.life.access * 1000);
    const token = { accessToken, tokenType: 'Bearer', expiresIn: this.life.access };
    if (this.refresh === undefined) return token;
    const refreshToken = `refresh-${randomUUID()}`;
    this.#refreshing.set(refreshToken, clientId);
    return { ...token, refreshToken };
  }

  #portal(call: string, request: IncomingMessage, query: URLSearchParams): object {
    const token = String(request.headers['x-amz-sso_bearer_token']);
    if (!this.isAlive(token)) throw portal('UnauthorizedException', 401);
    const account = this.accounts.find(({ accountId }) => accountId === query.get('account_id'));
    switch (call) {
      case 'GET /assignment/accounts': {
        const all = this.accounts.map(({ accountId, name }) => ({
          accountId,
          accountName: name,
          emailAddress: `${accountId}@example.com`,
        }));
        return this.#page(all, query, 'accountList');
      }
      case 'GET /assignment/roles': {
        if (account === undefined) throw portal('ResourceNotFoundException', 404);
        const all = account.roles.map((roleName) => ({ roleName, accountId: account.accountId }));
        return this.#page(all, query, 'roleList');
      }
      case 'GET /federation/credentials': {
        const roleName = query.get('role_name') ?? '';
        if (account?.roles.includes(roleName) !== true) throw portal('ForbiddenException', 403);
        const accessKeyId = `ASIA${letters().replace('-', '').padEnd(16, 'X')}${String(this.#identities.size)}`;
        this.#identities.set(accessKeyId, { accountId: account.accountId, roleName });
        const expiration = this.#now() + this.life.credentials * 1000;
        const secrets = { secretAccessKey: `secret-${randomUUID()}`, sessionToken: `session-${randomUUID()}` };
        return { roleCredentials: { accessKeyId, ...secrets, expiration } };
      }
      case 'POST /logout':
        this.#access.delete(token);
        return {};
      default:
        throw portal('ResourceNotFoundException', 404);
    }
  }

  #page(all: readonly object[], query: URLSearchParams, name: string): object {
    const from = Number(query.get('next_token') ?? 0);
    const to = from + this.pageSize;
    return { [name]: all.slice(from, to), ...(to < all.length ? { nextToken: String(to) } : {}) };
  }

  /** STS, as much as saying who a portal's credentials are. */
  #identity(request: IncomingMessage, text: string, response: ServerResponse): void {
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const role = this.#identities.get(key);
    const headers = { 'content-type': 'text/xml', date: new Date(this.#now()).toUTCString() };
    if (new URLSearchParams(text).get('Action') !== 'GetCallerIdentity' || role === undefined) {
      const error = '<Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>Unknown.</Message></Error>';
      response.writeHead(403, headers).end(`<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
      return;
    }
    const { accountId, roleName } = role;
    const arn = `arn:aws:sts::${accountId}:assumed-role/AWSReservedSSO_${roleName}_0123456789abcdef/ann`;
    const result = `<Arn>${arn}</Arn><UserId>AROAEXAMPLE:ann</UserId><Account>${accountId}</Account>`;
    response
      .writeHead(200, headers)
      .end(
        `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
      );
  }
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.type);
  }
}

function oidc(type: string, error: string, status = 400): Refused {
  return new Refused({ type, status, body: { error, error_description: `As ${error} says.` } });
}

function portal(type: string, status: number): Refused {
  return new Refused({ type, status, body: { message: `As ${type} says.` } });
}

function letters(): string {
  const part = () => Array.from({ length: 4 }, () => 'BCDFGHJKLMNPQRSTVWXZ'[Math.floor(Math.random() * 20)]).join('');
  return `${part()}-${part()}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
