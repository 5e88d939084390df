import { connectInPractice, heading, place } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

test('a connection is filed in a folder, found by it, taken back by it, and taken out again', async ({ window }) => {
  test.setTimeout(120_000);
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
  const file = async () => {
    await window.getByRole('button', { name: 'More', exact: true }).click();
    await window.getByRole('menuitem', { name: 'File in a folder…' }).click();
    return window.getByRole('dialog', { name: 'File Practice production' });
  };
  const dialog = await file();
  await expect(dialog.getByRole('button', { name: 'File it' })).toHaveAttribute('aria-disabled', 'true');
  await expect(dialog.getByRole('textbox', { name: 'Folder' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Folder' }).fill('Tidewater');
  await takePictures(window, 'folder-dialog');
  await inBothThemes(window, () => expectAccessible(window));
  await window.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);

  // by its crumb to the list, where it is found by the folder's name
  await window.getByRole('button', { name: 'Tidewater', exact: true }).click();
  await expect(window.getByRole('searchbox', { name: 'Search connections' })).toHaveValue('Tidewater');
  await expect(window.getByRole('row', { name: /Tidewater · DeploymentService/ })).toBeVisible();
  await takePictures(window, 'connections-by-folder');

  await place(window, 'Revocations').click();
  await window.getByRole('button', { name: 'Take back many…' }).click();
  const many = window.getByRole('alertdialog', { name: 'Take back many' });
  await many.getByText('A folder', { exact: true }).click();
  await many.getByRole('button', { name: /Folder/ }).click();
  await window.getByRole('option', { name: /Tidewater/ }).click();
  await expect(many.getByRole('row', { name: /Practice production/ })).toBeVisible();
  await takePictures(window, 'revoke-many-folder');
  await many.getByRole('button', { name: 'Cancel' }).click();

  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  const again = await file();
  await again.getByRole('textbox', { name: 'Folder' }).fill('');
  await again.getByRole('button', { name: 'Take it out' }).click();
  await expect(again).toHaveCount(0);
  await place(window, 'Connections').click();
  await expect(window.getByRole('row', { name: /Practice production/ })).not.toContainText('Tidewater');
});
