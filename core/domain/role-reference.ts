import { formatAccountId, isAccountId, readAccountId } from './account-id';
import { formatRoleArn, isRoleName, parseAssumedRoleArn, parseRoleArn, type RoleArn } from './arn';
import { partitionOfRegion } from './partitions';
import { findSecret, type SecretKind } from './paste-secrets';
import {
  describeLeftOut,
  readPastedText,
  segmentsOf,
  trimEndOf,
  type PastedText,
  type PasteSegment,
  type Span,
} from './paste-text';
import { readConsoleAddress, type ConsoleAddress } from './paste-urls';
import { roleArnsInJson } from './paste-json';
import { arnCandidates, readBeheadedArn, readBrokenArn, type ArnCandidate } from './paste-arns';
import { readBareName, readLabelledName } from './paste-names';
import {
  whyArnIsWrong,
  whyNameIsReserved,
  whyPageIsWrong,
  whyRoleIsWrong,
  whyTrustPolicyIsWrong,
  wrong,
  type CallerContext,
  type Wrong,
} from './role-reference-wrong';

export type { PasteSegment } from './paste-text';
export type { SecretKind } from './paste-secrets';

export type RoleReferenceContext = CallerContext & {
  /** The target account, where the wizard already knows it: a name alone is then enough. */
  readonly knownAccountId?: string;
};

export type RoleReferenceNote = {
  readonly kind: 'path-may-be-missing' | 'differs-from-known-account' | 'account-was-assumed';
  readonly message: string;
};

/** What was found in pasted text. Never holds a credential: text with one in it comes back as `secret` and nothing else. */
export type RoleReference =
  | (RoleArn & {
      readonly kind: 'found';
      /** The pasted text in pieces, for striking through what was left out. Joined they are the text as pasted. */
      readonly changes: readonly PasteSegment[];
      /** What was left out, in words ("a label, quotes and a comma"); empty when the text was just the ARN. */
      readonly leftOut: string;
      readonly note?: RoleReferenceNote;
    })
  | {
      readonly kind: 'needs-account-id';
      readonly roleName: string;
      readonly path: string;
      readonly partition?: string;
      /** The alias that stood in place of the account ID. */
      readonly accountAlias?: string;
      readonly changes: readonly PasteSegment[];
      readonly message: string;
    }
  | { readonly kind: 'several'; readonly arns: readonly string[]; readonly message: string }
  | Wrong
  | { readonly kind: 'secret'; readonly what: SecretKind; readonly message: string; readonly whereToFind: string }
  | { readonly kind: 'nothing'; readonly message: string };

/** Longer text is not read. */
export const maximumPasteLength = 65_536;

const pathNote: RoleReferenceNote = {
  kind: 'path-may-be-missing',
  message:
    'Sessions and console addresses leave out a role’s path. If the role has one, add it between “role/” and the name.',
};

/**
 * Picks the role out of whatever was pasted: a bare or decorated ARN, JSON of `aws iam create-role`, a session's ARN,
 * an address of the console, or a name with or without an account ID. Pure; takes well under a millisecond.
 */
export function readRoleReference(text: string, context: RoleReferenceContext = {}): RoleReference {
  if (text.length > maximumPasteLength)
    return { kind: 'nothing', message: 'That is too long to be a role. Paste only the part with the ARN.' };
  const pasted = readPastedText(text);
  // SECURITY(S-13): decided before anything else is read, on the text as pasted and as cleaned.
  const secret = findSecret(text) ?? findSecret(pasted.text);
  if (secret !== undefined) return secretFound(secret);
  if (pasted.text.trim() === '') return { kind: 'nothing', message: 'Nothing to read yet.' };
  const arns = arnCandidates(pasted);
  // From the surest to the vaguest; what something else is, is said only where no role is found.
  return (
    readFromJson(pasted, context) ??
    readArns(pasted, arns, context) ??
    (arns.some((candidate) => candidate.isCutOff) ? undefined : readDamagedArn(pasted, context)) ??
    readRoleAddress(pasted, context) ??
    readLabelled(pasted, context) ??
    readOtherArns(pasted, arns) ??
    readOtherPage(pasted) ??
    readBare(pasted, context) ?? { kind: 'nothing', message: 'There is no role in that text. Paste the role’s ARN.' }
  );
}

function secretFound(what: SecretKind): RoleReference {
  const names: Readonly<Record<SecretKind, string>> = {
    'access-key-id': 'an access key',
    'secret-access-key': 'a secret access key',
    'session-token': 'a session token',
    'private-key': 'a private key',
  };
  return {
    kind: 'secret',
    what,
    message: `That is ${names[what]}. It was not kept. Nobody needs it here; if it was pasted somewhere else too, make it inactive.`,
    whereToFind: 'Paste the ARN of the role: it begins with “arn:” and has “:role/” in it.',
  };
}

