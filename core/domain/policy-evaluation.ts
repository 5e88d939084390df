import { compileStatements, type CompiledStatement, type PolicyCaller } from './policy-compile';
import type { PolicyDocument } from './policy-document';
import type { RequestContext } from './policy-match';

export type { PolicyCaller } from './policy-compile';

/** Which kind of policy had the last word, in IAM's order of evaluation. */
export type PolicyType =
  | 'service-control-policy'
  | 'resource-policy'
  | 'trust-policy'
  | 'identity-policy'
  | 'permissions-boundary'
  | 'session-policy';

/** A policy made ready for many decisions. `label` names it in the result: a policy's name or ARN. */
export type CompiledPolicy = { readonly label: string; readonly statements: readonly CompiledStatement[] };

export function compilePolicy(label: string, document: PolicyDocument): CompiledPolicy {
  return { label, statements: compileStatements(document) };
}

export type PolicyRequest = {
  /** `service:Operation`, any case. */
  readonly action: string;
  /** ARN of what is acted on, or `*` for actions without one. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccountId: string;
  readonly caller: PolicyCaller;
  /** Condition keys in lower case. */
  readonly context: RequestContext;
};

export type PolicySet = {
  /** Attached to the user or role, and to a user's groups. */
  readonly identity: readonly CompiledPolicy[];
  readonly boundary?: CompiledPolicy;
  /** Passed when the session was opened; one of them must allow. Absent: none was passed. */
  readonly session?: readonly CompiledPolicy[];
  /** Of the resource: a bucket's policy, a role's trust. */
  readonly resource?: { readonly type: 'resource-policy' | 'trust-policy'; readonly policy: CompiledPolicy };
  /** One list for the root, each organizational unit and the account: every level must allow. */
  readonly serviceControl?: readonly (readonly CompiledPolicy[])[];
};

export type Decided = {
  readonly type: PolicyType;
  /** Absent where no statement spoke: an implicit denial. */
  readonly policy?: string;
  readonly statementIndex?: number;
  readonly sid?: string;
};

export type Evaluation = {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny';
  readonly decidedBy: Decided;
};

type Hit = { readonly policy: string; readonly statement: CompiledStatement };

/** The request with what every statement needs, worked out once. */
type Asked = PolicyRequest & {
  readonly actionLowerCase: string;
  readonly service: string;
  readonly bounded: boolean;
};

function find(policies: readonly CompiledPolicy[], effect: 'Allow' | 'Deny', asked: Asked): Hit | undefined {
  for (const policy of policies) {
    for (const statement of policy.statements) {
      if (statement.effect === effect && statement.matches(asked)) return { policy: policy.label, statement };
    }
  }
  return undefined;
}

function by(type: PolicyType, hit?: Hit): Decided {
  if (hit === undefined) return { type };
  const { index, sid } = hit.statement;
  return { type, policy: hit.policy, statementIndex: index, ...(sid === undefined ? {} : { sid }) };
}

const refused = (type: PolicyType): Evaluation => ({ decision: 'implicitDeny', decidedBy: by(type) });
const allowed = (type: PolicyType, hit?: Hit): Evaluation => ({ decision: 'allowed', decidedBy: by(type, hit) });

/**
 * Decides as AWS does (IAM User Guide, "Policy evaluation logic"): an explicit deny anywhere wins; every level of
 * service control policies must allow; in one account either side may allow, across accounts both must; boundaries and
 * session policies cut what identity policies give. Pure. Resource control policies are not modelled.
 */
export function evaluate(request: PolicyRequest, policies: PolicySet): Evaluation {
  const actionLowerCase = request.action.toLowerCase();
  const colon = actionLowerCase.indexOf(':');
  const asked: Asked = {
    ...request,
    actionLowerCase,
    service: colon === -1 ? '' : actionLowerCase.slice(0, colon),
    bounded: policies.boundary !== undefined,
  };
  const { caller } = request;
  const isService = caller.kind === 'service';

  const layers: readonly (readonly [PolicyType, readonly CompiledPolicy[]])[] = [
    ...(isService ? [] : (policies.serviceControl ?? []).map((level) => ['service-control-policy', level] as const)),
    ...(policies.resource === undefined ? [] : [[policies.resource.type, [policies.resource.policy]] as const]),
    ['identity-policy', policies.identity],
    ...(policies.boundary === undefined ? [] : [['permissions-boundary', [policies.boundary]] as const]),
    ['session-policy', policies.session ?? []],
  ];
  for (const [type, list] of layers) {
    const hit = find(list, 'Deny', asked);
    if (hit !== undefined) return { decision: 'explicitDeny', decidedBy: by(type, hit) };
  }

  const { resource } = policies;
  const grant = resource === undefined ? undefined : grantOf(resource.policy, asked);
  if (isService) {
    return resource !== undefined && grant !== undefined
      ? allowed(resource.type, grant.hit)
      : refused(resource?.type ?? 'identity-policy');
  }

  for (const level of policies.serviceControl ?? []) {
    if (find(level, 'Allow', asked) === undefined) return refused('service-control-policy');
  }

  const sameAccount = caller.accountId === request.resourceAccountId;
  // A grant to the session or user itself needs nothing else in its own account; one to the role is still cut by
  // boundary and session policy; one to the whole account only lets the account's own policies decide.
  if (sameAccount && resource !== undefined && grant?.to === 'caller') return allowed(resource.type, grant.hit);
  const roleGrant = sameAccount && grant?.to === 'role' ? grant.hit : undefined;

  const identityHit = caller.kind === 'root' ? undefined : find(policies.identity, 'Allow', asked);
  const identityAllows = caller.kind === 'root' || identityHit !== undefined || roleGrant !== undefined;
  if (!identityAllows) return refused('identity-policy');
  if (policies.boundary !== undefined && find([policies.boundary], 'Allow', asked) === undefined) {
    return refused('permissions-boundary');
  }
  // The passed policies are one set: the inline one and the managed ones together say what the session may do.
  if (policies.session !== undefined && find(policies.session, 'Allow', asked) === undefined)
    return refused('session-policy');

  if (resource !== undefined && (!sameAccount || resource.type === 'trust-policy')) {
    // A role in one's own account must trust too: the trust policy is asked always.
    return grant === undefined ? refused(resource.type) : allowed(resource.type, grant.hit);
  }
  if (!sameAccount && resource === undefined) return refused('resource-policy');
  return roleGrant === undefined
    ? allowed('identity-policy', identityHit)
    : allowed(resource?.type ?? 'identity-policy', roleGrant);
}

type Grant = { readonly hit: Hit; readonly to: 'caller' | 'role' | 'account' };

/** The strongest grant a resource's policy makes to the caller. */
function grantOf(policy: CompiledPolicy, asked: Asked): Grant | undefined {
  let best: Grant | undefined;
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || !statement.matches(asked)) continue;
    const to = statement.grantee(asked.caller);
    if (to === 'caller') return { hit: { policy: policy.label, statement }, to };
    if (best === undefined || (best.to === 'account' && to === 'role'))
      best = { hit: { policy: policy.label, statement }, to };
  }
  return best;
}
