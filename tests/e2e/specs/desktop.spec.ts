import type { ElectronApplication } from 'playwright';
import { connectInPractice, enterPractice, heading, place } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

declare global {
  /** For tests: the menu that the icon was given last. */
  var sallyportTrayMenu: Electron.Menu | undefined;
}

/** The icon itself is drawn by the desktop, which is not there: what it was given is looked at instead. */
async function watchIcon(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Tray }) => {
    const give = Object.getOwnPropertyDescriptor(Tray.prototype, 'setContextMenu')?.value as (
      this: Electron.Tray,
      menu: Electron.Menu,
    ) => void;
    Tray.prototype.setContextMenu = function (menu) {
      globalThis.sallyportTrayMenu = menu ?? undefined;
      if (menu !== null) give.call(this, menu);
    };
  });
}

function labels(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(() => globalThis.sallyportTrayMenu?.items.map(({ label }) => label) ?? []);
}

/** Presses an entry, or one of its own menu. */
async function press(app: ElectronApplication, begin: string, inner?: string): Promise<void> {
  await app.evaluate(
    (_electron, [start, within]) => {
      const entry = globalThis.sallyportTrayMenu?.items.find(({ label }) => label.startsWith(start ?? ''));
      const item = within === undefined ? entry : entry?.submenu?.items.find(({ label }) => label === within);
      if (item === undefined) throw new Error(`no entry ${start ?? ''}`);
      // declared as any function, which is how Electron's types say it
      (item.click as () => void)();
    },
    [begin, inner] as const,
  );
}

function isVisible(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
}

test('the icon says which sessions are open and how long, and ends one', async ({ sallyport, window }) => {
  test.setTimeout(120_000);
  await watchIcon(sallyport.app);
  await connectInPractice(window);
  await expect
    .poll(() => labels(sallyport.app), { timeout: 10_000 })
    .toEqual([
      'Practice sandbox',
      expect.stringMatching(/^Practice production · (1 h|60 min|59 min) left$/),
      '',
      'Search…',
      'Show Sallyport',
      'Quit Sallyport',
    ]);
  await sallyport.skip(31 * 60_000);
  await expect.poll(() => labels(sallyport.app)).toContainEqual(expect.stringMatching(/ · (28|29) min left$/));
  await press(sallyport.app, 'Practice production', 'End');
  await expect.poll(() => labels(sallyport.app)).toContain('No session is open');
  await window.getByRole('button', { name: 'Done' }).click();
  await expect(window.getByText('No session is open')).toBeVisible();
});

test('the window hides under the icon, comes back for a search, and does not show at a hidden start', async ({
  sallyport,
  window,
  launch,
}) => {
  test.setTimeout(120_000);
  await watchIcon(sallyport.app);
  // there is nothing to search before a workspace was chosen
  const tell = (what: 'search' | 'sessions') =>
    sallyport.app.evaluate(({ BrowserWindow }, given) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('sallyport:event:show', { what: given, revision: 1 });
    }, what);
  const question = heading(window, 'Where do you want to start?');
  await question.waitFor();
  const palette = window.getByRole('dialog', { name: 'Search or run a command' });
  await tell('search');
  await tell('sessions');
  await window.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await expect(question).toBeVisible();
  await expect(palette).toHaveCount(0);
  await enterPractice(window);
  // a dialog waits for its own answer first
  await window.keyboard.press('?');
  const keys = window.getByRole('dialog', { name: 'Keys' });
  await keys.waitFor();
  await tell('search');
  await tell('sessions');
  await window.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await expect(keys).toBeVisible();
  await expect(palette).toHaveCount(0);
  await window.keyboard.press('Escape');
  await window.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await place(window, 'Settings').click();
  await heading(window, 'Settings').waitFor();
  const card = window.getByText('Go on under the icon when the window is closed');
  await card.scrollIntoViewIfNeeded();
  await takePictures(window, 'settings-desktop');
  await inBothThemes(window, () => expectAccessible(window));
  await card.click();
  await window.getByText('Start without showing the window').click();
  await expect(window.getByRole('checkbox', { name: /Start without showing/ })).toBeChecked();
  await expect.poll(() => labels(sallyport.app)).toContain('Show Sallyport');
  const closeWindow = () =>
    sallyport.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
  await closeWindow();
  await expect.poll(() => isVisible(sallyport.app)).toBe(false);
  await press(sallyport.app, 'Search');
  await expect.poll(() => isVisible(sallyport.app)).toBe(true);
  await expect(window.getByRole('dialog').getByRole('combobox').or(window.getByRole('searchbox'))).toBeFocused();
  await sallyport.close();

  const again = await launch();
  await watchIcon(again.app);
  await heading(again.page, 'Sessions').waitFor();
  expect(await isVisible(again.app)).toBe(false);
  // whoever starts it a second time wants to see it
  await again.app.evaluate(({ app }) => {
    app.emit('second-instance', {}, []);
  });
  await expect.poll(() => isVisible(again.app)).toBe(true);
});
