import { AwsRefusal, bodyText, type SandboxResponse } from '../http';
import { noteUse } from '../last-access';
import type { JsonOperations } from '../operations/operation';
import type { Protocol } from './protocol';

export type JsonService = {
  /** As in signatures and in the keys' last use: `organizations`. */
  readonly name: string;
  /** What stands before the operation in X-Amz-Target. */
  readonly target: string;
  readonly operations: JsonOperations;
};

const contentType = 'application/x-amz-json-1.1';
const readOnly = /^(?:Get|List|Describe)/;

/** What the JSON services call the refusals that all services have; they answer them with 400 (aws-reference §0.8). */
const names: ReadonlyMap<string, string> = new Map([
  ['AccessDenied', 'AccessDeniedException'],
  ['ExpiredToken', 'ExpiredTokenException'],
  ['IncompleteSignature', 'IncompleteSignatureException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  ['SignatureDoesNotMatch', 'InvalidSignatureException'],
  ['Throttling', 'ThrottlingException'],
]);

export function jsonErrorName({ code }: AwsRefusal): string {
  return names.get(code) ?? code;
}

export function jsonRefusal(error: AwsRefusal, contentType: string): SandboxResponse {
  const name = jsonErrorName(error);
  return {
    status: names.has(error.code) ? 400 : error.status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message: error.message, ...error.details }),
  };
}

/** AWS's JSON 1.1 protocol, which Organizations speaks: the operation stands in a header. */
export function jsonProtocol({ name, operations, target }: JsonService): Protocol {
  return {
    answer(call) {
      const asked = call.request.headers['x-amz-target'] ?? '';
      const action = asked.startsWith(`${target}.`) ? asked.slice(target.length + 1) : '';
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
      if (operation === undefined) {
        throw new AwsRefusal(
          'UnknownOperationException',
          `The practice sandbox does not offer the operation “${action}” of ${name}.`,
          400,
        );
      }
      noteUse(call.caller, { at: call.now, region: call.region, service: name });
      const result = operation(call, readInput(bodyText(call.request)));
      return {
        response: { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(result) },
        changed: !readOnly.test(action),
      };
    },
    refusal: (error) => jsonRefusal(error, contentType),
  };
}

function readInput(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new AwsRefusal('SerializationException', 'The request is not JSON.', 400);
  }
}
