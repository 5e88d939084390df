import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPractice, heading } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePicture, takePictures, test } from '../support/fixture';
import { menuItem, willSaveAs } from '../support/sent-files';

test('a request becomes a file, a page and a text; the page is read without scripts, and its scripts are saved from it', async ({
  sallyport,
  home,
}) => {
  const { page, app } = sallyport;
  await enterPractice(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(page);
  await wizard.heading('What should they be able to do?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
  const name = 'Tide <img src=x onerror="document.title=1"> `` & Co';
  await wizard.field('Name').fill(name);
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await page.getByRole('button', { name: 'Ask the owner another way' }).click();
  await expect(page.getByRole('menuitem', { name: 'Save the request…' })).toBeVisible();
  await takePictures(page, 'ask-owner-menu');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.press('Escape');

  const file = join(home, 'mine.sallyport-request.json');
  await willSaveAs(app, file);
  await menuItem(page, 'Save the request…');
  await expect(page.getByText('Request saved. Send it to the owner of the account')).toBeVisible();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kind: 'sallyport-connection-request' });

  const text = join(home, 'request.md');
  await willSaveAs(app, text);
  await menuItem(page, 'Save as text (Markdown)…');
  await expect(page.getByText('Page saved. Send it to the owner of the account').first()).toBeVisible();
  const markdown = readFileSync(text, 'utf8');
  expect(markdown).not.toMatch(/(?<!\\)<img/);
  expect(markdown).toContain('```bash\n#!/usr/bin/env bash');

  const html = join(home, 'request.html');
  await willSaveAs(app, html);
  await menuItem(page, 'Save as a page (HTML)…');
  await expect.poll(() => readFileSync(html, { encoding: 'utf8', flag: 'a+' }).length).toBeGreaterThan(1000);

  // A window of its own with nothing of the app in it, as a browser would open the file.
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, path) => {
    const window = new BrowserWindow({ width: 1000, height: 900, webPreferences: { partition: 'a-browser' } });
    void window.loadFile(path);
  }, html);
  const reader = await opened;
  await reader.getByRole('heading', { level: 1 }).waitFor();
  await expect(reader.getByText(name).first()).toBeVisible();
  await expect(reader.locator('script, img, link, iframe, [style], [onerror]')).toHaveCount(0);
  expect(await reader.title()).toContain('asks to be let into account');
  // Its own policy refuses what would be put into it.
  const ran = await reader.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.ran = "yes"';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(style);
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
    return [document.documentElement.dataset['ran'], getComputedStyle(document.body).display];
  });
  expect(ran).toEqual([undefined, 'block']);
  for (const scheme of ['light', 'dark'] as const) {
    await reader.emulateMedia({ colorScheme: scheme });
    await expectAccessible(reader);
    await takePicture(reader, `request-html-${scheme}`, { fullPage: true });
  }
  await reader.getByText('With a script for bash').click();
  await expect(reader.getByText('#!/usr/bin/env bash', { exact: false })).toBeVisible();
  await reader.setViewportSize({ width: 320, height: 700 });
  const tooWide = await reader.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(tooWide, 'wider than 320 px').toBe(false);
  await expectAccessible(reader);
  await takePicture(reader, 'request-html-narrow');

  const script = join(home, 'made.sh');
  await app.evaluate(({ session }, path) => {
    session.fromPartition('a-browser').on('will-download', (_event, item) => {
      item.setSavePath(path);
    });
  }, script);
  await reader
    .getByRole('link', { name: /^Save .*\.sh$/ })
    .first()
    .click();
  await expect
    .poll(() => readFileSync(script, { encoding: 'utf8', flag: 'a+' }).startsWith('#!/usr/bin/env bash'))
    .toBe(true);
  const shown = await reader.locator('pre', { hasText: '#!/usr/bin/env bash' }).first().textContent();
  expect(readFileSync(script, 'utf8')).toBe(shown);
});

test('the undo receipt is saved from both pages, runs, and says afterwards what went', async ({ sallyport, home }) => {
  const { page, app } = sallyport;
  await enterPractice(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(page);
  await wizard.goToReview();
  await wizard.createAutomatically();
  await wizard.test();
  await expect(wizard.finish).toBeEnabled({ timeout: 60_000 });
  await wizard.finish.click();
  await heading(page, /^Connected to/).waitFor();
  const receipt = join(home, 'receipt.md');
  await willSaveAs(app, receipt);
  await page.getByRole('button', { name: 'Save the receipt…' }).click();
  await expect(page.getByText('Receipt saved').first()).toBeVisible();
  const saved = readFileSync(receipt, 'utf8');
  expect(saved).toContain('in the order in which it goes');
  expect(saved).toContain('-undo.sh');
  expect(saved).not.toContain('make_all');
  await page.getByRole('button', { name: 'Undo everything…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Undo everything' });
  await question.getByRole('button', { name: 'Undo everything' }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByText(/Taken back, looked for again and gone/)).toBeVisible();
  await expect(
    page.getByRole('list', { name: 'Undo receipt' }).getByText('Gone', { exact: true }).first(),
  ).toBeVisible();
  await takePictures(page, 'receipt-undone');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Save the receipt…' }).click();
  await expect.poll(() => readFileSync(receipt, 'utf8')).toContain('What was taken back, in this order');
});
