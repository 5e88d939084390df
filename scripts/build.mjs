/** `npm run build [TARGET...]`: bundles the app, or only the targets named. */
import { bootstrap } from './lib/bootstrap.mjs';
import { runMain, SetupError } from './lib/say.mjs';
import { appTargets, targets } from './lib/targets.mjs';

await runMain(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in targets));
  if (unknown.length > 0) {
    throw new SetupError(`no such target: ${unknown.join(', ')} (there are ${Object.keys(targets).join(', ')})`);
  }
  await bootstrap({ build: names.length > 0 ? names : [...appTargets, 'sandbox'], electron: false });
});
