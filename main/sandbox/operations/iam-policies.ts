import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { authorize, type Call } from '../call';
import { malformedPolicy, noSuchEntity } from '../http';
import { paginate, tagContext } from '../parameters';
import type { PolicyRecord } from '../snapshot';
import { policyArn } from '../arns';
import type { Account } from '../state';
import { xmlTime, type XmlFields } from '../xml';
import { ownPolicy } from './iam-policy-versions';
import { iamQuotas } from './iam-quotas';
import {
  alreadyExists,
  conflict,
  descriptionRule,
  entityNameRule,
  limitExceeded,
  policyArnRule,
  policySize,
  readPath,
  requireDocument,
  xmlTags,
} from './iam-shared';
import type { Operations } from './operation';

function attachments(account: Account, arn: string): number {
  const of = (holder: { readonly attached: readonly string[] }): number => (holder.attached.includes(arn) ? 1 : 0);
  return [...account.roles.values(), ...account.users.values(), ...account.groups.values()].reduce(
    (sum, holder) => sum + of(holder),
    0,
  );
}

function boundaryUses(account: Account, arn: string): number {
  return [...account.roles.values(), ...account.users.values()].filter((holder) => holder.boundaryArn === arn).length;
}

/** As in lists: without tags (API reference, "ListPolicies"), and without the description, which GetPolicy alone tells. */
function customerPolicyFields(account: Account, policy: PolicyRecord): XmlFields {
  const arn = policyArn(account.id, policy);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachments(account, arn),
    PermissionsBoundaryUsageCount: boundaryUses(account, arn),
    IsAttachable: true,
    CreateDate: xmlTime(policy.createdAt),
    UpdateDate: xmlTime(policy.updatedAt),
  };
}

function policyFields(call: Call, arn: string): XmlFields {
  const { account } = call.caller;
  const own = account.policies.get(arn);
  if (own !== undefined) return customerPolicyFields(account, own);
  const managed = call.policies.managedPolicy(arn);
  if (managed === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return {
    PolicyName: managed.name,
    PolicyId: `ANPA${call.secrets.identifier(arn, 17)}`,
    Arn: arn,
    Path: arn.slice(arn.indexOf(':policy') + ':policy'.length, arn.lastIndexOf('/') + 1),
    DefaultVersionId: managed.versionId,
    AttachmentCount: attachments(account, arn),
    PermissionsBoundaryUsageCount: boundaryUses(account, arn),
    IsAttachable: true,
    CreateDate: xmlTime(Date.parse(managed.createdAt)),
    UpdateDate: xmlTime(Date.parse(managed.updatedAt)),
  };
}

function createPolicy(call: Call): XmlFields {
  const { caller, now, parameters, state } = call;
  const { account } = caller;
  const name = parameters.text('PolicyName', entityNameRule);
  const path = readPath(call);
  const document = requireDocument(call, 'PolicyDocument');
  const description = parameters.optionalText('Description', descriptionRule);
  const tags = parameters.tags();
  const arn = policyArn(account.id, { path, name });
  authorize(call, 'iam:CreatePolicy', arn, { context: tagContext(tags) });
  const read = parsePolicyDocument(document, 'identity');
  if (!read.ok) throw malformedPolicy(read.message);
  if (policySize(document) > iamQuotas.PolicySizeQuota)
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${String(iamQuotas.PolicySizeQuota)}`);
  if ([...account.policies.values()].some((policy) => policy.name.toLowerCase() === name.toLowerCase())) {
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  }
  if (account.policies.size >= iamQuotas.PoliciesQuota)
    throw limitExceeded(`Cannot exceed quota for PoliciesPerAccount: ${String(iamQuotas.PoliciesQuota)}`);
  const policy: PolicyRecord = {
    name,
    path,
    id: state.newId('ANPA'),
    ...(description === undefined ? {} : { description }),
    createdAt: now,
    updatedAt: now,
    defaultVersionId: 'v1',
    versions: [{ id: 'v1', document, createdAt: now }],
    tags,
  };
  account.policies.set(arn, policy);
  return { Policy: { ...customerPolicyFields(account, policy), ...xmlTags(policy.tags) } };
}

export const iamPolicyOperations: Operations = {
  CreatePolicy: createPolicy,
  GetPolicy: (call) => {
    const arn = call.parameters.text('PolicyArn', policyArnRule);
    authorize(call, 'iam:GetPolicy', arn);
    const own = call.caller.account.policies.get(arn);
    return {
      Policy: { ...policyFields(call, arn), Description: own?.description, ...xmlTags(own?.tags ?? []) },
    };
  },
  DeletePolicy: (call) => {
    const { account } = call.caller;
    const { arn, policy } = ownPolicy(call, 'iam:DeletePolicy');
    if (attachments(account, arn) + boundaryUses(account, arn) > 0) {
      throw conflict('Cannot delete a policy attached to entities.');
    }
    if (policy.versions.length > 1) {
      throw conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    account.policies.delete(arn);
    return undefined;
  },
  ListPolicies: (call) => {
    const { account } = call.caller;
    const scope = call.parameters.optionalChoice('Scope', ['All', 'AWS', 'Local']) ?? 'All';
    authorize(call, 'iam:ListPolicies', `arn:aws:iam::${account.id}:policy/`);
    const arns = [
      ...(scope === 'AWS' ? [] : account.policies.keys()),
      ...(scope === 'Local' ? [] : call.policies.allManaged().map((policy) => policy.arn)),
    ];
    const page = paginate(call.parameters, arns, (arn) => arn);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Policies: page.items.map((arn) => policyFields(call, arn)),
    };
  },
};
