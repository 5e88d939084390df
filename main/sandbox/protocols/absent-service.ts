import { AwsRefusal, type SandboxRequest, type SandboxResponse } from '../http';
import { xmlDocument, xmlError } from '../xml';
import { jsonErrorName, jsonRefusal } from './json-protocol';
import type { Protocol } from './protocol';

/** How a request is written, and so how its client reads refusals. */
type Dialect = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml' | 'cbor';

/** Services whose REST requests carry nothing that tells XML from JSON, by the name in signatures. */
const restXml = new Set(['route53', 'cloudfront', 's3express', 's3-outposts', 's3-object-lambda']);

function dialectOf(service: string | undefined, { headers, query }: SandboxRequest): Dialect {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'cbor';
  const type = headers['content-type'] ?? '';
  if (headers['x-amz-target'] !== undefined || type.startsWith('application/x-amz-json')) return 'json';
  if (type.startsWith('application/x-www-form-urlencoded') || query['Action'] !== undefined)
    return service === 'ec2' ? 'ec2' : 'query';
  return service === undefined || restXml.has(service) ? 'rest-xml' : 'rest-json';
}

/** A map of short texts in CBOR (RFC 8949): 0xa0 and 0x60 with the length, or with its two bytes after 0x79. */
function cborMap(fields: Readonly<Record<string, string>>): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value.slice(0, 16_000), 'utf8');
    return bytes.length < 24
      ? Buffer.concat([Buffer.from([0x60 + bytes.length]), bytes])
      : Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
  };
  const entries = Object.entries(fields);
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flat().map(text)]);
}

function write(dialect: Dialect, error: AwsRefusal, requestId: string, request: SandboxRequest): SandboxResponse {
  const { message } = error;
  switch (dialect) {
    case 'query':
    case 'rest-xml':
      return {
        status: error.status,
        headers: { 'content-type': 'text/xml' },
        body: request.method === 'HEAD' ? '' : xmlError(undefined, error.fault, error.code, message, requestId),
      };
    case 'ec2':
      return {
        status: error.status,
        headers: { 'content-type': 'text/xml' },
        body: xmlDocument('Response', undefined, {
          Errors: { Error: { Code: error.code, Message: message } },
          RequestID: requestId,
        }),
      };
    case 'json':
      return jsonRefusal(error, request.headers['content-type'] ?? 'application/x-amz-json-1.1');
    case 'rest-json':
      return jsonRefusal(error, 'application/json');
    case 'cbor':
      return {
        status: error.status,
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
        body: cborMap({ __type: jsonErrorName(error), message }),
      };
  }
}

/** A request as S3 has them: neither a form nor JSON. Of one without a signature nothing else can be told. */
export function looksLikeS3(request: SandboxRequest): boolean {
  return request.method !== 'POST' && dialectOf(undefined, request) === 'rest-xml';
}

/** Whatever the sandbox does not have: refused by name, in the form that the request itself has. */
export function absentService(service: string | undefined, request: SandboxRequest, offered: string): Protocol {
  const dialect = dialectOf(service, request);
  return {
    answer() {
      throw new AwsRefusal(
        'UnknownOperationException',
        `The practice sandbox does not offer the service “${service ?? ''}”. It has ${offered}.`,
        400,
      );
    },
    refusal: (error, requestId) => write(dialect, error, requestId, request),
  };
}
