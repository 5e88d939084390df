import type { Call } from '../call';
import { AwsRefusal, malformedPolicy, noSuchEntity } from '../http';
import type { RoleRecord } from '../snapshot';
import { roleArn } from '../state';

export const roleNameRule = { min: 1, max: 64, pattern: { test: /^[\w+=,.@-]+$/, shown: '[\\w+=,.@-]+' } };
export const entityNameRule = { min: 1, max: 128, pattern: { test: /^[\w+=,.@-]+$/, shown: '[\\w+=,.@-]+' } };
export const pathRule = {
  min: 1,
  max: 512,
  pattern: { test: /^(?:\/|\/[\u0021-\u007f]+\/)$/, shown: '(\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)' },
};
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
