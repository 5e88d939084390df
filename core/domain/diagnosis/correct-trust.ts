import { parseAssumedRoleArn } from '../arn';
import type { Evidence } from './evidence';
import type { Mismatch, StatementReading } from './trust-reading';

type Json = Record<string, unknown>;

/** Who is to be let in, and with what. */
export type Wanted = {
  readonly partition: string;
  readonly accountId: string;
  /** the user's or role's own ARN */
  readonly identityArn: string;
  /** false: it is a role's, and whether it is under a path could not be seen */
  readonly pathIsKnown: boolean;
  readonly externalId: string | undefined;
  readonly organizationId: string | undefined;
};

export function wantedOf({ caller, callerRoleArn, organizationId, request }: Evidence): Wanted | undefined {
  if (caller === undefined) return undefined;
  const partition = caller.arn.split(':')[1] ?? 'aws';
  const session = parseAssumedRoleArn(caller.arn);
  return {
    partition,
    accountId: caller.accountId,
    identityArn:
      session === undefined
        ? caller.arn
        : (callerRoleArn ?? `arn:${partition}:iam::${caller.accountId}:role/${session.roleName}`),
    pathIsKnown: session === undefined || callerRoleArn !== undefined,
    externalId: request.externalId,
    organizationId: organizationId === 'none' ? undefined : organizationId,
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((item) => typeof item === 'string');
}

const oneOrMore = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? '') : values;

/** A copy of the policy whose statements may be changed. `undefined` for what is no policy. */
function open(policy: string): { readonly document: Json; readonly statements: Json[] } | undefined {
  const value: unknown = JSON.parse(policy);
  if (!isObject(value)) return undefined;
  const given = value['Statement'];
  const statements = (Array.isArray(given) ? (given as readonly unknown[]) : [given]).filter(isObject);
  value['Statement'] = statements;
  return { document: value, statements };
}

const write = (document: Json): string => JSON.stringify(document, null, 2);

function conditionsOf(statement: Json): Json {
  const given = statement['Condition'];
  const conditions = isObject(given) ? given : {};
  statement['Condition'] = conditions;
  return conditions;
}

/** Condition keys are the same in any case. */
function without(block: Json, key: string): Json {
  return Object.fromEntries(Object.entries(block).filter(([name]) => name.toLowerCase() !== key.toLowerCase()));
}

function setCondition(statement: Json, operator: string, key: string, values: readonly string[]): void {
  const conditions = conditionsOf(statement);
  const block = isObject(conditions[operator]) ? conditions[operator] : {};
  conditions[operator] = { ...without(block, key), [key]: oneOrMore(values) };
}

const root = ({ partition, accountId }: Wanted): string => `arn:${partition}:iam::${accountId}:root`;

/** Both places in which a role can be found whose path is not known (aws-reference §0.12). */
function identityPatterns({ identityArn, pathIsKnown }: Wanted): string[] {
  const role = pathIsKnown ? null : /^(arn:[^:]+:iam::[0-9]{12}:role\/)([^/]+)$/.exec(identityArn);
  return role === null ? [identityArn] : [identityArn, `${role[1] ?? ''}*/${role[2] ?? ''}`];
}

const isWholeAccount = (name: string): boolean => /^(?:[0-9]{12}|arn:[^:]+:iam::[0-9]{12}:root)$/.test(name);

function asksForExternalId(statement: Json): boolean {
  return Object.values(conditionsOf(statement)).some(
    (block) => isObject(block) && Object.keys(block).some((key) => key.toLowerCase() === 'sts:externalid'),
  );
}

/** Whether nobody is left of those whom the statement names. */
function isReplaced(statement: Json, mismatches: readonly Mismatch[]): boolean {
  const given = statement['Principal'];
  const names = isObject(given) ? texts(given['AWS']) : [];
  return mismatches.some(
    (one) =>
      one.part === 'principal' &&
      (one.instead === 'other-account' ? names.length === 1 : one.instead === 'deleted-identity') &&
      names.every((name) => one.names.includes(name)),
  );
}

