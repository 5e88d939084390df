import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { say } from './say.mjs';
import { electronFolders, targets } from './targets.mjs';

/** Folders and files that a bundle can be made of. Tests other than e2e helpers are never bundled. */
const sources = [
  'core',
  'main',
  'preload',
  'renderer',
  'assets',
  'tests/e2e/support',
  'tests/e2e/tour',
  'tests/support',
  'tests/bench',
  'scripts/lib/targets.mjs',
  'scripts/lib/build.mjs',
  'scripts/lib/absent-dependency.mjs',
  'package.json',
  'package-lock.json',
];

/**
 * Builds what is not up to date. A bundle is up to date when it was made to the end from sources of the same content.
 * @param {readonly string[]} names of `targets`
 */
export async function ensureBuilt(names) {
  await withLock('build', async () => {
    const state = hashSources();
    const stale = names.filter((name) => readStamp(name) !== state);
    if (stale.length === 0) return;
    say(`building ${stale.join(', ')}`);
    const { build } = await import('vite');
    for (const name of stale) {
      rmSync(stampPath(name), { force: true });
      const { plugins, ...config } = targets[name].config;
      await build({
        configFile: false,
        root,
        logLevel: 'warn',
        publicDir: false,
        ...config,
        ...(plugins ? { plugins: await plugins() } : {}),
        build: { emptyOutDir: true, copyPublicDir: false, ...config.build },
      });
      if (name in electronFolders) describeApp(name, electronFolders[name]);
      mkdirSync(join(root, 'dist', '.stamps'), { recursive: true });
      writeFileSync(stampPath(name), state);
    }
  });
}

function describeApp(folder, productName) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const about = { name, productName, version, type: 'module', main: 'main.js' };
  writeFileSync(join(root, 'dist', folder, 'package.json'), JSON.stringify(about));
}

function stampPath(name) {
  return join(root, 'dist', '.stamps', name);
}

function readStamp(name) {
  try {
    return readFileSync(stampPath(name), 'utf8');
  } catch {
    return undefined;
  }
}

function hashSources() {
  const hash = createHash('sha256');
  const add = (path) => {
    let entries;
    try {
      entries = readdirSync(join(root, path), { withFileTypes: true });
    } catch (error) {
      if (error.code === 'ENOENT') return;
      if (error.code !== 'ENOTDIR') throw error;
      hash.update(`${path}\0`).update(readFileSync(join(root, path)));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name !== 'node_modules') add(`${path}/${entry.name}`);
    }
  };
  for (const path of sources) add(path);
  return hash.digest('hex');
}
