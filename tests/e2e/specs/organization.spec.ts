import type { Locator, Page } from 'playwright';
import { closePracticePanel, enterPractice, heading, place } from '../screens/places';
import { addressOf, goToAddress } from '../support/address';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: 'Units and accounts' });
const row = (page: Page, name: string | RegExp): Locator => tree(page).getByRole('row', { name });

async function choose(page: Page, within: Locator | Page, field: string, option: string | RegExp): Promise<void> {
  await within.getByRole('button', { name: new RegExp(`${field}$`) }).click();
  await page.getByRole('option', { name: option }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
}

async function makeOrganization(page: Page): Promise<void> {
  await place(page, 'Organization').click();
  await page.getByRole('button', { name: 'Make an organization…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Make an organization?' });
  await dialog.getByText('I know what this means').click();
  await dialog.getByRole('button', { name: 'Make the organization' }).click();
  await expect(tree(page)).toBeVisible();
}

async function makeUnit(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New unit' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Make the unit' }).click();
  await expect(dialog).toHaveCount(0);
}

/** The wish is on the page and checked: asks AWS for it. */
async function ask(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Ask AWS for this account…' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Ask AWS for “${name}”?` });
  await dialog.getByRole('button', { name: 'Ask AWS for this account' }).click();
  await heading(page, name).waitFor();
}

