import type { PolicySet } from '../../core/domain/policy-evaluation';
import type { SandboxTrouble } from '../../core/domain/practice-trouble';
import { fullAccess, lineage, serviceControlLevels } from './organization';
import type { PolicyLibrary } from './policy-library';
import type { SandboxState } from './state';

/** Accounts that trouble on demand forbids something to. */
const troubledParts: readonly string[] = ['deployer', 'owner'];

/**
 * The service control policies over whoever is of this account, level by level: the organization's, and what trouble
 * denies on demand. Absent where there are none, and for service-linked roles, which they never bound (Organizations
 * User Guide, "Tasks and entities not restricted by SCPs").
 */
export function serviceControlOf(
  {
    policies,
    state,
    trouble,
  }: { readonly policies: PolicyLibrary; readonly state: SandboxState; readonly trouble: SandboxTrouble },
  accountId: string,
  roleArn?: string,
): Pick<PolicySet, 'serviceControl'> {
  if (roleArn?.includes(':role/aws-service-role/') === true) return {};
  const levels = (serviceControlLevels(state, accountId) ?? []).map((level) =>
    level.map(({ content, id }) => ({ content, id })),
  );
  const troubled = state.identities.some(
    (entry) => entry.accountId === accountId && troubledParts.includes(entry.part),
  );
  if (troubled && trouble.serviceControlDenies.length > 0) {
    const Statement = { Effect: 'Deny', Action: trouble.serviceControlDenies, Resource: '*' };
    const content = JSON.stringify({ Version: '2012-10-17', Statement });
    levels.push([fullAccess, { id: 'p-trouble', content }]);
  }
  if (levels.length === 0) return {};
  return {
    serviceControl: levels.map((level) =>
      level.map(({ content, id }) => policies.compile(id, content, 'service-control')),
    ),
  };
}

/** The condition keys that follow from the caller's place in an organization (IAM User Guide, "AWS global condition context keys"). */
export function organizationContext(state: SandboxState, accountId: string): ReadonlyMap<string, readonly string[]> {
  const organization = state.organizationOf(accountId);
  if (organization === undefined) return new Map();
  const above = lineage(organization, accountId).slice(0, -1);
  return new Map([
    ['aws:principalorgid', [organization.id]],
    ['aws:principalorgpaths', [`${[organization.id, ...above].join('/')}/`]],
  ]);
}