/** Everything that is known to be a role ends here. */
function found(
  pasted: PastedText,
  role: RoleArn,
  kept: readonly Span[],
  context: RoleReferenceContext,
  note?: RoleReferenceNote,
): RoleReference {
  const objection = whyRoleIsWrong(role, context);
  if (objection !== undefined) return objection;
  const known = context.knownAccountId;
  const best: RoleReferenceNote | undefined =
    known !== undefined && known !== role.accountId
      ? {
          kind: 'differs-from-known-account',
          message: `This role is in ${formatAccountId(role.accountId)}, not in ${formatAccountId(known)}, the account chosen before.`,
        }
      : note;
  const changes = segmentsOf(pasted, kept);
  return {
    kind: 'found',
    ...role,
    changes,
    leftOut: describeLeftOut(changes),
    ...(best === undefined ? {} : { note: best }),
  };
}

type NamedRole = {
  readonly roleName: string;
  readonly path: string;
  readonly partition?: string | undefined;
  readonly accountId?: string | undefined;
  readonly accountAlias?: string | undefined;
};

/** A role known by name: its ARN is put together when the account is known, and asked for otherwise. */
function named(
  pasted: PastedText,
  role: NamedRole,
  kept: readonly Span[],
  context: RoleReferenceContext,
  note?: RoleReferenceNote,
): RoleReference {
  const reserved = role.path === '/' ? whyNameIsReserved(role.roleName) : undefined;
  if (reserved !== undefined) return reserved;
  const accountId = role.accountId ?? (role.accountAlias === undefined ? context.knownAccountId : undefined);
  const partition = role.partition ?? context.callerPartition ?? 'aws';
  if (accountId === undefined) {
    return {
      kind: 'needs-account-id',
      roleName: role.roleName,
      path: role.path,
      ...(role.partition === undefined ? {} : { partition: role.partition }),
      ...(role.accountAlias === undefined ? {} : { accountAlias: role.accountAlias }),
      changes: segmentsOf(pasted, kept),
      message:
        role.accountAlias === undefined
          ? `“${role.roleName}” is a role’s name. The twelve digits of its account are needed too.`
          : `“${role.accountAlias}” is an account’s alias. The twelve digits of that account are needed.`,
    };
  }
  const arn = parseRoleArn(formatRoleArn(partition, accountId, role.path, role.roleName));
  if (arn === undefined) return wrong('damaged-arn', 'No valid ARN can be made of this.');
  const assumed: RoleReferenceNote | undefined =
    role.accountId === undefined
      ? {
          kind: 'account-was-assumed',
          message: `Taken to be in ${formatAccountId(accountId)}, the account chosen before.`,
        }
      : undefined;
  return found(pasted, arn, kept, context, note ?? assumed);
}

function spanOf(pasted: PastedText, piece: string, from = 0): Span[] {
  const start = pasted.text.indexOf(piece, from);
  return start === -1 || piece === '' ? [] : [{ start, end: start + piece.length }];
}

/** `aws iam create-role` and its kind: only the role's own ARN counts, not those inside its trust policy. */
function readFromJson(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  return oneOf(pasted, roleArnsInJson(pasted.original), context);
}

function oneOf(pasted: PastedText, texts: readonly string[], context: RoleReferenceContext): RoleReference | undefined {
  const roles = [...new Set(texts)].map(parseRoleArn).filter((role) => role !== undefined);
  const usable = roles.filter((role) => whyRoleIsWrong(role, context) === undefined);
  const only = roles.length === 1 ? roles[0] : usable.length === 1 ? usable[0] : undefined;
  if (only !== undefined) return found(pasted, only, spanOf(pasted, only.arn), context);
  if (roles.length === 0) return undefined;
  return {
    kind: 'several',
    arns: roles.map((role) => role.arn),
    message: `There are ${String(roles.length)} roles in that text. Choose one.`,
  };
}

