import type { AppError } from '../../core/app-error';
import type { PortalAccount, SignIn } from '../../core/domain/identity-center';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import { allOf } from './all-pages';
import type { Answer, AwsCredentials, AwsEnvironment, AwsResult, CallOptions, CredentialsProvider } from './aws-api';
import type { Clients } from './clients';
import type { Performer } from './perform';
import { required } from './required';
import { grantRefused, ssoWords } from './sso-words';

/** What registering this app gave. Secret. `expiresAt` in ms since the epoch. */
export type RegisteredClient = { readonly id: string; readonly secret: string; readonly expiresAt: number };

/** Secret. `expiresAt` in ms since the epoch, by AWS's clock. */
export type PortalToken = {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly expiresAt: number;
};

/** What AWS says to show and to wait for. Not checked: hostile until it is. Times in ms. */
export type DeviceAuthorization = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly expiresAt: number;
  readonly interval: number;
};

/** Ways to a token [model:sso-oidc, CreateToken]. */
export type Grant =
  | { readonly kind: 'code'; readonly code: string; readonly codeVerifier: string; readonly redirectUri: string }
  | { readonly kind: 'device'; readonly deviceCode: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string };

/** `pending` and `slow-down` are no failures: the person has not answered yet. */
export type TokenAnswer =
  { readonly kind: 'token'; readonly token: PortalToken } | { readonly kind: 'pending' | 'slow-down' };

type Place = Pick<SignIn, 'startUrl' | 'region'>;

/** IAM Identity Center: its OIDC service, and the portal's. Nothing of it is signed; the tokens are what proves who asks. */
export interface IdentityCenterApi {
  /** A public client for one way to sign in. `redirectUri` without its port, which is another one each time. */
  registerClient(
    place: Place,
    way: { readonly kind: 'browser'; readonly redirectUri: string } | { readonly kind: 'code' },
    options?: CallOptions,
  ): AwsResult<RegisteredClient>;
  startDeviceAuthorization(
    place: Place,
    client: RegisteredClient,
    options?: CallOptions,
  ): AwsResult<DeviceAuthorization>;
  /** Asked once: a code and a refresh token may be good for one answer only. */
  createToken(
    place: Place,
    client: RegisteredClient,
    grant: Grant,
    options?: CallOptions,
  ): Promise<Result<TokenAnswer, AppError | Cancelled>>;
  /** all pages */
  listAccounts(place: Place, accessToken: string, options?: CallOptions): AwsResult<readonly PortalAccount[]>;
  /** names, all pages */
  listRoles(place: Place, accessToken: string, accountId: string, options?: CallOptions): AwsResult<readonly string[]>;
  getRoleCredentials(
    place: Place,
    accessToken: string,
    role: { readonly accountId: string; readonly roleName: string },
    options?: CallOptions,
  ): AwsResult<AwsCredentials & { readonly expiration: number }>;
  logout(place: Place, accessToken: string, options?: CallOptions): AwsResult<void>;
}

/** What the access token is for: accounts and roles of the portal [AWS CLI's own default]. */
export const portalScope = 'sso:account:access';

/** These calls carry no signature, so nobody's credentials are fetched for them. */
const nobody: CredentialsProvider = () => Promise.resolve(ok({ accessKeyId: '', secretAccessKey: '' }));

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

