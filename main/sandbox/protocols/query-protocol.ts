import { checkTemporary } from '../authenticate';
import { AwsRefusal, bodyText, type SandboxRequest } from '../http';
import type { Operations } from '../operations/operation';
import { noteUse } from '../last-access';
import { Parameters } from '../parameters';
import { xmlAnswer, xmlError } from '../xml';
import type { Protocol } from './protocol';

export type QueryService = {
  /** As in signatures and in the keys' last use: `sts`. */
  readonly name: string;
  readonly namespace: string;
  readonly version: string;
  readonly operations: Operations;
};

/** GetSessionToken gives out credentials that are to be remembered. */
const readOnly = /^(?:Get(?!SessionToken)|List|Simulate|Decode|GenerateServiceLast)/;

/** STS's and IAM's protocol: a form with `Action` and `Version`, answered in XML. */
export function queryProtocol({ name, namespace, operations, version }: QueryService): Protocol {
  return {
    answer(call, requestId) {
      const values = formValues(call.request);
      const action = values.get('Action') ?? '';
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
      if (operation === undefined || values.get('Version') !== version) {
        throw new AwsRefusal(
          'InvalidAction',
          `Could not find operation ${action} for version ${values.get('Version') ?? '(none)'}: the practice sandbox does not offer it.`,
          400,
        );
      }
      checkTemporary(call.caller, name, action);
      noteUse(call.caller, { at: call.now, region: call.region, service: name });
      const result = operation({ ...call, parameters: new Parameters(values, call.largestPage) });
      return {
        response: {
          status: 200,
          headers: { 'content-type': 'text/xml' },
          body: xmlAnswer(action, namespace, result, requestId),
        },
        changed: !readOnly.test(action),
      };
    },
    refusal: (error, requestId) => ({
      status: error.status,
      headers: { 'content-type': 'text/xml' },
      body: xmlError(namespace, error.fault, error.code, error.message, requestId),
    }),
  };
}

/** Parameters from the query and, for POST, the form in the body; the body wins. */
export function formValues(request: SandboxRequest): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(request.query)) {
    const first = typeof value === 'string' ? value : value[0];
    if (first !== undefined) values.set(name, first);
  }
  if (request.method === 'POST' && !(request.headers['content-type'] ?? '').includes('json')) {
    for (const [name, value] of new URLSearchParams(bodyText(request))) values.set(name, value);
  }
  return values;
}
