import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright';
import { heading, place } from '../screens/places';
import type { AppProcess } from '../support/app-process';
import { startWithMore } from '../support/kept-connections';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

/** Another one to the same role, and one to an account that nobody here has keys of. */
async function startWithThree(launch: () => Promise<AppProcess>): Promise<AppProcess> {
  const elsewhere = '555566667777';
  return await startWithMore(launch, (made) => [
    { ...made, id: randomUUID(), name: 'Practice staging' },
    {
      ...made,
      id: randomUUID(),
      name: 'Osprey Maps',
      accountId: elsewhere,
      roleArn: made.roleArn.replace(made.accountId, elsewhere),
    },
  ]);
}

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

test('many are taken back at once: the plan first, who is left out said, a result for each', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await startWithThree(launch);
  await place(page, 'Revocations').click();
  await page.getByRole('button', { name: 'Take back many…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Take back many' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(dialog.getByRole('row', { name: /Osprey Maps/ })).toContainText('Left out');
  await expect(dialog.getByText(/^2 of 3 connections/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Revoke 2 connections' })).toBeVisible();
  await look(page, 'revoke-many');

  await dialog.getByRole('radio', { name: 'An account' }).click();
  await expect(dialog.getByText('Choose what they have in common.')).toBeVisible();
  await dialog.getByRole('button', { name: /^Choose: account/ }).click();
  await page.getByRole('option', { name: '5555 6666 7777' }).click();
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  const nothing = dialog.getByRole('button', { name: 'Revoke 0 connections' });
  await expect(nothing).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'revoke-many-none');

  await dialog.getByRole('radio', { name: 'Everything' }).click();
  await dialog.getByText('Close the trust', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Close the trust of 2 roles' }).click();
  await heading(page, 'Taken back together').waitFor();
  await expect(page.getByText('Closed 2 of 2').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  await look(page, 'revocation-batch');
  await page.getByRole('row', { name: /Practice staging/ }).click();
  await heading(page, 'Practice staging').waitFor();
  await expect(page.getByText('Outer door shut, proved')).toBeVisible({ timeout: 60_000 });
  await place(page, 'Connections').click();
  await expect(page.getByRole('row', { name: /Osprey Maps/ })).toContainText('Working');
});

test('everything is revoked from the list of commands, by keyboard only', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await startWithThree(launch);
  await heading(page, 'Sessions').waitFor();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('revoke every');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Take back many' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(dialog.getByText(/^2 of 3 connections/)).toBeVisible();
  // Cancel stands first: Enter does nothing but close
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(heading(page, 'Revocations')).toBeVisible();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('revoke every');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^2 of 3 connections/)).toBeVisible();
  const suggested = dialog.getByRole('radio', { name: /^Step by step/ });
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press('Shift+Tab');
    if (await suggested.evaluate((radio) => radio === document.activeElement)) break;
  }
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /^Close the trust/ })).toBeChecked();
  const act = dialog.getByRole('button', { name: 'Close the trust of 2 roles' });
  for (let press = 0; press < 12; press += 1) {
    if (await act.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(act).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Taken back together')).toBeFocused();
  await expect(page.getByText('Closed 2 of 2').first()).toBeVisible({ timeout: 60_000 });
});

test('what somebody may lose is read anew each time it is asked for', async ({ launch }) => {
  test.setTimeout(120_000);
  const { page } = await startWithThree(launch);
  const many = page.getByRole('alertdialog', { name: 'Take back many' });
  const readPlan = async (words: RegExp) => {
    await place(page, 'Revocations').click();
    const open = page.getByRole('button', { name: 'Take back many…' });
    await open.click();
    await expect(many.getByText(words)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(many).toHaveCount(0);
    await expect(open).toBeFocused();
  };
  const one = page.getByRole('alertdialog', { name: /^Revoke access/ });
  const readOne = async (words: RegExp) => {
    const open = page.getByRole('button', { name: 'Revoke…' });
    await open.click();
    await expect(one.getByText(words)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(one).toHaveCount(0);
    await expect(open).toBeFocused();
  };
  await readPlan(/^2 of 3 connections/);
  await place(page, 'Connections').click();
  await page.getByRole('row', { name: /Practice staging/ }).click();
  await heading(page, 'Practice staging').waitFor();
  await readOne(/at the latest/);
  await page.getByRole('button', { name: 'Start a session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start session' }).click();
  await heading(page, 'Sessions').waitFor();
  await place(page, 'Connections').click();
  await page.getByRole('row', { name: /Practice staging/ }).click();
  await readOne(/Sallyport itself has 1 open here/);
  await place(page, 'Connections').click();
  await page.getByRole('row', { name: /Osprey Maps/ }).click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Forget this connection/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Forget it' }).click();
  await heading(page, 'Connections').waitFor();
  await readPlan(/^2 connections/);
});

test('hundreds are begun a few at a time, and stopping begins no more of them', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await startWithMore(launch, (made) =>
    Array.from({ length: 300 }, (_, index) => ({ ...made, id: randomUUID(), name: `Brightline ${String(index)}` })),
  );
  await place(page, 'Revocations').click();
  await page.getByRole('button', { name: 'Take back many…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Take back many' });
  await expect(dialog.getByText(/^301 connections/)).toBeVisible();
  await dialog.getByText('Close the trust', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Close the trust of 301 roles' }).click();
  // all are of one role, so one comes after the other: with two closed it is not only the first that was begun
  await expect(page.getByText(/^Closed (?:[2-9]|\d\d+) of 301$/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/^Closed \d+ of 301, \d+ not begun$/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
  await look(page, 'revocation-batch-stopped');
  await place(page, 'Revocations').click();
  await expect(page.getByRole('row', { name: /Brightline/ }).first()).toBeVisible();
  await look(page, 'revocations-hundreds');
  // what was not begun is as it was
  await place(page, 'Connections').click();
  await expect(page.getByRole('radio', { name: /^Working \d+$/ })).toBeVisible();
});
