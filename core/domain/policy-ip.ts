/** IP addresses and ranges of `IpAddress` conditions, version 4 and 6, as whole numbers. */
type Address = { readonly bits: 32 | 128; readonly value: bigint };

function parseVersion4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parseVersion6(text: string): bigint | undefined {
  let source = text.toLowerCase();
  const lastColon = source.lastIndexOf(':');
  if (source.includes('.')) {
    const tail = parseVersion4(source.slice(lastColon + 1));
    if (tail === undefined) return undefined;
    source = `${source.slice(0, lastColon + 1)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return undefined;
  const groupsOf = (half: string | undefined): string[] => (half === undefined || half === '' ? [] : half.split(':'));
  const head = groupsOf(halves[0]);
  const tail = groupsOf(halves[1]);
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...new Array<string>(missing).fill('0'), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/.test(group)) return undefined;
    value = value * 65536n + BigInt(`0x${group}`);
  }
  return value;
}

function parseAddress(text: string): Address | undefined {
  const bits = text.includes(':') ? 128 : 32;
  const value = bits === 128 ? parseVersion6(text) : parseVersion4(text);
  return value === undefined ? undefined : { bits, value };
}

/** The range's first address and how many of its bits count; undefined when it is not well formed. */
function parseRange(text: string): (Address & { readonly prefix: number }) | undefined {
  const [base = '', width, more] = text.split('/');
  const address = parseAddress(base);
  if (address === undefined || more !== undefined) return undefined;
  if (width !== undefined && !/^[0-9]{1,3}$/.test(width)) return undefined;
  const prefix = width === undefined ? address.bits : Number(width);
  return prefix > address.bits ? undefined : { ...address, prefix };
}

/** Whether the text is one address or a range that `IpAddress` can compare with. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** How many leading bits an address must share with the range, 0 to 32 or 128. Undefined when it is not well formed. */
export function prefixOfRange(text: string): number | undefined {
  return parseRange(text)?.prefix;
}

/** Whether `address` lies in `range` (`203.0.113.0/24`, `2001:db8::/32`, or one address). False when either is not well formed. */
export function isInAddressRange(address: string, range: string): boolean {
  const wanted = parseRange(range);
  const given = parseAddress(address);
  if (wanted === undefined || given === undefined || wanted.bits !== given.bits) return false;
  const shift = BigInt(wanted.bits - wanted.prefix);
  return wanted.value >> shift === given.value >> shift;
}

/** Ranges that no call to AWS comes from: AWS sees the address behind which these are (RFC 1918, 4193, 6598, 3927). */
const privateRange =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe80:|::1(?:\/|$))/i;

export function isPrivateRange(range: string): boolean {
  return privateRange.test(range);
}

/** The last address of a range of version 4, as a list of one; empty for what is no such range. */
export function lastOfRange(range: string): readonly string[] {
  const parsed = parseRange(range);
  if (parsed?.bits !== 32) return [];
  const last = parsed.value | ((1n << BigInt(32 - parsed.prefix)) - 1n);
  return [[24n, 16n, 8n, 0n].map((shift) => String((last >> shift) & 255n)).join('.')];
}
