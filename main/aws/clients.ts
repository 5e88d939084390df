import { AsyncLocalStorage } from 'node:async_hooks';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SSOClient } from '@aws-sdk/client-sso';
import type { SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, MiddlewareStack } from '@smithy/types';
import type { Clock } from '../platform/clock';
import type { AwsCredentials, AwsEnvironment, CredentialsProvider } from './aws-api';
import { clientConfig, type ClientConfig, type ClientPurpose } from './client-config';
import { Network, usualTimeouts, type NetworkPort, type Reach, type Timeouts } from './network';
import { SandboxHttpHandler, type SandboxPort } from './sandbox-handler';
import { learnServerTime, readServerDate } from './server-time';

/** Milliseconds; the SDK's own. */
const sdkSkewThreshold = 240_000;

export type ClientDependencies = {
  readonly clock: Clock;
  /** Where calls to the `sandbox` environment go; without it they are a bug. */
  readonly sandbox?: SandboxPort;
  /** Where calls to AWS go; by default as the environment says. */
  readonly network?: NetworkPort;
  /** Of this app, for the user agent. */
  readonly version: string;
  /** For each attempt, of the sandbox and of the default network. */
  readonly timeouts?: Timeouts;
};

/** Makes the SDK's clients, each once for its environment, credentials and network. The SDK is imported here and nowhere at start-up. */
export class Clients {
  /** Clients of a network that is no longer the one go with it. */
  private readonly cache = new WeakMap<Reach, WeakMap<CredentialsProvider, Map<string, Promise<unknown>>>>();
  /** Server's time of each answer that came back whole, by the SDK's output object. */
  private readonly serverDates = new WeakMap<object, number>();
  private readonly network: NetworkPort;
  private readonly practice: Reach | undefined;

  constructor(private readonly dependencies: ClientDependencies) {
    const { clock, network, sandbox, timeouts = usualTimeouts } = dependencies;
    this.network = network ?? new Network({ clock, timeouts });
    this.practice =
      sandbox === undefined
        ? undefined
        : {
            handler: new SandboxHttpHandler(sandbox, { clock, requestTimeout: timeouts.request }),
            useFips: false,
            useDualStack: false,
          };
  }

  sts(environment: AwsEnvironment, credentials: CredentialsProvider): Promise<STSClient> {
    return this.client('sts', environment, credentials, async (config) => {
      const { STSClient } = await import('@aws-sdk/client-sts');
      const client = new STSClient(config);
      this.watch(client.middlewareStack);
      return client;
    });
  }

  iam(environment: AwsEnvironment, credentials: CredentialsProvider): Promise<IAMClient> {
    return this.client('iam', environment, credentials, async (config) => {
      const { IAMClient } = await import('@aws-sdk/client-iam');
      const client = new IAMClient(config);
      this.watch(client.middlewareStack);
      return client;
    });
  }

  /** Signs for the partition's one region, by the SDK's rules. */
  organizations(
    environment: AwsEnvironment,
    credentials: CredentialsProvider,
    purpose: ClientPurpose = 'usual',
  ): Promise<OrganizationsClient> {
    const make = async (config: ClientConfig) => {
      const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
      const client = new OrganizationsClient(config);
      this.watch(client.middlewareStack);
      return client;
    };
    return this.client('organizations', environment, credentials, make, purpose);
  }

  /** The bucket is a part of the path where there is one address for everything, the sandbox's or an explicit one. */
  s3(environment: AwsEnvironment, credentials: CredentialsProvider): Promise<S3Client> {
    return this.client('s3', environment, credentials, async (config) => {
      const { S3Client } = await import('@aws-sdk/client-s3');
      const forcePathStyle = environment.kind === 'sandbox' || environment.endpoint !== undefined;
      const client = new S3Client({ ...config, forcePathStyle });
      this.watch(client.middlewareStack);
      return client;
    });
  }

  sso(environment: AwsEnvironment, credentials: CredentialsProvider): Promise<SSOClient> {
    return this.client('sso', environment, credentials, async (config) => {
      const { SSOClient } = await import('@aws-sdk/client-sso');
      const client = new SSOClient(config);
      this.watch(client.middlewareStack);
      return client;
    });
  }

