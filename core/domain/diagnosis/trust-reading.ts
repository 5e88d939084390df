import { parseArn, parseAssumedRoleArn, parseRoleArn } from '../arn';
import { isAccountId } from '../account-id';
import { compileStatements, type PolicyCaller, type StatementRequest } from '../policy-compile';
import { compileCondition } from '../policy-conditions';
import {
  contextKeysOf,
  parsePolicyDocument,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyStatement,
} from '../policy-document';
import type { Evidence } from './evidence';

/** What of a request is known. A key that is neither known nor absent cannot be seen from here. */
export type KnownRequest = {
  readonly caller: PolicyCaller;
  /** keys in lower case */
  readonly known: ReadonlyMap<string, readonly string[]>;
  readonly isAbsent: (key: string) => boolean;
};

/** Whom a statement speaks to instead of the caller. */
export type OtherPrincipals =
  'deleted-identity' | 'other-identity' | 'other-account' | 'service' | 'federation' | 'nobody';

/** One reason why a statement does not speak for the request. */
export type Mismatch =
  | { readonly part: 'principal'; readonly instead: OtherPrincipals; readonly names: readonly string[] }
  | { readonly part: 'action'; readonly names: readonly string[] }
  | { readonly part: 'condition'; readonly condition: PolicyCondition };

export type StatementReading = {
  readonly index: number;
  readonly sid?: string;
  readonly mismatches: readonly Mismatch[];
  /** conditions on what cannot be seen from here */
  readonly unseen: readonly PolicyCondition[];
};

/** How a trust policy answers a request, part by part. Indexes count the document's statements from 0. */
export type TrustReading = {
  readonly document: PolicyDocument;
  /** a Deny that meets the request */
  readonly denial?: StatementReading;
  /** a Deny that may meet it: its conditions cannot be seen from here */
  readonly possibleDenial?: StatementReading;
  /** every Allow, in the document's order */
  readonly allows: readonly StatementReading[];
  /** the Allow that fits best; absent where there is none */
  readonly nearest?: StatementReading;
};

const action = 'sts:AssumeRole';

/** Where Identity Center keeps its roles; a Region may follow. */
const reserved = 'aws-reserved/sso.amazonaws.com/';

/** Keys that only other ways in, or options that are never used here, would bring. */
const absentKeys =
  /^(?:aws:requesttag\/.*|aws:tagkeys|sts:transitivetagkeys|sts:sourceidentity|aws:sourceidentity|aws:sourcearn|aws:sourceaccount|saml:.*|(?:accounts|graph)\..*|.*:(?:aud|sub|amr|oaud))$/;

/** The request as far as the evidence tells; `undefined` while nobody knows who the caller is. */
export function knownRequest({
  caller,
  callerRoleArn,
  credentials,
  organizationId,
  now,
  request,
}: Evidence): KnownRequest | undefined {
  if (caller === undefined) return undefined;
  const session = parseAssumedRoleArn(caller.arn);
  const user = parseArn(caller.arn)?.resource.startsWith('user/') === true;
  const known = new Map<string, readonly string[]>([
    ['aws:principalaccount', [caller.accountId]],
    ['aws:userid', [caller.userId]],
    ['aws:principaltype', [session === undefined ? 'User' : 'AssumedRole']],
    ['sts:rolesessionname', [request.sessionName]],
    ['sts:durationseconds', [String(request.durationSeconds)]],
    ['aws:currenttime', [new Date(now).toISOString()]],
    ['aws:epochtime', [String(Math.floor(now / 1000))]],
    ['aws:securetransport', ['true']],
  ]);
  const absent = new Set<string>();
  if (user) {
    known.set('aws:principalarn', [caller.arn]);
    known.set('aws:username', [caller.arn.slice(caller.arn.lastIndexOf('/') + 1)]);
  } else absent.add('aws:username');
  if (callerRoleArn !== undefined) known.set('aws:principalarn', [callerRoleArn]);
  if (request.externalId === undefined) absent.add('sts:externalid');
  else known.set('sts:externalid', [request.externalId]);
  if (credentials === 'long-term') absent.add('aws:multifactorauthpresent').add('aws:multifactorauthage');
  if (organizationId === 'none') absent.add('aws:principalorgid').add('aws:principalorgpaths');
  else if (organizationId !== undefined) known.set('aws:principalorgid', [organizationId]);
  return {
    caller: {
      kind: session === undefined ? 'user' : 'role-session',
      accountId: caller.accountId,
      arn: caller.arn,
      ...(callerRoleArn === undefined ? {} : { roleArn: callerRoleArn }),
      uniqueId: caller.userId.split(':')[0] ?? caller.userId,
    },
    known,
    isAbsent: (key) => absent.has(key) || absentKeys.test(key),
  };
}

