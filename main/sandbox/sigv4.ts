import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decodeChunked, type ChunkSigner } from './aws-chunked';
import { bodyBytes, SignatureRefusal, type SandboxRequest } from './http';

/** What the Authorization header, or a presigned URL's query, says (Signature Version 4). */
export type Signature = {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Seconds that a presigned URL holds; absent where the signature is in the header. */
  readonly expiresSeconds?: number;
};

/** A request may be this much older or newer than the server's clock. Milliseconds (aws-reference §3.2). */
const allowedSkew = 5 * 60_000;
/** S3 lets clocks differ by more (API reference, RequestTimeTooSkewed). Milliseconds. */
const allowedSkewS3 = 15 * 60_000;
/** The longest that a presigned URL may hold: a week. Seconds. */
const longestPresigned = 604_800;

const incomplete = (message: string): SignatureRefusal =>
  new SignatureRefusal('malformed', 'IncompleteSignature', message, 400);
const incompleteBody = (): SignatureRefusal =>
  new SignatureRefusal('body', 'IncompleteBody', 'The request body terminated unexpectedly', 400);
const refuse = (message: string, reason: 'mismatch' | 'clock' | 'payload' = 'mismatch'): SignatureRefusal =>
  new SignatureRefusal(reason, 'SignatureDoesNotMatch', message);
const mismatch = (): SignatureRefusal =>
  refuse(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );

/** A query parameter's first value. */
export function firstOf(query: SandboxRequest['query'], name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : value?.[0];
}

