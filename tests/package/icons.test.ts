import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { root } from './packaged';

const assets = join(root, 'assets');
const read = (name: string) => readFileSync(join(assets, name));
const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Pixels of a PNG, of 8-bit RGBA. Throws where the file is not one, or is not whole. */
function sizeOf(png: Buffer): number {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data: Buffer[] = [];
  let last = '';
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    last = png.toString('latin1', at + 4, at + 8);
    if (last === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  expect([png.subarray(0, 8).equals(signature), [...png.subarray(24, 26)], last]).toEqual([true, [8, 6], 'IEND']);
  expect([width, inflateSync(Buffer.concat(data)).length]).toEqual([height, height * (width * 4 + 1)]);
  return width;
}

/** Windows reads the directory, and takes the picture that fits: what it says has to be what is there. */
function icoSizes(ico: Buffer): number[] {
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
    const size = sizeOf(ico.subarray(offset, offset + length));
    expect([ico.readUInt8(at) || 256, ico.readUInt8(at + 1) || 256]).toEqual([size, size]);
    return size;
  });
}

/** Pixels by type (Apple Icon Image format; the types that hold PNG). */
const icnsPixels: Readonly<Record<string, number>> = {
  ...{ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 },
};

function icnsTypes(icns: Buffer): string[] {
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  const types: string[] = [];
  for (let at = 8; at < icns.length;) {
    const [type, length] = [icns.toString('latin1', at, at + 4), icns.readUInt32BE(at + 4)];
    expect([type, sizeOf(icns.subarray(at + 8, at + length))]).toEqual([type, icnsPixels[type]]);
    types.push(type);
    at += length;
  }
  return types;
}

/** Every name that electron-builder is given for a picture. */
const named = [...readFileSync(join(root, 'electron-builder.yml'), 'utf8').matchAll(/^ +icon: (\S+)$/gm)].map(
  ([, name = '']) => name,
);

describe('icons', () => {
  test('are those that the packages are told of', () => {
    expect(named.sort()).toEqual(['icon.icns', 'icon.ico', 'icons', 'request.icns']);
  });

  test('for Linux each have the pixels that their name says', () => {
    const files = readdirSync(join(assets, 'icons'));
    for (const file of files) expect(file).toBe(`${String(sizeOf(read(`icons/${file}`)))}x${file.split('x')[1] ?? ''}`);
    expect(files.map((file) => Number.parseInt(file, 10)).sort((a, b) => a - b)).toEqual([
      16, 24, 32, 48, 64, 128, 256, 512,
    ]);
    expect(sizeOf(read('icon.png'))).toBe(1024);
  });

  test('for Windows are those that its shell asks for', () => {
    expect(icoSizes(read('icon.ico'))).toEqual([16, 24, 32, 48, 64, 256]);
  });

  test('for macOS are of all sizes, at single and double density; of request files too', () => {
    const all = ['icp4', 'icp5', 'ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14', 'ic10'];
    expect(icnsTypes(read('icon.icns'))).toEqual(all);
    expect(icnsTypes(read('request.icns'))).toEqual(all.slice(0, -1));
  });

  test('beside the clock are as large as each system draws them', () => {
    const sizes = ['tray.png', 'tray@2x.png', 'trayTemplate.png', 'trayTemplate@2x.png'].map((name) =>
      sizeOf(read(name)),
    );
    expect(sizes).toEqual([22, 44, 18, 36]);
  });

  test('are at most 200 kB together', () => {
    const files = readdirSync(assets, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.map(({ name, parentPath }) => statSync(join(parentPath, name)).size);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(200_000);
  });
});
