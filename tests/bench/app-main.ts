import { join } from 'node:path';
import { startApp } from '../../main/app';
import { SystemClock } from '../../main/platform/system-clock';
import { hideWhenInteractive, reportWhenInteractive } from './report';

/** The app itself, as main/index.ts starts it, saying when it is interactive. */
reportWhenInteractive();
if (process.env['SALLYPORT_BENCH_HIDE'] === '1') hideWhenInteractive();
// Read only where they are asked for: they bring half of main with them, which the app itself reads once its window stands.
const watched = process.env['SALLYPORT_BENCH_WATCH'];
if (watched === 'frames') (await import('./frames')).reportFrames();
if (watched === 'scale') (await import('./scale')).reportScale();
const awsEndpoint = process.env['SALLYPORT_BENCH_ENDPOINT'];
void startApp({
  clock: new SystemClock(),
  distribution: join(import.meta.dirname, '..'),
  ...(awsEndpoint === undefined ? {} : { awsEndpoint }),
});
