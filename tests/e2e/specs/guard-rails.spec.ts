import type { Page } from 'playwright';
import { openOrganizationWithUnits, treeRow } from '../screens/organization-screen';
import { enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

/** A connection into the owner's account, in the unit “Production”, as the wizard makes it with what is suggested. */
async function connect(page: Page): Promise<void> {
  await place(page, 'Sessions').click();
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
  const wizard = new WizardScreen(page);
  await wizard.goToReview();
  await wizard.createAutomatically();
  await wizard.test();
  await wizard.finish.click();
  await wizard.heading(/^Connected to/).waitFor();
  await wizard.leave.click();
}

test('a Region guard rail is previewed, attached by keyboard alone, refuses, and is taken off', async ({ window }) => {
  test.setTimeout(120_000);
  await enterPractice(window);
  await openOrganizationWithUnits(window);
  await connect(window);

  await place(window, 'Organization').click();
  await treeRow(window, /^Workloads/).focus();
  await window.keyboard.press('Enter');
  await expect(heading(window, 'Workloads')).toBeFocused();
  const card = window.getByRole('region', { name: 'Guard rails' });
  await expect(card).toContainText('Nothing is refused here yet');

  await card.getByRole('button', { name: 'Add a guard rail…' }).focus();
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Add a guard rail' });
  await dialog.getByRole('radio', { name: /^Stay in the organization/ }).focus();
  await window.keyboard.press('ArrowDown');
  await look(window, 'guard-rail-role');
  await window.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /^Only some Regions/ })).toBeChecked();
  await window.keyboard.press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'Allowed Regions' })).toBeFocused();
  await window.keyboard.type('us-east');
  await expect(dialog).toContainText('“us-east” is no Region');
  await window.keyboard.type('-1');
  await look(window, 'guard-rail-choose');
  await window.keyboard.press('Enter');
  await expect(dialog.getByRole('heading', { name: 'Only some Regions: us-east-1' })).toBeFocused();
  const effects = dialog.getByRole('list', { name: 'What it would do' });
  await expect(effects).toContainText('Binds 2 accounts');
  await expect(effects).toContainText('cloudformation:CreateStack');
  await look(window, 'guard-rail-preview');
  await dialog.getByRole('button', { name: 'Attach it' }).focus();
  await window.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const rails = card.getByRole('list', { name: 'Guard rails that hold here' });
  await expect(rails.getByRole('listitem')).toContainText('Only some Regions: us-east-1');
  await look(window, 'guard-rails-unit');

  // the account below has it from above, beside what somebody else attached
  await window.getByRole('row', { name: /^Production/ }).click();
  await window.getByRole('grid', { name: 'In Production' }).getByRole('row').nth(1).click();
  await expect(rails).toContainText('from Workloads');
  await expect(rails).toContainText('not from Sallyport');
  await look(window, 'guard-rails-account');
  await window.getByRole('region', { name: 'Connections into it' }).getByRole('button').first().click();
  await window.getByRole('button', { name: /^Test/ }).first().click();
  await expect(
    window.getByRole('heading', { name: 'A policy of the target’s organization forbids what was agreed' }),
  ).toBeVisible({ timeout: 30_000 });

  await place(window, 'Organization').click();
  await treeRow(window, /^Workloads/).focus();
  await window.keyboard.press('Enter');
  await card.getByRole('button', { name: 'Take it off…' }).click();
  const leaving = window.getByRole('alertdialog', { name: 'Take it off Workloads?' });
  await expect(leaving.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await look(window, 'guard-rail-take-off');
  await leaving.getByRole('button', { name: 'Take it off' }).click();
  await expect(card).toContainText('Nothing is refused here yet');
});
