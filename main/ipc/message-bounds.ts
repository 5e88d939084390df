/**
 * A message larger than this is refused before it is looked at, unless its call takes more: characters of its texts and
 * keys, one more for each value.
 */
export const maximumMessageSize = 131_072;
/** No call of the contract nests deeper than a third of this. */
const maximumDepth = 16;

/**
 * True for plain data of a bounded size: what JSON could carry, and `undefined`. Electron's structured clone also
 * brings maps, big integers, buffers and cycles, none of which a call has any use for. Reads no further than the limit.
 */
export function fitsInMessage(message: unknown, largest = maximumMessageSize): boolean {
  let room = largest;
  const fits = (value: unknown, depth: number): boolean => {
    room -= 1 + (typeof value === 'string' ? value.length : 0);
    if (room < 0 || depth > maximumDepth) return false;
    switch (typeof value) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'undefined':
        return true;
      case 'object':
        if (value === null) return true;
        if (Array.isArray(value)) return value.length <= room && value.every((one) => fits(one, depth + 1));
        return isPlain(value) && entriesFit(value, depth);
      case 'bigint':
      case 'symbol':
      case 'function':
        return false;
    }
  };
  const entriesFit = (value: object, depth: number): boolean => {
    for (const key in value) {
      room -= key.length;
      if (room < 0 || !fits((value as Record<string, unknown>)[key], depth + 1)) return false;
    }
    return true;
  };
  return fits(message, 0);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
