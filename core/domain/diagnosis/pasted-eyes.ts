import { parseRoleArn } from '../arn';
import { findSecret } from '../paste-secrets';
import { err, ok, type Result } from '../../result';
import type { AppError } from '../../app-error';
import type { TargetEyes } from './evidence';
import { isNearlyTheSame } from './near-names';

/** Characters; `get-role` prints a few kilobytes. */
export const maximumPastedRole = 65_536;

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(kind: AppError['kind'], message: string, whatToDo: string): { readonly ok: false; error: AppError } {
  return err({
    kind,
    message,
    whatDidNotChange: 'Nothing was kept from it.',
    whatToDo,
    retryable: false,
    remedies: [],
    field: 'text',
  });
}

/** The first JSON object in a text: what stands around it is the terminal's. */
function firstObject(text: string): unknown {
  const begin = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (begin === -1 || end < begin) return undefined;
  try {
    return JSON.parse(text.slice(begin, end + 1)) as unknown;
  } catch {
    return undefined;
  }
}

/** The AWS CLI prints the document as JSON; other tools leave it percent-encoded, or as a text. */
function policyText(value: unknown): string | undefined {
  if (isObject(value)) return JSON.stringify(value, null, 2);
  if (typeof value !== 'string') return undefined;
  const decoded = /^%7b/i.test(value) ? safelyDecoded(value) : value;
  return decoded?.trimStart().startsWith('{') === true ? decoded : undefined;
}

function safelyDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The role of a list, as `aws iam list-roles` prints it: names are unique without regard to case. A list without it may be a part only. */
function listed(roles: unknown, roleName: string | undefined): Json | undefined {
  if (!Array.isArray(roles) || roleName === undefined) return undefined;
  return (roles as readonly unknown[])
    .filter(isObject)
    .find(({ RoleName: name }) => typeof name === 'string' && name.toLowerCase() === roleName.toLowerCase());
}

/**
 * What somebody in the target account pasted of the role: the output of `aws iam get-role` or `list-roles`, its trust policy
 * alone, or AWS's word that there is no such role. Errors: `secret-refused`, `invalid-input` (with `field: 'text'`).
 */
export function readPastedRole(text: string, roleArn: string): Result<TargetEyes> {
  const readWith = 'what was pasted';
  const again = 'Paste all that the command printed, from the first { to the last }.';
  if (text.length > maximumPastedRole)
    return refuse('invalid-input', 'This is too long for a role: 64 KiB at most.', again);
  if (findSecret(text) !== undefined) {
    return refuse(
      'secret-refused',
      'There is a credential in this text. It was not kept.',
      'Paste the output of the command only, and have that credential replaced.',
    );
  }
  const wanted = parseRoleArn(roleArn);
  if (/NoSuchEntity/.test(text)) {
    const named = /role with name ([\w+=,.@-]+) cannot be found/i.exec(text)?.[1];
    return named === undefined || named === wanted?.roleName
      ? ok({ found: false, readWith })
      : refuse('invalid-input', `This is about the role ${named}.`, `Ask for ${wanted?.roleName ?? 'the role'}.`);
  }
  const value = firstObject(text);
  if (!isObject(value)) return refuse('invalid-input', 'There is no JSON in this text.', again);
  const role = isObject(value['Role']) ? value['Role'] : (listed(value['Roles'], wanted?.roleName) ?? value);
  const document = 'Statement' in role ? role : role['AssumeRolePolicyDocument'];
  const trustPolicy = policyText(document);
  if (trustPolicy === undefined) return refuse('invalid-input', 'There is no trust policy in this text.', again);
  const arn = typeof role['Arn'] === 'string' ? parseRoleArn(role['Arn']) : undefined;
  if (arn !== undefined && wanted !== undefined && arn.accountId !== wanted.accountId) {
    return refuse(
      'invalid-input',
      `This role is in account ${arn.accountId}, the connection’s in ${wanted.accountId}.`,
      'Run the command with credentials of the right account.',
    );
  }
  if (arn !== undefined && wanted !== undefined && !isNearlyTheSame(arn.roleName, wanted.roleName))
    return refuse('invalid-input', `This is about the role ${arn.roleName}.`, `Ask for ${wanted.roleName}.`);
  return ok({ found: true, readWith, trustPolicy, ...(arn === undefined ? {} : { roleArn: arn.arn }) });
}
