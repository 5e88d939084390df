import { join } from 'node:path';
import { startApp } from '../../main/app';
import { SystemClock } from '../../main/platform/system-clock';
import { reportFrames } from './frames';
import { reportScale } from './scale';
import { hideWhenInteractive, reportWhenInteractive } from './report';

/** The app itself, as main/index.ts starts it, saying when it is interactive. */
reportWhenInteractive();
if (process.env['SALLYPORT_BENCH_HIDE'] === '1') hideWhenInteractive();
if (process.env['SALLYPORT_BENCH_WATCH'] === 'frames') reportFrames();
if (process.env['SALLYPORT_BENCH_WATCH'] === 'scale') reportScale();
const awsEndpoint = process.env['SALLYPORT_BENCH_ENDPOINT'];
void startApp({
  clock: new SystemClock(),
  distribution: join(import.meta.dirname, '..'),
  ...(awsEndpoint === undefined ? {} : { awsEndpoint }),
});
