import {
  AttachPolicyCommand,
  CreateOrganizationalUnitCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  EnablePolicyTypeCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { beforeEach, describe, expect, test } from 'vitest';
import { organizationWorld, type OrganizationWorld } from '../../support/organization-world';
import { policy, practice } from '../../support/practice';
import { bareOrganizations, refusalOf } from '../../support/sdk';

const Type = 'SERVICE_CONTROL_POLICY' as const;
const fullAccess = 'p-FullAWSAccess';
const denyLeaving = policy({ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' });

let given: OrganizationWorld;
beforeEach(async () => {
  given = await organizationWorld();
});

const create = (Name: string, Content = denyLeaving) =>
  given.client.send(new CreatePolicyCommand({ Name, Content, Description: 'Made by a test', Type }));
const newPolicy = async (name: string): Promise<string> => (await create(name)).Policy?.PolicySummary?.Id ?? '';
const attach = (PolicyId: string, TargetId: string) =>
  given.client.send(new AttachPolicyCommand({ PolicyId, TargetId }));
const detach = (PolicyId: string, TargetId: string) =>
  given.client.send(new DetachPolicyCommand({ PolicyId, TargetId }));
const policiesOf = async (TargetId: string) =>
  (await given.client.send(new ListPoliciesForTargetCommand({ TargetId, Filter: Type }))).Policies?.map(({ Id }) => Id);

describe('service control policies as things', () => {
  test('AWS’s own is there from the beginning, everywhere, and stays as it is', async () => {
    const unit = await given.newUnit('Workloads');
    const accountId = await given.newAccount('one@example.com');
    const { Policy } = await given.client.send(new DescribePolicyCommand({ PolicyId: fullAccess }));
    expect(Policy?.PolicySummary).toEqual({
      Id: fullAccess,
      Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
      Name: 'FullAWSAccess',
      Description: 'Allows access to every operation',
      Type,
      AwsManaged: true,
    });
    for (const target of [given.rootId, unit, accountId, '333344445555'])
      expect(await policiesOf(target)).toEqual([fullAccess]);
    const targets = await given.client.send(new ListTargetsForPolicyCommand({ PolicyId: fullAccess }));
    expect(targets.Targets?.map((target) => [target.TargetId, target.Type, target.Name])).toEqual([
      [given.rootId, 'ROOT', 'Root'],
      ['333344445555', 'ACCOUNT', 'Practice management'],
      [unit, 'ORGANIZATIONAL_UNIT', 'Workloads'],
      [accountId, 'ACCOUNT', 'One'],
    ]);
    const update = new UpdatePolicyCommand({ PolicyId: fullAccess, Name: 'Mine' });
    expect(await refusalOf(given.client.send(update))).toMatchObject({
      name: 'InvalidInputException',
      reason: 'IMMUTABLE_POLICY',
    });
    expect((await refusalOf(given.client.send(new DeletePolicyCommand({ PolicyId: fullAccess })))).reason).toBe(
      'IMMUTABLE_POLICY',
    );
  });

  test('one is made, changed, attached, found from both sides, taken off and deleted', async () => {
    const made = (await create('NoLeaving')).Policy;
    const id = made?.PolicySummary?.Id ?? '';
    expect(id).toMatch(/^p-[0-9a-zA-Z_]{8,128}$/);
    expect(made?.PolicySummary?.Arn).toMatch(
      new RegExp(`^arn:aws:organizations::333344445555:policy/o-[a-z0-9]+/service_control_policy/${id}$`),
    );
    expect((await refusalOf(create('NoLeaving'))).name).toBe('DuplicatePolicyException');
    expect((await refusalOf(create('FullAWSAccess'))).name).toBe('DuplicatePolicyException');
    await newPolicy('Other');
    const rename = (Name: string) => given.client.send(new UpdatePolicyCommand({ PolicyId: id, Name }));
    expect((await refusalOf(rename('Other'))).name).toBe('DuplicatePolicyException');
    expect((await rename('Stay')).Policy).toMatchObject({
      Content: denyLeaving,
      PolicySummary: { Name: 'Stay', Description: 'Made by a test', AwsManaged: false },
    });
    const listed = await given.client.send(new ListPoliciesCommand({ Filter: Type }));
    expect(listed.Policies?.map(({ Name }) => Name)).toEqual(['FullAWSAccess', 'Stay', 'Other']);
    await attach(id, given.rootId);
    expect(await policiesOf(given.rootId)).toEqual([fullAccess, id]);
    const targets = await given.client.send(new ListTargetsForPolicyCommand({ PolicyId: id }));
    expect(targets.Targets?.map(({ TargetId }) => TargetId)).toEqual([given.rootId]);
    expect((await refusalOf(attach(id, given.rootId))).name).toBe('DuplicatePolicyAttachmentException');
    const remove = () => given.client.send(new DeletePolicyCommand({ PolicyId: id }));
    expect((await refusalOf(remove())).name).toBe('PolicyInUseException');
    await detach(id, given.rootId);
    expect((await refusalOf(detach(id, given.rootId))).name).toBe('PolicyNotAttachedException');
    await remove();
    for (const gone of [
      remove(),
      attach(id, given.rootId),
      given.client.send(new DescribePolicyCommand({ PolicyId: id })),
    ])
      expect((await refusalOf(gone)).name).toBe('PolicyNotFoundException');
  });

  test('at least one stays, ten at most', async () => {
    expect(await refusalOf(detach(fullAccess, given.rootId))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    });
    for (let index = 1; index < 10; index += 1) await attach(await newPolicy(`P${String(index)}`), given.rootId);
    expect(await refusalOf(attach(await newPolicy('Late'), given.rootId))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      message: 'You have attached the maximum number of policies to the specified target.',
    });
    await detach(fullAccess, given.rootId);
  });

  test('content must be a policy of this kind, and not too long', async () => {
    const principal = policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' });
    for (const content of ['{', '[]', principal, policy({ Effect: 'Deny', Resource: '*' })])
      expect((await refusalOf(create('Bad', content))).name).toBe('MalformedPolicyDocumentException');
    const long = (length: number) => denyLeaving + ' '.repeat(length - denyLeaving.length);
    await create('Long', long(10_240));
    expect(await refusalOf(create('Longer', long(10_241)))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'POLICY_CONTENT_LIMIT_EXCEEDED',
    });
    const id = await newPolicy('Good');
    const update = new UpdatePolicyCommand({ PolicyId: id, Content: principal });
    expect((await refusalOf(given.client.send(update))).name).toBe('MalformedPolicyDocumentException');
  });

  test('targets and other types are refused by name', async () => {
    expect((await refusalOf(attach(fullAccess, '999988887777'))).name).toBe('TargetNotFoundException');
    expect((await refusalOf(attach(fullAccess, 'nobody'))).reason).toBe('INVALID_PATTERN_TARGET_ID');
    const enable = (PolicyType: 'TAG_POLICY' | 'SERVICE_CONTROL_POLICY', RootId = given.rootId) =>
      refusalOf(given.client.send(new EnablePolicyTypeCommand({ PolicyType, RootId })));
    expect(await enable('TAG_POLICY')).toMatchObject({
      name: 'PolicyTypeNotAvailableForOrganizationException',
      message: 'The practice sandbox offers service control policies only, not TAG_POLICY.',
    });
    expect((await enable(Type, 'r-none')).name).toBe('RootNotFoundException');
    // @ts-expect-error: not one of the types that the model knows
    const unknown = new ListPoliciesCommand({ Filter: 'WISHES' });
    expect((await refusalOf(given.client.send(unknown))).reason).toBe('INVALID_ENUM_POLICY_TYPE');
    given = await organizationWorld({}, 'CONSOLIDATED_BILLING');
    expect((await refusalOf(create('Any'))).name).toBe('PolicyTypeNotAvailableForOrganizationException');
    expect((await given.client.send(new ListPoliciesCommand({ Filter: Type }))).Policies).toEqual([]);
  });
});

