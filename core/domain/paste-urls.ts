import { isAccountAlias, readAccountId } from './account-id';
import { isIamPath, isRoleName } from './arn';
import { partitions } from './partitions';

/** What an address of AWS's console says about a role. */
export type ConsoleAddress =
  | {
      readonly kind: 'role';
      readonly partition: string;
      readonly roleName: string;
      /** Known only where the address carries it. */
      readonly path?: string;
      readonly accountId?: string;
      readonly accountAlias?: string;
      readonly form: 'switch-role' | 'role-page';
    }
  | { readonly kind: 'other-page'; readonly page: 'user' | 'group' | 'policy' | 'role-list' | 'sign-in' | 'other' };

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

function parameters(query: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals > 0) map.set(pair.slice(0, equals).toLowerCase(), decode(pair.slice(equals + 1)));
  }
  return map;
}

function splitRolePath(text: string): { readonly path: string; readonly roleName: string } | undefined {
  const absolute = text.startsWith('/') ? text : `/${text}`;
  const nameStart = absolute.lastIndexOf('/') + 1;
  const path = absolute.slice(0, nameStart);
  const roleName = absolute.slice(nameStart);
  return isIamPath(path) && isRoleName(roleName) ? { path, roleName } : undefined;
}

function switchRole(partition: string, query: string): ConsoleAddress | undefined {
  const given = parameters(query);
  const role = splitRolePath(given.get('rolename') ?? '');
  if (role === undefined) return undefined;
  const account = given.get('account') ?? '';
  const accountId = readAccountId(account);
  return {
    kind: 'role',
    form: 'switch-role',
    partition,
    ...role,
    ...(accountId === undefined ? {} : { accountId }),
    ...(accountId === undefined && isAccountAlias(account) ? { accountAlias: account } : {}),
  };
}

/**
 * Reads an address of the console or of its switch-role page (forms of aws-reference §4 and §5). A console opened in
 * several accounts at once carries the account in its host: `222233334444-abcdef.eu-west-1.console.aws.amazon.com`.
 * `undefined` for anything that is not AWS's.
 */
export function readConsoleAddress(text: string): ConsoleAddress | undefined {
  const match = /^https:\/\/([a-z0-9.-]+)(\/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?$/i.exec(text);
  if (match === null) return undefined;
  const host = (match[1] ?? '').toLowerCase();
  const page = match[2] ?? '/';
  const query = match[3] ?? '';
  const fragment = match[4] ?? '';
  for (const partition of partitions) {
    const { consoleHost, signInHost } = partition;
    if (consoleHost === undefined || signInHost === undefined) continue;
    if ((host === signInHost || host.endsWith(`.${signInHost}`)) && page.startsWith('/switchrole')) {
      return switchRole(partition.id, query) ?? { kind: 'other-page', page: 'other' };
    }
    if (host === signInHost || host.endsWith(`.${signInHost}`)) return { kind: 'other-page', page: 'sign-in' };
    if (host !== consoleHost && !host.endsWith(`.${consoleHost}`)) continue;
    const accountId = /^([0-9]{12})-/.exec(host)?.[1];
    const [path = '', fragmentQuery = ''] = fragment.split('?');
    const role = /^!?\/?roles\/(?:details\/)?([^/?$]+)/.exec(path.startsWith('/') ? path.slice(1) : path)?.[1];
    const roleName = role === undefined ? parameters(fragmentQuery).get('rolename') : decode(role);
    if (roleName !== undefined && isRoleName(roleName) && !(role === 'create' && /roles\/create/.test(path))) {
      return {
        kind: 'role',
        form: 'role-page',
        partition: partition.id,
        roleName,
        ...(accountId === undefined ? {} : { accountId }),
      };
    }
    if (/users\//.test(path)) return { kind: 'other-page', page: 'user' };
    if (/groups\//.test(path)) return { kind: 'other-page', page: 'group' };
    if (/policies\//.test(path)) return { kind: 'other-page', page: 'policy' };
    if (/roles/.test(path)) return { kind: 'other-page', page: 'role-list' };
    return { kind: 'other-page', page: 'other' };
  }
  return undefined;
}

/** `Name`, `/path/Name` or `path/Name`, as switch-role addresses and people write it. */
export { splitRolePath };
