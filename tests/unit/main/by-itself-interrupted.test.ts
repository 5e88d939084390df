import { afterEach, describe, expect, test } from 'vitest';
import {
  answerTheRest,
  askingDraft,
  draftForNewAccount,
  draftOf,
  roleNames,
  tested,
  untilStill,
} from '../../support/by-itself-world';
import {
  accountsNamed,
  connectionLost,
  countOf,
  never,
  organizedWorld,
  settled,
} from '../../support/sub-account-world';
import { must, until, type World } from '../../support/workspace-world';

const opened: World[] = [];
afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

async function organized() {
  const made = await organizedWorld();
  opened.push(made.world);
  made.world.sandbox.setTrouble({ accountCreationMs: 30_000, propagationDelayMs: 10_000 });
  return made;
}

const calls = (worlds: readonly World[], action: string) =>
  worlds.reduce((sum, world) => sum + countOf(world, action), 0);

/** However it was broken off: one account, one role, one source, one connection, and no wizard left. */
async function expectOnce(world: World): Promise<void> {
  const connections = world.documents.connections.all();
  expect(connections).toMatchObject([{ name: 'Python deploy', status: 'working', roleName: 'PythonDeploy' }]);
  const accounts = await accountsNamed(world, 'Python deploy');
  expect(accounts).toEqual([connections[0]?.accountId]);
  expect(roleNames(world, accounts[0] ?? '').filter((name) => name.startsWith('PythonDeploy'))).toEqual([
    'PythonDeploy',
  ]);
  expect(world.documents.sources.read().sources.filter(({ kind }) => kind === 'member-role')).toHaveLength(1);
  expect(world.documents.receipts.read().receipts).toHaveLength(1);
  expect(world.workspace.onboarding.drafts()).toEqual([]);
}

type Moment = readonly [name: string, action: string, nth: number, when: 'before' | 'after'];

/** Kills the app at this call: it gets no answer any more, and nothing of it runs on. */
function killedAt(world: World, action: string, nth: number, when: 'before' | 'after'): () => boolean {
  let seen = 0;
  let killed = false;
  world.wire.before = async (called, pass) => {
    if (killed) return await never();
    if (called !== action || (seen += 1) < nth) return await pass();
    if (when === 'after') await pass();
    killed = true;
    return await never();
  };
  return () => killed;
}

/** The app is started again, and does what it does by itself. */
async function startedAgain(world: World): Promise<World> {
  const next = world.restart();
  opened.push(next);
  await next.workspace.launch();
  return next;
}

describe('the app is killed after AWS was asked for the account', () => {
  const moments: readonly Moment[] = [
    ['while it answers', 'CreateAccount', 1, 'after'],
    ['while AWS makes it', 'DescribeCreateAccountStatus', 3, 'after'],
    ['while it goes into its unit', 'MoveAccount', 1, 'after'],
  ];

  test.each(moments)('%s: the wizard has it at the next start', async (_name, action, nth, when) => {
    const { unitId, world } = await organized();
    const isKilled = killedAt(world, action, nth, when);
    const draftId = await askingDraft(world, unitId);
    await until(world, isKilled, 500);
    const next = await startedAgain(world);
    await answerTheRest(next, draftId);
    must(next.workspace.onboarding.byItself.start(draftId, tested));
    await untilStill(next);
    await expectOnce(next);
    expect(calls([world, next], 'CreateAccount')).toBe(1);
  });
});

