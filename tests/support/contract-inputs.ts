import fc from 'fast-check';
import { z } from '../../core/zod';
import type { Call } from '../../core/contract/call';
import { contract } from '../../core/contract/contract';

export type NamedCall = { readonly feature: string; readonly method: string; readonly call: Call };

/** Every call there is, from the contract itself: a new one is tested without being named anywhere. */
export const everyCall: readonly NamedCall[] = Object.entries(contract).flatMap(([feature, calls]) =>
  Object.entries(calls as Record<string, Call>).map(([method, call]) => ({ feature, method, call })),
);

type JsonSchema = Exclude<z.core.JSONSchema._JSONSchema, boolean>;

/**
 * Inputs that fit the call's schema, made from the schema. `known` are texts that name something in the world under
 * test: wherever one fits it is used half of the time, so that calls find what they ask for.
 */
export function validInputs(call: Call, known: readonly string[]): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(call.input, { io: 'input' });
  return made(schema, known).filter((input) => call.input.safeParse(input).success);
}

function made(schema: JsonSchema | boolean, known: readonly string[]): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean') return fc.jsonValue();
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return fc.oneof(...branches.map((branch) => made(branch, known)));
  switch (schema.type) {
    case 'object':
      return objects(schema, known);
    case 'array':
      return fc.array(made((schema.items ?? true) as JsonSchema | boolean, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'string':
      return texts(schema, known);
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, Number.MIN_SAFE_INTEGER),
        max: Math.min(schema.maximum ?? 100, Number.MAX_SAFE_INTEGER),
      });
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`No inputs are made for ${JSON.stringify(schema)} yet`);
  }
}

function objects(schema: JsonSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([key, value]) => [key, made(value, known)] as const);
  return fc.record(Object.fromEntries(properties), { requiredKeys: [...(schema.required ?? [])] });
}

function texts(schema: JsonSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  const patterns = [schema, ...(schema.allOf ?? [])].flatMap((one) =>
    typeof one !== 'boolean' && one.pattern !== undefined ? [new RegExp(one.pattern)] : [],
  );
  const min = schema.minLength ?? 0;
  const max = schema.maxLength ?? 4096;
  const fits = (text: string) =>
    text.length >= min && text.length <= max && patterns.every((pattern) => pattern.test(text));
  const [pattern] = patterns;
  const anything =
    schema.format === 'uuid'
      ? fc.uuid({ version: 4 })
      : schema.format === 'uri'
        ? fc.oneof(fc.webUrl({ validSchemes: ['https'] }), fc.constant('https://acme.awsapps.com/start'))
        : pattern === undefined
          ? fc.string({ minLength: min, maxLength: Math.min(max, 200) })
          : fc.stringMatching(pattern).filter(fits);
  const fitting = known.filter(fits);
  return fitting.length === 0 ? anything : fc.oneof(fc.constantFrom(...fitting), anything);
}
