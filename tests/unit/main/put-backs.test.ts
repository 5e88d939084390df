import { randomUUID } from 'node:crypto';
import { CreatePolicyVersionCommand } from '@aws-sdk/client-iam';
import { describe, expect, it, vi } from 'vitest';
import type { PutBackOperation } from '../../../core/contract/operations';
import { changedParts } from '../../../core/domain/drift/difference';
import type { PutBack } from '../../../core/domain/drift/put-back';
import { err } from '../../../core/result';
import { mostPutBacks } from '../../../main/connections/drift-records';
import { connectionsHandlers } from '../../../main/ipc/connections-handlers';
import { unwritableError } from '../../../main/store/store-error';
import { administrator, isIdle, kindsOf, last, look, readOnly, roleName, watched } from '../../support/drift-world';
import { valueOf } from '../../support/practice';
import { bareIam } from '../../support/sdk';
import { must, until, type World } from '../../support/workspace-world';

const raise = { description: '', maxSessionDuration: 7200 };

async function done(world: World): Promise<PutBackOperation> {
  await until(world, isIdle(world), 500);
  return last(world, 'put-back');
}

const deniedBody = new TextEncoder().encode(
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
);

/** Its sessions may be longer than was agreed, and that was seen. */
async function raised() {
  const place = await watched();
  const { connectionId, iam, world } = place;
  await valueOf(iam.updateRole(roleName, raise));
  await look(world, connectionId);
  return { ...place, putBacks: world.workspace.putBacks };
}

/** A policy of the account's own was agreed, and another version of it is in force: `v2` instead of `v1`. */
async function withOwnPolicy() {
  const place = await watched();
  const { connectionId, iam, watch, world } = place;
  const policy = (actions: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
  await valueOf(iam.createPolicy({ name: 'Own', path: '/', description: '', document: policy('s3:Get*'), tags: [] }));
  const arn = 'arn:aws:iam::222233334444:policy/Own';
  await valueOf(iam.attachRolePolicy(roleName, arn));
  await look(world, connectionId);
  must(watch.accept(connectionId, [`managed ${arn}`], undefined));
  const bare = bareIam(world.sandbox, world.clock, world.sandbox.identity('owner'));
  await bare.send(
    new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: policy('s3:*'), SetAsDefault: true }),
  );
  expect(kindsOf(await look(world, connectionId))).toEqual(['policy-version-changed']);
  return { ...place, arn, version: async () => (await valueOf(iam.getPolicy(arn))).defaultVersionId };
}

/** The journal can be made to stand on a disk without room. */
function withFullDisk({ documents }: World) {
  const records = { isFull: false };
  const change = documents.putBacks.change.bind(documents.putBacks);
  vi.spyOn(documents.putBacks, 'change').mockImplementation((wanted) =>
    records.isFull ? err(unwritableError('put-backs.changes.jsonl', noRoom)) : change(wanted),
  );
  return { records };
}
const noRoom = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