/** Whether others than the caller's side come in by this statement, now and when it is corrected. */
function isShared(statement: Json, mismatches: readonly Mismatch[], wanted: Wanted): boolean {
  const given = statement['Principal'];
  const names = given === '*' ? ['*'] : isObject(given) ? texts(given['AWS']) : [];
  if (isReplaced(statement, mismatches)) return false;
  const isBound = mismatches.some(
    (one) =>
      one.part === 'condition' &&
      one.condition.key.toLowerCase() === 'aws:principalaccount' &&
      one.condition.values.length === 1,
  );
  const own = [root(wanted), wanted.accountId, wanted.identityArn, ...(isBound ? ['*'] : [])];
  return names.some((name) => !own.includes(name));
}

/** The same statement once more, corrected and for the caller alone: what others have to bring stays theirs. */
function ownStatement(statement: Json, mismatches: readonly Mismatch[], wanted: Wanted): Json | undefined {
  const { Sid: _theirs, ...copy } = JSON.parse(JSON.stringify(statement)) as Json;
  const corrected = mismatches.map((one) => one.part === 'principal' || correctPart(copy, one, wanted));
  if (!corrected.some(Boolean)) return undefined;
  copy['Principal'] = { AWS: root(wanted) };
  setCondition(copy, 'ArnLike', 'aws:PrincipalArn', identityPatterns(wanted));
  if (wanted.externalId !== undefined) insist(copy, wanted.externalId);
  return copy;
}

function correctPrincipal(
  statement: Json,
  mismatch: Extract<Mismatch, { part: 'principal' }>,
  wanted: Wanted,
): boolean {
  const given = statement['Principal'];
  const principal = isObject(given) ? given : {};
  const names = texts(principal['AWS']);
  const wrong = names.filter((name) => mismatch.names.includes(name));
  const onlyCaller = () => {
    principal['AWS'] = root(wanted);
    setCondition(statement, 'ArnLike', 'aws:PrincipalArn', identityPatterns(wanted));
  };
  switch (mismatch.instead) {
    case 'other-account':
      // One name is a slip of the pen; several are others who are meant to come in as well. One who was to come in
      // alone is not corrected to a whole account.
      if (names.some(isWholeAccount)) principal['AWS'] = names.length === 1 ? root(wanted) : [...names, root(wanted)];
      else if (names.length === 1) onlyCaller();
      else principal['AWS'] = [...names, wanted.identityArn];
      break;
    case 'deleted-identity':
      if (names.length === wrong.length) onlyCaller();
      else principal['AWS'] = [...names.filter((name) => !wrong.includes(name)), wanted.identityArn];
      break;
    case 'other-identity':
      principal['AWS'] = [...names, wanted.identityArn];
      break;
    case 'service':
    case 'federation':
    case 'nobody':
      return false;
  }
  statement['Principal'] = principal;
  return true;
}

/** Operators that are not met by a request without the key, nor by any other value. */
const insists = /^String(?:Equals(?:IgnoreCase)?|Like)$/i;

function insist(statement: Json, externalId: string): void {
  statement['Condition'] = Object.fromEntries(
    Object.entries(conditionsOf(statement))
      .map(([operator, block]) => [operator, isObject(block) ? without(block, 'sts:ExternalId') : block] as const)
      .filter(([, block]) => !isObject(block) || Object.keys(block).length > 0),
  );
  setCondition(statement, 'StringEquals', 'sts:ExternalId', [externalId]);
}

