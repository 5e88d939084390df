import { z } from '../../core/zod';
import { addMember, addOrganization, newServiceLinkedRole } from './organization';
import type { OrganizationRecord } from './organization-record';
import type { SandboxState } from './state';

const accountId = z.string().regex(/^[0-9]{12}$/);

/** An organization as a scenario describes it. Units are named by their names, the root is `Root`. */
export const scenarioOrganizationSchema = z.strictObject({
  managementAccountId: accountId,
  /** Parents before their children. */
  units: z.array(z.strictObject({ name: z.string().min(1).max(128), parent: z.string().default('Root') })).default([]),
  members: z.array(z.strictObject({ accountId, parent: z.string().default('Root') })).default([]),
  serviceControlPolicies: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(128),
        description: z.string().max(512).default(''),
        /** The policy as the JSON it is. */
        document: z.record(z.string(), z.unknown()),
        /** Names of units, IDs of accounts, or `Root`. */
        targets: z.array(z.string()),
      }),
    )
    .default([]),
});

/** Makes the organization. `now` in milliseconds. Throws for a place or an account that is not there. */
export function addScenarioOrganization(
  described: z.output<typeof scenarioOrganizationSchema>,
  state: SandboxState,
  now: number,
): void {
  const organization = addOrganization(state, described.managementAccountId, 'ALL', now);
  const join = (id: string): void => {
    const account = state.accounts.get(id);
    if (account === undefined) throw new Error(`The scenario has no account ${id} for its organization.`);
    state.addRole(account, newServiceLinkedRole(state, now));
  };
  join(described.managementAccountId);
  for (const { name, parent } of described.units) {
    const id = `ou-${organization.rootId.slice(2)}-${state.newName('unit', 8)}`;
    organization.units.push({ id, parentId: placeOf(organization, parent), name, tags: [] });
    organization.attachments.push({ policyId: 'p-FullAWSAccess', targetId: id });
  }
  for (const member of described.members) {
    join(member.accountId);
    addMember(organization, {
      id: member.accountId,
      email: `root+${member.accountId}@example.com`,
      joinedMethod: 'INVITED',
      joinedAt: now,
      tags: [],
    });
    const added = organization.accounts.find(({ id }) => id === member.accountId);
    if (added !== undefined) added.parentId = placeOf(organization, member.parent);
  }
  for (const { description, document, name, targets } of described.serviceControlPolicies) {
    const id = `p-${state.newName('policy', 8)}`;
    organization.policies.push({ id, name, description, content: JSON.stringify(document), tags: [] });
    for (const target of targets)
      organization.attachments.push({ policyId: id, targetId: placeOf(organization, target) });
  }
}

/** The ID of the root, a unit by its name, or a member. */
function placeOf(organization: OrganizationRecord, name: string): string {
  if (name === 'Root') return organization.rootId;
  const found =
    organization.units.find((unit) => unit.name === name) ??
    organization.accounts.find((account) => account.id === name);
  if (found === undefined) throw new Error(`The scenario’s organization has no place “${name}”.`);
  return found.id;
}
