import type { Page } from 'playwright';
import { closePracticePanel, connectInPractice, enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const panelOf = (window: Page) => window.getByRole('dialog', { name: 'Practice sandbox' });

async function choose(window: Page, control: string, level: string): Promise<void> {
  await panelOf(window)
    .getByRole('button', { name: new RegExp(`${control}$`) })
    .click();
  await window.getByRole('option', { name: level, exact: true }).click();
  await expect(window.getByRole('listbox')).toHaveCount(0);
}

test('trouble is made over any page, told on every screen, and put right again', async ({ window }) => {
  await connectInPractice(window);
  await window.keyboard.press('Control+1');
  await heading(window, 'Sessions').waitFor();
  await window.getByRole('button', { name: 'Make trouble' }).click();
  const panel = panelOf(window);
  await expect(panel.getByText('All is well in the sandbox.')).toBeVisible();
  await choose(window, 'Throttling', 'Every request');
  await expect(panel.getByText('Now: throttling.')).toBeVisible();
  await choose(window, 'The organization', 'Denies sts:AssumeRole');
  await expect(panel.getByText('Now: throttling, denied by SCP.')).toBeVisible();
  await takePictures(window, 'practice-trouble');
  await inBothThemes(window, () => expectAccessible(window));
  await closePracticePanel(window);
  await expect(window.getByRole('button', { name: 'Trouble: throttling and 1 more' })).toBeVisible();

  await window.getByRole('button', { name: 'Start a session' }).click();
  const dialog = window.getByRole('dialog', { name: 'Start a session' });
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog.getByText('AWS is being asked too often at the moment.')).toBeVisible({ timeout: 15_000 });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // the dialog gives the focus back before another one may remember where it was
  await expect(window.getByRole('button', { name: 'Start a session' })).toBeFocused();

  await window.getByRole('button', { name: /^Trouble:/ }).click();
  await panel.getByRole('button', { name: 'All well again' }).click();
  await expect(panel.getByText('All is well in the sandbox.')).toBeVisible();
  await closePracticePanel(window);
  await expect(window.getByRole('button', { name: 'Make trouble' })).toBeFocused();
  await window.getByRole('button', { name: 'Start a session' }).click();
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);
});

test('a keychain that is pretended to be locked is told, and is there again', async ({ window }) => {
  await connectInPractice(window);
  await window.keyboard.press('Control+1');
  await heading(window, 'Sessions').waitFor();
  await window.getByRole('button', { name: 'Make trouble' }).click();
  await choose(window, 'keychain', 'Is locked');
  await expect(panelOf(window).getByText('Now: keychain locked.')).toBeVisible();
  await closePracticePanel(window);
  await window.getByRole('button', { name: 'Start a session' }).click();
  const dialog = window.getByRole('dialog', { name: 'Start a session' });
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog.getByText('The keychain of this computer is locked')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await window.getByRole('button', { name: /^Trouble:/ }).click();
  await panelOf(window).getByRole('button', { name: 'All well again' }).click();
  await expect(panelOf(window).getByText('All is well in the sandbox.')).toBeVisible();
  await closePracticePanel(window);
  await window.getByRole('button', { name: 'Start a session' }).click();
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);
});

test('a deployer made anew has a key of its own, and whoever trusts the account goes on', async ({ window }) => {
  await connectInPractice(window);
  await window.keyboard.press('Control+1');
  await heading(window, 'Sessions').waitFor();
  await window.getByRole('button', { name: 'Make trouble' }).click();
  await panelOf(window).getByRole('button', { name: 'Delete and recreate the deployer' }).click();
  await expect(window.getByText('The deployer is another user now')).toBeVisible();
  await closePracticePanel(window);
  await window.getByRole('button', { name: 'Start a session' }).click();
  const dialog = window.getByRole('dialog', { name: 'Start a session' });
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(window.getByText('2 live')).toBeVisible();
});

test('practice begins again with another scenario, after its losses were named', async ({ launch }) => {
  const first = await launch();
  const window = first.page;
  await connectInPractice(window);
  await window.keyboard.press('Control+1');
  await heading(window, 'Sessions').waitFor();
  await place(window, 'Settings').click();
  await window.getByRole('button', { name: 'Begin again…' }).click();
  const panel = panelOf(window);
  await panel.getByText('A deleted principal', { exact: true }).click();
  await takePictures(window, 'practice-begin');
  await inBothThemes(window, () => expectAccessible(window));
  await panel.getByRole('button', { name: 'Begin again with “A deleted principal”…' }).click();
  const question = window.getByRole('alertdialog', { name: 'Reset the practice sandbox' });
  await expect(question.getByText('1 connection of the sandbox')).toBeVisible();
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Reset the sandbox' }).click();
  await expect(window.getByText('The sandbox begins again')).toBeVisible();
  await expect(panel).toHaveCount(0);
  await place(window, 'Connections').click();
  await expect(window.getByText('1 connection')).toHaveCount(0);
  await first.close();

  const { page } = await launch();
  await heading(page, 'Sessions').waitFor();
  await place(page, 'Settings').click();
  await page.getByRole('button', { name: 'Begin again…' }).click();
  await expect(panelOf(page).getByText('A deleted principal (as now)')).toBeVisible();
});

test('slow propagation from a scenario is waited out by the test of a connection', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Make trouble' }).click();
  await choose(window, 'Changes spread', 'After 5 s');
  await expect(panelOf(window).getByText('Now: slow propagation.')).toBeVisible();
  await closePracticePanel(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createAutomatically();
  await wizard.test();
  await expect(wizard.finish).toBeVisible({ timeout: 30_000 });
  await expect(window.getByText(/spread/).first()).toBeVisible();
});
