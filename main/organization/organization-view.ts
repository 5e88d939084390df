import type { MemberAccount, OrganizationView } from '../../core/contract/organization';
import type { AppError } from '../../core/app-error';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { OrganizationAccount, OrganizationalUnit, OrganizationsApi } from '../aws/aws-api';
import { Turnstile } from '../platform/turnstile';
import { notCancelled, type Sources } from '../sources/sources';
import { appError } from '../workspace-context';

export type ViewPorts = { readonly sources: Sources };

type ManagementView = Extract<OrganizationView, { kind: 'management' }>;
type Places = Pick<ManagementView, 'accounts' | 'units'>;

/** Organizations throttles an account's calls together, the person's other tools included. */
const askedAtOnce = 4;

/** What the source's account knows of its organization. Asks AWS; changes nothing. */
export async function readOrganization(ports: ViewPorts, sourceId: string): Promise<Result<OrganizationView>> {
  const clients = ports.sources.clients(sourceId);
  if (!clients.ok) return clients;
  const identity = await ports.sources.identity(sourceId);
  if (!identity.ok) return identity;
  const { accountId, checkedAt } = identity.value;
  const { organizations } = clients.value;
  const described = await organizations.describeOrganization();
  if (!described.ok) {
    const error = notCancelled(described.error);
    return isWithoutOrganization(error) ? ok({ kind: 'none', accountId, readAt: checkedAt }) : err(error);
  }
  const { value: organization, at: readAt } = described.value;
  const { managementAccountId } = organization;
  if (managementAccountId !== accountId) {
    const managementEmail = organization.managementAccountEmail;
    return ok({
      ...{ kind: 'member', accountId, organizationId: organization.id, managementAccountId, managementEmail, readAt },
    });
  }
  const roots = await organizations.listRoots();
  if (!roots.ok) return err(notCancelled(roots.error));
  const root = roots.value.value[0];
  if (root === undefined) return err(appError('aws-other', 'AWS names no root of this organization.', {}));
  const places = await readPlaces(organizations, root.id);
  if (!places.ok) return err(notCancelled(places.error));
  const { accounts, units } = places.value;
  return ok({
    kind: 'management',
    accountId,
    organizationId: organization.id,
    allFeatures: organization.allFeatures,
    rootId: root.id,
    rootName: root.name,
    serviceControlPolicies: root.serviceControlPolicies,
    units,
    accounts: accounts.map((account) => ({
      ...account,
      isManagement: account.id === managementAccountId,
    })),
    readAt,
  });
}

export function isWithoutOrganization({ code }: AppError): boolean {
  return code?.startsWith('AWSOrganizationsNotInUse') === true;
}

/**
 * Level by level: two calls for each unit, however many accounts there are. ListAccounts says nothing of parents, so that
 * each account would need a call of its own.
 */
export async function readPlaces(api: OrganizationsApi, rootId: string): Promise<Result<Places, AppError | Cancelled>> {
  const gate = new Turnstile(askedAtOnce);
  const units: ManagementView['units'][number][] = [];
  const accounts: MemberAccount[] = [];
  for (let level = [rootId]; level.length > 0;) {
    const answers = await Promise.all(
      level.map(async (parentId) => ({
        parentId,
        below: await gate.through(() => api.listOrganizationalUnits(parentId)),
        inside: await gate.through(() => api.listAccountsForParent(parentId)),
      })),
    );
    const next: string[] = [];
    for (const { below, inside, parentId } of answers) {
      if (!below.ok) return below;
      if (!inside.ok) return inside;
      units.push(...below.value.value.map((unit) => unitOf(unit, parentId)));
      accounts.push(...inside.value.value.map((account) => accountOf(account, parentId)));
      next.push(...below.value.value.map(({ id }) => id));
    }
    level = next;
  }
  return ok({ units, accounts });
}

function unitOf({ id, name }: OrganizationalUnit, parentId: string) {
  return { id, name, parentId };
}

function accountOf({ email, id, joinedAt, name, state }: OrganizationAccount, parentId: string): MemberAccount {
  return { id, name, email, state, parentId, isManagement: false, joinedAt };
}
