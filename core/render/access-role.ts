import { quoteBash } from './quote-bash';

export type AccessRole = {
  readonly partition: string;
  readonly managementAccountId: string;
  readonly roleName: string;
};

/** Whom an organization's access role trusts: its management account as a whole (Organizations User Guide, accessing members). */
export function accessRoleTrust({ managementAccountId, partition }: AccessRole): string {
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${managementAccountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  return JSON.stringify(document, undefined, 2);
}

/** Lines for a shell with an administrator of the account itself, which make the role that an invited account lacks. */
export function accessRoleCommands(role: AccessRole): readonly string[] {
  const { partition, roleName } = role;
  const trust = quoteBash(JSON.stringify(JSON.parse(accessRoleTrust(role))));
  const name = quoteBash(roleName);
  return [
    'aws sts get-caller-identity',
    `aws iam create-role --role-name ${name} --assume-role-policy-document ${trust}`,
    `aws iam attach-role-policy --role-name ${name} --policy-arn arn:${partition}:iam::aws:policy/AdministratorAccess`,
  ];
}
