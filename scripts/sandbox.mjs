/** `npm run sandbox [-- --port N]`: the practice sandbox on loopback, for the AWS CLI and any SDK. */
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await bootstrap({ build: ['sandbox'], electron: false });
  return run(process.execPath, [join(root, 'dist', 'sandbox', 'serve.js'), ...process.argv.slice(2)]);
});
