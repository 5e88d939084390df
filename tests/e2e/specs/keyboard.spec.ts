import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { recipes } from '../../../core/recipes/catalog';
import { deploymentService } from '../../../core/recipes/deployment-service';
import type { Recipe, RecipeParameter } from '../../../core/recipes/recipe';
import { zappa } from '../../../core/recipes/zappa';
import { heading } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, test as base } from '../support/fixture';

/** No mouse in this file: a press of one is an error in the page's console, and so a failure. */
const test = base.extend({
  window: async ({ window }, use) => {
    await window.evaluate(() => {
      for (const kind of ['pointerdown', 'mousedown', 'touchstart']) {
        document.addEventListener(kind, () => console.error(`a test of the keyboard used ${kind}`), true);
      }
    });
    await use(window);
  },
});

/** Tab, until it has the focus; fails when Tab does not lead there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let press = 0; press < 60; press += 1) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(target)}`);
}

async function holdsFocus(dialog: Locator): Promise<void> {
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
}

/** What stands in a row of a table: Tab leads to the row, the arrows into it. */
async function goIntoRow(page: Page, row: Locator, target: Locator): Promise<void> {
  await tabTo(page, row);
  for (let turn = 0; turn < 12; turn += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`The arrows do not lead to ${String(target)}`);
}

async function press(page: Page, name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  const button = page.getByRole('button', { name, exact: typeof name === 'string' });
  await tabTo(page, button);
  await page.keyboard.press(key);
}

async function enterPracticeByKey(page: Page): Promise<void> {
  await heading(page, 'Where do you want to start?').waitFor();
  await page.keyboard.press('1');
  await expect(heading(page, 'Sessions')).toBeFocused();
}

