import { CreatePolicyCommand, DeletePolicyCommand, PutRolePermissionsBoundaryCommand } from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials, IamApi } from '../../../main/aws/aws-api';
import { organizationWorld } from '../../support/organization-world';
import {
  administratorAccess,
  errorOf,
  policy,
  practice,
  sandboxEnvironment,
  fixed,
  trustPolicy,
  valueOf,
  type Practice,
} from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';
const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
const newRole = (name: string, path = '/', trust = trustPolicy()) => ({
  name,
  path,
  description: '',
  trustPolicy: trust,
  maxSessionDuration: 3600,
  tags: [],
});

async function sessionOf(world: Practice, caller: AwsCredentials, roleArn: string): Promise<AwsCredentials> {
  const sts = world.aws.sts(sandboxEnvironment, fixed(caller));
  return (await valueOf(sts.assumeRole({ roleArn, sessionName: 'live', durationSeconds: 900 }))).credentials;
}

describe('measures that end a role’s power, in the sandbox', () => {
  let world: Practice;
  let iam: IamApi;
  const roleArn = 'arn:aws:iam::222233334444:role/Deploy';
  const aliases = (credentials: AwsCredentials) => world.iam(credentials).listAccountAliases();

  beforeEach(async () => {
    world = practice();
    iam = world.iam(world.sandbox.identities.owner);
    for (const name of ['Deploy', 'Other']) {
      await valueOf(iam.createRole(newRole(name)));
      await valueOf(iam.attachRolePolicy(name, administratorAccess));
    }
  });

  describe('a permissions boundary', () => {
    test('AWSDenyAll cuts live sessions and new ones until it comes off, and those of no other role', async () => {
      const { deployer } = world.sandbox.identities;
      const live = await sessionOf(world, deployer, roleArn);
      const others = await sessionOf(world, deployer, 'arn:aws:iam::222233334444:role/Other');
      await valueOf(aliases(live));
      await valueOf(iam.putRolePermissionsBoundary('Deploy', denyAll));
      for (const credentials of [live, await sessionOf(world, deployer, roleArn)])
        expect(await errorOf(aliases(credentials))).toMatchObject({
          kind: 'access-denied',
          detail: `User: arn:aws:sts::222233334444:assumed-role/Deploy/live is not authorized to perform: iam:ListAccountAliases on resource: * with an explicit deny in a permissions boundary`,
        });
      await valueOf(aliases(others));
      await valueOf(iam.deleteRolePermissionsBoundary('Deploy'));
      await valueOf(aliases(live));
    });

    test('must be a policy that is there, and goes once', async () => {
      const missing = 'arn:aws:iam::222233334444:policy/NoSuchPolicy';
      expect(await errorOf(iam.putRolePermissionsBoundary('Deploy', missing))).toMatchObject({
        code: 'NoSuchEntity',
        httpStatus: 404,
        detail: `Scope ARN: ${missing} does not exist or is not attachable.`,
      });
      expect((await valueOf(iam.getRole('Deploy'))).permissionsBoundaryArn).toBeUndefined();
      expect((await errorOf(iam.deleteRolePermissionsBoundary('Deploy'))).code).toBe('NoSuchEntity');
    });

    test('keeps its policy from being deleted, and not the role', async () => {
      const bare = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
      const document = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
      const { Policy } = await bare.send(new CreatePolicyCommand({ PolicyName: 'Edge', PolicyDocument: document }));
      const PermissionsBoundary = Policy?.Arn ?? '';
      await bare.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Deploy', PermissionsBoundary }));
      const deletePolicy = () => bare.send(new DeletePolicyCommand({ PolicyArn: PermissionsBoundary }));
      expect(await refusalOf(deletePolicy())).toMatchObject({ name: 'DeleteConflictException', status: 409 });
      await valueOf(iam.detachRolePolicy('Deploy', administratorAccess));
      await valueOf(iam.deleteRole('Deploy'));
      await deletePolicy();
    });

    test('may be taken only by who may change that boundary', async () => {
      await valueOf(iam.putRolePermissionsBoundary('Deploy', denyAll));
      await valueOf(iam.detachRolePolicy('Other', administratorAccess));
      const but = (boundary: string) =>
        policy({
          Effect: 'Allow',
          Action: 'iam:DeleteRolePermissionsBoundary',
          Resource: '*',
          Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
        });
      const other = world.iam(
        await sessionOf(world, world.sandbox.identities.deployer, 'arn:aws:iam::222233334444:role/Other'),
      );
      await valueOf(iam.putRolePolicy('Other', 'Boundaries', but(administratorAccess)));
      expect((await errorOf(other.deleteRolePermissionsBoundary('Deploy'))).kind).toBe('access-denied');
      await valueOf(iam.putRolePolicy('Other', 'Boundaries', but(denyAll)));
      await valueOf(other.deleteRolePermissionsBoundary('Deploy'));
    });
  });

  describe('while changes spread', () => {
    test.each<[string, (owner: IamApi) => ReturnType<IamApi['deleteRolePolicy']>]>([
      [
        'an inline denial',
        (owner) => owner.putRolePolicy('Deploy', 'Revoked', policy({ Effect: 'Deny', Action: ['*'], Resource: ['*'] })),
      ],
      ['a boundary', (owner) => owner.putRolePermissionsBoundary('Deploy', denyAll)],
      ['an attached denial', (owner) => owner.attachRolePolicy('Deploy', denyAll)],
      ['a detachment', (owner) => owner.detachRolePolicy('Deploy', administratorAccess)],
    ])('%s reaches live sessions after the delay, through a saved state too', async (_what, change) => {
      const live = await sessionOf(world, world.sandbox.identities.deployer, roleArn);
      world.sandbox.setTrouble({ propagationDelayMs: 3_000 });
      await valueOf(change(iam));
      world.clock.advance(2_999);
      await valueOf(aliases(live));
      const saved = practice({ snapshot: world.sandbox.snapshot() });
      saved.clock.advance(2_999);
      await valueOf(saved.iam(live).listAccountAliases());
      saved.clock.advance(1);
      expect((await errorOf(saved.iam(live).listAccountAliases())).kind).toBe('access-denied');
      world.clock.advance(1);
      expect((await errorOf(aliases(live))).kind).toBe('access-denied');
    });

    test('a deleted role is assumed and goes on for as long, and one made anew has none of its sessions', async () => {
      const { deployer } = world.sandbox.identities;
      await valueOf(iam.putRolePolicy('Deploy', 'Aliases', everything));
      await valueOf(iam.detachRolePolicy('Deploy', administratorAccess));
      const live = await sessionOf(world, deployer, roleArn);
      world.sandbox.setTrouble({ propagationDelayMs: 3_000 });
      await valueOf(iam.deleteRolePolicy('Deploy', 'Aliases'));
      world.clock.advance(1_000);
      await valueOf(iam.deleteRole('Deploy'));
      expect((await errorOf(iam.getRole('Deploy'))).kind).toBe('no-such-entity');
      world.clock.advance(1_999);
      const late = await sessionOf(world, deployer, roleArn);
      for (const credentials of [live, late]) await valueOf(aliases(credentials));
      world.clock.advance(1);
      // what was taken off it first has spread first
      expect((await errorOf(aliases(live))).kind).toBe('access-denied');
      await sessionOf(world, deployer, roleArn);
      const saved = practice({ snapshot: world.sandbox.snapshot() });
      saved.clock.advance(3_999);
      await sessionOf(saved, deployer, roleArn);
      saved.clock.advance(1);
      for (const one of [saved, world]) {
        one.clock.advance(one === world ? 1_000 : 0);
        const again = one.sts(deployer).assumeRole({ roleArn, sessionName: 'again', durationSeconds: 900 });
        expect((await errorOf(again)).kind).toBe('access-denied');
      }
      world.sandbox.setTrouble({ propagationDelayMs: 0 });
      await valueOf(iam.createRole(newRole('Deploy')));
      await valueOf(iam.attachRolePolicy('Deploy', administratorAccess));
      expect((await errorOf(aliases(live))).kind).toBe('access-denied');
      await valueOf(aliases(await sessionOf(world, deployer, roleArn)));
    });

    test('what is put on a new role comes with it, and a second change keeps what held before the first', async () => {
      world.sandbox.setTrouble({ propagationDelayMs: 3_000 });
      await valueOf(iam.createRole(newRole('New')));
      world.clock.advance(1_000);
      await valueOf(iam.attachRolePolicy('New', administratorAccess));
      world.clock.advance(2_000);
      const live = await sessionOf(world, world.sandbox.identities.deployer, 'arn:aws:iam::222233334444:role/New');
      await valueOf(aliases(live));
      await valueOf(iam.detachRolePolicy('New', administratorAccess));
      world.clock.advance(2_000);
      await valueOf(iam.attachRolePolicy('New', denyAll));
      world.clock.advance(2_000);
      await valueOf(aliases(live));
      world.clock.advance(1_000);
      expect((await errorOf(aliases(live))).kind).toBe('access-denied');
    });
  });

  describe('an inline denial of sts:AssumeRole on the caller', () => {
    // The calling account here is the one that has an administrator of its own.
    let source: IamApi;
    const deny = policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: roleArn });
    const others = 'arn:aws:iam::222233334444:role/Other';

    beforeEach(async () => {
      source = world.iam(world.sandbox.identities.management);
      for (const name of ['Deploy', 'Other'])
        await valueOf(iam.updateAssumeRolePolicy(name, trustPolicy({ principal: 'arn:aws:iam::333344445555:root' })));
    });

    test('on a user stops that user, for that role, and leaves its live sessions', async () => {
      await valueOf(source.createUser({ name: 'anna', path: '/', tags: [] }));
      await valueOf(source.attachUserPolicy('anna', administratorAccess));
      const anna = await valueOf(source.createAccessKey('anna'));
      const live = await sessionOf(world, anna, roleArn);
      await valueOf(source.putUserPolicy('anna', 'Revoked', deny));

      const refused = world.sts(anna).assumeRole({ roleArn, sessionName: 'again', durationSeconds: 900 });
      expect(await errorOf(refused)).toMatchObject({
        kind: 'access-denied',
        detail: `User: arn:aws:iam::333344445555:user/anna is not authorized to perform: sts:AssumeRole on resource: ${roleArn} with an explicit deny in an identity-based policy`,
      });
      await sessionOf(world, anna, others);
      await sessionOf(world, world.sandbox.identities.management, roleArn);
      await valueOf(aliases(live));

      await valueOf(source.deleteUserPolicy('anna', 'Revoked'));
      await sessionOf(world, anna, roleArn);
    });

    test('on a role stops the sessions it already has', async () => {
      const trust = trustPolicy({ principal: 'arn:aws:iam::333344445555:root' });
      await valueOf(source.createRole(newRole('Builder', '/', trust)));
      await valueOf(source.attachRolePolicy('Builder', administratorAccess));
      const builder = await sessionOf(
        world,
        world.sandbox.identities.management,
        'arn:aws:iam::333344445555:role/Builder',
      );
      await sessionOf(world, builder, roleArn);
      await valueOf(source.putRolePolicy('Builder', 'Revoked', deny));
      const refused = world.sts(builder).assumeRole({ roleArn, sessionName: 'again', durationSeconds: 900 });
      expect((await errorOf(refused)).kind).toBe('access-denied');
      await sessionOf(world, builder, others);
    });

    test('counts toward the size of all of the user’s inline policies', async () => {
      await valueOf(source.createUser({ name: 'anna', path: '/', tags: [] }));
      const long = (length: number) =>
        policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::*:role/${'x'.repeat(length)}` });
      await valueOf(source.putUserPolicy('anna', 'Mine', long(1000)));
      const refused = await errorOf(source.putUserPolicy('anna', 'Revoked', long(1000)));
      expect(refused).toMatchObject({ httpStatus: 409 });
      expect(refused.detail).toBe('Maximum policy size of 2048 bytes exceeded for user anna');
      expect((await errorOf(source.getUserPolicy('anna', 'Revoked'))).kind).toBe('no-such-entity');
    });
  });
});

describe('a service control policy against one role', () => {
  test.each(['ArnEquals', 'ArnLike'])(
    'by %s denies its live sessions on every service, and nobody else',
    async (by) => {
      const { newAccount, administratorOf, world } = await organizationWorld();
      const accountId = await newAccount('one@example.com');
      const administrator = await administratorOf(accountId);
      const iam = world.iam(administrator);
      const trust = trustPolicy({ principal: `arn:aws:iam::${accountId}:root` });
      // A name that begins like the other's, and a path: the ARN is the role's, not the session's.
      for (const [name, path] of [
        ['Deploy', '/tools/'],
        ['DeployMore', '/tools/'],
      ] as const) {
        await valueOf(iam.createRole(newRole(name, path, trust)));
        await valueOf(iam.attachRolePolicy(name, administratorAccess));
      }
      const roleArn = `arn:aws:iam::${accountId}:role/tools/Deploy`;
      const live = await sessionOf(world, administrator, roleArn);
      const neighbour = await sessionOf(world, administrator, `${roleArn}More`);
      const aliases = (credentials: AwsCredentials) => world.iam(credentials).listAccountAliases();
      await valueOf(aliases(live));

      const organizations = world.aws.organizations(sandboxEnvironment, fixed(world.sandbox.identities.management));
      const deny = policy({
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { [by]: { 'aws:PrincipalArn': roleArn } },
      });
      const { id } = await valueOf(organizations.createPolicy('revoke-deploy', 'Revoked', deny));
      await valueOf(organizations.attachPolicy(id, accountId));
      for (const credentials of [live, await sessionOf(world, administrator, roleArn)])
        expect(await errorOf(aliases(credentials))).toMatchObject({
          kind: 'access-denied',
          detail: `User: arn:aws:sts::${accountId}:assumed-role/Deploy/live is not authorized to perform: iam:ListAccountAliases on resource: * with an explicit deny in a service control policy`,
        });
      const onward = world.sts(live).assumeRole({ roleArn: `${roleArn}More`, sessionName: 'on', durationSeconds: 900 });
      expect((await errorOf(onward)).detail).toContain('with an explicit deny in a service control policy');
      await valueOf(aliases(neighbour));
      await valueOf(aliases(administrator));

      await valueOf(organizations.detachPolicy(id, accountId));
      await valueOf(aliases(live));
    },
  );
});
