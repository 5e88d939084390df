import { compileCondition } from '../policy-conditions';
import { lastOfRange } from '../policy-ip';
import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../policy-document';
import type { RequestContext } from '../policy-match';

/** Contexts beyond this many are not asked: policies of people have a handful of keys. */
const mostContexts = 600;

/** A text that fits the pattern and, but by chance, no other. */
export function anExample(pattern: string): string {
  return pattern.replaceAll('*', 'example').replaceAll('?', 'x');
}

function around(value: string): readonly string[] {
  const number = Number(value);
  return Number.isNaN(number) ? [value] : [String(number - 1), value, String(number + 1)];
}

function aroundDate(value: string): readonly string[] {
  const time = /^\d+$/.test(value) && value.length !== 4 ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(time)) return [value];
  return [time - 1000, time, time + 1000].map((one) => new Date(one).toISOString());
}

/** Values of a key on both sides of what a condition asks. */
function examplesOf({ operator, values }: PolicyCondition): readonly string[] {
  const asked = operator.toLowerCase();
  if (asked.includes('ipaddress')) {
    return [...values.flatMap((range) => [range.split('/')[0] ?? range, ...lastOfRange(range)]), '198.51.100.7'];
  }
  if (asked.includes('numeric')) return values.flatMap(around);
  if (asked.includes('date')) return values.flatMap(aroundDate);
  if (asked.includes('bool')) return ['true', 'false'];
  if (asked === 'null') return ['example'];
  return [...values.flatMap((value) => spellings(anExample(value))), 'something-else'];
}

function spellings(value: string): readonly string[] {
  return [value, value.toUpperCase(), value.toLowerCase()];
}

/** The keys that policies ask for, each with values on either side of what is asked. */
export type Examples = ReadonlyMap<string, readonly string[]>;

/** `bound`: keys that the caller brings, which are not free to choose. In lower case. */
export function examplesIn(documents: readonly PolicyDocument[], bound: ReadonlySet<string>): Examples {
  const found = new Map<string, Set<string>>();
  for (const { statements } of documents) {
    for (const condition of statements.flatMap(({ conditions }) => conditions)) {
      const key = condition.key.toLowerCase();
      if (bound.has(key)) continue;
      const known = found.get(key) ?? new Set();
      for (const value of examplesOf(condition)) known.add(value);
      found.set(key, known);
    }
  }
  return new Map([...found].map(([key, values]) => [key, [...values].slice(0, 24)]));
}

/** A context that meets all conditions of the statement, as far as the examples have one. */
function meeting(statement: PolicyStatement, { version }: PolicyDocument, examples: Examples): Map<string, string[]> {
  const context = new Map<string, string[]>();
  for (const [key, values] of examples) {
    const asked = statement.conditions
      .filter((condition) => condition.key.toLowerCase() === key)
      .map((condition) => compileCondition(condition, version));
    if (asked.length === 0) continue;
    const fits = (candidate: readonly string[]) =>
      asked.every((isMet) => isMet(candidate.length === 0 ? new Map() : new Map([[key, candidate]])));
    const value = [...values.map((one) => [one]), []].find(fits);
    if (value !== undefined && value.length > 0) context.set(key, value);
  }
  return context;
}

/**
 * Requests that tell two policies apart, as condition keys: those that meet a statement, or two of them together, and each
 * of these with one key taken away or given another value.
 */
export function contextsFor(documents: readonly PolicyDocument[], examples: Examples): readonly RequestContext[] {
  const bases = documents.flatMap((document) =>
    document.statements.map((statement) => meeting(statement, document, examples)),
  );
  const together = bases.flatMap((one) => bases.map((other) => new Map([...one, ...other])));
  const contexts = new Map<string, RequestContext>();
  const add = (context: RequestContext): void => {
    if (contexts.size < mostContexts) contexts.set(nameOf(context), context);
  };
  add(new Map());
  for (const base of [...bases, ...together]) add(base);
  for (const base of [...contexts.values()]) {
    for (const [key, values] of examples) {
      add(new Map([...base].filter(([name]) => name !== key)));
      for (const value of values) add(new Map([...base, [key, [value]]]));
    }
  }
  return [...contexts.values()];
}

function nameOf(context: RequestContext): string {
  return JSON.stringify([...context].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Keys in which two contexts differ. */
export function differingKeys(one: RequestContext, other: RequestContext): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (key) => one.get(key)?.join() !== other.get(key)?.join(),
  );
}

/** `context` with a key as `other` has it. */
export function withKeyOf(context: RequestContext, key: string, other: RequestContext): RequestContext {
  const value = other.get(key);
  const rest = [...context].filter(([name]) => name !== key);
  return new Map(value === undefined ? rest : [...rest, [key, value]]);
}
