type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const order = [
  ...['Version', 'Id', 'Statement', 'Sid', 'Effect', 'Principal', 'NotPrincipal'],
  ...['Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
];

function place(key: string): number {
  const at = order.indexOf(key);
  return at === -1 ? order.length : at;
}

/** Keys in the order in which IAM's grammar names them, a list of one as its value. Lists keep their order. */
function laidOut(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map((item) => laidOut(item));
    return items.length === 1 && key !== 'Statement' ? items[0] : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1))
      .map(([name, inner]) => [name, laidOut(inner, name)]),
  );
}

/** The same document in lines, laid out so that two that say the same look alike. A text that is no JSON stays as it is. */
export function tidyPolicy(text: string): string {
  try {
    return JSON.stringify(laidOut(JSON.parse(text)), null, 2);
  } catch {
    return text;
  }
}

const inLowerCase = new Set(['Action', 'NotAction']);

function plain(value: unknown, key: string): unknown {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (key === 'Statement') return sorted(list.map((item) => plain(item, '')));
  if (key === 'Condition' && isObject(value)) return plainCondition(value);
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== 'Sid' && name !== 'Id')
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, inner]) => [name, plain(inner, name)]),
    );
  }
  if (list.some(isObject)) return list.map((item) => plain(item, ''));
  return sorted(list.map((item) => (inLowerCase.has(key) ? String(item).toLowerCase() : String(item))));
}

/** Operators and keys are compared without regard to case, values as they are. */
function plainCondition(blocks: Json): unknown {
  const rows = Object.entries(blocks).flatMap(([operator, block]) =>
    isObject(block)
      ? Object.entries(block).map(([name, value]) => [operator.toLowerCase(), name.toLowerCase(), plain(value, '')])
      : [],
  );
  return sorted(rows);
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  const texts = new Map(list.map((item) => [JSON.stringify(item), item]));
  return [...texts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

/**
 * A text that is the same for policies that differ in writing alone: order, `Sid`, the case of actions, operators and
 * keys, one value or a list of one, `12-digit` account or its root.
 */
export function meaningOf(text: string): string {
  try {
    const meaning = JSON.stringify(plain(JSON.parse(text), ''));
    return meaning.replace(/"arn:[^:"]+:iam::(\d{12}):root"/g, '"$1"').replace('{"AWS":["*"]}', '["*"]');
  } catch {
    return text;
  }
}