/** Goes to a recipe in the list of them; those that AWS ended are shown first. */
async function chooseByKey(page: Page, { legacy, title }: Recipe): Promise<void> {
  if (legacy !== undefined) await press(page, 'Show what AWS ended');
  const option = page.getByRole('option', { name: title });
  await tabTo(page, page.getByRole('listbox', { name: 'Recipes' }), legacy === undefined ? 'Tab' : 'Shift+Tab');
  for (let turn = 0; turn < recipes.length; turn += 1) {
    if (await option.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Space');
  await expect(option).toHaveAttribute('aria-selected', 'true');
}

/** Answers that make more than what is suggested. */
const fullAnswers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'cross-account-codedeploy': { bucketSide: 'trusted', rights: 'full' },
  zappa: { makeUser: 'yes' },
  'service-roles': { provisioning: 'power' },
  'read-only-audit': { depth: 'both' },
  identities: { makePerson: 'yes' },
};

async function answerByKey(page: Page, parameter: RecipeParameter, answer: string): Promise<void> {
  if (parameter.kind === 'toggle') {
    const toggle = page.getByRole('checkbox', { name: new RegExp(`^${parameter.label}`) });
    await tabTo(page, toggle);
    await page.keyboard.press('Space');
    await expect(toggle).toBeChecked({ checked: answer === 'yes' });
  } else if (parameter.kind === 'choice') {
    const group = page.getByRole('radiogroup', { name: parameter.label });
    const wanted = group.getByRole('radio').nth(parameter.options.findIndex(({ value }) => value === answer));
    await tabTo(page, group);
    for (let turn = 0; turn < parameter.options.length && !(await wanted.isChecked()); turn += 1)
      await page.keyboard.press('ArrowDown');
    await expect(wanted).toBeChecked();
  }
}

/** What only a recipe that may be changed asks: texts of several lines, which Tab leaves, and a trust policy by hand. */
async function customizeByKey(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('radiogroup', { name: 'Trust policy' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('textbox', { name: 'Trust policy in JSON' })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox', { name: 'Trust policy in JSON' })).toHaveCount(0);
  for (const [label, text] of [
    ['AWS services that may enter', 'lambda.amazonaws.com'],
    ['Managed policies', 'job-function/ViewOnlyAccess'],
  ] as const) {
    await tabTo(page, page.getByRole('textbox', { name: label }));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  }
  const onlyThisAccount = page.getByRole('checkbox', { name: /^Only when they act for the target account/ });
  await tabTo(page, onlyThisAccount);
  const before = await onlyThisAccount.isChecked();
  await page.keyboard.press('Space');
  await expect(onlyThisAccount).toBeChecked({ checked: !before });
}

async function connectByKey(page: Page, recipe: Recipe = deploymentService): Promise<void> {
  const wizard = new WizardScreen(page);
  await page.keyboard.press('Control+N');
  await expect(wizard.heading('What should they be able to do?')).toBeFocused();
  await chooseByKey(page, recipe);
  await press(page, 'Continue');
  await expect(wizard.heading('Which account do they enter?')).toBeFocused();
  await tabTo(page, wizard.field('Name'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('By keyboard');
  // Enter in a field goes on
  await page.keyboard.press('Enter');
  await expect(wizard.heading('How should the role be?')).toBeFocused();
  await tabTo(page, wizard.field('Role name'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('ByKeyboard');
  for (const parameter of recipe.parameters ?? []) {
    const answer = fullAnswers[recipe.id]?.[parameter.id];
    if (answer !== undefined) await answerByKey(page, parameter, answer);
  }
  if (recipe.customizable) await customizeByKey(page);
  await press(page, 'Continue');
  await expect(wizard.heading('Review what will be created')).toBeFocused();
  await press(page, 'Back');
  await expect(wizard.heading('How should the role be?')).toBeFocused();
  await expect(wizard.field('Role name')).toHaveValue('ByKeyboard');
  await press(page, 'Continue', 'Space');
  await expect(wizard.heading('Review what will be created')).toBeFocused();
  await press(page, 'Accept and create');
  await expect(wizard.heading('Create the role')).toBeFocused();
  await press(page, 'Create the role');
  await press(page, 'Test the connection');
  await expect(wizard.heading('Paste the role and test')).toBeFocused();
  await press(page, 'Test connection');
  await expect(wizard.finish).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await press(page, 'Finish');
  await expect(heading(page, 'Connected to By keyboard')).toBeFocused();
}

for (const recipe of recipes) {
  if (recipe === deploymentService) continue; // the main job below
  if (recipe.checklist === undefined) {
    test(`${recipe.title} by keyboard only, from the recipe to an open session`, async ({ window }) => {
      await enterPracticeByKey(window);
      await connectByKey(window, recipe);
      await expect(window.getByText('Session open')).toBeVisible();
    });
    continue;
  }
  test(`${recipe.title} by keyboard only: its entries are ticked off and on`, async ({ window }) => {
    await enterPracticeByKey(window);
    await window.keyboard.press('Control+N');
    await chooseByKey(window, recipe);
    for (const { title } of recipe.checklist ?? []) {
      const entry = window.getByRole('checkbox', { name: new RegExp(`^${title}`) });
      await tabTo(window, entry);
      await window.keyboard.press('Space');
      await expect(entry).toBeChecked();
    }
    const count = String(recipe.checklist?.length);
    await expect(window.getByRole('progressbar', { name: `${count} of ${count} done` })).toBeVisible();
    await window.keyboard.press('Space');
    await expect(window.getByRole('checkbox', { checked: false })).toHaveCount(1);
    await expect(new WizardScreen(window).continue).toHaveAttribute('aria-disabled', 'true');
  });
}

test('what a recipe made is undone from its receipt by keyboard only', async ({ window }) => {
  await enterPracticeByKey(window);
  await connectByKey(window, zappa);
  await press(window, 'Undo everything…');
  const question = window.getByRole('alertdialog', { name: 'Undo everything' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await press(window, 'Undo everything…');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await tabTo(window, question.getByRole('button', { name: 'Undo everything' }));
  await window.keyboard.press('Enter');
  await expect(question).toHaveCount(0, { timeout: 20_000 });
  await expect(window.getByText('Revoked').first()).toBeVisible();
  await expect(heading(window, 'By keyboard')).toBeFocused();
});

test('the main job by keyboard only, from the first run to the proof', async ({ sallyport, window }) => {
  test.setTimeout(180_000);
  await expect(window.getByRole('button', { name: /^Practice in the sandbox/ })).toBeFocused();
  await enterPracticeByKey(window);
  await connectByKey(window);
  await press(window, 'Done');
  await expect(heading(window, 'Sessions')).toBeFocused();

  const row = window.getByRole('row', { name: /By keyboard/ });
  await goIntoRow(window, row, row.getByRole('button', { name: 'Copy environment' }));
  await window.keyboard.press('Enter');
  await expect
    .poll(() => sallyport.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('AWS_SESSION_TOKEN');
  const more = row.getByRole('button', { name: 'More for By keyboard' });
  await goIntoRow(window, row, more);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('menuitem').first()).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await window.keyboard.press('Enter');
  await window.keyboard.press('End');
  await window.keyboard.press('ArrowUp');
  await expect(window.getByRole('menuitem', { name: 'Open connection' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(heading(window, 'By keyboard')).toBeFocused();

  const revoke = window.getByRole('button', { name: 'Revoke…' });
  await tabTo(window, revoke);
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('alertdialog', { name: /^Revoke/ });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(revoke).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  // another way and back, by arrows
  await tabTo(window, dialog.getByRole('radio', { name: /^Step by step/ }), 'Shift+Tab');
  await window.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: /^Delete the role/ })).toBeChecked();
  await window.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: /^Quarantine/ })).toBeChecked();
  await window.keyboard.press('ArrowDown');
  await tabTo(window, dialog.getByRole('button', { name: 'Delete the role' }));
  await window.keyboard.press('Enter');
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 40_000 });
  await expect(window.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the owner is asked by keyboard only, for a way that is folded', async ({ window }) => {
  test.setTimeout(120_000);
  await enterPracticeByKey(window);
  await connectByKey(window);
  await press(window, 'Done');
  await window.keyboard.press('Control+2');
  const row = window.getByRole('row', { name: /By keyboard/ });
  await tabTo(window, row);
  await window.keyboard.press('Enter');
  await expect(heading(window, 'By keyboard')).toBeFocused();
  await press(window, 'Revoke…');
  const dialog = window.getByRole('alertdialog', { name: /^Revoke/ });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await press(window, 'More ways', 'Space');
  // nothing of them is chosen: Tab leads to the first, Space chooses it
  await window.keyboard.press('Tab');
  await window.keyboard.press('Space');
  await expect(dialog.getByRole('radio', { name: /^Deny everything/ })).toBeChecked();
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(1);
  await press(window, 'Make a script for the owner instead');
  // the same button is the way back, and keeps the focus
  await expect(dialog.getByRole('button', { name: 'Do it from here instead' })).toBeFocused();
  await press(window, 'Ask the owner');
  await expect(window.getByText('The owner must act')).toBeVisible();
  await expect(window.getByRole('heading', { level: 1 })).toBeFocused();
  await press(window, 'Withdraw the request…');
  const question = window.getByRole('alertdialog', { name: /^Stop asking/ });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Withdrawn', { exact: true })).toBeVisible();
});

test('a session is handed on by keyboard only: a profile is written, the endpoint switched on', async ({
  home,
  window,
}) => {
  await enterPracticeByKey(window);
  await connectByKey(window);
  await press(window, 'Done');
  const row = window.getByRole('row', { name: /By keyboard/ });
  const more = row.getByRole('button', { name: 'More for By keyboard' });
  await goIntoRow(window, row, more);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('menuitem', { name: 'Hand off…' })).toBeFocused();
  await window.keyboard.press('Enter');
  const panel = window.getByRole('dialog', { name: 'Hand off By keyboard' });
  await holdsFocus(panel);
  await press(window, 'Write a profile');
  await expect(panel.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await window.keyboard.press('Control+A');
  await window.keyboard.type('by-keyboard-only');
  await expect(panel.getByLabel('The lines as they will be written')).toContainText('[profile by-keyboard-only]');
  await press(window, 'Write it');
  await expect(panel.getByText(/^In .*config, /)).toBeVisible();
  expect(readFileSync(join(home, '.aws', 'config'), 'utf8')).toContain('[profile by-keyboard-only]');
  await holdsFocus(panel);
  await press(window, 'Switch on', 'Space');
  await expect(panel.getByText(/^On, port \d+$/)).toBeVisible();
  await holdsFocus(panel);
  await press(window, 'Switch off');
  await expect(panel.getByText(/^On, port \d+$/)).toHaveCount(0);
  await window.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(more).toBeFocused();
});

test('every dialog gives the focus back to what opened it, and Esc closes it', async ({ window }) => {
  test.setTimeout(120_000);
  await enterPracticeByKey(window);
  await connectByKey(window);
  await press(window, 'Done');
  const opens = async (opener: Locator, dialog: Locator) => {
    await tabTo(window, opener);
    await window.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await holdsFocus(dialog);
    // Tab stays within it
    for (let turn = 0; turn < 12; turn += 1) await window.keyboard.press('Tab');
    await holdsFocus(dialog);
    // and so do the window's own keys
    await window.keyboard.press('Control+N');
    await window.keyboard.press('F6');
    await holdsFocus(dialog);
    await window.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
  };
  await opens(
    window.getByRole('button', { name: 'Start a session' }),
    window.getByRole('dialog', { name: 'Start a session' }),
  );
  await opens(
    window.getByRole('button', { name: 'End all…' }),
    window.getByRole('alertdialog', { name: 'End all sessions' }),
  );
  await window.keyboard.press('Control+,');
  await expect(heading(window, 'Settings')).toBeFocused();
  await opens(
    window.getByRole('button', { name: 'Begin again…' }),
    window.getByRole('dialog', { name: 'Practice sandbox' }),
  );
  const row = window.getByRole('row', { name: /By keyboard/ });
  const more = row.getByRole('button', { name: 'More for By keyboard' });
  await window.keyboard.press('Control+1');
  await expect(heading(window, 'Sessions')).toBeFocused();
  await goIntoRow(window, row, more);
  await window.keyboard.press('Enter');
  await window.keyboard.press('End');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('alertdialog', { name: /^End the session/ })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

test('F6 goes from region to region, and the command list to any place', async ({ window }) => {
  await enterPracticeByKey(window);
  const region = () =>
    window.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null);
  expect(await region()).toBe('sheet');
  const seen: (string | null)[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await window.keyboard.press('F6');
    seen.push(await region());
  }
  expect(seen).toEqual(['title-bar', 'sidebar', 'sheet']);
  await window.keyboard.press('Shift+F6');
  expect(await region()).toBe('sidebar');
  // the place that is open takes the focus, not the first button
  await expect(window.getByRole('button', { name: /^Sessions/ })).toBeFocused();

  const list = window.getByRole('dialog', { name: 'Search or run a command' });
  await window.keyboard.press('Control+K');
  await expect(list.getByRole('combobox')).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(window.getByRole('button', { name: /^Sessions/ })).toBeFocused();
  await window.keyboard.press('Control+K');
  await window.keyboard.type('revoc');
  await expect(list.getByRole('option').first()).toHaveText(/^Revocations/);
  await window.keyboard.press('Enter');
  await expect(heading(window, 'Revocations')).toBeFocused();
  await expect(list).toHaveCount(0);
  await window.keyboard.press('Control+K');
  await window.keyboard.type('nothing of this name');
  await expect(list.getByText('Nothing here has that name.')).toBeVisible();
  await window.keyboard.press('Escape');
  await window.keyboard.press('Escape');
  await expect(list).toHaveCount(0);

  await window.keyboard.press('Control+N');
  await expect(heading(window, 'What should they be able to do?')).toBeFocused();
  await window.keyboard.press('F6');
  await window.keyboard.press('F6');
  expect([await region()]).toEqual(['title-bar']);
  const names = ['Sessions', 'Connections', 'Reviews', 'Organization', 'Identities', 'Revocations', 'Activity'];
  for (const [index, name] of names.entries()) {
    await window.keyboard.press(`Control+${String(index + 1)}`);
    await expect(heading(window, name)).toBeFocused();
  }
});
