import type { AttachedPolicy, GuardRailsView } from '../../core/contract/guard-rails';
import { isSamePolicy, kindOfName, type GuardRailRecord } from '../../core/domain/guard-rails';
import { err, ok, type Result } from '../../core/result';
import type { AppError } from '../../core/app-error';
import type { Cancelled } from '../../core/result';
import type { OrganizationsApi, ServiceControlPolicy } from '../aws/aws-api';
import { notCancelled, type Sources } from '../sources/sources';
import { appError } from '../workspace-context';
import { asManagement } from './management';

/** Units nest five deep below the root (Organizations User Guide, "Quotas for AWS Organizations"). */
const mostLevels = 8;

/**
 * Which policies hold for a place, level by level from the root. The words of the policies that this app attached are
 * read and compared: somebody may have changed them by hand, detached them, or switched all of them off.
 */
export async function readGuardRails(
  sources: Sources,
  records: readonly GuardRailRecord[],
  sourceId: string,
  targetId: string,
): Promise<Result<GuardRailsView>> {
  const management = await asManagement(sources, sourceId);
  if (!management.ok) return management;
  const { organizations: api } = management.value.clients;
  const roots = await api.listRoots();
  if (!roots.ok) return err(notCancelled(roots.error));
  const isSwitchedOn = roots.value.value[0]?.serviceControlPolicies === true;
  const attachedHere = records.filter((one) => one.state === 'attached' && one.targetId === targetId);
  if (!isSwitchedOn) {
    return ok({
      ...{ isSwitchedOn, policies: [], readAt: roots.value.at },
      missing: attachedHere.map(({ id }) => id).slice(0, 200),
    });
  }
  const levels = await lineage(api, targetId);
  if (!levels.ok) return err(notCancelled(levels.error));
  const perLevel = await Promise.all(
    levels.value.map(async (level) => ({ level, listed: await api.listPoliciesForTarget(level) })),
  );
  const policies: AttachedPolicy[] = [];
  let readAt = roots.value.at;
  for (const { level, listed } of perLevel) {
    if (!listed.ok) return err(notCancelled(listed.error));
    readAt = Math.max(readAt, listed.value.at);
    for (const policy of listed.value.value) {
      const described = await describe(api, policy, level, records);
      if (!described.ok) return err(notCancelled(described.error));
      policies.push(described.value);
    }
  }
  const missing = attachedHere.filter(({ id }) => !policies.some(({ recordId }) => recordId === id));
  return ok({
    ...{ isSwitchedOn, policies: policies.slice(0, 200), readAt },
    missing: missing.map(({ id }) => id).slice(0, 200),
  });
}

/** From the root to the place itself, by ID. */
async function lineage(
  api: OrganizationsApi,
  targetId: string,
): Promise<Result<readonly string[], AppError | Cancelled>> {
  const levels = [targetId];
  for (let at = targetId; !at.startsWith('r-');) {
    const parents = await api.listParents(at);
    if (!parents.ok) return parents;
    const parent = parents.value.value[0];
    if (parent === undefined || levels.length > mostLevels) {
      return err(appError('aws-other', 'AWS names no way from this place to the root.'));
    }
    levels.unshift(parent.id);
    at = parent.id;
  }
  return ok(levels);
}

/** What “Deny by a service control policy” makes for one role, named after its revocation. */
function isOfRevocation(name: string): boolean {
  return /^Sallyport-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
}

async function describe(
  api: OrganizationsApi,
  policy: ServiceControlPolicy,
  attachedTo: string,
  records: readonly GuardRailRecord[],
): Promise<Result<AttachedPolicy, AppError | Cancelled>> {
  const { description, id: policyId, name } = policy;
  const shared = { policyId, name, description: description.slice(0, 512), attachedTo, isChanged: false };
  if (policy.awsManaged) return ok({ ...shared, maker: 'aws' });
  const kind = kindOfName(name);
  const record = records.find(
    (one) => one.policyId === policyId && one.targetId === attachedTo && one.state !== 'detached',
  );
  if (record === undefined) {
    if (kind !== undefined) return ok({ ...shared, maker: 'sallyport', kind });
    return ok({ ...shared, maker: isOfRevocation(name) ? 'revocation' : 'foreign' });
  }
  const content = await api.getPolicyDocument(policyId);
  if (!content.ok) return content;
  const isChanged = !isSamePolicy(content.value.value, record.document);
  return ok({ ...shared, isChanged, maker: 'ours', kind: record.guardRail.kind, recordId: record.id });
}
