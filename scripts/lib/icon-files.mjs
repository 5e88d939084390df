import { crc32, deflateSync } from 'node:zlib';

/** What PNG may say of a byte: as it is, or less the one to the left, above, or the mean of both. */
const filters = [() => 0, (left) => left, (_left, up) => up, (left, up) => (left + up) >> 1];

/** A square picture of 8-bit RGBA as PNG, by the filter that makes it smallest: flat drawings are a third of what a browser makes. */
export function png(size, rgba) {
  const row = size * 4;
  const packed = filters.map((filter, type) => {
    const raw = Buffer.alloc((row + 1) * size);
    for (let y = 0; y < size; y += 1) {
      raw[y * (row + 1)] = type;
      for (let x = 0; x < row; x += 1) {
        const at = y * row + x;
        const predicted = filter(x < 4 ? 0 : rgba[at - 4], y === 0 ? 0 : rgba[at - row]);
        raw[y * (row + 1) + 1 + x] = rgba[at] - predicted;
      }
    }
    return deflateSync(raw, { level: 9, memLevel: 9 });
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6], 8);
  const smallest = packed.reduce((one, other) => (other.length < one.length ? other : one));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    part('IHDR', head),
    part('IDAT', smallest),
    part('IEND', Buffer.alloc(0)),
  ]);
}

function part(type, bytes) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/**
 * Windows: several pictures in one file, PNG as it is, which Windows has read for long; `size` in pixels. A directory of 16
 * bytes for each picture, then the pictures. 256 is written as 0.
 */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { png, size }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** The types of PNG in an icns by pixels; what is drawn for a screen of double density has a type of its own. */
const icnsTypes = {
  ...{ 16: ['icp4'], 32: ['icp5', 'ic11'], 64: ['ic12'], 128: ['ic07'], 256: ['ic08', 'ic13'] },
  ...{ 512: ['ic09', 'ic14'], 1024: ['ic10'] },
};

/** macOS: each picture after its type and length, and the whole likewise. */
export function icns(pictures) {
  const parts = pictures.flatMap(({ png, size }) => icnsTypes[size].map((type) => chunk(type, png)));
  return chunk('icns', Buffer.concat(parts));
}

function chunk(type, bytes) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}
