import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSchema, toReceipt } from '../../../core/domain/plan';
import { planRole, type PlanInput } from '../../../core/domain/role-plan';
import { trustPolicy } from '../../../core/domain/trust-policy';
import { roleNameSchema } from '../../../core/domain/limits';
import { findRecipe, recipes } from '../../../core/recipes/catalog';
import { recipeSchema, type Recipe } from '../../../core/recipes/recipe';
import { fuzzRuns } from '../../support/fuzz-runs';

function recipe(id: string): Recipe {
  const found = findRecipe(id);
  if (found === undefined) throw new Error(id);
  return found;
}

const input: PlanInput = {
  recipe: recipe('deployment-service'),
  account: { name: 'Production', accountId: '444455556666', region: 'eu-west-1' },
  trusted: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' },
  options: {
    roleName: 'DeployAccess',
    path: '/deploy/',
    maxSessionDuration: 3600,
    useExternalId: true,
    onlyThisIdentity: true,
    managedPolicies: ['AdministratorAccess'],
    parameters: {},
  },
  externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5',
  onboardingId: '0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b',
};

describe('recipes', () => {
  it.each(recipes.map((one) => [one.id, one] as const))('%s fits the schema', (_id, one) => {
    expect(recipeSchema.parse(one)).toEqual(one);
  });
});

describe('the plan of a role', () => {
  it('makes the role first, with its policies after it, tagged with our id', () => {
    const plan = planRole(input);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['create-role', 'attach-role-policy']);
    expect(plan.roleArn).toBe('arn:aws:iam::444455556666:role/deploy/DeployAccess');
    const [create, attach] = plan.steps;
    expect(create?.kind === 'create-role' && create.tags).toContainEqual({
      key: 'OnboardingId',
      value: input.onboardingId,
    });
    expect(attach?.kind === 'attach-role-policy' && attach.policyArn).toBe(
      'arn:aws:iam::aws:policy/AdministratorAccess',
    );
  });

  it('trusts the account as a whole, narrowed to one identity with the external ID', () => {
    expect(JSON.parse(trustPolicy({ ...input, accountId: '444455556666' }))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SallyportAssumeRole',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'sts:ExternalId': input.externalId },
            ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/deployer' },
          },
        },
      ],
    });
  });

  it('names the role, never the session, when the caller is a role session', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/Deployer/me';
    const text = trustPolicy({ ...input, accountId: '444455556666', trusted: { ...input.trusted, arn } });
    expect(text).not.toContain('assumed-role');
    expect(text).toContain('"arn:aws:iam::111122223333:role/Deployer"');
    expect(text).toContain('"arn:aws:iam::111122223333:role/*/Deployer"');
  });

  it('keeps managed policies and the trusted root in the caller’s partition', () => {
    const arn = 'arn:aws-us-gov:iam::111122223333:user/deployer';
    const plan = planRole({ ...input, trusted: { ...input.trusted, arn, partition: 'aws-us-gov' } });
    expect(JSON.stringify(plan)).not.toContain('arn:aws:');
  });

  it('fits its schema and is the same bytes each time, for every name and path that IAM takes', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w+=,.@-]{1,64}$/),
        fc.stringMatching(/^\/([!-.0-~]{1,20}\/){0,3}$/),
        fc.constantFrom(...recipes),
        (roleName, path, one) => {
          fc.pre(roleNameSchema.safeParse(roleName).success);
          const options = { ...input.options, roleName, path, managedPolicies: [...one.defaults.managedPolicies] };
          const plan = planRole({ ...input, recipe: one, options });
          expect(planSchema.parse(plan)).toEqual(plan);
          expect(JSON.stringify(planRole({ ...input, recipe: one, options }))).toBe(JSON.stringify(plan));
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('lists on the receipt what was done and not undone, newest first', () => {
    const plan = planRole(input);
    const receipt = toReceipt(plan, [
      { stepId: 'create-role', state: 'started', at: 1 },
      { stepId: 'create-role', state: 'done', at: 2 },
      { stepId: 'attach-role-policy-1', state: 'started', at: 3 },
      { stepId: 'attach-role-policy-1', state: 'done', at: 4 },
    ]);
    expect(receipt.map(({ kind, at }) => [kind, at])).toEqual([
      ['attached-policy', 4],
      ['role', 2],
    ]);
    expect(toReceipt(plan, [{ stepId: 'create-role', state: 'undone', at: 2 }])).toEqual([]);
  });
});
