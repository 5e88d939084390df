import { formatAccountId, isAccountId, readAccountId } from './account-id';
import { formatRoleArn, isRoleName, parseAssumedRoleArn, parseRoleArn, type RoleArn } from './arn';
import { partitionOfRegion } from './partitions';
import { findSecret, type SecretKind } from './paste-secrets';
import {
  describeLeftOut,
  readPastedText,
  segmentsOf,
  type PastedText,
  type PasteSegment,
  type Span,
} from './paste-text';
import { readConsoleAddress, splitRolePath } from './paste-urls';
import { roleArnsInJson } from './paste-json';
import { whyArnIsWrong, whyRoleIsWrong, wrong, type CallerContext, type Wrong } from './role-reference-wrong';

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
  return (
    readFromJson(pasted, context) ??
    readAddress(pasted, context) ??
    readWholeOrWrappedArn(pasted, context) ??
    readName(pasted, context) ?? { kind: 'nothing', message: 'There is no role in that text. Paste the role’s ARN.' }
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
  const arns = roleArnsInJson(pasted.original);
  if (arns.length === 0) return undefined;
  return oneOf(pasted, arns, context);
}

function oneOf(pasted: PastedText, texts: readonly string[], context: RoleReferenceContext): RoleReference | undefined {
  const roles = [...new Set(texts)].map(parseRoleArn).filter((role) => role !== undefined);
  const [first] = roles;
  if (first === undefined) return undefined;
  if (roles.length > 1) {
    const usable = roles.filter((role) => whyRoleIsWrong(role, context) === undefined);
    const [only] = usable;
    if (usable.length === 1 && only !== undefined) return found(pasted, only, spanOf(pasted, only.arn), context);
    return {
      kind: 'several',
      arns: roles.map((role) => role.arn),
      message: `There are ${String(roles.length)} roles in that text. Choose one.`,
    };
  }
  return found(pasted, first, spanOf(pasted, first.arn), context);
}

