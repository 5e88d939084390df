import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accountsOf, planSchema } from '../../../core/domain/plan';
import { documentOf } from '../../../core/domain/plan-step';
import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { planRole } from '../../../core/domain/role-plan';
import { answersOf, firstWrongAnswer, wrongAnswer } from '../../../core/recipes/answers';
import { findRecipe, recipes } from '../../../core/recipes/catalog';
import { codeDeploy } from '../../../core/recipes/codedeploy';
import { recipeSchema, type Recipe, type RecipeParameter } from '../../../core/recipes/recipe';
import { iconNames } from '../../../renderer/ui/icon-names';

const trusted = {
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/deployer',
  partition: 'aws',
};
const account = { name: 'Acme', accountId: '222233334444', region: 'eu-west-1' };
const onboardingId = '5f0c9a52-6a4e-4b0f-8f0e-1e0d6f3f7a11';

function planOf(recipe: Recipe, parameters: Record<string, string> = {}, partition = 'aws') {
  const { defaults } = recipe;
  return planRole({
    recipe,
    account,
    trusted: { ...trusted, arn: trusted.arn.replace('aws', partition), partition },
    externalId: '7d1c9a52-6a4e-4b0f-8f0e-1e0d6f3f7a22',
    onboardingId,
    options: {
      ...defaults,
      managedPolicies: [...defaults.managedPolicies],
      parameters,
      useExternalId: true,
      onlyThisIdentity: false,
    },
  });
}

/** What can be answered: the default of a text, every choice, both ways of a toggle. */
function answersFor(parameter: RecipeParameter): readonly (string | undefined)[] {
  if (parameter.kind === 'text') return [undefined];
  return parameter.kind === 'toggle' ? ['yes', 'no'] : parameter.options.map(({ value }) => value);
}

/** Every combination of answers. */
function everyAnswer(recipe: Recipe): readonly Record<string, string>[] {
  return (recipe.parameters ?? []).reduce<readonly Record<string, string>[]>(
    (all, parameter) =>
      all.flatMap((answers) =>
        answersFor(parameter).map((answer) =>
          answer === undefined ? answers : { ...answers, [parameter.id]: answer },
        ),
      ),
    [{}],
  );
}

const making = recipes.filter(({ checklist }) => checklist === undefined);

