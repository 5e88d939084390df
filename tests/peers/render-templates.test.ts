import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../core/domain/plan';
import { accountParts, type AccountPart } from '../../core/render/account-parts';
import { quoteHcl } from '../../core/render/quote-hcl';
import { renderPlan } from '../../core/render/render-plan';
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

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };
type Resources = Readonly<Record<string, Resource>>;

/** What a template makes, in the plan's own words: one line for each object, attachment, membership and document. */
function madeBy(resources: Resources, accountId: string): readonly string[] {
  const named = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const { Properties, Type } = resources[(value as { Ref: string }).Ref] ?? { Type: '', Properties: {} };
    if (Type === 'AWS::IAM::ManagedPolicy') {
      return `arn:aws:iam::${accountId}:policy${String(Properties['Path'])}${String(Properties['ManagedPolicyName'])}`;
    }
    return String(Properties['RoleName'] ?? Properties['GroupName'] ?? Properties['BucketName']);
  };
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return Object.values(resources).flatMap(({ Properties: has, Type }) => {
    const policies = list(has['ManagedPolicyArns']).map(named);
    const document = JSON.stringify(has['PolicyDocument'] ?? has['AssumeRolePolicyDocument']);
    switch (Type) {
      case 'AWS::IAM::Role': {
        const role = String(has['RoleName']);
        const inline = list(has['Policies']) as readonly { PolicyName: string; PolicyDocument: unknown }[];
        return [
          `role ${String(has['Path'])}${role} ${String(has['MaxSessionDuration'])} ${document}`,
          ...policies.map((arn) => `${role} has ${arn}`),
          ...inline.map((one) => `${role} has ${one.PolicyName} ${JSON.stringify(one.PolicyDocument)}`),
        ];
      }
      case 'AWS::IAM::ManagedPolicy':
        return [`policy ${String(has['ManagedPolicyName'])} ${document}`];
      case 'AWS::IAM::InstanceProfile':
        return [
          `profile ${String(has['InstanceProfileName'])}`,
          ...list(has['Roles']).map((role) => `${named(role)} in ${String(has['InstanceProfileName'])}`),
        ];
      case 'AWS::IAM::Group':
        return [
          `group ${String(has['Path'])}${String(has['GroupName'])}`,
          ...policies.map((arn) => `${String(has['GroupName'])} has ${arn}`),
        ];
      case 'AWS::IAM::User':
        return [
          `user ${String(has['UserName'])}`,
          ...policies.map((arn) => `${String(has['UserName'])} has ${arn}`),
          ...list(has['Groups']).map((group) => `${String(has['UserName'])} in ${named(group)}`),
        ];
      case 'AWS::S3::Bucket':
        return [
          `bucket ${String(has['BucketName'])}`,
          ...('PublicAccessBlockConfiguration' in has ? [`blocked ${String(has['BucketName'])}`] : []),
          ...('VersioningConfiguration' in has ? [`versions ${String(has['BucketName'])}`] : []),
        ];
      case 'AWS::S3::BucketPolicy':
        return [`policy of ${named(has['Bucket'])} ${document}`];
      default:
        return [`unexpected ${Type}`];
    }
  });
}

function wantedBy({ steps }: AccountPart): readonly string[] {
  const compact = (text: string) => JSON.stringify(JSON.parse(text));
  return steps.flatMap((step): readonly string[] => {
    switch (step.kind) {
      case 'create-role':
        return [`role ${step.path}${step.roleName} ${String(step.maxSessionDuration)} ${compact(step.trustPolicy)}`];
      case 'put-role-policy':
        return [`${step.roleName} has ${step.policyName} ${compact(step.document)}`];
      case 'attach-role-policy':
        return [`${step.roleName} has ${step.policyArn}`];
      case 'create-policy':
        return [`policy ${step.policyName} ${compact(step.document)}`];
      case 'create-instance-profile':
        return [`profile ${step.profileName}`];
      case 'add-role-to-instance-profile':
        return [`${step.roleName} in ${step.profileName}`];
      case 'create-group':
        return [`group ${step.path}${step.groupName}`];
      case 'attach-group-policy':
        return [`${step.groupName} has ${step.policyArn}`];
      case 'create-user':
        return [`user ${step.userName}`];
      case 'attach-user-policy':
        return [`${step.userName} has ${step.policyArn}`];
      case 'add-user-to-group':
        return [`${step.userName} in ${step.groupName}`];
      case 'create-access-key':
        return [];
      case 'create-bucket':
        return [`bucket ${step.bucket}`];
      case 'put-public-access-block':
        return [`blocked ${step.bucket}`];
      case 'put-bucket-versioning':
        return [`versions ${step.bucket}`];
      case 'put-bucket-policy':
        return [`policy of ${step.bucket} ${compact(step.document)}`];
    }
  });
}

describe('CloudFormation’s templates equal the plan, resource by resource', () => {
  test.each(renderedRecipes)('%s %j', (recipeId, parameters) => {
    const { plan } = planOf(recipeId, parameters);
    const { files } = renderPlan(plan, 'cloudformation');
    accountParts(plan).forEach((part, index) => {
      const { Resources } = JSON.parse(files[index]?.text ?? '') as { Resources: Resources };
      expect([...madeBy(Resources, part.accountId)].sort()).toEqual([...wantedBy(part)].sort());
    });
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
