import { findRecipe } from '../../core/recipes/catalog';
import type { Onboarding } from '../../main/onboarding/onboarding';
import type { SandboxSnapshot } from '../../main/sandbox/snapshot';
import { must } from './must';

/** A wizard for the sandbox's other account whose plan is accepted, to be made automatically. @returns its ID */
export async function acceptedDraft(
  onboarding: Onboarding,
  recipeId: string,
  parameters: Record<string, string>,
  region = 'eu-west-1',
): Promise<string> {
  const recipe = findRecipe(recipeId);
  if (recipe === undefined) throw new Error('no recipe');
  const draftId = must(onboarding.start()).draft.id;
  must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId }));
  const account = { name: 'Practice production', accountId: '222233334444', region };
  must(await onboarding.act(draftId, { kind: 'choose-account', account }));
  const { managedPolicies, maxSessionDuration, path, roleName } = recipe.defaults;
  const options = {
    roleName,
    path,
    maxSessionDuration,
    managedPolicies: [...managedPolicies],
    useExternalId: true,
    onlyThisIdentity: true,
    parameters,
  };
  must(await onboarding.act(draftId, { kind: 'set-options', options }));
  must(await onboarding.act(draftId, { kind: 'accept-plan', way: 'automatic' }));
  return draftId;
}

/** Everything in every account, without what differs from one run to another: identifiers and times. */
export function whatIsThere({ accounts, buckets = [] }: SandboxSnapshot): unknown {
  const stable = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, item: unknown) =>
        ['id', 'createdAt', 'updatedAt', 'lastUsed', 'access', 'members', 'latestVersion'].includes(key)
          ? undefined
          : item,
      ).replaceAll(/A(?:IDA|ROA)[A-Z2-7]{17}|[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'),
    );
  return stable({
    accounts: accounts.map(({ groups, instanceProfiles, policies, roles, users }) => ({
      roles,
      policies,
      instanceProfiles,
      groups: groups?.map((group) => ({ ...group, count: group.members.length })),
      users: users.map((user) => ({ ...user, keys: user.accessKeys.length, accessKeys: undefined })),
    })),
    buckets,
  });
}
