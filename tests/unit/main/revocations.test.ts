import { describe, expect, it } from 'vitest';
import { createAws } from '../../../main/aws/create-aws';
import { fixed, sandboxEnvironment, valueOf } from '../../support/practice';
import { iamOfOwner } from '../../support/revocation-world';
import { connected, must, newWorld, plainWish, type World, until } from '../../support/workspace-world';

const found = (world: World, id: string) => {
  const revocation = world.workspace.revocations.find(id);
  if (revocation === undefined) throw new Error('no revocation');
  return revocation;
};

async function revoke(
  world: World,
  connectionId: string,
  way: 'delete-role' | 'deny-older-sessions' = 'delete-role',
  prove = true,
) {
  return must(
    await world.workspace.revocations.revoke(connectionId, {
      performer: { kind: 'source', sourceId: 'practice-owner' },
      way,
      prove,
    }),
  ).revocationId;
}

describe('revocation by deleting the role', () => {
  it('says first what will be lost and by when the last credential is dead', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const preview = must(
      await world.workspace.revocations.preview(connectionId, 'delete-role', {
        kind: 'source',
        sourceId: 'practice-owner',
      }),
    );
    expect(preview).toMatchObject({ roleFound: true, madeBy: 'sallyport', probe: 'possible', ownSessions: 1 });
    expect(preview.willBeLost).toEqual([
      'Role DeploymentService',
      'Inline policy DeploymentServicePolicy',
      'Attachment of AdministratorAccess',
    ]);
    expect(preview.deadBy.at).toBe(preview.readAt + 60_000 + 3_600_000);
    expect(world.wire.actions).not.toContain('DeleteRole');
  });

  it('removes everything that must go first, proves both doors shut, and wipes the local copies', async () => {
    const world = newWorld();
    const { connectionId, sessionId } = await connected(world);
    const id = await revoke(world, connectionId);
    await until(world, () => found(world, id).proofState === 'complete', 1000);
    const revocation = found(world, id);
    expect(revocation.steps.map(({ call, state }) => `${call} ${state}`)).toEqual([
      'iam:DeleteRolePolicy done',
      'iam:DetachRolePolicy done',
      'iam:DeleteRole done',
    ]);
    const refusals = revocation.proof.filter(({ answer }) => answer === 'refused');
    expect(refusals.map(({ as }) => as)).toEqual(['old-session', 'old-session', 'deployer', 'deployer']);
    expect((refusals[1]?.at ?? 0) - (refusals[0]?.at ?? 0)).toBeGreaterThanOrEqual(5000);
    expect(revocation.proof.map(({ call }) => call)).not.toContain('sts:GetCallerIdentity');
    expect(revocation.wiped).toMatchObject([{ verified: true }]);
    expect(world.workspace.sessions.find(sessionId)).toMatchObject({ credentials: 'gone', end: { how: 'revoked' } });
    expect(world.workspace.connections.find(connectionId)?.status).toBe('closing');
    world.clock.advance(3_600_000 + 120_000);
    await until(world, () => found(world, id).state === 'ended');
    expect(world.workspace.connections.find(connectionId)?.status).toBe('revoked');
  });

  it('shows twelve hours for a role that allows twelve, not one', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const iam = iamOfOwner(world);
    for (const policy of await valueOf(iam.listAttachedRolePolicies('DeploymentService')))
      await valueOf(iam.detachRolePolicy('DeploymentService', policy.arn));
    await valueOf(iam.deleteRolePolicy('DeploymentService', 'DeploymentServicePolicy'));
    const role = await valueOf(iam.getRole('DeploymentService'));
    await valueOf(iam.deleteRole('DeploymentService'));
    await valueOf(
      iam.createRole({
        name: role.name,
        path: '/',
        description: '',
        trustPolicy: role.trustPolicy,
        maxSessionDuration: 43_200,
        tags: [],
      }),
    );
    const id = await revoke(world, connectionId, 'delete-role', false);
    await until(world, () => found(world, id).state === 'closing');
    const { deadBy, blockedSince } = found(world, id);
    expect((deadBy?.at ?? 0) - (blockedSince ?? 0)).toBe(12 * 3_600_000 + 60_000);
    expect(deadBy?.basis).toBe('bound');
  });

  it.each(['ListAttachedRolePolicies', 'DetachRolePolicy', 'DeleteRolePolicy', 'DeleteRole'])(
    'stops at a failing %s, says what is done, and finishes when it is resumed',
    async (action) => {
      const world = newWorld();
      const { connectionId } = await connected(world);
      let broken = true;
      world.wire.before = async (asked, pass) => {
        if (asked !== action || !broken) return pass();
        return {
          status: 403,
          headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' },
          body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>denied</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
        };
      };
      const id = await revoke(world, connectionId, 'delete-role', false);
      await until(world, () => found(world, id).state === 'failed');
      expect(found(world, id).error?.kind).toBe('access-denied');
      expect(found(world, id).blockedSince).toBeUndefined();
      expect(world.workspace.connections.find(connectionId)?.status).toBe('working');
      broken = false;
      must(await world.workspace.revocations.resume(id));
      await until(world, () => found(world, id).state === 'closing');
      expect(found(world, id).blockedSince).toBeDefined();
    },
  );

  it('goes on by itself after the app was killed, and says what nobody saw', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    let killed = false;
    world.wire.before = async (asked, pass) => {
      if (asked !== 'DetachRolePolicy') return pass();
      await pass();
      killed = true;
      return new Promise(() => undefined);
    };
    const id = await revoke(world, connectionId);
    await until(world, () => killed);
    world.clock.advance(90_000);
    const again = world.restart();
    expect(found(again, id).state).toBe('running');
    await again.workspace.launch();
    await until(again, () => found(again, id).proofState === 'complete', 1000);
    const { state, steps, unobserved } = found(again, id);
    expect(state).toBe('closing');
    expect(steps.map(({ call }) => call)).toContain('iam:DeleteRole');
    expect(unobserved).toEqual([expect.stringMatching(/^Between .* and .* Sallyport was closed/)]);
  });

  it('asks AssumeRole alone after it was killed while it asked, and claims no refusal that it did not see', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const id = await revoke(world, connectionId);
    // killed before the first answer of the old credential
    await until(world, () => found(world, id).wiped.length > 0);
    const before = found(world, id).proof.filter(({ as }) => as === 'old-session').length;
    const again = world.restart();
    await again.workspace.launch();
    await until(again, () => found(again, id).proofState === 'complete', 1000);
    const { proof, proofNote, refusedSince, unobserved } = found(again, id);
    expect(before).toBe(0);
    expect(proof.filter(({ answer }) => answer === 'refused').map(({ as }) => as)).toContain('deployer');
    expect(refusedSince === undefined).toBe(proof.every(({ as }) => as !== 'old-session'));
    expect(proofNote).toMatch(/AssumeRole was asked instead/);
    expect(unobserved).toContainEqual(expect.stringMatching(/^The old credential was wiped/));
  });

  it('counts a role that is gone already as closed', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const iam = iamOfOwner(world);
    await valueOf(iam.detachRolePolicy('DeploymentService', 'arn:aws:iam::aws:policy/AdministratorAccess'));
    await valueOf(iam.deleteRolePolicy('DeploymentService', 'DeploymentServicePolicy'));
    await valueOf(iam.deleteRole('DeploymentService'));
    const id = await revoke(world, connectionId, 'delete-role', false);
    await until(world, () => found(world, id).state === 'closing');
    expect(found(world, id).steps).toMatchObject([{ call: 'iam:DeleteRole', state: 'done' }]);
  });

  it('refuses credentials of another account before anything is touched', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const refused = await world.workspace.revocations.revoke(connectionId, {
      performer: { kind: 'source', sourceId: 'practice-deployer' },
      way: 'delete-role',
      prove: true,
    });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(world.workspace.revocations.list()).toEqual([]);
  });
});

describe('revocation by denying older sessions', () => {
  it('cuts the old session off, leaves the outer door open, and holds our own new sessions back', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    const id = await revoke(world, connectionId, 'deny-older-sessions');
    await until(world, () => found(world, id).proofState === 'complete', 1000);
    const revocation = found(world, id);
    expect(revocation.blockedSince).toBeUndefined();
    expect(revocation.refusedSince).toBeDefined();
    expect(revocation.proof.every(({ as }) => as === 'old-session')).toBe(true);
    const early = await world.workspace.sessions.start(connection, plainWish(900));
    expect(early).toMatchObject({ ok: false, error: { kind: 'not-possible', retryable: true } });
    world.clock.advance(40_000);
    const later = must(await world.workspace.sessions.start(connection, plainWish(900)));
    const credentials = must(await world.workspace.sessions.credentials(later.id));
    const iam = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
      sandboxEnvironment,
      fixed(credentials),
    );
    await valueOf(iam.listAccountAliases());
    expect(world.workspace.connections.find(connectionId)?.status).toBe('working');
  });
});
