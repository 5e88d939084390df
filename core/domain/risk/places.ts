export type Path = readonly (string | number)[];

/** Where values stand in a JSON text as it was written. */
export type Places = {
  /** the line of a value, from 1; of what holds it where there is no such value */
  lineOf(path: Path): number;
};

/** `text` is JSON: whoever asks has read it before. */
export function placesIn(text: string): Places {
  const offsets = new Map<string, number>();
  walk(text, skipSpace(text, 0), '', offsets);
  return {
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = offsets.get(pointerOf(path.slice(0, length)));
        if (offset !== undefined) return lineAt(text, offset);
      }
      return 1;
    },
  };
}

function skipSpace(text: string, from: number): number {
  let index = from;
  while (' \t\r\n'.includes(text[index] ?? 'x')) index += 1;
  return index;
}

/** The end of the string that begins at a quote. */
function stringEnd(text: string, from: number): number {
  let index = from + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}

/** Notes where each value within the one at `from` begins, members by their keys, and gives where it ends. */
function walk(text: string, from: number, pointer: string, offsets: Map<string, number>): number {
  const opening = text[from];
  if (opening === '"') return stringEnd(text, from);
  if (opening !== '{' && opening !== '[') {
    let index = from;
    while (index < text.length && !',]} \t\r\n'.includes(text[index] ?? '')) index += 1;
    return index;
  }
  const closing = opening === '{' ? '}' : ']';
  let index = skipSpace(text, from + 1);
  for (let item = 0; text[index] !== closing; item += 1) {
    let part = String(item);
    const begin = index;
    if (opening === '{') {
      const end = stringEnd(text, index);
      part = String(JSON.parse(text.slice(index, end)));
      index = skipSpace(text, skipSpace(text, end) + 1);
    }
    const inner = `${pointer}${pointerOf([part])}`;
    offsets.set(inner, begin);
    index = skipSpace(text, walk(text, index, inner, offsets));
    if (text[index] === ',') index = skipSpace(text, index + 1);
  }
  return index + 1;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}

/** RFC 6901. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
