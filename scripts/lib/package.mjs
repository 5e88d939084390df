import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { root } from './paths.mjs';
import { publishPlace, signingWords } from './publish.mjs';
import { run } from './run.mjs';
import { say, SetupError } from './say.mjs';
import { appTargets } from './targets.mjs';
import { writeBill, writeNotices } from './third-parties.mjs';

/** Where the unpacked program of this platform lies afterwards. */
export const unpackedFolder = join(
  root,
  'release',
  process.platform === 'darwin'
    ? process.arch === 'arm64'
      ? 'mac-arm64'
      : 'mac'
    : `${process.platform === 'win32' ? 'win' : 'linux'}${process.arch === 'arm64' ? '-arm64' : ''}-unpacked`,
);

/**
 * Builds the app and packs it around the Electron that `npm start` uses, without asking the network for anything. Throws a
 * SetupError where a release would be made of the fallback runtime (docs/adr/0001).
 */
export async function packageApp({ isRelease }) {
  const place = publishPlace(process.env);
  const { electron } = await bootstrap({ build: appTargets });
  if (isRelease && electron.fallback) {
    throw new SetupError(
      'a release is never made of the fallback runtime. Package where Electron can be downloaded, or set ' +
        'ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron of the supported version.',
    );
  }
  writeNotices(join(root, 'dist', 'legal', 'third-parties.txt'));
  rmSync(unpackedFolder, { recursive: true, force: true });
  const status = await run(process.execPath, [
    join(root, 'node_modules', 'electron-builder', 'cli.js'),
    ...(isRelease ? [] : ['--dir']),
    '--config',
    join(root, 'electron-builder.yml'),
    '--publish',
    'never',
    `-c.electronDist=${distOf(electron.program)}`,
    `-c.electronVersion=${electron.version}`,
    ...(place === undefined
      ? []
      : [`-c.extraMetadata.updates.address=${place.address}`, `-c.extraMetadata.updates.key=${place.key}`]),
  ]);
  if (status !== 0) throw new SetupError(`electron-builder ended with status ${status}`);
  writeBill(join(root, 'release', 'sbom.cdx.json'));
  if (electron.fallback) markAsTest();
  say(`packaged: ${unpackedFolder}`);
  say(signingWords(process.platform, process.env));
  say(place === undefined ? 'without a place of updates' : `updates come from ${place.address}`);
}

function distOf(program) {
  return process.platform === 'darwin' ? resolve(program, '../../../..') : resolve(program, '..');
}

/** The fallback brings the loader that development needs; the packaged app loads its archive alone. */
function markAsTest() {
  rmSync(join(unpackedFolder, 'resources', 'app'), { recursive: true, force: true });
  writeFileSync(
    join(unpackedFolder, 'NOT-FOR-RELEASE.txt'),
    'Packed around the fallback runtime, an Electron that gets no fixes any more: for tests, and never for anybody else.\n',
  );
  readable(unpackedFolder);
}

/** Somebody else than who packed it may start it: Chromium's sandbox is not for root. */
function readable(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) readable(path);
    else chmodSync(path, statSync(path).mode | 0o444);
  }
}
