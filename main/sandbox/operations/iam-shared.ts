import type { Call } from '../call';
import { AwsRefusal, malformedPolicy, noSuchEntity } from '../http';
import type { GroupRecord, RoleRecord, TagRecord, UserRecord } from '../snapshot';
import type { XmlFields } from '../xml';
import { roleArn, userArn } from '../arns';

export const roleNameRule = { min: 1, max: 64, pattern: { test: /^[\w+=,.@-]+$/, shown: '[\\w+=,.@-]+' } };
export const entityNameRule = { min: 1, max: 128, pattern: { test: /^[\w+=,.@-]+$/, shown: '[\\w+=,.@-]+' } };
export const pathRule = {
  min: 1,
  max: 512,
  pattern: { test: /^(?:\/|\/[\u0021-\u007f]+\/)$/, shown: '(\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)' },
};
export const policyArnRule = { min: 20, max: 2048 };
export const descriptionRule = { max: 1000 };

export const conflict = (message: string): AwsRefusal => new AwsRefusal('DeleteConflict', message, 409);
export const alreadyExists = (message: string): AwsRefusal => new AwsRefusal('EntityAlreadyExists', message, 409);
export const limitExceeded = (message: string): AwsRefusal => new AwsRefusal('LimitExceeded', message, 409);

/** The path in a request, `/` when there is none. AWS refuses empty segments in role ARNs, so they do not come in. */
export function readPath(call: Call, name = 'Path'): string {
  const path = call.parameters.optionalText(name, pathRule) ?? '/';
  if (path.includes('//'))
    throw new AwsRefusal('ValidationError', 'The specified value for path is invalid. It must not contain //.', 400);
  return path;
}

/** The ARN that a role has, or would have: what a request is authorised against before it is known whether the role exists. */
export function targetRoleArn(call: Call, name: string): string {
  const role = call.caller.account.roles.get(name.toLowerCase());
  return roleArn(call.caller.account.id, role ?? { path: '/', name });
}

export function findRole(call: Call, name: string): RoleRecord {
  const role = call.caller.account.roles.get(name.toLowerCase());
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function targetUserArn(call: Call, name: string): string {
  const user = call.caller.account.users.get(name.toLowerCase());
  return userArn(call.caller.account.id, user ?? { path: '/', name });
}

export function findUser(call: Call, name: string): UserRecord {
  const user = call.caller.account.users.get(name.toLowerCase());
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

/** Where the name may be left out it is the caller's own; a role's session has none. */
export function userNameOrCaller(call: Call): string {
  const asked = call.parameters.optionalText('UserName', entityNameRule);
  if (asked !== undefined) return asked;
  if (call.caller.kind !== 'user')
    throw new AwsRefusal('ValidationError', 'Must specify userName when calling with non-User credentials', 400);
  return call.caller.user.name;
}

export function findGroup(call: Call, name: string): GroupRecord {
  const group = call.caller.account.groups.get(name.toLowerCase());
  if (group === undefined) throw noSuchEntity(`The group with name ${name} cannot be found.`);
  return group;
}

export function pathPrefixOf(call: Call): string {
  return call.parameters.optionalText('PathPrefix', { min: 1, max: 512 }) ?? '/';
}

export function readBoundary(call: Call): string | undefined {
  const boundary = call.parameters.optionalText('PermissionsBoundary', policyArnRule);
  if (boundary !== undefined && !call.policies.exists(boundary, call.caller.account.id)) {
    throw new AwsRefusal('NoSuchEntity', `Scope ARN: ${boundary} does not exist or is not attachable.`, 404);
  }
  return boundary;
}

/** A tag replaces the one whose key differs only in case. */
export function mergeTags(old: readonly TagRecord[], added: readonly TagRecord[], label: 'Role' | 'User'): TagRecord[] {
  const keys = new Set(added.map((tag) => tag.key.toLowerCase()));
  const next = [...old.filter((tag) => !keys.has(tag.key.toLowerCase())), ...added];
  if (next.length > 50) throw limitExceeded(`Cannot exceed quota for TagsPer${label}: 50`);
  return next;
}

/** The element is not there when there are no tags. */
export function xmlTags(tags: readonly TagRecord[]): XmlFields {
  return tags.length === 0 ? {} : { Tags: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) };
}

/** Service-linked roles belong to their service (aws-reference §6.3). */
export function refuseServiceLinked(role: RoleRecord): void {
  if (role.path.startsWith('/aws-service-role/')) {
    throw new AwsRefusal(
      'UnmodifiableEntity',
      `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
      400,
    );
  }
}

/** How IAM counts a policy's length: without white space. */
export function policySize(document: string): number {
  return document.replace(/\s/g, '').length;
}

export function requireDocument(call: Call, name: string): string {
  // 131,072 is the parameter's own limit; the quotas are below it.
  const document = call.parameters.text(name, { min: 1, max: 131_072 });
  if (!/^[\u0009\u000a\u000d\u0020-\u00ff]+$/.test(document)) {
    throw malformedPolicy('The policy document has characters outside the allowed range.');
  }
  return document;
}
