import { isAccountId } from './account-id';
import { partitionById } from './partitions';

// SECURITY(S-22): the one place where ARNs are taken apart. Everything else calls it.

/** `arn:partition:service:region:account:resource`. Region and account may be empty; the resource may hold colons. */
export type Arn = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
};

export type RoleArn = {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  /** `/` or `/…/`, at most 512 characters. */
  readonly path: string;
  /** 1 to 64 of `[A-Za-z0-9_+=,.@-]`. */
  readonly roleName: string;
};

/** At most this long: AssumeRole's RoleArn (aws-reference §3.1). */
export const maximumArnLength = 2048;

/** Takes any ARN apart. `undefined` unless it has six fields, a known partition, and an account of twelve digits or none. */
export function parseArn(text: string): Arn | undefined {
  if (text.length > maximumArnLength || !text.startsWith('arn:')) return undefined;
  const fields = text.split(':');
  const [, partition = '', service = '', region = '', accountId = ''] = fields;
  const resource = fields.slice(5).join(':');
  if (partitionById(partition) === undefined || resource === '') return undefined;
  if (!/^[a-z0-9-]+$/.test(service) || !/^[a-z0-9-]*$/.test(region)) return undefined;
  // IAM's own managed policies stand in the account called "aws".
  if (accountId !== '' && accountId !== 'aws' && !isAccountId(accountId)) return undefined;
  if (/[\u0000-\u0020\u007f]/.test(resource)) return undefined;
  return { partition, service, region, accountId, resource };
}

export function isRoleName(text: string): boolean {
  return /^[A-Za-z0-9_+=,.@-]{1,64}$/.test(text);
}

/** `/`, or `/…/` of printable characters without an empty segment, 512 at most (aws-reference §4). */
export function isIamPath(text: string): boolean {
  return text === '/' || (text.length <= 512 && /^\/[\x21-\x7e]+\/$/.test(text) && !text.includes('//'));
}

/** A role's ARN (aws-reference §4), path and name apart. Not a session's: `assumed-role` belongs to STS. */
export function parseRoleArn(text: string): RoleArn | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'iam' || arn.region !== '' || !isAccountId(arn.accountId)) return undefined;
  if (!arn.resource.startsWith('role/')) return undefined;
  const nameStart = arn.resource.lastIndexOf('/') + 1;
  const path = arn.resource.slice('role'.length, nameStart);
  const roleName = arn.resource.slice(nameStart);
  if (!isIamPath(path) || !isRoleName(roleName)) return undefined;
  return { arn: text, partition: arn.partition, accountId: arn.accountId, path, roleName };
}

export function formatRoleArn(partition: string, accountId: string, path: string, roleName: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${roleName}`;
}

/** A session's own ARN, as GetCallerIdentity gives it. The role's path is not in it (aws-reference §0.12). */
export function parseAssumedRoleArn(
  text: string,
):
  | { readonly partition: string; readonly accountId: string; readonly roleName: string; readonly sessionName: string }
  | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'sts' || !isAccountId(arn.accountId)) return undefined;
  const [kind, roleName = '', sessionName = '', ...rest] = arn.resource.split('/');
  if (kind !== 'assumed-role' || rest.length > 0 || !isRoleName(roleName) || !/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    return undefined;
  }
  return { partition: arn.partition, accountId: arn.accountId, roleName, sessionName };
}
