import { z } from '../../zod';
import type { AppError } from '../../app-error';
import { err, ok, type Result } from '../../result';
import { parseRoleArn } from '../arn';
import { instantSchema } from '../limits';
import { findSecret } from '../paste-secrets';
import { roleStateSchema, type ManagedPolicyState, type RoleState } from './agreement';
import { longestPasted } from './difference';
import { documentKey, type RoleNow } from './drift-of';

/** A document as the AWS CLI prints it. */
const documentSchema = z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value));

/** ISO 8601, as the AWS CLI prints times. */
const momentSchema = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(instantSchema);

/** What each command prints, known by the one key that only it has. What newer versions of the CLI add is let be. */
const printed = {
  caller: z.object({ Account: z.string() }),
  role: z.object({
    Role: z.object({
      Path: z.string(),
      RoleName: z.string(),
      RoleId: z.string(),
      Arn: z.string(),
      AssumeRolePolicyDocument: documentSchema,
      MaxSessionDuration: z.int(),
      CreateDate: momentSchema.optional(),
      RoleLastUsed: z.object({ LastUsedDate: momentSchema.optional() }).optional(),
      PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string() }).optional(),
      Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
    }),
  }),
  names: z.object({ PolicyNames: z.array(z.string()), IsTruncated: z.literal(false).optional() }),
  attached: z.object({
    AttachedPolicies: z.array(z.object({ PolicyArn: z.string() })),
    IsTruncated: z.literal(false).optional(),
  }),
  inline: z.object({ RoleName: z.string(), PolicyName: z.string(), PolicyDocument: documentSchema }),
  policy: z.object({ Policy: z.object({ Arn: z.string(), DefaultVersionId: z.string() }) }),
  version: z.object({ PolicyVersion: z.object({ Document: documentSchema, VersionId: z.string() }) }),
} as const;

type Role = z.infer<typeof printed.role>['Role'];

/** What was found in the text so far. */
type Found = {
  /** the account that it was printed in */
  account?: string;
  role?: Role;
  names?: readonly string[];
  attached?: readonly string[];
  readonly inline: Map<string, string>;
  /** by ARN; the version that `get-policy-version` printed after it */
  readonly policies: Map<string, { readonly versionId: string; text?: string }>;
  lastPolicy?: string;
};

type Wanted = {
  readonly roleArn: string;
  readonly agreed: RoleState | undefined;
  /** SHA-256 in hex of a policy without its blanks */
  readonly digestOf: (document: string) => string;
};

const again = 'Have the whole script run again, and paste all that it printed.';

function refuse(
  message: string,
  whatToDo = again,
  kind: AppError['kind'] = 'invalid-input',
): { readonly ok: false; error: AppError } {
  return err({
    ...{ kind, message, whatToDo, whatDidNotChange: 'Nothing was kept from it, and the last look stays.' },
    ...{ retryable: false, remedies: [], field: 'text' },
  });
}

/**
 * A look through somebody else's eyes: what the commands of `lookScripts` printed, one after the other, with whatever a
 * terminal puts between. What is missing is not seen; what is there is whole, of this role, or refused. SECURITY(S-20).
 * Errors: `secret-refused`, `invalid-input`, each with `field: 'text'`.
 */
export function readPastedLook(text: string, { agreed, digestOf, roleArn }: Wanted): Result<RoleNow> {
  if (text.length > longestPasted) return refuse('This is too long for a role and its policies: 512 KiB at most.');
  if (findSecret(text) !== undefined) {
    const instead = 'Paste what the script printed only, and have that credential replaced.';
    return refuse('There is a credential in this text. It was not kept.', instead, 'secret-refused');
  }
  const wanted = parseRoleArn(roleArn);
  const objects = objectsIn(text);
  if (objects === undefined) return refuse('The text is cut off in the middle of an answer.');
  const found: Found = { inline: new Map(), policies: new Map() };
  for (const one of objects) {
    const wrong = take(one, found, wanted?.roleName ?? '');
    if (wrong !== undefined) return refuse(wrong);
  }
  const { role } = found;
  if (role === undefined) {
    const gone = /NoSuchEntity[^\n]{0,200}role with name ([\w+=,.@-]{1,64}) cannot be found/i.exec(text)?.[1];
    if (gone === undefined || gone !== wanted?.roleName) return refuse('What get-role prints is not in this text.');
    const { account } = found;
    if (account === undefined) return refuse('In which account there is no such role is not in this text.');
    if (account !== wanted.accountId) {
      return refuse(
        `This was run in account ${account.slice(0, 12)}, and this connection’s role is in account ${wanted.accountId}.`,
        `Have the script run in account ${wanted.accountId}.`,
      );
    }
    return ok({ role: undefined, texts: new Map() });
  }
  const arn = parseRoleArn(role.Arn);
  if (arn === undefined || arn.accountId !== wanted?.accountId || arn.roleName !== wanted.roleName) {
    return refuse(
      `This is about ${role.Arn.slice(0, 200)}, and not about this connection’s role.`,
      `Have the script run in account ${wanted?.accountId ?? ''}.`,
    );
  }
  return stateOf(role, found, agreed, digestOf);
}

