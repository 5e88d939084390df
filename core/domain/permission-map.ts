import type { PermissionLevel, PermissionRow } from '../recipes/recipe';

/** What well-known AWS managed policies reach, by name without path. Others are shown by name only. */
const managedReach: Readonly<Record<string, PermissionRow>> = {
  AdministratorAccess: { service: 'Every service', list: 'all', read: 'all', write: 'all', grant: 'risky' },
  PowerUserAccess: { service: 'Every service but IAM', list: 'all', read: 'all', write: 'all', grant: 'none' },
  ReadOnlyAccess: { service: 'Every service', list: 'all', read: 'all', write: 'none', grant: 'none' },
  ViewOnlyAccess: { service: 'Every service', list: 'all', read: 'some', write: 'none', grant: 'none' },
  SecurityAudit: { service: 'Every service', list: 'all', read: 'some', write: 'none', grant: 'none' },
  IAMReadOnlyAccess: { service: 'IAM', list: 'all', read: 'all', write: 'none', grant: 'none' },
  AmazonS3FullAccess: { service: 'S3', list: 'all', read: 'all', write: 'all', grant: 'risky' },
  AmazonS3ReadOnlyAccess: { service: 'S3', list: 'all', read: 'all', write: 'none', grant: 'none' },
};

type Column = 'list' | 'read' | 'write' | 'grant';
type MutableRow = { service: string } & Record<Column, PermissionLevel>;

const grantActions =
  /^(Put\w*Policy|Attach\w*Policy|Create(User|Role|AccessKey|LoginProfile|PolicyVersion)|Update(AssumeRolePolicy|LoginProfile)|PassRole|AddUserToGroup|SetDefaultPolicyVersion)$/i;

function columnsOf(action: string): readonly Column[] {
  if (action === '*') return ['list', 'read', 'write', 'grant'];
  if (grantActions.test(action)) return ['grant'];
  if (/^List/i.test(action)) return ['list'];
  if (/^(Get|Describe|BatchGet|Lookup|Read|View|Simulate)/i.test(action)) return ['read'];
  return ['write'];
}

function items(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

const rank: Readonly<Record<PermissionLevel, number>> = { none: 0, some: 1, all: 2, risky: 3 };

function raise(row: MutableRow, column: Column, level: PermissionLevel): void {
  if (rank[level] > rank[row[column]]) row[column] = level;
}

/**
 * Which services an inline policy reaches, by its Allow statements: a sketch for the eye, not an evaluation. Deny
 * statements and conditions make the true reach smaller, never larger.
 */
export function mapInlinePolicy(text: string): PermissionRow[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  const statement = (document as { Statement?: unknown } | null)?.Statement;
  const rows = new Map<string, MutableRow>();
  for (const one of Array.isArray(statement) ? statement : [statement]) {
    const { Effect: effect, Action: action, Resource: resource } = (one ?? {}) as Record<string, unknown>;
    if (effect !== 'Allow') continue;
    const everywhere = items(resource).includes('*');
    for (const pattern of items(action)) {
      const [service = '*', name = '*'] = pattern === '*' ? ['*', '*'] : pattern.split(':');
      const title = service === '*' ? 'Every service' : service.toUpperCase();
      const row = rows.get(title) ?? { service: title, list: 'none', read: 'none', write: 'none', grant: 'none' };
      rows.set(title, row);
      for (const column of columnsOf(name)) {
        raise(row, column, column === 'grant' ? 'risky' : everywhere ? 'all' : 'some');
      }
    }
  }
  return [...rows.values()];
}

/** Rows for everything a role gets: managed policies by name, the inline policy by its statements. */
export function permissionMap(managedPolicies: readonly string[], inlinePolicy: string | undefined): PermissionRow[] {
  const merged = new Map<string, MutableRow>();
  const managed = managedPolicies.map((policy): PermissionRow => {
    const name = policy.slice(policy.lastIndexOf('/') + 1);
    return managedReach[name] ?? { service: name, list: 'some', read: 'some', write: 'some', grant: 'none' };
  });
  for (const row of [...managed, ...(inlinePolicy === undefined ? [] : mapInlinePolicy(inlinePolicy))]) {
    const known = merged.get(row.service);
    if (known === undefined) merged.set(row.service, { ...row });
    else for (const column of ['list', 'read', 'write', 'grant'] as const) raise(known, column, row[column]);
  }
  return [...merged.values()];
}
