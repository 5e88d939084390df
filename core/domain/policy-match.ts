/** Wildcards, policy variables and ARN patterns, as IAM matches them. Pure, and linear but for runs of `*`. */

/** What a request carries, by condition key in lower case. Most keys have one value. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A pattern's characters; wildcards are told apart from the same characters written as `${*}` and `${?}`. */
export type Pattern = {
  /** One entry a character; `anyText` and `anyCharacter` stand for the wildcards. */
  readonly units: readonly string[];
  /** Set when there is nothing but text: comparing is then enough. */
  readonly literal?: string;
};

const anyText = '\u0000*';
const anyCharacter = '\u0000?';

export function compilePattern(text: string): Pattern {
  const units: string[] = [];
  let literal: string | undefined = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const escaped = /^\$\{([*?$])\}/.exec(text.slice(index, index + 4))?.[1];
    if (escaped !== undefined) {
      units.push(escaped);
      if (literal !== undefined) literal += escaped;
      index += 3;
    } else if (character === '*') {
      if (units.at(-1) !== anyText) units.push(anyText);
      literal = undefined;
    } else if (character === '?') {
      units.push(anyCharacter);
      literal = undefined;
    } else {
      units.push(character);
      if (literal !== undefined) literal += character;
    }
  }
  return literal === undefined ? { units } : { units, literal };
}

/** Whether all of `text` fits. Goes back only to the last `*`, so it cannot run away. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  if (pattern.literal !== undefined) return pattern.literal === text;
  const { units } = pattern;
  let unit = 0;
  let index = 0;
  let starUnit = -1;
  let starIndex = 0;
  while (index < text.length) {
    const wanted = units[unit];
    if (wanted === anyText) {
      starUnit = unit;
      starIndex = index;
      unit += 1;
    } else if (wanted === anyCharacter || (wanted !== undefined && wanted === text.charAt(index))) {
      unit += 1;
      index += 1;
    } else if (starUnit >= 0) {
      unit = starUnit + 1;
      starIndex += 1;
      index = starIndex;
    } else return false;
  }
  while (units[unit] === anyText) unit += 1;
  return unit === units.length;
}

const variable = /\$\{([^}*?$][^}]*)\}/g;

export function hasVariables(text: string): boolean {
  return /\$\{[^}*?$][^}]*\}/.test(text);
}

/**
 * Puts the request's values in place of `${key}` and `${key, 'default'}`. `undefined` when a variable has no single
 * value: what it stands in then matches nothing (IAM User Guide, "Policy variables"). Wildcards in a value are text.
 */
export function substituteVariables(text: string, context: RequestContext): string | undefined {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(variable)) {
    const inside = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(match[1] ?? '');
    const values = inside?.[1] === undefined ? undefined : context.get(inside[1].toLowerCase());
    const value = values?.length === 1 ? values[0] : inside?.[2];
    if (value === undefined) return undefined;
    result += text.slice(end, match.index) + value.replace(/[*?$]/g, (character) => `\${${character}}`);
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}

/** The six fields of an ARN; the last holds the rest. Fewer when the text is shorter. */
function arnFields(text: string): readonly string[] {
  const fields: string[] = [];
  let rest = text;
  for (let field = 0; field < 5; field += 1) {
    const colon = rest.indexOf(':');
    if (colon === -1) break;
    fields.push(rest.slice(0, colon));
    rest = rest.slice(colon + 1);
  }
  fields.push(rest);
  return fields;
}

export type ArnPattern = {
  readonly fields: readonly Pattern[];
  readonly whole: Pattern;
  /** The fields whose last character is the wildcard `*`. */
  readonly openEnded: readonly boolean[];
};

export function compileArnPattern(text: string): ArnPattern {
  const fields = arnFields(text).map(compilePattern);
  return { fields, whole: compilePattern(text), openEnded: fields.map((field) => field.units.at(-1) === anyText) };
}

/**
 * As conditions compare ARNs: each of the six fields by itself, and in the last one a wildcard covers everything (IAM
 * User Guide, "Amazon Resource Name (ARN) condition operators"). Fields that a short pattern lacks are wildcards.
 */
export function matchesArnPattern(pattern: ArnPattern, arn: string): boolean {
  if (pattern.whole.literal !== undefined) return pattern.whole.literal === arn;
  const fields = arnFields(arn);
  if (fields.length < 6) return false;
  return pattern.fields.every((field, index) => matchesPattern(field, fields[index] ?? ''));
}

/**
 * As the `Resource` element compares them: also by field, but a `*` that ends a field may reach over the colons that
 * follow (IAM User Guide, "IAM JSON policy elements: Resource").
 */
export function matchesResourcePattern(pattern: ArnPattern, arn: string): boolean {
  if (pattern.whole.literal !== undefined) return pattern.whole.literal === arn;
  const parts = arn.split(':');
  const last = pattern.fields.length - 1;
  const fitsFrom = (index: number, part: number): boolean => {
    const field = pattern.fields[index];
    const given = parts[part];
    if (field === undefined || given === undefined) return false;
    if (index === last) return matchesPattern(field, parts.slice(part).join(':'));
    if (!matchesPattern(field, given)) return false;
    if (pattern.openEnded[index] !== true) return fitsFrom(index + 1, part + 1);
    return parts.some((_, next) => next > part && fitsFrom(index + 1, next));
  };
  return fitsFrom(0, 0);
}
