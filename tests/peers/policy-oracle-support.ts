import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { parsePolicyDocument, type PolicyUse } from '../../core/domain/policy-document';
import {
  compilePolicy,
  evaluate,
  type CompiledPolicy,
  type Evaluation,
  type PolicyCaller,
  type PolicySet,
} from '../../core/domain/policy-evaluation';

/** One policy document in its JSON form. */
export type Statement = Readonly<Record<string, unknown>>;
export type Document = { readonly Version: string; readonly Statement: readonly Statement[] };

/** One question to both evaluators. Everything is plain data, so that a disagreement can be read and kept. */
export type OracleCase = {
  /** ARN of a user, a role's session or an account's root; a service's host name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** the account that owns the resource */
  readonly resourceAccountId: string;
  readonly context: Readonly<Record<string, string | string[]>>;
  readonly identity: readonly Document[];
  readonly boundary?: Document | undefined;
  readonly session?: Document | undefined;
  readonly resourcePolicy?: Document | undefined;
  /** One list a level, the organization's root first. */
  readonly serviceControl?: readonly (readonly Document[])[] | undefined;
};

export const home = '111122223333';
export const other = '444455556666';

/** What the oracle calls our decisions. */
export const oracleWords: Readonly<Record<Evaluation['decision'], string>> = {
  allowed: 'Allowed',
  implicitDeny: 'ImplicitlyDenied',
  explicitDeny: 'ExplicitlyDenied',
};

function compiled(label: string, document: Document, use: PolicyUse): CompiledPolicy {
  const reading = parsePolicyDocument(JSON.stringify(document), use);
  if (!reading.ok) throw new Error(`${label}: ${reading.message}\n${JSON.stringify(document, null, 1)}`);
  return compilePolicy(label, reading.document);
}

function callerOf(principal: string): PolicyCaller {
  const accountId = principal.split(':')[4] ?? '';
  const role = /:assumed-role\/([^/]+)\//.exec(principal)?.[1];
  if (role !== undefined) {
    return { kind: 'role-session', accountId, arn: principal, roleArn: `arn:aws:iam::${accountId}:role/${role}` };
  }
  if (!principal.startsWith('arn:')) return { kind: 'service', accountId: '', arn: principal };
  return { kind: principal.endsWith(':root') ? 'root' : 'user', accountId, arn: principal };
}

function resourceOf(one: OracleCase): Pick<PolicySet, 'resource'> {
  if (one.resourcePolicy === undefined) return {};
  const isTrust = one.action.toLowerCase() === 'sts:assumerole';
  return {
    resource: isTrust
      ? { type: 'trust-policy', policy: compiled('trust', one.resourcePolicy, 'trust') }
      : { type: 'resource-policy', policy: compiled('bucket', one.resourcePolicy, 'resource') },
  };
}

export function ours(one: OracleCase): Evaluation['decision'] {
  const context = new Map(
    Object.entries(one.context).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]),
  );
  const { action, boundary, resource, resourceAccountId, serviceControl, session } = one;
  return evaluate(
    { action, resource, resourceAccountId, caller: callerOf(one.principal), context },
    {
      identity: one.identity.map((document, index) => compiled(`identity-${index}`, document, 'identity')),
      ...(boundary === undefined ? {} : { boundary: compiled('boundary', boundary, 'boundary') }),
      ...(session === undefined ? {} : { session: [compiled('session', session, 'session')] }),
      ...resourceOf(one),
      ...(serviceControl === undefined
        ? {}
        : {
            serviceControl: serviceControl.map((level) =>
              level.map((document, index) => compiled(`scp-${index}`, document, 'service-control')),
            ),
          }),
    },
  ).decision;
}

/** The oracle's decision in its words, or `error: …` where it would not answer. */
export async function oracles(one: OracleCase): Promise<string> {
  const named = (prefix: string, documents: readonly Document[]) =>
    documents.map((policy, index) => ({ name: `${prefix}-${index}`, policy }));
  const simulation: Simulation = {
    request: {
      principal: one.principal,
      action: one.action,
      resource: { resource: one.resource, accountId: one.resourceAccountId },
      contextVariables: one.context,
    },
    identityPolicies: named('identity', one.identity),
    serviceControlPolicies: (one.serviceControl ?? []).map((level, index) => ({
      orgIdentifier: `level-${index}`,
      policies: named(`scp-${index}`, level),
    })),
    resourceControlPolicies: [],
    ...(one.boundary === undefined ? {} : { permissionBoundaryPolicies: named('boundary', [one.boundary]) }),
    ...(one.session === undefined ? {} : { sessionPolicy: one.session }),
    ...(one.resourcePolicy === undefined ? {} : { resourcePolicy: one.resourcePolicy }),
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') return `error: ${JSON.stringify(result.errors)}`;
  return result.overallResult;
}
