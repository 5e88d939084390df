import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { onboarding as contract, type ReplyView } from '../../core/contract/onboarding';
import type { ConnectionReply } from '../../core/domain/connection-reply';
import type { Result } from '../../core/result';
import { draftAtCreate, must, newWorld, until, type World } from '../support/workspace-world';

const roleArn = 'arn:aws:iam::222233334444:role/DeploymentService';

/** A wizard of this computer that has asked for a role, and what its owner may send back. */
describe('S-28 a reply', () => {
  let world: World;
  let draftId: string;
  let reply: ConnectionReply;
  beforeEach(async () => {
    world = newWorld();
    draftId = await draftAtCreate(world, 'console');
    const planned = must(world.workspace.onboarding.get(draftId)).draft.state.answers.options;
    if (planned === undefined) throw new Error('no options');
    // a recipe that leaves no choice makes no request with a policy of somebody's own
    const { inlinePolicy: _own, ...options } = planned;
    must(await world.workspace.onboarding.act(draftId, { kind: 'set-options', options }));
    reply = {
      kind: 'sallyport-connection-reply',
      version: 1,
      createdAt: 1_790_000_000_000,
      externalId: must(world.workspace.onboarding.get(draftId)).draft.externalId,
      accountId: '222233334444',
      roleArn,
      madeWith: 'terraform',
    };
  });

  const read = (patch: Partial<ConnectionReply> = {}): Result<ReplyView> =>
    world.workspace.onboarding.replies.read(JSON.stringify({ ...reply, ...patch }));
  const take = (patch: Partial<ConnectionReply> = {}) =>
    world.workspace.onboarding.replies.take(JSON.stringify({ ...reply, ...patch }));
  const state = () => must(world.workspace.onboarding.get(draftId)).draft.state;

  it('is shown with the wizard that it answers, and changes nothing by being read', () => {
    const before = state();
    expect(must(read())).toEqual({ draftId, title: 'Practice production', reply, differences: [] });
    expect(state()).toEqual(before);
    expect(world.audit.filter(({ act }) => act === 'reply.taken')).toEqual([]);
  });

  it('brings its wizard to the test with the role filled in, and neither makes nor tests anything', () => {
    world.wire.actions.length = 0;
    const view = must(take());
    expect(view.draft.id).toBe(draftId);
    expect(view.draft.state).toMatchObject({ step: 'test', answers: { roleArn, creation: { state: 'ready' } } });
    expect(view.draft.state.answers.test).toBeUndefined();
    expect(world.wire.actions).toEqual([]);
    expect(world.workspace.operations.list()).toEqual([]);
    expect(world.workspace.connections.count()).toBe(0);
    expect(world.audit.at(-1)).toMatchObject({ act: 'reply.taken', subject: roleArn, draftId });
  });

  it('is the same when it is taken twice', () => {
    const once = must(take()).draft.state;
    expect(must(take()).draft.state).toEqual(once);
  });

  it('says what is other than asked for, before it is taken', () => {
    const elsewhere = 'arn:aws:iam::555566667777:role/DeploymentService';
    expect(must(read({ accountId: '555566667777', roleArn: elsewhere })).differences).toEqual([
      { what: 'account', asked: '222233334444', found: '555566667777' },
    ]);
    expect(must(read({ roleArn: `${roleArn}2` })).differences).toEqual([
      { what: 'role', asked: roleArn, found: `${roleArn}2` },
    ]);
  });

  it.each([
    ['of the account that asks', { accountId: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/Mine' }],
    ['of another part of AWS', { roleArn: 'arn:aws-cn:iam::222233334444:role/DeploymentService' }],
  ])('with a role %s is taken by nobody', (_name, patch) => {
    const before = state();
    for (const answer of [read(patch), take(patch)]) {
      expect(!answer.ok && answer.error.whatDidNotChange).toBe('Nothing was taken from it.');
      expect(!answer.ok && answer.error.whatToDo).not.toBe('');
    }
    expect(state()).toEqual(before);
  });

  it('that nobody here has asked for says where it may belong', () => {
    const answer = read({ externalId: randomUUID() });
    expect(!answer.ok && answer.error.message).toBe('No wizard here has asked for this.');
    expect(!answer.ok && answer.error.whatToDo).toContain('another computer');
  });

  it('to a wizard whose answers are gone, or that makes the role itself, is not taken', async () => {
    const { onboarding, operations } = world.workspace;
    must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId: 'read-only-audit' }));
    const gone = take();
    expect(!gone.ok && gone.error.message).toContain('has no answers any more');
    const other = await draftAtCreate(world);
    must(onboarding.createRole(other, 'practice-owner'));
    const { externalId } = must(onboarding.get(other)).draft;
    const making = take({ externalId });
    expect(!making.ok && making.error.message).toContain('has begun to make the role itself');
    await until(world, () => operations.list().length === 0);
    expect(take({ externalId }).ok).toBe(false);
  });

  it('is made at the end of a request’s wizard only, and opens in the one that asked', async () => {
    const { onboarding } = world.workspace;
    expect(onboarding.replies.textOf(draftId).ok).toBe(false);
    const owner = must(onboarding.openRequest(must(onboarding.requestText(draftId)).text)).draft;
    expect(onboarding.replies.textOf(owner.id).ok).toBe(false);
    const { account, options } = must(onboarding.get(draftId)).draft.state.answers;
    if (account === undefined || options === undefined) throw new Error('no answers');
    must(await onboarding.act(owner.id, { kind: 'choose-account', account }));
    must(await onboarding.act(owner.id, { kind: 'set-options', options }));
    must(await onboarding.act(owner.id, { kind: 'accept-plan', way: 'cloudformation' }));
    must(await onboarding.act(owner.id, { kind: 'role-exists' }));
    const { text } = must(onboarding.replies.textOf(owner.id));
    expect(must(onboarding.replies.read(text))).toMatchObject({
      draftId,
      differences: [],
      reply: { roleArn, madeWith: 'cloudformation' },
    });
    must(await onboarding.finish(owner.id, { name: 'Theirs', durationSeconds: 3600, reviewInMonths: undefined }));
    // the owner's record has the same external ID, and does not stand in the way of the one who asked
    expect(must(onboarding.replies.take(text)).draft.id).toBe(draftId);
  });

  it('to somebody else’s request says whom it is for', () => {
    const { onboarding } = world.workspace;
    const { text } = must(onboarding.requestText(draftId));
    must(onboarding.openRequest(text));
    must(onboarding.discard(draftId));
    const answer = read();
    expect(!answer.ok && answer.error.message).toBe('This reply was made here, for somebody else.');
  });

  it('is judged by main itself, and bounded at the door', () => {
    for (const patch of [{ version: 2 }, { run: true }, { kind: 'sallyport-connection-request' }]) {
      expect(take(patch as never).ok).toBe(false);
    }
    const tooLong = { text: 'x'.repeat(16_385) };
    expect(contract.readReply.input.safeParse(tooLong).success).toBe(false);
    expect(contract.takeReply.input.safeParse(tooLong).success).toBe(false);
  });
});
