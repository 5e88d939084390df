import { describe, expect, it } from 'vitest';
import { closedTrustPolicy, isClosedTrust, type RevocationWay } from '../../../core/domain/revocation-ways';
import { errorOf, valueOf } from '../../support/practice';
import { iamAs, iamOfOwner } from '../../support/revocation-world';
import { connected, must, newWorld, plainWish, until, type World } from '../../support/workspace-world';

const roleName = 'DeploymentService';

function found(world: World, id: string) {
  const revocation = world.workspace.revocations.find(id);
  if (revocation === undefined) throw new Error('no revocation');
  return revocation;
}

/** A connection that was closed in this way, and what an old session of it can still show. */
async function closed(way: RevocationWay) {
  const world = newWorld();
  const { connectionId, sessionId } = await connected(world);
  const old = iamAs(world, must(await world.workspace.sessions.credentials(sessionId)));
  const owner = iamOfOwner(world);
  const trustBefore = (await valueOf(owner.getRole(roleName))).trustPolicy;
  const { revocationId } = must(
    await world.workspace.revocations.revoke(connectionId, {
      performer: { kind: 'source', sourceId: 'practice-owner' },
      way,
      prove: true,
    }),
  );
  await until(world, () => !['running'].includes(found(world, revocationId).proofState), 1000);
  return { world, connectionId, old, owner, trustBefore, revocationId };
}

async function mayAssume(world: World, connectionId: string): Promise<boolean> {
  const connection = world.workspace.connections.find(connectionId);
  if (connection === undefined) throw new Error('no connection');
  return (await world.workspace.sessions.start(connection, plainWish(900))).ok;
}

describe('closing the trust', () => {
  it('shuts the outer door, proves it, and leaves live sessions to their own end', async () => {
    const { world, connectionId, old, owner, revocationId } = await closed('close-trust');
    const revocation = found(world, revocationId);
    expect(revocation).toMatchObject({ state: 'closing', proofState: 'complete' });
    expect(revocation.blockedSince).toBeDefined();
    expect(revocation.proof.map(({ as }) => as)).not.toContain('old-session');
    expect(isClosedTrust((await valueOf(owner.getRole(roleName))).trustPolicy)).toBe(true);
    expect(await mayAssume(world, connectionId)).toBe(false);
    await valueOf(old.listRoles());
    expect(revocation.deadBy?.reason).toMatch(/^Sessions from before go on/);
    world.clock.advance(3_600_000 + 120_000);
    await until(world, () => found(world, revocationId).state === 'ended');
    expect(world.workspace.connections.find(connectionId)?.status).toBe('revoked');
  });

  it('is taken back to the very text from before, and the connection works again', async () => {
    const { world, connectionId, owner, trustBefore, revocationId } = await closed('close-trust');
    must(await world.workspace.revocations.undo(revocationId));
    expect((await valueOf(owner.getRole(roleName))).trustPolicy).toBe(trustBefore);
    expect(found(world, revocationId)).toMatchObject({ state: 'undone' });
    expect(world.workspace.connections.find(connectionId)?.status).toBe('not-tested');
    expect(await mayAssume(world, connectionId)).toBe(true);
    expect(world.audit.at(-2)).toMatchObject({ act: 'revocation.undone', way: 'close-trust' });
    expect((await world.workspace.revocations.undo(revocationId)).ok).toBe(false);
  });

  it('is not taken back over what somebody wrote since', async () => {
    const { world, owner, trustBefore, revocationId } = await closed('close-trust');
    const theirs = JSON.stringify({ ...JSON.parse(trustBefore), Id: 'theirs' });
    await valueOf(owner.updateAssumeRolePolicy(roleName, theirs));
    const refused = await world.workspace.revocations.undo(revocationId);
    expect(!refused.ok && refused.error.message).toMatch(/^Somebody has changed the trust policy/);
    expect((await valueOf(owner.getRole(roleName))).trustPolicy).toBe(theirs);
    expect(found(world, revocationId)).toMatchObject({ state: 'closing', undo: { error: { kind: 'not-possible' } } });
  });
});

