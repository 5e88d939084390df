import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const rows = [...readFileSync(join(root, 'docs', 'security.md'), 'utf8').matchAll(/^\| (S-\d\d) +\|.*\|(.*)\|$/gm)].map(
  ([, id = '', proof = '']) => ({ id, files: [...proof.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file) }),
);

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

describe('docs/security.md', () => {
  test('has a row for each property from the first on, and each names tests that speak of it', () => {
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_row, index) => `S-${String(index + 1).padStart(2, '0')}`));
    expect(rows.length).toBeGreaterThanOrEqual(32);
    // of the one that nothing but the platform does there is no test
    expect(rows.filter(({ files }) => files.length === 0).map(({ id }) => id)).toEqual(['S-17']);
    for (const { files, id } of rows) {
      for (const file of files) {
        expect([id, file, existsSync(join(root, file))]).toEqual([id, file, true]);
        expect([id, file, speaksOf(file, id)]).toEqual([id, file, true]);
      }
    }
  });

  test('misses none that code or tests speak of', () => {
    const known = new Set(rows.map(({ id }) => id));
    const spoken = ['core', 'main', 'preload', 'renderer', 'tests'].flatMap((folder) =>
      filesBelow(folder)
        .filter((file) => /\.(ts|tsx)$/.test(file))
        .flatMap((file) => readFileSync(join(root, file), 'utf8').match(/\bS-\d\d\b/g) ?? []),
    );
    expect([...new Set(spoken)].filter((id) => !known.has(id))).toEqual([]);
  });
});

/** Some tests have the id in their file's name and not in their words. */
function speaksOf(file: string, id: string): boolean {
  return file.includes(id.toLowerCase().replace('-', '')) || readFileSync(join(root, file), 'utf8').includes(id);
}
