import { describe, expect, it } from 'vitest';
import { acceptedDraft, whatIsThere } from '../../support/recipe-draft';
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

const creation = (world: World, draftId: string) =>
  must(world.workspace.onboarding.get(draftId)).draft.state.answers.creation;
const idle = (world: World) => until(world, () => world.workspace.operations.list().length === 0);

describe.each(recipes)('%s, made automatically', (recipeId, parameters) => {
  async function made(): Promise<{ readonly world: World; readonly draftId: string; readonly calls: number }> {
    const world = newWorld();
    const draftId = await acceptedDraft(world.workspace.onboarding, recipeId, parameters);
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
    expect(whatIsThere(world.sandbox.snapshot())).toEqual(whatIsThere(newWorld().sandbox.snapshot()));
  });

  it('is there once when the app is killed at any call, before or after AWS did it', { timeout: 120_000 }, async () => {
    const whole = await made();
    const expected = whatIsThere(whole.world.sandbox.snapshot());
    for (let call = 2; call <= whole.calls; call += 1) {
      for (const moment of ['before', 'after'] as const) {
        const world = newWorld();
        const draftId = await acceptedDraft(world.workspace.onboarding, recipeId, parameters);
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
        expect(whatIsThere(again.sandbox.snapshot()), `call ${String(call)}, ${moment}`).toEqual(expected);
      }
    }
  });
});

describe('the undo receipt of a connection', () => {
  async function connectionOf(world: World): Promise<string> {
    const { onboarding, operations } = world.workspace;
    const draftId = await acceptedDraft(onboarding, 'zappa', { makeUser: 'yes', bucket: 'acme-zappa' });
    must(onboarding.createRole(draftId, 'practice-owner'));
    await idle(world);
    must(onboarding.testConnection(draftId, true));
    await until(world, () => operations.list().length === 0, 1000);
    const input = { name: 'Acme', durationSeconds: 3600, reviewInMonths: undefined };
    return must(await onboarding.finish(draftId, input)).connectionId;
  }

  it('takes everything back, ends what is open, and keeps the record', async () => {
    const world = newWorld();
    const connectionId = await connectionOf(world);
    expect(world.workspace.sessions.countLive()).toBe(1);
    const again = world.restart();
    must(again.workspace.receipts.undo(connectionId));
    await idle(again);
    expect(whatIsThere(again.sandbox.snapshot())).toEqual(whatIsThere(newWorld().sandbox.snapshot()));
    expect(again.workspace.connections.find(connectionId)).toMatchObject({ status: 'revoked', receipt: [] });
    await until(again, () => again.workspace.sessions.countLive() === 0);
    // The key that was made with it is no source any more.
    expect(again.workspace.sources.list().map(({ source }) => source.label)).not.toContain('ZappaUser');
    expect(again.workspace.receipts.undo(connectionId)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });

  it('goes on where it was broken off', async () => {
    const world = newWorld();
    const connectionId = await connectionOf(world);
    let killed = false;
    world.wire.before = (action, pass) => {
      if (action !== 'DeleteUser') return pass();
      killed = true;
      return new Promise(() => undefined);
    };
    must(world.workspace.receipts.undo(connectionId));
    await until(world, () => killed);
    const again = world.restart();
    must(again.workspace.receipts.undo(connectionId));
    await idle(again);
    expect(whatIsThere(again.sandbox.snapshot())).toEqual(whatIsThere(newWorld().sandbox.snapshot()));
  });

  it('leaves alone what somebody made anew by the same name', async () => {
    const world = newWorld();
    const connectionId = await connectionOf(world);
    const [role] = world.sandbox
      .snapshot()
      .accounts.flatMap(({ roles }) => roles.filter(({ name }) => name === 'ZappaDeploy'));
    expect(role?.tags.some(({ key }) => key === 'OnboardingId')).toBe(true);
    const owner = world.workspace.sources.clients('practice-owner');
    if (!owner.ok) throw new Error('no owner');
    const { iam } = owner.value;
    for (const arn of (await iam.listAttachedRolePolicies('ZappaDeploy')).ok
      ? ['ZappaUserGeneralPolicy', 'ZappaUserS3Policy']
      : [])
      await iam.detachRolePolicy('ZappaDeploy', `arn:aws:iam::222233334444:policy/${arn}`);
    await iam.deleteRole('ZappaDeploy');
    await iam.createRole({
      name: 'ZappaDeploy',
      path: '/',
      description: 'somebody else’s',
      trustPolicy: role?.trust ?? '',
      maxSessionDuration: 3600,
      tags: [],
    });
    must(world.workspace.receipts.undo(connectionId));
    await idle(world);
    const found = await iam.getRole('ZappaDeploy');
    expect(found.ok && found.value.value.description).toBe('somebody else’s');
    expect(world.operations.at(-1)).toMatchObject({ kind: 'creation', undo: true, state: 'failed' });
  });
});

it.each(['us-east-1', 'eu-west-1'])('a bucket in %s that was there before is not taken for ours', async (region) => {
  const world = newWorld();
  const owner = world.workspace.sources.clients('practice-owner');
  if (!owner.ok) throw new Error('no owner');
  const s3 = owner.value.s3(region);
  expect((await s3.createBucket('acme-before', region)).ok).toBe(true);
  const draftId = await acceptedDraft(world.workspace.onboarding, 'zappa', { bucket: 'acme-before' }, region);
  must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
  await idle(world);
  const failed = creation(world, draftId);
  expect(failed?.state === 'failed' && failed.error).toMatchObject({
    kind: 'already-exists',
    remedies: [{ kind: 'edit-role' }],
  });
  const tags = await s3.getBucketTags('acme-before');
  expect(!tags.ok && tags.error.kind !== 'cancelled' && tags.error.code).toBe('NoSuchTagSet');
  must(world.workspace.onboarding.undoCreation(draftId));
  await idle(world);
  expect((await s3.keepVersions('acme-before')).ok).toBe(true);
});
