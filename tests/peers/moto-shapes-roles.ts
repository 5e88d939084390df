import type { ListRolesCommandOutput } from '@aws-sdk/client-iam';
import { absentPolicy, malformed, Path, policyOf, readFiles, readOnly, trust } from './moto-inputs';
import { acceptedBy, reasons } from './moto-reasons';
import type { Server, Step } from './moto-shapes';

const deploy = { RoleName: 'Deploy' };

// In moto’s lists of roles the order is by their IDs, and so by chance.
const countedRoles = async (asked: Promise<ListRolesCommandOutput>) => {
  const { Roles = [], ...rest } = await asked;
  return { ...rest, Roles: Roles.length };
};

const roles: readonly Step[] = [
  {
    name: 'make a role',
    run: (at) =>
      at.iam.createRole({
        ...deploy,
        Path,
        AssumeRolePolicyDocument: trust(at),
        Description: 'Ships releases',
        MaxSessionDuration: 7200,
        PermissionsBoundary: readOnly,
        Tags: [{ Key: 'Team', Value: 'one' }],
      }),
    differs: {
      'Role.PermissionsBoundary.PermissionsBoundaryType': reasons.boundaryType,
      'Role.RoleLastUsed': reasons.emptyLastUsed,
    },
  },
  {
    name: 'make a plain role',
    run: (at) => at.iam.createRole({ RoleName: 'Plain', Path, AssumeRolePolicyDocument: trust(at) }),
    differs: { 'Role.RoleLastUsed': reasons.emptyLastUsed },
  },
  { name: 'make the role again', run: (at) => at.iam.createRole({ ...deploy, AssumeRolePolicyDocument: trust(at) }) },
  {
    name: 'a role with a malformed trust',
    run: (at) =>
      at.iam.createRole({
        RoleName: 'Bad',
        AssumeRolePolicyDocument: policyOf({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }),
      }),
    differs: { refusal: acceptedBy('MalformedPolicyDocumentException', 400) },
  },
  {
    name: 'a role of too long sessions',
    run: (at) =>
      at.iam.createRole({ RoleName: 'Long', AssumeRolePolicyDocument: trust(at), MaxSessionDuration: 43_201 }),
    differs: { refusal: acceptedBy('ValidationError', 400) },
  },
  {
    name: 'see the role',
    run: (at) => at.iam.getRole(deploy),
    differs: { 'Role.PermissionsBoundary.PermissionsBoundaryType': reasons.boundaryType },
  },
  { name: 'see an absent role', run: (at) => at.iam.getRole({ RoleName: 'Absent' }) },
  {
    name: 'roles',
    run: async (at) => {
      const { Roles = [], ...rest } = await at.iam.listRoles({ PathPrefix: Path });
      return {
        ...rest,
        Roles: Roles.toSorted((left, right) => (left.RoleName ?? '').localeCompare(right.RoleName ?? '')),
      };
    },
    differs: { 'Roles[].AssumeRolePolicyDocument': reasons.notEncoded },
  },
  {
    name: 'the first page of roles',
    run: (at) => countedRoles(at.iam.listRoles({ PathPrefix: Path, MaxItems: 1 })),
  },
  {
    name: 'the second page of roles',
    run: (at) =>
      countedRoles(
        at.iam.listRoles({ PathPrefix: Path, MaxItems: 1, Marker: at.of('the first page of roles', 'Marker') }),
      ),
  },
  { name: 'tag the role', run: (at) => at.iam.tagRole({ ...deploy, Tags: [{ Key: 'City', Value: 'Bergen' }] }) },
  { name: 'the role’s tags', run: (at) => at.iam.listRoleTags(deploy) },
  { name: 'untag the role', run: (at) => at.iam.untagRole({ ...deploy, TagKeys: ['City'] }) },
  {
    name: 'change the role',
    run: (at) => at.iam.updateRole({ ...deploy, Description: 'Ships', MaxSessionDuration: 3600 }),
  },
  {
    name: 'change the role’s trust',
    run: (at) => at.iam.updateAssumeRolePolicy({ ...deploy, PolicyDocument: trust(at) }),
  },
  {
    name: 'give the role an inline policy',
    run: (at) => at.iam.putRolePolicy({ ...deploy, PolicyName: 'files', PolicyDocument: readFiles }),
  },
  { name: 'see the role’s inline policy', run: (at) => at.iam.getRolePolicy({ ...deploy, PolicyName: 'files' }) },
  { name: 'the role’s inline policies', run: (at) => at.iam.listRolePolicies(deploy) },
  { name: 'attach a policy to the role', run: (at) => at.iam.attachRolePolicy({ ...deploy, PolicyArn: readOnly }) },
  { name: 'the role’s attached policies', run: (at) => at.iam.listAttachedRolePolicies(deploy) },
  { name: 'delete the role with policies', run: (at) => at.iam.deleteRole(deploy) },
  { name: 'take the role’s boundary', run: (at) => at.iam.deleteRolePermissionsBoundary(deploy) },
  { name: 'see the changed role', run: (at) => at.iam.getRole(deploy) },
];

