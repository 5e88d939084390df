import type { AppErrorKind, Remedy } from '../../core/app-error';

/** Failures on the way to AWS, by Node's and the SDK's codes (aws-reference §3.3, last row). */
export type NetworkError = {
  readonly kind: Extract<AppErrorKind, 'unreachable' | 'timed-out'>;
  readonly message: string;
  readonly whatToDo: string;
  readonly retryable: true;
  readonly remedies: readonly Remedy[];
};

/** What is set for the network cannot be used, so nothing was sent. Both texts are safe to show. */
export class NetworkSetupError extends Error {
  override readonly name = 'NetworkSetupError';

  constructor(
    message: string,
    readonly whatToDo: string,
  ) {
    super(message);
  }
}

/** The proxy did not let a request through, or there was none: AWS was not reached. `proxy` is an address without a password. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly code: string | undefined;

  constructor(
    readonly proxy: string,
    /** The host that was asked for. */
    readonly host: string,
    /** What the proxy answered instead of 200; absent when it did not answer. */
    readonly status?: number,
    cause?: unknown,
  ) {
    super(`The proxy ${proxy} did not connect to ${host}${status === undefined ? '' : ` (HTTP ${String(status)})`}.`, {
      cause,
    });
    // The SDK judges by the code whether to try again.
    this.code = codesOf(cause)[0];
  }
}

/** Notes on a failed request which proxy it went through; the error stays the one that the SDK knows. */
export function markProxy(error: unknown, proxy: string): void {
  if (error instanceof Error && !(error instanceof ProxyFailure)) Object.assign(error, { proxy });
}

/** Whether nothing can have reached AWS: a proxy that failed says so of the last attempt only. `once`: there was no other. */
export function neverSent(error: unknown, once: boolean): boolean {
  return error instanceof NetworkSetupError || (once && error instanceof ProxyFailure);
}

function proxyOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  return 'proxy' in error && typeof error.proxy === 'string' ? error.proxy : proxyOf(error.cause, depth + 1);
}

const again: readonly Remedy[] = [{ kind: 'retry' }];
/** Where the words send people to the settings, the button that leads there comes first. */
const inSettings: readonly Remedy[] = [{ kind: 'change-network' }, ...again];

const unreachable = (message: string, whatToDo: string, remedies = again): NetworkError => ({
  kind: 'unreachable',
  message,
  whatToDo,
  retryable: true,
  remedies,
});

function timedOut(message: string, whatToDo: string, remedies = again): NetworkError {
  return { kind: 'timed-out', message, whatToDo, retryable: true, remedies };
}

const tlsCodes =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|EPROTO|HOSTNAME_MISMATCH)/;

/** The codes of an error, of what caused it, and of each of several tries at once. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap((one: unknown) => codesOf(one, depth + 1)) : [];
  return [...code, error.name, ...inner, ...codesOf(error.cause, depth + 1)];
}

/** What was wrong with the network on the way to `place`, as in a sentence. `undefined` when the error is of another kind. */
export function networkError(error: unknown, place = 'AWS'): NetworkError | undefined {
  if (error instanceof NetworkSetupError) return unreachable(error.message, error.whatToDo, inSettings);
  if (error instanceof ProxyFailure) return proxyWords(error);
  const codes = codesOf(error);
  const has = (...wanted: readonly string[]): boolean => codes.some((code) => wanted.includes(code));
  const proxy = proxyOf(error);
  const through = proxy === undefined ? '' : ` through the proxy ${proxy}`;
  const check =
    proxy === undefined ? 'Check the network and try again.' : 'Check the network and the proxy, then try again.';
  if (codes.some((code) => tlsCodes.test(code))) {
    return unreachable(
      `The connection to ${place}${through} is not secure: the certificate shown is not one this computer trusts.`,
      proxy === undefined
        ? 'On a company network, choose the file of its certificate authority in the settings, under Network. Otherwise do not go on.'
        : 'A company’s proxy may read what passes. If so, choose the file of its certificate authority in the settings, under Network. Otherwise do not go on.',
      inSettings,
    );
  }
  if (has('EndpointError')) {
    return unreachable(
      'AWS has no such address in this partition or Region.',
      'FIPS or dual-stack addresses may be switched on where there are none: see the settings, under Network.',
      inSettings,
    );
  }
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return unreachable(
      `The address of ${place} was not found. This computer seems to be offline, or a proxy is needed.`,
      'Check the network, and the proxy in the settings, then try again.',
      inSettings,
    );
  }
  if (has('ECONNREFUSED')) {
    return unreachable(`Nothing answers at ${place}.`, 'Check the network, then try again.');
  }
  if (has('ECONNRESET', 'EPIPE', 'ECONNABORTED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN')) {
    return unreachable(
      `The connection to ${place}${through} broke off.`,
      check,
      proxy === undefined ? again : inSettings,
    );
  }
  // Last: the SDK calls a connection that broke off a TimeoutError as well.
  if (has(...timeOuts))
    return timedOut(
      `${capital(place)} did not answer in time${through}.`,
      check,
      proxy === undefined ? again : inSettings,
    );
  return undefined;
}

const timeOuts = ['TimeoutError', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'];

function capital(place: string): string {
  return place.charAt(0).toUpperCase() + place.slice(1);
}

const otherProxy = 'Check the proxy in the settings, under Network, then try again.';

function proxyWords({ proxy, host, status, cause }: ProxyFailure): NetworkError {
  if (status === 407) {
    return unreachable(
      `The proxy ${proxy} asks for a name and password, or does not accept the ones it was given.`,
      'Put them into the environment, as in HTTPS_PROXY=http://name:password@host:port, start Sallyport again, and choose “As the environment says” in the settings, under Network.',
      inSettings,
    );
  }
  if (status !== undefined) {
    return unreachable(
      `The proxy ${proxy} did not connect to ${host}. It answered with HTTP ${String(status)}.`,
      'Ask whoever runs the proxy to let this host through, or choose another proxy in the settings, under Network.',
      inSettings,
    );
  }
  const codes = codesOf(cause);
  if (codes.some((code) => tlsCodes.test(code))) {
    return unreachable(
      `The connection to the proxy ${proxy} is not secure: the certificate it shows is not one this computer trusts.`,
      'If it is your company’s, choose the file of its certificate authority in the settings, under Network. Otherwise do not go on.',
      inSettings,
    );
  }
  if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN'))
    return unreachable(`The proxy ${proxy} was not found.`, otherProxy, inSettings);
  if (codes.includes('ECONNREFUSED'))
    return unreachable(`Nothing answers at the proxy ${proxy}.`, otherProxy, inSettings);
  if (codes.some((code) => timeOuts.includes(code) || code === 'AbortError'))
    return timedOut(`The proxy ${proxy} did not answer in time.`, otherProxy, inSettings);
  return unreachable(`The connection to the proxy ${proxy} broke off.`, otherProxy, inSettings);
}
