import { describe, expect, it } from 'vitest';
import { canBeUndone } from '../../../core/domain/identity-acts';
import {
  atRest,
  dressed,
  ownerSource,
  removalAtRest,
  rotationAtRest,
  withAnna,
  worksThere,
  type WithUser,
} from '../../support/identities-world';
import { trustPolicy, valueOf } from '../../support/practice';
import { must, until, type World } from '../../support/workspace-world';

const anna = { sourceId: ownerSource, subject: 'user', name: 'anna' } as const;

const denied = {
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>denied</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
};

function refuse(world: World, refused: string): void {
  world.wire.before = (action, pass) => (action === refused ? Promise.resolve(denied) : pass());
}
const letAll = (world: World): void => {
  world.wire.before = (_action, pass) => pass();
};

/** The file of records takes nothing from now on, or again. */
function records(world: World, takes: boolean): void {
  const { identityActs } = world.documents;
  if (takes) Reflect.deleteProperty(identityActs, 'change');
  else {
    identityActs.change = () => ({
      ok: false,
      error: {
        ...{ kind: 'store-unwritable', message: 'The disk is full.', whatDidNotChange: '', whatToDo: '' },
        ...{ retryable: true, remedies: [] },
      },
    });
  }
}

async function rotating({ key, world }: WithUser, more: Record<string, unknown> = {}) {
  const wish = { sourceId: ownerSource, userName: 'anna', accessKeyId: key.accessKeyId, graceHours: 1, ...more };
  return await world.workspace.identities.rotate(wish);
}

describe('a key that is off', () => {
  it('is not rotated: taken back, it would be switched on', async () => {
    const place = await withAnna();
    await valueOf(place.iam.setKeyActive('anna', place.key.accessKeyId, false));
    expect(await rotating(place)).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(place.world.workspace.identities.list()).toEqual([]);
    expect(place.world.wire.actions).not.toContain('CreateAccessKey');
  });
});

describe('what Sallyport calls with', () => {
  it('S-32 is not removed, also where nobody asked in this run who it is', async () => {
    const place = await withAnna();
    const { key } = place;
    const { sources } = place.world.workspace;
    must(await sources.addAccessKey({ ...key, label: 'Anna’s key', region: 'eu-west-1', keep: true }));
    const { workspace } = place.world.restart();
    const unknown = workspace.sources.list().find(({ source }) => source.label === 'Anna’s key');
    expect(unknown).toBeDefined();
    expect(unknown?.identity).toBeUndefined();
    const refused = await workspace.identities.planRemoval({ ...anna, mode: 'delete' });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(JSON.stringify(refused)).toContain('Anna’s key');
  });

  it('S-32 is known by its key where AWS does not say who it is, and named where nothing does', async () => {
    const place = await withAnna();
    const { iam, key, world } = place;
    const { identities, sources } = world.workspace;
    must(await sources.addAccessKey({ ...key, label: 'Anna’s key', region: 'eu-west-1', keep: true }));
    await valueOf(iam.setKeyActive('anna', key.accessKeyId, false));
    await sources.identify(sources.list().find(({ source }) => source.label === 'Anna’s key')?.source.id ?? '');
    const refused = await identities.planRemoval({ ...anna, mode: 'delete' });
    expect(JSON.stringify(refused)).toContain('Anna’s key');
    await valueOf(
      iam.createRole({
        ...{ name: 'Worker', path: '/', description: '', trustPolicy: trustPolicy(), maxSessionDuration: 3600 },
        tags: [],
      }),
    );
    const other = await identities.planRemoval({ ...anna, subject: 'role', name: 'Worker', mode: 'delete' });
    expect(must(other).unasked).toEqual(['Anna’s key']);
  });
});