/** Reads a trust policy for one request. `undefined` where the text is no trust policy that IAM would take. */
export function readTrust(text: string, request: KnownRequest): TrustReading | undefined {
  const read = parsePolicyDocument(text, 'trust');
  if (!read.ok) return undefined;
  const { document } = read;
  const readings = document.statements.map((statement) => ({
    effect: statement.effect,
    reading: readStatement(statement, document, request),
  }));
  const of = (effect: 'Allow' | 'Deny') =>
    readings.filter((one) => one.effect === effect).map(({ reading }) => reading);
  const denial = of('Deny').find(({ mismatches, unseen }) => mismatches.length === 0 && unseen.length === 0);
  const possibleDenial = of('Deny').find(({ mismatches, unseen }) => mismatches.length === 0 && unseen.length > 0);
  // Of two that fit equally, the one with an external ID is meant for whoever comes with one.
  const asksForId = ({ index }: StatementReading): boolean =>
    document.statements[index]?.conditions.some(({ key }) => key.toLowerCase() === 'sts:externalid') === true;
  const far = (reading: StatementReading): number =>
    distance(reading) + (request.known.has('sts:externalid') && !asksForId(reading) ? 0.05 : 0);
  const nearest = of('Allow').reduce<StatementReading | undefined>(
    (best, reading) => (best === undefined || far(reading) < far(best) ? reading : best),
    undefined,
  );
  return {
    document,
    allows: of('Allow'),
    ...(denial === undefined ? {} : { denial }),
    ...(possibleDenial === undefined ? {} : { possibleDenial }),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** Whom it speaks to weighs most: a statement for somebody else is not the one that was meant. */
function distance({ mismatches, unseen }: StatementReading): number {
  const weights = { principal: 4, action: 2, condition: 1 } as const;
  return mismatches.reduce((sum, { part }) => sum + weights[part], 0) + unseen.length / 10;
}

function readStatement(statement: PolicyStatement, document: PolicyDocument, request: KnownRequest): StatementReading {
  const mismatches: Mismatch[] = [];
  const caller = withRoleArn(request.caller, statement);
  const asked: StatementRequest = {
    action,
    actionLowerCase: action.toLowerCase(),
    service: 'sts',
    resource: '*',
    caller,
    bounded: false,
    context: request.known,
  };
  const only = (part: Partial<PolicyStatement>): boolean => {
    const bare: PolicyStatement = {
      index: 0,
      effect: statement.effect,
      actions: { negated: false, values: ['*'] },
      conditions: [],
      ...part,
    };
    return compileStatements({ ...document, statements: [bare] }).every((one) => one.matches(asked));
  };
  const { principals } = statement;
  if (principals !== undefined && !only({ principals })) {
    mismatches.push({ part: 'principal', ...whoInstead(statement, caller) });
  }
  if (!only({ actions: statement.actions })) mismatches.push({ part: 'action', names: statement.actions.values });
  const unseen: PolicyCondition[] = [];
  for (const condition of statement.conditions) {
    const answer = judge(condition, document, request, caller);
    if (answer === 'unseen') unseen.push(condition);
    else if (answer === 'unmet') mismatches.push({ part: 'condition', condition });
  }
  return {
    index: statement.index,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    mismatches,
    unseen,
  };
}

/**
 * A session's ARN has lost its role's path (aws-reference §0.12). Role names are unique in an account, so a principal of
 * that name in that account is the caller's role, whatever its path.
 */
function withRoleArn(caller: PolicyCaller, { principals }: PolicyStatement): PolicyCaller {
  const session = parseAssumedRoleArn(caller.arn);
  if (session === undefined || caller.roleArn !== undefined) return caller;
  const roleArn = principals?.values.aws.find((principal) => isRoleOf(principal, session));
  return roleArn === undefined ? caller : { ...caller, roleArn };
}

function isRoleOf(principal: string, session: { readonly accountId: string; readonly roleName: string }): boolean {
  const role = parseRoleArn(principal);
  return role !== undefined && role.accountId === session.accountId && role.roleName === session.roleName;
}

function whoInstead(
  { principals }: PolicyStatement,
  caller: PolicyCaller,
): { readonly instead: OtherPrincipals; readonly names: readonly string[] } {
  const { aws = [], federated = [], service = [] } = principals?.values ?? {};
  const deleted = aws.filter((name) => /^A(?:ROA|IDA)[A-Z0-9]+$/.test(name));
  const accountOf = (name: string) => (isAccountId(name) ? name : parseArn(name)?.accountId);
  const own = aws.filter((name) => accountOf(name) === caller.accountId);
  if (own.length > 0) return { instead: 'other-identity', names: own };
  if (deleted.length > 0) return { instead: 'deleted-identity', names: deleted };
  if (aws.length > 0) return { instead: 'other-account', names: aws };
  if (service.length > 0) return { instead: 'service', names: service };
  return federated.length > 0 ? { instead: 'federation', names: federated } : { instead: 'nobody', names: [] };
}

/** The keys that a condition asks for, those of its policy variables included. */
function keysOf(condition: PolicyCondition, { version }: PolicyDocument): readonly string[] {
  const alone: PolicyStatement = {
    index: 0,
    effect: 'Allow',
    actions: { negated: false, values: [] },
    conditions: [condition],
  };
  return contextKeysOf({ version, statements: [alone] }).map((key) => key.toLowerCase());
}

function judge(
  condition: PolicyCondition,
  document: PolicyDocument,
  { known, isAbsent }: KnownRequest,
  caller: PolicyCaller,
): 'met' | 'unmet' | 'unseen' {
  const isMet = compileCondition(condition, document.version);
  const session = parseAssumedRoleArn(caller.arn);
  if (condition.key.toLowerCase() === 'aws:principalarn' && session !== undefined && !known.has('aws:principalarn')) {
    // Each path that the values name is possible, one that no value names, and none: but those of Identity Center's
    // roles are always under theirs (aws-reference §2).
    const base = `arn:${session.partition}:iam::${session.accountId}:role/`;
    const named = condition.values
      .flatMap((value) => parseRoleArn(value) ?? [])
      .filter((role) => isRoleOf(role.arn, session))
      .map(({ arn }) => arn);
    const paths = session.roleName.startsWith('AWSReservedSSO_') ? [reserved, `${reserved}a-region-1/`] : ['a/', ''];
    const possible = [
      ...named.filter((arn) => paths.includes('') || arn.startsWith(`${base}${reserved}`)),
      ...paths.map((path) => `${base}${path}${session.roleName}`),
    ];
    const answers = possible.map((arn) => isMet(new Map([['aws:principalarn', [arn]]])));
    if (answers.every((answer) => answer)) return 'met';
    return answers.some((answer) => answer) ? 'unseen' : 'unmet';
  }
  if (keysOf(condition, document).some((key) => !known.has(key) && !isAbsent(key))) return 'unseen';
  return isMet(known) ? 'met' : 'unmet';
}
