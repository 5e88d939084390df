import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { authorize, type Call } from '../call';
import { malformedPolicy, noSuchEntity } from '../http';
import { paginate, tagContext } from '../parameters';
import type { PolicyRecord } from '../snapshot';
import { policyArn } from '../arns';
import type { Account } from '../state';
import { xmlTime, type XmlFields } from '../xml';
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

/** Characters without white space in one managed policy (aws-reference §5). */
const policyQuota = 6_144;

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
    Description: policy.description,
    CreateDate: xmlTime(policy.createdAt),
    UpdateDate: xmlTime(policy.updatedAt),
    ...xmlTags(policy.tags),
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
  if (policySize(document) > policyQuota)
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${String(policyQuota)}`);
  if ([...account.policies.values()].some((policy) => policy.name.toLowerCase() === name.toLowerCase())) {
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  }
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
  return { Policy: customerPolicyFields(account, policy) };
}

function getPolicyVersion(call: Call): XmlFields {
  const arn = call.parameters.text('PolicyArn', policyArnRule);
  const versionId = call.parameters.text('VersionId', {
    pattern: { test: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/, shown: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' },
  });
  authorize(call, 'iam:GetPolicyVersion', arn);
  const own = call.caller.account.policies.get(arn);
  const missing = noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`);
  const version = own?.versions.find((item) => item.id === versionId);
  const managed = call.policies.managedPolicy(arn);
  const document = version?.document ?? (managed?.versionId === versionId ? managed.document : undefined);
  const createdAt = version?.createdAt ?? Date.parse(managed?.updatedAt ?? '');
  if (document === undefined) throw missing;
  return {
    PolicyVersion: {
      Document: encodeURIComponent(document),
      VersionId: versionId,
      IsDefaultVersion: own === undefined || own.defaultVersionId === versionId,
      CreateDate: xmlTime(createdAt),
    },
  };
}

export const iamPolicyOperations: Operations = {
  CreatePolicy: createPolicy,
  GetPolicy: (call) => {
    const arn = call.parameters.text('PolicyArn', policyArnRule);
    authorize(call, 'iam:GetPolicy', arn);
    return { Policy: policyFields(call, arn) };
  },
  GetPolicyVersion: getPolicyVersion,
  DeletePolicy: (call) => {
    const { account } = call.caller;
    const arn = call.parameters.text('PolicyArn', policyArnRule);
    authorize(call, 'iam:DeletePolicy', arn);
    if (!account.policies.has(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
    if (attachments(account, arn) + boundaryUses(account, arn) > 0) {
      throw conflict('Cannot delete a policy attached to entities.');
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
