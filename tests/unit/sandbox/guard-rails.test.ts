import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DescribeOrganizationCommand,
  LeaveOrganizationCommand,
} from '@aws-sdk/client-organizations';
import { AttachRolePolicyCommand, CreateRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { guardRailDocument, type GuardRail } from '../../../core/domain/guard-rails';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { organizationWorld, type OrganizationWorld } from '../../support/organization-world';
import { trustPolicy } from '../../support/practice';
import { bareIam, bareOrganizations, bareS3, bareSts, refusalOf } from '../../support/sdk';

let place: OrganizationWorld;
let accountId: string;
let accessRole: AwsCredentials;

async function attach(guardRail: GuardRail): Promise<void> {
  const made = await place.client.send(
    new CreatePolicyCommand({
      ...{ Name: 'Rail', Description: '', Type: 'SERVICE_CONTROL_POLICY' },
      Content: guardRailDocument(guardRail, 'aws'),
    }),
  );
  await place.client.send(
    new AttachPolicyCommand({ PolicyId: made.Policy?.PolicySummary?.Id, TargetId: place.rootId }),
  );
}

const scpDeny = /explicit deny in a service control policy/;

beforeEach(async () => {
  place = await organizationWorld();
  accountId = await place.newAccount('one@example.com');
  accessRole = await place.administratorOf(accountId);
});

describe('the guard rails of the catalogue in the sandbox', () => {
  test('a member may not leave, and may look at its organization', async () => {
    const { clock, sandbox } = place.world;
    await attach({ kind: 'stay' });
    const member = bareOrganizations(sandbox, clock, accessRole);
    const refused = await refusalOf(member.send(new LeaveOrganizationCommand({})));
    expect(refused.name).toBe('AccessDeniedException');
    expect(refused.message).toMatch(scpDeny);
    await member.send(new DescribeOrganizationCommand({}));
  });

  test('a protected role is changed by nobody but those that are excepted, and made by nobody else', async () => {
    const { clock, sandbox } = place.world;
    const iam = bareIam(sandbox, clock, accessRole);
    const AssumeRolePolicyDocument = trustPolicy({ principal: `arn:aws:iam::${accountId}:root` });
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Admin', PolicyArn: arn }));
    await iam.send(new CreateRoleCommand({ RoleName: 'Deploy', AssumeRolePolicyDocument }));
    const admin = await assume(`arn:aws:iam::${accountId}:role/Admin`);
    await attach({
      kind: 'role',
      role: { path: '/', name: 'Deploy' },
      exceptions: [{ path: '/', name: 'OrganizationAccountAccessRole' }],
    });
    const change = { PolicyDocument: AssumeRolePolicyDocument };
    const asAdmin = bareIam(sandbox, clock, admin);
    const refused = await refusalOf(asAdmin.send(new UpdateAssumeRolePolicyCommand({ ...change, RoleName: 'Deploy' })));
    expect(refused.name).toBe('AccessDenied');
    expect(refused.message).toMatch(scpDeny);
    // the way round it is shut as well
    const around = await refusalOf(
      asAdmin.send(new UpdateAssumeRolePolicyCommand({ ...change, RoleName: 'OrganizationAccountAccessRole' })),
    );
    expect(around.message).toMatch(scpDeny);
    await asAdmin.send(new UpdateAssumeRolePolicyCommand({ ...change, RoleName: 'Admin' }));
    await iam.send(new UpdateAssumeRolePolicyCommand({ ...change, RoleName: 'Deploy' }));
  });

  test('another Region is refused, global services answer from everywhere', async () => {
    const { clock, sandbox } = place.world;
    await attach({ kind: 'regions', regions: ['eu-west-1'] });
    const at = (region: string) => bareS3(sandbox, clock, accessRole, { region });
    const make = (region: string) =>
      at(region).send(
        new CreateBucketCommand({
          Bucket: `guard-rail-${region}`,
          ...(region === 'us-east-1'
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
        }),
      );
    const refused = await refusalOf(make('us-east-1'));
    expect(refused).toMatchObject({ name: 'AccessDenied', status: 403 });
    await make('eu-west-1');
    await at('us-east-1').send(new ListBucketsCommand({}));
    await bareIam(sandbox, clock, accessRole).send(
      new CreateRoleCommand({
        RoleName: 'StillMade',
        AssumeRolePolicyDocument: trustPolicy({ principal: `arn:aws:iam::${accountId}:root` }),
      }),
    );
    const who = await bareSts(sandbox, clock, accessRole).send(new GetCallerIdentityCommand({}));
    expect(who.Account).toBe(accountId);
    // the management account is not bound, wherever the policy hangs
    const management = bareS3(sandbox, clock, sandbox.identities.management, { region: 'us-east-1' });
    await management.send(new CreateBucketCommand({ Bucket: 'of-the-management-account' }));
  });
});

async function assume(RoleArn: string): Promise<AwsCredentials> {
  const { clock, sandbox } = place.world;
  const { Credentials } = await bareSts(sandbox, clock, accessRole).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'admin' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}
