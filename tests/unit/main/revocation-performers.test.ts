import { describe, expect, it } from 'vitest';
import { denyOlderSessionsPolicy, type Performer } from '../../../core/domain/revocation';
import { closedTrustPolicy, isClosedTrust, type RevocationWay } from '../../../core/domain/revocation-ways';
import { createAws } from '../../../main/aws/create-aws';
import { errorOf, fixed, sandboxEnvironment, valueOf } from '../../support/practice';
import { deployer, found, iamAs, iamOfOwner, management, owner, ready } from '../../support/revocation-world';
import { must, plainWish, until, type World } from '../../support/workspace-world';

const roleName = 'DeploymentService';

async function session(world: World, connectionId: string) {
  const connection = world.workspace.connections.find(connectionId);
  if (connection === undefined) throw new Error('no connection');
  const opened = must(await world.workspace.sessions.start(connection, plainWish(3600)));
  return { sessionId: opened.id, iam: iamAs(world, must(await world.workspace.sessions.credentials(opened.id))) };
}

async function take(world: World, connectionId: string, way: RevocationWay, performer: Performer) {
  const { revocationId } = must(
    await world.workspace.revocations.revoke(connectionId, { way, performer, prove: true }),
  );
  await until(world, () => !['running'].includes(found(world, revocationId).proofState), 1000);
  return revocationId;
}

describe('step by step', () => {
  it('closes, denies, sees AWS refuse, and only then deletes', async () => {
    const { world, connectionId } = await ready();
    await session(world, connectionId);
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, { way: 'step-by-step', performer: owner, prove: true }),
    );
    await until(world, () => found(world, revocationId).state === 'closing', 1000);
    const { blockedSince, deadBy, maxSessionDuration, proof, steps, taken } = found(world, revocationId);
    expect(taken).toEqual(['close-trust', 'deny-older-sessions', 'prove', 'delete-role']);
    const deletedAt = steps.find(({ call }) => call === 'iam:DeleteRole')?.at ?? 0;
    const refusals = proof.filter(({ answer }) => answer === 'refused');
    expect(refusals.map(({ as }) => as)).toEqual(['old-session', 'old-session', 'deployer', 'deployer']);
    expect(Math.max(...refusals.map(({ at }) => at))).toBeLessThanOrEqual(deletedAt);
    // nobody came in since the trust was closed, so the bound counts from there
    expect(deadBy?.at).toBe((blockedSince ?? 0) + 60_000 + maxSessionDuration * 1000);
    expect((await errorOf(iamOfOwner(world).getRole(roleName))).kind).toBe('no-such-entity');
  });

  it('deletes nothing while AWS still lets in, says so, and goes on when it does not any more', async () => {
    const { world, connectionId } = await ready();
    world.sandbox.setTrouble({ propagationDelayMs: 600_000 });
    await session(world, connectionId);
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, { way: 'step-by-step', performer: owner, prove: true }),
    );
    await until(world, () => found(world, revocationId).state === 'failed', 5000);
    expect(found(world, revocationId).error?.message).toMatch(/nothing was deleted/);
    await valueOf(iamOfOwner(world).getRole(roleName));
    world.clock.advance(600_000);
    must(await world.workspace.revocations.resume(revocationId));
    await until(world, () => found(world, revocationId).state === 'closing', 1000);
    expect(found(world, revocationId).proofState).toBe('complete');
    expect((await errorOf(iamOfOwner(world).getRole(roleName))).kind).toBe('no-such-entity');
  });
});

