import { beforeEach, describe, expect, it } from 'vitest';
import { sources as contract } from '../../core/contract/sources';
import { unusedFor } from '../../main/sources/typed-keys';
import { acceptedDraft } from '../support/recipe-draft';
import { keptRecords, must, newWorld, until, type World } from '../support/workspace-world';

const target = { accountId: '222233334444', region: 'eu-west-1' };

/** Everything of the workspace that outlives a call, save the sandbox's own state. */
function everythingKept({ audit, documents, events, keychain, operations, clipboard, files }: World): string {
  const texts = keptRecords(documents);
  return JSON.stringify([texts, audit, events, operations, keychain.calls, clipboard, [...files.saved]]);
}

describe('S-13 a key that is typed once', () => {
  let world: World;
  let draftId: string;
  const typed = () => world.workspace.sources.typed;
  const key = (part: 'deployer' | 'owner') => {
    const { accessKeyId, secretAccessKey } = world.sandbox.identity(part);
    return { ...target, accessKeyId, secretAccessKey };
  };
  const hold = async () => must(await typed().typeOnce(key('owner'))).sourceId;
  const creation = () => must(world.workspace.onboarding.get(draftId)).draft.state.answers.creation;
  const settled = () => until(world, () => creation()?.state !== 'running', 500);
  const isGone = (sourceId: string) => !world.workspace.sources.clients(sourceId).ok;

  beforeEach(async () => {
    world = newWorld();
    draftId = await acceptedDraft(world.workspace.onboarding, 'read-only-audit', {});
  });

  it('is told whose it is, makes the role, and is gone at the end with nothing of it kept', async () => {
    const answer = must(await typed().typeOnce(key('owner')));
    expect(answer.identity).toMatchObject({ accountId: '222233334444', name: 'user/practice-owner' });
    expect(contract.typeOnce.output.safeParse(answer).success).toBe(true);
    expect(world.workspace.sources.list().map(({ source }) => source.id)).not.toContain(answer.sourceId);
    expect(world.workspace.sources.selected()?.source.id).not.toBe(answer.sourceId);
    must(world.workspace.onboarding.createRole(draftId, answer.sourceId));
    await settled();
    expect(creation()?.state).toBe('done');
    expect(isGone(answer.sourceId)).toBe(true);
    expect(everythingKept(world)).not.toContain(key('owner').secretAccessKey);
    expect(must(await world.vault.get(`source/${answer.sourceId}`))).toBeUndefined();
  });

  it('stays while it is in use, whoever wants it forgotten, and not longer', async () => {
    const sourceId = await hold();
    must(world.workspace.onboarding.createRole(draftId, sourceId));
    typed().forget(sourceId);
    expect(isGone(sourceId)).toBe(false);
    await settled();
    expect(creation()?.state).toBe('done');
    expect(isGone(sourceId)).toBe(true);
  });

  it('is gone after a failure and after Cancel; what was made is gone on with, and taken back, with it typed again', async () => {
    const first = await hold();
    world.wire.before = (action, pass) => {
      if (action === 'AttachRolePolicy') throw new Error('the connection broke off');
      return pass();
    };
    must(world.workspace.onboarding.createRole(draftId, first));
    await settled();
    expect(creation()?.state).toBe('failed');
    expect(isGone(first)).toBe(true);
    expect(world.workspace.onboarding.createRole(draftId, first).ok).toBe(false);
    world.wire.before = (_action, pass) => pass();
    must(world.workspace.onboarding.createRole(draftId, await hold()));
    await settled();
    expect(creation()?.state).toBe('done');
    expect(world.workspace.onboarding.undoCreation(draftId).ok).toBe(false);
    const last = await hold();
    must(world.workspace.onboarding.undoCreation(draftId, last));
    await settled();
    expect(creation()?.state).toBe('ready');
    expect(isGone(last)).toBe(true);
  });

  it('is forgotten when it is not used after all', async () => {
    const left = await hold();
    typed().forget(left);
    expect(isGone(left)).toBe(true);
    const forgotten = await hold();
    world.clock.advance(unusedFor - 1);
    expect(isGone(forgotten)).toBe(false);
    world.clock.advance(1);
    expect(isGone(forgotten)).toBe(true);
  });

  it('of another account is refused with the way out, and is not held', async () => {
    const answer = await typed().typeOnce(key('deployer'));
    expect(answer).toMatchObject({
      ok: false,
      error: {
        kind: 'invalid-input',
        message: 'This key is of user/practice-deployer in account 111122223333. The role is for account 222233334444.',
        whatToDo: 'Type a key of account 222233334444, or go back and choose account 111122223333.',
      },
    });
  });

  it('that AWS does not know is refused, without a button that leads to the kept ones', async () => {
    const answer = await typed().typeOnce({ ...key('owner'), secretAccessKey: 'x'.repeat(40) });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'signature-mismatch' } });
    expect(!answer.ok && answer.error.remedies.map(({ kind }) => kind)).not.toContain('replace-access-key');
  });

  it('takes no place among the sources: it can be neither chosen nor replaced', async () => {
    const sourceId = await hold();
    expect((await world.workspace.sources.select(sourceId)).ok).toBe(false);
    expect((await world.workspace.sources.remove(sourceId)).ok).toBe(false);
    const replaced = await world.workspace.sources.addAccessKey({
      ...key('owner'),
      label: 'kept',
      keep: true,
      replaces: sourceId,
    });
    expect(replaced.ok).toBe(false);
  });
});
