/**
 * Quotas as every account has them before asking for more (IAM User Guide, "IAM and STS quotas"; aws-reference §5),
 * under the names that GetAccountSummary gives them. Sizes are characters without white space.
 */
export const iamQuotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
} as const;

/** Not in the summary. */
export const mfaDevicesPerUserQuota = 8;

/** Not in the summary either: SSH keys of a user, and credentials of a user for one service. */
export const userCredentialQuotas = { sshPublicKeys: 5, serviceCredentialsPerService: 2 } as const;
