import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsRefusal, type SandboxRequest } from './http';

/** What the Authorization header says (Signature Version 4). */
export type Signature = {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
};

/** A request may be this much older or newer than the server's clock. Milliseconds (aws-reference §3.2). */
const allowedSkew = 5 * 60_000;

const incomplete = (message: string): AwsRefusal => new AwsRefusal('IncompleteSignature', message, 400);

/** Takes the header apart. `undefined` for a request that is not signed at all. */
export function readSignature(request: SandboxRequest): Signature | undefined {
  const header = request.headers['authorization'];
  if (header === undefined) return undefined;
  const match =
    /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)\s*$/.exec(
      header,
    );
  if (match === null) {
    throw incomplete('The Authorization header does not have the form of AWS Signature Version 4.');
  }
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986, which encodes five characters more than encodeURIComponent. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(query: SandboxRequest['query']): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((item) => [encode(name), encode(item)] as const),
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

/**
 * Checks the signature against the secret that belongs to the access key. `now` in milliseconds.
 * Throws `SignatureDoesNotMatch` with AWS's wording for a wrong secret, a changed request or a wrong clock.
 */
export function verifySignature(request: SandboxRequest, signature: Signature, secret: string, now: number): void {
  const stamp = request.headers['x-amz-date'];
  const time = stamp === undefined ? undefined : readAmzDate(stamp);
  if (stamp === undefined || time === undefined || !stamp.startsWith(signature.date)) {
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const refuse = (message: string): AwsRefusal => new AwsRefusal('SignatureDoesNotMatch', message, 403);
  if (time < now - allowedSkew) {
    throw refuse(
      `Signature expired: ${stamp} is now earlier than ${amzDate(now - allowedSkew)} (${amzDate(now)} - 5 min.)`,
    );
  }
  if (time > now + allowedSkew) {
    throw refuse(
      `Signature not yet current: ${stamp} is still later than ${amzDate(now + allowedSkew)} (${amzDate(now)} + 5 min.)`,
    );
  }
  if (!signature.signedHeaders.includes('host'))
    throw refuse("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const payloadHash = sha256(request.body);
  const claimed = request.headers['x-amz-content-sha256'];
  if (claimed !== undefined && claimed !== payloadHash && claimed !== 'UNSIGNED-PAYLOAD') {
    throw refuse('The provided x-amz-content-sha256 header does not match what was computed.');
  }
  const canonicalHeaders = signature.signedHeaders
    .map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
    .join('');
  const canonicalPath = request.path.split('/').map(encode).join('/');
  const canonicalRequest = [
    request.method,
    canonicalPath === '' ? '/' : canonicalPath,
    canonicalQuery(request.query),
    canonicalHeaders,
    signature.signedHeaders.join(';'),
    claimed === 'UNSIGNED-PAYLOAD' ? claimed : payloadHash,
  ].join('\n');
  const scope = `${signature.date}/${signature.region}/${signature.service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonicalRequest)].join('\n');
  const expected = hmac(signingKey(secret, signature), toSign);
  const given = Buffer.from(signature.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refuse(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}
