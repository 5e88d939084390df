type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'end';

const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * The line, from 1, in which a text ceases to be JSON; nothing for one that is. JSON.parse says that it is not, but not
 * always where.
 */
export function lineOfJsonFault(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let awaited: Expected = 'value';
  let at = 0;
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'comma-or-end');
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    const start = at + (/^[ \t\r\n]*/.exec(text.slice(at))?.[0].length ?? 0);
    if (match === null) return awaited === 'end' && start === text.length ? undefined : lineAt(text, start);
    const [whole, sign, string] = match;
    const next = sign === undefined ? plain(string !== undefined) : signed(sign);
    if (next === undefined) return lineAt(text, start);
    awaited = next;
    at += whole.length;
  }

  function plain(isString: boolean): Expected | undefined {
    if (awaited === 'value' || awaited === 'value-or-end') return afterValue();
    return isString && (awaited === 'key' || awaited === 'key-or-end') ? 'colon' : undefined;
  }

  function signed(sign: string): Expected | undefined {
    if (sign === '{' || sign === '[') {
      if (awaited !== 'value' && awaited !== 'value-or-end') return undefined;
      open.push(sign);
      return sign === '{' ? 'key-or-end' : 'value-or-end';
    }
    if (sign === ':') return awaited === 'colon' ? 'value' : undefined;
    const holder = open.at(-1);
    if (sign === ',') return awaited !== 'comma-or-end' ? undefined : holder === '{' ? 'key' : 'value';
    const mayEnd = awaited === 'comma-or-end' || awaited === (holder === '{' ? 'key-or-end' : 'value-or-end');
    if (!mayEnd || holder !== (sign === '}' ? '{' : '[')) return undefined;
    open.pop();
    return afterValue();
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
