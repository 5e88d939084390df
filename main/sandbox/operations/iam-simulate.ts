import {
  compilePolicy,
  evaluate,
  type CompiledPolicy,
  type Evaluation,
  type PolicySet,
} from '../../../core/domain/policy-evaluation';
import { contextKeysOf, parsePolicyDocument, type PolicyUse } from '../../../core/domain/policy-document';
import { authorize, type Call } from '../call';
import { AwsRefusal } from '../http';
import { fullAccess } from '../organization';
import { paginate } from '../parameters';
import { organizationContext, serviceControlOf } from '../service-control';
import type { XmlFields } from '../xml';
import { policyArnRule } from './iam-shared';
import type { Operations } from './operation';
import { invalidInput, simulatedCaller, simulatedPrincipal, type SimulatedPrincipal } from './iam-simulated-principal';

type Included = { readonly label: string; readonly compiled: CompiledPolicy; readonly keys: readonly string[] };

/** What is simulated: whose request it would be, and every policy that has a say. */
type Simulation = {
  readonly who: SimulatedPrincipal;
  readonly identity: readonly Included[];
  readonly boundary: Included | undefined;
  readonly resource: Included | undefined;
  readonly context: ReadonlyMap<string, readonly string[]>;
  /** Of the account's organization: none apply where it is empty; absent outside of one. */
  readonly organization?: Pick<PolicySet, 'serviceControl'>;
};

function include(label: string, document: string, use: PolicyUse): Included {
  const read = parsePolicyDocument(document, use);
  if (!read.ok) throw invalidInput(read.message);
  return { label, compiled: compilePolicy(label, read.document), keys: contextKeysOf(read.document) };
}

function inputPolicies(call: Call): readonly Included[] {
  return call.parameters
    .list('PolicyInputList')
    .map((document, index) => include(`PolicyInputList.${String(index + 1)}`, document, 'identity'));
}

function inputBoundary(call: Call): Included | undefined {
  const list = call.parameters.list('PermissionsBoundaryPolicyInputList');
  if (list.length > 1) throw invalidInput('Only one permissions boundary policy can be simulated at a time.');
  const [document] = list;
  return document === undefined ? undefined : include('PermissionsBoundaryPolicyInputList.1', document, 'boundary');
}

function contextEntries(call: Call): Map<string, readonly string[]> {
  const names = call.parameters.list('ContextEntries', 'ContextKeyName');
  return new Map(
    names.map((name, index) => [
      name.toLowerCase(),
      call.parameters.list(`ContextEntries.member.${String(index + 1)}.ContextKeyValues`),
    ]),
  );
}

/** The account that owns a resource: named by its ARN, by ResourceOwner, or else the caller's. */
function ownerOf(call: Call, resource: string, otherwise: string): string {
  const inArn = resource.split(':')[4] ?? '';
  if (/^[0-9]{12}$/.test(inArn)) return inArn;
  const owner = /(?:^|::)([0-9]{12})(?::root)?$/.exec(call.parameters.raw('ResourceOwner') ?? '')?.[1];
  return owner ?? otherwise;
}

function evaluateOne(call: Call, simulation: Simulation, action: string, resource: string): Evaluation {
  const { boundary, context, identity, who } = simulation;
  // Without a resource's policy only the caller's side is judged: the simulator does not fetch the other one.
  const resourceAccountId =
    simulation.resource === undefined ? who.caller.accountId : ownerOf(call, resource, who.caller.accountId);
  return evaluate(
    { action, resource, resourceAccountId, caller: who.caller, context },
    {
      identity: identity.map((item) => item.compiled),
      ...simulation.organization,
      ...(boundary === undefined ? {} : { boundary: boundary.compiled }),
      ...(simulation.resource === undefined
        ? {}
        : { resource: { type: 'resource-policy' as const, policy: simulation.resource.compiled } }),
    },
  );
}

function matchedStatements(evaluations: readonly Evaluation[]): XmlFields[] {
  const seen = new Map<string, XmlFields>();
  for (const { decidedBy } of evaluations) {
    // What the organization's policies say is not shown to its accounts.
    if (decidedBy.policy === undefined || decidedBy.type === 'service-control-policy') continue;
    const key = `${decidedBy.type}\n${decidedBy.policy}\n${String(decidedBy.statementIndex)}`;
    seen.set(key, {
      SourcePolicyId: decidedBy.policy.slice(decidedBy.policy.lastIndexOf('/') + 1),
      SourcePolicyType: decidedBy.type === 'resource-policy' ? 'Resource Policy' : 'IAM Policy',
    });
  }
  return [...seen.values()];
}

const restrictive = ['explicitDeny', 'implicitDeny', 'allowed'] as const;

function boundaryDetail(simulation: Simulation, action: string, resources: readonly string[]): XmlFields {
  const { boundary, context, who } = simulation;
  if (boundary === undefined) return {};
  const allows = resources.every((resource) => {
    const asked = { action, resource, resourceAccountId: who.caller.accountId, caller: who.caller, context };
    return evaluate(asked, { identity: [boundary.compiled] }).decision === 'allowed';
  });
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allows } };
}

