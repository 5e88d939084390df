import type { PolicySummary, TargetType } from '@aws-sdk/client-organizations';
import { allOf } from './all-pages';
import type { OrganizationsApi, PolicyTarget, ServiceControlPolicy } from './aws-api';
import { changing, nothing, reading, serviceControl, type Ask } from './organizations-ask';
import { required } from './required';

function readPolicy(given: PolicySummary | undefined): ServiceControlPolicy {
  const policy = required(given, 'PolicySummary');
  return {
    id: required(policy.Id, 'Id'),
    arn: required(policy.Arn, 'Arn'),
    name: required(policy.Name, 'Name'),
    description: policy.Description ?? '',
    awsManaged: required(policy.AwsManaged, 'AwsManaged'),
  };
}

const targetKinds: Readonly<Record<TargetType, PolicyTarget['kind']>> = {
  ACCOUNT: 'account',
  ORGANIZATIONAL_UNIT: 'unit',
  ROOT: 'root',
};

type PolicyCalls = Pick<
  OrganizationsApi,
  | 'attachPolicy'
  | 'createPolicy'
  | 'deletePolicy'
  | 'detachPolicy'
  | 'enableServiceControlPolicies'
  | 'getPolicyDocument'
  | 'listPolicies'
  | 'listPoliciesForTarget'
  | 'listTargetsForPolicy'
>;

export function policyCalls(ask: Ask): PolicyCalls {
  return {
    enableServiceControlPolicies: (RootId, options) =>
      ask(
        changing('EnablePolicyType'),
        options,
        (client, sdk, http) =>
          client.send(new sdk.EnablePolicyTypeCommand({ RootId, PolicyType: serviceControl }), http),
        nothing,
      ),
    createPolicy: (Name, Description, Content, options) =>
      ask(
        changing('CreatePolicy'),
        options,
        (client, sdk, http) =>
          client.send(new sdk.CreatePolicyCommand({ Name, Description, Content, Type: serviceControl }), http),
        (output) => readPolicy(output.Policy?.PolicySummary),
      ),
    getPolicyDocument: (PolicyId, options) =>
      ask(
        reading('DescribePolicy'),
        options,
        (client, sdk, http) => client.send(new sdk.DescribePolicyCommand({ PolicyId }), http),
        (output) => required(output.Policy?.Content, 'Policy.Content'),
      ),
    listPolicies: (options) =>
      ask(
        reading('ListPolicies'),
        options,
        (client, sdk, http) =>
          allOf(sdk.paginateListPolicies({ client }, { Filter: serviceControl }, http), (page) => page.Policies ?? []),
        (output) => output.items.map(readPolicy),
      ),
    deletePolicy: (PolicyId, options) =>
      ask(
        changing('DeletePolicy'),
        options,
        (client, sdk, http) => client.send(new sdk.DeletePolicyCommand({ PolicyId }), http),
        nothing,
      ),
    attachPolicy: (PolicyId, TargetId, options) =>
      ask(
        changing('AttachPolicy'),
        options,
        (client, sdk, http) => client.send(new sdk.AttachPolicyCommand({ PolicyId, TargetId }), http),
        nothing,
      ),
    detachPolicy: (PolicyId, TargetId, options) =>
      ask(
        changing('DetachPolicy'),
        options,
        (client, sdk, http) => client.send(new sdk.DetachPolicyCommand({ PolicyId, TargetId }), http),
        nothing,
      ),
    listPoliciesForTarget: (TargetId, options) =>
      ask(
        reading('ListPoliciesForTarget'),
        options,
        (client, sdk, http) =>
          allOf(
            sdk.paginateListPoliciesForTarget({ client }, { TargetId, Filter: serviceControl }, http),
            (page) => page.Policies ?? [],
          ),
        (output) => output.items.map(readPolicy),
      ),
    listTargetsForPolicy: (PolicyId, options) =>
      ask(
        reading('ListTargetsForPolicy'),
        options,
        (client, sdk, http) =>
          allOf(sdk.paginateListTargetsForPolicy({ client }, { PolicyId }, http), (page) => page.Targets ?? []),
        (output) =>
          output.items.map((target) => ({
            id: required(target.TargetId, 'TargetId'),
            kind: targetKinds[required(target.Type, 'Type')],
            name: required(target.Name, 'Name'),
          })),
      ),
  };
}

export function tagCalls(ask: Ask): Pick<OrganizationsApi, 'listTags' | 'tagResource' | 'untagResource'> {
  return {
    listTags: (ResourceId, options) =>
      ask(
        reading('ListTagsForResource'),
        options,
        (client, sdk, http) =>
          allOf(sdk.paginateListTagsForResource({ client }, { ResourceId }, http), (page) => page.Tags ?? []),
        (output) => output.items.map((tag) => ({ key: required(tag.Key, 'Key'), value: required(tag.Value, 'Value') })),
      ),
    tagResource: (ResourceId, tags, options) =>
      ask(
        changing('TagResource'),
        options,
        (client, sdk, http) => {
          const Tags = tags.map(({ key, value }) => ({ Key: key, Value: value }));
          return client.send(new sdk.TagResourceCommand({ ResourceId, Tags }), http);
        },
        nothing,
      ),
    untagResource: (ResourceId, keys, options) =>
      ask(
        changing('UntagResource'),
        options,
        (client, sdk, http) => client.send(new sdk.UntagResourceCommand({ ResourceId, TagKeys: [...keys] }), http),
        nothing,
      ),
  };
}
