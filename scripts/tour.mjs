/** `npm run tour [-- --out DIR]`: drives the real app through the main job, without a display. */
import { runMain } from './lib/say.mjs';
import { runTour } from './lib/tour.mjs';

await runMain(() => runTour(process.argv.slice(2)));
