import { parseRoleArn } from '../../core/domain/arn';
import type { TargetEyes } from '../../core/domain/diagnosis/evidence';
import { isNearlyTheSame } from '../../core/domain/diagnosis/near-names';
import type { Sources } from '../sources/sources';

/** Reads the role with a source that is in its account, if there is one; never changes anything. */
export async function readWithTargetEyes(
  sources: Sources,
  roleArn: string,
  preferredSourceId: string | undefined,
): Promise<TargetEyes | undefined> {
  const role = parseRoleArn(roleArn);
  const source = role === undefined ? undefined : await sources.inAccount(role.accountId, preferredSourceId);
  const clients = source === undefined ? undefined : sources.clients(source.id);
  if (role === undefined || source === undefined || clients?.ok !== true) return undefined;
  const { iam } = clients.value;
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
