import { describe, expect, it } from 'vitest';
import { planSchema } from '../../../core/domain/plan';
import { readPlan } from '../../../main/rendering/read-plan';
import { planOf } from '../../peers/render-support';

const parameters = {
  account: { accountId: '222233334444', region: 'eu-west-1', name: 'Target' },
  trusted: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/deployer', partition: 'aws' },
  externalId: 'external-1',
  onboardingId: '0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b',
};
const changed = (change: object): string => JSON.stringify({ ...parameters, ...change });

describe('a plan out of a file of parameters', () => {
  it('takes the recipe’s own where nothing is said, and what is said otherwise', () => {
    const read = readPlan('zappa', changed({ options: { roleName: 'Other' }, parameters: { bucket: 'said' } }));
    expect(read.ok && planSchema.parse(read.value.plan)).toBeTruthy();
    const roles = read.ok ? read.value.plan.steps.filter((step) => step.kind === 'create-role') : [];
    expect(roles.map(({ roleName }) => roleName)).toEqual(['Other', 'ZappaDjangoRole']);
    expect(planOf('zappa', {}).plan.steps).not.toHaveLength(0);
  });

  it.each([
    ['nothing', '{}', 'There is no recipe “nothing”'],
    ['account-foundation', '{}', 'it makes nothing'],
    ['zappa', 'not json', 'not JSON'],
    ['zappa', '{}', 'account:'],
    ['zappa', changed({ more: 1 }), 'more'],
    ['zappa', changed({ externalId: 'a' }), 'externalId:'],
    ['zappa', changed({ options: { roleName: 'a b' } }), 'options.roleName:'],
    ['zappa', changed({ parameters: { other: 'x' } }), 'parameters.other: this recipe does not ask that.'],
    ['zappa', changed({ parameters: { bucket: 'No Bucket' } }), 'parameters.bucket:'],
    ['zappa', changed({ parameters: { executionRole: '{{accountId}}' } }), 'parameters.executionRole:'],
  ])('%s with %s is refused in words', (recipeId, text, words) => {
    const read = readPlan(recipeId, text);
    expect(!read.ok && read.error).toContain(words);
  });
});
