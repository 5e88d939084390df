import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock';
import { authenticate, checkTemporary, noteUse } from './authenticate';
import type { Call, Service } from './call';
import { answerFederation } from './federation';
import { AwsRefusal, type SandboxRequest, type SandboxResponse } from './http';
import { iamAccountOperations } from './operations/iam-account';
import { iamAccessKeyOperations } from './operations/iam-access-keys';
import { iamGroupOperations } from './operations/iam-groups';
import { iamHolderPolicyOperations } from './operations/iam-holder-policies';
import { iamMfaOperations } from './operations/iam-mfa';
import { iamPolicyOperations } from './operations/iam-policies';
import { iamPolicyVersionOperations } from './operations/iam-policy-versions';
import { iamRoleOperations } from './operations/iam-roles';
import { iamSimulateOperations } from './operations/iam-simulate';
import { iamSummaryOperations } from './operations/iam-summary';
import { iamUserOperations } from './operations/iam-users';
import { organizationsOperations } from './operations/organizations';
import type { Operations } from './operations/operation';
import { stsOperations } from './operations/sts';
import { Parameters } from './parameters';
import { loadManagedPolicies, PolicyLibrary } from './policy-library';
import { snapshotOf, twoAccounts, type Scenario } from './scenario';
import { settleAccountRequests } from './organization';
import { createSecrets } from './secrets';
import type { IdentityPart, SandboxSnapshot } from './snapshot';
import { userArn } from './arns';
import { SandboxState } from './state';
import { noTrouble, type SandboxTrouble } from './trouble';
import { xmlAnswer, xmlError } from './xml';

export type SandboxOptions = {
  readonly clock: Pick<Clock, 'now' | 'offset'>;
  /** At least 32 bytes, kept in the keychain: every secret key and token is derived from it. */
  readonly signingKey: Uint8Array;
  /** State saved before; `scenario` is then not looked at. */
  readonly snapshot?: SandboxSnapshot;
  /** What to begin with: two accounts and a management account by default. */
  readonly scenario?: Scenario;
  readonly trouble?: Partial<SandboxTrouble>;
};

