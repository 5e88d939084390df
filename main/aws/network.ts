import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpHandlerOptions, HttpRequest, HttpResponse } from '@smithy/types';
import type { AppError } from '../../core/app-error';
import { networkAsFound, type NetworkSettings } from '../../core/domain/network';
import { err, ok, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import { markProxy, NetworkSetupError } from './network-error';
import { listProfiles, profileFiles } from './profiles';
import { proxyFor, type Variables } from './proxy-choice';
import { tunnelAgent } from './tunnel';
import { readCertificates, secureOptions } from './trusted-certificates';

/** Milliseconds for each attempt: to connect, and until an answer begins. */
export type Timeouts = { readonly connect: number; readonly request: number };
export const usualTimeouts: Timeouts = { connect: 3_000, request: 10_000 };
const maxSockets = 50;

/** What the SDK asks of a request handler. */
export type RequestHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<{ response: HttpResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
};

/** How a client reaches AWS. The same object for as long as nothing about it changed. */
export type Reach = { readonly handler: RequestHandler; readonly useFips: boolean; readonly useDualStack: boolean };

/** The one way to the network, for clients, for credential providers, and for signing in to the console. */
export interface NetworkPort {
  /** Rejects with a NetworkSetupError where the settings or the environment name what cannot be used. */
  reach(): Promise<Reach>;
}

export type NetworkOptions = {
  readonly clock: Pick<Clock, 'schedule'>;
  /** As they are now; the environment's alone by default. */
  readonly settings?: () => NetworkSettings;
  readonly variables?: Variables;
  readonly timeouts?: Timeouts;
};

/** AWS by way of this computer's network: proxy, certificates and time-outs as settings, environment and AWS files say. */
export class Network implements NetworkPort {
  readonly #options: NetworkOptions;
  #made: { readonly settings: string; readonly reach: Promise<Reach> } | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  reach(): Promise<Reach> {
    const settings = this.#options.settings?.() ?? networkAsFound;
    const key = JSON.stringify(settings);
    if (this.#made?.settings === key) return this.#made.reach;
    const reach = this.#make(settings);
    const made = { settings: key, reach };
    this.#made = made;
    // What could not be used may have been put right by the next call.
    reach.catch(() => {
      if (this.#made === made) this.#made = undefined;
    });
    return reach;
  }

  /** Whether these settings can be used, without using them. */
  async check(settings: NetworkSettings): Promise<Result<void>> {
    try {
      await this.#make(settings);
      return ok(undefined);
    } catch (error) {
      if (error instanceof NetworkSetupError) return err(refusedSettings(error));
      throw error;
    }
  }

  /** What holds where the settings say nothing; of a proxy its address alone. */
  async environment(): Promise<{ readonly proxy?: string; readonly caFile?: string }> {
    const caFile = await this.#caFileOfEnvironment();
    const proxy = this.#proxyOfEnvironment();
    return { ...(proxy === undefined ? {} : { proxy }), ...(caFile === undefined ? {} : { caFile }) };
  }

  async #make(settings: NetworkSettings): Promise<Reach> {
    const caFile = settings.caFile ?? (await this.#caFileOfEnvironment());
    const secure = secureOptions(caFile === undefined ? [] : await readCertificates(caFile));
    const { clock, timeouts = usualTimeouts } = this.#options;
    const handler = new NetworkHandler({ clock, settings, secure, timeouts, variables: this.#variables });
    return { handler, useFips: settings.useFips, useDualStack: settings.useDualStack };
  }

  get #variables(): Variables {
    return this.#options.variables ?? process.env;
  }

  /** As AWS's own tools: the variable, then the profile that they would use. */
  async #caFileOfEnvironment(): Promise<string | undefined> {
    const given = this.#variables['AWS_CA_BUNDLE'];
    if (given !== undefined && given !== '') return given;
    const profiles = await listProfiles(profileFiles(this.#variables));
    const name = this.#variables['AWS_PROFILE'] ?? 'default';
    return profiles.ok ? profiles.value.find((profile) => profile.name === name)?.caBundle : undefined;
  }

  #proxyOfEnvironment(): string | undefined {
    try {
      return proxyFor(new URL('https://sts.amazonaws.com'), networkAsFound, this.#variables)?.address;
    } catch (error) {
      if (error instanceof NetworkSetupError) return undefined;
      throw error;
    }
  }
}

function refusedSettings(error: NetworkSetupError): AppError {
  return {
    kind: 'invalid-input',
    message: error.message.slice(0, 1000),
    whatDidNotChange: 'AWS is reached as before.',
    whatToDo: 'Choose another file, or leave it out.',
    retryable: false,
    remedies: [],
    field: 'caFile',
  };
}

type HandlerOptions = Required<Omit<NetworkOptions, 'settings'>> & {
  readonly settings: NetworkSettings;
  readonly secure: ReturnType<typeof secureOptions>;
};

/** The SDK's handler for Node, one for requests that go straight and one for each proxy. */
class NetworkHandler implements RequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #options: HandlerOptions;
  /** by the proxy with its password; '' goes straight */
  readonly #handlers = new Map<string, Promise<Pick<RequestHandler, 'handle'>>>();

  constructor(options: HandlerOptions) {
    this.#options = options;
  }

  async handle(request: HttpRequest, options?: HttpHandlerOptions): Promise<{ response: HttpResponse }> {
    const { settings, variables, secure, clock, timeouts } = this.#options;
    const port = request.port === undefined ? '' : `:${String(request.port)}`;
    const proxy = proxyFor(new URL(`${request.protocol}//${request.hostname}${port}`), settings, variables);
    const handler = await this.#handler(`${proxy?.authorization ?? ''} ${proxy?.address ?? ''}`, async () => {
      if (proxy === undefined) {
        const keep = { keepAlive: true, maxSockets };
        return { httpAgent: new HttpAgent(keep), httpsAgent: new HttpsAgent({ ...keep, ...secure }) };
      }
      const tunnel = { clock, secure, maxSockets, timeout: timeouts.connect };
      return {
        httpAgent: await tunnelAgent(proxy, { ...tunnel, isSecure: false }),
        httpsAgent: await tunnelAgent(proxy, { ...tunnel, isSecure: true }),
      };
    });
    if (proxy === undefined) return handler.handle(request, options);
    try {
      return await handler.handle(request, options);
    } catch (error) {
      markProxy(error, proxy.address);
      throw error;
    }
  }

  #handler(
    key: string,
    agents: () => Promise<{ readonly httpAgent: HttpAgent; readonly httpsAgent: HttpAgent }>,
  ): Promise<Pick<RequestHandler, 'handle'>> {
    const known = this.#handlers.get(key);
    if (known !== undefined) return known;
    const made = this.#make(agents);
    this.#handlers.set(key, made);
    return made;
  }

  async #make(
    agents: () => Promise<{ readonly httpAgent: HttpAgent; readonly httpsAgent: HttpAgent }>,
  ): Promise<Pick<RequestHandler, 'handle'>> {
    const { NodeHttpHandler: Handler } = await import('@smithy/node-http-handler');
    const { timeouts } = this.#options;
    const { httpAgent, httpsAgent } = await agents();
    return new Handler({
      connectionTimeout: timeouts.connect,
      requestTimeout: timeouts.request,
      throwOnRequestTimeout: true,
      httpAgent,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- through a proxy it is an agent for https of another class
      httpsAgent: httpsAgent as HttpsAgent,
    });
  }

  /** Shared by every client: none of them changes it or closes it. */
  updateHttpClientConfig(): void {
    return;
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {
    return;
  }
}
