import { expect } from 'playwright/test';
import type { Locator, Page } from 'playwright';
import { FirstRunScreen } from './first-run-screen';
import { WizardScreen } from './wizard-screen';

/** A place of the sidebar. */
export function place(
  page: Page,
  name:
    'Sessions' | 'Connections' | 'Reviews' | 'Organization' | 'Identities' | 'Revocations' | 'Activity' | 'Settings',
): Locator {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: new RegExp(`^${name}`) });
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** From the first run to the empty list of sessions in the practice sandbox. */
export async function enterPractice(page: Page): Promise<void> {
  await new FirstRunScreen(page).practice.click();
  await heading(page, 'Sessions').waitFor();
}

/** From the first run to a connection with an open session, with what is suggested everywhere. */
export async function connectInPractice(page: Page): Promise<void> {
  await enterPractice(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await connectAsSuggested(page);
}

/** In the wizard, from its first step to the end, with what is suggested everywhere. */
export async function connectAsSuggested(page: Page): Promise<void> {
  const wizard = new WizardScreen(page);
  await wizard.goToReview();
  await wizard.createAutomatically();
  await wizard.test();
  await wizard.finish.click();
  await wizard.heading(/^Connected to/).waitFor();
}

/** Closes the practice panel by keyboard. With the pointer out of the way: Esc takes a tooltip away first. */
export async function closePracticePanel(page: Page): Promise<void> {
  await page.mouse.move(2, 400);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Practice sandbox' })).toHaveCount(0);
}

/** From the settings of the AWS workspace: a profile of `~/.aws` becomes a source identity. */
export async function addProfile(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^A profile of your AWS files/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a profile' });
  await dialog.getByRole('button', { name: /Profile$/ }).click();
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Add the profile' }).click();
  await dialog.waitFor({ state: 'detached' });
}
