/** One HTTP exchange with the sandbox, whoever carries it: the SDK's own handler or a server on loopback. */
export type SandboxRequest = {
  readonly method: string;
  readonly hostname: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Decoded query parameters. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes where they are not text, as S3's objects may be. */
  readonly body: string | Uint8Array;
  /** Where the request came from, for `aws:SourceIp`. */
  readonly sourceIp?: string;
};

export type SandboxResponse = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The answer does not reach who asked: nothing of it, or it breaks off in the middle. */
  readonly lost?: 'all' | 'rest';
};

type Body = { readonly body: string | Uint8Array };

/** A request's or an answer's body as bytes. A view: the SDK's own bytes complain when they are copied as Buffer.from does. */
export function bodyBytes({ body }: Body): Buffer {
  return typeof body === 'string'
    ? Buffer.from(body, 'utf8')
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** A request's or an answer's body as text. */
export function bodyText({ body }: Body): string {
  return typeof body === 'string' ? body : bodyBytes({ body }).toString('utf8');
}

/** A refusal as AWS words it. Thrown by operations, turned into XML at the one place that answers. */
export class AwsRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly fault: 'Sender' | 'Receiver' = 'Sender',
    /** What the refusal says beside its message, by AWS's names: `Reason`. */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What is wrong with a request's credentials or signature. Each protocol has names of its own for these. */
export type SignatureFault =
  | 'unsigned'
  | 'malformed'
  | 'unknown-key'
  | 'token'
  | 'expired-token'
  | 'mismatch'
  | 'clock'
  | 'payload'
  | 'body'
  | 'used-up';

/** A refusal before any operation; `code` and `message` are those of the query protocol. */
export class SignatureRefusal extends AwsRefusal {
  constructor(
    readonly reason: SignatureFault,
    code: string,
    message: string,
    status = 403,
  ) {
    super(code, message, status);
  }
}

export const accessDenied = (message: string): AwsRefusal => new AwsRefusal('AccessDenied', message, 403);
export const noSuchEntity = (message: string): AwsRefusal => new AwsRefusal('NoSuchEntity', message, 404);
export const malformedPolicy = (message: string): AwsRefusal => new AwsRefusal('MalformedPolicyDocument', message, 400);
export const validationError = (message: string): AwsRefusal => new AwsRefusal('ValidationError', message, 400);
