import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { runOnPrivateDesktop } from './desktop.mjs';
import { root } from './paths.mjs';
import { appTargets } from './targets.mjs';

/** Runs the tour program on a display and with a keyring of its own. @returns {Promise<number>} its exit status */
export async function runTour(args) {
  const { electron } = await bootstrap({ build: [...appTargets, 'test-main', 'tour'], forTests: true });
  return runOnPrivateDesktop([process.execPath, join(root, 'dist', 'tour', 'run.js'), ...args], {
    display: true,
    environment: { SALLYPORT_ELECTRON: electron.program },
  });
}
