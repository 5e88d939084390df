import { describe, expect, it } from 'vitest';
import { previewPlan } from '../../../core/domain/plan-preview';
import { recipes } from '../../../core/recipes/catalog';
import { renderPlan } from '../../../core/render/render-plan';
import { acceptedDraft } from '../../support/recipe-draft';
import { connected, draftAtCreate, must, newWorld, until, type World } from '../../support/workspace-world';

const idle = (world: World) => until(world, () => world.workspace.operations.list().length === 0);

function saved(world: World, ending: string): string {
  const [name, text] = [...world.files.saved].find(([one]) => one.endsWith(ending)) ?? [];
  if (name === undefined || text === undefined) throw new Error(`No ${ending} was saved`);
  return text;
}

function decoded(html: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => entities[name] ?? '');
}

describe('the page for an owner without Sallyport', () => {
  it.each(recipes.filter(({ checklist }) => checklist === undefined).map(({ id }) => id))(
    'of %s holds the plan’s own scripts and policies, to the byte, in both forms',
    async (recipeId) => {
      const world = newWorld();
      const { onboarding, onboardingFiles } = world.workspace;
      const recipe = recipes.find(({ id }) => id === recipeId);
      if (recipe === undefined) throw new Error('no recipe');
      const parameters = Object.fromEntries(
        (recipe.parameters ?? []).map((parameter) => [
          parameter.id,
          parameter.kind === 'text'
            ? 'acme-things'
            : parameter.kind === 'toggle'
              ? 'yes'
              : (parameter.options[0]?.value ?? ''),
        ]),
      );
      const draftId = await acceptedDraft(onboarding, recipeId, parameters);
      const { draft, plan, planHash = '' } = must(onboarding.get(draftId));
      const { options, trusted } = draft.state.answers;
      if (plan === undefined || options === undefined || trusted === undefined) throw new Error('no plan');
      const preview = previewPlan(recipe, plan, options, trusted);
      must(await onboardingFiles.saveRequestPage(draftId, 'html'));
      must(await onboardingFiles.saveRequestPage(draftId, 'markdown'));
      const html = decoded(saved(world, '.html'));
      const markdown = saved(world, '.md');
      for (const page of [html, markdown]) {
        for (const form of ['bash', 'powershell', 'cloudformation'] as const) {
          const { files } = renderPlan(plan, form);
          for (const { text } of files) expect(page).toContain(text);
        }
        for (const step of plan.steps) if (step.kind === 'create-role') expect(page).toContain(step.trustPolicy);
        expect(page).toContain(draft.externalId);
        expect(page).toContain(plan.roleArn);
        expect(page).toContain(planHash);
        expect(page).toContain('By hand in the AWS console');
        for (const { text } of preview.conditions) expect(page.replaceAll('\\', '')).toContain(text);
        for (const text of recipe.watchOut) expect(page.replaceAll('\\', '')).toContain(text);
      }
    },
  );

  it('is made from the review on, and only of a wizard of one’s own', async () => {
    const world = newWorld();
    const { onboarding, onboardingFiles } = world.workspace;
    const early = must(onboarding.start()).draft.id;
    const refused = await onboardingFiles.saveRequestPage(early, 'html');
    expect(!refused.ok && refused.error.whatToDo).toContain('review');
    expect((await onboardingFiles.saveRequestPage('0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b', 'html')).ok).toBe(false);
    const draftId = await draftAtCreate(world, 'console');
    world.files.isUnwilling = true;
    expect(must(await onboardingFiles.saveRequestPage(draftId, 'html'))).toEqual({});
    expect(world.files.saved.size).toBe(0);
  });
});

describe('the undo receipt as a file', () => {
  it('is there for as long as the connection, and says afterwards what went and that it is gone', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const { onboardingFiles, receipts, connections } = world.workspace;
    const receipt = connections.find(connectionId)?.receipt ?? [];
    expect(must(await onboardingFiles.saveReceipt(connectionId)).path).toMatch(/-undo-receipt\.md$/);
    const before = saved(world, '-undo-receipt.md');
    for (const { detail } of receipt) expect(before).toContain(detail);
    expect(before).toContain('undo_all');
    expect(before).not.toContain('make_all');

    must(receipts.undo(connectionId));
    await idle(world);
    const { undone, receipt: left } = connections.find(connectionId) ?? {};
    expect(left).toEqual([]);
    expect(undone?.entries.map(({ title }) => title)).toEqual(receipt.map(({ title }) => title));
    for (const { at } of undone?.entries ?? []) expect(at).toBeLessThanOrEqual(undone?.at ?? 0);
    // kept over a start of the app
    const again = world.restart();
    must(await again.workspace.onboardingFiles.saveReceipt(connectionId));
    const after = saved(again, '-undo-receipt.md');
    expect(after).toContain('looked for again and gone');
    expect(after).not.toContain('undo_all');
  });

  it('says that there is none where Sallyport made nothing', async () => {
    const world = newWorld();
    const answer = await world.workspace.onboardingFiles.saveReceipt('0b0f7c1e-6f38-4d5e-9a51-1c2d3e4f5a6b');
    expect(!answer.ok && answer.error.kind).toBe('not-found');
  });

  it('what AWS says it deleted and still has is not called gone', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    world.wire.before = (action, pass) =>
      action === 'DeleteRole'
        ? Promise.resolve({
            status: 200,
            headers: { 'content-type': 'text/xml' },
            body: '<DeleteRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteRoleResponse>',
          })
        : pass();
    must(world.workspace.receipts.undo(connectionId));
    await idle(world);
    expect(world.operations.at(-1)).toMatchObject({
      undo: true,
      state: 'failed',
      error: { message: 'Role DeploymentService is still there after it was deleted.' },
    });
    const connection = world.workspace.connections.find(connectionId);
    expect(connection?.status).not.toBe('revoked');
    expect(connection?.undone).toBeUndefined();
  });

  it('is run with whatever is of that account when its own source is gone, and says so when nothing is', async () => {
    for (const isKnown of [true, false]) {
      const world = newWorld();
      const { connectionId } = await connected(world);
      const { receipts, sources } = world.workspace;
      if (isKnown) await sources.identity('practice-owner');
      else {
        world.documents.sources.update((document) => ({
          ...document,
          sources: document.sources.filter(({ id }) => id !== 'practice-owner'),
        }));
      }
      world.documents.receipts.update(({ receipts: all }) => ({
        receipts: all.map((receipt) => ({ ...receipt, sourceId: 'a-key-that-was-typed-once' })),
      }));
      const answer = receipts.undo(connectionId);
      expect(answer.ok).toBe(isKnown);
      if (!answer.ok) {
        expect(answer.error).toMatchObject({ kind: 'credentials-missing', remedies: [{ kind: 'choose-source' }] });
        expect(answer.error.whatToDo).toContain('script');
      }
      await idle(world);
      expect(world.workspace.connections.find(connectionId)?.undone !== undefined).toBe(isKnown);
    }
  });
});