const credentialPattern = /^([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request$/;

/** Takes header or query apart. `undefined` for a request that is not signed at all. */
export function readSignature(request: SandboxRequest): Signature | undefined {
  const header = request.headers['authorization'];
  if (header === undefined) {
    return firstOf(request.query, 'X-Amz-Signature') === undefined ? undefined : readPresigned(request.query);
  }
  const match = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)\s*$/.exec(
    header,
  );
  const credential = credentialPattern.exec(match?.[1] ?? '');
  if (match === null || credential === null) {
    throw incomplete('The Authorization header does not have the form of AWS Signature Version 4.');
  }
  return signatureOf(credential, match[2] ?? '', match[3] ?? '');
}

function readPresigned(query: SandboxRequest['query']): Signature {
  const credential = credentialPattern.exec(firstOf(query, 'X-Amz-Credential') ?? '');
  const expires = firstOf(query, 'X-Amz-Expires') ?? '';
  if (credential === null || firstOf(query, 'X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256')
    throw incomplete('The query does not have the form of AWS Signature Version 4.');
  if (!/^[0-9]{1,6}$/.test(expires) || Number(expires) > longestPresigned)
    throw incomplete('X-Amz-Expires must be a number of seconds, a week (604800) at most.');
  return {
    ...signatureOf(credential, firstOf(query, 'X-Amz-SignedHeaders') ?? '', firstOf(query, 'X-Amz-Signature') ?? ''),
    expiresSeconds: Number(expires),
  };
}

function signatureOf(credential: RegExpExecArray, signedHeaders: string, signature: string): Signature {
  const [, accessKeyId = '', date = '', region = '', service = ''] = credential;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986, which encodes five characters more than encodeURIComponent. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(query: SandboxRequest['query']): string {
  return Object.entries(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map(
        (item) => [percentEncoded(name), percentEncoded(item)] as const,
      ),
    )
    .sort(([leftName, left], [rightName, right]) =>
      leftName === rightName ? (left < right ? -1 : 1) : leftName < rightName ? -1 : 1,
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** `20261122T010512Z` in milliseconds. */
function readAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = match;
  const value = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(value) ? undefined : value;
}

function amzDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const signingKeys = new Map<string, Buffer>();

function signingKey(secret: string, { date, region, service }: Signature): Buffer {
  const name = `${secret}/${date}/${region}/${service}`;
  let key = signingKeys.get(name);
  if (key === undefined) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
    if (signingKeys.size > 500) signingKeys.clear();
    signingKeys.set(name, key);
  }
  return key;
}

function checkTime(signature: Signature, stamp: string, time: number, now: number): void {
  const skew = signature.service === 's3' ? allowedSkewS3 : allowedSkew;
  const minutes = String(skew / 60_000);
  if (signature.expiresSeconds !== undefined) {
    if (time + signature.expiresSeconds * 1000 < now)
      throw new SignatureRefusal('used-up', 'AccessDenied', 'Request has expired');
  } else if (time < now - skew) {
    throw refuse(
      `Signature expired: ${stamp} is now earlier than ${amzDate(now - skew)} (${amzDate(now)} - ${minutes} min.)`,
      'clock',
    );
  }
  if (time > now + skew) {
    throw refuse(
      `Signature not yet current: ${stamp} is still later than ${amzDate(now + skew)} (${amzDate(now)} + ${minutes} min.)`,
      'clock',
    );
  }
}

/** What stands for the body in what is signed. S3's clients may leave the body out, or sign it piece by piece. */
function payloadOf(request: SandboxRequest, signature: Signature): string {
  const claimed = request.headers['x-amz-content-sha256'];
  const s3 = signature.service === 's3';
  if (claimed === 'UNSIGNED-PAYLOAD' || (s3 && claimed?.startsWith('STREAMING-') === true)) return claimed;
  if (s3 && claimed === undefined && signature.expiresSeconds !== undefined) return 'UNSIGNED-PAYLOAD';
  const computed = sha256(request.body);
  if (claimed !== undefined && claimed !== computed)
    throw refuse('The provided x-amz-content-sha256 header does not match what was computed.', 'payload');
  return computed;
}

/** S3 signs the path as it is sent; every other service signs it encoded once more. */
function canonicalPathOf(path: string, service: string): string {
  const encoded = path
    .split('/')
    .map((segment) => percentEncoded(service === 's3' ? decodeOnce(segment) : segment))
    .join('/');
  return encoded === '' ? '/' : encoded;
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Checks the signature against the secret that belongs to the access key. `now` in milliseconds. Gives the request
 * with its body as it was meant: chunks are put together and what trails them stands among the headers.
 * Throws `SignatureDoesNotMatch` with AWS's wording for a wrong secret, a changed request or a wrong clock.
 */
export function verifySignature(
  request: SandboxRequest,
  signature: Signature,
  secret: string,
  now: number,
): SandboxRequest {
  const stamp =
    signature.expiresSeconds === undefined ? request.headers['x-amz-date'] : firstOf(request.query, 'X-Amz-Date');
  const time = stamp === undefined ? undefined : readAmzDate(stamp);
  if (stamp === undefined || time === undefined || !stamp.startsWith(signature.date)) {
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  checkTime(signature, stamp, time, now);
  if (!signature.signedHeaders.includes('host'))
    throw refuse("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const payload = payloadOf(request, signature);
  const canonicalHeaders = signature.signedHeaders
    .map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
    .join('');
  const canonicalRequest = [
    request.method,
    canonicalPathOf(request.path, signature.service),
    canonicalQuery(request.query),
    canonicalHeaders,
    signature.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const scope = `${signature.date}/${signature.region}/${signature.service}/aws4_request`;
  const key = signingKey(secret, signature);
  const expected = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonicalRequest)].join('\n'));
  const given = Buffer.from(signature.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw mismatch();
  if (!payload.startsWith('STREAMING-')) return request;
  const sign = (algorithm: string, ...parts: readonly string[]): string =>
    hmac(key, [algorithm, stamp, scope, ...parts].join('\n')).toString('hex');
  const signer: ChunkSigner = {
    chunk: (previous, data) => sign('AWS4-HMAC-SHA256-PAYLOAD', previous, sha256(''), sha256(data)),
    trailer: (previous, lines) => sign('AWS4-HMAC-SHA256-TRAILER', previous, sha256(lines)),
  };
  return unchunked(request, payload, { signer, seed: signature.signature });
}

function unchunked(
  request: SandboxRequest,
  payload: string,
  signing: { readonly signer: ChunkSigner; readonly seed: string },
): SandboxRequest {
  const read = decodeChunked(bodyBytes(request), payload.startsWith('STREAMING-UNSIGNED') ? undefined : signing);
  if (!read.ok) throw read.fault === 'signature' ? mismatch() : incompleteBody();
  const length = request.headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== read.body.length) throw incompleteBody();
  return { ...request, headers: { ...request.headers, ...read.trailers }, body: read.body };
}