describe('denying everything', () => {
  it.each([
    ['deny-all', owner],
    ['boundary', owner],
    ['scp', management],
  ] as const)(
    'by %s cuts live sessions off, leaves everybody else, and is taken back whole',
    async (way, performer) => {
      const { world, connectionId } = await ready();
      const { iam } = await session(world, connectionId);
      await valueOf(iam.listRoles());
      const id = await take(world, connectionId, way, performer);
      expect(found(world, id)).toMatchObject({ state: 'closing', proofState: 'complete' });
      expect(found(world, id).blockedSince).toBeUndefined();
      expect((await errorOf(iam.listRoles())).kind).toBe('access-denied');
      await valueOf(iamOfOwner(world).listRoles());
      must(await world.workspace.revocations.undo(id));
      world.clock.advance(10_000);
      await valueOf(iam.listRoles());
      const organizations = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).organizations(
        sandboxEnvironment,
        fixed(world.sandbox.identity('management')),
      );
      expect((await valueOf(organizations.listPolicies())).map(({ name }) => name)).toEqual(['FullAWSAccess']);
      expect((await valueOf(iamOfOwner(world).getRole(roleName))).permissionsBoundaryArn).toBeUndefined();
    },
  );

  it('by a service control policy is refused to credentials of another account than the management account', async () => {
    const { world, connectionId } = await ready();
    const refused = await world.workspace.revocations.revoke(connectionId, {
      ...{ way: 'scp', performer: owner, prove: false },
    });
    expect(!refused.ok && refused.error.message).toMatch(/belongs to account 222233334444/);
    expect(world.workspace.revocations.list()).toEqual([]);
  });

  it('puts back a boundary and a deny that stood there before', async () => {
    const { world, connectionId } = await ready();
    const iam = iamOfOwner(world);
    await valueOf(iam.putRolePermissionsBoundary(roleName, 'arn:aws:iam::aws:policy/PowerUserAccess'));
    const earlier = denyOlderSessionsPolicy(1_700_000_000_000);
    await valueOf(iam.putRolePolicy(roleName, 'AWSRevokeOlderSessions', earlier));
    const boundary = await take(world, connectionId, 'boundary', owner);
    must(await world.workspace.revocations.undo(boundary));
    expect((await valueOf(iam.getRole(roleName))).permissionsBoundaryArn).toMatch(/PowerUserAccess$/);
    const denied = await take(world, connectionId, 'deny-older-sessions', owner);
    must(await world.workspace.revocations.undo(denied));
    expect(JSON.parse(await valueOf(iam.getRolePolicy(roleName, 'AWSRevokeOlderSessions')))).toEqual(
      JSON.parse(earlier),
    );
  });
});

describe('the witness', () => {
  it.each([
    ['s3:ListAllMyBuckets', 's3:ListAllMyBuckets'],
    ['organizations:DescribeOrganization', 'organizations:DescribeOrganization'],
  ])('of a role that may only %s is asked that', async (action, call) => {
    const { world, connectionId } = await ready();
    const iam = iamOfOwner(world);
    await valueOf(iam.detachRolePolicy(roleName, 'arn:aws:iam::aws:policy/AdministratorAccess'));
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
    await valueOf(iam.putRolePolicy(roleName, 'Inline', JSON.stringify(document)));
    world.clock.advance(10_000);
    await session(world, connectionId);
    expect(must(await world.workspace.revocations.preview(connectionId, 'quarantine', owner)).probe).toBe('possible');
    const id = await take(world, connectionId, 'quarantine', owner);
    const old = found(world, id).proof.filter(({ as }) => as === 'old-session');
    expect(new Set(old.map((entry) => entry.call))).toEqual(new Set([call]));
    expect(old.filter(({ answer }) => answer === 'refused')).toHaveLength(2);
  });
});

describe('taking the caller’s right', () => {
  it('needs the right over a user where a user calls, and not that over roles', async () => {
    const { world, connectionId } = await ready();
    const preview = must(await world.workspace.revocations.preview(connectionId, 'caller', deployer));
    expect(preview.needs).toEqual(['iam:PutUserPolicy']);
  });

  it('keeps this caller out and leaves the role and its live sessions alone', async () => {
    const { world, connectionId } = await ready();
    const { iam } = await session(world, connectionId);
    const id = await take(world, connectionId, 'caller', deployer);
    expect(found(world, id)).toMatchObject({
      ...{ state: 'closing', proofState: 'complete', made: { caller: { kind: 'user', name: 'practice-deployer' } } },
    });
    expect(found(world, id).proof.every(({ as }) => as === 'deployer')).toBe(true);
    await valueOf(iam.listRoles());
    expect(isClosedTrust((await valueOf(iamOfOwner(world).getRole(roleName))).trustPolicy)).toBe(false);
    must(await world.workspace.revocations.undo(id));
    world.clock.advance(10_000);
    await session(world, connectionId);
  });
});

