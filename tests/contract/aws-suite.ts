import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Aws, AwsCredentials, AwsEnvironment, CreateRoleInput } from '../../main/aws/aws-api';
import { describeOrganizations } from './organizations-suite';
import { administratorAccess, errorOf, fixed, policy, trustPolicy, valueOf } from '../support/practice';

const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';

/** What the suite runs on. */
export type AwsUnderTest = {
  readonly aws: Aws;
  readonly environment: AwsEnvironment;
  /** May do anything in its account. */
  readonly administrator: AwsCredentials;
  readonly accountId: string;
  close(): Promise<void>;
};

/**
 * What every AWS, real or double, does for the app's AWS layer: shapes, formats and positive roads, and the refusals that
 * need no policy to be evaluated. Who may do what is tested on the sandbox alone, since not every double evaluates it.
 */
export function describeAws(name: string, start: () => Promise<AwsUnderTest>): void {
  describe(`the AWS layer on ${name}`, () => {
    let under: AwsUnderTest;
    const sts = () => under.aws.sts(under.environment, fixed(under.administrator));
    const iam = () => under.aws.iam(under.environment, fixed(under.administrator));
    const role = (roleName: string, extra: Partial<CreateRoleInput> = {}): CreateRoleInput => ({
      name: roleName,
      path: '/',
      description: 'Made by a test',
      trustPolicy: trustPolicy({ principal: `arn:aws:iam::${under.accountId}:root`, externalId: 'contract-1' }),
      maxSessionDuration: 7200,
      tags: [{ key: 'OnboardingId', value: 'contract' }],
      ...extra,
    });

    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.close());

    test('GetCallerIdentity names the caller, with evidence', async () => {
      const settled = await sts().getCallerIdentity();
      if (!settled.ok) throw new Error(JSON.stringify(settled.error));
      expect(settled.value.value.accountId).toBe(under.accountId);
      expect(settled.value.value.arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${under.accountId}:`));
      expect(settled.value.requestId).toMatch(/^[0-9A-Za-z-]{20,}$/);
      expect(Number.isInteger(settled.value.at)).toBe(true);
    });

    test('a role comes back as it was made', async () => {
      const made = await valueOf(iam().createRole(role('ContractRole', { path: '/contract/' })));
      expect(made.arn).toBe(`arn:aws:iam::${under.accountId}:role/contract/ContractRole`);
      expect(made.roleId).toMatch(/^AROA[A-Z0-9]{16,17}$/);
      const read = await valueOf(iam().getRole('ContractRole'));
      expect(read).toMatchObject({
        arn: made.arn,
        path: '/contract/',
        name: 'ContractRole',
        roleId: made.roleId,
        maxSessionDuration: 7200,
        description: 'Made by a test',
        tags: [{ key: 'OnboardingId', value: 'contract' }],
      });
      expect(JSON.parse(read.trustPolicy)).toEqual(JSON.parse(made.trustPolicy));
      expect(Math.abs(read.createdAt - made.createdAt)).toBeLessThan(2000);
    });

    test('it is listed', async () => {
      expect((await valueOf(iam().listRoles())).map((item) => item.name)).toContain('ContractRole');
    });

    test('assuming it gives a session with the length asked for', async () => {
      const settled = await sts().assumeRole({
        roleArn: `arn:aws:iam::${under.accountId}:role/contract/ContractRole`,
        sessionName: 'contract',
        durationSeconds: 1800,
        externalId: 'contract-1',
      });
      if (!settled.ok) throw new Error(JSON.stringify(settled.error));
      const { at, value } = settled.value;
      expect(value.credentials.accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
      expect(value.credentials.secretAccessKey).toHaveLength(40);
      expect(value.credentials.sessionToken.length).toBeGreaterThan(100);
      expect(Math.abs(value.credentials.expiration - at - 1_800_000)).toBeLessThanOrEqual(5_000);
      expect(value.assumedRoleArn).toBe(`arn:aws:sts::${under.accountId}:assumed-role/ContractRole/contract`);
      expect(value.assumedRoleId).toMatch(/^AROA[A-Z0-9]{16,17}:contract$/);
      const who = await valueOf(under.aws.sts(under.environment, fixed(value.credentials)).getCallerIdentity());
      expect(who.arn).toBe(value.assumedRoleArn);
    });

    test('inline and attached policies go on, are listed, come off', async () => {
      const document = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' });
      await valueOf(iam().putRolePolicy('ContractRole', 'Inline', document));
      expect(JSON.parse(await valueOf(iam().getRolePolicy('ContractRole', 'Inline')))).toEqual(JSON.parse(document));
      expect(await valueOf(iam().listRolePolicies('ContractRole'))).toEqual(['Inline']);
      await valueOf(iam().attachRolePolicy('ContractRole', administratorAccess));
      expect(await valueOf(iam().listAttachedRolePolicies('ContractRole'))).toEqual([
        { arn: administratorAccess, name: 'AdministratorAccess' },
      ]);
      expect(await valueOf(iam().listInstanceProfilesForRole('ContractRole'))).toEqual([]);
      expect((await errorOf(iam().deleteRole('ContractRole'))).kind).toBe('delete-conflict');
      await valueOf(iam().deleteRolePolicy('ContractRole', 'Inline'));
      await valueOf(iam().detachRolePolicy('ContractRole', administratorAccess));
      expect(await valueOf(iam().listRolePolicies('ContractRole'))).toEqual([]);
      expect(await valueOf(iam().listAttachedRolePolicies('ContractRole'))).toEqual([]);
    });

    test('a permissions boundary goes on, is shown, is replaced, comes off', async () => {
      const boundary = async () => (await valueOf(iam().getRole('ContractRole'))).permissionsBoundaryArn;
      await valueOf(iam().putRolePermissionsBoundary('ContractRole', denyAll));
      expect(await boundary()).toBe(denyAll);
      await valueOf(iam().putRolePermissionsBoundary('ContractRole', administratorAccess));
      expect(await boundary()).toBe(administratorAccess);
      await valueOf(iam().deleteRolePermissionsBoundary('ContractRole'));
      expect(await boundary()).toBeUndefined();
      for (const refused of [
        iam().putRolePermissionsBoundary('NoSuchRole', denyAll),
        iam().deleteRolePermissionsBoundary('NoSuchRole'),
      ])
        expect(await errorOf(refused)).toMatchObject({ kind: 'no-such-entity', httpStatus: 404 });
    });

    test('a user’s inline policy goes on, is read, is replaced, comes off', async () => {
      await valueOf(iam().createUser({ name: 'contract', path: '/', tags: [] }));
      const deny = (Resource: string) => policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource });
      const read = async (): Promise<unknown> => JSON.parse(await valueOf(iam().getUserPolicy('contract', 'NoRole')));
      for (const document of [deny(`arn:aws:iam::${under.accountId}:role/One`), deny('arn:aws:iam::*:role/Two')]) {
        await valueOf(iam().putUserPolicy('contract', 'NoRole', document));
        expect(await read()).toEqual(JSON.parse(document));
      }
      expect(await errorOf(iam().putUserPolicy('contract', 'NoRole', '{"Version":"2012-10-17"}'))).toMatchObject({
        kind: 'malformed-policy',
        httpStatus: 400,
      });
      expect((await errorOf(iam().deleteUser('contract'))).kind).toBe('delete-conflict');
      await valueOf(iam().deleteUserPolicy('contract', 'NoRole'));
      for (const refused of [
        iam().getUserPolicy('contract', 'NoRole'),
        iam().deleteUserPolicy('contract', 'NoRole'),
        iam().putUserPolicy('nobody', 'NoRole', deny('*')),
      ])
        expect(await errorOf(refused)).toMatchObject({ kind: 'no-such-entity', httpStatus: 404 });
      await valueOf(iam().deleteUser('contract'));
    });

    test('its trust is replaced', async () => {
      const closed = policy({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
      await valueOf(iam().updateAssumeRolePolicy('ContractRole', closed));
      expect(JSON.parse((await valueOf(iam().getRole('ContractRole'))).trustPolicy)).toEqual(JSON.parse(closed));
    });

    test('a second role of its name is refused, and so is everything about a missing one', async () => {
      expect(await errorOf(iam().createRole(role('ContractRole')))).toMatchObject({
        kind: 'already-exists',
        httpStatus: 409,
      });
      expect(await errorOf(iam().getRole('NoSuchRole'))).toMatchObject({ kind: 'no-such-entity', httpStatus: 404 });
      expect((await errorOf(iam().deleteRolePolicy('ContractRole', 'NoSuchPolicy'))).kind).toBe('no-such-entity');
      expect((await errorOf(iam().deleteRole('NoSuchRole'))).kind).toBe('no-such-entity');
    });

    test('it is deleted', async () => {
      await valueOf(iam().deleteRole('ContractRole'));
      expect((await errorOf(iam().getRole('ContractRole'))).kind).toBe('no-such-entity');
    });

    test('more roles than fit on a page are all listed', async () => {
      const names = Array.from({ length: 105 }, (_, index) => `Page${String(index).padStart(3, '0')}`);
      for (const roleName of names) await valueOf(iam().createRole(role(roleName, { tags: [] })));
      const listed = (await valueOf(iam().listRoles()))
        .map((item) => item.name)
        .filter((item) => item.startsWith('Page'));
      expect(listed.sort()).toEqual(names);
    });

    describeOrganizations(
      () => under.aws.organizations(under.environment, fixed(under.administrator)),
      () => under.accountId,
    );

    test('the account has no alias, or one', async () => {
      expect((await valueOf(iam().listAccountAliases())).length).toBeLessThanOrEqual(1);
    });
  });
}