describe('tags in an organization', () => {
  const tag = (ResourceId: string, Tags: { Key: string; Value: string }[]) =>
    given.client.send(new TagResourceCommand({ ResourceId, Tags }));
  const tagsOf = async (ResourceId: string) =>
    (await given.client.send(new ListTagsForResourceCommand({ ResourceId }))).Tags;

  test('go on and come off everything that has them', async () => {
    const unit = await given.newUnit('Workloads');
    const accountId = await given.newAccount('one@example.com');
    for (const id of [given.rootId, unit, accountId, await newPolicy('Stay')]) {
      await tag(id, [{ Key: 'Stage', Value: 'test' }]);
      // Keys differ by case.
      await tag(id, [
        { Key: 'Stage', Value: 'production' },
        { Key: 'stage', Value: 'small' },
      ]);
      expect(await tagsOf(id)).toEqual([
        { Key: 'Stage', Value: 'production' },
        { Key: 'stage', Value: 'small' },
      ]);
      await given.client.send(new UntagResourceCommand({ ResourceId: id, TagKeys: ['Stage', 'none'] }));
      expect(await tagsOf(id)).toEqual([{ Key: 'stage', Value: 'small' }]);
    }
    expect((await refusalOf(tag('999988887777', []))).name).toBe('TargetNotFoundException');
    expect((await refusalOf(tag(fullAccess, []))).reason).toBe('TARGET_NOT_SUPPORTED');
  });

  test('fifty at most', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${String(index)}`, Value: '' }));
    await tag(given.rootId, many);
    expect(await refusalOf(tag(given.rootId, [{ Key: 'late', Value: '' }]))).toMatchObject({
      name: 'ConstraintViolationException',
      reason: 'MAX_TAG_LIMIT_EXCEEDED',
    });
    const first = await given.client.send(new ListTagsForResourceCommand({ ResourceId: given.rootId }));
    expect(first.Tags).toHaveLength(20);
    const command = new ListTagsForResourceCommand({ ResourceId: given.rootId, NextToken: first.NextToken });
    expect((await given.client.send(command)).Tags?.[0]?.Key).toBe('k20');
  });

  test('decide who may do what: of the resource, in the request', async () => {
    const unit = await given.newUnit('Workloads');
    await tag(unit, [{ Key: 'Team', Value: 'deployment' }]);
    const { management } = given.world.sandbox.identities;
    const as = (...statements: object[]) => {
      const saved = given.world.sandbox.snapshot();
      for (const account of saved.accounts)
        for (const user of account.users)
          if (account.id === management.accountId)
            Object.assign(user, { attached: [], inline: [{ name: 'One', document: policy(...statements) }] });
      const again = practice({ snapshot: saved });
      return bareOrganizations(again.sandbox, again.clock, management);
    };
    const make = (ParentId: string, Tags: { Key: string; Value: string }[] = []) =>
      new CreateOrganizationalUnitCommand({ ParentId, Name: 'New', Tags });
    const Action = 'organizations:CreateOrganizationalUnit';
    const byTeam = as({
      Effect: 'Allow',
      Action,
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/Team': 'deployment' } },
    });
    expect((await refusalOf(byTeam.send(make(given.rootId)))).name).toBe('AccessDeniedException');
    await byTeam.send(make(unit));
    const named = [{ Key: 'Team', Value: 'mine' }];
    const Condition = { StringEquals: { 'aws:RequestTag/Team': 'mine' } };
    const untagging = as({ Effect: 'Allow', Action, Resource: '*', Condition });
    expect((await refusalOf(untagging.send(make(given.rootId)))).name).toBe('AccessDeniedException');
    expect((await refusalOf(untagging.send(make(given.rootId, named)))).message).toContain('organizations:TagResource');
    const tagging = as({ Effect: 'Allow', Action: [Action, 'organizations:TagResource'], Resource: '*', Condition });
    await tagging.send(make(given.rootId, named));
    const onlyStage = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Stage'] } };
    const tidying = as({ Effect: 'Allow', Action: 'organizations:UntagResource', Resource: '*', Condition: onlyStage });
    await tidying.send(new UntagResourceCommand({ ResourceId: unit, TagKeys: ['Stage'] }));
    const other = new UntagResourceCommand({ ResourceId: unit, TagKeys: ['Stage', 'Team'] });
    expect((await refusalOf(tidying.send(other))).name).toBe('AccessDeniedException');
  });

  test('the kind of policy is a condition', async () => {
    const { management } = given.world.sandbox.identities;
    const saved = given.world.sandbox.snapshot();
    const Condition = { StringNotEquals: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' } };
    const document = policy({ Effect: 'Allow', Action: 'organizations:*', Resource: '*', Condition });
    for (const account of saved.accounts)
      for (const user of account.users)
        if (account.id === management.accountId)
          Object.assign(user, { attached: [], inline: [{ name: 'One', document }] });
    const again = practice({ snapshot: saved });
    const client = bareOrganizations(again.sandbox, again.clock, management);
    expect((await refusalOf(client.send(new DescribePolicyCommand({ PolicyId: fullAccess })))).name).toBe(
      'AccessDeniedException',
    );
  });
});
