import type { TargetEyes } from '../../core/domain/diagnosis';
import type { Sources } from '../sources/sources';

/** Reads the role with a source that is in its account, if there is one; never changes anything. */
export async function readWithTargetEyes(
  sources: Sources,
  accountId: string,
  roleName: string,
  preferredSourceId: string | undefined,
): Promise<TargetEyes | undefined> {
  const source = await sources.inAccount(accountId, preferredSourceId);
  const clients = source === undefined ? undefined : sources.clients(source.id);
  if (source === undefined || clients?.ok !== true) return undefined;
  const role = await clients.value.iam.getRole(roleName);
  if (role.ok) return { found: true, readWith: source.label, trustPolicy: role.value.value.trustPolicy };
  return role.error.kind === 'no-such-entity' ? { found: false, readWith: source.label } : undefined;
}