function readAddress(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const address = /https:\/\/[^\s"'<>`]+/i.exec(pasted.text)?.[0]?.replace(/[.,;)\]]+$/, '');
  if (address === undefined) return undefined;
  const read = readConsoleAddress(address);
  if (read === undefined) return undefined;
  if (read.kind === 'role') {
    const from = pasted.text.indexOf(address);
    const kept = [
      ...spanOf(pasted, read.accountId ?? read.accountAlias ?? '', from),
      // The last mention: a role may be called "roles".
      ...lastSpanOf(pasted, read.roleName),
    ];
    return named(pasted, { path: '/', ...read }, kept, context, read.path === undefined ? pathNote : undefined);
  }
  switch (read.page) {
    case 'user':
      return wrong('user', 'That is the console page of an IAM user. Only a role can be assumed.');
    case 'group':
      return wrong('group', 'That is the console page of a group. Only a role can be assumed.');
    case 'policy':
      return wrong('policy', 'That is the console page of a policy, not of a role.');
    case 'role-list':
      return wrong(
        'web-page',
        'That is the list of roles. Open the role first, then copy its ARN or the address of its page.',
      );
    default:
      return wrong('web-page', 'That is a page of the AWS console, but not the page of a role.');
  }
}

function lastSpanOf(pasted: PastedText, piece: string): Span[] {
  const start = pasted.text.lastIndexOf(piece);
  return start === -1 ? [] : [{ start, end: start + piece.length }];
}

type Candidate = { readonly text: string; readonly start: number; readonly inPrincipal: boolean };

/** Every stretch that begins like an ARN, without the punctuation that a sentence or a list puts after it. */
function candidates(pasted: PastedText): readonly Candidate[] {
  const list: Candidate[] = [];
  for (const match of pasted.text.matchAll(
    /(?<![A-Za-z0-9])arn:(?:(?!,?arn:)[^\s"'`<>|\u2018\u2019\u201c\u201d\u00ab\u00bb;])+/gi,
  )) {
    let text = match[0].replace(/[.,;:!?)\]}*\u2026\u3002\uff0c]+$/, '');
    const closing = /[)\]}]/.exec(text);
    if (closing !== null && !/[([{]/.test(text.slice(0, closing.index))) text = text.slice(0, closing.index);
    const before = pasted.text.slice(Math.max(0, match.index - 60), match.index);
    list.push({
      text,
      start: match.index,
      inPrincipal: /"(?:AWS|Federated|aws:[A-Za-z]+)"\s*:\s*\[?\s*"?$/i.test(before),
    });
  }
  return list;
}

/** The fixed fields in lower case, as AWS writes them; a role's path and name keep theirs. */
function normaliseArn(text: string): string {
  const fields = text.split(':');
  if (fields.length < 6) return text;
  const resource = fields.slice(5).join(':');
  return [
    ...fields.slice(0, 5).map((field) => field.toLowerCase()),
    resource.replace(/^(role|assumed-role)\//i, (type) => type.toLowerCase()),
  ].join(':');
}

function readArns(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const all = candidates(pasted).map((candidate) => ({ ...candidate, arn: normaliseArn(candidate.text) }));
  const outside = all.filter((candidate) => !candidate.inPrincipal);
  const considered = outside.length > 0 ? outside : all;
  const roles = considered.filter((candidate) => parseRoleArn(candidate.arn) !== undefined);
  const [first] = roles;
  const distinct = new Set(roles.map((candidate) => candidate.arn));
  if (distinct.size > 1) return oneOf(pasted, [...distinct], context);
  if (first !== undefined) {
    const role = parseRoleArn(first.arn);
    if (role !== undefined) {
      return found(pasted, role, [{ start: first.start, end: first.start + first.text.length }], context);
    }
  }
  for (const candidate of considered) {
    const session = parseAssumedRoleArn(candidate.arn);
    if (session !== undefined) {
      const { partition, accountId, roleName } = session;
      const from = candidate.start;
      const kept = [...spanOf(pasted, accountId, from), ...spanOf(pasted, roleName, pasted.text.indexOf('/', from))];
      return named(pasted, { partition, accountId, roleName, path: '/' }, kept, context, pathNote);
    }
  }
  const [wrongOne] = considered;
  return wrongOne === undefined ? undefined : whyArnIsWrong(wrongOne.arn);
}

function readWholeOrWrappedArn(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const read = readArns(pasted, context);
  return read === undefined || read.kind === 'wrong' ? (readWrappedArn(pasted, context) ?? read) : read;
}

/** An ARN that a terminal or a letter broke over several lines, or that has blanks around its colons and slashes. */
function readWrappedArn(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const joined = pasted.text
    .trim()
    .replace(/\s*\n\s*/g, '')
    .replace(/\s*([:/])\s*/g, '$1')
    .replace(/["'`]+/g, '');
  if (!/(?:^|\s)arn:\S+$/i.test(joined)) return undefined;
  const compact = pasted.text.replace(/[\s"'`]+/g, '');
  const start = compact.toLowerCase().indexOf('arn:');
  if (start === -1) return undefined;
  const role = parseRoleArn(normaliseArn(compact.slice(start)));
  if (role === undefined) return undefined;
  const kept: Span[] = [];
  let skipped = 0;
  for (let index = 0; index < pasted.text.length; index += 1) {
    if (/[\s"'`]/.test(pasted.text.charAt(index))) continue;
    if (skipped >= start) kept.push({ start: index, end: index + 1 });
    skipped += 1;
  }
  return found(pasted, role, kept, context);
}

/** A name, alone or with an account ID beside it, with or without labels ("Account: 2222-3333-4444  Role: Deploy"). */
function readName(pasted: PastedText, context: RoleReferenceContext): RoleReference | undefined {
  const plain = pasted.text
    .replace(/["'`\u2018\u2019\u201c\u201d\u00ab\u00bb<>()[\]{}|;]/g, ' ')
    .replace(
      /\b(?:iam|aws|target|role|account|name|id|alias|number|the|in|is|of|and|arn)\b\s*(?=[\s:=#]|$)[:=#]?/gi,
      ' ',
    )
    .trim();
  const region = /^[a-z]{2}(?:-[a-z]+)+-[0-9]$/;
  let tokens = plain.split(/[\s:]+|,\s+|,$/).filter((token) => token !== '' && token !== '-' && !region.test(token));
  let accountId: string | undefined;
  // An account may stand apart ("2222 3333 4444") or in front of the role ("222233334444:role/Deploy").
  const account = /(?<![A-Za-z0-9_+=.@-])([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{4})(?![A-Za-z0-9_+=@-])/.exec(plain);
  if (account !== null) {
    accountId = readAccountId(account[0]);
    tokens = plain
      .replace(account[0], ' ')
      .split(/[\s:]+|,\s+|,$/)
      .filter((token) => token !== '' && token !== '-' && !region.test(token));
  }
  tokens = tokens
    .map((token) => token.replace(/^[/]?role\//, '/').replace(/[.,!]+$/, ''))
    .filter((token) => token !== '' && token !== '/');
  const [token, second] = tokens;
  if (token === undefined) {
    return accountId === undefined
      ? undefined
      : wrong('account-id', `${formatAccountId(accountId)} is an account ID. The role’s name or ARN is needed too.`);
  }
  if (second !== undefined) return undefined;
  if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(token)) {
    return wrong('email-address', 'That looks like an e-mail address, not like a role.');
  }
  if (/^(?:www\.|https?)/i.test(token)) return undefined;
  const role = splitRolePath(token);
  if (role === undefined || !/[A-Za-z]/.test(role.roleName)) return undefined;
  const kept = [
    ...(account === null ? [] : spanOf(pasted, account[0])),
    ...spanOf(pasted, token.startsWith('/') ? token.slice(1) : token),
  ];
  return named(pasted, { ...role, accountId }, kept, context);
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