export function createIdentityCenterApi(
  clients: Clients,
  perform: Performer,
  environment: (region: string) => AwsEnvironment,
): IdentityCenterApi {
  const oidc = ({ region }: Place) => clients.ssoOidc(environment(region), nobody);
  const portal = ({ region }: Place) => clients.sso(environment(region), nobody);
  return {
    registerClient: async (place, way, options) =>
      worded(
        await perform(
          { name: 'RegisterClient', changes: false },
          nobody,
          options,
          () => oidc(place),
          async (client, http) => {
            const { RegisterClientCommand } = await import('@aws-sdk/client-sso-oidc');
            const grantTypes = [way.kind === 'browser' ? 'authorization_code' : deviceGrant, 'refresh_token'];
            const command = new RegisterClientCommand({
              clientName: 'Sallyport',
              clientType: 'public',
              scopes: [portalScope],
              grantTypes,
              ...(way.kind === 'browser' ? { redirectUris: [way.redirectUri], issuerUrl: place.startUrl } : {}),
            });
            return client.send(command, http);
          },
          (output): RegisteredClient => ({
            id: required(output.clientId, 'clientId'),
            secret: required(output.clientSecret, 'clientSecret'),
            // seconds [model:sso-oidc]
            expiresAt: required(output.clientSecretExpiresAt, 'clientSecretExpiresAt') * 1000,
          }),
        ),
      ),
    startDeviceAuthorization: async (place, { id, secret }, options) => {
      const answer = await perform(
        { name: 'StartDeviceAuthorization', changes: false },
        nobody,
        options,
        () => oidc(place),
        async (client, http) => {
          const { StartDeviceAuthorizationCommand } = await import('@aws-sdk/client-sso-oidc');
          const input = { clientId: id, clientSecret: secret, startUrl: place.startUrl };
          return client.send(new StartDeviceAuthorizationCommand(input), http);
        },
        (output) => ({
          deviceCode: required(output.deviceCode, 'deviceCode'),
          userCode: required(output.userCode, 'userCode'),
          verificationUri: required(output.verificationUri, 'verificationUri'),
          verificationUriComplete: required(output.verificationUriComplete, 'verificationUriComplete'),
          expiresIn: required(output.expiresIn, 'expiresIn') * 1000,
          // RFC 8628 §3.2: five seconds where the answer names none
          interval: (output.interval ?? 5) * 1000,
        }),
      );
      return worded(mapped(answer, ({ expiresIn, ...rest }, at) => ({ ...rest, expiresAt: at + expiresIn })));
    },
    createToken: async (place, { id, secret }, grant, options) => {
      const answer = await perform(
        { name: 'CreateToken', changes: false },
        nobody,
        options,
        () => clients.ssoOidc(environment(place.region), nobody, 'single-attempt'),
        async (client, http) => {
          const { CreateTokenCommand } = await import('@aws-sdk/client-sso-oidc');
          return client.send(
            new CreateTokenCommand({ clientId: id, clientSecret: secret, ...grantFields(grant) }),
            http,
          );
        },
        (output) => ({
          accessToken: required(output.accessToken, 'accessToken'),
          expiresIn: required(output.expiresIn, 'expiresIn') * 1000,
          ...(output.refreshToken === undefined ? {} : { refreshToken: output.refreshToken }),
        }),
      );
      if (!answer.ok) {
        if (answer.error.kind === 'cancelled') return err(answer.error);
        const waiting = grant.kind === 'device' ? waitingFor(answer.error) : undefined;
        return waiting === undefined ? err(grantRefused(answer.error, grant.kind)) : ok({ kind: waiting });
      }
      const { at, value } = answer.value;
      const { expiresIn, ...token } = value;
      return ok({ kind: 'token', token: { ...token, expiresAt: at + expiresIn } });
    },
    listAccounts: async (place, accessToken, options) =>
      worded(
        await perform(
          { name: 'ListAccounts', changes: false },
          nobody,
          options,
          () => portal(place),
          async (client, http) => {
            const { paginateListAccounts } = await import('@aws-sdk/client-sso');
            // no more than 100 a page [model:sso]
            const pages = paginateListAccounts({ client, pageSize: 100 }, { accessToken }, http);
            return allOf(pages, ({ accountList = [] }) => accountList);
          },
          ({ items }): readonly PortalAccount[] =>
            items.map((account) => ({
              accountId: required(account.accountId, 'accountId'),
              name: account.accountName ?? '',
              email: account.emailAddress ?? '',
            })),
        ),
      ),
    listRoles: async (place, accessToken, accountId, options) =>
      worded(
        await perform(
          { name: 'ListAccountRoles', changes: false },
          nobody,
          options,
          () => portal(place),
          async (client, http) => {
            const { paginateListAccountRoles } = await import('@aws-sdk/client-sso');
            const pages = paginateListAccountRoles({ client, pageSize: 100 }, { accessToken, accountId }, http);
            return allOf(pages, ({ roleList = [] }) => roleList);
          },
          ({ items }): readonly string[] => items.map(({ roleName }) => required(roleName, 'roleName')),
        ),
      ),
    getRoleCredentials: async (place, accessToken, { accountId, roleName }, options) =>
      worded(
        await perform(
          { name: 'GetRoleCredentials', changes: false },
          nobody,
          options,
          () => portal(place),
          async (client, http) => {
            const { GetRoleCredentialsCommand } = await import('@aws-sdk/client-sso');
            return client.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }), http);
          },
          ({ roleCredentials: given }) => ({
            accessKeyId: required(given?.accessKeyId, 'accessKeyId'),
            secretAccessKey: required(given?.secretAccessKey, 'secretAccessKey'),
            sessionToken: required(given?.sessionToken, 'sessionToken'),
            // milliseconds, unlike everywhere else [model:sso]
            expiration: required(given?.expiration, 'expiration'),
          }),
        ),
      ),
    logout: async (place, accessToken, options) =>
      worded(
        await perform(
          { name: 'Logout', changes: true },
          nobody,
          options,
          () => portal(place),
          async (client, http) => {
            const { LogoutCommand } = await import('@aws-sdk/client-sso');
            return client.send(new LogoutCommand({ accessToken }), http);
          },
          () => undefined,
        ),
      ),
  };
}

function grantFields(grant: Grant) {
  switch (grant.kind) {
    case 'code': {
      const { code, codeVerifier, redirectUri } = grant;
      return { grantType: 'authorization_code', code, codeVerifier, redirectUri };
    }
    case 'device':
      return { grantType: deviceGrant, deviceCode: grant.deviceCode };
    case 'refresh':
      return { grantType: 'refresh_token', refreshToken: grant.refreshToken };
  }
}

function waitingFor({ code }: AppError): 'pending' | 'slow-down' | undefined {
  if (code === 'AuthorizationPendingException') return 'pending';
  return code === 'SlowDownException' ? 'slow-down' : undefined;
}

type Answered<T> = Result<Answer<T>, AppError | Cancelled>;

/** The same answer with what follows from it and from the server's time. */
function mapped<T, U>(answer: Answered<T>, change: (value: T, at: number) => U): Answered<U> {
  if (!answer.ok) return answer;
  return ok({ ...answer.value, value: change(answer.value.value, answer.value.at) });
}

function worded<T>(answer: Answered<T>): Answered<T> {
  return answer.ok || answer.error.kind === 'cancelled' ? answer : err(ssoWords(answer.error));
}
