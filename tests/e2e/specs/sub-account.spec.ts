import type { Page } from 'playwright';
import { closePracticePanel, enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { addressOf, goToAddress } from '../support/address';
import type { AppProcess } from '../support/app-process';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

/** To the account step of a wizard, by its suggested recipe. */
async function toAccountStep(page: Page): Promise<void> {
  await page.keyboard.press('Control+N');
  const wizard = new WizardScreen(page);
  await wizard.heading('What should they be able to do?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
}

/** By keyboard: pressing a key on a control gives it the focus first. */
async function makeOrganization(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make an organization…' }).press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Make an organization?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('checkbox', { name: /^I know what this means/ }).press('Space');
  await dialog.getByRole('button', { name: 'Make the organization' }).press('Enter');
  await expect(dialog).toHaveCount(0);
}

/** The new account is wished for, checked and asked for; by keyboard from the choice on. */
async function askByKeyboard(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
  await page.keyboard.type('Python deploy');
  await expect(page.getByRole('textbox', { name: 'E-mail of its root user' })).toHaveValue(
    'root+python-deploy@example.com',
  );
  await page.getByRole('button', { name: 'Check now' }).focus();
  await page.keyboard.press('Enter');
  const ask = page.getByRole('button', { name: 'Ask AWS for this account…' });
  await expect(ask).not.toHaveAttribute('aria-disabled', 'true');
  await ask.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Ask AWS for “Python deploy”?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Ask AWS for this account' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

const journal = (page: Page) => page.getByRole('list', { name: 'Everything that is done' });

/** From the account that is there to the button that does the rest. */
async function toTheRest(page: Page): Promise<void> {
  const wizard = new WizardScreen(page);
  await expect(wizard.continue).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await page.getByRole('button', { name: 'Accept and create' }).click();
  await wizard.heading('Create and test').waitFor();
}

/** As a crash, a power cut or a task manager ends it: nothing is said to it before. */
async function kill({ app }: AppProcess): Promise<void> {
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await ended;
}

test('from no organization to a tested connection in an account of its own', async ({ window: page }) => {
  test.setTimeout(120_000);
  await enterPractice(page);
  await toAccountStep(page);
  await look(page, 'wizard-account-existing');
  // the choice, by keyboard: it keeps the focus
  await page.getByRole('radio', { name: /^An account that exists/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: /^A new dedicated sub-account/ })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  await look(page, 'wizard-account-none');
  await makeOrganization(page);
  await expect(page.getByRole('button', { name: 'New unit…' })).toBeVisible();
  await look(page, 'wizard-account-new');
  await askByKeyboard(page);
  await expect(page.getByRole('list', { name: 'How it went' })).toContainText('AWS is asked for the account');
  await look(page, 'wizard-account-making');
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible({ timeout: 30_000 });
  await look(page, 'wizard-account-there');
  await toTheRest(page);
  await page.getByText('Protect this role').first().click();
  await page.getByText('Deny leaving the organization').first().click();
  await look(page, 'wizard-by-itself');
  await page.getByRole('button', { name: 'Create and test', exact: true }).click();
  await heading(page, 'Connected to Python deploy').waitFor({ timeout: 60_000 });
  await look(page, 'wizard-by-itself-finish');

  // another connection into the same account begins at its page
  await page.getByRole('button', { name: 'Done' }).click();
  await place(page, 'Organization').click();
  await page
    .getByRole('treegrid', { name: 'Units and accounts' })
    .getByRole('row', { name: /^Python deploy/ })
    .click();
  await page.getByRole('button', { name: 'Connect it' }).click();
  await new WizardScreen(page).continue.click();
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^A new dedicated sub-account/ })).toBeChecked();

  // and an account that was asked for is not asked for twice
  await toAccountStep(page);
  await page.getByText('A new dedicated sub-account').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Python deploy');
  await page.getByRole('button', { name: 'Connect that one' }).click();
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible();
});

test('the app is killed three times on the way, and there is one account, one role and one connection', async ({
  launch,
}) => {
  test.setTimeout(120_000);
  let running = await launch();
  const startAgain = async (address: string): Promise<Page> => {
    await kill(running);
    running = await launch();
    await heading(running.page, 'Sessions').waitFor();
    await goToAddress(running.page, address);
    return running.page;
  };
  let { page } = running;
  await enterPractice(page);
  await page.getByRole('button', { name: 'Make trouble' }).click();
  await page
    .getByRole('dialog', { name: 'Practice sandbox' })
    .getByRole('button', { name: /Changes spread$/ })
    .click();
  await page.getByRole('option', { name: 'After 12 s' }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(page.getByText('Now: slow propagation.')).toBeVisible();
  await closePracticePanel(page);
  await toAccountStep(page);
  await page.getByText('A new dedicated sub-account').click();
  await makeOrganization(page);
  await askByKeyboard(page);
  const address = await addressOf(page);
  await expect(page.getByRole('list', { name: 'How it went' })).toContainText('AWS is at it');
  // a second later the sandbox has written down what it was asked: of AWS no kill takes that away
  await expect(page.getByText(/^0:0[1-9]$/)).toBeVisible();
  page = await startAgain(address);

  await expect(page.getByRole('heading', { name: 'How it went' })).toBeVisible();
  await toTheRest(page);
  await page.getByRole('button', { name: 'Create and test', exact: true }).click();
  // its access role does not let in before changes have spread
  const row = (name: string) =>
    journal(page)
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${name}`) });
  await expect(row('Enter the account')).toHaveAttribute('data-state', 'running');
  await look(page, 'wizard-by-itself-entering');
  page = await startAgain(address.replace(/account$/, 'create'));

  await expect(row('Test the connection')).toHaveAttribute('data-state', 'running', { timeout: 40_000 });
  await expect(row('Role DeploymentService')).toHaveAttribute('data-state', 'passed');
  await look(page, 'wizard-by-itself-testing');
  page = await startAgain(address.replace(/account$/, 'create'));

  await heading(page, 'Connected to Python deploy').waitFor({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Done' }).click();
  await place(page, 'Connections').click();
  await expect(page.getByText('Python deploy', { exact: true })).toHaveCount(1);
  await place(page, 'Organization').click();
  const tree = page.getByRole('treegrid', { name: 'Units and accounts' });
  await expect(tree.getByRole('row', { name: /^Python deploy/ })).toHaveCount(1);
});
