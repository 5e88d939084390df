import { z } from '../../../core/zod';
import { parsePolicyDocument } from '../../../core/domain/policy-document';
import type { SignedCall } from '../call';
import { findPolicy, fullAccess } from '../organization';
import { fullAccessId, type OrganizationRecord, type ServiceControlPolicyRecord } from '../organization-record';
import { organizationQuotas as quotas } from '../organization-quotas';
import type { AwsRefusal } from '../http';
import {
  arnOfId,
  authorizeOn,
  constraint,
  invalidInput,
  managed,
  page,
  pageSchema,
  policyIdSchema,
  read,
  readTags,
  refuse,
  tagsSchema,
  type Members,
} from './organizations-shared';
import type { JsonOperations } from './operation';

/** Every type that AWS has (API reference, CreatePolicy); the sandbox offers the first. */
export const policyTypeSchema = z.enum([
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'CHATBOT_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'SECURITYHUB_POLICY',
  'INSPECTOR_POLICY',
  'UPGRADE_ROLLOUT_POLICY',
  'BEDROCK_POLICY',
  'S3_POLICY',
  'NETWORK_SECURITY_DIRECTOR_POLICY',
]);

export function requireServiceControl(organization: OrganizationRecord, type: z.infer<typeof policyTypeSchema>): void {
  if (organization.featureSet === 'ALL' && type === 'SERVICE_CONTROL_POLICY') return;
  throw refuse(
    'PolicyTypeNotAvailableForOrganizationException',
    organization.featureSet === 'ALL'
      ? `The practice sandbox offers service control policies only, not ${type}.`
      : 'This policy type needs an organization with all features enabled.',
  );
}

export const policyNotFound = (): AwsRefusal =>
  refuse('PolicyNotFoundException', "You specified a policy that doesn't exist.");

export function policySummary(organization: OrganizationRecord, policy: ServiceControlPolicyRecord): Members {
  return {
    Id: policy.id,
    Arn: arnOfId(organization, policy.id),
    Name: policy.name,
    Description: policy.description,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: policy.id === fullAccessId,
  };
}

function policyFields(organization: OrganizationRecord, policy: ServiceControlPolicyRecord): Members {
  return { Policy: { PolicySummary: policySummary(organization, policy), Content: policy.content } };
}

const contentSchema = z.string().min(1);
const nameSchema = z.string().min(1).max(128);
const descriptionSchema = z.string().max(512);

function checkContent(content: string): void {
  if (content.length > quotas.policySize)
    throw constraint('POLICY_CONTENT_LIMIT_EXCEEDED', 'You have exceeded the maximum policy size.');
  const reading = parsePolicyDocument(content, 'service-control');
  // Organizations does not say which requirement; what the grammar complains of helps whoever practises.
  if (!reading.ok) {
    throw refuse(
      'MalformedPolicyDocumentException',
      `The provided policy document does not meet the requirements of the specified policy type. ${reading.message}`,
    );
  }
}

function refuseTakenName(organization: OrganizationRecord, name: string): void {
  if ([fullAccess, ...organization.policies].some((policy) => policy.name === name))
    throw refuse('DuplicatePolicyException', 'A policy with the same name already exists.');
}

const createSchema = z.object({
  Content: contentSchema,
  Description: descriptionSchema,
  Name: nameSchema,
  Type: policyTypeSchema,
  Tags: tagsSchema.optional(),
});

function createPolicy(call: SignedCall, input: unknown): Members {
  const asked = read(createSchema, input);
  const tags = readTags(asked.Tags);
  const organization = managed(call, 'CreatePolicy', { policyType: true, tags });
  const id = `p-${call.state.newName('policy', 8)}`;
  if (tags.length > 0) authorizeOn(call, organization, 'TagResource', { ids: [id], tags });
  requireServiceControl(organization, asked.Type);
  checkContent(asked.Content);
  refuseTakenName(organization, asked.Name);
  if (organization.policies.length >= quotas.policies) {
    throw constraint(
      'POLICY_NUMBER_LIMIT_EXCEEDED',
      'You have exceeded the number of policies allowed in an organization.',
    );
  }
  const policy = { id, name: asked.Name, description: asked.Description, content: asked.Content, tags };
  organization.policies.push(policy);
  return policyFields(organization, policy);
}

/** A policy of the organization's own, for a change; AWS's is not to be changed. */
function ownPolicy(organization: OrganizationRecord, id: string): ServiceControlPolicyRecord {
  const policy = findPolicy(organization, id);
  if (policy === undefined) throw policyNotFound();
  if (policy === fullAccess)
    throw invalidInput('IMMUTABLE_POLICY', 'You specified a policy that is managed by AWS and cannot be modified.');
  return policy;
}

const updateSchema = z.object({
  PolicyId: policyIdSchema,
  Name: nameSchema.optional(),
  Description: descriptionSchema.optional(),
  Content: contentSchema.optional(),
});

function updatePolicy(call: SignedCall, input: unknown): Members {
  const asked = read(updateSchema, input);
  const organization = managed(call, 'UpdatePolicy', { ids: [asked.PolicyId], policyType: true });
  const policy = ownPolicy(organization, asked.PolicyId);
  if (asked.Content !== undefined) checkContent(asked.Content);
  if (asked.Name !== undefined && asked.Name !== policy.name) refuseTakenName(organization, asked.Name);
  policy.name = asked.Name ?? policy.name;
  policy.description = asked.Description ?? policy.description;
  policy.content = asked.Content ?? policy.content;
  return policyFields(organization, policy);
}

function deletePolicy(call: SignedCall, input: unknown): Members {
  const { PolicyId } = read(z.object({ PolicyId: policyIdSchema }), input);
  const organization = managed(call, 'DeletePolicy', { ids: [PolicyId], policyType: true });
  const policy = ownPolicy(organization, PolicyId);
  if (organization.attachments.some((attachment) => attachment.policyId === PolicyId))
    throw refuse('PolicyInUseException', 'The policy is attached to one or more entities.');
  organization.policies = organization.policies.filter((item) => item !== policy);
  return {};
}

export const organizationPolicyOperations: JsonOperations = {
  CreatePolicy: createPolicy,
  UpdatePolicy: updatePolicy,
  DeletePolicy: deletePolicy,
  DescribePolicy: (call, input) => {
    const { PolicyId } = read(z.object({ PolicyId: policyIdSchema }), input);
    const organization = managed(call, 'DescribePolicy', { ids: [PolicyId], policyType: true });
    const policy = findPolicy(organization, PolicyId);
    if (policy === undefined) throw policyNotFound();
    return policyFields(organization, policy);
  },
  ListPolicies: (call, input) => {
    const asked = read(z.object({ Filter: policyTypeSchema, ...pageSchema }), input);
    const organization = managed(call, 'ListPolicies', { policyType: true });
    const offered = asked.Filter === 'SERVICE_CONTROL_POLICY' && organization.featureSet === 'ALL';
    const { items, next } = page(offered ? [fullAccess, ...organization.policies] : [], asked);
    return { Policies: items.map((policy) => policySummary(organization, policy)), ...next };
  },
};
