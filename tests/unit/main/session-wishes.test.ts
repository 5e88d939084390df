import {
  CreateVirtualMFADeviceCommand,
  DeleteRoleCommand,
  EnableMFADeviceCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../core/domain/connection';
import { plainRequest, type SessionRequest } from '../../../core/domain/session-request';
import { totpCode, totpStep } from '../../../main/sandbox/mfa';
import { valueOf } from '../../support/practice';
import { bareIam } from '../../support/sdk';
import { connected, must, newWorld, type World } from '../../support/workspace-world';

/** A role that trusts the owner's own user, under this condition, and a connection to it by way of that user. */
async function guarded(world: World, condition: object = {}): Promise<Connection> {
  const { connectionId } = await connected(world);
  const known = world.workspace.connections.find(connectionId);
  if (known === undefined) throw new Error('no connection');
  const { iam } = must(world.workspace.sources.clients('practice-owner'));
  const owner = world.sandbox.identity('owner');
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: owner.arn },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: condition,
      },
    ],
  };
  const { externalId: _externalId, ...rest } = known;
  const roleArn = `arn:aws:iam::${owner.accountId}:role/Guarded`;
  await valueOf(
    iam.createRole({
      ...{ name: 'Guarded', path: '/', description: '', tags: [], maxSessionDuration: 7200 },
      trustPolicy: JSON.stringify(trust),
    }),
  );
  await valueOf(iam.attachRolePolicy('Guarded', 'arn:aws:iam::aws:policy/AdministratorAccess'));
  const connection: Connection = {
    ...rest,
    ...{ id: randomUUID(), name: 'Guarded', roleArn, roleName: 'Guarded', maxSessionDuration: 7200 },
    ...{ sourceId: 'practice-owner', accountId: owner.accountId },
  };
  must(world.workspace.connections.add(connection));
  return connection;
}

const wish = (request: Partial<SessionRequest>, tokenCode?: string) => ({
  request: { ...plainRequest(3600), ...request },
  renewal: 'automatic' as const,
  tokenCode,
});

/** A device for the owner's user, switched on; gives its serial number and what it shows at each moment. */
async function device(world: World) {
  const owner = world.sandbox.identity('owner');
  const user = owner.arn.split('/').at(-1) ?? '';
  const iam = bareIam(world.sandbox, world.clock, owner);
  const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'owner-phone' }));
  const seed = Buffer.from(made.VirtualMFADevice?.Base32StringSeed ?? []).toString('utf8');
  const serial = made.VirtualMFADevice?.SerialNumber ?? '';
  const code = (steps = 0) => totpCode(seed, totpStep(world.clock.now()) + steps);
  await iam.send(
    new EnableMFADeviceCommand({
      ...{ UserName: user, SerialNumber: serial },
      ...{ AuthenticationCode1: code(-1), AuthenticationCode2: code() },
    }),
  );
  return { serial, code };
}

describe('a session with an MFA code', () => {
  it('is opened where the role asks for one, never renewed by itself, and renewed by hand with the next code', async () => {
    const world = newWorld();
    const connection = await guarded(world, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
    const { serial, code } = await device(world);
    const { sessions } = world.workspace;
    const without = await sessions.start(connection, wish({}));
    expect(!without.ok && without.error.kind).toBe('access-denied');
    world.clock.advance(30_000);
    const used = code();
    const session = must(await sessions.start(connection, wish({ mfaSerial: serial }, used)));
    expect(session).toMatchObject({ renewal: 'off', request: { mfaSerial: serial } });
    // a code is good once, and stands nowhere afterwards
    const again = await sessions.start(connection, wish({ mfaSerial: serial }, used));
    expect(!again.ok && again.error.kind).toBe('access-denied');
    expect(JSON.stringify([sessions.list(), world.audit, world.documents.sessions.read()])).not.toContain(used);
    expect(sessions.setRenewal(session.id, 'automatic').ok).toBe(false);
    const unasked = await sessions.renew(session.id);
    expect(!unasked.ok && unasked.error.field).toBe('tokenCode');
    world.clock.advance(60_000);
    const renewed = must(await sessions.renew(session.id, code()));
    expect(renewed.id).toBe(session.id);
    expect(renewed.accessKeyId).not.toBe(session.accessKeyId);
    expect(renewed.trouble).toBeUndefined();
  });
});

describe('a session that asks for more than a role', () => {
  it('carries its tags and SourceIdentity to AWS, where a trust may ask for them', async () => {
    const world = newWorld();
    const connection = await guarded(world, {
      StringEquals: { 'aws:RequestTag/team': 'deploy', 'sts:SourceIdentity': 'ada' },
    });
    const { sessions } = world.workspace;
    const tags = [{ key: 'team', value: 'deploy' }];
    expect((await sessions.start(connection, wish({ tags }))).ok).toBe(false);
    expect((await sessions.start(connection, wish({ sourceIdentity: 'ada' }))).ok).toBe(false);
    const asked = { tags, transitiveTagKeys: ['team'], sourceIdentity: 'ada' };
    const session = must(await sessions.start(connection, wish(asked)));
    expect(session.request).toMatchObject(asked);
    // a renewal asks for the same
    must(await sessions.renew(session.id));
  });

  it('may do less than its role: reading is allowed, writing is not, by ReadOnlyAccess and by a policy of its own', async () => {
    const world = newWorld();
    const connection = await guarded(world);
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' }],
    });
    for (const sessionPolicy of [{ kind: 'read-only' as const }, { kind: 'document' as const, document }]) {
      const session = must(await world.workspace.sessions.start(connection, wish({ sessionPolicy })));
      const held = must(await world.workspace.sessions.credentials(session.id));
      const iam = bareIam(world.sandbox, world.clock, held);
      expect((await iam.send(new ListRolesCommand({}))).Roles?.length).toBeGreaterThan(0);
      await expect(iam.send(new DeleteRoleCommand({ RoleName: 'Guarded' }))).rejects.toMatchObject({
        name: expect.stringMatching(/^AccessDenied/) as string,
      });
    }
  });

  it('longer than AWS grants is refused with the length that it grants', async () => {
    const world = newWorld();
    const connection = await guarded(world);
    const refused = await world.workspace.sessions.start(connection, wish({ durationSeconds: 14_400 }));
    expect(!refused.ok && refused.error.kind).toBe('duration-too-long');
    expect(!refused.ok && refused.error.remedies.some(({ kind }) => kind === 'set-duration')).toBe(true);
  });
});
