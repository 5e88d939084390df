import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../core/domain/plan';
import { accountParts } from '../../core/render/account-parts';
import { quoteHcl } from '../../core/render/quote-hcl';
import { renderPlan } from '../../core/render/render-plan';
import { linesOf } from '../support/plan-lines';
import { stepsOfTemplate, untaggedInTemplates } from '../support/template-steps';
import { parseTerraform, stepsOfTerraform } from '../support/terraform-steps';
import { hostileText } from '../unit/render/plans';
import { planOf, renderedRecipes } from './render-support';
import { findPeer, runProgram, temporaryFolder } from './support';

const lint = await findPeer('cfn-lint', 'cfn-lint', ['--version'], 'the program “cfn-lint” is not there');
const terraform = await findPeer('terraform', 'terraform', ['version'], 'the program “terraform” is not there');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

describe('CloudFormation’s templates equal the plan, resource by resource', () => {
  test.each(renderedRecipes)('%s %j', (recipeId, parameters) => {
    const { plan } = planOf(recipeId, parameters);
    const { files } = renderPlan(plan, 'cloudformation');
    accountParts(plan).forEach((part, index) => {
      const made = stepsOfTemplate(files[index]?.text ?? '', part.accountId);
      expect(linesOf(made)).toEqual(linesOf(part.steps, untaggedInTemplates));
    });
  });
});

describe('Terraform’s configurations equal the plan, resource by resource', () => {
  test.each(renderedRecipes)('%s %j', async (recipeId, parameters) => {
    const { plan } = planOf(recipeId, parameters);
    const { files } = renderPlan(plan, 'terraform');
    for (const [index, part] of accountParts(plan).entries()) {
      const made = stepsOfTerraform(await parseTerraform(files[index]?.text ?? ''), part.accountId);
      expect(linesOf(made)).toEqual(linesOf(part.steps));
    }
  });
});

describe.skipIf(!lint.present)('cfn-lint', () => {
  test.each(['cloudformation', 'stackset'] as const)('%s of every recipe', async (form) => {
    const paths = await Promise.all(
      renderedRecipes.flatMap(([recipeId, parameters], index) =>
        renderPlan(planOf(recipeId, parameters).plan, form).files.map(async ({ name, text }) => {
          const path = join(folder.path, `${form}-${String(index)}-${name}`);
          await writeFile(path, text);
          return path;
        }),
      ),
    );
    expect(await runProgram('cfn-lint', ['--', ...paths])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe.skipIf(!terraform.present)('Terraform itself', () => {
  const environment = { TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  const run = (...parameters: readonly string[]) =>
    runProgram('terraform', [`-chdir=${folder.path}`, ...parameters], { env: environment });

  test('S-26 reads every text as what it is', async () => {
    const texts = fc.sample(hostileText(), 300);
    const documents = renderedRecipes
      .map(([recipeId, parameters]): Plan => planOf(recipeId, parameters).plan)
      .flatMap(({ steps }) => steps.flatMap((step) => ('document' in step ? [step.document] : [])));
    const all = [
      ...texts,
      ...documents,
      ...documents.map((text) => text.replaceAll('*', '${aws:username}%{ if true }')),
    ];
    const outputs = all.map((text, index) => `output "v${String(index)}" {\n  value = ${quoteHcl(text)}\n}\n`);
    await writeFile(join(folder.path, 'texts.tf'), outputs.join(''));
    expect(await run('init', '-input=false', '-no-color')).toMatchObject({ status: 0 });
    expect(await run('apply', '-input=false', '-no-color', '-auto-approve')).toMatchObject({ status: 0, stderr: '' });
    const read = await run('output', '-json');
    const values = JSON.parse(read.stdout) as Readonly<Record<string, { readonly value: string }>>;
    expect(all.map((_text, index) => values[`v${String(index)}`]?.value)).toEqual(all);
  });

  test.each(renderedRecipes)('%s %j is written as terraform fmt writes it', async (recipeId, parameters) => {
    for (const { name, text } of renderPlan(planOf(recipeId, parameters).plan, 'terraform').files) {
      const formatted = await runProgram('terraform', ['fmt', '-no-color', '-'], { env: environment, input: text });
      expect(formatted, name).toEqual({ status: 0, stdout: text, stderr: '' });
    }
  });
});