describe('a step that AWS refused', () => {
  it('is not taken back: it never happened', async () => {
    const place = await withAnna();
    await dressed(place);
    const { world } = place;
    const { identities } = world.workspace;
    refuse(world, 'RemoveUserFromGroup');
    const { actId } = must(await identities.remove({ ...anna, mode: 'delete' }, 'anna'));
    const stopped = await removalAtRest(world, actId);
    expect(stopped.steps.find(({ what }) => what === 'leave-group')?.state).toBe('waiting');
    // somebody else takes her out meanwhile: that is not ours to take back
    await valueOf(place.iam.removeUserFromGroup('anna', 'team'));
    letAll(world);
    must(identities.undo(actId));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect(await valueOf(place.iam.listGroupsForUser('anna'))).toEqual([]);
    expect(await worksThere(world, place.key)).toBe(true);
  });

  it('leaves a rotation that can be taken back, also at its last step', async () => {
    const place = await withAnna();
    const { world } = place;
    const { actId } = must(await rotating(place));
    await rotationAtRest(world, actId);
    must(world.workspace.identities.deactivateOld(actId));
    await rotationAtRest(world, actId);
    refuse(world, 'DeleteAccessKey');
    must(world.workspace.identities.deleteOld(actId));
    const stopped = await rotationAtRest(world, actId);
    expect(stopped).toMatchObject({ state: 'grace', error: { kind: 'access-denied' } });
    expect(canBeUndone(stopped)).toBe(true);
    letAll(world);
    must(world.workspace.identities.undo(actId));
    expect(await rotationAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect(await worksThere(world, place.key)).toBe(true);
  });

  it('of a role that is in its instance profile already is done', async () => {
    const { iam, world } = await withAnna();
    await valueOf(
      iam.createRole({
        ...{ name: 'Worker', path: '/', description: '', trustPolicy: trustPolicy(), maxSessionDuration: 3600 },
        tags: [],
      }),
    );
    await valueOf(iam.createInstanceProfile({ name: 'Workers', path: '/', tags: [] }));
    await valueOf(iam.addRoleToInstanceProfile('Workers', 'Worker'));
    const { identities } = world.workspace;
    refuse(world, 'DeleteRole');
    const wish = { sourceId: ownerSource, subject: 'role', name: 'Worker', mode: 'delete' } as const;
    const { actId } = must(await identities.remove(wish, 'Worker'));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'stopped' });
    await valueOf(iam.addRoleToInstanceProfile('Workers', 'Worker'));
    must(identities.undo(actId));
    expect(await removalAtRest(world, actId)).toMatchObject({ state: 'undone' });
  });
});

describe('a record that cannot be written', () => {
  it('is said to who wanted it, and nothing is done', async () => {
    const place = await withAnna();
    const { world } = place;
    const { identities } = world.workspace;
    const { actId } = must(await rotating(place));
    await rotationAtRest(world, actId);
    records(world, false);
    const calls = world.wire.actions.length;
    expect(identities.deactivateOld(actId)).toMatchObject({ ok: false, error: { kind: 'store-unwritable' } });
    expect(identities.undo(actId)).toMatchObject({ ok: false, error: { kind: 'store-unwritable' } });
    expect(world.wire.actions).toHaveLength(calls);
    records(world, true);
    must(identities.undo(actId));
    expect(await rotationAtRest(world, actId)).toMatchObject({ state: 'undone' });
  });

  it('at the end does not leave it busy for ever', async () => {
    const place = await withAnna();
    const { world } = place;
    const { identities } = world.workspace;
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'CreateAccessKey') records(world, false);
      return answer;
    };
    const { actId } = must(await rotating(place));
    await until(world, () => {
      const act = identities.find(actId);
      return act?.kind === 'rotation' && !act.busy;
    });
    expect(identities.find(actId)).toMatchObject({ busy: false, error: { kind: 'store-unwritable' } });
    expect(identities.list()).toMatchObject([{ busy: false }]);
    records(world, true);
    letAll(world);
    must(identities.undo(actId));
    const answer = await rotationAtRest(world, actId);
    if (answer.state !== 'undone') {
      // a key was made whose record is gone: it is named before it is deleted
      expect(answer.strayKeyId ?? answer.newKeyId).toBeDefined();
      must(identities.resume(actId));
    }
    expect(await rotationAtRest(world, actId)).toMatchObject({ state: 'undone' });
    expect(await valueOf(place.iam.listKeys('anna'))).toHaveLength(1);
  });
});

describe('a deactivation that is over', () => {
  it('is not undone while something else is done to the same user', async () => {
    const place = await withAnna();
    const { world } = place;
    const { identities } = world.workspace;
    const first = must(await identities.remove({ ...anna, mode: 'deactivate' }, 'anna'));
    await atRest(world, first.actId);
    refuse(world, 'DeleteUser');
    const second = must(await identities.remove({ ...anna, mode: 'delete' }, 'anna'));
    await atRest(world, second.actId);
    letAll(world);
    expect(identities.undo(first.actId)).toMatchObject({ ok: false, error: { kind: 'already-exists' } });
  });
});