/** Secret: has a long-term key. */
export type SandboxIdentity = {
  readonly accountId: string;
  readonly accountName: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** A small AWS: STS, IAM and Organizations over their real protocols, with signatures, policies and expiry enforced. */
export type Sandbox = {
  /** Answers one HTTP request. Never rejects for anything that AWS would answer. */
  handle(request: SandboxRequest): Promise<SandboxResponse>;
  /** Who there is to be. Throws only when the scenario has no such part. */
  identity(part: IdentityPart): SandboxIdentity;
  readonly identities: Readonly<Record<IdentityPart, SandboxIdentity>>;
  /** The whole state, without a secret in it. Cheap enough to save after every change. */
  snapshot(): SandboxSnapshot;
  /** Calls back after every request that may have changed something. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Changes what goes wrong, from the next request on. */
  setTrouble(trouble: Partial<SandboxTrouble>): void;
};

type ServiceDefinition = { readonly namespace: string; readonly version: string; readonly operations: Operations };

const services: Readonly<Record<string, ServiceDefinition>> = {
  sts: { namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', version: '2011-06-15', operations: stsOperations },
  iam: {
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    version: '2010-05-08',
    operations: {
      ...iamRoleOperations,
      ...iamUserOperations,
      ...iamGroupOperations,
      ...iamAccessKeyOperations,
      ...iamMfaOperations,
      ...iamHolderPolicyOperations,
      ...iamPolicyOperations,
      ...iamPolicyVersionOperations,
      ...iamSimulateOperations,
      ...iamSummaryOperations,
      ...iamAccountOperations,
    },
  },
};

/** GetSessionToken gives out credentials that are to be remembered. */
const readOnly = /^(?:Get(?!SessionToken)|List|Describe|Simulate|Decode)/;

export function createSandbox(options: SandboxOptions): Sandbox {
  if (options.signingKey.length < 32) throw new Error('The sandbox needs a signing key of at least 32 bytes.');
  const { clock } = options;
  const secrets = createSecrets(options.signingKey);
  const state = new SandboxState(
    options.snapshot ?? snapshotOf(options.scenario ?? twoAccounts, secrets, clock.now()),
    secrets,
  );
  const listeners = new Set<() => void>();
  let trouble: SandboxTrouble = { ...noTrouble, ...options.trouble };
  let policies: PolicyLibrary | undefined;
  let requests = 0;

  // A wrong server clock is wrong against this computer's, not against what was learnt from the server before.
  const serverNow = (): number =>
    trouble.serverClockOffsetMs === 0 ? clock.now() : clock.now() - (clock.offset() ?? 0) + trouble.serverClockOffsetMs;

  const requestIdOf = (now: number): string => {
    requests += 1;
    const hex = createHash('sha256')
      .update(`${String(now)}:${String(requests)}:${secrets.identifier('requests', 8)}`)
      .digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };

  const identity = (part: IdentityPart): SandboxIdentity => {
    const entry = state.identities.find((item) => item.part === part);
    const account = state.accounts.get(entry?.accountId ?? '');
    const user = account?.users.get(entry?.userName.toLowerCase() ?? '');
    if (entry === undefined || account === undefined) throw new Error(`The sandbox has nobody to be the ${part}.`);
    // Who deleted the user or its keys in practice is refused by AWS's rules (InvalidClientTokenId), not by a crash.
    const keyId =
      user?.accessKeys.find((item) => item.status === 'Active')?.id ??
      user?.accessKeys[0]?.id ??
      `AKIA${secrets.identifier(`gone:${part}`, 16)}`;
    return {
      accountId: account.id,
      accountName: account.name,
      arn: userArn(account.id, user ?? { path: '/', name: entry.userName }),
      accessKeyId: keyId,
      secretAccessKey: secrets.secretAccessKey(keyId),
    };
  };

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const run = (request: SandboxRequest, service: Service, requestId: string, now: number): SandboxResponse => {
    const values = formValues(request);
    if (request.path === '/federation') {
      const answer = answerFederation(request, values, state, secrets, now);
      return { status: answer.status, headers: { 'content-type': answer.contentType }, body: answer.body };
    }
    if (settleAccountRequests(state, now)) changed();
    const { caller, signature } = authenticate(request, state, secrets, now);
    if (signature.service === 'organizations') {
      const call = { ...service, request, parameters: new Parameters(values), caller, region: signature.region, now };
      return runOrganizations(call, changed);
    }
    const definition = services[signature.service];
    if (definition === undefined) {
      throw new AwsRefusal(
        'UnknownOperationException',
        `The practice sandbox does not offer the service “${signature.service}”. It has STS, IAM and Organizations.`,
        400,
      );
    }
    const action = values.get('Action') ?? '';
    const operation = Object.hasOwn(definition.operations, action) ? definition.operations[action] : undefined;
    if (operation === undefined || values.get('Version') !== definition.version) {
      throw new AwsRefusal(
        'InvalidAction',
        `Could not find operation ${action} for version ${values.get('Version') ?? '(none)'}: the practice sandbox does not offer it.`,
        400,
      );
    }
    checkTemporary(caller, signature.service, action);
    noteUse(caller, { at: now, region: signature.region, service: signature.service });
    const result = operation({
      ...service,
      request,
      parameters: new Parameters(values),
      caller,
      region: signature.region,
      now,
    });
    if (!readOnly.test(action)) changed();
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: xmlAnswer(action, definition.namespace, result, requestId),
    };
  };

  return {
    async handle(request) {
      policies ??= new PolicyLibrary(state, await loadManagedPolicies());
      const now = serverNow();
      const requestId = requestIdOf(now);
      let response: SandboxResponse;
      try {
        response = run(request, { state, policies, secrets, trouble }, requestId, now);
      } catch (error) {
        if (!(error instanceof AwsRefusal)) throw error;
        response = refusal(request, error, requestId);
      }
      return {
        ...response,
        headers: {
          ...response.headers,
          'content-length': String(Buffer.byteLength(response.body)),
          'x-amzn-requestid': requestId,
          date: new Date(now).toUTCString(),
        },
      };
    },
    identity,
    get identities() {
      return { deployer: identity('deployer'), owner: identity('owner'), management: identity('management') };
    },
    snapshot: () => state.snapshot(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setTrouble(next) {
      trouble = { ...trouble, ...next };
    },
  };
}

/** Organizations speaks JSON: the operation is in a header, and a refused permission has another name. */
function runOrganizations(call: Call, changed: () => void): SandboxResponse {
  const [, action = ''] = /^AWSOrganizationsV20161128\.(\w+)$/.exec(call.request.headers['x-amz-target'] ?? '') ?? [];
  const operation = Object.hasOwn(organizationsOperations, action) ? organizationsOperations[action] : undefined;
  if (operation === undefined) {
    throw new AwsRefusal(
      'UnknownOperationException',
      `The practice sandbox does not offer the operation “${action}” of Organizations.`,
      400,
    );
  }
  noteUse(call.caller, { at: call.now, region: call.region, service: 'organizations' });
  let input: unknown;
  try {
    input = JSON.parse(call.request.body === '' ? '{}' : call.request.body);
  } catch {
    throw new AwsRefusal('SerializationException', 'The request is not JSON.', 400);
  }
  let result: Readonly<Record<string, unknown>>;
  try {
    result = operation(call, input);
  } catch (error) {
    if (error instanceof AwsRefusal && error.code === 'AccessDenied')
      throw new AwsRefusal('AccessDeniedException', error.message, 400);
    throw error;
  }
  if (!readOnly.test(action)) changed();
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(result),
  };
}

/** Parameters from the query and, for POST, the form in the body; the body wins. */
function formValues(request: SandboxRequest): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(request.query)) {
    const first = typeof value === 'string' ? value : value[0];
    if (first !== undefined) values.set(name, first);
  }
  if (request.method === 'POST' && !(request.headers['content-type'] ?? '').includes('json')) {
    for (const [name, value] of new URLSearchParams(request.body)) values.set(name, value);
  }
  return values;
}

/** The refusal in the dialect of the service that was called. */
function refusal(request: SandboxRequest, error: AwsRefusal, requestId: string): SandboxResponse {
  if ((request.headers['content-type'] ?? '').includes('json')) {
    return {
      status: error.status,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.code },
      body: JSON.stringify({ __type: error.code, message: error.message }),
    };
  }
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers['authorization'] ?? '')?.[1];
  const namespace =
    (service === undefined ? undefined : services[service])?.namespace ?? 'https://sts.amazonaws.com/doc/2011-06-15/';
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body: xmlError(namespace, error.fault, error.code, error.message, requestId),
  };
}
