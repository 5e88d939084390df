import { AsyncLocalStorage } from 'node:async_hooks';
import type { IAMClient, IAMClientConfig } from '@aws-sdk/client-iam';
import type { OrganizationsClient, OrganizationsClientConfig } from '@aws-sdk/client-organizations';
import type { STSClient, STSClientConfig } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, MiddlewareStack } from '@smithy/types';
import type { Clock } from '../platform/clock';
import type { AwsCredentials, AwsEnvironment, CredentialsProvider } from './aws-api';
import { SandboxHttpHandler, type SandboxPort } from './sandbox-handler';
import { learnServerTime, readServerDate } from './server-time';

const defaultTimeouts = { connect: 3_000, request: 10_000 };
const maxAttempts = 3;
/** Milliseconds; the SDK's own. */
const sdkSkewThreshold = 240_000;

export type ClientDependencies = {
  readonly clock: Clock;
  /** Where calls to the `sandbox` environment go; without it they are a bug. */
  readonly sandbox?: SandboxPort;
  /** Of this app, for the user agent. */
  readonly version: string;
  /** Milliseconds to connect (3,000) and to answer (10,000), for each attempt. */
  readonly timeouts?: { readonly connect: number; readonly request: number };
};

type AnyClient = {
  readonly sts?: Promise<STSClient>;
  readonly iam?: Promise<IAMClient>;
  readonly organizations?: Promise<OrganizationsClient>;
  /** Makes one attempt for each call. */
  readonly organizationsOnce?: Promise<OrganizationsClient>;
};

/**
 * Makes the SDK's clients, each once for its environment and credentials. The SDK is imported here and nowhere at
 * start-up. Endpoints, STS's regional ones and IAM's per partition, are the SDK's own rules (aws-reference §3.2).
 */
export class Clients {
  private readonly cache = new WeakMap<CredentialsProvider, Map<string, AnyClient>>();
  /** Server's time of each answer that came back whole, by the SDK's output object. */
  private readonly serverDates = new WeakMap<object, number>();

  constructor(private readonly dependencies: ClientDependencies) {}

  sts(environment: AwsEnvironment, credentials: CredentialsProvider): Promise<STSClient> {
    return this.cached(environment, credentials, 'sts', async () => {
      const { STSClient } = await import('@aws-sdk/client-sts');
      const config: STSClientConfig = this.config(environment);
      const client = new STSClient(config);
      this.watch(client.middlewareStack);
      return client;
    });
  }

  iam(environment: AwsEnvironment, credentials: CredentialsProvider): Promise<IAMClient> {
    return this.cached(environment, credentials, 'iam', async () => {
      const { IAMClient } = await import('@aws-sdk/client-iam');
      const config: IAMClientConfig = this.config(environment);
      const client = new IAMClient(config);
      this.watch(client.middlewareStack);
      return client;
    });
  }

  /** `once` makes one attempt, for what must not be done twice. Signs for the partition's one region, by the SDK's rules. */
  organizations(
    environment: AwsEnvironment,
    credentials: CredentialsProvider,
    attempts: 'retried' | 'once' = 'retried',
  ): Promise<OrganizationsClient> {
    const once = attempts === 'once';
    return this.cached(environment, credentials, once ? 'organizationsOnce' : 'organizations', async () => {
      const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
      const config: OrganizationsClientConfig = { ...this.config(environment), ...(once ? { maxAttempts: 1 } : {}) };
      const client = new OrganizationsClient(config);
      this.watch(client.middlewareStack);
      return client;
    });
  }

  /** When the server gave this output, ms since the epoch. */
  serverDateOf(output: object): number | undefined {
    return this.serverDates.get(output);
  }

  private cached<K extends keyof AnyClient>(
    environment: AwsEnvironment,
    credentials: CredentialsProvider,
    kind: K,
    make: () => NonNullable<AnyClient[K]>,
  ): NonNullable<AnyClient[K]> {
    const key =
      environment.kind === 'sandbox'
        ? `sandbox ${environment.region ?? ''}`
        : [environment.partition, environment.region, environment.endpoint].join(' ');
    const byEnvironment = this.cache.get(credentials) ?? new Map<string, AnyClient>();
    this.cache.set(credentials, byEnvironment);
    const entry = byEnvironment.get(key) ?? {};
    const client = entry[kind] ?? make();
    byEnvironment.set(key, { ...entry, [kind]: client });
    return client;
  }

  private config(environment: AwsEnvironment): STSClientConfig & IAMClientConfig & OrganizationsClientConfig {
    const { clock, sandbox, timeouts = defaultTimeouts, version } = this.dependencies;
    const shared = {
      credentials: sdkCredentials,
      maxAttempts,
      retryMode: 'standard',
      customUserAgent: [['Sallyport', version]] satisfies [string, string][],
    };
    if (environment.kind === 'sandbox') {
      if (sandbox === undefined) throw new Error('There is no sandbox to call.');
      return {
        ...shared,
        region: environment.region ?? 'us-east-1',
        requestHandler: new SandboxHttpHandler(sandbox, { clock, requestTimeout: timeouts.request }),
      };
    }
    return {
      ...shared,
      region: environment.region,
      requestHandler: {
        connectionTimeout: timeouts.connect,
        requestTimeout: timeouts.request,
        throwOnRequestTimeout: true,
      },
      ...(environment.endpoint === undefined ? {} : { endpoint: environment.endpoint }),
    };
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