describe('detaching the permissions', () => {
  it('leaves the role there and powerless, and puts each policy back with its text', async () => {
    const { world, connectionId, old, owner, revocationId } = await closed('detach-permissions');
    expect(found(world, revocationId)).toMatchObject({ state: 'closing', proofState: 'complete' });
    expect(found(world, revocationId).blockedSince).toBeUndefined();
    expect((await errorOf(old.listRoles())).kind).toBe('access-denied');
    expect(await mayAssume(world, connectionId)).toBe(true);
    expect(await valueOf(owner.listAttachedRolePolicies(roleName))).toEqual([]);
    expect(await valueOf(owner.listRolePolicies(roleName))).toEqual([]);
    must(await world.workspace.revocations.undo(revocationId));
    expect((await valueOf(owner.listAttachedRolePolicies(roleName))).map(({ name }) => name)).toEqual([
      'AdministratorAccess',
    ]);
    const [name = ''] = await valueOf(owner.listRolePolicies(roleName));
    expect(JSON.parse(await valueOf(owner.getRolePolicy(roleName, name)))).toMatchObject({
      Statement: [{ Action: 's3:GetObject' }],
    });
    await valueOf(old.listRoles());
  });
});

describe('quarantine', () => {
  it('shuts both doors, loses nothing, and is taken back whole', async () => {
    const { world, connectionId, old, owner, trustBefore, revocationId } = await closed('quarantine');
    const revocation = found(world, revocationId);
    expect(revocation).toMatchObject({ state: 'closing', proofState: 'complete' });
    expect(new Set(revocation.proof.filter(({ answer }) => answer === 'refused').map(({ as }) => as))).toEqual(
      new Set(['old-session', 'deployer']),
    );
    expect((await errorOf(old.listRoles())).kind).toBe('access-denied');
    expect(await mayAssume(world, connectionId)).toBe(false);
    expect(await valueOf(owner.listAttachedRolePolicies(roleName))).toHaveLength(1);
    expect(revocation.steps.map(({ call, state }) => `${call} ${state}`)).toEqual([
      'iam:UpdateAssumeRolePolicy done',
      'iam:PutRolePolicy done',
    ]);
    must(await world.workspace.revocations.undo(revocationId));
    expect((await valueOf(owner.getRole(roleName))).trustPolicy).toBe(trustBefore);
    expect(await valueOf(owner.listRolePolicies(roleName))).not.toContain('AWSRevokeOlderSessions');
    await valueOf(old.listRoles());
  });
});

describe('taking back at once', () => {
  it('ends the asking for a proof, and new sessions need not wait for the cutoff', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const { revocations } = world.workspace;
    const { revocationId } = must(
      await revocations.revoke(connectionId, {
        performer: { kind: 'source', sourceId: 'practice-owner' },
        way: 'quarantine',
        prove: true,
      }),
    );
    await until(world, () => found(world, revocationId).proof.length > 0);
    expect(await mayAssume(world, connectionId)).toBe(false);
    must(await revocations.undo(revocationId));
    expect(found(world, revocationId)).toMatchObject({ state: 'undone', proofState: 'stopped' });
    const asked = found(world, revocationId).proof.length;
    await until(world, () => world.clock.monotonic() > 60_000, 5000);
    expect(found(world, revocationId).proof).toHaveLength(asked);
    expect(await mayAssume(world, connectionId)).toBe(true);
  });
});

describe('before anything is touched', () => {
  it('AWS is asked which of the rights the chosen credentials lack', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const owner = must(
      await world.workspace.revocations.preview(connectionId, 'step-by-step', {
        kind: 'source',
        sourceId: 'practice-owner',
      }),
    );
    expect(owner.missing).toEqual([]);
    expect(owner.permissions).toEqual(['Inline policy DeploymentServicePolicy', 'Attachment of AdministratorAccess']);
    const iam = iamOfOwner(world);
    const user = world.sandbox.identity('owner').arn.split('/').at(-1) ?? '';
    const weaken = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: ['iam:DeleteRole', 'iam:UpdateAssumeRolePolicy'], Resource: '*' }],
    });
    await valueOf(iam.createPolicy({ name: 'Weak', path: '/', tags: [], description: '', document: weaken }));
    await valueOf(iam.attachUserPolicy(user, `arn:aws:iam::${world.sandbox.identity('owner').accountId}:policy/Weak`));
    const weak = must(
      await world.workspace.revocations.preview(connectionId, 'step-by-step', {
        kind: 'source',
        sourceId: 'practice-owner',
      }),
    );
    expect(weak.missing).toEqual(['iam:UpdateAssumeRolePolicy', 'iam:DeleteRole']);
  });

  it('a role that cannot come back is not offered to be put back', async () => {
    const { world, revocationId } = await closed('delete-role');
    const refused = await world.workspace.revocations.undo(revocationId);
    expect(!refused.ok && refused.error.message).toBe('There is nothing to put back.');
  });

  it('a closed trust is known by its meaning, not by its blanks', () => {
    expect(isClosedTrust(JSON.stringify(JSON.parse(closedTrustPolicy())))).toBe(true);
    expect(isClosedTrust('{}')).toBe(false);
    expect(isClosedTrust('not JSON')).toBe(false);
  });
});
