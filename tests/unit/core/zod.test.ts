import * as zod from 'zod';
import { describe, expect, it } from 'vitest';
import { z } from '../../../core/zod';
import { lazily } from '../../../core/zod/lazily';
import { callNames } from '../../../core/contract/names';
import { contract, events } from '../../../core/contract/contract';

/** zod's function, and how often it was called. */
function counted<F extends (...given: never[]) => unknown>(make: F) {
  const count = { made: 0 };
  const counting = (...given: never[]) => {
    count.made += 1;
    return make(...given);
  };
  return { count, make: lazily(counting as F) };
}

type Zod = Pick<
  typeof zod,
  'array' | 'discriminatedUnion' | 'literal' | 'number' | 'object' | 'strictObject' | 'string'
>;

/** One description, in zod and in ours. */
const described = (from: Zod) => {
  const name = from.string().trim().min(1).max(8);
  const base = from.strictObject({ name, tags: from.array(name).max(2).optional(), count: from.number().default(3) });
  return {
    base,
    more: base.extend({ kind: from.literal('more') }),
    less: base.omit({ tags: true }).partial(),
    part: base.shape.tags,
    union: from.discriminatedUnion('of', [
      from.strictObject({ of: from.literal('one'), one: base }),
      from.strictObject({ of: from.literal('two'), two: from.array(base) }).refine(({ two }) => two.length > 0, 'none'),
    ]),
    text: name.regex(/^[a-z]+$/, 'letters only').transform((text) => text.length),
  };
};

const values: readonly unknown[] = [
  ...[undefined, null, 3, '', 'abc', ' abc ', 'ABC', 'far too long', [], ['a', 'b'], ['a', 'b', 'c'], {}],
  ...[{ name: 'a' }, { name: '' }, { name: 'a', tags: ['b'], count: 1 }, { name: 'a', tags: ['b', 'c', 'd'] }],
  ...[{ name: 'a', other: 1 }, { name: 'a', kind: 'more' }, { name: 'a', kind: 'less' }, { count: 'x' }],
  ...[{ of: 'one', one: { name: 'a' } }, { of: 'two', two: [] }, { of: 'two', two: [{ name: ' a ' }] }, { of: 'six' }],
];

describe('schemas that are made when they are used', () => {
  const [theirs, ours] = [described(zod), described(z)];

  it.each(Object.keys(ours) as (keyof typeof ours)[])('%s says what zod says', (key) => {
    for (const value of values) {
      const [one, other] = [ours[key].safeParse(value), theirs[key].safeParse(value)];
      expect(one.success).toBe(other.success);
      expect(one.data).toEqual(other.data);
      expect(one.error?.issues).toEqual(other.error?.issues);
    }
  });

  it('nothing is made by describing, all of it by the first question, and nothing twice', () => {
    const [string, object] = [counted(zod.string), counted(zod.strictObject)];
    const inner = object.make({ name: string.make().max(4).optional() });
    const outer = object.make({ inner, again: inner.extend({ more: string.make() }) });
    expect(outer.shape.inner.shape.name).toBe(inner.shape.name);
    expect([string.count.made, object.count.made]).toEqual([0, 0]);
    expect(outer.safeParse({ inner: { name: 'abc' }, again: { more: 'x' } }).success).toBe(true);
    expect(outer.safeParse({ inner: { name: 'abcde' }, again: { more: 'x' } }).success).toBe(false);
    expect(inner.safeParse({}).success).toBe(true);
    expect([string.count.made, object.count.made]).toEqual([2, 2]);
  });

  it('a schema that was made holds the others themselves', () => {
    const inner = z.strictObject({ name: z.string() });
    const { inner: held } = z.strictObject({ inner }).def.shape;
    expect(held).not.toBe(inner);
    expect(held.def).toBe(inner.def);
    expect(held).toBeInstanceOf(zod.ZodObject);
    expect(inner).toBeInstanceOf(zod.ZodObject);
  });

  it('every schema of the contract can be made', () => {
    const made = Object.values(contract).flatMap((calls) =>
      Object.values(calls as Record<string, { input: z.ZodType; output: z.ZodType }>).flatMap(({ input, output }) => [
        input.def.type,
        output.def.type,
      ]),
    );
    expect(made).toHaveLength(2 * Object.values(callNames).flat().length);
    expect(Object.values(events).map(({ payload }) => payload.def.type)).not.toContain(undefined);
  });
});
