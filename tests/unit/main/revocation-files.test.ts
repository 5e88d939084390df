import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRevocationRequest, writeRevocationRequest } from '../../../core/domain/revocation-request';
import { errorOf, valueOf } from '../../support/practice';
import { found, iamOfOwner, owner, ready } from '../../support/revocation-world';
import { must, until, type World } from '../../support/workspace-world';

const roleName = 'DeploymentService';
const roleArn = 'arn:aws:iam::222233334444:role/DeploymentService';

async function saved(
  world: World,
  revocationId: string,
  what: 'report-html' | 'report-json' | 'request' | 'request-page' | 'bash' | 'powershell',
) {
  must(await world.workspace.revocationFiles.save(revocationId, what));
  const last = [...world.files.saved].at(-1);
  if (last === undefined) throw new Error('nothing saved');
  return { name: last[0], text: last[1] };
}

describe('files of a revocation', () => {
  it('are a report to be signed and its data, of which the report names the digest', async () => {
    const { world, connectionId } = await ready();
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, { way: 'quarantine', performer: owner, prove: true }),
    );
    await until(world, () => found(world, revocationId).proofState === 'complete', 1000);
    must(world.workspace.revocationCare.signOff(revocationId, 'A. Auditor', ''));
    const data = await saved(world, revocationId, 'report-json');
    const page = await saved(world, revocationId, 'report-html');
    expect(data.name).toBe('DeploymentService-revocation.json');
    expect(JSON.parse(data.text)).toMatchObject({ kind: 'sallyport-revocation-report', signOff: { by: 'A. Auditor' } });
    expect(page.text).toContain(createHash('sha256').update(data.text).digest('hex'));
    for (const { requestId } of found(world, revocationId).proof) expect(page.text).toContain(requestId);
  });

  it('are what the owner needs where nobody here may do it', async () => {
    const { world, connectionId } = await ready();
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, {
        way: 'delete-role',
        performer: { kind: 'owner' },
        prove: true,
      }),
    );
    const request = await saved(world, revocationId, 'request');
    expect(must(readRevocationRequest(request.text))).toMatchObject({
      ...{ roleArn, way: 'delete-role', askedBy: 'user/practice-deployer of 111122223333' },
    });
    expect((await saved(world, revocationId, 'request-page')).text).toContain(roleArn);
    expect((await saved(world, revocationId, 'bash')).text).toContain('delete-role');
    expect((await saved(world, revocationId, 'powershell')).text).toContain('delete-role');
  });
});

describe('a request that arrived', () => {
  const request = (arn: string, accountId: string) =>
    must(
      writeRevocationRequest({
        ...{ askedAt: 1_700_000_000_000, askedBy: 'Somebody', roleArn: arn, roleName: arn.split('/').at(-1) ?? '' },
        ...{ accountId, region: 'eu-west-1', way: 'quarantine', why: 'The project is over.' },
      }),
    );

  it('for a role that is no connection here is done with credentials of its account, and says that nobody could be asked', async () => {
    const { world } = await ready();
    const iam = iamOfOwner(world);
    const { trustPolicy } = await valueOf(iam.getRole(roleName));
    await valueOf(
      iam.createRole({ name: 'Other', path: '/', description: '', maxSessionDuration: 7200, tags: [], trustPolicy }),
    );
    const { revocations } = world.workspace;
    const text = request('arn:aws:iam::222233334444:role/Other', '222233334444');
    const { isConnection, targetId } = must(revocations.targets.ask(text));
    expect(isConnection).toBe(false);
    expect(must(revocations.targets.ask(text)).targetId).toBe(targetId);
    expect(must(await revocations.preview(targetId, 'quarantine', owner))).toMatchObject({ maxSessionDuration: 7200 });
    const { revocationId } = must(
      await revocations.revoke(targetId, { way: 'quarantine', performer: owner, prove: true }),
    );
    await until(world, () => found(world, revocationId).proofState !== 'running', 1000);
    expect(found(world, revocationId)).toMatchObject({ state: 'closing', proofState: 'impossible' });
    expect(found(world, revocationId).proofNote).toMatch(/^Nobody could be asked/);
    expect((await valueOf(iam.getRole('Other'))).trustPolicy).toContain('ClosedBySallyport');
    // taken back after a restart, when the request itself is not known any more
    const again = world.restart();
    must(await again.workspace.revocations.undo(revocationId));
    expect((await valueOf(iam.getRole('Other'))).trustPolicy).toBe(trustPolicy);
  });

  it('is not deleted step by step where nobody could see AWS refuse', async () => {
    const { world } = await ready();
    const iam = iamOfOwner(world);
    const { trustPolicy } = await valueOf(iam.getRole(roleName));
    await valueOf(
      iam.createRole({ name: 'Other', path: '/', description: '', maxSessionDuration: 3600, tags: [], trustPolicy }),
    );
    const { revocations } = world.workspace;
    const { targetId } = must(revocations.targets.ask(request('arn:aws:iam::222233334444:role/Other', '222233334444')));
    const wish = { way: 'step-by-step', performer: owner, prove: true } as const;
    const { revocationId } = must(await revocations.revoke(targetId, wish));
    await until(world, () => found(world, revocationId).state === 'failed', 1000);
    expect(found(world, revocationId).error?.message).toMatch(/^Nobody here could ask AWS/);
    expect((await valueOf(iam.getRole('Other'))).trustPolicy).toContain('ClosedBySallyport');
    const deletion = must(await revocations.revoke(targetId, { way: 'delete-role', performer: owner, prove: true }));
    await until(world, () => found(world, deletion.revocationId).state === 'closing', 1000);
    expect((await errorOf(iam.getRole('Other'))).kind).toBe('no-such-entity');
  });

  it('for one of our own connections is that connection’s revocation', async () => {
    const { world, connectionId } = await ready();
    expect(must(world.workspace.revocations.targets.ask(request(roleArn, '222233334444')))).toMatchObject({
      ...{ isConnection: true, targetId: connectionId },
    });
  });

  it('does nothing by itself', async () => {
    const { world } = await ready();
    const before = world.wire.actions.length;
    must(world.workspace.revocations.targets.ask(request(roleArn, '222233334444')));
    expect(world.wire.actions).toHaveLength(before);
    expect(world.workspace.revocations.list()).toEqual([]);
    const refused = world.workspace.revocations.targets.ask('{"kind":"sallyport-revocation-request"}');
    expect(refused.ok).toBe(false);
    expect((await errorOf(iamOfOwner(world).getRole('Absent'))).kind).toBe('no-such-entity');
  });
});
