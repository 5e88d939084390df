import { describe, expect, it } from 'vitest';
import { revocation as contract } from '../../../core/contract/revocation';
import { ok } from '../../../core/result';
import { answerCall } from '../../../main/ipc/answer-call';
import { denyOlderSessionsPolicy, mostRevocations } from '../../../core/domain/revocation';
import { revocationsCollection } from '../../../main/revocation/records';
import { documentOf } from '../../../main/store/collection';
import { fromEnvelope } from '../../../main/store/document';
import { hold } from '../../support/hold';
import { valueOf } from '../../support/practice';
import { found, iamOfOwner, owner, ready } from '../../support/revocation-world';
import { must, plainWish, until } from '../../support/workspace-world';

const roleName = 'DeploymentService';
const roleArn = 'arn:aws:iam::222233334444:role/DeploymentService';

async function quarantined() {
  const { world, connectionId } = await ready();
  const { revocationId } = must(
    await world.workspace.revocations.revoke(connectionId, { way: 'quarantine', performer: owner, prove: false }),
  );
  await until(world, () => found(world, revocationId).state === 'closing');
  return { world, connectionId, revocationId, care: world.workspace.revocationCare };
}

describe('the deny that has become inert', () => {
  it('is cleaned up once nobody is old enough for it, and not before', async () => {
    const { care, revocationId, world } = await quarantined();
    expect((await care.cleanUp(revocationId)).ok).toBe(false);
    world.clock.advance(3_600_000 + 120_000);
    await until(world, () => found(world, revocationId).state === 'ended');
    must(await care.cleanUp(revocationId));
    expect(await valueOf(iamOfOwner(world).listRolePolicies(roleName))).toEqual(['Inline']);
    expect(found(world, revocationId).cleanedUpAt).toBeGreaterThan(0);
    expect(found(world, revocationId).steps.at(-1)).toMatchObject({ call: 'iam:DeleteRolePolicy', state: 'done' });
  });

  it('is left where somebody has put another time in it since', async () => {
    const { care, revocationId, world } = await quarantined();
    world.clock.advance(3_600_000 + 120_000);
    await until(world, () => found(world, revocationId).state === 'ended');
    const theirs = denyOlderSessionsPolicy(world.clock.now());
    await valueOf(iamOfOwner(world).putRolePolicy(roleName, 'AWSRevokeOlderSessions', theirs));
    const refused = await care.cleanUp(revocationId);
    expect(!refused.ok && refused.error.message).toMatch(/written anew since/);
    expect(await valueOf(iamOfOwner(world).listRolePolicies(roleName))).toContain('AWSRevokeOlderSessions');
  });
});