describe('recipes', () => {
  test('all eight of the product, and the legacy one, each from a file of its own', () => {
    expect(recipes.map(({ id }) => id)).toEqual([
      'deployment-service',
      'cross-account-codedeploy',
      'zappa',
      'service-roles',
      'read-only-audit',
      'identities',
      'account-foundation',
      'custom',
      'proton-service-roles',
    ]);
    const folder = new URL('../../../core/recipes/', import.meta.url);
    const machinery = ['answers.ts', 'catalog.ts', 'recipe.ts', 'template.ts'];
    const files = readdirSync(folder).filter((file) => !machinery.includes(file));
    for (const recipe of recipes) {
      const written = files.filter((file) =>
        readFileSync(new URL(file, folder), 'utf8').includes(`id: '${recipe.id}'`),
      );
      expect(written, recipe.id).toHaveLength(1);
    }
  });

  test.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s fits the schema', (_id, recipe) => {
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
    expect(iconNames).toContain(recipe.icon);
    if (recipe.legacy !== undefined) expect(findRecipe(recipe.legacy.insteadId)?.legacy).toBeUndefined();
    const asked = new Set((recipe.parameters ?? []).map(({ id }) => id));
    for (const { when } of [...(recipe.parameters ?? []), ...(recipe.resources ?? []), ...(recipe.attached ?? [])]) {
      if (when !== undefined) expect(asked).toContain(when.parameter);
    }
    const answers = answersOf(recipe, {}, { accountId: account.accountId });
    expect(firstWrongAnswer(recipe, answers)).toBeUndefined();
  });

  test.each(making.map((recipe) => [recipe.id, recipe] as const))(
    '%s gives a sound plan, whatever is answered',
    (_id, recipe) => {
      for (const answers of everyAnswer(recipe)) {
        const plan = planSchema.parse(planOf(recipe, answers));
        const text = JSON.stringify(plan);
        expect(text).not.toMatch(/\{\{|\[ROLE|\[YOUR|undefined/);
        expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length);
        for (const step of plan.steps) {
          const document = documentOf(step);
          if (document === undefined) continue;
          const use =
            step.kind === 'create-role' ? 'trust' : step.kind === 'put-bucket-policy' ? 'resource' : 'identity';
          expect(parsePolicyDocument(document, use), `${step.kind} ${JSON.stringify(answers)}`).toMatchObject({
            ok: true,
          });
          for (const sid of document.matchAll(/"Sid": "([^"]*)"/g)) expect(sid[1]).toMatch(/^[A-Za-z0-9]+$/);
        }
        // The role that is assumed always asks for its external ID.
        const access = plan.steps.find(({ id }) => id === 'create-role');
        expect(access?.kind === 'create-role' && access.trustPolicy).toContain('sts:ExternalId');
      }
    },
  );

  test('the same answers give the same bytes', () => {
    for (const recipe of making) expect(planOf(recipe)).toEqual(planOf(recipe));
  });
});

describe('CodeDeploy, with the bucket in the target account', () => {
  const recipe = codeDeploy;

  test.each(everyAnswer(recipe).filter(({ bucketSide }) => bucketSide === 'target'))(
    'writes no bucket policy: role and bucket are in one account (%j)',
    (answers) => {
      const plan = planOf(recipe, answers);
      expect(accountsOf(plan)).toEqual([account.accountId]);
      expect(plan.steps.map(({ kind }) => kind)).not.toContain('put-bucket-policy');
      expect(plan.steps.some(({ kind }) => kind === 'create-bucket')).toBe(answers['makeBucket'] === 'yes');
    },
  );
});

describe('CodeDeploy’s address to switch roles at', () => {
  test.each([
    ['aws', 'https://signin.aws.amazon.com/switchrole?'],
    ['aws-cn', 'https://signin.amazonaws.cn/switchrole?'],
    ['aws-us-gov', 'https://signin.amazonaws-us-gov.com/switchrole?'],
    ['aws-iso', undefined],
  ])('is the one of the partition %s, if it has one', (partition, address) => {
    const output = planOf(codeDeploy, {}, partition).outputs.find(({ term }) => term === 'Switch-role address');
    expect(output?.text.slice(0, address?.length)).toBe(address);
  });
});

describe('CodeDeploy, with the bucket in the deploying account', () => {
  const recipe = codeDeploy;
  const plan = planOf(recipe, { bucketSide: 'trusted', bucket: 'acme-revisions', rights: 'full' });

  test('makes the bucket there and everything else in the target', () => {
    expect(accountsOf(plan)).toEqual([account.accountId, trusted.accountId]);
    const elsewhere = plan.steps.filter((step) => step.accountId !== undefined).map(({ kind }) => kind);
    expect(elsewhere).toEqual([
      'create-bucket',
      'put-public-access-block',
      'put-bucket-versioning',
      'put-bucket-policy',
    ]);
  });

  test('names the role inside the instance profile, and lists on the bucket itself', () => {
    const policy = plan.steps.find((step) => step.kind === 'put-bucket-policy');
    const document = policy?.document ?? '';
    expect(document).toContain('arn:aws:iam::222233334444:role/CodeDeployInstance');
    expect(document).not.toContain('instance-profile');
    expect(document).toContain('"arn:aws:s3:::acme-revisions"');
    expect(document).toContain('"arn:aws:s3:::acme-revisions/*"');
  });

  test('hands the service role to CodeDeploy and to nothing else', () => {
    const pass = plan.steps.find(
      (step) => step.kind === 'put-role-policy' && step.policyName === 'HandOverTheServiceRole',
    );
    expect(pass?.kind === 'put-role-policy' && pass.document).toContain('codedeploy.amazonaws.com');
    expect(JSON.stringify(plan)).not.toContain('AmazonS3FullAccess');
  });
});

describe('Zappa', () => {
  const recipe = findRecipe('zappa');
  if (recipe === undefined) throw new Error('no recipe');

  test('with a user: the group has the two user policies, and not what functions run with', () => {
    const plan = planOf(recipe, { makeUser: 'yes' });
    const attached = plan.steps.flatMap((step) => (step.kind === 'attach-group-policy' ? [step.policyArn] : []));
    expect(attached).toEqual([
      'arn:aws:iam::222233334444:policy/ZappaUserGeneralPolicy',
      'arn:aws:iam::222233334444:policy/ZappaUserS3Policy',
    ]);
    expect(plan.steps.some((step) => step.kind === 'attach-user-policy')).toBe(false);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['create-user', 'add-user-to-group', 'create-access-key']),
    );
  });

  test('without one: nobody gets a key', () => {
    expect(planOf(recipe).steps.map(({ kind }) => kind)).not.toContain('create-access-key');
  });

  test('changes and hands over the execution role only', () => {
    const general = planOf(recipe, { executionRole: 'MyRole' }).steps.find(
      (step) => step.kind === 'create-policy' && step.policyName === 'ZappaUserGeneralPolicy',
    );
    const document = general?.kind === 'create-policy' ? general.document : '';
    expect(document.match(/arn:aws:iam::222233334444:role\/MyRole/g)).toHaveLength(2);
    expect(document).not.toContain('s3:CreateMultipartUpload');
  });
});

test('an answer is checked against its question', () => {
  const [bucket] = (findRecipe('zappa')?.parameters ?? []).filter(({ id }) => id === 'bucket');
  if (bucket === undefined) throw new Error('no question');
  expect(wrongAnswer(bucket, 'my-bucket')).toBeUndefined();
  for (const answer of ['My-Bucket', 'a', 'with blank', '"},{', 'x\n'])
    expect(wrongAnswer(bucket, answer)).toBeDefined();
});
