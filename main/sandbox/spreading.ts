import type { Call } from './call';
import type { RoleRecord } from './snapshot';

/** What a role may do, by its own policies. */
export type RolePolicies = Pick<RoleRecord, 'inline' | 'attached' | 'boundaryArn'>;

/** The trust that has spread so far; nothing while a new role has not. */
export function visibleTrust(role: RoleRecord, now: number): string | undefined {
  if (role.spreading === undefined || role.spreading.until <= now) return role.trust;
  return role.spreading.trust;
}

/** The policies by which requests of the role's sessions are decided now. */
export function policiesInForce(role: RoleRecord, now: number): RolePolicies {
  const { spreadingPolicies: before } = role;
  return before === undefined || before.until <= now ? role : before;
}

/** To be called before a role's trust is changed: it goes on holding until the change has spread. */
export function spreadTrust(call: Call, role: RoleRecord): void {
  const { now, trouble } = call;
  if (trouble.propagationDelayMs === 0) return;
  const seen = visibleTrust(role, now);
  role.spreading = { until: now + trouble.propagationDelayMs, ...(seen === undefined ? {} : { trust: seen }) };
}

/**
 * The same before its policies or its boundary are changed, which hold for live sessions too (aws-reference §6.1). What is
 * put on a role that nobody sees yet comes with it.
 */
export function spreadPolicies(call: Call, role: RoleRecord): void {
  const { now, trouble } = call;
  if (trouble.propagationDelayMs === 0 || visibleTrust(role, now) === undefined) return;
  const { attached, boundaryArn, inline } = policiesInForce(role, now);
  role.spreadingPolicies = {
    until: now + trouble.propagationDelayMs,
    inline: [...inline],
    attached: [...attached],
    ...(boundaryArn === undefined ? {} : { boundaryArn }),
  };
}
