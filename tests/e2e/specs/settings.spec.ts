import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closePracticePanel, connectInPractice, enterPractice, heading, place } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

declare global {
  /** For these tests: how often the system was asked whose links are. */
  var sallyportLinksAsked: number | undefined;
}

test('settings have addresses, take effect at once, and are there after a restart', async ({ launch }) => {
  const { page, close } = await launch();
  await connectInPractice(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await place(page, 'Settings').click();
  await heading(page, 'Settings').waitFor();
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' });
  await expect(sections.getByRole('link')).toHaveCount(13);
  await takePictures(page, 'settings');

  await sections.getByRole('link', { name: 'Region' }).click();
  await expect(sections.getByRole('link', { name: 'Region' })).toHaveAttribute('aria-current', 'location');
  await expect(page.getByRole('group', { name: 'Region' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Default Region' }).fill('nowhere');
  await expect(page.getByText('A Region looks like eu-west-1.')).toBeVisible();
  await page.getByRole('button', { name: /Partition$/ }).click();
  await page.getByRole('option', { name: /GovCloud/ }).click();
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await expect(page.getByRole('textbox', { name: 'Default Region' })).toHaveValue('us-gov-west-1');
  await page.getByRole('textbox', { name: 'Default Region' }).fill('eu-north-1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('New connections start in eu-north-1')).toBeVisible();
  await takePictures(page, 'settings-region');
  await inBothThemes(page, () => expectAccessible(page));

  await sections.getByRole('link', { name: 'Notifications' }).click();
  await page.getByText('Roles that drifted').click();
  await expect(page.getByRole('checkbox', { name: /^Roles that drifted/ })).not.toBeChecked();
  await takePictures(page, 'settings-notifications');
  await sections.getByRole('link', { name: 'Data' }).click();
  await page.getByRole('button', { name: 'What each file is' }).click();
  await expect(page.getByRole('row', { name: /practice\/connections/ })).toContainText('roles, external IDs');
  await takePictures(page, 'settings-data');
  await inBothThemes(page, () => expectAccessible(page));
  await close();

  const again = (await launch()).page;
  await heading(again, 'Sessions').waitFor();
  await again.keyboard.press('Control+N');
  await again.getByRole('option', { name: /^Read-only audit/ }).click();
  await again.getByRole('button', { name: 'Continue' }).click();
  await expect(again.getByRole('textbox', { name: 'Region', exact: true })).toHaveValue('eu-north-1');
  await again.keyboard.press('Control+,');
  await expect(again.getByRole('checkbox', { name: /^Roles that drifted/ })).not.toBeChecked();
  await expect(again.getByRole('textbox', { name: 'Default Region' })).toHaveValue('eu-north-1');
});

test('diagnostics are seen before they are copied; settings are forgotten and come back; then everything goes', async ({
  launch,
}) => {
  const { app, page, userData } = await launch();
  await connectInPractice(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Show the diagnostics…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
  const shown = await dialog.getByRole('region', { name: 'Diagnostics as text' }).textContent();
  expect(shown).toContain('practice: live sessions');
  expect(shown).toMatch(/Keychain +ready/);
  expect(shown).not.toMatch(/\d{12}|arn:|Practice production|sallyport-e2e/);
  await takePictures(page, 'settings-diagnostics');
  await inBothThemes(page, () => expectAccessible(page));
  await dialog.getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(shown);
  await page.keyboard.press('Escape');

  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.getByText(/the test schedule, connections, sessions, keys and records stay/)).toBeVisible();
  await page.getByRole('button', { name: 'Forget the settings' }).click();
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeChecked();
  await page.getByRole('button', { name: 'Bring them back' }).click();
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'As the system' }).click();

  await page.getByRole('button', { name: 'Forget everything…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Forget everything on this computer' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(question).toContainText('1 live practice session of Practice production.');
  await expect(question).toContainText('1 connection in practice');
  // what practice only pretends does not keep real secrets from going
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^(?:Make trouble|Trouble:)/ }).click();
  const panel = page.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('button', { name: /This computer’s keychain/ }).click();
  await page.getByRole('option', { name: /locked/i }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await closePracticePanel(page);
  await page.getByRole('button', { name: 'Forget everything…' }).click();
  const go = question.getByRole('button', { name: 'Forget everything', exact: true });
  await expect(go).toHaveAttribute('aria-disabled', 'true');
  await takePictures(page, 'settings-forget');
  await inBothThemes(page, () => expectAccessible(page));
  await question.getByRole('textbox', { name: 'Type “forget everything”' }).fill('forget everything');
  await go.click();
  await heading(page, 'Where do you want to start?').waitFor();
  for (const name of ['practice', 'aws']) {
    const left = existsSync(join(userData, name)) ? readdirSync(join(userData, name)) : [];
    expect(left.filter((file) => !file.startsWith('sandbox'))).toEqual([]);
  }
  expect(readFileSync(join(userData, 'settings.json'), 'utf8')).not.toContain('practice');
  // and it begins anew, with a keychain that keeps things
  await connectInPractice(page);
  await expect(page.getByText('Session open')).toBeVisible();
});

test('updates: a build that was given no place to look says so, asks nobody, and has the words for it', async ({
  sallyport,
}) => {
  const { app, page: window } = sallyport;
  await app.evaluate((electron) => {
    const isOurs = electron.app.isDefaultProtocolClient.bind(electron.app);
    globalThis.sallyportLinksAsked = 0;
    electron.app.isDefaultProtocolClient = (scheme) => {
      globalThis.sallyportLinksAsked = (globalThis.sallyportLinksAsked ?? 0) + 1;
      return isOurs(scheme);
    };
  });
  const linksAsked = () => app.evaluate(() => globalThis.sallyportLinksAsked);
  await enterPractice(window);
  await window.keyboard.press('Control+K');
  await window.keyboard.type('updates once');
  await window.keyboard.press('Enter');
  await expect(window.getByText(/^This is version \d+\.\d+\.\d+\.$/)).toBeVisible();
  await expect(window.getByText(/was given no place that updates come from, so it asks nobody/)).toBeVisible();
  await expect(window.getByRole('button', { name: 'Look for updates now' })).toHaveAttribute('aria-disabled', 'true');
  await expect(window.getByRole('checkbox', { name: /Look for updates once a day/ })).not.toBeChecked();
  await takePictures(window, 'settings-updates');
  await inBothThemes(window, () => expectAccessible(window));
  // links are taken by an installed program alone, and that is said
  const links = window.getByText('Open sallyport: links with this program');
  await links.scrollIntoViewIfNeeded();
  // each time the system starts a program to say whose they are: what else changes in the app is no reason to ask
  expect(await linksAsked()).toBe(1);
  await window.getByRole('radio', { name: 'Dark' }).click();
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.getByRole('radio', { name: 'As the system' }).click();
  await expect(window.getByRole('radio', { name: 'As the system' })).toBeChecked();
  expect(await linksAsked()).toBe(1);
  await links.click();
  await expect(window.getByText(/was started from its sources/)).toBeVisible();
  await expect.poll(linksAsked).toBe(2);
});
