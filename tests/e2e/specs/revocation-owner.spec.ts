import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright';
import { heading, place } from '../screens/places';
import { RevocationScreen } from '../screens/revocation-screen';
import { watchCopies, willSave } from '../support/dialogs';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import { startAgainWith } from '../support/sent-files';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

test('where nobody here may, the owner is asked: files and steps are handed over, and AWS says when it is done', async ({
  home,
  sallyport,
  window,
}) => {
  test.setTimeout(180_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await screen.choose('Close the trust');
  await screen.button('Make a script for the owner instead').click();
  // there is a way back, and nothing is asked with the old credential from here
  await expect(screen.button('Do it from here instead')).toBeVisible();
  await expect(screen.dialog.getByRole('checkbox')).toHaveCount(0);
  await look(window, 'revoke-ask-owner');
  await screen.button('Ask the owner').click();
  await expect(window.getByText('The owner must act')).toBeVisible();
  await expect(window.getByText('New sessions can be opened, as before.')).toBeVisible();
  await look(window, 'revocation-asked');

  const saved = await willSave(sallyport.app, home);
  const papers = window.getByRole('list', { name: 'What can be handed to the owner' });
  for (const name of ['Save the request…', 'Save the page…', 'Save for bash…', 'Save for PowerShell…']) {
    const before = (await saved()).length;
    await papers.getByRole('button', { name }).click();
    await expect.poll(async () => (await saved()).length).toBe(before + 1);
    await expect(papers.getByRole('button', { name })).toBeVisible();
  }
  await expect(window.getByText('Saved. Send it to the owner of the account').first()).toBeVisible();
  const files = await saved();
  expect(new Set(files.map((path) => basename(path))).size).toBe(4);
  for (const path of files) expect(readFileSync(path, 'utf8')).toContain('DeploymentService');

  const copies = await watchCopies(sallyport.app);
  const clicks = window.getByRole('list', { name: 'Steps in the AWS console' });
  await clicks.getByRole('button', { name: 'Copy trust policy' }).click();
  await expect.poll(copies).toContainEqual(expect.stringContaining('ClosedBySallyport'));

  // the door is open still, and that is what AWS says
  await window.getByRole('button', { name: 'Ask AWS now' }).click();
  await expect(window.getByText('Still let in').first()).toBeVisible({ timeout: 30_000 });
  await expect(window.getByText('The owner must act')).toBeVisible();
  await look(window, 'revocation-asked-open');
  // it asks for a moment only: what is done later is asked for again
  const ask = window.getByRole('button', { name: 'Ask AWS now' });
  await expect(ask).toBeVisible({ timeout: 30_000 });

  // the owner does it, on their side
  await screen.open('Practice production');
  await screen.choose('Close the trust');
  await screen.doneBy(/^practice-owner/);
  await screen.button('Close the trust').click();
  await expect(window.getByText('Outer door shut, proved')).toBeVisible({ timeout: 60_000 });

  await place(window, 'Revocations').click();
  await window.getByRole('row').filter({ hasText: 'The owner must act' }).click();
  await heading(window, 'Practice production').waitFor();
  await ask.click();
  await expect(window.getByText('Outer door shut, proved')).toBeVisible({ timeout: 60_000 });
  await expect(window.getByText(/When the owner closed it was not seen/)).toBeVisible();
  await expect(ask).toHaveCount(0);
  await look(window, 'revocation-asked-proved');
});

test('the owner opens the request that they were sent, and takes back a role that is no connection of theirs', async ({
  home,
  sallyport,
  window,
}) => {
  test.setTimeout(180_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await screen.choose('Quarantine');
  await screen.doneBy(/^Nobody here/);
  await screen.button('Ask the owner').click();
  const saved = await willSave(sallyport.app, home);
  await window.getByRole('button', { name: 'Save the request…' }).click();
  await expect.poll(saved).toHaveLength(1);
  const [path = ''] = await saved();
  expect(path).toMatch(/\.sallyport-revocation\.json$/);
  await expect(window.getByText('Saved. Send it to the owner of the account')).toBeVisible();
  // here nothing is left of the role, as with an owner who never had a connection to it
  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await window.getByRole('button', { name: 'More', exact: true }).click();
  await window.getByRole('menuitem', { name: /^Forget this connection/ }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Forget it' }).click();
  await heading(window, 'Connections').waitFor();

  await startAgainWith(sallyport.app, path);
  await heading(window, 'Open a request to revoke').waitFor();
  await expect(window.getByRole('heading', { name: /asks you to revoke DeploymentService$/ })).toBeVisible();
  await expect(window.getByText('They did not say')).toBeVisible();
  await look(window, 'revocation-request');
  await window.getByRole('button', { name: 'Look at what it would do…' }).click();
  await expect(screen.dialog.getByRole('radio', { name: /^Quarantine/ })).toBeChecked();
  await expect(screen.button('Cancel')).toBeFocused();
  await expect(screen.dialog.getByText(/at the latest/)).toBeVisible();
  await expect(
    screen.dialog.getByText('Nobody here comes in by this role, so AWS cannot be asked for proof.'),
  ).toBeVisible();
  await expect(screen.dialog.getByRole('checkbox')).toHaveCount(0);
  await look(window, 'revocation-request-dialog');
  await screen.button('Quarantine').click();
  await heading(window, 'DeploymentService').waitFor();
  await expect(window.getByText('Closed the trust of DeploymentService')).toBeVisible();
  await expect(window.getByText('Put policy AWSRevokeOlderSessions')).toBeVisible();
  // nobody here assumes the role, so nobody can be asked: that is said, and no proof is claimed
  await expect(window.getByText('Nobody could be asked', { exact: true })).toBeVisible();
  await look(window, 'revocation-request-done');
});

test('a request to the owner is withdrawn, and nothing was changed', async ({ window }) => {
  test.setTimeout(120_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await screen.doneBy(/^Nobody here/);
  await screen.button('Ask the owner').click();
  await window.getByRole('button', { name: 'Withdraw the request…' }).click();
  const question = window.getByRole('alertdialog', { name: /^Stop asking/ });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Withdraw it' }).click();
  await expect(window.getByText('Withdrawn', { exact: true })).toBeVisible();
  await expect(window.getByText('The request was withdrawn. Nothing was changed.')).toBeVisible();
  await look(window, 'revocation-withdrawn');
  await place(window, 'Connections').click();
  await expect(window.getByRole('row', { name: /Practice production/ })).toContainText('Working');
});
