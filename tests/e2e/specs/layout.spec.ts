import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { connectInPractice, enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import type { AppProcess } from '../support/app-process';
import { expect, takePicture, takePictures, test } from '../support/fixture';

/** Sets the size of the page in pixels of the screen, and how much larger everything is drawn. */
async function setWindow({ app, page }: AppProcess, width: number, height: number, zoom: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(size.width, size.height);
      window?.webContents.setZoomFactor(size.zoom);
    },
    { width, height, zoom },
  );
  await expect
    .poll(() => page.evaluate(() => [globalThis.innerWidth, globalThis.innerHeight]))
    .toEqual([Math.round(width / zoom), Math.round(height / zoom)]);
}

/** What is wider than the place it stands in: it would have to be scrolled sideways, or is cut off. Code may be. */
function tooWide(page: Page, tablesMay: boolean): Promise<string[]> {
  return page.evaluate((free) => {
    const wide = (element: Element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
    // what scrolls, and what is cut off without the mark of it
    const hides = (element: Element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      return element.matches('html, body') || (overflowX !== 'visible' && textOverflow !== 'ellipsis');
    };
    return [...document.querySelectorAll('html, body, body :not(svg, svg *)')]
      .filter((element) => wide(element) && hides(element))
      .filter((element) => element.querySelector('pre, code') === null && !element.matches('pre, code'))
      .filter((element) => !(free && element.matches('[role="grid"], :has(> table)')))
      .map((element) => `${element.tagName} ${element.className} ${element.scrollWidth} > ${element.clientWidth}`);
  }, tablesMay);
}

/** Buttons of the footer and of the page's head are where the pointer can get, whole. */
async function expectReachable(page: Page, names: readonly (string | RegExp)[]): Promise<void> {
  for (const name of names) {
    await expect(page.getByRole('button', { name, exact: true }).last()).toBeInViewport({ ratio: 0.99 });
  }
}

/** Playwright cuts a page that Electron enlarges; the window itself does not. */
async function takeZoomedPicture({ app }: AppProcess, name: string): Promise<void> {
  const picture = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  mkdirSync(join('test-results', 'screens'), { recursive: true });
  writeFileSync(join('test-results', 'screens', `${name}.png`), Buffer.from(picture, 'base64'));
}

type Visit = (name: string, buttons?: readonly (string | RegExp)[]) => Promise<void>;

/** The whole main job, stopping at each screen. */
async function visitEverything(page: Page, visit: Visit): Promise<void> {
  const wizard = new WizardScreen(page);
  await heading(page, 'Where do you want to start?').waitFor();
  await visit('first-run');
  await enterPractice(page);
  await visit('sessions-empty');
  await page.keyboard.press('Control+N');
  await wizard.heading('What should they be able to do?').waitFor();
  await wizard.continue.waitFor();
  await visit('recipe', ['Continue']);
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
  await visit('account', ['Back', 'Continue']);
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await visit('options', ['Back', 'Continue']);
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await visit('review', ['Back', 'Accept and create']);
  await page.getByRole('button', { name: 'Accept and create' }).click();
  await wizard.heading('Create the role').waitFor();
  await visit('create', ['Back']);
  await page.getByRole('button', { name: 'Create the role', exact: true }).click();
  await wizard.test();
  await expect(page.getByText('10 of 10 passed')).toBeVisible();
  await visit('test', ['Finish']);
  await wizard.finish.click();
  await heading(page, /^Connected to/).waitFor();
  await visit('finish', ['Connect another', 'Done']);
  await page.getByRole('button', { name: 'Done' }).click();
  await heading(page, 'Sessions').waitFor();
  await page.getByRole('grid', { name: 'Live sessions' }).waitFor();
  await visit('sessions', ['Start a session']);
  await page.getByRole('button', { name: 'Start a session' }).click();
  const start = page.getByRole('dialog', { name: 'Start a session' });
  await start.getByRole('button', { name: 'More ways' }).click();
  await start.getByRole('button', { name: 'Add a session tag' }).click();
  await visit('start-session', ['Cancel', 'Start session']);
  await start.getByRole('button', { name: 'Cancel' }).click();
  await expect(start).toHaveCount(0);
  await place(page, 'Settings').click();
  await heading(page, 'Settings').waitFor();
  await visit('settings');
  await place(page, 'Connections').click();
  await heading(page, 'Connections').waitFor();
  await visit('connections');
  await page.getByRole('row', { name: /Practice production/ }).click();
  await heading(page, 'Practice production').waitFor();
  await visit('connection', ['Revoke…']);
  await page.getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('alertdialog').getByText('Role DeploymentService', { exact: true }).waitFor();
  await visit('revoke-dialog', ['Cancel', 'Revoke step by step']);
  await page.getByRole('alertdialog').getByText('Delete the role').click();
  await page.getByRole('button', { name: 'Delete the role' }).click();
  await expect(page.getByText('Both doors shut, proved')).toBeVisible({ timeout: 40_000 });
  await visit('revocation');
}

for (const [name, width, height, zoom] of [
  ['in the smallest window', 960, 640, 1],
  ['at 200 %', 1280, 832, 2],
] as const) {
  test(`nothing is cut off ${name}`, async ({ sallyport }) => {
    test.setTimeout(240_000);
    const { page } = sallyport;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await setWindow(sallyport, width, height, zoom);
    const wrong: string[] = [];
    await visitEverything(page, async (screen, buttons = []) => {
      if (zoom === 1) await takePictures(page, `small-${screen}`);
      else await takeZoomedPicture(sallyport, `zoomed-${screen}`);
      // a table keeps its columns together; enlarged, it scrolls within its card
      wrong.push(...(await tooWide(page, zoom > 1)).map((what) => `${screen}: ${what}`));
      await expectReachable(page, buttons);
    });
    expect(wrong, 'what is wider than its place').toEqual([]);
  });
}

test('forced colours and reduced motion take nothing away', async ({ sallyport }) => {
  test.setTimeout(240_000);
  const { page } = sallyport;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await connectInPractice(page);
  await expect(page.getByText('10 of 10 checks')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Practice production/ })).toBeVisible();
  await takePicture(page, 'forced-colours-sessions');
  // nothing moves: no animation runs for longer than a blink
  const moving = await page.evaluate(
    () =>
      document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration) > 50)
        .length,
  );
  expect(moving).toBe(0);
  await place(page, 'Connections').click();
  await page.getByRole('row', { name: /Practice production/ }).click();
  await page.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByText('Role DeploymentService', { exact: true })).toBeVisible();
  await takePicture(page, 'forced-colours-revoke');
  await dialog.getByRole('button', { name: 'Revoke step by step' }).click();
  await page.getByRole('list', { name: 'Steps of this revocation' }).waitFor();
  await expect(page.getByText('Both doors shut, proved')).toBeVisible({ timeout: 40_000 });
  await takePicture(page, 'forced-colours-revocation');
});