const profile = { InstanceProfileName: 'servers' };
const profiles: readonly Step[] = [
  {
    name: 'make an instance profile',
    run: (at) => at.iam.createInstanceProfile({ ...profile, Path }),
    differs: { 'InstanceProfile.InstanceProfileId': reasons.uniqueId, 'InstanceProfile.Tags': reasons.emptyTags },
  },
  { name: 'make the profile again', run: (at) => at.iam.createInstanceProfile(profile) },
  { name: 'put the role in', run: (at) => at.iam.addRoleToInstanceProfile({ ...profile, RoleName: 'Plain' }) },
  { name: 'put a second role in', run: (at) => at.iam.addRoleToInstanceProfile({ ...profile, ...deploy }) },
  {
    name: 'see the profile',
    run: (at) => at.iam.getInstanceProfile(profile),
    differs: {
      'InstanceProfile.InstanceProfileId': reasons.uniqueId,
      'InstanceProfile.Roles[].AssumeRolePolicyDocument': reasons.notEncoded,
      'InstanceProfile.Roles[].Tags': reasons.emptyTags,
      'InstanceProfile.Roles[].RoleLastUsed': reasons.emptyLastUsed,
      'InstanceProfile.Tags': reasons.emptyTags,
    },
  },
  {
    name: 'see an absent profile',
    run: (at) => at.iam.getInstanceProfile({ InstanceProfileName: 'Absent' }),
  },
  {
    name: 'the role’s profiles',
    run: (at) => at.iam.listInstanceProfilesForRole({ RoleName: 'Plain' }),
    differs: {
      'InstanceProfiles[].InstanceProfileId': reasons.uniqueId,
      'InstanceProfiles[].Roles[].AssumeRolePolicyDocument': reasons.notEncoded,
      IsTruncated: reasons.notTruncated,
      'InstanceProfiles[].Roles[].Tags': reasons.emptyTags,
      'InstanceProfiles[].Roles[].RoleLastUsed': reasons.emptyLastUsed,
      'InstanceProfiles[].Tags': reasons.emptyTags,
    },
  },
  { name: 'delete a role in a profile', run: (at) => at.iam.deleteRole({ RoleName: 'Plain' }) },
  { name: 'delete a profile with a role', run: (at) => at.iam.deleteInstanceProfile(profile) },
  {
    name: 'take the role out',
    run: (at) => at.iam.removeRoleFromInstanceProfile({ ...profile, RoleName: 'Plain' }),
  },
  { name: 'delete the profile', run: (at) => at.iam.deleteInstanceProfile(profile) },
  { name: 'delete the plain role', run: (at) => at.iam.deleteRole({ RoleName: 'Plain' }) },
];

