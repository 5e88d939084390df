/** `npm run render -- --recipe ID --form FORM --params FILE [--out FOLDER]`: a plan in the words of one tool, without the window. */
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await bootstrap({ build: ['render'], electron: false });
  return run(process.execPath, [join(root, 'dist', 'render', 'cli.js'), ...process.argv.slice(2)]);
});
