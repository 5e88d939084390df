import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPractice, heading } from '../screens/places';
import { userDataIn } from '../support/app-process';
import { expect, test } from '../support/fixture';

test('no workspace is opened before one was chosen', async ({ home, launch }) => {
  // whoever opens the practice sets this aside
  const practice = join(userDataIn(home), 'practice');
  mkdirSync(practice, { recursive: true });
  writeFileSync(join(practice, 'sources.json'), 'not ours');
  const { page } = await launch();
  await heading(page, 'Where do you want to start?').waitFor();
  // what is read ahead is read in an idle moment, which comes before this one
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  expect(readdirSync(practice).filter((name) => name.startsWith('sources'))).toEqual(['sources.json']);
});

test('the page draws itself before main has answered anything', async ({ window }) => {
  await heading(window, 'Where do you want to start?').waitFor();
  await expect(window.getByText('unlocked')).toBeVisible();
  // main is first asked after a frame, and none comes
  await window.addInitScript(() => {
    globalThis.requestAnimationFrame = () => 0;
  });
  await window.reload();
  await heading(window, 'Where do you want to start?').waitFor();
  await expect(window.getByText('unlocked')).toHaveCount(0);
});

test('where the settings had to be mended the window opens as the mended ones say', async ({ home, launch }) => {
  const userData = userDataIn(home);
  mkdirSync(userData, { recursive: true });
  writeFileSync(join(userData, 'settings.json'), 'not JSON at all');
  const before = { version: 1, data: { theme: 'dark', workspace: 'practice' } };
  writeFileSync(join(userData, 'settings.backup.json'), JSON.stringify(before));
  const { page } = await launch();
  await heading(page, 'Sessions').waitFor();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('Chromium’s network, which nobody uses, has no process of its own', async ({ sallyport, window }) => {
  await heading(window, 'Where do you want to start?').waitFor();
  const processes = await sallyport.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ serviceName, type }) => serviceName ?? type),
  );
  expect(processes).toContain('Tab');
  expect(processes.filter((name) => name.startsWith('network.'))).toEqual([]);
});

test('the menu copies, pastes and closes, and has no reload and no developer tools', async ({ sallyport }) => {
  const roles = await sallyport.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(
      (item) => item.submenu?.items.map(({ role }) => String(role)) ?? [],
    ),
  );
  expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'close']));
  expect(roles.filter((role) => /reload|devtools/i.test(role))).toEqual([]);
});

test('a menu that is pressed before its list was read opens when it is there, and gives the focus back', async ({
  window,
}) => {
  await enterPractice(window);
  // in no idle moment: nothing but the first script is there
  await window.addInitScript(() => {
    globalThis.requestIdleCallback = () => 0;
  });
  await window.reload();
  const who = window.getByRole('button', { name: /^Source identity/ });
  await who.waitFor();
  const later = window.locator('link[href*="/later-"][rel="stylesheet"]');
  await expect(later).toHaveCount(0);
  await expect(who).toHaveAttribute('aria-expanded', 'false');
  await who.click();
  await expect(window.getByRole('menuitem', { name: 'Source identities…' })).toBeVisible();
  await expect(later).toHaveCount(1);
  await window.keyboard.press('Escape');
  await expect(window.getByRole('menu')).toHaveCount(0);
  await expect(who).toBeFocused();
  await window.keyboard.press('ArrowUp');
  await expect(window.getByRole('menuitem', { name: 'Leave the sandbox' })).toBeFocused();
});

test('a control says by itself what its icon means, to the pointer and to the keyboard', async ({ window }) => {
  await enterPractice(window);
  const place = window.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /^Connections/ });
  const tooltip = window.getByRole('tooltip');
  await expect(tooltip).toHaveCount(0);
  await place.hover();
  await expect(tooltip).toHaveText(/^Connections, /);
  await expect(place).toHaveAccessibleDescription(/^Connections, /);
  await window.mouse.move(640, 400);
  await expect(tooltip).toHaveCount(0);
  await window.keyboard.press('Tab');
  await window.keyboard.press('Shift+Tab');
  await place.focus();
  await expect(tooltip).toHaveText(/^Connections, /);
  await window.keyboard.press('Escape');
  await expect(tooltip).toHaveCount(0);
});
