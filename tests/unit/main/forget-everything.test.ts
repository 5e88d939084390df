import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/app-error';
import type { HandoffProfile } from '../../../core/domain/handoff-profile';
import { standing } from '../../../main/before-forgetting';
import { forgetEverything, type ForgetPorts } from '../../../main/forget-everything';
import { writeLines } from '../../../main/handoff/profile-text';
import { KeychainSecretStore } from '../../../main/secrets/keychain-secret-store';
import { MemorySecretStore } from '../../../main/secrets/memory-secret-store';
import { PracticeKeychain } from '../../../main/secrets/practice-keychain';
import { SecretVault } from '../../../main/secrets/secret-vault';
import { hold } from '../../support/hold';
import { found, owner, ready } from '../../support/revocation-world';
import { keptRecords } from '../../support/workspace-world';
import { connected, draftAtCreate, must, newWorld, plainWish, until, type World } from '../../support/workspace-world';

type Watched = ForgetPorts & { readonly done: string[]; left: AppError | undefined };

function ports(world: World, change: Partial<ForgetPorts> = {}): Watched {
  const done: string[] = [];
  const all: Watched = {
    done,
    left: undefined,
    workspaces: () => [world.workspace],
    closeWorkspaces: () => {
      done.push('closed');
      world.workspace.close();
    },
    withRealKeychain: (work) => work(),
    vault: world.vault,
    emptyFiles: () => {
      done.push('files');
      return { ok: true, value: undefined };
    },
    giveBackLinks: () => {
      done.push('links');
      return true;
    },
    beginAnew: (left) => {
      done.push('anew');
      all.left = left;
    },
    ...change,
  };
  return all;
}

