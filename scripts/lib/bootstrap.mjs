import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { ensurePackages } from './packages.mjs';
import { SetupError } from './say.mjs';
import { ensureSystem } from './system.mjs';
import { withLock } from './lock.mjs';

/**
 * Makes a fresh clone ready, and does nothing that is done already. Works from plain Node with nothing installed:
 * whatever comes from a package is loaded only after `ensurePackages`.
 * @param {{ build: readonly string[], electron?: boolean, forTests?: boolean }} needs
 * @returns {Promise<{ electron?: { program: string, version: string, fallback: boolean } }>}
 */
export async function bootstrap({ build, electron: needsElectron = true, forTests = false }) {
  checkNode();
  await withLock('packages', ensurePackages);
  let electron;
  if (needsElectron) {
    electron = await ensureElectron();
    await ensureSystem(electron.program, { forTests });
  }
  await ensureBuilt(build);
  return { electron };
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Node 20.19 or later is needed; this is ${process.versions.node}`);
  }
}