const arn = (at: Server) => at.of('make a policy', 'Policy.Arn');
const version = (at: Server) => at.iam.createPolicyVersion({ PolicyArn: arn(at), PolicyDocument: readFiles });
const policies: readonly Step[] = [
  {
    name: 'make a policy',
    run: (at) =>
      at.iam.createPolicy({
        PolicyName: 'Files',
        Path,
        PolicyDocument: readFiles,
        Description: 'Reads',
        Tags: [{ Key: 'Team', Value: 'one' }],
      }),
    differs: { 'Policy.PolicyId': reasons.uniqueId, 'Policy.PermissionsBoundaryUsageCount': reasons.usageCount },
  },
  {
    name: 'make the policy again',
    run: (at) => at.iam.createPolicy({ PolicyName: 'Files', Path, PolicyDocument: readFiles }),
  },
  {
    name: 'a malformed policy',
    run: (at) => at.iam.createPolicy({ PolicyName: 'Bad', PolicyDocument: malformed }),
  },
  {
    name: 'see the policy',
    run: (at) => at.iam.getPolicy({ PolicyArn: arn(at) }),
    differs: { 'Policy.PolicyId': reasons.uniqueId, 'Policy.PermissionsBoundaryUsageCount': reasons.usageCount },
  },
  { name: 'see an absent policy', run: (at) => at.iam.getPolicy({ PolicyArn: absentPolicy(at) }) },
  {
    name: 'own policies',
    run: (at) => at.iam.listPolicies({ Scope: 'Local' }),
    differs: {
      'Policies[].PolicyId': reasons.uniqueId,
      'Policies[].PermissionsBoundaryUsageCount': reasons.usageCount,
    },
  },
  { name: 'a second version', run: version, differs: { 'PolicyVersion.Document': reasons.versionDocument } },
  { name: 'a third version', run: version, differs: { 'PolicyVersion.Document': reasons.versionDocument } },
  {
    name: 'versions',
    run: (at) => at.iam.listPolicyVersions({ PolicyArn: arn(at) }),
    differs: {
      'Versions[].VersionId': reasons.versionOrder,
      'Versions[].IsDefaultVersion': reasons.versionOrder,
      IsTruncated: reasons.notTruncated,
      'Versions[].Document': reasons.versionDocument,
    },
  },
  {
    name: 'see a version',
    run: (at) => at.iam.getPolicyVersion({ PolicyArn: arn(at), VersionId: 'v1' }),
    differs: { 'PolicyVersion.Document': reasons.notEncoded },
  },
  { name: 'see an absent version', run: (at) => at.iam.getPolicyVersion({ PolicyArn: arn(at), VersionId: 'v9' }) },
  {
    name: 'put the second version in force',
    run: (at) => at.iam.setDefaultPolicyVersion({ PolicyArn: arn(at), VersionId: 'v2' }),
  },
  {
    name: 'delete the version in force',
    run: (at) => at.iam.deletePolicyVersion({ PolicyArn: arn(at), VersionId: 'v2' }),
  },
  { name: 'a fourth version', run: version, differs: { 'PolicyVersion.Document': reasons.versionDocument } },
  { name: 'a fifth version', run: version, differs: { 'PolicyVersion.Document': reasons.versionDocument } },
  { name: 'a sixth version', run: version },
  { name: 'attach it to the role', run: (at) => at.iam.attachRolePolicy({ ...deploy, PolicyArn: arn(at) }) },
  {
    name: 'see the attached policy',
    run: (at) => at.iam.getPolicy({ PolicyArn: arn(at) }),
    differs: { 'Policy.PolicyId': reasons.uniqueId, 'Policy.PermissionsBoundaryUsageCount': reasons.usageCount },
  },
  {
    name: 'make another policy',
    run: (at) => at.iam.createPolicy({ PolicyName: 'Logs', Path, PolicyDocument: readFiles }),
    differs: { 'Policy.PolicyId': reasons.uniqueId, 'Policy.PermissionsBoundaryUsageCount': reasons.usageCount },
  },
  {
    name: 'the first page of policies',
    run: (at) => at.iam.listPolicies({ Scope: 'Local', MaxItems: 1 }),
    differs: {
      'Policies[].PolicyId': reasons.uniqueId,
      'Policies[].PermissionsBoundaryUsageCount': reasons.usageCount,
    },
  },
  {
    name: 'the second page of policies',
    run: (at) =>
      at.iam.listPolicies({ Scope: 'Local', MaxItems: 1, Marker: at.of('the first page of policies', 'Marker') }),
    differs: {
      'Policies[].PolicyId': reasons.uniqueId,
      'Policies[].PermissionsBoundaryUsageCount': reasons.usageCount,
      IsTruncated: reasons.lastPage,
      Marker: reasons.lastPage,
    },
  },
  {
    name: 'delete a policy that is not there',
    run: (at) => at.iam.deletePolicy({ PolicyArn: absentPolicy(at) }),
  },
  // The last of the policy: moto deletes it.
  {
    name: 'delete the attached policy',
    run: (at) => at.iam.deletePolicy({ PolicyArn: arn(at) }),
    differs: { refusal: acceptedBy('DeleteConflictException', 409) },
  },
];

export const roleSteps: readonly Step[] = [...roles, ...profiles, ...policies];
