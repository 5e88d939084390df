import { CreateVirtualMFADeviceCommand, EnableMFADeviceCommand } from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { noConditions, type TrustConditions } from '../../../core/domain/trust-conditions';
import { trustPolicy } from '../../../core/domain/trust-policy';
import type { OptionsAnswers } from '../../../core/domain/wizard';
import { createAws } from '../../../main/aws/create-aws';
import { totpCode, totpStep } from '../../../main/sandbox/mfa';
import { loadScenario } from '../../../main/sandbox/scenario-catalog';
import { twoAccounts } from '../../../main/sandbox/scenario';
import {
  administratorAccess,
  errorOf,
  fixed,
  practice,
  sandboxEnvironment,
  valueOf,
  type Practice,
} from '../../support/practice';
import { bareIam } from '../../support/sdk';

const externalId = '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5';
const roleArn = 'arn:aws:iam::222233334444:role/Guarded';
const deployer = 'arn:aws:iam::111122223333:user/practice-deployer';

/** The trust policies that the app writes for Custom, asked by the real SDK. */
describe('the sandbox enforces every condition that Custom can ask for', () => {
  let world: Practice;
  let organizationId: string;

  const make = (conditions: Partial<TrustConditions>, options: Partial<OptionsAnswers> = {}) =>
    valueOf(
      world.iam(world.sandbox.identities.owner).createRole({
        name: 'Guarded',
        path: '/',
        description: '',
        maxSessionDuration: 3600,
        tags: [],
        trustPolicy: trustPolicy({
          accountId: '222233334444',
          trusted: { accountId: '111122223333', arn: deployer, partition: 'aws' },
          externalId,
          options: {
            roleName: 'Guarded',
            path: '/',
            maxSessionDuration: 3600,
            useExternalId: true,
            onlyThisIdentity: true,
            managedPolicies: [],
            parameters: {},
            conditions: { ...noConditions, ...conditions },
            ...options,
          },
        }),
      }),
    );
  const asDeployer = (from?: string, mfa: { serialNumber?: string; tokenCode?: string } = {}) => {
    const { clock, sandbox } = world;
    const aws = createAws({
      clock,
      version: '0.0.0',
      sandbox: {
        handle: (request) => sandbox.handle(from === undefined ? request : { ...request, sourceIp: from }),
      },
    });
    return aws
      .sts(sandboxEnvironment, fixed(sandbox.identities.deployer))
      .assumeRole({ roleArn, sessionName: 'check', durationSeconds: 900, externalId, ...mfa });
  };
  const expectRefusal = async (from?: string) => {
    expect(await errorOf(asDeployer(from))).toMatchObject({ kind: 'access-denied', code: 'AccessDenied' });
  };

  beforeEach(async () => {
    world = practice({ scenario: await loadScenario('organization-with-units') });
    const kept = world.sandbox.snapshot() as { organizations?: { id: string }[] };
    organizationId = kept.organizations?.[0]?.id ?? '';
    expect(organizationId).toMatch(/^o-[a-z0-9]{10,32}$/);
  });

  test('aws:PrincipalOrgID: the caller’s own organization, no other', async () => {
    await make({ organizationIds: ['o-zzzzzzzzzz', organizationId] });
    await valueOf(asDeployer());
    world = practice({ scenario: await loadScenario('organization-with-units') });
    await make({ organizationIds: ['o-zzzzzzzzzz'] });
    await expectRefusal();
  });

  test('aws:PrincipalOrgID: who is in no organization is refused', async () => {
    world = practice();
    await make({ organizationIds: [organizationId] });
    await expectRefusal();
  });

  test.each([
    ['203.0.113.0/24', '203.0.113.9', '203.0.114.9'],
    ['203.0.113.9', '203.0.113.9', '203.0.113.8'],
    ['2001:db8:7::/48', '2001:db8:7::1', '2001:db8:8::1'],
  ])('aws:SourceIp: %s', async (range, inside, outside) => {
    await make({ sourceRanges: [range] });
    await valueOf(asDeployer(inside));
    await expectRefusal(outside);
    // the other version of IP is another address, not a missing one
    await expectRefusal(inside.includes(':') ? '203.0.113.9' : '2001:db8::1');
  });

  test('aws:PrincipalArn: another identity than the caller is not enough, beside it it is', async () => {
    const other = 'arn:aws:iam::111122223333:role/ci/deployer';
    await make({ principalArns: [other] }, { onlyThisIdentity: false });
    await expectRefusal();
    world = practice();
    await make({ principalArns: [other] });
    await valueOf(asDeployer());
    world = practice();
    await make({ principalArns: [deployer, other] }, { onlyThisIdentity: false });
    await valueOf(asDeployer());
  });

  test('aws:MultiFactorAuthPresent: keys alone are refused, keys with a code are let in', async () => {
    const accounts = (twoAccounts.accounts ?? []).map((account) => ({
      ...account,
      users: (account.users ?? []).map((user) => ({ ...user, attached: [administratorAccess] })),
    }));
    world = practice({ scenario: { ...twoAccounts, accounts } });
    await make({ mfa: true });
    await expectRefusal();
    const iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.deployer);
    const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
    const serialNumber = made.VirtualMFADevice?.SerialNumber ?? '';
    const seed = Buffer.from(made.VirtualMFADevice?.Base32StringSeed ?? []).toString('utf8');
    const code = (steps: number) => totpCode(seed, totpStep(world.clock.now()) + steps);
    await iam.send(
      new EnableMFADeviceCommand({
        UserName: 'practice-deployer',
        SerialNumber: serialNumber,
        AuthenticationCode1: code(-1),
        AuthenticationCode2: code(0),
      }),
    );
    await expectRefusal();
    expect((await errorOf(asDeployer(undefined, { serialNumber, tokenCode: code(9) }))).detail).toMatch(
      /MultiFactorAuthentication failed/,
    );
    await valueOf(asDeployer(undefined, { serialNumber, tokenCode: code(1) }));
  });

  test('all of them at once, and each one missing', async () => {
    await make({ organizationIds: [organizationId], sourceRanges: ['203.0.113.0/24'], principalArns: [deployer] });
    await valueOf(asDeployer('203.0.113.1'));
    await expectRefusal('198.51.100.1');
    const without = { roleArn, sessionName: 'check', durationSeconds: 900 };
    expect(await errorOf(world.sts(world.sandbox.identities.deployer).assumeRole(without))).toMatchObject({
      kind: 'access-denied',
    });
  });
});