describe('the role’s own session', () => {
  it('puts its role under quarantine with its last call, and somebody else takes it back', async () => {
    const { world, connectionId } = await ready();
    const { iam, sessionId } = await session(world, connectionId);
    const id = await take(world, connectionId, 'quarantine', { kind: 'own-session', sessionId });
    expect(found(world, id)).toMatchObject({ state: 'closing', proofState: 'complete' });
    expect(found(world, id).doneBy).toMatch(/^the role’s own session …/);
    expect(found(world, id).steps.map(({ call }) => call)).toEqual(['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy']);
    expect((await errorOf(iam.listRoles())).kind).toBe('access-denied');
    expect(JSON.parse((await valueOf(iamOfOwner(world).getRole(roleName))).trustPolicy)).toEqual(
      JSON.parse(closedTrustPolicy()),
    );
    must(await world.workspace.revocations.undo(id));
    expect(isClosedTrust((await valueOf(iamOfOwner(world).getRole(roleName))).trustPolicy)).toBe(false);
  });

  it('cannot delete the role it lives by', async () => {
    const { world, connectionId } = await ready();
    const { sessionId } = await session(world, connectionId);
    const refused = await world.workspace.revocations.revoke(connectionId, {
      ...{ way: 'delete-role', performer: { kind: 'own-session', sessionId }, prove: true },
    });
    expect(!refused.ok && refused.error.message).toMatch(/can only put the role under quarantine/);
  });
});

describe('the management account’s role in a member account', () => {
  it('is assumed for it', async () => {
    const { world, connectionId } = await ready();
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '333344445555' }, Action: 'sts:AssumeRole' }],
    };
    const iam = iamOfOwner(world);
    await valueOf(
      iam.createRole({
        ...{ name: 'OrganizationAccountAccessRole', path: '/', description: '', maxSessionDuration: 3600, tags: [] },
        trustPolicy: JSON.stringify(trust),
      }),
    );
    await valueOf(iam.attachRolePolicy('OrganizationAccountAccessRole', 'arn:aws:iam::aws:policy/AdministratorAccess'));
    world.clock.advance(10_000);
    const performer: Performer = {
      ...{ kind: 'member-role', sourceId: 'practice-management', roleName: 'OrganizationAccountAccessRole' },
    };
    const id = await take(world, connectionId, 'close-trust', performer);
    expect(found(world, id)).toMatchObject({
      state: 'closing',
      doneBy: 'OrganizationAccountAccessRole, by management',
    });
    expect(isClosedTrust((await valueOf(iam.getRole(roleName))).trustPolicy)).toBe(true);
  });
});

describe('nobody here', () => {
  it('waits for the owner, says that AWS still lets in, and sees it closed', async () => {
    const { world, connectionId } = await ready();
    await session(world, connectionId);
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, {
        ...{ way: 'delete-role', performer: { kind: 'owner' }, prove: true },
      }),
    );
    expect(found(world, revocationId)).toMatchObject({ state: 'asked', proofState: 'not-asked', doneBy: 'the owner' });
    must(world.workspace.revocations.check(revocationId));
    await until(world, () => found(world, revocationId).proofState === 'stopped', 1000);
    expect(found(world, revocationId)).toMatchObject({ state: 'asked' });
    expect(found(world, revocationId).deadBy).toBeUndefined();
    expect(world.workspace.sessions.liveFor(connectionId)).toHaveLength(1);

    const iam = iamOfOwner(world);
    await valueOf(iam.detachRolePolicy(roleName, 'arn:aws:iam::aws:policy/AdministratorAccess'));
    await valueOf(iam.deleteRolePolicy(roleName, 'Inline'));
    await valueOf(iam.deleteRole(roleName));
    world.clock.advance(10_000);
    must(world.workspace.revocations.check(revocationId));
    await until(world, () => found(world, revocationId).state === 'closing', 1000);
    const { blockedSince, proof, taken, unobserved, wiped } = found(world, revocationId);
    expect(taken).toEqual([]);
    expect(proof.map(({ at }) => at)).toContain(blockedSince);
    expect(unobserved).toContainEqual(expect.stringMatching(/^When the owner closed it was not seen/));
    expect(wiped).toMatchObject([{ verified: true }]);
    expect(world.workspace.connections.find(connectionId)?.status).toBe('closing');
  });

  it('is withdrawn without touching AWS', async () => {
    const { world, connectionId } = await ready();
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, {
        ...{
          way: 'delete-stack',
          performer: { kind: 'owner' },
          prove: true,
          stack: { name: 'Roles', region: 'eu-west-1' },
        },
      }),
    );
    const asked = world.wire.actions.length;
    must(await world.workspace.revocations.undo(revocationId));
    expect(found(world, revocationId)).toMatchObject({ state: 'undone', stack: { name: 'Roles' } });
    expect(world.wire.actions).toHaveLength(asked);
  });

  it('is the only one who deletes a stack', async () => {
    const { world, connectionId } = await ready();
    const refused = await world.workspace.revocations.revoke(connectionId, {
      ...{ way: 'delete-stack', performer: owner, prove: true },
    });
    expect(!refused.ok && refused.error.message).toMatch(/deleted in CloudFormation/);
  });
});
