import type { AppErrorKind } from '../../core/app-error';

/** Failures on the way to AWS, by Node's and the SDK's codes (aws-reference §3.3, last row). */
export type NetworkError = {
  readonly kind: Extract<AppErrorKind, 'unreachable' | 'timed-out'>;
  readonly message: string;
  readonly whatToDo: string;
  readonly retryable: true;
};

const unreachable = (message: string, whatToDo: string): NetworkError => ({
  kind: 'unreachable',
  message,
  whatToDo,
  retryable: true,
});

const tlsCodes =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|EPROTO|HOSTNAME_MISMATCH)/;

/** The codes of an error, of what caused it, and of each of several tries at once. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap((one: unknown) => codesOf(one, depth + 1)) : [];
  return [...code, error.name, ...inner, ...codesOf(error.cause, depth + 1)];
}

/** What was wrong with the network. `undefined` when the error is of another kind. */
export function networkError(error: unknown): NetworkError | undefined {
  const codes = codesOf(error);
  const has = (...wanted: readonly string[]): boolean => codes.some((code) => wanted.includes(code));
  if (codes.some((code) => tlsCodes.test(code))) {
    return unreachable(
      'The connection to AWS is not secure: the certificate shown is not one this computer trusts.',
      'On a company network its own certificate authority has to be installed. Otherwise do not go on.',
    );
  }
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return unreachable(
      'AWS’s address was not found. This computer seems to be offline, or a proxy is needed.',
      'Check the network and try again.',
    );
  }
  if (has('ECONNREFUSED')) {
    return unreachable('Nothing answers at that address.', 'Check the endpoint and the network, then try again.');
  }
  if (has('ECONNRESET', 'EPIPE', 'ECONNABORTED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN')) {
    return unreachable('The connection to AWS broke off.', 'Check the network and try again.');
  }
  // Last: the SDK calls a connection that broke off a TimeoutError as well.
  if (has('TimeoutError', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT')) {
    return {
      kind: 'timed-out',
      message: 'AWS did not answer in time.',
      whatToDo: 'Check the network and try again.',
      retryable: true,
    };
  }
  return undefined;
}
