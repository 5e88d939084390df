import { AwsRefusal, validationError } from './http';
import type { TagRecord } from './snapshot';

export type TextRule = {
  readonly min?: number;
  readonly max?: number;
  /** Matched against all of the value; `shown` is the pattern as AWS prints it. */
  readonly pattern?: { readonly test: RegExp; readonly shown: string };
};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The parameters of one query-protocol request, with AWS's complaints about them. */
export class Parameters {
  constructor(
    private readonly values: ReadonlyMap<string, string>,
    /** of a list that is answered in pages */
    readonly largestPage: number,
  ) {}

  raw(name: string): string | undefined {
    return this.values.get(name);
  }

  private violate(name: string, value: string | undefined, constraint: string): AwsRefusal {
    const shown = value === undefined ? 'null' : `'${value}'`;
    const place = name.split('.').map(lowerFirst).join('.');
    return validationError(
      `1 validation error detected: Value ${shown} at '${place}' failed to satisfy constraint: ${constraint}`,
    );
  }

  text(name: string, rule: TextRule = {}): string {
    const value = this.optionalText(name, rule);
    if (value === undefined) throw this.violate(name, undefined, 'Member must not be null');
    return value;
  }

  optionalText(name: string, rule: TextRule = {}): string | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (rule.min !== undefined && value.length < rule.min) {
      throw this.violate(name, value, `Member must have length greater than or equal to ${String(rule.min)}`);
    }
    if (rule.max !== undefined && value.length > rule.max) {
      throw this.violate(name, value, `Member must have length less than or equal to ${String(rule.max)}`);
    }
    if (rule.pattern !== undefined && !rule.pattern.test.test(value)) {
      throw this.violate(name, value, `Member must satisfy regular expression pattern: ${rule.pattern.shown}`);
    }
    return value;
  }

  optionalInteger(name: string, min: number, max: number): number | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (!/^-?[0-9]{1,12}$/.test(value)) throw new AwsRefusal('MalformedInput', 'Unexpected value for an integer', 400);
    const number = Number(value);
    if (number < min) throw this.violate(name, value, `Member must have value greater than or equal to ${String(min)}`);
    if (number > max) throw this.violate(name, value, `Member must have value less than or equal to ${String(max)}`);
    return number;
  }

  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    const found = choices.find((choice) => choice === value);
    if (found === undefined)
      throw this.violate(name, value, `Member must satisfy enum value set: [${choices.join(', ')}]`);
    return found;
  }

  choice<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.optionalChoice(name, choices);
    if (value === undefined) throw this.violate(name, undefined, 'Member must not be null');
    return value;
  }

  /** `Name.member.1`, `Name.member.2`, …, up to the first that is missing. */
  list(name: string, field?: string): readonly string[] {
    const list: string[] = [];
    for (let index = 1; ; index += 1) {
      const value = this.values.get(`${name}.member.${String(index)}${field === undefined ? '' : `.${field}`}`);
      if (value === undefined) return list;
      list.push(value);
    }
  }

  /** `duplicates` is the code for a key that is there twice, which is not the same in all services. */
  tags(name = 'Tags', duplicates = 'InvalidInput'): TagRecord[] {
    const keys = this.list(name, 'Key');
    const tags = keys.map((key, index) => ({
      key,
      value: this.values.get(`${name}.member.${String(index + 1)}.Value`) ?? '',
    }));
    if (tags.length > 50) throw this.violate(name, '[tags]', 'Member must have length less than or equal to 50');
    for (const [index, { key, value }] of tags.entries()) {
      if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || /^aws:/i.test(key)) {
        throw this.violate(
          `${name}.${String(index + 1)}.member.key`,
          key,
          'Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+',
        );
      }
      if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
        throw this.violate(
          `${name}.${String(index + 1)}.member.value`,
          value,
          'Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*',
        );
      }
    }
    const seen = new Set(tags.map((tag) => tag.key.toLowerCase()));
    if (seen.size !== tags.length) {
      throw new AwsRefusal(
        duplicates,
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
        400,
      );
    }
    return tags;
  }
}

/** The condition keys that tags in a request set. */
export function tagContext(tags: readonly TagRecord[]): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  for (const tag of tags) context.set(`aws:requesttag/${tag.key.toLowerCase()}`, [tag.value]);
  if (tags.length > 0)
    context.set(
      'aws:tagkeys',
      tags.map((tag) => tag.key),
    );
  return context;
}

export type Page<T> = {
  readonly items: readonly T[];
  readonly isTruncated: boolean;
  readonly marker: string | undefined;
};

/** One page by Marker and MaxItems (1 to 1000, 100 by default), in the order of `items`. */
export function paginate<T>(parameters: Parameters, items: readonly T[], keyOf: (item: T) => string): Page<T> {
  const size = Math.min(parameters.optionalInteger('MaxItems', 1, 1000) ?? 100, parameters.largestPage);
  const marker = parameters.optionalText('Marker', { min: 1, max: 320 });
  const sorted = [...items].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  let start = 0;
  if (marker !== undefined) {
    const after = Buffer.from(marker, 'base64url').toString('utf8');
    if (!after.startsWith('after:')) throw validationError(`Invalid Marker: ${marker}`);
    // By key and not by place: what is added or removed in between moves nothing.
    start = sorted.findIndex((item) => keyOf(item) > after.slice('after:'.length));
    if (start === -1) start = sorted.length;
  }
  const page = sorted.slice(start, start + size);
  const last = page.at(-1);
  const isTruncated = start + size < sorted.length && last !== undefined;
  return {
    items: page,
    isTruncated,
    marker: isTruncated ? Buffer.from(`after:${keyOf(last)}`).toString('base64url') : undefined,
  };
}
