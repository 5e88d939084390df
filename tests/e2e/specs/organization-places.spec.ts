import type { Page } from 'playwright';
import { openOrganizationWithUnits, treeRow } from '../screens/organization-screen';
import { enterPractice, heading } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

test('a place of the organization has a page, found by keyboard alone', async ({ window }) => {
  await enterPractice(window);
  await openOrganizationWithUnits(window);
  await treeRow(window, /^Root/).focus();
  await window.keyboard.press('ArrowDown');
  await expect(treeRow(window, /^Workloads/)).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(heading(window, 'Workloads')).toBeFocused();
  await look(window, 'place-unit');
  await window.getByRole('row', { name: /^Production/ }).click();
  await expect(heading(window, 'Production')).toBeFocused();
  await window.getByRole('grid', { name: 'In Production' }).getByRole('row').nth(1).click();
  await expect(window.getByRole('region', { name: 'Connections into it' })).toBeVisible();
  await look(window, 'place-account');
});
