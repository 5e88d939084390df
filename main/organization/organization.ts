import type { OrganizationView, PreflightCheck } from '../../core/contract/organization';
import type { Act } from '../../core/domain/activity-words';
import type { SubAccountWish } from '../../core/domain/sub-account';
import { err, ok, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import type { WorkspaceContext } from '../workspace-context';
import { asManagement } from './management';
import { readOrganization, type ViewPorts } from './organization-view';
import { preflight } from './preflight';

export type OrganizationPorts = ViewPorts & Pick<WorkspaceContext, 'audit' | 'publisher'>;

type Done = Result<Record<string, never>>;

/** An organization of AWS as a source sees it, and what a person changes in it by hand. */
export class Organization {
  readonly #ports: OrganizationPorts;

  constructor(ports: OrganizationPorts) {
    this.#ports = ports;
  }

  /** Asks AWS; one call for the organization, one for its root, two for each unit. */
  async view(sourceId: string): Promise<Result<OrganizationView>> {
    return await readOrganization(this.#ports, sourceId);
  }

  /** Everything that can be known before an account is asked for. Changes nothing. */
  async preflight(sourceId: string, wish: SubAccountWish): Promise<Result<{ checks: PreflightCheck[] }>> {
    return await preflight(this.#ports.sources, sourceId, wish);
  }

  /** With all features; the source's account manages it from then on. An account that is in one already is refused by AWS. */
  async create(sourceId: string): Promise<Done> {
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    const made = await clients.value.organizations.createOrganization();
    if (!made.ok) return err(notCancelled(made.error));
    const { requestId, value } = made.value;
    this.#changed('organization.created', value.id, { accountId: value.managementAccountId, requestId });
    return ok({});
  }

  async createUnit(sourceId: string, parentId: string, name: string): Promise<Result<{ unitId: string }>> {
    const management = await asManagement(this.#ports.sources, sourceId);
    if (!management.ok) return management;
    const made = await management.value.clients.organizations.createOrganizationalUnit(parentId, name);
    if (!made.ok) return err(notCancelled(made.error));
    const { requestId, value } = made.value;
    this.#changed('organization.unit-created', value.id, { name, parentId, requestId });
    return ok({ unitId: value.id });
  }

  async moveAccount(sourceId: string, accountId: string, from: string, to: string): Promise<Done> {
    const management = await asManagement(this.#ports.sources, sourceId);
    if (!management.ok) return management;
    const moved = await management.value.clients.organizations.moveAccount(accountId, from, to);
    if (!moved.ok) return err(notCancelled(moved.error));
    this.#changed('organization.account-moved', accountId, { from, to, requestId: moved.value.requestId });
    return ok({});
  }

  #changed(act: Act, subject: string, details: Readonly<Record<string, string>>): void {
    this.#ports.audit({ act, subject, ...details });
    this.#ports.publisher.changed('organization');
  }
}
