/** Pages outside that the app itself opens in the browser. Their addresses are main's (main/security/external-links.ts). */
export const linkIds = [
  'iam-console-roles',
  'iam-create-role',
  'iam-role-page',
  'iam-create-policy',
  'iam-groups',
  'iam-create-group',
  'iam-users',
  'iam-create-user',
  's3-buckets',
  's3-create-bucket',
  'cloudshell',
  'docs-external-id',
  'docs-keyring',
  'docs-revoke-sessions',
  'docs-configure-profiles',
  'aws-sign-up',
  'docs-root-user',
  'docs-root-tasks',
  'docs-identity-center',
  'docs-admin-user',
  'docs-budgets',
] as const;
export type LinkId = (typeof linkIds)[number];

/** The page of this name; undefined where the app has none. */
export function linkOf(name: string | undefined): LinkId | undefined {
  return linkIds.find((id) => id === name);
}
