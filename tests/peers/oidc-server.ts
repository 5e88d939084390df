import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';

/** OAuth's words (RFC 6749 §5.2) as the SDK's model of sso-oidc names and statuses them. */
const errorTypes: Readonly<Record<string, readonly [type: string, status: number]>> = {
  invalid_request: ['InvalidRequestException', 400],
  invalid_client: ['InvalidClientException', 401],
  invalid_grant: ['InvalidGrantException', 400],
  unauthorized_client: ['UnauthorizedClientException', 400],
  unsupported_grant_type: ['UnsupportedGrantTypeException', 400],
  invalid_scope: ['InvalidScopeException', 400],
  invalid_redirect_uri: ['InvalidRedirectUriException', 400],
  invalid_client_metadata: ['InvalidClientMetadataException', 400],
};

/**
 * An OpenID Connect server that nobody here wrote, behind a shim that translates AWS's wire (JSON with names in camel
 * case, `scopes` for `scope`) to the standard's and back, and nothing else: the challenge and verifier, the redirect
 * address, the client and the refresh token are all judged by the server.
 */
export class OidcServer {
  readonly #server: Server;
  #handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  get address(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('It does not listen');
    return `http://127.0.0.1:${String(address.port)}`;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const provider: Provider = new Provider(this.address, {
      scopes: ['openid', 'offline_access', 'sso:account:access'],
      pkce: { methods: ['S256'], required: () => true },
      features: { devInteractions: { enabled: false }, registration: { enabled: true } },
      clientDefaults: { token_endpoint_auth_method: 'client_secret_post' },
      issueRefreshToken: () => true,
      rotateRefreshToken: true,
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
      interactions: { url: () => '/person' },
      cookies: { keys: ['only for this test'] },
    });
    const answer = provider.callback();
    this.#handle = async (request, response) => {
      if (request.url !== '/person') {
        await answer(request, response);
        return;
      }
      // the person signs in, and allows what is asked for
      const { params, prompt } = await provider.interactionDetails(request, response);
      const grant = new provider.Grant({ accountId: 'ann', clientId: String(params['client_id']) });
      grant.addOIDCScope(String(params['scope']));
      const result =
        prompt.name === 'login' ? { login: { accountId: 'ann' } } : { consent: { grantId: await grant.save() } };
      await provider.interactionFinished(request, response, result);
    };
    return this.address;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /**
   * A browser with cookies at an address of Identity Center's, which this server stands for; goes where it is sent, and
   * gives the last answer. `change` may tamper with the request on its way.
   */
  async browse(
    address: string,
    change: (query: URLSearchParams) => void = () => undefined,
  ): Promise<{ status: number; text: string; url: URL }> {
    const asked = new URL(address);
    change(asked.searchParams);
    let url = new URL(`/authorize${asked.search}`, this.address);
    const jar = new Map<string, string>();
    for (let step = 0; step < 10; step += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        jar.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) return { status: answer.status, text: await answer.text(), url };
      url = new URL(next, url);
    }
    throw new Error('The browser is sent in circles');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case 'POST /client/register':
        await this.#register(await jsonOf(request), response);
        return;
      case 'GET /authorize': {
        url.searchParams.set('scope', `openid ${url.searchParams.get('scopes') ?? ''}`);
        url.searchParams.delete('scopes');
        response.writeHead(302, { location: `/auth${url.search}` }).end();
        return;
      }
      case 'POST /token':
        if (request.headers['content-type'] !== 'application/json') break;
        await this.#token(await jsonOf(request), response);
        return;
    }
    await this.#handle?.(request, response);
  }

  async #register(body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    const answer = await fetch(`${this.address}/reg`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: body['clientName'],
        application_type: 'native',
        redirect_uris: body['redirectUris'],
        grant_types: body['grantTypes'],
        response_types: ['code'],
        scope: `openid ${(body['scopes'] as string[]).join(' ')}`,
      }),
    });
    const given = (await answer.json()) as Record<string, unknown>;
    const clientSecretExpiresAt = Number(given['client_id_issued_at']) + 7_776_000;
    const client = { clientId: given['client_id'], clientSecret: given['client_secret'], clientSecretExpiresAt };
    reply(response, answer, given, client);
  }

  async #token(body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(body)) {
      // clientId → client_id
      form.set(
        name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        String(value),
      );
    }
    const answer = await fetch(`${this.address}/token`, { method: 'POST', body: form });
    const given = (await answer.json()) as Record<string, unknown>;
    const { access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken } = given;
    reply(response, answer, given, { accessToken, expiresIn, refreshToken, tokenType: 'Bearer' });
  }
}

function reply(response: ServerResponse, answer: Response, given: Record<string, unknown>, body: object): void {
  if (answer.ok) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return;
  }
  const [type, status] = errorTypes[String(given['error'])] ?? ['InternalServerException', 500];
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ error: given['error'], error_description: given['error_description'] }));
}

async function jsonOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
}