describe('CloudTrail', () => {
  const said = (name: string, region: string, from: number, to: number, events: object[]) =>
    JSON.stringify({
      Lookup: {
        EventName: name,
        Region: region,
        StartTime: new Date(from).toISOString(),
        EndTime: new Date(to).toISOString(),
      },
      Events: events,
      NextToken: null,
    });

  const event = (issuedAt: number, expiresAt: number, token: string) => ({
    EventId: 'e-1',
    EventName: 'AssumeRole',
    EventTime: new Date(issuedAt).toISOString(),
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.08',
      eventName: 'AssumeRole',
      eventTime: new Date(issuedAt).toISOString(),
      eventSource: 'sts.amazonaws.com',
      awsRegion: 'eu-west-1',
      eventID: 'e-1',
      requestParameters: { roleArn, roleSessionName: 'x' },
      responseElements: {
        credentials: {
          accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
          sessionToken: token,
          expiration: new Date(expiresAt).toISOString(),
        },
      },
      resources: [{ ARN: roleArn, accountId: '222233334444', type: 'AWS::IAM::Role' }],
    }),
  });

  it('shortens the clock to the last session that it knows, and keeps no token', async () => {
    const { care, revocationId, world } = await quarantined();
    const { blockedSince = 0, deadBy } = found(world, revocationId);
    world.clock.advance(16 * 60_000);
    const from = blockedSince - 2 * 3_600_000;
    const to = blockedSince + 15 * 60_000;
    const canary = 'CANARY-token-of-somebody';
    const lastEnd = Math.floor(blockedSince / 1000) * 1000 + 20 * 60_000;
    const text = ['eu-west-1', 'us-east-1']
      .flatMap((region) =>
        ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'].map((name) =>
          said(
            name,
            region,
            from,
            to,
            name === 'AssumeRole' && region === 'eu-west-1' ? [event(lastEnd - 3_600_000, lastEnd, canary)] : [],
          ),
        ),
      )
      .join('\n');
    expect(must(care.narrow(revocationId, text))).toMatchObject({ sessions: 1 });
    const { deadBy: now, narrowed } = found(world, revocationId);
    expect(now).toMatchObject({ at: lastEnd, basis: 'events' });
    expect(now?.at).toBeLessThan(deadBy?.at ?? 0);
    expect(narrowed).toMatchObject({ sessions: 1, events: 1 });
    expect(JSON.stringify([world.documents.revocations.all(), world.audit, world.events])).not.toContain('CANARY');
    world.clock.advance(lastEnd - world.clock.now() + 1000);
    await until(world, () => found(world, revocationId).state === 'ended');
  });

  it('is taken from the window whole: a day of events is larger than any other message', async () => {
    const taken: unknown[] = [];
    const text = 'x'.repeat(1_000_000);
    const { revocationId } = await quarantined();
    const ask = (call: Parameters<typeof answerCall>[1]) =>
      answerCall(
        'narrow',
        call,
        (given) => {
          taken.push(given);
          return ok({ sessions: 0, note: '' });
        },
        { revocationId, text },
        () => undefined,
      );
    expect(await ask(contract.narrow)).toMatchObject({ ok: true });
    expect(taken).toHaveLength(1);
    const { largest: _largest, ...usual } = contract.narrow;
    expect(await ask(usual)).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
  });

  it('leaves the bound while CloudTrail may still deliver', async () => {
    const { care, revocationId, world } = await quarantined();
    const { blockedSince = 0, deadBy } = found(world, revocationId);
    const text = said('AssumeRole', 'eu-west-1', blockedSince - 7_200_000, blockedSince + 900_000, []);
    expect(must(care.narrow(revocationId, text)).note).toMatch(/^CloudTrail tells of a call up to 15 min later/);
    expect(found(world, revocationId).deadBy).toEqual(deadBy);
  });
});

describe('a record', () => {
  it('that is over makes room when as many are there as are kept, and nothing else does', async () => {
    const { revocationId, world } = await quarantined();
    const one = found(world, revocationId);
    const { records } = world.workspace.revocations;
    const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const others = Array.from({ length: mostRevocations - 1 }, (_, index) => ({ ...one, id: id(index) }));
    must(world.documents.revocations.change({ put: others }));
    const full = records.add({ ...one, id: id(9_999) });
    expect(!full.ok && full.error.whatToDo).not.toBe('');
    records.patch(id(7), (record) => ({ ...record, state: 'ended' }));
    must(records.add({ ...one, id: id(9_999) }));
    expect(records.all()).toHaveLength(mostRevocations);
    expect(records.find(id(7))).toBeUndefined();
    expect(records.find(id(9_999))).toBeDefined();
  });

  it('is signed off by name, and the audit log says so', async () => {
    const { care, revocationId, world } = await quarantined();
    must(care.signOff(revocationId, 'A. Auditor', 'Seen.'));
    expect(found(world, revocationId).signOff).toMatchObject({ by: 'A. Auditor', note: 'Seen.' });
    expect(world.audit.at(-1)).toMatchObject({ act: 'revocation.signed-off', revocationId });
  });

  it('of the first version is read, with its source as the performer and its measures taken', async () => {
    const { revocationId, world } = await quarantined();
    const { performer: _performer, taken: _taken, unobserved: _unobserved, ...rest } = found(world, revocationId);
    const data = { revocations: [{ ...rest, targetSourceId: 'practice-owner' }] };
    const migrated = fromEnvelope(documentOf(revocationsCollection), { version: 1, data });
    expect('value' in migrated ? migrated.value['revocations']?.[0] : migrated).toMatchObject({
      performer: owner,
      taken: ['close-trust', 'deny-older-sessions', 'prove'],
    });
  });
});

