import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { authorize, type Call } from '../call';
import { accessDenied, malformedPolicy, noSuchEntity, type AwsRefusal } from '../http';
import { paginate } from '../parameters';
import { percentEncoded } from '../sigv4';
import type { PolicyRecord } from '../snapshot';
import { xmlTime, type XmlFields } from '../xml';
import { iamQuotas } from './iam-quotas';
import { conflict, limitExceeded, policyArnRule, policySize, requireDocument } from './iam-shared';
import type { Operations } from './operation';

const versionRule = {
  pattern: { test: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/, shown: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' },
};

const missingVersion = (arn: string, id: string): AwsRefusal =>
  noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);

/** A policy of the caller's own account, to be changed. AWS's own belong to nobody's account. */
export function ownPolicy(call: Call, action: string): { readonly arn: string; readonly policy: PolicyRecord } {
  const arn = call.parameters.text('PolicyArn', policyArnRule);
  authorize(call, action, arn);
  const policy = call.caller.account.policies.get(arn);
  if (policy !== undefined) return { arn, policy };
  if (call.policies.managedPolicy(arn) !== undefined) throw accessDenied('Policy is outside your own account.');
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

function createPolicyVersion(call: Call): XmlFields {
  const document = requireDocument(call, 'PolicyDocument');
  const { policy } = ownPolicy(call, 'iam:CreatePolicyVersion');
  const read = parsePolicyDocument(document, 'identity');
  if (!read.ok) throw malformedPolicy(read.message);
  if (policySize(document) > iamQuotas.PolicySizeQuota)
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${String(iamQuotas.PolicySizeQuota)}`);
  if (policy.versions.length >= iamQuotas.VersionsPerPolicyQuota) {
    throw limitExceeded(
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );
  }
  // Numbers are not given again, also when the newest version was deleted.
  const latest =
    policy.latestVersion ?? Math.max(...policy.versions.map((version) => Number(version.id.replace(/^v/, ''))));
  const version = { id: `v${String(latest + 1)}`, document, createdAt: call.now };
  policy.latestVersion = latest + 1;
  policy.versions.push(version);
  policy.updatedAt = call.now;
  if (call.parameters.raw('SetAsDefault') === 'true') policy.defaultVersionId = version.id;
  return {
    PolicyVersion: {
      VersionId: version.id,
      IsDefaultVersion: policy.defaultVersionId === version.id,
      CreateDate: xmlTime(version.createdAt),
    },
  };
}

function getPolicyVersion(call: Call): XmlFields {
  const arn = call.parameters.text('PolicyArn', policyArnRule);
  const versionId = call.parameters.text('VersionId', versionRule);
  authorize(call, 'iam:GetPolicyVersion', arn);
  const own = call.caller.account.policies.get(arn);
  const version = own?.versions.find((item) => item.id === versionId);
  const managed = call.policies.managedPolicy(arn);
  const document = version?.document ?? (managed?.versionId === versionId ? managed.document : undefined);
  const createdAt = version?.createdAt ?? Date.parse(managed?.updatedAt ?? '');
  if (document === undefined) throw missingVersion(arn, versionId);
  return {
    PolicyVersion: {
      Document: percentEncoded(document),
      VersionId: versionId,
      IsDefaultVersion: own === undefined || own.defaultVersionId === versionId,
      CreateDate: xmlTime(createdAt),
    },
  };
}

export const iamPolicyVersionOperations: Operations = {
  CreatePolicyVersion: createPolicyVersion,
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: (call) => {
    const arn = call.parameters.text('PolicyArn', policyArnRule);
    authorize(call, 'iam:ListPolicyVersions', arn);
    const own = call.caller.account.policies.get(arn);
    const managed = call.policies.managedPolicy(arn);
    if (own === undefined && managed === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
    // Of AWS's own policies only the version in force is kept here.
    const versions =
      own?.versions ??
      (managed === undefined ? [] : [{ id: managed.versionId, createdAt: Date.parse(managed.updatedAt) }]);
    // Newest first, as IAM lists them.
    const newestFirst = (version: { readonly id: string }): string =>
      String(1e9 - Number(version.id.replace(/^v/, ''))).padStart(10, '0');
    const page = paginate(call.parameters, versions, newestFirst);
    return {
      IsTruncated: page.isTruncated,
      Marker: page.marker,
      Versions: page.items.map((version) => ({
        VersionId: version.id,
        IsDefaultVersion: own === undefined || own.defaultVersionId === version.id,
        CreateDate: xmlTime(version.createdAt),
      })),
    };
  },
  SetDefaultPolicyVersion: (call) => {
    const versionId = call.parameters.text('VersionId', versionRule);
    const { arn, policy } = ownPolicy(call, 'iam:SetDefaultPolicyVersion');
    if (!policy.versions.some((version) => version.id === versionId)) throw missingVersion(arn, versionId);
    policy.defaultVersionId = versionId;
    policy.updatedAt = call.now;
    return undefined;
  },
  DeletePolicyVersion: (call) => {
    const versionId = call.parameters.text('VersionId', versionRule);
    const { arn, policy } = ownPolicy(call, 'iam:DeletePolicyVersion');
    if (!policy.versions.some((version) => version.id === versionId)) throw missingVersion(arn, versionId);
    if (policy.defaultVersionId === versionId) throw conflict('Cannot delete the default version of a policy.');
    policy.latestVersion ??= Math.max(...policy.versions.map((version) => Number(version.id.replace(/^v/, ''))));
    policy.versions = policy.versions.filter((version) => version.id !== versionId);
    return undefined;
  },
};
