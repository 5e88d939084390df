import type { Page } from 'playwright';
import { choosePracticeScenario } from '../screens/organization-screen';
import { enterPractice, heading, place } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

test('who is in an account is found, a key is rotated by keyboard, a user is deleted with all that hangs on it', async ({
  sallyport,
  window,
}) => {
  test.setTimeout(120_000);
  await enterPractice(window);
  await choosePracticeScenario(window, 'People and keys');
  await place(window, 'Identities').click();
  await heading(window, 'Identities').waitFor();
  await window.getByRole('button', { name: /Read it as$/ }).click();
  await window.getByRole('option', { name: /^practice-owner/ }).click();
  await window.getByRole('listbox').waitFor({ state: 'detached' });
  const users = window.getByRole('grid', { name: 'Users' });
  await expect(users.getByRole('row', { name: /^anna\.berg/ })).toContainText('212 days');
  await look(window, 'identities-users');

  await window.getByRole('button', { name: /Show$/ }).click();
  await window.getByRole('option', { name: 'No MFA device' }).click();
  await window.getByRole('listbox').waitFor({ state: 'detached' });
  await expect(users.getByRole('row', { name: /^anna/ })).toHaveCount(0);
  await expect(users.getByRole('row', { name: /^ci-runner/ })).toBeVisible();
  await window.getByRole('tab', { name: /^Roles/ }).click();
  await expect(window.getByRole('grid', { name: 'Roles' })).toContainText('an AWS service');
  await look(window, 'identities-roles');
  await window.getByRole('tab', { name: /^Users/ }).click();

  // by keyboard: the key of a machine is rotated, its old one off for a day and then deleted
  await users.getByRole('row', { name: /^ci-runner/ }).focus();
  await window.keyboard.press('Enter');
  await expect(heading(window, 'ci-runner')).toBeFocused();
  await look(window, 'identity-user');
  await window.getByRole('button', { name: 'Rotate…' }).focus();
  await window.keyboard.press('Enter');
  const rotate = window.getByRole('dialog', { name: 'Rotate this key' });
  await expect(rotate).toContainText('24 hours');
  await look(window, 'identity-rotate');
  await rotate.getByRole('button', { name: 'Make the new key' }).focus();
  await window.keyboard.press('Enter');
  await expect(heading(window, 'Rotate a key of ci-runner')).toBeFocused();
  await expect(window.getByText('The new key works. Put it where the old one was.')).toBeVisible();
  await window.getByRole('button', { name: 'Copy the new key' }).focus();
  await window.keyboard.press('Enter');
  await expect(window.getByText('The new key is on the clipboard.')).toBeVisible();
  const copied = await sallyport.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^AWS_ACCESS_KEY_ID=AKIA\w{16}\nAWS_SECRET_ACCESS_KEY=\S{40}\n$/);
  const secret = copied.trim().split('=').slice(2).join('=');
  expect(await window.content()).not.toContain(secret);
  await look(window, 'identity-handing');
  await window.getByRole('button', { name: 'Turn the old key off' }).focus();
  await window.keyboard.press('Enter');
  await expect(window.getByText('The old key is off.')).toBeVisible();
  await sallyport.skip(25 * 3_600_000);
  await expect(window.getByText('Its grace period is over', { exact: false })).toBeVisible();
  await look(window, 'identity-grace-over');
  await window.getByRole('button', { name: 'Delete the old key' }).focus();
  await window.keyboard.press('Enter');
  await expect(window.getByText('Rotated', { exact: true })).toBeVisible();

  await place(window, 'Identities').click();
  await window.getByRole('button', { name: /Read it as$/ }).click();
  await window.getByRole('option', { name: /^practice-owner/ }).click();
  await window.getByRole('listbox').waitFor({ state: 'detached' });
  await users.getByRole('row', { name: /^anna\.berg/ }).focus();
  await window.keyboard.press('Enter');
  await expect(heading(window, 'anna.berg')).toBeFocused();
  await look(window, 'identity-user-full');
  await window.getByRole('button', { name: 'Delete…' }).click();
  const remove = window.getByRole('alertdialog', { name: 'Delete anna.berg?' });
  await expect(remove.getByRole('list', { name: 'What is done, in this order' }).getByRole('listitem')).toHaveCount(12);
  await look(window, 'identity-delete');
  await remove.getByRole('textbox').fill('anna.berg');
  await remove.getByRole('button', { name: 'Delete the user' }).click();
  await expect(heading(window, 'Delete anna.berg')).toBeVisible();
  await expect(window.getByText('Deleted', { exact: true })).toBeVisible();
  await look(window, 'identity-deleted');
  await place(window, 'Identities').click();
  await window.getByRole('button', { name: /Read it as$/ }).click();
  await window.getByRole('option', { name: /^practice-owner/ }).click();
  await expect(users.getByRole('row', { name: /^bjoern/ })).toBeVisible();
  await expect(users.getByRole('row', { name: /^anna/ })).toHaveCount(0);

  // one that is not there yet begins with its recipe, in this account
  await window.getByRole('button', { name: 'Add a role or a user…' }).press('Enter');
  await heading(window, 'Which account do they enter?').waitFor();
  await expect(window.getByLabel('Account ID')).toHaveValue(/^2222\s?3333\s?4444$/);
});
