import { describe, expect, it } from 'vitest';
import { canBePutBack } from '../../../core/domain/identity-acts';
import {
  dressed,
  iamThere,
  ownerAccount,
  ownerSource,
  removalAtRest,
  withAnna,
  worksThere,
  type WithUser,
} from '../../support/identities-world';
import { administratorAccess, errorOf, trustPolicy, valueOf } from '../../support/practice';
import { never } from '../../support/sub-account-world';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

const anna = { sourceId: ownerSource, subject: 'user', name: 'anna' } as const;

type Pass = Parameters<World['wire']['before']>[1];
type Answer = Awaited<ReturnType<Pass>>;

function refusal(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
  };
}
const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

async function dressedAnna(): Promise<WithUser> {
  const place = await withAnna();
  await dressed(place);
  return place;
}

const isThere = async ({ iam }: WithUser) => (await iam.getWholeUser('anna')).ok;

describe('a user that is deleted', () => {
  it('goes with everything that hangs on it, what can be put back first', async () => {
    const place = await dressedAnna();
    const { identities } = place.world.workspace;
    const plan = must(await identities.planRemoval({ ...anna, mode: 'delete' }));
    expect(plan.steps.map(({ what }) => what)).toEqual([
      ...['deactivate-key', 'deactivate-key', 'leave-group', 'detach-policy', 'delete-inline', 'delete-password'],
      ...['deactivate-mfa', 'delete-mfa', 'delete-ssh-key', 'delete-service-credential', 'delete-key', 'delete-key'],
      'delete-user',
    ]);
    const kinds = plan.steps.map(({ what }) => canBePutBack(what));
    expect(kinds.lastIndexOf(true)).toBeLessThan(kinds.indexOf(false));
    expect((await identities.remove({ ...anna, mode: 'delete' }, 'ann')).ok).toBe(false);
    expect(place.world.wire.actions.filter((action) => /^(?:Delete|Update|Detach|Remove)/.test(action))).toEqual([]);

    const { actId } = must(await identities.remove({ ...anna, mode: 'delete' }, 'anna'));
    const done = await removalAtRest(place.world, actId);
    expect(done).toMatchObject({ state: 'done' });
    expect(done.steps.every(({ requestId, state }) => state === 'done' && requestId !== undefined)).toBe(true);
    expect(await isThere(place)).toBe(false);
    expect(identities.undo(actId).ok).toBe(false);
    expect(place.world.audit.map(({ act }) => act)).toContain('identity.deleted');
  });

  it('is put back as far as it can be while it stands: groups, policies and keys as they were', async () => {
    const place = await dressedAnna();
    const { world } = place;
    world.wire.before = (action, pass) =>
      action === 'DeleteLoginProfile' ? Promise.resolve(refusal(403, 'AccessDenied', 'denied')) : pass();
    const { identities } = world.workspace;
    const { actId } = must(await identities.remove({ ...anna, mode: 'delete' }, 'anna'));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'stopped', error: { kind: 'access-denied' } });
    expect(await worksThere(world, place.key)).toBe(false);
    must(identities.undo(actId));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect(await worksThere(world, place.key)).toBe(true);
    const { iam } = place;
    expect(await valueOf(iam.listGroupsForUser('anna'))).toEqual(['team']);
    expect((await valueOf(iam.listAttachedUserPolicies('anna'))).map(({ arn }) => arn)).toEqual([administratorAccess]);
    expect(await valueOf(iam.getUserPolicy('anna', 'Own'))).toContain('s3:*');
  });

  it('is deactivated with nothing lost: no key works, everything is denied, and back', async () => {
    const place = await dressedAnna();
    const { iam, key, world } = place;
    const { identities } = world.workspace;
    const { actId } = must(await identities.remove({ ...anna, mode: 'deactivate' }, 'anna'));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'done' });
    expect(await worksThere(world, key)).toBe(false);
    expect((await valueOf(iam.listAttachedUserPolicies('anna'))).map(({ name }) => name)).toContain('AWSDenyAll');
    must(identities.undo(actId));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect(await worksThere(world, key)).toBe(true);
    expect((await valueOf(iam.listAttachedUserPolicies('anna'))).map(({ name }) => name)).not.toContain('AWSDenyAll');
  });

  it.each([
    { name: 'is denied', answer: () => Promise.resolve(refusal(403, 'AccessDenied', 'denied')) },
    { name: 'does not reach AWS', answer: () => Promise.reject(reset()) },
    {
      name: 'is carried out, and its answer lost',
      answer: async (pass: Pass) => {
        await pass();
        throw reset();
      },
    },
    {
      name: 'is carried out, and the app killed',
      kills: true,
      answer: async (pass: Pass) => {
        await pass();
        return await never();
      },
    },
    { name: 'is the last before the app is killed', kills: true, answer: never },
  ])(
    'gets there when a call $name, at each of them',
    async ({ answer, kills = false }) => {
      const first = await dressedAnna();
      const { actId: whole } = must(await first.world.workspace.identities.remove({ ...anna, mode: 'delete' }, 'anna'));
      const { steps } = await removalAtRest(first.world, whole);
      const calls = first.world.wire.actions.length;
      const suffer = async (at: number): Promise<void> => {
        const place = await dressedAnna();
        let { world } = place;
        const broken = first.world.wire.actions[at] ?? '';
        let count = 0;
        let isHurt = false;
        world.wire.before = (action, pass) => {
          count += 1;
          if (count - 1 < at || action !== broken || (kills && isHurt)) return pass();
          isHurt = true;
          return answer(pass);
        };
        const { actId } = must(await world.workspace.identities.remove({ ...anna, mode: 'delete' }, 'anna'));
        await until(world, () => isHurt);
        if (kills) world = world.restart();
        const stopped = await removalAtRest(world, actId);
        expect(stopped.state, broken).toBe('stopped');
        world.wire.before = (_action, pass) => pass();
        must(world.workspace.identities.resume(actId));
        expect(await removalAtRest(world, actId), broken).toMatchObject({ state: 'done' });
        expect(await isThere(place), broken).toBe(false);
      };
      await Promise.all(steps.map((_step, index) => suffer(calls - steps.length + index)));
    },
    60_000,
  );
});