describe('wiping', () => {
  it('takes the endpoint, the clipboard and the keychain, and each was looked for again', async () => {
    const { world, connectionId } = await ready();
    const connection = world.workspace.connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    const { id } = must(await world.workspace.sessions.start(connection, plainWish(3600)));
    const { port } = must(await world.workspace.handoff.startEndpoint(id));
    must(await world.workspace.handoff.copyEnvironment(id, 'bash'));
    expect(world.clipboard.text).toContain('AWS_SESSION_TOKEN');
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, { way: 'quarantine', performer: owner, prove: false }),
    );
    await until(world, () => found(world, revocationId).wiped.length >= 3);
    expect(found(world, revocationId).wiped).toMatchObject([
      { title: `Endpoint on port ${port}`, verified: true },
      { title: 'Clipboard', verified: true },
      { title: expect.stringMatching(/^Keychain, session …/) as string, verified: true },
    ]);
    expect(world.clipboard.text).toBe('');
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});

describe('many at once', () => {
  it('are planned, closed a few at a time, and each has its result', async () => {
    const { world, connectionId } = await ready();
    const first = world.workspace.connections.find(connectionId);
    if (first === undefined) throw new Error('no connection');
    const iam = iamOfOwner(world);
    const { trustPolicy } = await valueOf(iam.getRole(roleName));
    const ids = [connectionId];
    for (let index = 1; index < 7; index += 1) {
      const name = `Role${index}`;
      await valueOf(
        iam.createRole({ name, path: '/', description: '', maxSessionDuration: 3600, tags: [], trustPolicy }),
      );
      const id = `00000000-0000-4000-8000-00000000000${index}`;
      must(
        world.workspace.connections.add({
          ...first,
          id,
          name,
          roleName: name,
          roleArn: `arn:aws:iam::222233334444:role/${name}`,
        }),
      );
      ids.push(id);
    }
    must(
      world.workspace.connections.add({
        ...{ ...first, id: '00000000-0000-4000-8000-000000000009', name: 'Foreign', accountId: '999988887777' },
        roleArn: 'arn:aws:iam::999988887777:role/DeploymentService',
      }),
    );
    const batches = world.workspace.revocationBatches;
    const { planned } = await batches.plan({ kind: 'everything' });
    expect(planned).toHaveLength(8);
    expect(planned.filter(({ performer }) => performer === undefined)).toMatchObject([
      { name: 'Foreign', problem: expect.stringMatching(/^No credentials of account 999988887777/) as string },
    ]);
    expect(world.wire.actions).not.toContain('UpdateAssumeRolePolicy');
    expect((await batches.plan({ kind: 'connections', connectionIds: [connectionId] })).planned).toHaveLength(1);
    must(world.workspace.connections.setFolder([connectionId], 'Internal'));
    expect((await batches.plan({ kind: 'folder', folder: 'Internal' })).planned).toMatchObject([{ connectionId }]);
    must(world.workspace.connections.setFolder([connectionId], undefined));
    expect((await batches.plan({ kind: 'folder', folder: 'Internal' })).planned).toEqual([]);
    expect((await batches.plan({ kind: 'account', accountId: '999988887777' })).planned).toMatchObject([
      { name: 'Foreign' },
    ]);
    expect((await batches.plan({ kind: 'recipe', recipeId: 'zappa' })).planned).toEqual([]);
    expect((await batches.plan({ kind: 'source', sourceId: 'practice-deployer' })).planned).toHaveLength(8);

    let running = 0;
    let most = 0;
    world.wire.before = async (action, pass) => {
      if (action !== 'UpdateAssumeRolePolicy') return pass();
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return pass();
    };
    const items = planned.flatMap(({ connectionId: id, performer }) =>
      performer === undefined ? [] : [{ connectionId: id, performer }],
    );
    // somebody deletes a connection's credentials meanwhile: that one fails, and the others do not
    const { batchId } = must(
      batches.begin('close-trust', [
        ...items.slice(0, 6),
        { ...items[6]!, performer: { kind: 'source', sourceId: 'gone' } },
      ]),
    );
    await until(world, () =>
      must(batches.view(batchId)).items.every(({ state }) => state === 'closed' || state === 'failed'),
    );
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    const view = must(batches.view(batchId));
    expect(view.items.filter(({ state }) => state === 'closed')).toHaveLength(6);
    expect(view.items.filter(({ state }) => state === 'failed')).toMatchObject([
      { error: { kind: 'credentials-missing' } },
    ]);
    // what is closed is not planned again
    expect((await batches.plan({ kind: 'everything' })).planned).toHaveLength(2);
  });

  it('are exactly those of the plan that was looked at, and once', async () => {
    const { world, connectionId } = await ready();
    const first = world.workspace.connections.find(connectionId);
    if (first === undefined) throw new Error('no connection');
    const batches = world.workspace.revocationBatches;
    const { planId } = await batches.plan({ kind: 'everything' });
    must(world.workspace.connections.add({ ...first, id: '00000000-0000-4000-8000-000000000001', name: 'Later' }));
    const { batchId } = must(batches.confirm(planId, 'close-trust'));
    expect(must(batches.view(batchId)).items).toMatchObject([{ connectionId }]);
    const again = batches.confirm(planId, 'close-trust');
    expect(!again.ok && again.error.whatToDo).toMatch(/look at the plan/);
  });

  it('may be thousands: what the window says for it is as small as for one', async () => {
    const { world, connectionId } = await ready();
    const first = world.workspace.connections.find(connectionId);
    if (first === undefined) throw new Error('no connection');
    const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const many = Array.from({ length: 3000 }, (_, index) => ({ ...first, id: id(index), name: `Same ${index}` }));
    must(world.workspace.connections.add(...many));
    const plan = await world.workspace.revocationBatches.plan({ kind: 'everything' });
    expect(plan.planned).toHaveLength(3001);
    const asked: unknown[] = [];
    const input = { planId: plan.planId, way: 'close-trust' };
    const answer = await answerCall(
      'revoke-many',
      contract.revokeMany,
      (given) => {
        asked.push(given);
        return ok({ batchId: plan.planId });
      },
      input,
      () => undefined,
    );
    expect(answer.ok).toBe(true);
    expect(asked).toEqual([input]);
  });

  it('begin no more of them when they are stopped, and say which were left', async () => {
    const { world, connectionId } = await ready();
    const batches = world.workspace.revocationBatches;
    const held = hold(world, 'UpdateAssumeRolePolicy');
    const absent = Array.from({ length: 5 }, (_, index) => ({
      connectionId: `00000000-0000-4000-8000-00000000010${index}`,
      performer: owner,
    }));
    const item = { connectionId, performer: owner };
    const { batchId } = must(batches.begin('close-trust', [item, item, item, item, ...absent]));
    await until(world, held.isReached);
    must(batches.stopBeginning(batchId));
    held.letGo();
    await until(world, () =>
      must(batches.view(batchId)).items.every(({ state }) => state !== 'running' && state !== 'waiting'),
    );
    expect(must(batches.view(batchId)).items.filter(({ state }) => state === 'left')).toHaveLength(5);
  });
});
