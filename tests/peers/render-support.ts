import { readPlan, type ReadPlan } from '../../main/rendering/read-plan';

export const targetAccount = '222233334444';
export const trustedAccount = '111122223333';
export const externalId = 'render-external-1';
export const onboardingId = '0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b';

/** The recipes whose plans together have every kind of step, except one attached straight to a user. */
export const renderedRecipes = [
  ['deployment-service', {}],
  ['zappa', { makeUser: 'yes', bucket: 'zappa-code-render' }],
  ['cross-account-codedeploy', { rights: 'full', bucketSide: 'target', bucket: 'revisions-render-target' }],
  ['cross-account-codedeploy', { rights: 'full', bucketSide: 'trusted', bucket: 'revisions-render-trusted' }],
] as const;

export function planOf(recipeId: string, parameters: Readonly<Record<string, string>>): ReadPlan {
  const read = readPlan(
    recipeId,
    JSON.stringify({
      account: { accountId: targetAccount, region: 'eu-west-1', name: 'Target' },
      trusted: { accountId: trustedAccount, arn: `arn:aws:iam::${trustedAccount}:user/deployer`, partition: 'aws' },
      externalId,
      onboardingId,
      options: { path: '/render/' },
      parameters,
    }),
  );
  if (!read.ok) throw new Error(read.error);
  return read.value;
}
