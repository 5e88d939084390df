import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockSession } from '../../main/handoff/session-lock';
import { SystemClock } from '../../main/platform/system-clock';
import { lookAtData } from '../../main/platform/data-folder';
import { openSettings } from '../../main/open-settings';
import { StoreFiles } from '../../main/store-files';
import type { StoredDocument } from '../../main/workspace-context';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-data-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe('the data folder', () => {
  it('is told file by file, with what stands beside each, and the window’s own as one', () => {
    write('aws/connections.json', 'x'.repeat(10));
    write('aws/connections.changes.jsonl', 'x'.repeat(5));
    write('aws/tests/one.jsonl', 'x'.repeat(3));
    write('practice/sandbox.json', 'x');
    write('practice/strange.json', 'x');
    write('settings.json', 'xx');
    write('settings.backup.json', 'xx');
    write('Cache/data_0', 'x'.repeat(100));
    const { files, rest } = lookAtData(folder);
    expect(files.map(({ bytes, path }) => [path, bytes])).toEqual([
      ['aws/connections', 15],
      ['aws/tests/', 3],
      ['practice/sandbox', 1],
      ['practice/strange', 1],
      ['settings', 4],
    ]);
    expect(files[0]?.what).toContain('connections');
    expect(rest).toBe(100);
  });

  it('has words for every file that the app opens, and for the locks', async () => {
    const files = new StoreFiles(folder, () => 0);
    const documents = files.workspace('aws');
    files.practice().update(() => ({}));
    for (const one of Object.values(documents)) {
      if ('read' in one) (one as StoredDocument<object>).update((current) => current);
    }
    const lock = await lockSession(join(folder, 'aws'), 'a-session', new SystemClock());
    expect(lock.ok).toBe(true);
    const unknown = lookAtData(folder).files.filter(({ what }) => what.startsWith('Set aside'));
    expect(unknown.map(({ path }) => path)).toEqual([]);
    expect(lookAtData(folder).files.length).toBeGreaterThan(8);
  });

  it('that is not there has nothing in it', () => {
    expect(lookAtData(join(folder, 'nowhere'))).toEqual({ path: join(folder, 'nowhere'), files: [], rest: 0 });
  });

  it('is emptied of everything of ours, settings as at first, and of nothing else', () => {
    const files = new StoreFiles(folder, () => 0);
    const settings = openSettings({ directory: folder, now: () => 0 });
    settings.update((one) => ({ ...one, theme: 'dark' }));
    settings.update((one) => ({ ...one, theme: 'light' }));
    write('aws/connections.json', '{"torn');
    write('logs/sallyport.log', 'x');
    write('Cookies', 'Chromium’s');
    files.workspace('aws');
    expect(files.problems()).toHaveLength(1);
    settings.update(() => ({ theme: 'system' }));
    expect(files.emptyAll().ok).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['Cookies', 'settings.json']);
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).not.toMatch(/dark|light/);
    expect(files.problems()).toEqual([]);
    // and can be used again
    expect(files.workspace('aws').sources.read().sources).toEqual([]);
    expect(existsSync(join(folder, 'logs'))).toBe(false);
  });
});
