import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../core/domain/policy-document';
import { compilePolicy, evaluate, type CompiledPolicy, type Evaluation } from '../../core/domain/policy-evaluation';
import { home, oracleCases, type Document, type OracleCase } from './policy-cases';

/** What the oracle calls our decisions. */
const words: Readonly<Record<Evaluation['decision'], string>> = {
  allowed: 'Allowed',
  implicitDeny: 'ImplicitlyDenied',
  explicitDeny: 'ExplicitlyDenied',
};

function compiled(label: string, document: Document, use: 'identity' | 'resource'): CompiledPolicy {
  const reading = parsePolicyDocument(JSON.stringify(document), use);
  if (!reading.ok) throw new Error(`${label}: ${reading.message}\n${JSON.stringify(document, null, 1)}`);
  return compilePolicy(label, reading.document);
}

function ours(one: OracleCase): string {
  const context = new Map(
    Object.entries(one.context).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]),
  );
  const evaluation = evaluate(
    {
      action: one.action,
      resource: one.resource,
      resourceAccountId: one.resourceAccountId,
      caller: { kind: 'user', accountId: home, arn: one.principal },
      context,
    },
    {
      identity: one.identity.map((document, index) => compiled(`identity-${index}`, document, 'identity')),
      ...(one.boundary === undefined ? {} : { boundary: compiled('boundary', one.boundary, 'identity') }),
      ...(one.resourcePolicy === undefined
        ? {}
        : {
            resource: { type: 'resource-policy' as const, policy: compiled('bucket', one.resourcePolicy, 'resource') },
          }),
      ...(one.serviceControl === undefined
        ? {}
        : {
            serviceControl: [
              one.serviceControl.map((document, index) => compiled(`scp-${index}`, document, 'identity')),
            ],
          }),
    },
  );
  return words[evaluation.decision];
}

async function oracles(one: OracleCase): Promise<string> {
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
    serviceControlPolicies:
      one.serviceControl === undefined ? [] : [{ orgIdentifier: home, policies: named('scp', one.serviceControl) }],
    resourceControlPolicies: [],
    ...(one.boundary === undefined ? {} : { permissionBoundaryPolicies: named('boundary', [one.boundary]) }),
    ...(one.resourcePolicy === undefined ? {} : { resourcePolicy: one.resourcePolicy }),
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') return `error: ${JSON.stringify(result.errors)}`;
  return result.overallResult;
}

describe('the evaluator beside a third party’s', () => {
  it('decides 2,000 generated cases alike', { timeout: 120_000 }, async () => {
    const disagreements: unknown[] = [];
    const seen = new Map<string, number>();
    for (const one of oracleCases(2000, 20_261_122)) {
      const [mine, theirs] = [ours(one), await oracles(one)];
      seen.set(mine, (seen.get(mine) ?? 0) + 1);
      if (mine !== theirs) disagreements.push({ mine, theirs, one });
    }
    // cases that are all refused would prove nothing
    for (const word of Object.values(words)) expect(seen.get(word), word).toBeGreaterThan(150);
    expect(disagreements.slice(0, 3), `${disagreements.length} disagreements`).toEqual([]);
  });
});
