/** `npm start`: opens the window, or runs the tour where there is no display. Arguments go to the app. */
import { bootstrap } from './lib/bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';
import { hasDisplay } from './lib/system.mjs';
import { appTargets } from './lib/targets.mjs';
import { runTour } from './lib/tour.mjs';

await runMain(async () => {
  if (!hasDisplay()) {
    say('there is no display here, so no window can be opened: running the tour instead');
    return runTour([]);
  }
  const { electron } = await bootstrap({ build: appTargets });
  // Chromium refuses to run as root inside its own sandbox.
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return run(electron.program, [...switches, root, ...process.argv.slice(2)]);
});
