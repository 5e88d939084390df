import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../platform/clock';
import { computerNow } from '../platform/computer-time';
import type { AwsEnvironment } from './aws-api';
import type { Reach, RequestHandler } from './network';

/** `single-attempt` is for what must not be done twice (CreateAccount, aws-reference §7). */
export type ClientPurpose = 'usual' | 'single-attempt';

const attempts: Readonly<Record<ClientPurpose, number>> = { usual: 3, 'single-attempt': 1 };

/** What every client of the SDK is made with, ours and those that credential providers make for themselves. */
export type SharedConfig = {
  readonly requestHandler: RequestHandler;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly customUserAgent: [string, string][];
  /** Left out where they are off, so that the environment and the shared files may switch them on. */
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
};

export type ClientConfig = SharedConfig & {
  readonly region: string;
  readonly endpoint?: string;
  /** Whose settings in the shared config count. */
  readonly profile?: string;
  readonly credentials: () => Promise<AwsCredentialIdentity>;
};

function sharedConfig(reach: Reach, version: string, purpose: ClientPurpose): SharedConfig {
  return {
    requestHandler: reach.handler,
    maxAttempts: attempts[purpose],
    retryMode: 'standard',
    customUserAgent: [['Sallyport', version]],
    ...(reach.useFips ? { useFipsEndpoint: true } : {}),
    ...(reach.useDualStack ? { useDualstackEndpoint: true } : {}),
  };
}

/**
 * The one place where a client's settings come from. Hosts are not made here: STS's regional ones, the global ones of IAM
 * and Organizations in each partition, FIPS and dual-stack are the SDK's own rules (aws-reference §3.2; what they come to
 * is held by tests/unit/aws/endpoints.test.ts). An explicit endpoint replaces them all, FIPS and dual-stack too.
 */
export function clientConfig(
  environment: AwsEnvironment,
  reach: Reach,
  { version, credentials, purpose }: Pick<ClientConfig, 'credentials'> & { version: string; purpose: ClientPurpose },
): ClientConfig {
  const config = { ...sharedConfig(reach, version, purpose), credentials };
  // The SDK knows no FIPS address of another's endpoint, and practice is the same whatever the environment says.
  const plain = { ...config, useFipsEndpoint: false, useDualstackEndpoint: false };
  if (environment.kind === 'sandbox') return { ...plain, region: environment.region ?? 'us-east-1' };
  const { region, endpoint, profileName } = environment;
  if (endpoint !== undefined) return { ...plain, region, endpoint };
  return { ...config, region, ...(profileName === undefined ? {} : { profile: profileName }) };
}

/** For the clients inside the SDK's credential providers: the corrected clock is theirs from the start. */
export function providerConfig(
  reach: Reach,
  { clock, version }: { readonly clock: Pick<Clock, 'now'>; readonly version: string },
): SharedConfig & { readonly systemClockOffset: number } {
  return { ...sharedConfig(reach, version, 'usual'), systemClockOffset: clock.now() - computerNow() };
}