function correctCondition(
  statement: Json,
  { condition }: Extract<Mismatch, { part: 'condition' }>,
  wanted: Wanted,
): boolean {
  const { operator, key, values } = condition;
  if (key.toLowerCase() === 'sts:externalid' && wanted.externalId !== undefined && !insists.test(operator)) {
    insist(statement, wanted.externalId);
    return true;
  }
  const isPositive = !/not/i.test(operator) && !/^null$/i.test(operator);
  if (!isPositive) return false;
  const put = (more: readonly string[]) => {
    setCondition(statement, operator, key, values.length > 1 ? [...values, ...more] : more);
    return true;
  };
  switch (key.toLowerCase()) {
    case 'sts:externalid':
      return wanted.externalId !== undefined && put([wanted.externalId]);
    case 'aws:principalarn':
      // Without wildcards only the whole ARN will do.
      if (!/arn|like/i.test(operator) && !wanted.pathIsKnown) return false;
      setCondition(statement, operator, key, [...values, ...identityPatterns(wanted)]);
      return true;
    case 'aws:principalorgid':
      return wanted.organizationId !== undefined && put([wanted.organizationId]);
    case 'aws:principalaccount':
      return put([wanted.accountId]);
    default:
      return false;
  }
}

/**
 * The smallest change of one statement that lets the caller in. What its owner asks for beyond that (MFA, a network, a
 * time) is left as it is: taking such a condition away is not a correction. Where others come in by that statement, the
 * caller gets one of its own, lest they come in with what is the caller's. `undefined` where nothing can be corrected
 * without knowing what was meant. The policy must be one that IAM would keep.
 */
export function correctTrust(
  policy: string,
  { index, mismatches }: StatementReading,
  wanted: Wanted,
): string | undefined {
  const opened = open(policy);
  const statement = opened?.statements[index];
  if (opened === undefined || statement === undefined) return undefined;
  const isName = mismatches.every(({ part }) => part === 'principal') && wanted.pathIsKnown;
  const lacksId = wanted.externalId !== undefined && !asksForExternalId(statement);
  if (lacksId ? !isReplaced(statement, mismatches) : !isName && isShared(statement, mismatches, wanted)) {
    const own = ownStatement(statement, mismatches, wanted);
    if (own === undefined) return undefined;
    opened.statements.push(own);
    return write(opened.document);
  }
  const corrected = mismatches.map((mismatch) => correctPart(statement, mismatch, wanted));
  if (lacksId) insist(statement, wanted.externalId);
  return corrected.some(Boolean) ? write(opened.document) : undefined;
}

function correctPart(statement: Json, mismatch: Mismatch, wanted: Wanted): boolean {
  switch (mismatch.part) {
    case 'principal':
      return correctPrincipal(statement, mismatch, wanted);
    case 'action':
      statement['Action'] = oneOrMore([...texts(statement['Action']).filter(isForCallers), 'sts:AssumeRole']);
      return true;
    case 'condition':
      return correctCondition(statement, mismatch, wanted);
  }
}

/** What may stand beside sts:AssumeRole for an AWS principal. */
function isForCallers(action: string): boolean {
  return /^sts:(?:TagSession|SetSourceIdentity|SetContext)$/i.test(action);
}

/** One more statement, for the caller alone. */
export function addStatement(policy: string, wanted: Wanted): string | undefined {
  const opened = open(policy);
  if (opened === undefined) return undefined;
  const condition: Json = { ArnLike: { 'aws:PrincipalArn': oneOrMore(identityPatterns(wanted)) } };
  if (wanted.externalId !== undefined) condition['StringEquals'] = { 'sts:ExternalId': wanted.externalId };
  opened.statements.push({
    Effect: 'Allow',
    Principal: { AWS: root(wanted) },
    Action: 'sts:AssumeRole',
    Condition: condition,
  });
  return write(opened.document);
}

/**
 * Makes statements insist on the external ID: a plain `StringEquals`, and nothing weaker beside it. `IfExists` and
 * negations let in whoever sends none (aws-reference §2, operator lint).
 */
export function insistOnExternalId(policy: string, indexes: readonly number[], externalId: string): string | undefined {
  const opened = open(policy);
  if (opened === undefined || indexes.length === 0) return undefined;
  for (const index of indexes) {
    const statement = opened.statements[index];
    if (statement === undefined) return undefined;
    insist(statement, externalId);
  }
  return write(opened.document);
}
