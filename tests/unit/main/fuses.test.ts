import { FuseV1Options } from '@electron/fuses';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFuses } from '../../../main/diagnostics/fuses';

const { SENTINEL } = createRequire(import.meta.url)('@electron/fuses/dist/constants') as { readonly SENTINEL: string };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-fuses-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program of more than one piece, with the wire after so many bytes. */
function program(before: number, wire: string): string {
  const path = join(folder, 'program');
  writeFileSync(
    path,
    Buffer.concat([Buffer.alloc(before, 7), Buffer.from(SENTINEL), Buffer.from(wire, 'latin1'), Buffer.alloc(99)]),
  );
  return path;
}

describe('the fuses of a program', () => {
  it.each([10, (1 << 20) - 40, (1 << 20) - 33, (1 << 20) - 5, 1 << 20])('are read after %i bytes', async (before) => {
    expect(await readFuses(program(before, '\x01\x030r1'))).toEqual([
      'RunAsNode off',
      'EnableCookieEncryption removed',
      'EnableNodeOptionsEnvironmentVariable on',
    ]);
  });

  it('have the names that the library gives them', async () => {
    const names = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name));
    const read = await readFuses(program(0, `\x01${String.fromCharCode(names.length)}${'1'.repeat(names.length)}`));
    expect(read).toEqual(names.map((name) => `${name} on`).slice(0, read?.length));
    expect(read?.length).toBeGreaterThanOrEqual(8);
  });

  it('are not guessed where there are none', async () => {
    writeFileSync(join(folder, 'none'), 'nothing');
    expect(await readFuses(join(folder, 'none'))).toBeUndefined();
    expect(await readFuses(join(folder, 'nowhere'))).toBeUndefined();
  });
});
