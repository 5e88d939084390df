import { parseRoleArn } from '../../core/domain/arn';
import type { TargetEyes } from '../../core/domain/diagnosis/evidence';
import { isNearlyTheSame } from '../../core/domain/diagnosis/near-names';
import type { Source } from '../../core/domain/source';
import type { IamApi } from '../aws/aws-api';
import type { Sources } from '../sources/sources';

/** A source that is in the account, with what asks its IAM. */
export type TargetReader = { readonly source: Source; readonly iam: IamApi };

export async function readerInTarget(
  sources: Pick<Sources, 'clients' | 'inAccount'>,
  accountId: string | undefined,
  preferredSourceId: string | undefined,
): Promise<TargetReader | undefined> {
  const source = accountId === undefined ? undefined : await sources.inAccount(accountId, preferredSourceId);
  const clients = source === undefined ? undefined : sources.clients(source.id);
  return source === undefined || clients?.ok !== true ? undefined : { source, iam: clients.value.iam };
}

/** Reads the role with a source that is in its account, if there is one; never changes anything. */
export async function readWithTargetEyes(
  sources: Pick<Sources, 'clients' | 'inAccount'>,
  roleArn: string,
  preferredSourceId: string | undefined,
): Promise<TargetEyes | undefined> {
  const role = parseRoleArn(roleArn);
  const reader = await readerInTarget(sources, role?.accountId, preferredSourceId);
  if (role === undefined || reader === undefined) return undefined;
  const { iam, source } = reader;
  const readWith = `the target account with ${source.label}`;
  const read = await iam.getRole(role.roleName);
  if (read.ok) {
    const { arn, trustPolicy } = read.value.value;
    return { found: true, readWith, source: { id: source.id, label: source.label }, trustPolicy, roleArn: arn };
  }
  if (read.error.kind !== 'no-such-entity') return undefined;
  const roles = await iam.listRoles();
  const similar = roles.ok
    ? roles.value.value
        .map(({ arn, name }) => ({ arn, name }))
        .filter(({ name }) => isNearlyTheSame(name, role.roleName))
    : [];
  return { found: false, readWith, ...(similar.length > 0 && { similar: similar.slice(0, 3).map(({ arn }) => arn) }) };
}