describe('what is not to be touched', () => {
  const roleWish = (name: string) => ({ sourceId: ownerSource, subject: 'role', mode: 'delete', name }) as const;

  it('S-32 is refused before anything is changed: the caller, a source of ours, a role of a service', async () => {
    const { iam, key, world } = await withAnna();
    const { identities, sources } = world.workspace;
    const caller = await identities.planRemoval({ ...anna, mode: 'delete', name: 'practice-owner' });
    expect(caller).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    must(await sources.addAccessKey({ ...key, label: 'Anna’s key', region: 'eu-west-1', keep: true }));
    const source = await identities.remove({ ...anna, mode: 'delete' }, 'anna');
    expect(source).toMatchObject({ ok: false });
    expect(JSON.stringify(source)).toContain('Anna’s key');
    expect((await iam.getWholeUser('anna')).ok).toBe(true);
    expect(identities.list()).toEqual([]);
  });

  it('is a role that a connection goes by, until it is revoked', async () => {
    const world = newWorld();
    await connected(world);
    const refused = await world.workspace.identities.planRemoval(roleWish('DeploymentService'));
    expect(refused).toMatchObject({ ok: false });
    expect(JSON.stringify(refused)).toContain('Revoke the connection');
  });

  it('is not a role of nobody’s: it goes with its policies and its instance profile', async () => {
    const world = newWorld();
    const iam = iamThere(world);
    const role = {
      ...{ name: 'Worker', path: '/', description: '', trustPolicy: trustPolicy(), maxSessionDuration: 3600, tags: [] },
    };
    await valueOf(iam.createRole(role));
    await valueOf(iam.attachRolePolicy('Worker', administratorAccess));
    await valueOf(iam.createInstanceProfile({ name: 'Workers', path: '/', tags: [] }));
    await valueOf(iam.addRoleToInstanceProfile('Workers', 'Worker'));
    const { actId } = must(await world.workspace.identities.remove(roleWish('Worker'), 'Worker'));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'done', accountId: ownerAccount });
    expect((await errorOf(iam.getRole('Worker'))).kind).toBe('no-such-entity');
    expect((await valueOf(iam.getInstanceProfile('Workers'))).roleNames).toEqual([]);
  });
});
