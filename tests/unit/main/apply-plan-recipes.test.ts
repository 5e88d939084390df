import { describe, expect, it } from 'vitest';
import type { SandboxSnapshot } from '../../../main/sandbox/snapshot';
import { findRecipe } from '../../../core/recipes/catalog';
import { must, newWorld, until, type World } from '../../support/workspace-world';

/** Answers with which a recipe makes as much as it can. */
const recipes: readonly (readonly [string, Record<string, string>])[] = [
  ['deployment-service', {}],
  ['cross-account-codedeploy', { bucketSide: 'trusted', rights: 'full', bucket: 'acme-revisions' }],
  ['zappa', { makeUser: 'yes', bucket: 'acme-zappa' }],
  ['service-roles', {}],
  ['read-only-audit', { depth: 'both' }],
  ['identities', { makePerson: 'yes' }],
  ['custom', {}],
  ['proton-service-roles', {}],
];

async function draftOf(world: World, recipeId: string, parameters: Record<string, string>): Promise<string> {
  const { onboarding } = world.workspace;
  const recipe = findRecipe(recipeId);
  if (recipe === undefined) throw new Error('no recipe');
  const draftId = must(onboarding.start()).draft.id;
  must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId }));
  const account = { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' };
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

const creation = (world: World, draftId: string) =>
  must(world.workspace.onboarding.get(draftId)).draft.state.answers.creation;
const idle = (world: World) => until(world, () => world.workspace.operations.list().length === 0);

/** Everything in every account, without what differs from one run to another: identifiers and times. */
function summary({ accounts, buckets = [] }: SandboxSnapshot): unknown {
  const stable = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, item: unknown) =>
        ['id', 'createdAt', 'updatedAt', 'lastUsed', 'members', 'latestVersion'].includes(key) ? undefined : item,
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

describe.each(recipes)('%s, made automatically', (recipeId, parameters) => {
  async function made(): Promise<{ readonly world: World; readonly draftId: string; readonly calls: number }> {
    const world = newWorld();
    const draftId = await draftOf(world, recipeId, parameters);
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    await idle(world);
    const state = creation(world, draftId);
    if (state?.state !== 'done') throw new Error(JSON.stringify(state));
    return { world, draftId, calls: world.wire.actions.length };
  }

  it('is there whole, can be tested, and is taken back whole', async () => {
    const { draftId, world } = await made();
    const { onboarding, operations } = world.workspace;
    must(onboarding.testConnection(draftId, true));
    await until(world, () => operations.list().length === 0, 1000);
    const { test } = must(onboarding.get(draftId)).draft.state.answers;
    expect(test?.checks.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(['passed', 'warned']).toContain(test?.state);

    must(onboarding.undoCreation(draftId));
    await idle(world);
    expect(creation(world, draftId)).toEqual({ way: 'automatic', state: 'ready' });
    expect(summary(world.sandbox.snapshot())).toEqual(summary(newWorld().sandbox.snapshot()));
  });

  it('is there once when the app is killed at any call, before or after AWS did it', { timeout: 120_000 }, async () => {
    const whole = await made();
    const expected = summary(whole.world.sandbox.snapshot());
    for (let call = 2; call <= whole.calls; call += 1) {
      for (const moment of ['before', 'after'] as const) {
        const world = newWorld();
        const draftId = await draftOf(world, recipeId, parameters);
        let count = world.wire.actions.length;
        const last = count + call;
        let killed = false;
        world.wire.before = async (_action, pass) => {
          count += 1;
          if (count < last) return pass();
          if (moment === 'after') await pass();
          killed = true;
          return new Promise(() => undefined);
        };
        must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
        await until(world, () => killed || world.workspace.operations.list().length === 0);
        if (!killed) continue;
        const again = world.restart();
        must(again.workspace.onboarding.createRole(draftId, 'practice-owner'));
        await idle(again);
        const state = creation(again, draftId);
        expect(state?.state, `call ${String(call)}, ${moment}: ${JSON.stringify(state)}`).toBe('done');
        expect(summary(again.sandbox.snapshot()), `call ${String(call)}, ${moment}`).toEqual(expected);
      }
    }
  });
});
