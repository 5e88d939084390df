import type { PolicyCondition, PolicyDocument } from './policy-document';
import { isInAddressRange } from './policy-ip';
import {
  compileArnPattern,
  compilePattern,
  hasVariables,
  matchesArnPattern,
  matchesPattern,
  substituteVariables,
  type RequestContext,
} from './policy-match';

/** A condition made ready: asks whether the request fits. */
export type CompiledCondition = (context: RequestContext) => boolean;

/** Whether one value of the request fits one value of the policy. */
type Comparison = (requested: string) => boolean;

/** Makes a comparison from a policy value. `undefined` when the value can fit nothing. */
type ComparisonMaker = (policyValue: string) => Comparison | undefined;

type Operator = { readonly make: ComparisonMaker; readonly negated: boolean; readonly takesVariables: boolean };

/** Numbers as IAM writes them; anything else compares to nothing. */
function readNumber(text: string): number | undefined {
  return /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i.test(text.trim()) ? Number(text) : undefined;
}

/** ISO 8601, or seconds since the epoch (IAM User Guide, "Date condition operators"). Milliseconds. */
export function readPolicyDate(text: string): number | undefined {
  if (/^[0-9]+(?:\.[0-9]+)?$/.test(text)) {
    // Four digits alone are a year, as ISO 8601 has it.
    return text.length === 4 ? Date.parse(text) : Number(text) * 1000;
  }
  if (
    !/^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?$/.test(
      text,
    )
  ) {
    return undefined;
  }
  const zoned = text.includes('T') && !/(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text) ? `${text}Z` : text;
  const value = Date.parse(zoned);
  return Number.isNaN(value) ? undefined : value;
}

function ordered(
  read: (text: string) => number | undefined,
  test: (left: number, right: number) => boolean,
): ComparisonMaker {
  return (policyValue) => {
    const right = read(policyValue);
    if (right === undefined) return undefined;
    return (requested) => {
      const left = read(requested);
      return left !== undefined && test(left, right);
    };
  };
}

const plain = (make: ComparisonMaker, negated = false): Operator => ({ make, negated, takesVariables: false });
const text = (make: ComparisonMaker, negated = false): Operator => ({ make, negated, takesVariables: true });

/** `${*}`, `${?}` and `${$}` stand for the character itself also where there are no wildcards. */
const unescape = (value: string): string => value.replace(/\$\{([*?$])\}/g, '$1');
const equal: ComparisonMaker = (value) => {
  const wanted = unescape(value);
  return (requested) => requested === wanted;
};
const equalIgnoreCase: ComparisonMaker = (value) => {
  const wanted = unescape(value).toLowerCase();
  return (requested) => requested.toLowerCase() === wanted;
};
const like: ComparisonMaker = (value) => {
  const pattern = compilePattern(value);
  return (requested) => matchesPattern(pattern, requested);
};
const arnLike: ComparisonMaker = (value) => {
  const pattern = compileArnPattern(value);
  return (requested) => matchesArnPattern(pattern, requested);
};

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['stringequals', text(equal)],
  ['stringnotequals', text(equal, true)],
  ['stringequalsignorecase', text(equalIgnoreCase)],
  ['stringnotequalsignorecase', text(equalIgnoreCase, true)],
  ['stringlike', text(like)],
  ['stringnotlike', text(like, true)],
  // ArnEquals and ArnLike behave identically (IAM User Guide, "ARN condition operators").
  ['arnequals', text(arnLike)],
  ['arnlike', text(arnLike)],
  ['arnnotequals', text(arnLike, true)],
  ['arnnotlike', text(arnLike, true)],
  ['numericequals', plain(ordered(readNumber, (left, right) => left === right))],
  [
    'numericnotequals',
    plain(
      ordered(readNumber, (left, right) => left === right),
      true,
    ),
  ],
  ['numericlessthan', plain(ordered(readNumber, (left, right) => left < right))],
  ['numericlessthanequals', plain(ordered(readNumber, (left, right) => left <= right))],
  ['numericgreaterthan', plain(ordered(readNumber, (left, right) => left > right))],
  ['numericgreaterthanequals', plain(ordered(readNumber, (left, right) => left >= right))],
  ['dateequals', plain(ordered(readPolicyDate, (left, right) => left === right))],
  [
    'datenotequals',
    plain(
      ordered(readPolicyDate, (left, right) => left === right),
      true,
    ),
  ],
  ['datelessthan', plain(ordered(readPolicyDate, (left, right) => left < right))],
  ['datelessthanequals', plain(ordered(readPolicyDate, (left, right) => left <= right))],
  ['dategreaterthan', plain(ordered(readPolicyDate, (left, right) => left > right))],
  ['dategreaterthanequals', plain(ordered(readPolicyDate, (left, right) => left >= right))],
  ['bool', plain(equalIgnoreCase)],
  ['binaryequals', plain(equal)],
  ['ipaddress', plain((range) => (address) => isInAddressRange(address, range))],
  ['notipaddress', plain((range) => (address) => isInAddressRange(address, range), true)],
]);

const never: CompiledCondition = () => false;

/** Prepares one operator-and-key pair. Its values are alternatives; for a negated operator none of them may fit. */
export function compileCondition(condition: PolicyCondition, version: PolicyDocument['version']): CompiledCondition {
  const key = condition.key.toLowerCase();
  const [head = '', tail] = condition.operator.toLowerCase().split(':');
  const quantifier = tail === undefined ? undefined : head;
  const written = tail ?? head;

  if (written === 'null') {
    // "true": the key must be absent. "false": it must be there and not be empty.
    return (context) => {
      const absent = (context.get(key)?.length ?? 0) === 0;
      return condition.values.some((value) => (value.toLowerCase() === 'true') === absent);
    };
  }

  const ifExists = written.endsWith('ifexists');
  const operator = operators.get(ifExists ? written.slice(0, -'ifexists'.length) : written);
  if (operator === undefined) return never;
  const { make, negated } = operator;

  const fixed: Comparison[] = [];
  const variable: string[] = [];
  for (const value of condition.values) {
    if (operator.takesVariables && version === '2012-10-17' && hasVariables(value)) variable.push(value);
    else {
      const comparison = make(value);
      if (comparison !== undefined) fixed.push(comparison);
    }
  }
  const comparisonsFor = (context: RequestContext): readonly Comparison[] => {
    if (variable.length === 0) return fixed;
    const resolved = variable
      .map((value) => substituteVariables(value, context))
      .map((value) => (value === undefined ? undefined : make(value)))
      .filter((comparison) => comparison !== undefined);
    return [...fixed, ...resolved];
  };

  return (context) => {
    const requested = context.get(key) ?? [];
    if (requested.length === 0) {
      // No key: a positive test is false, a negated one true; IfExists and ForAllValues make it true (aws-reference §2).
      if (ifExists || quantifier === 'forallvalues') return true;
      return quantifier === 'foranyvalue' ? false : negated;
    }
    // Nothing but empty text is the null data set, which ForAllValues takes for true (IAM User Guide, "Set operators for
    // multivalued context keys").
    if (quantifier === 'forallvalues' && requested.every((value) => value === '')) return true;
    const comparisons = comparisonsFor(context);
    const fits = (value: string): boolean => comparisons.some((comparison) => comparison(value)) !== negated;
    if (quantifier === 'forallvalues') return requested.every(fits);
    if (quantifier === 'foranyvalue') return requested.some(fits);
    return negated ? requested.every(fits) : requested.some(fits);
  };
}
