import { randomUUID } from 'node:crypto';
import { connectInPractice, heading, place } from '../screens/places';
import { startWithMore } from '../support/kept-connections';
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

test('several are chosen by keyboard, tagged, moved and taken back together', async ({ launch }) => {
  test.setTimeout(120_000);
  const others = ['Brightline', 'Cedar Homes', 'Fernhill', 'Osprey Maps'];
  const { page } = await startWithMore(launch, (made) => others.map((name) => ({ ...made, id: randomUUID(), name })));
  await place(page, 'Connections').click();
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  await row('Brightline').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(row('Fernhill')).toBeFocused();
  const bar = page.getByRole('toolbar', { name: '3 selected' });
  await expect(bar).toBeVisible();
  await expect(row('Cedar Homes')).toHaveAttribute('aria-selected', 'true');
  await takePictures(page, 'connections-selected');
  // where one is shows over what is chosen: at the edge of the row, where nothing else is drawn
  const { height, x, y } = (await row('Fernhill').boundingBox()) ?? { height: 0, x: 0, y: 0 };
  const edge = () => page.screenshot({ clip: { x, y: y + height / 4, width: 4, height: height / 2 } });
  const focused = await edge();
  await row('Fernhill').blur();
  expect(focused.equals(await edge())).toBe(false);
  await row('Fernhill').focus();
  await inBothThemes(page, () => expectAccessible(page));

  await bar.getByRole('button', { name: 'Tag…' }).click();
  const tagging = page.getByRole('dialog', { name: 'Tag 3 connections' });
  await tagging.getByRole('textbox', { name: 'New tag' }).fill('prod');
  await page.keyboard.press('Enter');
  await expect(tagging).toHaveCount(0);
  await expect(row('Cedar Homes')).toContainText('prod');
  await bar.getByRole('button', { name: 'Move…' }).click();
  const moving = page.getByRole('dialog', { name: 'File 3 connections' });
  await moving.getByRole('textbox', { name: 'Folder' }).fill('Clients');
  await page.keyboard.press('Enter');
  await expect(moving).toHaveCount(0);
  await expect(row('Fernhill')).toContainText('Clients · DeploymentService');

  // one of them is chosen no more, and its tag goes; what only some have is said
  await row('Brightline').getByRole('gridcell').first().click();
  await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Tag…' }).click();
  const again = page.getByRole('dialog', { name: 'Tag 2 connections' });
  await again.getByText('prod', { exact: true }).click();
  await takePictures(page, 'connections-tag-dialog');
  await inBothThemes(page, () => expectAccessible(page));
  await again.getByRole('button', { name: 'Save the tags' }).click();
  await expect(row('Cedar Homes')).not.toContainText('prod');
  await page.getByRole('button', { name: /Folder or tag$/ }).click();
  await page.getByRole('option', { name: /prod/ }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('toolbar')).toHaveCount(0);
  await takePictures(page, 'connections-by-tag');
  await page.getByRole('button', { name: /Folder or tag$/ }).click();
  await page.getByRole('option', { name: 'All folders and tags' }).click();

  await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Revoke…' }).click();
  const many = page.getByRole('alertdialog', { name: 'Take back many' });
  await expect(many.getByRole('row', { name: /Fernhill/ })).toBeVisible();
  await expect(many.getByRole('row', { name: /Osprey/ })).toHaveCount(0);
  await takePictures(page, 'revoke-many-chosen');
  await many.getByRole('button', { name: 'Cancel' }).click();

  await row('Cedar Homes').focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar')).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(row('Practice production')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: 'Connection' })).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await expect(row('Practice production')).toBeFocused();
  await page.keyboard.press('Enter');
  await heading(page, 'Practice production').waitFor();
});