describe('what is put back', () => {
  it('is nothing of a role that was made anew, until that role is accepted', async () => {
    const { connectionId, iam, watch, world } = await watched();
    await look(world, connectionId);
    const { inline = [], tags = [], trustPolicy = '' } = watch.agreement(connectionId)?.role ?? {};
    await valueOf(iam.detachRolePolicy(roleName, administrator));
    for (const { name } of inline) await valueOf(iam.deleteRolePolicy(roleName, name));
    await valueOf(iam.deleteRole(roleName));
    await valueOf(iam.createRole({ name: roleName, path: '/', trustPolicy, tags, ...raise }));
    for (const { document, name } of inline) await valueOf(iam.putRolePolicy(roleName, name, document));
    await valueOf(iam.attachRolePolicy(roleName, administrator));
    expect(kindsOf(await look(world, connectionId)).sort()).toEqual(['role-recreated', 'session-raised']);
    const refused = await world.workspace.putBacks.start(connectionId, ['session']);
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'not-possible', whatToDo: expect.stringContaining('Accept the role first') as unknown },
    });
    expect(world.workspace.putBacks.ofConnection(connectionId)).toEqual([]);
    must(watch.accept(connectionId, ['role'], undefined));
    must(await world.workspace.putBacks.start(connectionId, ['session']));
    expect(await done(world)).toMatchObject({ state: 'done' });
  });

  it('is one at a time: the second is refused and leaves no record that never ran', async () => {
    const { connectionId, iam, world } = await watched();
    await valueOf(iam.updateRole(roleName, raise));
    await valueOf(iam.attachRolePolicy(roleName, readOnly));
    await look(world, connectionId);
    const { putBacks } = world.workspace;
    const both = await Promise.all([
      putBacks.start(connectionId, ['session']),
      putBacks.start(connectionId, [`managed ${readOnly}`]),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'already-exists' } });
    expect(putBacks.ofConnection(connectionId)).toHaveLength(1);
    expect(await putBacks.start(connectionId, ['session'])).toMatchObject({ error: { kind: 'already-exists' } });
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(putBacks.ofConnection(connectionId)).toMatchObject([{ state: 'done' }]);
  });

  it('are tags too, and undone they are gone again; those of others stay', async () => {
    const { connectionId, iam, watch, world } = await watched();
    await look(world, connectionId);
    const [ours, ...others] = watch.agreement(connectionId)?.role.tags ?? [];
    expect(others.length).toBeGreaterThan(0);
    await valueOf(iam.untagRole(roleName, [ours?.key ?? '']));
    await valueOf(iam.tagRole(roleName, [{ key: 'team', value: 'theirs' }]));
    expect(kindsOf(await look(world, connectionId))).toEqual(['tags-removed']);
    const { putBacks } = world.workspace;
    must(await putBacks.start(connectionId, ['tags']));
    expect(await done(world)).toMatchObject({ state: 'done' });
    const tagsNow = async () => (await valueOf(iam.getRole(roleName))).tags.map(({ key }) => key).sort();
    expect(await tagsNow()).toContain(ours?.key);
    const [record] = putBacks.ofConnection(connectionId);
    await valueOf(iam.tagRole(roleName, [{ key: 'team', value: 'theirs again' }]));
    must(putBacks.undo(record?.id ?? ''));
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(putBacks.ofConnection(connectionId)).toMatchObject([{ state: 'undone' }]);
    expect(await tagsNow()).toEqual([...others.map(({ key }) => key), 'team'].sort());
  });

  it('is the agreed version of a policy of the account’s own, there and back', async () => {
    const { arn, connectionId, version, watch, world } = await withOwnPolicy();
    const { putBacks } = world.workspace;
    must(await putBacks.start(connectionId, [`managed ${arn}`]));
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(await version()).toBe('v1');
    must(putBacks.undo(putBacks.ofConnection(connectionId)[0]?.id ?? ''));
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(await version()).toBe('v2');
    expect(changedParts(watch.look(connectionId)?.parts ?? [])).toHaveLength(1);
  });

  it('is not said to be done where what is in force may not be read: nothing was done, and it is gone on with later', async () => {
    const { arn, connectionId, version, world } = await withOwnPolicy();
    let isHidden = true;
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      return isHidden && action === 'GetPolicyVersion' ? { ...answer, status: 403, body: deniedBody } : answer;
    };
    const { putBacks } = world.workspace;
    must(await putBacks.start(connectionId, [`managed ${arn}`]));
    // the button beside it says the same, there and on the way back
    const whatToDo = expect.stringMatching(/, then try again\.$/) as unknown;
    expect(await done(world)).toMatchObject({ state: 'failed', error: { kind: 'access-denied', whatToDo } });
    const [record] = putBacks.ofConnection(connectionId);
    expect(record).toMatchObject({ state: 'failed', steps: [{ state: 'waiting' }] });
    expect(await version()).toBe('v2');
    isHidden = false;
    must(putBacks.goOn(record?.id ?? ''));
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(await version()).toBe('v1');
    isHidden = true;
    must(putBacks.undo(record?.id ?? ''));
    expect(await done(world)).toMatchObject({ state: 'failed', error: { kind: 'access-denied' } });
    expect(putBacks.ofConnection(connectionId)).toMatchObject([{ state: 'done' }]);
    expect(await version()).toBe('v1');
  });

  it('makes room among what the app’s end broke off as well', async () => {
    const { connectionId, iam, putBacks, world } = await raised();
    must(await putBacks.start(connectionId, ['session']));
    await done(world);
    const [record] = world.documents.putBacks.all() as [PutBack];
    const broken = Array.from({ length: mostPutBacks }, () => ({
      ...{ ...record, id: randomUUID(), connectionId: randomUUID(), state: 'running' as const },
    }));
    must(world.documents.putBacks.change({ put: broken, remove: [record.id] }));
    await valueOf(iam.updateRole(roleName, raise));
    await look(world, connectionId);
    must(await putBacks.start(connectionId, ['session']));
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(world.documents.putBacks.all()).toHaveLength(mostPutBacks);
    expect(world.documents.putBacks.find(broken[0]?.id ?? '')).toBeUndefined();
  });

  it('does not run for ever where its end could not be written down', async () => {
    const { connectionId, putBacks, world } = await raised();
    const { records } = withFullDisk(world);
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action === 'UpdateRole') records.isFull = true;
      return answer;
    };
    must(await putBacks.start(connectionId, ['session']));
    await done(world);
    expect(world.documents.putBacks.all()).toMatchObject([{ state: 'running' }]);
    const [broken] = putBacks.ofConnection(connectionId);
    expect(broken).toMatchObject({
      state: 'failed',
      error: { whatToDo: expect.stringMatching(/^Try again/) as unknown },
    });
    records.isFull = false;
    must(putBacks.goOn(broken?.id ?? ''));
    await done(world);
    expect(putBacks.ofConnection(connectionId)).toMatchObject([{ state: 'done' }]);
    records.isFull = true;
    expect(putBacks.undo(broken?.id ?? '')).toMatchObject({ ok: false });
    expect(putBacks.ofConnection(connectionId)).toMatchObject([{ state: 'done' }]);
  });

  it('broken off on the way back is gone on with backwards', async () => {
    const { connectionId, iam, putBacks, world } = await raised();
    must(await putBacks.start(connectionId, ['session']));
    await done(world);
    const id = putBacks.ofConnection(connectionId)[0]?.id ?? '';
    world.wire.before = (action, pass) =>
      action === 'UpdateRole' ? Promise.reject(Object.assign(new Error('no way'), { code: 'ECONNREFUSED' })) : pass();
    must(putBacks.undo(id));
    expect(await done(world)).toMatchObject({ state: 'failed' });
    const [broken] = putBacks.ofConnection(connectionId);
    expect(broken).toMatchObject({ state: 'done', error: { kind: 'unreachable' } });
    expect(putBacks.goOn(id)).toMatchObject({ ok: false, error: { whatToDo: expect.any(String) as unknown } });
    world.wire.before = (_action, pass) => pass();
    must(putBacks.undo(id));
    expect(await done(world)).toMatchObject({ state: 'done' });
    expect(putBacks.ofConnection(connectionId)[0]).toMatchObject({ state: 'undone' });
    expect((await valueOf(iam.getRole(roleName))).maxSessionDuration).toBe(7200);
  });

  it('goes from memory with its connection', async () => {
    const { connectionId, iam, world } = await watched();
    await valueOf(iam.updateRole(roleName, raise));
    await look(world, connectionId);
    must(await world.workspace.putBacks.start(connectionId, ['session']));
    await done(world);
    const { forget } = connectionsHandlers(() => world.workspace);
    must(await forget({ connectionId, evenIfOpen: true }));
    expect(world.documents.putBacks.all()).toEqual([]);
  });
});
