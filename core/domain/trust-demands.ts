import {
  parsePolicyDocument,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyStatement,
} from './policy-document';
import { compilePattern, matchesPattern } from './policy-match';

/** What a trust policy asks of whoever comes from an AWS account, over and above being trusted. */
export type TrustDemands = {
  /** the external IDs of which one must be told; empty when a caller may enter without */
  readonly externalIds: readonly string[];
  /** a code of an MFA device, or credentials that were got with one */
  readonly mfa: boolean;
  /** organizations of which one must be the caller's; empty when any will do, or none */
  readonly organizations: readonly string[];
  /** address ranges of which one must be the caller's; empty when any will do */
  readonly sourceRanges: readonly string[];
  /** ARNs or patterns of which one must be the caller's own; empty when the whole account may enter */
  readonly principals: readonly string[];
};

type Reader = {
  readonly key: string;
  /** operators that ask for one of the values, in small letters and without `ForAnyValue:` */
  readonly asks: readonly string[];
  /** operators of a Deny that come to the same */
  readonly forbids: readonly string[];
};

const readers = {
  externalIds: {
    key: 'sts:externalid',
    asks: ['stringequals', 'stringequalsignorecase', 'stringlike'],
    forbids: ['stringnotequals', 'stringnotequalsignorecase', 'stringnotlike'],
  },
  organizations: {
    key: 'aws:principalorgid',
    asks: ['stringequals', 'stringequalsignorecase', 'stringlike'],
    forbids: ['stringnotequals', 'stringnotequalsignorecase', 'stringnotlike'],
  },
  // Without the key, as through a VPC endpoint, IfExists lets pass; from the internet it does not.
  sourceRanges: { key: 'aws:sourceip', asks: ['ipaddress', 'ipaddressifexists'], forbids: ['notipaddress'] },
  principals: {
    key: 'aws:principalarn',
    asks: ['arnlike', 'arnequals', 'stringlike', 'stringequals'],
    forbids: ['arnnotlike', 'arnnotequals', 'stringnotlike', 'stringnotequals'],
  },
} as const satisfies Record<string, Reader>;

function covers(actions: PolicyStatement['actions'], action: string): boolean {
  const fits = actions.values.some((value) =>
    matchesPattern(compilePattern(value.toLowerCase()), action.toLowerCase()),
  );
  return fits !== actions.negated;
}

/** Statements that speak of callers with credentials of an account, not of services or of web identities. */
function aboutAccounts({ actions, principals }: PolicyStatement): boolean {
  if (principals === undefined || !covers(actions, 'sts:AssumeRole')) return false;
  return principals.negated || principals.values.everyone || principals.values.aws.length > 0;
}

const plain = (operator: string): string => operator.toLowerCase().replace(/^foranyvalue:/, '');

/** Trailing `IfExists` of a Deny makes no difference to who is denied here: without the key a negated test holds. */
function valuesOf(conditions: readonly PolicyCondition[], { key, asks, forbids }: Reader, denied: boolean): string[] {
  const operators = denied ? forbids : asks;
  return conditions
    .filter(
      (one) =>
        one.key.toLowerCase() === key &&
        operators.includes(denied ? plain(one.operator).replace(/ifexists$/, '') : plain(one.operator)),
    )
    .flatMap(({ values }) => values);
}

function demandsMfa({ conditions, effect }: PolicyStatement): boolean {
  return conditions.some(({ key, operator, values }) => {
    const name = key.toLowerCase();
    const asked = plain(operator);
    if (effect === 'Deny') {
      // long-term keys come without the key, so only IfExists and Null catch them as well
      if (conditions.length !== 1 || name !== 'aws:multifactorauthpresent') return false;
      return (
        (asked === 'boolifexists' && values.every((value) => value.toLowerCase() === 'false')) ||
        (asked === 'null' && values.every((value) => value.toLowerCase() === 'true'))
      );
    }
    if (name === 'aws:multifactorauthage') return /^(?:numericlessthan|numericlessthanequals)$/.test(asked);
    return (
      name === 'aws:multifactorauthpresent' &&
      ((asked === 'bool' && values.every((value) => value.toLowerCase() === 'true')) ||
        (asked === 'null' && values.every((value) => value.toLowerCase() === 'false')))
    );
  });
}

function listOf(document: PolicyDocument, reader: Reader): readonly string[] {
  const statements = document.statements.filter(aboutAccounts);
  const denied = statements
    // a Deny with a second condition holds for some callers only
    .filter(({ conditions, effect }) => effect === 'Deny' && conditions.length === 1)
    .flatMap(({ conditions }) => valuesOf(conditions, reader, true));
  if (denied.length > 0) return [...new Set(denied)];
  const allowed = statements
    .filter(({ effect }) => effect === 'Allow')
    .map(({ conditions }) => valuesOf(conditions, reader, false));
  // one statement that does not ask is a way in without
  return allowed.every((values) => values.length > 0) ? [...new Set(allowed.flat())] : [];
}

/**
 * Reads from a trust policy what its callers must bring. Pure. Undefined when the text is no trust policy. What is told
 * holds for every way in: where one Allow statement does not ask for it, it is not demanded. `IfExists` on an Allow does
 * not demand either, because a call without the key passes (aws-reference §2, “Operator lint”).
 */
export function trustDemands(trustPolicyText: string): TrustDemands | undefined {
  const read = parsePolicyDocument(trustPolicyText, 'trust');
  if (!read.ok) return undefined;
  const { document } = read;
  const statements = document.statements.filter(aboutAccounts);
  const ways = statements.filter(({ effect }) => effect === 'Allow');
  return {
    externalIds: listOf(document, readers.externalIds),
    mfa:
      (ways.length > 0 && ways.every(demandsMfa)) ||
      statements.some((statement) => statement.effect === 'Deny' && demandsMfa(statement)),
    organizations: listOf(document, readers.organizations),
    sourceRanges: listOf(document, readers.sourceRanges),
    principals: listOf(document, readers.principals),
  };
}
