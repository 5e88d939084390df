import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../core/domain/plan';
import { documentOf } from '../../../core/domain/plan-step';
import { policyText } from '../../../core/domain/resource-steps';
import { accountParts } from '../../../core/render/account-parts';
import { quickCreateLink } from '../../../core/render/cloudformation';
import { renderPlan } from '../../../core/render/render-plan';
import { planOf } from '../../peers/render-support';
import { hostilePlan } from './plans';

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };
type Template = { readonly Resources: Readonly<Record<string, Resource>> };

function documentsIn({ Properties }: Resource): readonly unknown[] {
  const inline = (Properties['Policies'] ?? []) as readonly { readonly PolicyDocument: unknown }[];
  return [
    ...[Properties['AssumeRolePolicyDocument'], Properties['PolicyDocument']].filter((one) => one !== undefined),
    ...inline.map(({ PolicyDocument }) => PolicyDocument),
  ];
}

/** Moved to the left again by as much as its first line stands to the right. */
function standsIn(template: string, text: string): boolean {
  return Array.from({ length: 12 }, (_, depth) => text.replaceAll('\n', `\n${'  '.repeat(depth)}`)).some((moved) =>
    template.includes(moved),
  );
}

describe('CloudFormation', () => {
  it('S-26 has every text of the plan as it is, and every document byte for byte', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const { files } = renderPlan(plan, 'cloudformation');
        accountParts(plan).forEach((part, index) => {
          const text = files[index]?.text ?? '';
          const { Resources } = JSON.parse(text) as Template;
          const all = Object.values(Resources);
          const wanted = part.steps.flatMap((step) => documentOf(step) ?? []);
          for (const document of wanted) expect(standsIn(text, document)).toBe(true);
          const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
          expect(sorted(all.flatMap(documentsIn))).toEqual(sorted(wanted.map((one) => JSON.parse(one) as unknown)));
          for (const step of part.steps) {
            if (step.kind !== 'create-role') continue;
            const made = all.find(({ Properties }) => Properties['RoleName'] === step.roleName);
            expect(made?.Properties['Path']).toBe(step.path);
            expect(made?.Properties['Description'] ?? '').toBe(step.description);
            expect(made?.Properties['PermissionsBoundary']).toBe(step.permissionsBoundaryArn);
            expect(made?.Properties['Tags']).toEqual(step.tags.map(({ key, value }) => ({ Key: key, Value: value })));
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('gives the plan’s bytes when a document is written again as the plan writes it', () => {
    const { plan } = planOf('zappa', { makeUser: 'yes' });
    const [file] = renderPlan(plan, 'cloudformation').files;
    const { Resources } = JSON.parse(file?.text ?? '') as Template;
    const texts = Object.values(Resources).flatMap(documentsIn).map(policyText);
    const wanted = plan.steps.flatMap((step) => documentOf(step) ?? []);
    expect([...texts].sort()).toEqual([...wanted].sort());
  });

  const withText = (description: string, document = '{}'): Plan => {
    const { plan } = planOf('deployment-service', {});
    return {
      ...plan,
      steps: plan.steps.map((step) =>
        step.kind === 'create-role' ? { ...step, description, trustPolicy: document } : step,
      ),
    };
  };

  it.each([
    [withText('{{resolve:secretsmanager:x}}')],
    [withText('x', '{"Statement": [{"Resource": "\\u007b{resolve:ssm:y}}"}]}')],
    [withText('x', '{"Statement": {"Ref": "AWS::AccountId"}}')],
    [withText('x', '{"Statement": [{"Resource": {"Fn::Sub": "${x}"}}]}')],
  ])('S-26 refuses what CloudFormation would read as its own (%#)', (plan) => {
    for (const form of ['cloudformation', 'stackset'] as const) {
      const { files, notes } = renderPlan(plan, form);
      expect(files).toEqual([]);
      expect(notes.join()).toContain('CloudFormation would');
    }
    expect(renderPlan(plan, 'bash').files).toHaveLength(1);
  });

  it.each([[withText('a\0b')], [withText('\ud800')], [withText('x', 'not json')], [withText('x', '[]')]])(
    'no form has files for what cannot be a file or a policy (%#)',
    (plan) => {
      for (const form of ['bash', 'powershell', 'cloudformation', 'stackset', 'terraform'] as const) {
        const { files, notes } = renderPlan(plan, form);
        expect(files).toEqual([]);
        expect(notes).toHaveLength(1);
      }
    },
  );

  it('keeps buckets when the stack goes, and no secret anywhere', () => {
    const { plan } = planOf('zappa', { makeUser: 'yes' });
    const { files, notes } = renderPlan(plan, 'cloudformation');
    const { Resources } = JSON.parse(files[0]?.text ?? '') as Template;
    expect(Resources['Bucket1']).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(Object.values(Resources).map(({ Type }) => Type)).not.toContain('AWS::IAM::AccessKey');
    expect(notes.join()).toContain('The access key of ZappaUser is not in this file');
  });
});

describe('quick-create link', () => {
  const { plan } = planOf('deployment-service', {});
  const link = { templateUrl: 'https://b.s3.amazonaws.com/a b&c.json', region: 'eu-west-1', stackName: 'access' };

  it.each([
    ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1#'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/cloudformation/home?region=cn-north-1#'],
  ])('%s', (partition, region, start) => {
    const query = 'templateURL=https%3A%2F%2Fb.s3.amazonaws.com%2Fa.json&stackName=access';
    const templateUrl = 'https://b.s3.amazonaws.com/a.json';
    expect(quickCreateLink({ ...plan, partition }, { ...link, region, templateUrl })).toBe(
      `${start}/stacks/create/review?${query}`,
    );
  });

  it.each([
    [{ ...plan, partition: 'aws-iso' }, link],
    [plan, { ...link, templateUrl: 'http://b.s3.amazonaws.com/a.json' }],
    [plan, link],
    [plan, { ...link, templateUrl: 'https://user@b.s3.amazonaws.com/a.json' }],
    [plan, { ...link, templateUrl: 'https://b.example/a.json', stackName: '1x' }],
    [plan, { ...link, templateUrl: 'https://b.example/a.json', stackName: 'a&param_X=y' }],
    [plan, { ...link, templateUrl: 'https://b.example/a.json', region: 'evil.example/#-1' }],
  ])('none for what does not fit (%#)', (one, details) => {
    expect(quickCreateLink(one, details)).toBeUndefined();
  });
});

describe('StackSet', () => {
  const substituted = (value: unknown, accountId: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => substituted(one, accountId));
    if (typeof value !== 'object' || value === null) return value;
    if ('Fn::Sub' in value && typeof value['Fn::Sub'] === 'string') {
      return value['Fn::Sub'].replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
        if (literal === '!') return `\${${name}}`;
        expect(name).toBe('AWS::AccountId');
        return accountId;
      });
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituted(item, accountId)]));
  };

  it('is the plan’s IAM part for its own account, and the same with another ID for another account', () => {
    fc.assert(
      fc.property(hostilePlan, (hostile) => {
        // An account ID beside what Fn::Sub would read.
        const plan: Plan = {
          ...hostile,
          steps: hostile.steps.map((step) =>
            step.kind === 'put-role-policy'
              ? { ...step, document: policyText({ Statement: ['${aws:x} ${!y} 444455556666 1444455556666'] }) }
              : step,
          ),
        };
        const { files } = renderPlan(plan, 'stackset');
        const { Resources } = JSON.parse(files[0]?.text ?? '') as Template;
        const documents = substituted(Object.values(Resources).flatMap(documentsIn), plan.accountId) as unknown[];
        const wanted = plan.steps
          .filter(({ kind }) => kind !== 'put-bucket-policy')
          .flatMap((step) => documentOf(step) ?? [])
          .map((text) => JSON.parse(text) as unknown);
        const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
        expect(sorted(documents)).toEqual(sorted(wanted));
        expect(Object.values(Resources).map(({ Type }) => Type)).not.toContain('AWS::S3::Bucket');
        expect(JSON.stringify(substituted(Resources, '999988887777'))).toContain(
          '"${aws:x} ${!y} 999988887777 1444455556666"',
        );
      }),
      { numRuns: 50 },
    );
  });

  it('goes to an organizational unit, in one Region, and says how to take it back', () => {
    const { files, notes } = renderPlan(planOf('zappa', {}).plan, 'stackset');
    expect(files[0]?.commands).toHaveLength(4);
    expect(files[0]?.commands[0]).toContain('--permission-model SERVICE_MANAGED');
    expect(notes.join()).toContain('Buckets and their policies are left out');
  });
});
