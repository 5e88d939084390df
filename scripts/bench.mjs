/** `npm run bench [-- --json FILE] [--rounds N]`: Sallyport beside a bare Electron window. */
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { runOnPrivateDesktop } from './lib/desktop.mjs';
import { root } from './lib/paths.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  const { electron } = await bootstrap({
    build: ['main', 'preload', 'renderer', 'bench-app', 'bench-bare', 'bench', 'sandbox'],
    forTests: true,
  });
  return runOnPrivateDesktop([process.execPath, join(root, 'dist', 'bench', 'run.js'), ...process.argv.slice(2)], {
    display: true,
    environment: { SALLYPORT_ELECTRON: electron.program },
  });
});
