import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../core/domain/plan-step';
import { consoleSteps } from '../../../core/render/console-steps';
import { linkAddress } from '../../../main/security/external-links';
import { planOf, renderedRecipes } from '../../peers/render-support';
import { hostilePlan } from './plans';

const trusted = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' };

describe('the plan as clicks', () => {
  it('the access role alone, in the words it always had', () => {
    const { plan } = planOf('deployment-service', {});
    expect(consoleSteps(plan, trusted).map(({ id, title }) => [id, title])).toEqual([
      ['open', 'Open “Create role” in the target account'],
      ['trust', 'Choose “Custom trust policy” and paste it'],
      ['attach-role-policy-1', 'Tick AdministratorAccess'],
      ['name', 'Press Next, name the role and create it'],
      ['arn', 'Copy the ARN from the top of the role’s page'],
    ]);
  });

  it('the person’s own tags are copied one by one, before the role is created', () => {
    const { plan } = planOf('deployment-service', {});
    const own = [
      { key: 'Cost Center', value: 'é = 7' },
      { key: 'empty', value: '' },
    ];
    const steps = plan.steps.map((step) =>
      step.kind === 'create-role' ? { ...step, tags: [...own, ...step.tags] } : step,
    );
    const clicks = consoleSteps({ ...plan, steps }, trusted);
    expect(clicks.slice(-3).map(({ id, title }) => [id, title])).toEqual([
      ['tags', 'Press Next, and add the 2 tags at the end of the page'],
      ['name', 'Name the role and create it'],
      ['arn', 'Copy the ARN from the top of the role’s page'],
    ]);
    expect(clicks.at(-3)?.copies).toEqual([
      { label: 'key 1', value: 'Cost Center' },
      { label: 'value 1', value: 'é = 7' },
      { label: 'key 2', value: 'empty' },
    ]);
  });

  it('every document is there to be copied, byte for byte, and every step has its own ID', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const steps = consoleSteps(plan, trusted);
        const copies = steps.flatMap(({ copies: each }) => each.map(({ value }) => value));
        for (const step of plan.steps) {
          const document = documentOf(step);
          if (document !== undefined) expect(copies).toContain(document);
        }
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      }),
      { numRuns: 50 },
    );
  });

  it.each(renderedRecipes)(
    '%s %j: nothing of the plan is left out, and every link leads somewhere',
    (recipeId, parameters) => {
      const { plan } = planOf(recipeId, parameters);
      const steps = consoleSteps(plan, trusted);
      const words = steps
        .map(({ copies, text, title }) => [title, text, ...copies.map(({ value }) => value)].join('\n'))
        .join('\n');
      for (const step of plan.steps) {
        if ('policyArn' in step) expect(words).toContain(step.policyArn.slice(step.policyArn.lastIndexOf('/') + 1));
        for (const key of ['roleName', 'userName', 'groupName', 'profileName', 'bucket'] as const) {
          if (key in step) expect(words).toContain((step as unknown as Record<string, string>)[key]);
        }
      }
      for (const { linkId, roleName } of steps) {
        if (linkId === undefined) continue;
        expect(linkAddress(linkId, { partition: 'aws', ...(roleName === undefined ? {} : { roleName }) }).ok).toBe(
          true,
        );
      }
    },
  );

  it('the policies of a role come before it, other roles after it, the other account’s bucket last but for the ARN', () => {
    const { plan } = planOf('zappa', { makeUser: 'yes' });
    const titles = consoleSteps(plan, trusted).map(({ title }) => title);
    const at = (part: string) => titles.findIndex((title) => title.includes(part));
    expect(at('ZappaUserS3Policy')).toBeLessThan(at('in the target account'));
    expect(at('in the target account')).toBeLessThan(at('again, for the role ZappaDjangoRole'));
    const across = consoleSteps(planOf('cross-account-codedeploy', { bucketSide: 'trusted' }).plan, trusted);
    expect(across.at(-2)?.text).toContain('In account 111122223333');
    expect(across.at(-1)?.id).toBe('arn');
  });
});
