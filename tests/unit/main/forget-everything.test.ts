import { describe, expect, it } from 'vitest';
import { forgetEverything, standing, type ForgetPorts } from '../../../main/forget-everything';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

function ports(world: World, change: Partial<ForgetPorts> = {}): ForgetPorts & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    workspaces: () => [world.workspace],
    closeWorkspaces: () => {
      done.push('closed');
      world.workspace.stop();
    },
    vault: world.vault,
    emptyFiles: () => {
      done.push('files');
      return { ok: true, value: undefined };
    },
    beginAnew: (left) => done.push(left === undefined ? 'anew' : `anew: ${left.message}`),
    ...change,
  };
}

describe('forgetting everything', () => {
  it('names what goes on, ends sessions, empties our part of the keychain and nobody else’s, and asks AWS nothing', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const { revocations } = world.workspace;
    must(
      await revocations.revoke(connectionId, {
        performer: { kind: 'source', sourceId: 'practice-owner' },
        way: 'delete-role',
        prove: false,
      }),
    );
    await until(world, () => revocations.list().some(({ state }) => state !== 'running'), 10);
    expect(standing([world.workspace])).toEqual({
      workspaces: [
        {
          workspace: 'practice',
          sessions: expect.any(Array) as unknown,
          revocations: [{ id: revocations.list()[0]?.id, name: 'Practice production' }],
          connections: 1,
          profiles: 0,
        },
      ],
    });
    await world.keychain.write('another app’s own name', 'kept');
    const asked = world.wire.actions.length;
    const all = ports(world);
    expect(must(await forgetEverything(all))).toEqual({ profilesLeft: 0, keychainLeft: false });
    expect(all.done).toEqual(['closed', 'files', 'anew']);
    expect(world.workspace.sessions.live()).toEqual([]);
    expect(await world.keychain.list()).toEqual([{ account: 'another app’s own name', value: 'kept' }]);
    expect(world.wire.actions.slice(asked)).toEqual([]);
  });

  it('changes nothing while the keychain does not answer, and can be asked again', async () => {
    const world = newWorld();
    await connected(world);
    world.keychain.trouble = new Error('locked');
    const all = ports(world);
    const refused = await forgetEverything(all);
    expect(refused.ok).toBe(false);
    expect(all.done).toEqual([]);
    expect(world.workspace.sessions.live()).toHaveLength(1);
    world.keychain.trouble = undefined;
    expect((await forgetEverything(all)).ok).toBe(true);
    expect(all.done).toEqual(['closed', 'files', 'anew']);
  });

  it('goes on without the keychain where a person agreed to do without it, and says what is left', async () => {
    const world = newWorld();
    world.keychain.trouble = new Error('there is none');
    await world.vault.allowMemory();
    const all = ports(world);
    expect(must(await forgetEverything(all))).toEqual({ profilesLeft: 0, keychainLeft: true });
    expect(all.done).toEqual([
      'closed',
      'files',
      'anew: The keychain did not answer: what it has under the name Sallyport stayed.',
    ]);
  });

  it('does not begin anew with files that could not be removed', async () => {
    const world = newWorld();
    const error = {
      kind: 'store-unwritable',
      message: 'No',
      whatDidNotChange: '',
      whatToDo: '',
      retryable: true,
      remedies: [],
    } as const;
    const all = ports(world, { emptyFiles: () => ({ ok: false, error: { ...error, remedies: [] } }) });
    expect(await forgetEverything(all)).toMatchObject({ ok: false, error: { kind: 'store-unwritable' } });
    expect(all.done).toEqual(['closed']);
  });
});