const everything = ['closed', 'closed', 'files', 'closed', 'links', 'anew'];
const nothingLeft = { profiles: [], keychainLeft: false, linksLeft: false };
const refusal = (answer: Awaited<ReturnType<typeof forgetEverything>>): AppError => {
  if (answer.ok) throw new Error('It was not refused');
  return answer.error;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-forget-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const block = (id: string, ...lines: string[]) => writeLines({ id, title: 'Tidewater', lines }, '\n');

/** A profile on record, with its lines in a file of this test's own; `text` is what the file has in their place. */
function profileIn(world: World, name: string, text?: string): string {
  const id = `00000000-0000-4000-8000-${name.padStart(12, '0').replaceAll(/[^0-9a-f]/g, 'a')}`;
  const file = join(folder, name);
  const written = block(id, `[profile ${name}]`, 'region = eu-west-1');
  const profile: HandoffProfile = {
    ...{ id, name, connectionId: id, sessionId: id, sessionPolicy: { kind: 'none' }, region: 'eu-west-1' },
    ...{ file, written, lead: 0, createdAt: 0 },
  };
  writeFileSync(file, text ?? written, { mode: 0o600 });
  world.documents.handoff.update((now) => ({ ...now, profiles: [...now.profiles, profile] }));
  return file;
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
          atWork: [],
          sessions: expect.any(Array) as unknown,
          revocations: [{ id: revocations.list()[0]?.id, name: 'Practice production' }],
          accounts: [],
          connections: 1,
          profiles: [],
        },
      ],
    });
    await world.keychain.write('another app’s own name', 'kept');
    const asked = world.wire.actions.length;
    const all = ports(world);
    expect(must(await forgetEverything(all, false))).toEqual(nothingLeft);
    expect(all.done).toEqual(everything);
    expect(all.left).toBeUndefined();
    expect(world.workspace.sessions.live()).toEqual([]);
    expect(await world.keychain.list()).toEqual([{ account: 'another app’s own name', value: 'kept' }]);
    expect(world.wire.actions.slice(asked)).toEqual([]);
  });

  it('changes nothing while the keychain does not answer, and can be asked again', async () => {
    const world = newWorld();
    await connected(world);
    world.keychain.trouble = new Error('locked');
    const all = ports(world);
    const refused = await forgetEverything(all, false);
    expect(refused.ok).toBe(false);
    expect(all.done).toEqual([]);
    expect(world.workspace.sessions.live()).toHaveLength(1);
    world.keychain.trouble = undefined;
    expect((await forgetEverything(all, false)).ok).toBe(true);
    expect(all.done).toEqual(everything);
  });

  it('goes on without the keychain where a person agreed to do without it, and says what is left', async () => {
    const world = newWorld();
    world.keychain.trouble = new Error('there is none');
    await world.vault.allowMemory();
    const all = ports(world);
    expect(must(await forgetEverything(all, false))).toEqual({ ...nothingLeft, keychainLeft: true });
    expect(all.done).toEqual(everything);
    expect(all.left?.message).toBe('The keychain did not answer: what it has under the name Sallyport stayed.');
    expect(all.left?.whatToDo).toContain('Delete what is named Sallyport');
  });

  it('reaches what is really in the keychain while practice pretends that it is locked', async () => {
    const world = newWorld();
    await connected(world);
    expect(world.keychain.items.size).toBeGreaterThan(0);
    const pretending = new PracticeKeychain(world.keychain, () => 'locked');
    const vault = new SecretVault(new KeychainSecretStore(pretending), new MemorySecretStore(), () => undefined);
    await vault.allowMemory();
    const withRealKeychain: ForgetPorts['withRealKeychain'] = (work) => pretending.withoutPretence(work);
    expect(must(await forgetEverything(ports(world, { vault, withRealKeychain }), false))).toEqual(nothingLeft);
    expect(world.keychain.items.size).toBe(0);
    await expect(pretending.list()).rejects.toThrow('as the practice sandbox was told to pretend');
  });

  it('waits for what changes an account, by its name, and stops what only reads', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    const held = hold(world, 'CreateRole');
    const { onboarding, operations } = world.workspace;
    must(onboarding.createRole(draftId, 'practice-owner'));
    await until(world, held.isReached);
    const all = ports(world);
    expect(standing([world.workspace]).workspaces[0]?.atWork).toEqual(['the role in Practice production is made']);
    expect(refusal(await forgetEverything(all, false))).toMatchObject({
      kind: 'not-possible',
      message: 'Sallyport is at work just now: the role in Practice production is made.',
      retryable: true,
    });
    expect(all.done).toEqual([]);
    held.letGo();
    await until(world, () => operations.list().length === 0);
    world.wire.before = (action, pass) => (action === 'AssumeRole' ? new Promise(() => undefined) : pass());
    must(onboarding.testConnection(draftId, true));
    await until(world, () => operations.list().length > 0);
    expect((await forgetEverything(all, false)).ok).toBe(true);
  });

  it('waits for a revocation that is taken back, and for its clean-up: what the record says of it is over', async () => {
    const { connectionId, world } = await ready();
    const { revocationCare, revocations } = world.workspace;
    const begun = async (way: 'close-trust' | 'quarantine') => {
      const { revocationId } = must(await revocations.revoke(connectionId, { way, performer: owner, prove: false }));
      await until(world, () => found(world, revocationId).state === 'closing');
      return revocationId;
    };
    const waits = async (call: string, work: (revocationId: string) => Promise<unknown>, revocationId: string) => {
      const held = hold(world, call);
      const working = work(revocationId);
      await until(world, held.isReached);
      const { connectionName, state } = found(world, revocationId);
      expect(state).not.toBe('running');
      const words = `the role of ${connectionName} is put back, or cleaned up`;
      expect(standing([world.workspace]).workspaces[0]?.atWork).toEqual([words]);
      const all = ports(world);
      expect(refusal(await forgetEverything(all, false)).message).toBe(`Sallyport is at work just now: ${words}.`);
      expect(all.done).toEqual([]);
      held.letGo();
      expect(await working).toMatchObject({ ok: true });
      expect(standing([world.workspace]).workspaces[0]?.atWork).toEqual([]);
    };
    await waits('UpdateAssumeRolePolicy', (id) => revocations.undo(id), await begun('close-trust'));
    const revocationId = await begun('quarantine');
    world.clock.advance(3_600_000 + 120_000);
    await until(world, () => found(world, revocationId).state === 'ended');
    const twice = (id: string) =>
      Promise.all([revocationCare.cleanUp(id), revocationCare.cleanUp(id)]).then(([one, other]) => {
        expect(other).toMatchObject({ ok: false, error: { message: expect.stringMatching(/is at work/) as string } });
        return one;
      });
    await waits('DeleteRolePolicy', twice, revocationId);
    must(await forgetEverything(ports(world), false));
  });

  it('keeps nothing of a session that was being opened: not in the keychain, not in a file, not in the log', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const held = hold(world, 'AssumeRole', 'after');
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('There is one');
    const starting = world.workspace.sessions.start(connection, plainWish(3600));
    await until(world, held.isReached);
    must(await forgetEverything(ports(world), false));
    const kept = JSON.stringify(keptRecords(world.documents));
    const lines = world.audit.length;
    held.letGo();
    expect(await starting).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(world.keychain.items.size).toBe(0);
    expect(JSON.stringify(keptRecords(world.documents))).toBe(kept);
    expect(world.audit).toHaveLength(lines);
  });

  it('takes out again what was on its way into the keychain when the workspace was shut', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('There is one');
    const put = world.vault.put.bind(world.vault);
    world.vault.put = async (...given) => {
      const kept = await put(...given);
      world.workspace.close();
      return kept;
    };
    const before = world.keychain.items.size;
    expect((await world.workspace.sessions.start(connection, plainWish(3600))).ok).toBe(false);
    expect(world.keychain.items.size).toBe(before);
  });

  it('closes what was opened meanwhile in the same turn as its files go', async () => {
    const world = newWorld();
    const done: string[] = [];
    const removeAll = async () => {
      await Promise.resolve();
      done.push('opened');
      return { ok: true, value: undefined } as const;
    };
    const all = ports(world, {
      vault: { check: () => world.vault.check(), removeAll },
      closeWorkspaces: () => done.push('closed'),
      emptyFiles: () => {
        done.push('files');
        return { ok: true, value: undefined };
      },
      beginAnew: () => done.push('anew'),
    });
    must(await forgetEverything(all, false));
    expect(done).toEqual(['closed', 'opened', 'closed', 'files', 'opened', 'closed', 'anew']);
  });

  it('takes nothing into the keychain while it is emptied', async () => {
    const world = newWorld();
    const emptying = world.vault.removeAll();
    const put = await world.vault.put('late', 'secret');
    expect(put).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    must(await emptying);
    must(await world.vault.put('later', 'secret'));
  });

  it('names each profile that stays with its file and the true reason, and takes changed ones where one says so', async () => {
    const world = newWorld();
    const ours = profileIn(world, 'a1');
    const changed = profileIn(world, 'a2');
    writeFileSync(changed, readFileSync(changed, 'utf8').replace('eu-west-1', 'us-east-1'));
    const open = profileIn(world, 'a3');
    chmodSync(open, 0o666);
    expect(standing([world.workspace]).workspaces[0]?.profiles).toEqual([
      { name: 'a1', file: ours, isChanged: false },
      { name: 'a2', file: changed, isChanged: true },
      { name: 'a3', file: open, isChanged: false },
    ]);
    const all = ports(world);
    const { profiles } = must(await forgetEverything(all, false));
    expect(profiles.map(({ file, name }) => [name, file])).toEqual([
      ['a2', changed],
      ['a3', open],
    ]);
    expect(readFileSync(ours, 'utf8')).toBe('');
    expect(all.left?.message).toContain(`The profile a2 stayed in ${changed}: a hand has changed its lines.`);
    expect(all.left?.message).toMatch(
      /The profile a3 stayed in .*a3: .*Other users of this computer may write to it\.$/,
    );
    expect(all.left?.message).not.toContain('..');
    expect(all.left?.whatToDo).toContain('# sallyport:begin');

    const other = newWorld();
    const again = profileIn(other, 'a4');
    writeFileSync(again, readFileSync(again, 'utf8').replace('eu-west-1', 'us-east-1'));
    expect(must(await forgetEverything(ports(other), true))).toEqual(nothingLeft);
    expect(readFileSync(again, 'utf8')).toBe('');
  });

  it('says where keys stay that stand in a file and cannot be taken out', async () => {
    const world = newWorld();
    const id = '00000000-0000-4000-8000-00000000000b';
    const file = join(folder, 'credentials');
    const half = block(id, '[tidewater]', 'aws_access_key_id = x').replace(/# sallyport:end.*/, '');
    writeFileSync(file, half, { mode: 0o600 });
    const expiresAt = world.clock.now() + 3_600_000;
    const plain = { ...{ id, name: 'tidewater', file, lead: 0, sessionId: id, createdAt: 0 }, expiresAt };
    world.documents.handoff.update((now) => ({ ...now, plain: [plain] }));
    const all = ports(world);
    expect(must(await forgetEverything(all, false)).profiles).toMatchObject([{ name: 'tidewater', file }]);
    expect(all.left?.message).toMatch(/The profile tidewater stayed in .*credentials: .*Keys stand in it\./);
  });

  describe('where it came only half way', () => {
    const error: AppError = {
      ...{ kind: 'store-unwritable', message: 'The file settings could not be written: the disk is full.' },
      ...{ whatDidNotChange: 'What was saved before is as it was.', whatToDo: 'Again.', retryable: true, remedies: [] },
    };
    const emptyFiles = () => ({ ok: false, error }) as const;
    const trying = (world: World) => ({
      check: () => world.vault.check(),
      removeAll: () => {
        world.keychain.trouble = new Error('locked');
        return world.vault.removeAll();
      },
    });

    it('says that the files are still here', async () => {
      const world = newWorld();
      await connected(world);
      const all = ports(world, { emptyFiles });
      expect(refusal(await forgetEverything(all, false))).toMatchObject({
        kind: 'store-unwritable',
        message: 'Not everything was forgotten. The file settings could not be written: the disk is full.',
        whatDidNotChange:
          'Files of Sallyport are still here. Its secrets are gone from the keychain. Sessions were ended. Profiles were taken out of your AWS files. Nothing at AWS was changed.',
        whatToDo: 'Put that right. Then forget everything once more: it goes on from here.',
      });
      expect(world.keychain.items.size).toBe(0);
      expect(world.workspace.sessions.live()).toEqual([]);
      expect(all.done).toEqual(['closed', 'closed']);
    });

    it('says that the records are all here, and of the keychain what is not known', async () => {
      const world = newWorld();
      await connected(world);
      const all = ports(world, { vault: trying(world) });
      const refused = refusal(await forgetEverything(all, false));
      expect(refused.kind).toBe('keychain-locked');
      expect(refused.whatDidNotChange).toBe(
        'The records are all here. Secrets may still be in the keychain. Sessions were ended. Profiles were taken out of your AWS files. Nothing at AWS was changed.',
      );
      expect(refused.whatToDo).toMatch(/^\S.* Then forget everything once more: it goes on from here\.$/);
      expect(all.done).toEqual(['closed']);
    });

    it('does not say of secrets, nor of profiles that stayed, that they are gone', async () => {
      const world = newWorld();
      world.keychain.trouble = new Error('there is none');
      await world.vault.allowMemory();
      const changed = profileIn(world, 'a6');
      writeFileSync(changed, readFileSync(changed, 'utf8').replace('eu-west-1', 'us-east-1'));
      expect(refusal(await forgetEverything(ports(world, { emptyFiles }), false)).whatDidNotChange).toBe(
        'Files of Sallyport are still here. Secrets may still be in the keychain. Sessions were ended. Of the profiles in your AWS files, 1 stayed. Nothing at AWS was changed.',
      );
    });
  });

  it('takes back the links that a person gave to this program, and says where the system keeps them', async () => {
    const world = newWorld();
    const all = ports(world, { giveBackLinks: () => false });
    expect(must(await forgetEverything(all, false))).toEqual({ ...nothingLeft, linksLeft: true });
    expect(all.left?.message).toBe('The system still opens sallyport: links with this program.');
    expect(all.left?.whatToDo).toMatch(/settings of the system/);
  });
});
