import { describe, expect, it } from 'vitest';
import { accessLevels } from '../../../core/domain/permissions/action-levels';
import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { compilePolicy, evaluate, type CompiledPolicy } from '../../../core/domain/policy-evaluation';
import { accessRoleStepId, planRole } from '../../../core/domain/role-plan';
import { recipes } from '../../../core/recipes/catalog';
import type { Recipe } from '../../../core/recipes/recipe';
import { loadActionLevels } from '../../../main/permissions/action-data';
import managedPolicies from '../../../main/sandbox/managed-policies.json';

const accountId = '222233334444';
const making = recipes.filter(({ checklist }) => checklist === undefined);

/** Every choice of every question, one changed at a time from what is suggested. */
function answers({ parameters = [] }: Recipe): readonly Record<string, string>[] {
  const changed = parameters.flatMap((parameter) => {
    if (parameter.kind === 'text') return [];
    const values = parameter.kind === 'toggle' ? ['yes', 'no'] : parameter.options.map(({ value }) => value);
    return values.map((value) => ({ [parameter.id]: value }));
  });
  return [{}, ...changed];
}

function compiled(text: string): CompiledPolicy {
  const read = parsePolicyDocument(text, 'identity');
  if (!read.ok) throw new Error(read.message);
  return compilePolicy('policy', read.document);
}

/** The policies of the role that is assumed. */
function policiesOf(recipe: Recipe, parameters: Record<string, string>): readonly CompiledPolicy[] {
  const { defaults } = recipe;
  const { steps } = planRole({
    recipe,
    account: { name: 'Acme', accountId, region: 'eu-west-1' },
    trusted: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' },
    externalId: '7d1c9a52-6a4e-4b0f-8f0e-1e0d6f3f7a22',
    onboardingId: '5f0c9a52-6a4e-4b0f-8f0e-1e0d6f3f7a11',
    options: {
      ...defaults,
      managedPolicies: [...defaults.managedPolicies],
      parameters,
      useExternalId: true,
      onlyThisIdentity: false,
    },
  });
  const role = steps.find(({ id }) => id === accessRoleStepId);
  const roleName = role?.kind === 'create-role' ? role.roleName : '';
  const made = new Map(
    steps.flatMap((step) => (step.kind === 'create-policy' ? [[step.policyName, step.document] as const] : [])),
  );
  return steps.flatMap((step) => {
    if (step.kind === 'put-role-policy' && step.roleName === roleName) return [compiled(step.document)];
    if (step.kind !== 'attach-role-policy' || step.roleName !== roleName) return [];
    const name = step.policyArn.slice(step.policyArn.lastIndexOf('/') + 1);
    const document = made.get(name) ?? managedPolicies.find((policy) => policy.name === name)?.document;
    if (document === undefined) throw new Error(`What is ${name}?`);
    return [compiled(document)];
  });
}

function isAllowed(identity: readonly CompiledPolicy[], action: string): boolean {
  const arn = `arn:aws:sts::${accountId}:assumed-role/Role/test`;
  return (
    evaluate(
      {
        action,
        resource: '*',
        resourceAccountId: accountId,
        caller: { kind: 'role-session', accountId, arn },
        context: new Map(),
      },
      { identity },
    ).decision === 'allowed'
  );
}

describe('what recipes promise of their role', () => {
  it.each(making.map((recipe) => [recipe.id, recipe] as const))('%s holds with every answer', (_id, recipe) => {
    for (const parameters of answers(recipe)) {
      const policies = policiesOf(recipe, parameters);
      const told = JSON.stringify(parameters);
      for (const action of recipe.checks.mustAllow) expect(isAllowed(policies, action), `${action} ${told}`).toBe(true);
      for (const action of recipe.checks.mustNotAllow) {
        expect(isAllowed(policies, action), `${action} ${told}`).toBe(false);
      }
    }
  });

  it('names actions that there are', async () => {
    const known = new Set(
      (await loadActionLevels()).flatMap(({ actions, prefix }) =>
        accessLevels.flatMap((level) => actions[level].map((name) => `${prefix}:${name}`)),
      ),
    );
    for (const { checks } of recipes) {
      for (const action of [...checks.mustAllow, ...checks.mustNotAllow]) expect(known).toContain(action);
    }
  });

  it('has a limit wherever one is promised, and none for an administrator', () => {
    for (const { checks, customizable, id, reach } of making) {
      if (customizable) continue;
      expect(checks.mustAllow.length, id).toBeGreaterThan(0);
      if (reach === 4) expect(checks.mustNotAllow, id).toEqual([]);
      else expect(checks.mustNotAllow.length, id).toBeGreaterThanOrEqual(2);
    }
  });
});
