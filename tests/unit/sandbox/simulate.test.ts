import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type IAMClient,
  type SimulateCustomPolicyCommandInput,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { administratorAccess, policy, practice, trustPolicy, type Practice } from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

const anna = 'arn:aws:iam::222233334444:user/anna';
const target = 'arn:aws:iam::111122223333:role/Deploy';

describe('the policy simulator in the sandbox, through the real SDK', () => {
  let world: Practice;
  let iam: IAMClient;
  const principal = (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
    iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: anna, ActionNames: ['sts:AssumeRole'], ...input }));
  const custom = (input: Partial<SimulateCustomPolicyCommandInput>) =>
    iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: [], ActionNames: ['s3:GetObject'], ...input }));

  beforeEach(async () => {
    world = practice();
    iam = bareIam(world.sandbox, world.clock, world.sandbox.identities.owner);
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'anna',
        PolicyName: 'Assume',
        PolicyDocument: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target }),
      }),
    );
  });

  test('says what a user may do, action by action, and which policy decided', async () => {
    const { EvaluationResults } = await principal({
      ActionNames: ['sts:AssumeRole', 's3:GetObject'],
      ResourceArns: [target],
    });
    expect(EvaluationResults).toHaveLength(2);
    expect(EvaluationResults?.[0]).toMatchObject({
      EvalActionName: 'sts:AssumeRole',
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'user_anna_Assume', SourcePolicyType: 'IAM Policy' }],
      MissingContextValues: [],
    });
    expect(EvaluationResults?.[1]).toMatchObject({
      EvalActionName: 's3:GetObject',
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
    });
  });

  test('one result for an action: the strictest; each resource’s own below it', async () => {
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'anna',
        PolicyName: 'Never',
        PolicyDocument: policy({ Effect: 'Deny', Action: 'sts:*', Resource: `${target}Never` }),
      }),
    );
    const { EvaluationResults } = await principal({ ResourceArns: [target, `${target}Other`, `${target}Never`] });
    expect(EvaluationResults).toHaveLength(1);
    const [result] = EvaluationResults ?? [];
    expect(result).toMatchObject({ EvalDecision: 'explicitDeny', EvalResourceName: '*' });
    expect(result?.ResourceSpecificResults?.map((item) => [item.EvalResourceName, item.EvalResourceDecision])).toEqual([
      [target, 'allowed'],
      [`${target}Other`, 'implicitDeny'],
      [`${target}Never`, 'explicitDeny'],
    ]);
    const everywhere = await principal({});
    expect(everywhere.EvaluationResults?.[0]?.ResourceSpecificResults).toBeUndefined();
  });

  test('names the context values that were not given, and uses those that were', async () => {
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'anna',
        PolicyName: 'Tagged',
        PolicyDocument: policy({
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::bucket/${aws:username}/*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        }),
      }),
    );
    const asked = { ActionNames: ['s3:GetObject'], ResourceArns: ['arn:aws:s3:::bucket/anna/file'] };
    const without = (await principal(asked)).EvaluationResults?.[0];
    expect(without).toMatchObject({ EvalDecision: 'implicitDeny', MissingContextValues: ['aws:RequestedRegion'] });
    const given = await principal({
      ...asked,
      ContextEntries: [
        { ContextKeyName: 'aws:requestedregion', ContextKeyType: 'string', ContextKeyValues: ['eu-west-1'] },
      ],
    });
    expect(given.EvaluationResults?.[0]).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] });
  });

  test('counts the policies of a user’s groups and its boundary, and what is put in', async () => {
    await iam.send(new CreateGroupCommand({ GroupName: 'Ops' }));
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: 'Ops',
        PolicyName: 'Objects',
        PolicyDocument: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
      }),
    );
    const decision = async (input: Partial<SimulatePrincipalPolicyCommandInput> = {}) =>
      (await principal({ ActionNames: ['s3:GetObject'], ...input })).EvaluationResults?.[0];
    expect((await decision())?.EvalDecision).toBe('implicitDeny');
    expect((await decision({ PolicySourceArn: 'arn:aws:iam::222233334444:group/Ops' }))?.EvalDecision).toBe('allowed');
    await iam.send(new AddUserToGroupCommand({ GroupName: 'Ops', UserName: 'anna' }));
    expect((await decision())?.MatchedStatements?.[0]?.SourcePolicyId).toBe('group_Ops_Objects');
    const denying = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
    expect((await decision({ PolicyInputList: [denying] }))?.EvalDecision).toBe('explicitDeny');
    await iam.send(
      new PutUserPermissionsBoundaryCommand({
        UserName: 'anna',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
      }),
    );
    expect(await decision()).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
    const wide = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
    expect(await decision({ PermissionsBoundaryPolicyInputList: [wide] })).toMatchObject({
      EvalDecision: 'allowed',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    });
  });

  test('takes roles, and refuses what is no entity: a session above all', async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'Deploy', AssumeRolePolicyDocument: trustPolicy() }));
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'Deploy',
        PolicyName: 'Objects',
        PolicyDocument: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      }),
    );
    const role = await principal({
      PolicySourceArn: 'arn:aws:iam::222233334444:role/Deploy',
      ActionNames: ['s3:ListBucket'],
    });
    expect(role.EvaluationResults?.[0]?.EvalDecision).toBe('allowed');
    const session = 'arn:aws:sts::222233334444:assumed-role/Deploy/me';
    expect(await refusalOf(principal({ PolicySourceArn: session }))).toEqual({
      name: 'InvalidInputException',
      message: `Invalid Entity Arn: ${session} does not clearly define entity type and name.`,
      status: 400,
    });
    expect((await refusalOf(principal({ PolicySourceArn: `${anna}-other` }))).name).toBe('NoSuchEntityException');
    expect((await refusalOf(principal({ PolicySourceArn: anna.replace('2222', '1111') }))).name).toBe('AccessDenied');
    expect((await refusalOf(principal({ ActionNames: ['s3'] }))).name).toBe('InvalidInputException');
    expect((await principal({ ActionNames: [] })).EvaluationResults).toEqual([]);
    expect((await refusalOf(principal({ ResourceArns: ['bucket'] }))).name).toBe('InvalidInputException');
    expect((await refusalOf(principal({ PolicyInputList: ['{'] }))).name).toBe('InvalidInputException');
    expect((await refusalOf(principal({ CallerArn: session }))).name).toBe('InvalidInputException');
    const deployer = bareIam(world.sandbox, world.clock, world.sandbox.identities.deployer);
    const input = { PolicySourceArn: world.sandbox.identities.deployer.arn, ActionNames: ['s3:GetObject'] };
    expect((await refusalOf(deployer.send(new SimulatePrincipalPolicyCommand(input)))).message).toMatch(
      /because no identity-based policy allows the iam:SimulatePrincipalPolicy action$/,
    );
  });

  test('a simulation and the call itself agree', async () => {
    await iam.send(new AttachUserPolicyCommand({ UserName: 'anna', PolicyArn: administratorAccess }));
    const { EvaluationResults } = await principal({ ActionNames: ['iam:ListAccountAliases'] });
    expect(EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'AdministratorAccess' }],
    });
  });

  test('pages through actions in the order asked', async () => {
    const actions = ['s3:PutObject', 'iam:GetRole', 'sts:AssumeRole'];
    const first = await principal({ ActionNames: actions, MaxItems: 2 });
    expect(first.IsTruncated).toBe(true);
    const second = await principal({ ActionNames: actions, MaxItems: 2, Marker: first.Marker });
    expect(second.IsTruncated).toBe(false);
    expect(
      [...(first.EvaluationResults ?? []), ...(second.EvaluationResults ?? [])].map((item) => item.EvalActionName),
    ).toEqual(actions);
  });

  test('simulates policies alone, and with a resource’s policy for a named user', async () => {
    const allows = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' });
    const object = 'arn:aws:s3:::bucket/file';
    const decision = async (input: Partial<SimulateCustomPolicyCommandInput>) =>
      (await custom({ ResourceArns: [object], ...input })).EvaluationResults?.[0]?.EvalDecision;
    expect(await decision({ PolicyInputList: [allows] })).toBe('allowed');
    expect(await decision({ PolicyInputList: [allows], ResourceArns: ['arn:aws:s3:::other/file'] })).toBe(
      'implicitDeny',
    );
    const bucket = policy({ Effect: 'Allow', Principal: { AWS: anna }, Action: 's3:GetObject', Resource: object });
    const nothing = policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
    const withBucket = { ResourcePolicy: bucket, CallerArn: anna };
    expect(await decision({ PolicyInputList: [nothing], ...withBucket })).toBe('allowed');
    const elsewhere = { ...withBucket, ResourceOwner: 'arn:aws:iam::111122223333:root' };
    expect(await decision({ PolicyInputList: [nothing], ...elsewhere })).toBe('implicitDeny');
    expect(await decision({ PolicyInputList: [allows], ...elsewhere })).toBe('allowed');
    expect((await refusalOf(custom({ PolicyInputList: [allows], ResourcePolicy: bucket }))).name).toBe(
      'InvalidInputException',
    );
    expect(await decision({})).toBe('implicitDeny');
    const boundary = [allows, allows];
    expect(
      (await refusalOf(custom({ PolicyInputList: [allows], PermissionsBoundaryPolicyInputList: boundary }))).name,
    ).toBe('InvalidInputException');
  });
});
