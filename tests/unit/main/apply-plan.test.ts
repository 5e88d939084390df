import { describe, expect, it, vi } from 'vitest';
import { fixed, sandboxEnvironment, valueOf, trustPolicy } from '../../support/practice';
import { createAws } from '../../../main/aws/create-aws';
import { draftAtCreate, must, newWorld, until, type World } from '../../support/workspace-world';

const owner = (world: World) => {
  const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
  return createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
    sandboxEnvironment,
    fixed({ accessKeyId, secretAccessKey }),
  );
};

const creation = (world: World, draftId: string) =>
  must(world.workspace.onboarding.get(draftId)).draft.state.answers.creation;

async function idle(world: World): Promise<void> {
  await until(world, () => world.workspace.operations.list().length === 0);
}

async function expectExactlyOneOfEach(world: World): Promise<void> {
  const iam = owner(world);
  const roles = (await valueOf(iam.listRoles())).filter(({ name }) => name === 'DeploymentService');
  expect(roles).toHaveLength(1);
  expect(await valueOf(iam.listRolePolicies('DeploymentService'))).toEqual(['DeploymentServicePolicy']);
  expect((await valueOf(iam.listAttachedRolePolicies('DeploymentService'))).map(({ name }) => name)).toEqual([
    'AdministratorAccess',
  ]);
}

describe('automatic creation', () => {
  it('makes what the plan says and writes each step down before and after', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    await idle(world);
    await expectExactlyOneOfEach(world);
    const done = creation(world, draftId);
    expect(done?.state).toBe('done');
    expect(done?.state === 'done' && done.journal.map(({ stepId, state }) => `${stepId} ${state}`)).toEqual([
      'create-role started',
      'create-role done',
      'put-role-policy started',
      'put-role-policy done',
      'attach-role-policy-1 started',
      'attach-role-policy-1 done',
    ]);
    expect(must(world.workspace.onboarding.get(draftId)).draft.state.answers.roleArn).toBe(
      'arn:aws:iam::222233334444:role/DeploymentService',
    );
  });

  const mutating = ['CreateRole', 'PutRolePolicy', 'AttachRolePolicy'];
  it.each(mutating.flatMap((action) => [[action, 'before'] as const, [action, 'after'] as const]))(
    'goes on after the app was killed at %s, %s AWS had done it, and makes nothing twice',
    async (action, moment) => {
      const world = newWorld();
      const draftId = await draftAtCreate(world);
      let killed = false;
      world.wire.before = async (asked, pass) => {
        if (asked !== action) return pass();
        if (moment === 'after') await pass();
        killed = true;
        return new Promise(() => undefined);
      };
      must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
      await until(world, () => killed);
      const again = world.restart();
      expect(creation(again, draftId)?.state).toBe('stopped');
      must(again.workspace.onboarding.createRole(draftId, 'practice-owner'));
      await idle(again);
      expect(creation(again, draftId)?.state).toBe('done');
      await expectExactlyOneOfEach(again);
    },
  );

  it('leaves a role of the same name alone that somebody else made', async () => {
    const world = newWorld();
    await valueOf(
      owner(world).createRole({
        name: 'DeploymentService',
        path: '/',
        description: 'somebody else’s',
        trustPolicy: trustPolicy(),
        maxSessionDuration: 3600,
        tags: [],
      }),
    );
    const draftId = await draftAtCreate(world);
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    await idle(world);
    const failed = creation(world, draftId);
    expect(failed?.state === 'failed' && failed.error.kind).toBe('already-exists');
    expect(failed?.state === 'failed' && failed.error.remedies).toEqual([{ kind: 'edit-role' }]);
    const role = await valueOf(owner(world).getRole('DeploymentService'));
    expect(role.description).toBe('somebody else’s');
    expect(await valueOf(owner(world).listAttachedRolePolicies('DeploymentService'))).toEqual([]);
  });

  it('makes nothing with credentials of another account', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    must(world.workspace.onboarding.createRole(draftId, 'practice-deployer'));
    await idle(world);
    const failed = creation(world, draftId);
    expect(failed?.state === 'failed' && failed.error.message).toContain('111122223333');
    expect(world.wire.actions).not.toContain('CreateRole');
  });

  it('undoes exactly what it made, newest first, and can then begin again', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    await idle(world);
    const before = world.wire.actions.length;
    must(world.workspace.onboarding.undoCreation(draftId));
    await idle(world);
    const removals = world.wire.actions.slice(before).filter((action) => /^(Delete|Detach)/.test(action));
    expect(removals).toEqual(['DetachRolePolicy', 'DeleteRolePolicy', 'DeleteRole']);
    expect((await valueOf(owner(world).listRoles())).map(({ name }) => name)).not.toContain('DeploymentService');
    expect(creation(world, draftId)).toEqual({ way: 'automatic', state: 'ready' });
  });

  it('keeps what exists when it is cancelled in the middle, and says so', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    const { operationId } = must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    world.wire.before = async (action, pass) => {
      if (action === 'PutRolePolicy') world.workspace.operations.cancel(operationId);
      return pass();
    };
    await idle(world);
    expect(creation(world, draftId)?.state).toBe('stopped');
    expect(world.operations.at(-1)).toMatchObject({ kind: 'creation', state: 'cancelled' });
    expect((await valueOf(owner(world).listRoles())).map(({ name }) => name)).toContain('DeploymentService');
  });

  it('remembers a step that AWS did and whose answer was lost, and can take it back', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    let isCut = true;
    world.wire.before = async (action, pass) => {
      if (action !== 'PutRolePolicy' || !isCut) return pass();
      await pass();
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    };
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    // the SDK tries again by the real clock
    await vi.waitFor(() => expect(world.workspace.operations.list()).toEqual([]), { timeout: 4000 });
    const failed = creation(world, draftId);
    expect(failed?.state).toBe('failed');
    expect(failed?.state === 'failed' && failed.journal.at(-1)).toMatchObject({
      stepId: 'put-role-policy',
      state: 'started',
    });
    isCut = false;
    must(world.workspace.onboarding.undoCreation(draftId));
    await idle(world);
    expect((await valueOf(owner(world).listRoles())).map(({ name }) => name)).not.toContain('DeploymentService');
  });

  it('refuses to throw away a wizard whose things nothing else remembers', async () => {
    const world = newWorld();
    const draftId = await draftAtCreate(world);
    must(world.workspace.onboarding.createRole(draftId, 'practice-owner'));
    await idle(world);
    expect(world.workspace.onboarding.discard(draftId)).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    must(world.workspace.onboarding.undoCreation(draftId));
    await idle(world);
    expect(world.workspace.onboarding.discard(draftId)).toMatchObject({ ok: true });
  });
});
