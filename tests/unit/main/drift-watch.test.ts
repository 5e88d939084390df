import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PutBackOperation } from '../../../core/contract/operations';
import { lookScripts } from '../../../core/render/look-script';
import { changedParts } from '../../../core/domain/drift/difference';
import {
  administrator,
  isIdle,
  kindsOf,
  last,
  look,
  onlyDeployer,
  readOnly,
  roleName,
  watched,
} from '../../support/drift-world';
import { valueOf } from '../../support/practice';
import { must, until, type World } from '../../support/workspace-world';

const deniedBody =
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error><RequestId>r</RequestId></ErrorResponse>';

const inTrust = (world: World, connectionId: string, change: (trust: Record<string, unknown>) => void): string => {
  const agreed = world.workspace.drift.agreement(connectionId);
  const trust = JSON.parse(agreed?.role.trustPolicy ?? '{}') as Record<string, unknown>;
  change(trust);
  return JSON.stringify(trust);
};

const withoutConditions = (world: World, connectionId: string) =>
  inTrust(world, connectionId, ({ Statement: statements }) => {
    for (const statement of statements as Record<string, unknown>[]) delete statement['Condition'];
  });

describe('what was agreed', () => {
  it('is what the plan said, before AWS was ever asked, and is completed by the first look', async () => {
    const { connectionId, watch, world } = await watched();
    const planned = watch.agreement(connectionId);
    expect(world.documents.agreements.find(connectionId)).toEqual(planned);
    expect(planned).toMatchObject({ basis: 'plan', role: { maxSessionDuration: 3600 } });
    expect(planned?.role.roleId).toBeUndefined();
    const seen = await look(world, connectionId);
    expect(seen).toMatchObject({ state: 'same', eyes: { kind: 'source', label: 'practice-owner' } });
    const completed = watch.agreement(connectionId);
    expect(completed?.role.roleId).toMatch(/^AROA/);
    expect(completed?.role.managed).toEqual([
      { arn: administrator, versionId: 'v1', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
    ]);
    expect(completed).toMatchObject({ basis: 'plan', madeAt: planned?.madeAt });
  });

  it('is what the first look finds where nothing was planned here, and a person may say that it is right', async () => {
    const { connectionId, watch, world } = await watched();
    must(world.documents.agreements.change({ remove: [connectionId] }));
    must(world.workspace.receipts.forget(connectionId));
    expect(watch.agreement(connectionId)).toBeUndefined();
    expect((await look(world, connectionId)).state).toBe('same');
    expect(watch.agreement(connectionId)).toMatchObject({ basis: 'first-look' });
    expect(watch.agreement(connectionId)?.confirmedAt).toBeUndefined();
    must(watch.accept(connectionId, [], undefined));
    expect(watch.agreement(connectionId)?.confirmedAt).toBe(world.clock.now());
    expect(world.audit.at(-1)).toMatchObject({ act: 'drift.confirmed', connectionId });
  });

  it('of a role that drifted before its first look is still the plan', async () => {
    const { connectionId, iam, world } = await watched();
    await valueOf(iam.attachRolePolicy(roleName, readOnly));
    expect(kindsOf(await look(world, connectionId))).toEqual(['policy-attached']);
  });
});

describe('a look', () => {
  it('names what somebody changed, and is well again when it is changed back', async () => {
    const { connectionId, iam, watch, world } = await watched();
    await look(world, connectionId);
    await valueOf(iam.updateAssumeRolePolicy(roleName, withoutConditions(world, connectionId)));
    const drifted = await look(world, connectionId);
    expect(drifted.state).toBe('drift');
    expect(kindsOf(drifted)).toContain('external-id-dropped');
    expect(watch.marks()).toEqual([
      { connectionId, at: drifted.at, state: 'drift', count: 1, unseen: 0, isWider: true },
    ]);
    await valueOf(iam.updateAssumeRolePolicy(roleName, watch.agreement(connectionId)?.role.trustPolicy ?? ''));
    expect((await look(world, connectionId)).state).toBe('same');
  });

  it('of a role made anew under its name, and of one that is gone', async () => {
    const { connectionId, iam, watch, world } = await watched();
    await look(world, connectionId);
    const agreed = watch.agreement(connectionId)?.role;
    await valueOf(iam.detachRolePolicy(roleName, administrator));
    for (const { name } of agreed?.inline ?? []) await valueOf(iam.deleteRolePolicy(roleName, name));
    await valueOf(iam.deleteRole(roleName));
    expect(kindsOf(await look(world, connectionId))).toEqual(['role-gone']);
    const refused = watch.accept(connectionId, ['role'], undefined);
    expect(refused.ok).toBe(false);
    await valueOf(
      iam.createRole({
        ...{ name: roleName, path: '/', description: '', trustPolicy: agreed?.trustPolicy ?? '' },
        ...{ maxSessionDuration: 3600, tags: agreed?.tags ?? [] },
      }),
    );
    expect(kindsOf(await look(world, connectionId))).toEqual(
      expect.arrayContaining(['role-recreated', 'policy-detached', 'inline-removed']),
    );
  });

  it('goes by the role’s own session where nobody is in its account', async () => {
    const { connectionId, world } = await watched();
    onlyDeployer(world);
    expect(await look(world, connectionId)).toMatchObject({ state: 'same', eyes: { kind: 'role' } });
  });

  it('says that it cannot see, why, and what to do, where nobody can', async () => {
    const { connectionId, iam, watch, world } = await watched();
    onlyDeployer(world);
    await valueOf(iam.detachRolePolicy(roleName, administrator));
    const blind = await look(world, connectionId);
    expect(blind).toMatchObject({ state: 'blind', eyes: { kind: 'role' }, parts: [] });
    expect(blind.error?.message).toContain('may not see all');
    expect(blind.error?.remedies).toContainEqual({
      kind: 'copy-text',
      label: 'Copy the script for the owner',
      text: lookScripts(roleName).bash,
    });
    expect(watch.marks()[0]).toMatchObject({ state: 'blind', count: 0 });
  });

  it('with eyes that lose their rights midway tells nothing of what they did not see', async () => {
    const { connectionId, iam, world } = await watched();
    await valueOf(iam.attachRolePolicy(roleName, readOnly));
    const before = await look(world, connectionId);
    expect(kindsOf(before)).toEqual(['policy-attached']);
    world.wire.before = async (action, pass) => {
      const answer = await pass();
      if (action !== 'GetRolePolicy') return answer;
      const body =
        '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to perform: iam:GetRolePolicy</Message></Error><RequestId>r</RequestId></ErrorResponse>';
      return { ...answer, status: 403, body };
    };
    const blind = await look(world, connectionId);
    expect(blind).toMatchObject({ state: 'blind', seenAt: before.at });
    expect(blind.parts).toEqual(before.parts);
  });

  it('with eyes that may not read a policy says that it was not seen, and learns it where the agreement lacks it', async () => {
    const { connectionId, watch, world } = await watched();
    const deny = (isDenied: boolean) => {
      world.wire.before = async (action, pass) => {
        const answer = await pass();
        return isDenied && action === 'GetPolicyVersion' ? { ...answer, status: 403, body: deniedBody } : answer;
      };
    };
    deny(true);
    expect((await look(world, connectionId)).state).toBe('same');
    expect(watch.agreement(connectionId)?.role.roleId).toMatch(/^AROA/);
    expect(watch.agreement(connectionId)?.role.managed).toEqual([{ arn: administrator }]);
    deny(false);
    await look(world, connectionId);
    expect(watch.agreement(connectionId)?.role.managed).toMatchObject([{ arn: administrator, versionId: 'v1' }]);
    deny(true);
    const partly = await look(world, connectionId);
    expect(partly.parts.filter(({ state }) => state !== 'same')).toMatchObject([{ of: 'managed', state: 'unseen' }]);
    expect(watch.marks()[0]).toMatchObject({ count: 0, unseen: 1 });
  });

  it('that cannot reach AWS keeps the last one', async () => {
    const { connectionId, world } = await watched();
    const before = await look(world, connectionId);
    world.wire.before = () => Promise.reject(Object.assign(new Error('no way'), { code: 'ECONNREFUSED' }));
    must(world.workspace.drift.lookAt([connectionId], 'person'));
    await until(world, isIdle(world), 1000);
    expect(last(world, 'drift')).toMatchObject({ state: 'done', unasked: 1, error: { kind: 'unreachable' } });
    expect(world.workspace.drift.look(connectionId)).toEqual(before);
  });
});

/** Several connections to the one role. */
async function many(count: number) {
  const place = await watched();
  const first = place.world.workspace.connections.find(place.connectionId);
  if (first === undefined) throw new Error('There is no connection');
  const more = Array.from({ length: count - 1 }, (_, index) => ({ ...first, id: randomUUID(), name: `Copy ${index}` }));
  must(place.world.documents.connections.change({ put: more }));
  return { ...place, ids: [first, ...more].map(({ id }) => id) };
}

describe('many looks', () => {
  it('go on when AWS throttles, and end with all of them', async () => {
    const { ids, world } = await many(30);
    let calls = 0;
    world.wire.before = async (action, pass) => {
      calls += action === 'GetRole' ? 1 : 0;
      const answer = await pass();
      if (action !== 'GetRole' || calls < 4 || calls > 44) return answer;
      const body =
        '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>r</RequestId></ErrorResponse>';
      return { ...answer, status: 400, body };
    };
    must(world.workspace.drift.lookAt(undefined, 'person'));
    // in small steps: the SDK pauses by the real clock, and what it signed must not grow old meanwhile
    await until(world, isIdle(world), 1);
    expect(last(world, 'drift').error).toBeUndefined();
    expect(last(world, 'drift')).toMatchObject({ total: 30, done: 30, same: 30, unasked: 0, state: 'done' });
    expect(world.operations.some((one) => one.kind === 'drift' && one.atOnce < 8)).toBe(true);
    expect(ids.every((id) => world.workspace.drift.look(id)?.state === 'same')).toBe(true);
  }, 60_000);

  it('stop when they are cancelled, and keep what was seen', async () => {
    const { ids, world } = await many(20);
    const { operationId } = must(world.workspace.drift.lookAt(undefined, 'person'));
    const seen = () => ids.filter((id) => world.workspace.drift.look(id) !== undefined).length;
    await until(world, () => seen() > 0);
    must(world.workspace.operations.cancel(operationId));
    await until(world, isIdle(world));
    const kept = seen();
    expect(last(world, 'drift')).toMatchObject({ state: 'cancelled' });
    await until(world, isIdle(world), 100);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(20);
    expect(seen()).toBe(kept);
  });

  it('come with the scheduled tests, and tell once what they found', async () => {
    const { connectionId, iam, world } = await watched();
    await look(world, connectionId);
    must(world.workspace.health.setSchedule('hour'));
    await valueOf(iam.attachRolePolicy(roleName, readOnly));
    const told = () => world.notices.filter(({ title }) => title.includes('drifted'));
    world.clock.advance(2 * 3_600_000);
    await until(world, () => world.workspace.drift.look(connectionId)?.state === 'drift', 1000);
    await until(world, isIdle(world), 1000);
    expect(told()).toMatchObject([{ title: 'Practice production has drifted' }]);
    world.clock.advance(2 * 3_600_000);
    const at = world.workspace.drift.look(connectionId)?.at ?? 0;
    await until(world, () => (world.workspace.drift.look(connectionId)?.at ?? 0) > at, 1000);
    await until(world, isIdle(world), 1000);
    expect(told()).toHaveLength(1);
  });
});

describe('a round of the schedule', () => {
  it('comes after one that looks at a few, and looks at all', async () => {
    const { ids, world } = await many(4);
    const { drift, operations } = world.workspace;
    const { operationId } = must(drift.lookAt(ids.slice(0, 2), 'person'));
    expect(must(drift.lookAt(undefined, 'schedule')).operationId).toBe(operationId);
    must(drift.lookAt(undefined, 'schedule'));
    await operations.whenEnded(operationId);
    await until(world, () => ids.every((id) => drift.look(id) !== undefined), 100);
    await until(world, isIdle(world), 100);
    const rounds = world.operations.filter((one) => one.kind === 'drift' && one.state === 'done');
    expect(rounds).toMatchObject([
      { by: 'person', total: 2 },
      { by: 'schedule', total: 4 },
    ]);
  });
});

describe('what is accepted', () => {
  it('is agreed, with who, when and why on record, and stays so', async () => {
    const { connectionId, iam, watch, world } = await watched();
    await valueOf(iam.attachRolePolicy(roleName, readOnly));
    await valueOf(iam.updateRole(roleName, { description: '', maxSessionDuration: 7200 }));
    await look(world, connectionId);
    must(watch.accept(connectionId, [`managed ${readOnly}`], 'Asked for by the auditors'));
    expect(world.audit.at(-1)).toMatchObject({
      act: 'drift.accepted',
      connectionId,
      parts: 'ReadOnlyAccess',
      note: 'Asked for by the auditors',
      by: expect.stringContaining('practice-deployer') as unknown,
    });
    const left = watch.look(connectionId);
    expect(changedParts(left?.parts ?? []).map(({ id }) => id)).toEqual(['session']);
    expect(kindsOf(await look(world, connectionId))).toEqual(['session-raised']);
  });

  it('is what was seen, and nothing else', async () => {
    const { connectionId, watch, world } = await watched();
    await look(world, connectionId);
    const refused = watch.accept(connectionId, ['trust'], undefined);
    expect(refused.ok).toBe(false);
    expect(world.audit.some(({ act }) => act === 'drift.accepted')).toBe(false);
  });
});

async function putBack(world: World, connectionId: string, partIds: readonly string[]): Promise<PutBackOperation> {
  must(await world.workspace.putBacks.start(connectionId, partIds));
  await until(world, isIdle(world), 500);
  return last(world, 'put-back');
}

/** The role with a difference of each kind that can be put back. */
async function drifted() {
  const place = await watched();
  const { connectionId, iam, watch, world } = place;
  await look(world, connectionId);
  const inline = watch.agreement(connectionId)?.role.inline[0]?.name ?? '';
  const everything = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
  await valueOf(iam.updateAssumeRolePolicy(roleName, withoutConditions(world, connectionId)));
  await valueOf(iam.putRolePolicy(roleName, inline, everything));
  await valueOf(iam.putRolePolicy(roleName, 'Extra', everything));
  await valueOf(iam.attachRolePolicy(roleName, readOnly));
  await valueOf(iam.detachRolePolicy(roleName, administrator));
  await valueOf(iam.updateRole(roleName, { description: 'Kept', maxSessionDuration: 43_200 }));
  await valueOf(iam.putRolePermissionsBoundary(roleName, readOnly));
  const seen = await look(world, connectionId);
  return { ...place, seen, partIds: changedParts(seen.parts).map(({ id }) => id) };
}

describe('what is put back', () => {
  it('is planned, done, verified by reading, and undone', async () => {
    const { connectionId, iam, partIds, seen, watch, world } = await drifted();
    expect(partIds).toHaveLength(7);
    const preview = must(await world.workspace.putBacks.preview(connectionId, partIds));
    expect(preview).toMatchObject({ performer: 'practice-owner', cannot: [] });
    expect(preview.acts.map(({ call }) => call)).toEqual([
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
      'iam:DetachRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:PutRolePolicy',
      'iam:AttachRolePolicy',
      'iam:DeleteRolePermissionsBoundary',
    ]);
    expect(preview.script).toContain(`aws iam detach-role-policy --role-name '${roleName}'`);
    expect(await putBack(world, connectionId, partIds)).toMatchObject({ state: 'done' });
    expect(watch.look(connectionId)?.state).toBe('same');
    expect((await valueOf(iam.getRole(roleName))).description).toBe('Kept');
    const [record] = world.workspace.putBacks.ofConnection(connectionId);
    expect(record).toMatchObject({ state: 'done' });
    expect(record?.steps.every(({ requestId, state }) => state === 'done' && requestId !== undefined)).toBe(true);
    must(world.workspace.putBacks.undo(record?.id ?? ''));
    await until(world, isIdle(world), 500);
    expect(world.workspace.putBacks.ofConnection(connectionId)[0]).toMatchObject({ state: 'undone' });
    expect(kindsOf(watch.look(connectionId) ?? seen)).toEqual(kindsOf(seen));
    expect(world.audit.map(({ act }) => act).filter((act) => act.startsWith('drift.'))).toEqual([
      'drift.put-back',
      'drift.put-back-done',
      'drift.put-back-undone',
      'drift.undo-done',
    ]);
  });

  it('is refused, and nothing is written over, where AWS changed meanwhile', async () => {
    const { connectionId, iam, partIds, world } = await drifted();
    await valueOf(iam.updateRole(roleName, { description: '', maxSessionDuration: 14_400 }));
    expect(await putBack(world, connectionId, partIds)).toMatchObject({
      state: 'failed',
      error: { message: 'AWS has something else by now than was seen last.' },
    });
    expect((await valueOf(iam.getRole(roleName))).maxSessionDuration).toBe(14_400);
    expect(await valueOf(iam.listRolePolicies(roleName))).toContain('Extra');
    expect(world.workspace.drift.look(connectionId)?.seen?.maxSessionDuration).toBe(14_400);
  });

  it('is for the owner where nothing here belongs to the account', async () => {
    const { connectionId, partIds, world } = await drifted();
    onlyDeployer(world);
    const preview = must(await world.workspace.putBacks.preview(connectionId, partIds));
    expect(preview.performer).toBeUndefined();
    expect(preview.script.match(/^aws iam /gm)).toHaveLength(7);
    const refused = await world.workspace.putBacks.start(connectionId, partIds);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'credentials-missing' } });
  });

  it('goes on where the app was killed, at each of its calls', async () => {
    const changes = ['PutRolePolicy', 'DeleteRolePermissionsBoundary'];
    for (const fatal of changes) {
      const { connectionId, partIds, world } = await drifted();
      let isDead = false;
      world.wire.before = async (action, pass) => {
        if (isDead) return await new Promise<never>(() => undefined);
        if (action !== fatal) return await pass();
        // AWS did it, and nobody heard
        isDead = true;
        await pass();
        return await new Promise<never>(() => undefined);
      };
      must(await world.workspace.putBacks.start(connectionId, partIds));
      await until(world, () => isDead);
      const next = world.restart();
      const [record] = next.workspace.putBacks.ofConnection(connectionId);
      expect(record).toMatchObject({ state: 'failed' });
      expect(record?.steps.filter(({ state }) => state === 'started')).toHaveLength(1);
      must(next.workspace.putBacks.goOn(record?.id ?? ''));
      await until(next, isIdle(next), 500);
      expect(next.workspace.putBacks.ofConnection(connectionId)[0]).toMatchObject({ state: 'done' });
      expect(next.workspace.drift.look(connectionId)?.state).toBe('same');
    }
  }, 60_000);

  it('is not for a connection whose access is closing', async () => {
    const { connectionId, partIds, world } = await drifted();
    must(world.workspace.connections.patch(connectionId, { status: 'closing' }));
    const refused = await world.workspace.putBacks.start(connectionId, partIds);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    expect(world.workspace.drift.lookAt([connectionId], 'person').ok).toBe(false);
  });
});

describe('notes of a connection', () => {
  it('are kept as they are typed, and never with a credential', async () => {
    const { connectionId, world } = await watched();
    const { notes } = world.workspace;
    must(notes.write(connectionId, { notes: 'Call before Friday. ', owner: 'ops@tidewater.example' }));
    expect(notes.of(connectionId)).toEqual({ notes: 'Call before Friday. ', owner: 'ops@tidewater.example' });
    const { secretAccessKey } = world.sandbox.identity('owner');
    const refused = notes.write(connectionId, { notes: `key: ${secretAccessKey}`, owner: '' });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'secret-refused', field: 'notes' } });
    expect(notes.of(connectionId).notes).toBe('Call before Friday. ');
  });
});