  ssoOidc(
    environment: AwsEnvironment,
    credentials: CredentialsProvider,
    purpose: ClientPurpose = 'usual',
  ): Promise<SSOOIDCClient> {
    const make = async (config: ClientConfig) => {
      const { SSOOIDCClient } = await import('@aws-sdk/client-sso-oidc');
      const client = new SSOOIDCClient(config);
      this.watch(client.middlewareStack);
      return client;
    };
    return this.client('sso-oidc', environment, credentials, make, purpose);
  }

  /** When the server gave this output, ms since the epoch. */
  serverDateOf(output: object): number | undefined {
    return this.serverDates.get(output);
  }

  private async client<Client>(
    service: string,
    environment: AwsEnvironment,
    credentials: CredentialsProvider,
    make: (config: ClientConfig) => Promise<Client>,
    purpose: ClientPurpose = 'usual',
  ): Promise<Client> {
    const reach = await this.reach(environment);
    const place =
      environment.kind === 'sandbox'
        ? []
        : [environment.partition, environment.endpoint ?? 'at its own address', environment.profileName ?? ''];
    const key = [service, purpose, environment.kind, environment.region ?? '', ...place].join(' ');
    const ofReach = this.cache.get(reach) ?? new WeakMap<CredentialsProvider, Map<string, Promise<unknown>>>();
    this.cache.set(reach, ofReach);
    const clients = ofReach.get(credentials) ?? new Map<string, Promise<unknown>>();
    ofReach.set(credentials, clients);
    const known = clients.get(key) as Promise<Client> | undefined;
    if (known !== undefined) return known;
    const { version } = this.dependencies;
    const made = make(clientConfig(environment, reach, { version, credentials: sdkCredentials, purpose }));
    clients.set(key, made);
    return made;
  }

  private reach(environment: AwsEnvironment): Promise<Reach> {
    if (environment.kind === 'aws') return this.network.reach();
    if (this.practice === undefined) throw new Error('There is no sandbox to call.');
    return Promise.resolve(this.practice);
  }

  /** Reads each answer's Date header, refusals included, before the SDK takes the answer apart. */
  private watch<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
    const { clock } = this.dependencies;
    const dates = new WeakMap<object, number>();
    stack.add(
      (next) => async (args) => {
        const sentAt = clock.now();
        const result = await next(args);
        const headers = headersOf(result.response);
        const date = headers === undefined ? undefined : readServerDate(headers);
        if (headers === undefined || date === undefined || !isObject(result.response)) return result;
        dates.set(result.response, date);
        const correction = learnServerTime(clock, date, sentAt);
        // The SDK takes every refusal for a matter of the clock, and tries it three times, while this computer's clock is
        // four minutes off or more. It needs to see the server's time only when ours was not right for this request.
        if (Math.abs(correction) < sdkSkewThreshold) delete headers['date'];
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'learnServerTime' },
    );
    stack.add(
      (next) => async (args) => {
        const result = await next(args);
        const date = isObject(result.response) ? dates.get(result.response) : undefined;
        if (date !== undefined && result.output !== undefined) this.serverDates.set(result.output, date);
        return result;
      },
      { step: 'deserialize', priority: 'high', name: 'rememberServerTime' },
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The SDK's handlers give names in lower case. */
function headersOf(response: unknown): Record<string, unknown> | undefined {
  return isObject(response) && 'headers' in response && isRecord(response.headers) ? response.headers : undefined;
}

/**
 * The credentials of the call that is going on. The SDK asks for them several times in one call and keeps what it got
 * until it expires; ours are fetched once before each call, by who knows when to refresh. So what the SDK gets is
 * always past its time, which makes it ask again, and is sent all the same.
 */
const ofThisCall = new AsyncLocalStorage<AwsCredentials>();

/** Runs `send` with these credentials, whichever client it uses. */
export function withCredentials<T>(credentials: AwsCredentials, send: () => Promise<T>): Promise<T> {
  return ofThisCall.run(credentials, send);
}

function sdkCredentials(): Promise<AwsCredentialIdentity> {
  const credentials = ofThisCall.getStore();
  if (credentials === undefined) throw new Error('A call was made without its credentials.');
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return Promise.resolve({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    expiration: new Date(0),
  });
}