/** The addresses of AWS's console in the text, with or without “https://”. */
function consoleAddresses(pasted: PastedText): readonly { readonly start: number; readonly address: ConsoleAddress }[] {
  const list: { readonly start: number; readonly address: ConsoleAddress }[] = [];
  for (const match of pasted.text.matchAll(
    /(?<![A-Za-z0-9.@/-])(?:https:\/\/)?[a-z0-9][a-z0-9.-]{7,250}\/[^\s"'<>`|\\]*/gi,
  )) {
    const [upToLink = ''] = match[0].split('](', 1);
    const text = trimEndOf(upToLink, '.,;:!*)]}');
    const address = readConsoleAddress(/^https:/i.test(text) ? text : `https://${text}`);
    if (address !== undefined) list.push({ start: match.index, address });
  }
  return list;
}

function readRoleAddress(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  for (const { start, address } of consoleAddresses(pasted)) {
    if (address.kind !== 'role') continue;
    const kept = [
      ...spanOf(pasted, address.accountId ?? address.accountAlias ?? '', start),
      // The last mention: a role may be called "roles".
      ...lastSpanOf(pasted, address.roleName),
    ];
    return named(pasted, { path: '/', ...address }, kept, context, address.path === undefined ? pathNote : undefined);
  }
  return undefined;
}

function readOtherPage(pasted: PastedText): RoleReference | undefined {
  const other = consoleAddresses(pasted)[0]?.address;
  return other?.kind === 'other-page' ? whyPageIsWrong(other.page) : undefined;
}

function lastSpanOf(pasted: PastedText, piece: string): Span[] {
  const start = pasted.text.lastIndexOf(piece);
  return start === -1 ? [] : [{ start, end: start + piece.length }];
}

/** Roles and sessions among the ARNs; nothing is said yet of ARNs of other things. */
function readArns(
  pasted: PastedText,
  all: readonly ArnCandidate[],
  context: RoleReferenceContext,
): RoleReference | undefined {
  const whole = all.filter((candidate) => !candidate.isCutOff);
  const outside = whole.filter((candidate) => !candidate.inPrincipal);
  // Those whom a policy trusts are not the role, as long as it can be told that this is a policy.
  const considered = outside.length > 0 || isPolicy(pasted) ? outside : whole;
  const roles = considered.filter((candidate) => parseRoleArn(candidate.arn) !== undefined);
  const [first] = roles;
  if (new Set(roles.map((candidate) => candidate.arn)).size > 1) {
    return oneOf(
      pasted,
      roles.map((candidate) => candidate.arn),
      context,
    );
  }
  const role = first === undefined ? undefined : parseRoleArn(first.arn);
  if (first !== undefined && role !== undefined) return found(pasted, role, [first.span], context);
  for (const candidate of considered) {
    const session = parseAssumedRoleArn(candidate.arn);
    if (session === undefined) continue;
    const { partition, accountId, roleName } = session;
    const { start } = candidate.span;
    const kept = [...spanOf(pasted, accountId, start), ...spanOf(pasted, roleName, pasted.text.indexOf('/', start))];
    return named(pasted, { partition, accountId, roleName, path: '/' }, kept, context, pathNote);
  }
  return undefined;
}

function isPolicy(pasted: PastedText): boolean {
  return /Statement|AssumeRole/i.test(pasted.text) && /Principal/i.test(pasted.text);
}

/** What the ARNs are, when none of them is a role's. */
function readOtherArns(pasted: PastedText, all: readonly ArnCandidate[]): RoleReference | undefined {
  const outside = all.filter((candidate) => !candidate.inPrincipal);
  if (all.length > 0 && outside.length === 0 && isPolicy(pasted)) return whyTrustPolicyIsWrong();
  const best = outside.find((candidate) => candidate.arn.includes(':role')) ?? outside[0] ?? all[0];
  return best === undefined ? undefined : whyArnIsWrong(best.arn, best);
}

/** ARNs that came apart: broken over lines, or without their beginning. */
function readDamagedArn(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const read = readBrokenArn(pasted) ?? readBeheadedArn(pasted);
  const role = read === undefined ? undefined : parseRoleArn(read.arn);
  return read === undefined || role === undefined ? undefined : found(pasted, role, read.kept, context);
}

function readLabelled(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const role = readLabelledName(pasted.text, context.callerAccountId);
  return role === undefined ? undefined : named(pasted, role, role.kept, context);
}

function readBare(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const read = readBareName(pasted.text, context.callerAccountId);
  return read?.kind === 'named' ? named(pasted, read, read.kept, context) : read;
}

/** Puts a name and an account ID, asked for afterwards, together. `undefined` when either is not well formed. */
export function roleArnFromName(
  name: { readonly roleName: string; readonly path: string; readonly partition?: string },
  accountIdText: string,
  context: { readonly callerPartition?: string; readonly region?: string } = {},
): RoleArn | undefined {
  const accountId = readAccountId(accountIdText);
  if (accountId === undefined || !isAccountId(accountId) || !isRoleName(name.roleName)) return undefined;
  const partition =
    name.partition ??
    context.callerPartition ??
    (context.region === undefined ? undefined : partitionOfRegion(context.region)?.id) ??
    'aws';
  return parseRoleArn(formatRoleArn(partition, accountId, name.path, name.roleName));
}
