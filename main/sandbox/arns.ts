/** ARNs of what IAM keeps: all have the account, a path and a name. */
type Named = { readonly path: string; readonly name: string };

const arnOf =
  (kind: string) =>
  (accountId: string, entity: Named): string =>
    `arn:aws:iam::${accountId}:${kind}${entity.path}${entity.name}`;

export const userArn = arnOf('user');
export const groupArn = arnOf('group');
export const roleArn = arnOf('role');
export const policyArn = arnOf('policy');
export const instanceProfileArn = arnOf('instance-profile');
/** Also a virtual device's serial number. */
export const mfaDeviceArn = arnOf('mfa');
