import type { Connection } from '../../../core/domain/connection';
import { heading } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import { startWithMore } from '../support/kept-connections';

const names = ['Brightline Clinics prod', 'Brightline Imaging prod', 'Osprey Maps staging'];

function more(made: Connection): Connection[] {
  return names.map((name, index) => ({
    ...made,
    id: `00000000-0000-4000-8000-00000000000${String(index)}`,
    name,
    roleArn: `arn:aws:iam::21098765432${String(index)}:role/Deploy`,
    accountId: `21098765432${String(index)}`,
    folder: 'Clients',
  }));
}

test('a connection, an act, a setting and the keys are found by keyboard alone', async ({ launch }) => {
  const { page } = await startWithMore(launch, more);
  await heading(page, 'Sessions').waitFor();
  const palette = page.getByRole('dialog', { name: 'Search or run a command' });
  const option = (name: string | RegExp) => palette.getByRole('option', { name });
  const marked = palette.locator('[role="option"][aria-selected="true"]');

  // the first letters come before the palette does
  await page.keyboard.press('Control+K');
  await page.keyboard.type('bright pro');
  await expect(palette.getByRole('combobox')).toHaveValue('bright pro');
  await expect(marked).toContainText('Brightline Clinics prod');
  await expect(palette.getByRole('group', { name: 'Do with Brightline Clinics prod' })).toContainText('Revoke access…');
  await expect(palette.getByRole('status')).toHaveText(/^\d+ results$/);
  await takePictures(page, 'palette');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.press('ArrowDown');
  await expect(marked).toContainText('Brightline Imaging prod');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Brightline Imaging prod')).toBeFocused();

  // by part of an account ID, its acts by Tab; revoking asks, and Cancel has the focus
  await page.keyboard.press('Control+K');
  await expect(palette.getByRole('group', { name: 'Chosen before' })).toContainText('Brightline Imaging prod');
  await expect(palette.getByRole('group', { name: 'Do with Brightline Imaging prod' })).toBeVisible();
  await takePictures(page, 'palette-untyped');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.type('8765 4320');
  await page.keyboard.press('Tab');
  await page.keyboard.type('revo');
  await expect(option(/^Revoke access/)).toBeVisible();
  await takePictures(page, 'palette-acts');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(heading(page, 'Brightline Clinics prod')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);

  // a setting by another name for it
  await page.keyboard.press('Control+K');
  await page.keyboard.type('dark');
  await expect(marked).toContainText('Theme');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Settings')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeFocused();

  await page.keyboard.press('Control+K');
  await page.keyboard.type('zzzz');
  await expect(palette.getByText('Nothing here has that name.')).toBeVisible();
  await takePictures(page, 'palette-nothing');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeFocused();

  // opened again while it still fades away, as a screen reader may, it closes as any other
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.keyboard.press('Control+K');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.waitForFunction(() => document.getAnimations().length === 0);
  const wasGoing = await page.evaluate(async () => {
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(escape);
    await new Promise(requestAnimationFrame);
    const isGoing = document.querySelector('[data-exiting]') !== null;
    for (const button of document.querySelectorAll('button')) {
      if (button.textContent.includes('Search or run a command')) button.click();
    }
    return isGoing;
  });
  expect(wasGoing).toBe(true);
  await expect(page.locator('[data-exiting]')).toHaveCount(0);
  await expect(palette.getByRole('combobox')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet.getByText('Start a session')).toBeVisible();
  await takePictures(page, 'keys');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.type('console');
  await expect(sheet.getByText('Start a session')).toHaveCount(0);
  await expect(sheet.getByText('Open the AWS console')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeFocused();
});
