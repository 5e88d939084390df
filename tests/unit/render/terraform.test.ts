import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, type PlanStep } from '../../../core/domain/plan-step';
import { accountParts } from '../../../core/render/account-parts';
import { quoteHcl } from '../../../core/render/quote-hcl';
import { renderPlan } from '../../../core/render/render-plan';
import { planOf, renderedRecipes } from '../../peers/render-support';
import { parseTerraform, resourcesOf, valueOf, type Block } from '../../support/terraform-steps';
import { hostilePlan, hostileText } from './plans';

describe('S-26 a text as an expression of Terraform', () => {
  it('is that text and nothing else, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText(), { minLength: 5, maxLength: 10 }), async (texts) => {
        // The parser writes what it read as a template again, so a text in which `$$` stands before `{` is left to Terraform.
        const clear = texts.filter((text) => !/[$%]{2,}\{/.test(text));
        const source = `locals {\n${clear.map((text, index) => `  v${String(index)} = ${quoteHcl(text)}\n`).join('')}}\n`;
        const { locals: [values] = [] } = (await parseTerraform(source)) as { locals?: readonly Block[] };
        expect(Object.keys(values ?? {})).toHaveLength(clear.length);
        clear.forEach((text, index) => {
          expect(valueOf(values?.[`v${String(index)}`])).toBe(text);
        });
      }),
      { numRuns: 40 },
    );
  });
});

const typeOf: Readonly<Partial<Record<PlanStep['kind'], string>>> = {
  'create-role': 'aws_iam_role',
  'attach-role-policy': 'aws_iam_role_policy_attachment',
  'put-role-policy': 'aws_iam_role_policy',
  'create-policy': 'aws_iam_policy',
  'create-instance-profile': 'aws_iam_instance_profile',
  'create-group': 'aws_iam_group',
  'attach-group-policy': 'aws_iam_group_policy_attachment',
  'create-user': 'aws_iam_user',
  'attach-user-policy': 'aws_iam_user_policy_attachment',
  'add-user-to-group': 'aws_iam_user_group_membership',
  'create-bucket': 'aws_s3_bucket',
  'put-public-access-block': 'aws_s3_bucket_public_access_block',
  'put-bucket-versioning': 'aws_s3_bucket_versioning',
  'put-bucket-policy': 'aws_s3_bucket_policy',
};

describe('the Terraform configuration', () => {
  it('has a resource for each step, with the plan’s own documents and texts', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePlan, async (plan) => {
        const { files } = renderPlan(plan, 'terraform');
        for (const [index, part] of accountParts(plan).entries()) {
          const configuration = await parseTerraform(files[index]?.text ?? '');
          for (const [kind, type] of Object.entries(typeOf)) {
            const steps = part.steps.filter((step) => step.kind === kind);
            const made = resourcesOf(configuration, type);
            expect(made).toHaveLength(steps.length);
            const documents = steps
              .flatMap((step) => documentOf(step) ?? [])
              .filter((text) => !/[$%]{2,}\{/.test(text));
            const values = made.flatMap((one) =>
              [one['policy'], one['assume_role_policy']].filter((value) => value !== undefined),
            );
            const texts = values.map(valueOf);
            for (const document of documents) expect(texts).toContain(document);
          }
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it.each(renderedRecipes)('%s %j: names, references and accounts', async (recipeId, parameters) => {
    const { plan } = planOf(recipeId, parameters);
    const { files } = renderPlan(plan, 'terraform');
    const parts = accountParts(plan);
    const read = await Promise.all(files.map(({ text }) => parseTerraform(text)));
    expect(read[0]?.provider?.aws.map((one) => one['allowed_account_ids'])).toEqual(
      parts.map(({ accountId }) => [accountId]),
    );
    expect(files.slice(1).map(({ commands }) => commands)).toEqual(files.slice(1).map(() => []));
    parts.forEach((part, index) => {
      const configuration = read[index] ?? {};
      const attached = resourcesOf(configuration, 'aws_iam_role_policy_attachment');
      const steps = part.steps.filter((step) => step.kind === 'attach-role-policy');
      expect(attached).toHaveLength(steps.length);
      attached.forEach((one, at) => {
        const reference = /^\$\{aws_iam_role\.(\w+)\.name\}$/.exec(String(one['role']))?.[1] ?? '';
        expect(configuration.resource?.['aws_iam_role']?.[reference]?.[0]?.['name']).toBe(steps[at]?.roleName);
        const policy = /^\$\{aws_iam_policy\.(\w+)\.arn\}$/.exec(String(one['policy_arn']))?.[1];
        const name =
          policy === undefined ? undefined : configuration.resource?.['aws_iam_policy']?.[policy]?.[0]?.['name'];
        const arn = policy === undefined ? one['policy_arn'] : `arn:aws:iam::${part.accountId}:policy/${String(name)}`;
        expect(arn).toBe(steps[at]?.policyArn);
      });
      const alias = index === 0 ? undefined : `\${aws.account_${part.accountId}}`;
      for (const type of Object.keys(configuration.resource ?? {})) {
        for (const one of resourcesOf(configuration, type)) expect(one['provider']).toBe(alias);
      }
    });
    if (parts.length > 1) {
      const [policy] = resourcesOf(read[1] ?? {}, 'aws_s3_bucket_policy');
      expect(policy?.['depends_on']).toEqual(
        expect.arrayContaining(['${aws_iam_role.AccessRole}', '${aws_iam_role.Role2}']),
      );
    }
  });
});
