import type { Page } from 'playwright';
import { openOrganizationWithUnits, treeRow } from '../screens/organization-screen';
import { connectAsSuggested, enterPractice, heading, place } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

/** Opens the menu and takes one of its entries, by keyboard. */
async function choose(page: Page, menu: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: entry }).focus();
  await page.keyboard.press('Enter');
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
  await expect(window.getByRole('region', { name: 'Connect every account below' })).toContainText('StackSet');
  await window.getByRole('row', { name: /^Production/ }).click();
  await expect(heading(window, 'Production')).toBeFocused();
  await window.getByRole('grid', { name: 'In Production' }).getByRole('row').nth(1).click();
  await expect(window.getByRole('region', { name: 'Connections into it' })).toBeVisible();
  await look(window, 'place-account');

  // it was not made by the organization, so that it has no access role: why, and how it gets one
  await window.getByRole('button', { name: 'Enter by its access role…' }).focus();
  await window.keyboard.press('Enter');
  const entering = window.getByRole('dialog', { name: 'Enter Practice production' });
  await expect(entering.getByRole('textbox', { name: 'Access role' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(entering.getByRole('alert')).toBeVisible();
  await expect(entering.getByRole('region', { name: 'Commands that make the access role' })).toContainText(
    'arn:aws:iam::333344445555:root',
  );
  await look(window, 'adopt-refused');
  await window.keyboard.press('Escape');
  await expect(entering).toHaveCount(0);
  await window.getByRole('button', { name: 'Connect it' }).click();
  await expect(heading(window, 'What should they be able to do?')).toBeVisible();
});

test('three accounts from a list with a wrong line, by keyboard alone; one is entered by its access role', async ({
  window: page,
}) => {
  test.setTimeout(90_000);
  await enterPractice(page);
  await openOrganizationWithUnits(page);
  await page.getByRole('button', { name: 'Many sub-accounts…' }).focus();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Many sub-accounts')).toBeFocused();
  await page.getByRole('textbox', { name: /^Name, e-mail/ }).focus();
  await page.keyboard.insertText('One,root+one@example.com,Workloads\nTwo,nobody\nThree,root+three@example.com,Labs');
  await page.getByRole('button', { name: 'Make the plan' }).focus();
  await page.keyboard.press('Enter');
  const plan = page.getByRole('grid', { name: 'The plan' });
  await expect(plan.getByRole('row', { name: /Two/ })).toContainText('Wrong');
  await expect(page.getByText('1 unit will be made:')).toBeVisible();
  await plan.scrollIntoViewIfNeeded();
  await look(page, 'list-plan');
  await page.getByRole('button', { name: 'Make 2 accounts…' }).focus();
  await page.keyboard.press('Enter');
  const asking = page.getByRole('alertdialog', { name: 'Make 2 accounts?' });
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await look(page, 'list-ask');
  await asking.getByRole('button', { name: 'Make 2 accounts' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^2 ready/)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('row', { name: /Two/ })).toContainText('Wrong');
  await look(page, 'list-done');

  await page.getByRole('button', { name: 'Organization', exact: true }).last().click();
  await treeRow(page, /^Three/).focus();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Three')).toBeFocused();
  await page.getByRole('button', { name: 'Enter by its access role…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Enter Three' }).getByRole('textbox').press('Enter');
  await expect(page.getByText('Three lets you in')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your way in' })).toContainText('OrganizationAccountAccessRole');
});

test('an account is closed by keyboard alone: revoked first, followed to its end, its connection marked', async ({
  window: page,
}) => {
  test.setTimeout(90_000);
  await enterPractice(page);
  await openOrganizationWithUnits(page);
  await page.keyboard.press('Control+N');
  await connectAsSuggested(page);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await place(page, 'Organization').click();
  await treeRow(page, /^Practice production/).focus();
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Practice production')).toBeFocused();
  await choose(page, 'More', 'Close the account…');
  await expect(heading(page, 'Close Practice production')).toBeFocused();
  const close = page.getByRole('button', { name: 'Close this account…' });
  await expect(close).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'close-account');

  await page.getByRole('button', { name: 'Revoke 1 connection first…' }).focus();
  await page.keyboard.press('Enter');
  const many = page.getByRole('alertdialog', { name: 'Take back many' });
  await expect(many.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await many.getByRole('radio', { name: /^Close the trust/ }).focus();
  await page.keyboard.press('Space');
  await many.getByRole('button', { name: 'Close the trust of 1 role' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('They are being revoked.')).toBeVisible();
  await expect(close).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await close.focus();
  await page.keyboard.press('Enter');
  const asking = page.getByRole('alertdialog', { name: 'Close Practice production?' });
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await look(page, 'close-account-ask');
  await asking.getByRole('button', { name: 'Close the account' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'How it went' })).toContainText('AWS is asked to close it');
  await expect(page.getByText('The account is closed.')).toBeVisible({ timeout: 30_000 });
  await look(page, 'account-closed');

  await place(page, 'Connections').click();
  await expect(page.getByRole('row').nth(1)).toContainText('account closed');
  await takePictures(page, 'connections-closed-account');
});
