import { z } from '../../../core/zod';
import type { SignedCall } from '../call';
import { findPolicy, serviceControlEnabled } from '../organization';
import { fullAccessEverywhere, type OrganizationRecord } from '../organization-record';
import { organizationQuotas as quotas } from '../organization-quotas';
import { policyNotFound, policySummary, policyTypeSchema, requireServiceControl } from './organizations-policies';
import {
  arnOfId,
  constraint,
  managed,
  page,
  pageSchema,
  policyIdSchema,
  read,
  refuse,
  rootFields,
  rootIdSchema,
  tagsOf,
  targetIdSchema,
  type Members,
} from './organizations-shared';
import type { JsonOperations } from './operation';

const typeSchema = z.object({ RootId: rootIdSchema, PolicyType: policyTypeSchema });

function typedRoot(call: SignedCall, action: string, input: unknown): OrganizationRecord {
  const asked = read(typeSchema, input);
  const organization = managed(call, action, { ids: [asked.RootId], policyType: true });
  if (asked.RootId !== organization.rootId)
    throw refuse('RootNotFoundException', "You specified a root that doesn't exist.");
  requireServiceControl(organization, asked.PolicyType);
  return organization;
}

function enablePolicyType(call: SignedCall, input: unknown): Members {
  const organization = typedRoot(call, 'EnablePolicyType', input);
  if (serviceControlEnabled(organization))
    throw refuse('PolicyTypeAlreadyEnabledException', 'The specified policy type is already enabled.');
  organization.attachments = fullAccessEverywhere(organization);
  return { Root: rootFields(organization) };
}

/** Attachments are lost; the policies stay (Organizations User Guide, "Disabling a policy type"). */
function disablePolicyType(call: SignedCall, input: unknown): Members {
  const organization = typedRoot(call, 'DisablePolicyType', input);
  if (!serviceControlEnabled(organization)) throw notEnabled();
  organization.attachments = [];
  return { Root: rootFields(organization) };
}

const notEnabled = () =>
  refuse('PolicyTypeNotEnabledException', 'This operation can be performed only for enabled policy types.');

function requireTarget(organization: OrganizationRecord, id: string): void {
  if (tagsOf(organization, id) === undefined)
    throw refuse('TargetNotFoundException', "You specified a target that doesn't exist.");
}

const attachmentSchema = z.object({ PolicyId: policyIdSchema, TargetId: targetIdSchema });
type Asked = z.infer<typeof attachmentSchema>;

function readAttachment(
  call: SignedCall,
  action: string,
  input: unknown,
): Asked & { organization: OrganizationRecord } {
  const asked = read(attachmentSchema, input);
  const organization = managed(call, action, { ids: [asked.PolicyId, asked.TargetId], policyType: true });
  if (findPolicy(organization, asked.PolicyId) === undefined) throw policyNotFound();
  requireTarget(organization, asked.TargetId);
  return { ...asked, organization };
}

function attachPolicy(call: SignedCall, input: unknown): Members {
  const { organization, PolicyId: policyId, TargetId: targetId } = readAttachment(call, 'AttachPolicy', input);
  if (!serviceControlEnabled(organization)) throw notEnabled();
  const there = organization.attachments.filter((attachment) => attachment.targetId === targetId);
  if (there.some((attachment) => attachment.policyId === policyId)) {
    throw refuse(
      'DuplicatePolicyAttachmentException',
      'A policy with the specified name and type already exists at the specified target.',
    );
  }
  if (there.length >= quotas.policiesPerTarget) {
    throw constraint(
      'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      'You have attached the maximum number of policies to the specified target.',
    );
  }
  organization.attachments.push({ policyId, targetId });
  return {};
}

function detachPolicy(call: SignedCall, input: unknown): Members {
  const { organization, PolicyId: policyId, TargetId: targetId } = readAttachment(call, 'DetachPolicy', input);
  const there = organization.attachments.filter((attachment) => attachment.targetId === targetId);
  const found = there.find((attachment) => attachment.policyId === policyId);
  if (found === undefined)
    throw refuse('PolicyNotAttachedException', 'The policy is not attached to the specified target.');
  if (there.length === 1) {
    throw constraint(
      'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      'You cannot remove the last policy attached to the specified target.',
    );
  }
  organization.attachments = organization.attachments.filter((attachment) => attachment !== found);
  return {};
}

function targetFields(call: SignedCall, organization: OrganizationRecord, id: string): Members {
  const shared = { TargetId: id, Arn: arnOfId(organization, id) };
  if (id === organization.rootId) return { ...shared, Name: 'Root', Type: 'ROOT' };
  const unit = organization.units.find((item) => item.id === id);
  if (unit !== undefined) return { ...shared, Name: unit.name, Type: 'ORGANIZATIONAL_UNIT' };
  return { ...shared, Name: call.state.accounts.get(id)?.name, Type: 'ACCOUNT' };
}

export const organizationAttachmentOperations: JsonOperations = {
  EnablePolicyType: enablePolicyType,
  DisablePolicyType: disablePolicyType,
  AttachPolicy: attachPolicy,
  DetachPolicy: detachPolicy,
  ListPoliciesForTarget: (call, input) => {
    const asked = read(z.object({ TargetId: targetIdSchema, Filter: policyTypeSchema, ...pageSchema }), input);
    const organization = managed(call, 'ListPoliciesForTarget', { ids: [asked.TargetId], policyType: true });
    requireTarget(organization, asked.TargetId);
    const policies = organization.attachments.flatMap(({ policyId, targetId }) => {
      const policy = targetId === asked.TargetId ? findPolicy(organization, policyId) : undefined;
      return policy === undefined || asked.Filter !== 'SERVICE_CONTROL_POLICY' ? [] : [policy];
    });
    const { items, next } = page(policies, asked);
    return { Policies: items.map((policy) => policySummary(organization, policy)), ...next };
  },
  ListTargetsForPolicy: (call, input) => {
    const asked = read(z.object({ PolicyId: policyIdSchema, ...pageSchema }), input);
    const organization = managed(call, 'ListTargetsForPolicy', { ids: [asked.PolicyId], policyType: true });
    if (findPolicy(organization, asked.PolicyId) === undefined) throw policyNotFound();
    const attachments = organization.attachments.filter(({ policyId }) => policyId === asked.PolicyId);
    const { items, next } = page(attachments, asked);
    return { Targets: items.map(({ targetId }) => targetFields(call, organization, targetId)), ...next };
  },
};
