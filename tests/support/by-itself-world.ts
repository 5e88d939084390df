import type { ByWish } from '../../core/domain/by-itself';
import type { Draft } from '../../core/domain/wizard';
import { managementSource, wishFor } from './sub-account-world';
import { must, until, type World } from './workspace-world';

/** Nothing but what is always done. */
export const tested: ByWish = { withTest: true, guardRails: [] };

/** A wizard that asked for an account of its own; nothing else is answered yet. */
export async function askingDraft(world: World, unitId?: string): Promise<string> {
  const { onboarding } = world.workspace;
  const draftId = must(onboarding.start()).draft.id;
  must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId: 'deployment-service' }));
  must(await onboarding.newAccounts.ask(draftId, managementSource, wishFor(unitId)));
  return draftId;
}

export function draftOf(world: World, draftId: string): Draft {
  const draft = world.workspace.onboarding.drafts().find(({ id }) => id === draftId);
  if (draft === undefined) throw new Error('There is no such wizard');
  return draft;
}

/** Answers the rest once AWS has made the account, whether its access role lets in or not. */
export async function answerTheRest(world: World, draftId: string): Promise<void> {
  const { onboarding, subAccounts } = world.workspace;
  const { subAccountId = '' } = draftOf(world, draftId).state.answers;
  await until(world, () => subAccounts.find(subAccountId)?.accountId !== undefined, 500);
  const accountId = subAccounts.find(subAccountId)?.accountId ?? '';
  const account = { name: 'Python deploy', accountId, region: 'eu-west-1', subAccountId };
  must(await onboarding.act(draftId, { kind: 'choose-account', account }));
  must(
    await onboarding.act(draftId, {
      kind: 'set-options',
      options: {
        ...{ roleName: 'PythonDeploy', path: '/', maxSessionDuration: 3600, useExternalId: true },
        ...{ onlyThisIdentity: true, managedPolicies: ['AdministratorAccess'], parameters: {} },
      },
    }),
  );
  must(await onboarding.act(draftId, { kind: 'accept-plan', way: 'automatic' }));
}

/** A wizard at “Create” for an account that AWS made or makes for it. */
export async function draftForNewAccount(world: World, unitId?: string): Promise<string> {
  const draftId = await askingDraft(world, unitId);
  await answerTheRest(world, draftId);
  return draftId;
}

/** Lets time pass until nothing runs any more. */
export async function untilStill(world: World, stepMs = 500): Promise<void> {
  await until(world, () => world.workspace.operations.list().length === 0, stepMs);
}

export function roleNames(world: World, accountId: string): readonly string[] {
  const account = world.sandbox.snapshot().accounts.find(({ id }) => id === accountId);
  return (account?.roles ?? []).map(({ name }) => name);
}
