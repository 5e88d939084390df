import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
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
 * pictures and a transcript, and the documents' pictures where a folder for them is named; the exit status is 0 only when
 * each step held.
 */
async function takeTour(folder: string, pictures: string | undefined): Promise<boolean> {
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
      if (pictures !== undefined && step.picture !== undefined) {
        await inBothThemes(sallyport, join(pictures, step.picture));
      }
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

/** As the window draws it, without notices and what only a pointer brings out. */
async function inBothThemes({ page }: AppProcess, path: string): Promise<void> {
  await page.mouse.move(0, 0);
  const notice = page.getByRole('button', { name: 'Dismiss' });
  while ((await notice.count()) > 0) await notice.first().click();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    writeFileSync(`${path}-${theme}.webp`, await toWebp(page, await page.screenshot()));
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
}

/** A third of the PNG: the page’s own Chromium writes it. */
async function toWebp(page: Page, png: Buffer): Promise<Buffer> {
  const base64 = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (one) => one.codePointAt(0) ?? 0);
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    const webp = new Uint8Array(
      await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.92 })).arrayBuffer(),
    );
    return btoa(Array.from(webp, (one) => String.fromCodePoint(one)).join(''));
  }, png.toString('base64'));
  return Buffer.from(base64, 'base64');
}

const { values } = parseArgs({ options: { out: { type: 'string', default: 'tour' }, pictures: { type: 'string' } } });
const folder = resolve(values.out);
const held = await takeTour(folder, values.pictures === undefined ? undefined : resolve(values.pictures));
process.stdout.write(`${held ? 'The tour held' : 'The tour did not hold'}: ${folder}\n`);
process.exitCode = held ? 0 : 1;
