import type { Caller } from './caller';
import type { RoleRecord, UserRecord } from './snapshot';

/** `at` in ms since the epoch; `service` as in signatures, which is how its actions begin. */
export type Use = { readonly at: number; readonly region: string; readonly service: string };

/** What GetAccessKeyLastUsed tells of a long-term key, and GetRole of a role: its sessions' requests are its use. */
export function noteUse(caller: Caller, use: Use): void {
  const holder = holderOf(caller);
  if (holder !== undefined) accessOf(holder, use);
  if (caller.kind === 'session') {
    const role = roleOf(caller);
    if (role !== undefined) role.lastUsed = { at: use.at, region: use.region };
    return;
  }
  if (caller.temporary !== undefined) return;
  const keys = caller.kind === 'user' ? caller.user.accessKeys : caller.account.rootAccessKeys;
  const key = keys.find((item) => item.id === caller.accessKeyId);
  if (key !== undefined) key.lastUsed = use;
}

/**
 * What GetServiceLastAccessedDetails tells of single actions: every attempt counts, also one that is refused (API
 * reference, GenerateServiceLastAccessedDetails). Passing a role is no attempt of its own.
 */
export function noteAction(caller: Caller, action: string, { at, region }: Pick<Use, 'at' | 'region'>): void {
  const [service = '', name = ''] = action.split(':');
  const holder = holderOf(caller);
  if (holder === undefined || action === 'iam:PassRole') return;
  accessOf(holder, { at, region, service }).actions[name] = { at, region };
}

type Holder = Pick<UserRecord | RoleRecord, 'access'>;

/** The role must be the one that the session was opened from, not a later one by the same name. */
function roleOf({ account, session }: Extract<Caller, { kind: 'session' }>): RoleRecord | undefined {
  const role = account.roles.get(session.roleName.toLowerCase());
  return role?.id === session.roleId ? role : undefined;
}

function holderOf(caller: Caller): Holder | undefined {
  if (caller.kind === 'session') return roleOf(caller);
  return caller.kind === 'user' ? caller.user : undefined;
}

function accessOf(holder: Holder, { at, region, service }: Use): NonNullable<Holder['access']>[string] {
  holder.access ??= {};
  const known = holder.access[service];
  const noted = { at, region, actions: known?.actions ?? {} };
  holder.access[service] = noted;
  return noted;
}
