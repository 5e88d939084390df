import { roleArn } from './arns';
import type { Call } from './call';
import type { RoleRecord } from './snapshot';
import type { Account, SandboxState } from './state';

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

/** To be called before a role is deleted: until that has spread it can be assumed, and its sessions go on. */
export function spreadDeletion(call: Call, role: RoleRecord): void {
  const { caller, now, trouble } = call;
  const { account } = caller;
  account.leaving = account.leaving.filter(({ goneAt }) => goneAt > now);
  if (trouble.propagationDelayMs === 0 || visibleTrust(role, now) === undefined) return;
  account.leaving = [...account.leaving, { ...role, goneAt: now + trouble.propagationDelayMs }];
}

/** The role of a session, also a deleted one while that spreads. Not one of its name that was made anew. */
export function roleOfSession(
  account: Account,
  { roleId, roleName }: { readonly roleId: string; readonly roleName: string },
  now: number,
): RoleRecord | undefined {
  const role = account.roles.get(roleName.toLowerCase());
  return role?.id === roleId ? role : account.leaving.find(({ goneAt, id }) => id === roleId && goneAt > now);
}

/** The role that AssumeRole finds. Those of a closed account look as if they did not exist. */
export function roleToAssume(
  state: SandboxState,
  arn: string,
  now: number,
): { readonly account: Account; readonly role: RoleRecord } | undefined {
  const found = state.roleByArn(arn);
  if (found !== undefined) return found;
  const account = state.accounts.get(arn.split(':')[4] ?? '');
  if (account === undefined || account.closedAt !== undefined) return undefined;
  const role = account.leaving.find((one) => one.goneAt > now && roleArn(account.id, one) === arn);
  return role === undefined ? undefined : { account, role };
}