test('from no organization to an account of its own in a unit, with a restart in the middle, and moved', async ({
  launch,
}) => {
  test.setTimeout(180_000);
  const first = await launch();
  let { page } = first;
  await enterPractice(page);
  await place(page, 'Organization').click();
  await expect(heading(page, 'Organization')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Look at it as$/ })).toContainText('practice-management');
  await look(page, 'organization-none');
  await page.getByRole('button', { name: 'Make an organization…' }).click();
  const making = page.getByRole('alertdialog', { name: 'Make an organization?' });
  await expect(making.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(making.getByRole('button', { name: 'Make the organization' })).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'organization-make');
  await making.getByRole('button', { name: 'Cancel' }).click();
  await makeOrganization(page);
  await expect(row(page, /333344445555|management account/i)).toBeVisible();

  await page.getByRole('button', { name: 'New unit…' }).first().click();
  await makeUnit(page, 'Workloads');
  await expect(row(page, /^Workloads/)).toBeVisible();

  await page.getByRole('button', { name: 'New sub-account…' }).click();
  await expect(heading(page, 'New sub-account')).toBeFocused();
  const send = page.getByRole('button', { name: 'Ask AWS for this account…' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('textbox', { name: 'Name' }).fill('Python deploy');
  await expect(page.getByRole('textbox', { name: 'E-mail of its root user' })).toHaveValue(
    'root+python-deploy@example.com',
  );
  await choose(page, page, 'Unit', 'Root / Workloads');
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Check now' }).click();
  const checks = page.getByRole('list', { name: 'Can it be had?' });
  await expect(checks.getByRole('listitem').first()).toBeVisible();
  await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  await look(page, 'organization-new');
  await checks.getByRole('listitem').last().scrollIntoViewIfNeeded();
  await takePictures(page, 'organization-checked');
  // another wish is checked anew: the old answer does not stand for it
  await page.getByRole('textbox', { name: 'Name' }).fill('Python deploy é');
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('textbox', { name: 'Name' }).fill('Python deploy');
  await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  await send.click();
  const asking = page.getByRole('alertdialog', { name: 'Ask AWS for “Python deploy”?' });
  await look(page, 'organization-ask');
  await asking.getByRole('button', { name: 'Cancel' }).click();
  await ask(page, 'Python deploy');
  await expect(page.getByText('It goes on by itself.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'How it went' })).toContainText('AWS is asked for the account');
  await look(page, 'sub-account-making');

  // quitting in the middle loses nothing, and asks for nothing twice
  const address = await addressOf(page);
  await first.close();
  ({ page } = await launch());
  await heading(page, 'Sessions').waitFor();
  await goToAddress(page, address);
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible({ timeout: 60_000 });
  const went = page.getByRole('list', { name: 'How it went' });
  await expect(went).toContainText('The account is made');
  await expect(went).toContainText('It is in its unit');
  await expect(went).toContainText('Its access role lets in');
  await expect(page.getByRole('button', { name: 'Connect it' })).toBeVisible();
  await look(page, 'sub-account-ready');

  await page.getByRole('button', { name: 'Organization', exact: true }).last().click();
  await expect(heading(page, 'Organization')).toBeFocused();
  await expect(row(page, /^Python deploy/)).toHaveCount(1);
  await expect(row(page, /^Python deploy/)).toHaveAttribute('aria-level', '3');
  await expect(row(page, /^Workloads/)).toContainText('1 account');
  await look(page, 'organization-tree');
  await row(page, /^Python deploy/)
    .getByRole('button', { name: 'Move…' })
    .click();
  const moving = page.getByRole('dialog', { name: 'Move Python deploy' });
  await choose(page, moving, 'To', 'Root');
  await look(page, 'organization-move');
  await moving.getByRole('button', { name: 'Move the account' }).click();
  await expect(moving).toHaveCount(0);
  await expect(row(page, /^Python deploy/)).toHaveAttribute('aria-level', '2');

  await page.getByRole('searchbox', { name: 'Search the organization' }).fill('python-deploy@');
  await expect(row(page, /^Workloads/)).toHaveCount(0);
  await expect(row(page, /^Python deploy/)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the organization' }).fill('nobody at all');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(row(page, /^Workloads/)).toBeVisible();
});

test('an account that AWS does not make says why, and is asked for anew with what was filled in', async ({
  window,
}) => {
  test.setTimeout(120_000);
  await enterPractice(window);
  await window.getByRole('button', { name: 'Make trouble' }).click();
  await choose(
    window,
    window.getByRole('dialog', { name: 'Practice sandbox' }),
    'A new account',
    /email already exists/,
  );
  await closePracticePanel(window);
  await makeOrganization(window);
  await window.keyboard.press('Control+K');
  await window.keyboard.type('new sub');
  await window.keyboard.press('Enter');
  await expect(heading(window, 'New sub-account')).toBeFocused();
  await window.getByRole('textbox', { name: 'Name' }).fill('Zappa');
  await window.getByRole('button', { name: 'Check now' }).click();
  await ask(window, 'Zappa');
  await expect(window.getByText('Not made', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(window.getByRole('list', { name: 'How it went' })).toContainText('EMAIL_ALREADY_EXISTS');
  await look(window, 'sub-account-failed');
  await window.getByRole('button', { name: 'Correct it and ask anew…' }).click();
  await expect(window.getByRole('textbox', { name: 'Name' })).toHaveValue('Zappa');
  await expect(window.getByRole('textbox', { name: 'E-mail of its root user' })).toHaveValue('root+zappa@example.com');
  await place(window, 'Organization').click();
  await window.getByRole('button', { name: 'Take off the list…' }).click();
  await window
    .getByRole('alertdialog', { name: 'Take Zappa off the list?' })
    .getByRole('button', { name: 'Take it off the list' })
    .click();
  await expect(window.getByText('Zappa')).toHaveCount(0);
});

test('a member says who manages the organization, and the tree is used by keyboard alone', async ({ window }) => {
  test.setTimeout(120_000);
  await enterPractice(window);
  await window.getByRole('button', { name: 'Make trouble' }).click();
  const panel = window.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('tab', { name: 'Begin again' }).click();
  await panel.getByText('An organization with units', { exact: true }).click();
  await panel.getByRole('button', { name: 'Begin again with “An organization with units”…' }).click();
  await window
    .getByRole('alertdialog', { name: 'Reset the practice sandbox' })
    .getByRole('button', { name: 'Reset the sandbox' })
    .click();
  await expect(panel).toHaveCount(0);

  await window.keyboard.press('Control+4');
  await expect(heading(window, 'Organization')).toBeFocused();
  await choose(window, window, 'Look at it as', /practice-owner/);
  await expect(window.getByRole('heading', { name: 'This account is a member' })).toBeVisible();
  await look(window, 'organization-member');
  await window.getByRole('button', { name: 'Look as practice-management' }).click();

  await expect(row(window, /^Production/)).toHaveAttribute('aria-level', '3');
  await row(window, /^Root/).focus();
  await window.keyboard.press('ArrowDown');
  const workloads = row(window, /^Workloads/);
  await expect(workloads).toBeFocused();
  await window.keyboard.press('ArrowLeft');
  await expect(workloads).toHaveAttribute('aria-expanded', 'false');
  await expect(row(window, /^Production/)).toHaveCount(0);
  await window.keyboard.press('ArrowRight');
  await expect(row(window, /^Production/)).toBeVisible();
  await look(window, 'organization-units');
});
