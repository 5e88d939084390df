import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Names as in `x-amz-checksum-…`. */
export const checksumNames = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumName = (typeof checksumNames)[number];

/** One entry a byte, in two halves: JavaScript's bit operations have 32 bits. */
type Table = { readonly high: Uint32Array; readonly low: Uint32Array };

/** Node has neither of these two CRCs; polynomials are written with their bits reversed. */
const polynomials = { crc32c: 0x82f63b78n, crc64nvme: 0x9a6c9329ac4bc9b5n };
const tables = new Map<keyof typeof polynomials, Table>();

function tableOf(name: keyof typeof polynomials): Table {
  let table = tables.get(name);
  if (table === undefined) {
    const values = Array.from({ length: 256 }, (_, byte) => {
      let value = BigInt(byte);
      for (let bit = 0; bit < 8; bit += 1) value = (value >> 1n) ^ ((value & 1n) * polynomials[name]);
      return value;
    });
    table = {
      high: Uint32Array.from(values, (value) => Number(value >> 32n)),
      low: Uint32Array.from(values, (value) => Number(value & 0xffffffffn)),
    };
    tables.set(name, table);
  }
  return table;
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}

function crc32c(bytes: Uint8Array): Buffer {
  const { low } = tableOf('crc32c');
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (low[(value ^ byte) & 0xff] ?? 0);
  return words(~value);
}

function crc64nvme(bytes: Uint8Array): Buffer {
  const { high, low } = tableOf('crc64nvme');
  let upper = 0xffffffff;
  let lower = 0xffffffff;
  for (const byte of bytes) {
    const index = (lower ^ byte) & 0xff;
    lower = ((lower >>> 8) | (upper << 24)) ^ (low[index] ?? 0);
    upper = (upper >>> 8) ^ (high[index] ?? 0);
  }
  return words(~upper, ~lower);
}

/** The checksum as S3's headers carry it: big-endian, in base64. */
export function checksumOf(name: ChecksumName, bytes: Uint8Array): string {
  switch (name) {
    case 'crc32':
      return words(crc32(bytes)).toString('base64');
    case 'crc32c':
      return crc32c(bytes).toString('base64');
    case 'crc64nvme':
      return crc64nvme(bytes).toString('base64');
    case 'sha1':
    case 'sha256':
      return createHash(name).update(bytes).digest('base64');
  }
}