/** Whether the organization's policies alone would let it through (API reference, OrganizationsDecisionDetail). */
function organizationDetail(simulation: Simulation, action: string, resources: readonly string[]): XmlFields {
  const { context, organization, who } = simulation;
  if (organization === undefined) return {};
  const everything = include(fullAccess.name, fullAccess.content, 'identity').compiled;
  const allows = resources.every((resource) => {
    const asked = { action, resource, resourceAccountId: who.caller.accountId, caller: who.caller, context };
    return evaluate(asked, { identity: [everything], ...organization }).decision === 'allowed';
  });
  return { OrganizationsDecisionDetail: { AllowedByOrganizations: allows } };
}

/**
 * One result for each action, the strictest over its resources; each resource's own below it (API reference,
 * EvaluationResult). `EvalResourceName` would be the resource type's ARN template; the sandbox has no table of those
 * and says `*`, as AWS does where there is none.
 */
function resultOf(call: Call, simulation: Simulation, action: string, resources: readonly string[]): XmlFields {
  const evaluations = resources.map((resource) => evaluateOne(call, simulation, action, resource));
  const included = [...simulation.identity, simulation.boundary, simulation.resource].flatMap((item) =>
    item === undefined ? [] : item.keys,
  );
  const missing = [...new Set(included)].filter((key) => !simulation.context.has(key.toLowerCase()));
  const named = resources.length > 1 || resources[0] !== '*';
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: restrictive.find((decision) => evaluations.some((item) => item.decision === decision)),
    MatchedStatements: matchedStatements(evaluations),
    MissingContextValues: missing,
    ...boundaryDetail(simulation, action, resources),
    ...organizationDetail(simulation, action, resources),
    ...(named
      ? {
          ResourceSpecificResults: resources.map((resource, index) => {
            const evaluation = evaluations[index];
            return {
              EvalResourceName: resource,
              EvalResourceDecision: evaluation?.decision,
              MatchedStatements: evaluation === undefined ? [] : matchedStatements([evaluation]),
              MissingContextValues: missing,
              ...boundaryDetail(simulation, action, [resource]),
            };
          }),
        }
      : {}),
  };
}

function answer(call: Call, simulation: Simulation): XmlFields {
  const actions = call.parameters.list('ActionNames');
  // An empty list is sent as an empty parameter, a missing one not at all.
  if (actions.length === 0) call.parameters.text('ActionNames');
  for (const action of actions) {
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action)) throw invalidInput(`Invalid Action: ${action}`);
  }
  const given = call.parameters.list('ResourceArns');
  const resources = given.length === 0 ? ['*'] : given;
  for (const resource of resources) {
    if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource))
      throw invalidInput(`Invalid Resource ARN: ${resource}`);
  }
  // In the order in which they were asked.
  const order = actions.map((action, index) => ({ action, place: String(index).padStart(6, '0') }));
  const page = paginate(call.parameters, order, (item) => item.place);
  return {
    IsTruncated: page.isTruncated,
    Marker: page.marker,
    EvaluationResults: page.items.map(({ action }) => resultOf(call, simulation, action, resources)),
  };
}

function resourcePolicy(call: Call): Included | undefined {
  const document = call.parameters.optionalText('ResourcePolicy', { min: 1, max: 131_072 });
  return document === undefined ? undefined : include('ResourcePolicy', document, 'resource');
}

function simulatePrincipalPolicy(call: Call): XmlFields {
  const source = call.parameters.text('PolicySourceArn', policyArnRule);
  authorize(call, 'iam:SimulatePrincipalPolicy', source, {
    resourceAccountId: source.split(':')[4] ?? call.caller.account.id,
  });
  const principal = simulatedPrincipal(call, source);
  const caller = simulatedCaller(call);
  const resource = resourcePolicy(call);
  if (resource !== undefined && caller === undefined && principal.kind !== 'user')
    throw invalidInput('CallerArn is required when a resource policy is simulated for a role or group.');
  const boundary = inputBoundary(call) ?? principal.boundary;
  const who = caller ?? principal;
  const { accountId, roleArn } = who.caller;
  const bound = serviceControlOf(call, accountId, roleArn);
  const joined = call.state.organizationOf(accountId) !== undefined;
  return answer(call, {
    who,
    identity: [
      ...principal.policies.map(({ document, label }) => include(label, document, 'identity')),
      ...inputPolicies(call),
    ],
    boundary:
      boundary === undefined || 'compiled' in boundary
        ? boundary
        : include(boundary.label, boundary.document, 'boundary'),
    resource,
    context: new Map([...organizationContext(call.state, accountId), ...who.context, ...contextEntries(call)]),
    ...(joined || bound.serviceControl !== undefined ? { organization: bound } : {}),
  });
}

function simulateCustomPolicy(call: Call): XmlFields {
  authorize(call, 'iam:SimulateCustomPolicy', '*');
  const identity = inputPolicies(call);
  if (identity.length === 0) call.parameters.text('PolicyInputList');
  const caller = simulatedCaller(call);
  const resource = resourcePolicy(call);
  if (resource !== undefined && caller === undefined)
    throw new AwsRefusal('InvalidInput', 'CallerArn is required when a resource policy is simulated.', 400);
  const nobody: SimulatedPrincipal = {
    caller: { kind: 'user', accountId: call.caller.account.id, arn: '' },
    context: new Map(),
  };
  const who = caller ?? nobody;
  return answer(call, {
    who,
    identity,
    boundary: inputBoundary(call),
    resource,
    context: new Map([...who.context, ...contextEntries(call)]),
  });
}

export const iamSimulateOperations: Operations = {
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  SimulateCustomPolicy: simulateCustomPolicy,
};
