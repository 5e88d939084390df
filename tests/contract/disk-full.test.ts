import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../support/bundle';
import type { DiskFullReport } from '../support/disk-full-child';

/** A disk of half a megabyte, in a namespace of its own: nobody else sees it, and it is gone with the process. */
const smallDisk = 'mount -t tmpfs -o size=512k tmpfs "$1" && exec "$2" "$3" "$1"';
const cannotMount =
  process.platform !== 'linux' ||
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status !== 0;

let program: string;
let folder: string;
beforeAll(async () => {
  program = await bundleForNode('disk-full-child');
  folder = mkdtempSync(join(tmpdir(), 'sallyport-full-'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(cannotMount)(`a disk that is full${cannotMount ? ' (no small disk can be mounted here)' : ''}`, () => {
  it('refuses in words; what was written stays, what was not is not there, and with room it goes on', () => {
    const { status, stderr, stdout } = spawnSync(
      'unshare',
      ['--user', '--map-root-user', '--mount', 'sh', '-c', smallDisk, 'sh', folder, process.execPath, program],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    const { broken, ...stores } = JSON.parse(stdout) as DiskFullReport;
    for (const [name, store] of Object.entries(stores)) {
      expect([name, store.written > 0, store.writesAgain]).toEqual([name, true, true]);
      expect([name, store.refusal]).toEqual([name, expect.stringMatching(/^store-unwritable: .*(full|room|space)/i)]);
      expect([name, store.keptAfterRefusal]).toEqual([name, store.written]);
      expect([name, store.foundByNextStart]).toEqual([name, store.written + 1]);
    }
    // a line that was cut off is no line, and the next one knows the last whole one
    expect(broken).toBe(0);
  });
});