function stateOf(
  role: Role,
  { attached, inline, names, policies }: Found,
  agreed: RoleState | undefined,
  digestOf: (document: string) => string,
): Result<RoleNow> {
  const unseen = new Set<string>();
  const texts = new Map<string, string>();
  if (names === undefined) unseen.add('inline');
  if (attached === undefined) unseen.add('managed');
  const shown: { name: string; document: string }[] = [];
  for (const name of names ?? []) {
    const document = inline.get(name);
    if (document !== undefined) shown.push({ name, document });
    else if (agreed?.inline.some((one) => one.name === name) === true) unseen.add(`inline ${name}`);
    else return refuse(`The role has an inline policy ${name.slice(0, 128)}, and its text is not here.`);
  }
  const inForce = (arn: string): ManagedPolicyState => {
    const policy = policies.get(arn);
    if (policy?.text === undefined) return { arn };
    texts.set(documentKey(arn, policy.versionId), policy.text);
    return { arn, versionId: policy.versionId, digest: digestOf(policy.text) };
  };
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const state = roleStateSchema.safeParse({
    ...{ roleId: role.RoleId, path: role.Path, trustPolicy: role.AssumeRolePolicyDocument },
    maxSessionDuration: role.MaxSessionDuration,
    managed: (attached ?? []).map(inForce),
    inline: shown,
    ...(boundary !== undefined && { boundary: inForce(boundary) }),
    tags: role.Tags.map(({ Key: key, Value: value }) => ({ key, value })),
  });
  if (!state.success) return refuse('AWS has no such role: something in it is changed.');
  const { CreateDate: createdAt, RoleLastUsed: used } = role;
  const lastUsedAt = used?.LastUsedDate;
  return ok({
    ...{ role: state.data, texts, unseen },
    ...(createdAt !== undefined && { use: { createdAt, ...(lastUsedAt !== undefined && { lastUsedAt }) } }),
  });
}

/** Why it is not what one of the commands prints; undefined where it is. */
function take(value: object, found: Found, roleName: string): string | undefined {
  const damaged = 'Something in this text is not as the commands print it.';
  if ('Account' in value) {
    const read = printed.caller.safeParse(value);
    if (!read.success) return damaged;
    if (found.account !== undefined && found.account !== read.data.Account) return 'This text is of two accounts.';
    found.account = read.data.Account;
  } else if ('Role' in value) {
    const read = printed.role.safeParse(value);
    if (!read.success) return damaged;
    if (found.role !== undefined && found.role.RoleId !== read.data.Role.RoleId)
      return 'There are two roles in this text.';
    found.role = read.data.Role;
  } else if ('PolicyNames' in value) {
    const read = printed.names.safeParse(value);
    if (!read.success) return damaged;
    found.names = read.data.PolicyNames;
  } else if ('AttachedPolicies' in value) {
    const read = printed.attached.safeParse(value);
    if (!read.success) return damaged;
    found.attached = read.data.AttachedPolicies.map(({ PolicyArn }) => PolicyArn);
  } else if ('PolicyDocument' in value) {
    const read = printed.inline.safeParse(value);
    if (!read.success) return damaged;
    if (read.data.RoleName !== roleName)
      return `A policy in this text is of the role ${read.data.RoleName.slice(0, 64)}.`;
    found.inline.set(read.data.PolicyName, read.data.PolicyDocument);
  } else if ('Policy' in value) {
    const read = printed.policy.safeParse(value);
    if (!read.success) return damaged;
    const { Arn: arn, DefaultVersionId: versionId } = read.data.Policy;
    found.policies.set(arn, { versionId });
    found.lastPolicy = arn;
  } else if ('PolicyVersion' in value) {
    // it does not say of which policy it is: the script prints it behind that
    const read = printed.version.safeParse(value);
    const policy = found.lastPolicy === undefined ? undefined : found.policies.get(found.lastPolicy);
    if (!read.success || policy === undefined || policy.versionId !== read.data.PolicyVersion.VersionId) return damaged;
    policy.text = read.data.PolicyVersion.Document;
    delete found.lastPolicy;
  } else return damaged;
  return undefined;
}

/**
 * The JSON objects of a text, in order; undefined where one has no end or is none. What stands between them is the
 * terminal's: an answer begins with a key, a brace of a prompt or of the script itself does not. Each letter is read once.
 */
function objectsIn(text: string): readonly object[] | undefined {
  const found: object[] = [];
  const begin = /\{\s*"/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const end = endOf(text, match.index);
    const value = end === undefined ? undefined : parsed(text.slice(match.index, end));
    if (value === undefined || end === undefined) return undefined;
    found.push(value);
    begin.lastIndex = end;
  }
  return found;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** No answer of these commands is deeper by far. */
const deepest = 100;

/** Behind the brace that closes the one at `from`. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (isString) {
      if (letter === '\\') at += 1;
      else if (letter === '"') isString = false;
    } else if (letter === '"') isString = true;
    else if (letter === '{' || letter === '[') {
      depth += 1;
      if (depth > deepest) return undefined;
    } else if (letter === '}' || letter === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
