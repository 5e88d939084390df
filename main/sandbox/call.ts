import type { SandboxTrouble } from '../../core/domain/practice-trouble';
import { evaluate, type Evaluation, type PolicySet } from '../../core/domain/policy-evaluation';
import { callerArn, policyCaller, requestContext, type Caller } from './caller';
import { accessDenied, type SandboxRequest } from './http';
import { noteAction } from './last-access';
import type { Parameters } from './parameters';
import type { PolicyLibrary } from './policy-library';
import { resourceTagContext } from './resource-tags';
import type { SandboxSecrets } from './secrets';
import { organizationContext, serviceControlOf } from './service-control';
import type { UserRecord } from './snapshot';
import { policiesInForce, roleOfSession, type RolePolicies } from './spreading';
import type { Account, SandboxState } from './state';

/** What operations share. */
export type Service = {
  readonly state: SandboxState;
  readonly policies: PolicyLibrary;
  readonly secrets: SandboxSecrets;
  readonly trouble: SandboxTrouble;
  readonly largestPage: number;
};

/** One request whose signature held, on its way to an operation. */
export type SignedCall = Service & {
  readonly request: SandboxRequest;
  readonly caller: Caller;
  /** The region in the signature. */
  readonly region: string;
  /** The server's time, ms since the epoch. */
  readonly now: number;
};

/** The same with the parameters of the query protocol. */
export type Call = SignedCall & { readonly parameters: Parameters };

function boundaryOf(policies: PolicyLibrary, arn: string | undefined): Pick<PolicySet, 'boundary'> {
  const document = arn === undefined ? undefined : policies.document(arn);
  return arn === undefined || document === undefined ? {} : { boundary: policies.compile(arn, document, 'boundary') };
}

/** A user's own policies and those of its groups. */
export function userPolicies(policies: PolicyLibrary, account: Account, user: UserRecord): PolicySet {
  const groups = [...account.groups.values()].filter((group) => group.members.includes(user.id));
  return {
    identity: [user, ...groups].flatMap((holder) => policies.identityPolicies(holder)),
    ...boundaryOf(policies, user.boundaryArn),
  };
}

function rolePolicies(policies: PolicyLibrary, role: RolePolicies): PolicySet {
  return { identity: policies.identityPolicies(role), ...boundaryOf(policies, role.boundaryArn) };
}

/** What the caller's own policies say. A session whose role is gone (or was made anew) has none left. */
function callerPolicies(call: SignedCall): PolicySet {
  const { caller, policies } = call;
  if (caller.kind === 'root') return { identity: [] };
  if (caller.kind === 'user') return userPolicies(policies, caller.account, caller.user);
  const { session } = caller;
  const role = roleOfSession(caller.account, session, call.now);
  if (role === undefined) return { identity: [] };
  const passed = [
    ...(session.inlinePolicy === undefined
      ? []
      : [policies.compile('session policy', session.inlinePolicy, 'session')]),
    ...(session.policyArns ?? []).flatMap((arn) => {
      const document = policies.document(arn);
      return document === undefined ? [] : [policies.compile(arn, document, 'session')];
    }),
  ];
  const restricted = session.inlinePolicy !== undefined || session.policyArns !== undefined;
  return {
    ...rolePolicies(policies, policiesInForce(role, call.now)),
    ...(restricted ? { session: passed } : {}),
  };
}

export type Extras = {
  /** Further condition keys of this operation, in lower case. */
  readonly context?: ReadonlyMap<string, readonly string[]>;
  readonly resource?: PolicySet['resource'];
  readonly resourceAccountId?: string;
};

export function decide(call: SignedCall, action: string, resource: string, extras: Extras = {}): Evaluation {
  noteAction(call.caller, action, { at: call.now, region: call.region });
  const context = requestContext(call.caller, call.request, call.region, call.now);
  const resourceAccountId = extras.resourceAccountId ?? call.caller.account.id;
  context.set('aws:resourceaccount', [resourceAccountId]);
  const { caller } = call;
  for (const [key, values] of organizationContext(call.state, caller.account.id)) context.set(key, values);
  for (const [key, values] of [...resourceTagContext(call.state, resource), ...(extras.context ?? [])])
    context.set(key, values);
  return evaluate(
    { action, resource, resourceAccountId, caller: policyCaller(call.caller), context },
    {
      ...callerPolicies(call),
      ...serviceControlOf(call, caller.account.id, caller.kind === 'session' ? caller.session.roleArn : undefined),
      ...(extras.resource === undefined ? {} : { resource: extras.resource }),
    },
  );
}

const articles = {
  'service-control-policy': 'a service control policy',
  'resource-policy': 'a resource-based policy',
  'trust-policy': 'a role trust policy',
  'identity-policy': 'an identity-based policy',
  'permissions-boundary': 'a permissions boundary',
  'session-policy': 'a session policy',
} as const;

/** "User: … is not authorized to perform: …", without the reason: what AssumeRole says of everything on the role's side. */
export function notAuthorized(call: SignedCall, action: string, resource: string): string {
  return `User: ${callerArn(call.caller)} is not authorized to perform: ${action} on resource: ${resource}`;
}

/** The sentence IAM adds about the kind of policy that decided (IAM User Guide, "Troubleshoot access denied error messages"). */
export function denialReason(action: string, evaluation: Evaluation): string {
  const { type } = evaluation.decidedBy;
  if (evaluation.decision === 'explicitDeny') return ` with an explicit deny in ${articles[type]}`;
  return ` because no ${articles[type].replace(/^an? /, '')} allows the ${action} action`;
}

/** Throws AccessDenied, in IAM's words, unless the caller may do this. */
export function authorize(call: SignedCall, action: string, resource: string, extras: Extras = {}): void {
  const evaluation = decide(call, action, resource, extras);
  if (evaluation.decision === 'allowed') return;
  throw accessDenied(`${notAuthorized(call, action, resource)}${denialReason(action, evaluation)}`);
}
