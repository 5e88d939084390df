import { connectInPractice, heading, place } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

test('a role is put under quarantine with proof, kept to look at, and let go again', async ({ window }) => {
  test.setTimeout(180_000);
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
  await window.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = window.getByRole('alertdialog');
  await expect(dialog.getByText('Role DeploymentService', { exact: true })).toBeVisible();
  for (const [way, button] of [
    ['Close the trust', 'Close the trust'],
    ['Detach its permissions', 'Detach its permissions'],
    ['Quarantine', 'Quarantine'],
  ] as const) {
    await dialog.getByRole('radio', { name: new RegExp(`^${way}`) }).focus();
    await window.keyboard.press('Space');
    await expect(dialog.getByRole('button', { name: button, exact: true })).toBeVisible();
    await takePictures(window, `revoke-${button.toLowerCase().replaceAll(' ', '-')}`);
  }
  await inBothThemes(window, () => expectAccessible(window));
  await dialog.getByRole('button', { name: 'Quarantine', exact: true }).click();
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 60_000 });
  await expect(window.getByText('Closed the trust of DeploymentService')).toBeVisible();
  await takePictures(window, 'revocation-quarantine');
  await inBothThemes(window, () => expectAccessible(window));

  await window.getByRole('button', { name: 'Take it back…' }).click();
  const question = window.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(question.getByText(/may assume the role again/)).toBeVisible();
  await takePictures(window, 'revocation-take-back');
  await question.getByRole('button', { name: 'Put it back' }).click();
  await expect(window.getByText('DeploymentService is as it was')).toBeVisible();
  await expect(window.getByText('Taken back')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Take it back…' })).toHaveCount(0);
  await takePictures(window, 'revocation-undone');

  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await expect(window.getByText('Not tested')).toBeVisible();
  await window.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(window.getByText('Working', { exact: true })).toBeVisible({ timeout: 60_000 });
});