describe('the app is killed while the rest is done by itself', () => {
  const moments: readonly Moment[] = [
    ['while the access role is waited for', 'AssumeRole', 2, 'after'],
    ['while it asks who manages the account', 'DescribeOrganization', 1, 'before'],
    ['before the role is made', 'CreateRole', 1, 'before'],
    ['after the role is made', 'CreateRole', 1, 'after'],
    ['before its policy is attached', 'AttachRolePolicy', 1, 'before'],
    ['after its policy is attached', 'AttachRolePolicy', 1, 'after'],
  ];

  test.each(moments)('%s: the next start goes on, and makes nothing twice', async (_name, action, nth, when) => {
    const { unitId, world } = await organized();
    const draftId = await askingDraft(world, unitId);
    await answerTheRest(world, draftId);
    const isKilled = killedAt(world, action, nth, when);
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await until(world, isKilled, 500);
    expect(draftOf(world, draftId).state.answers.byItself?.state).toBe('running');
    const next = await startedAgain(world);
    await untilStill(next);
    await expectOnce(next);
    // nothing was there under its name when it was asked for a second time
    expect(calls([world, next], 'CreateRole')).toBeLessThanOrEqual(2);
    expect(calls([world, next], 'CreateAccount')).toBe(1);
  });

  test('in the middle of the test: it is tested again', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    await settled(world, draftOf(world, draftId).state.answers.subAccountId ?? '', 'ready');
    let killed = false;
    world.wire.before = async (action, pass) => {
      killed ||= action === 'AssumeRole' && draftOf(world, draftId).state.answers.byItself?.at === 'testing';
      return killed ? await never() : await pass();
    };
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await until(world, () => killed, 500);
    const next = await startedAgain(world);
    await untilStill(next);
    await expectOnce(next);
    expect(calls([world, next], 'CreateRole')).toBe(1);
  });

  test.each(['connections', 'receipts', 'drafts'] as const)(
    'between what is recorded at the end, at the %s: it is recorded once',
    async (name) => {
      const { world } = await organized();
      const draftId = await draftForNewAccount(world);
      const file = world.documents[name] as unknown as Record<string, (change: never) => unknown>;
      const write = 'update' in file ? 'update' : 'change';
      const before = file[write]?.bind(file);
      let lost = false;
      // what a full disk or a killed process leaves: this document and those after it are as they were
      file[write] = (change) => {
        const isEnd = draftOf(world, draftId).state.answers.byItself?.at === 'recording';
        if (isEnd && !lost) {
          lost = true;
          return { ok: false, error: { ...diskFull } };
        }
        return before?.(change);
      };
      must(world.workspace.onboarding.byItself.start(draftId, tested));
      await untilStill(world);
      expect(lost).toBe(true);
      expect(draftOf(world, draftId).state.answers.byItself).toMatchObject({ state: 'failed', at: 'recording' });
      if (before !== undefined) file[write] = before;
      must(world.workspace.onboarding.byItself.start(draftId, tested));
      await untilStill(world);
      await expectOnce(world);
      expect(world.audit.filter(({ act }) => act === 'connection.added')).toHaveLength(1);
    },
  );

  test('the app is quit in order: the next start goes on as well', async () => {
    const { world } = await organized();
    const draftId = await draftForNewAccount(world);
    let reached = false;
    world.wire.before = async (action, pass) => {
      reached ||= action === 'AttachRolePolicy';
      return await pass();
    };
    must(world.workspace.onboarding.byItself.start(draftId, tested));
    await until(world, () => reached, 500);
    world.workspace.stop();
    await until(world, () => world.workspace.operations.list().length === 0);
    expect(draftOf(world, draftId).state.answers.byItself?.state).toBe('running');
    const next = await startedAgain(world);
    await untilStill(next);
    await expectOnce(next);
  });
});

describe('an answer is lost after AWS did it', () => {
  test.each(['CreateRole', 'AttachRolePolicy', 'AssumeRole', 'GetCallerIdentity'])(
    '%s: it is one thing all the same',
    async (lost) => {
      const { world } = await organized();
      const draftId = await draftForNewAccount(world);
      let times = 0;
      world.wire.before = async (action, pass) => {
        const answer = await pass();
        if (action === lost && (times += 1) === 1) throw connectionLost();
        return answer;
      };
      must(world.workspace.onboarding.byItself.start(draftId, tested));
      await untilStill(world, 50);
      if (world.workspace.onboarding.drafts().length > 0) {
        must(world.workspace.onboarding.byItself.start(draftId, tested));
        await untilStill(world, 50);
      }
      expect(times).toBeGreaterThan(1);
      await expectOnce(world);
    },
  );
});

const diskFull = {
  ...{ kind: 'store-unwritable', message: 'The disk is full.', whatDidNotChange: 'Nothing was written.', whatToDo: '' },
  ...{ retryable: true, remedies: [] },
};
