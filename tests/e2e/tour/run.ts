import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchApp, type AppProcess } from '../support/app-process';
import { tourSteps, type TourStep } from './steps';

/** One line of `transcript.json`. `ms` is how long the step took; `screenshot` is a file beside it. */
type TranscriptLine = {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly detail: string;
  readonly screenshot: string;
};

/**
 * The tour: the real app driven through the whole main job in the practice sandbox, without a screen. Writes numbered
 * pictures and a transcript; the exit status is 0 only when each step held.
 */
async function takeTour(folder: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), 'sallyport-tour-'));
  const transcript: TranscriptLine[] = [];
  const sallyport = await launchApp({ home });
  try {
    await sallyport.page.setViewportSize({ width: 1280, height: 832 });
    await sallyport.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [index, step] of tourSteps.entries()) {
      const line = await take(step, index + 1, sallyport, folder);
      transcript.push(line);
      process.stdout.write(`${line.ok ? 'ok    ' : 'FAILED'} ${line.step} (${line.ms} ms) ${line.detail}\n`);
      if (!line.ok) break;
    }
  } finally {
    await sallyport.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    writeFileSync(join(folder, 'transcript.json'), `${JSON.stringify(transcript, null, 2)}\n`);
  }
  for (const problem of sallyport.problems) process.stdout.write(`FAILED ${problem}\n`);
  return sallyport.problems.length === 0 && transcript.length === tourSteps.length && transcript.every(({ ok }) => ok);
}

async function take(step: TourStep, number: number, sallyport: AppProcess, folder: string): Promise<TranscriptLine> {
  const screenshot = `${String(number).padStart(2, '0')}-${step.name}.png`;
  const start = performance.now();
  let ok = true;
  let detail: string;
  try {
    detail = await step.act(sallyport);
  } catch (error) {
    ok = false;
    detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
  const ms = Math.round(performance.now() - start);
  await sallyport.page.screenshot({ path: join(folder, screenshot) });
  return { step: step.name, ok, ms, detail, screenshot };
}

const at = process.argv.indexOf('--out');
const folder = resolve(at > 0 ? (process.argv[at + 1] ?? 'tour') : 'tour');
const held = await takeTour(folder);
process.stdout.write(`${held ? 'The tour held' : 'The tour did not hold'}: ${folder}\n`);
process.exitCode = held ? 0 : 1;
