import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import { heading, place } from './places';

/** The organization of the sandbox, with units and accounts, seen by its management account. */
export async function openOrganizationWithUnits(page: Page): Promise<void> {
  await choosePracticeScenario(page, 'An organization with units');
  await place(page, 'Organization').click();
  await expect(heading(page, 'Organization')).toBeFocused();
}

/** Begins the practice again with another scenario, by its title. */
export async function choosePracticeScenario(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Make trouble' }).click();
  const panel = page.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('tab', { name: 'Begin again' }).click();
  await panel.getByText(title, { exact: true }).click();
  await panel.getByRole('button', { name: `Begin again with “${title}”…` }).click();
  await page
    .getByRole('alertdialog', { name: 'Reset the practice sandbox' })
    .getByRole('button', { name: 'Reset the sandbox' })
    .click();
  await expect(panel).toHaveCount(0);
}

/** A row of the tree, by the begin of its name. */
export function treeRow(page: Page, name: string | RegExp): Locator {
  return page.getByRole('treegrid', { name: 'Units and accounts' }).getByRole('row', { name });
}
