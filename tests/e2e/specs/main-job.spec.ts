import { heading, connectInPractice, enterPractice, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

test('a person connects a role, tests it, uses it and takes access back with proof', async ({ sallyport, window }) => {
  test.setTimeout(180_000);
  const look = async (name: string) => {
    await takePictures(window, name);
    await inBothThemes(window, () => expectAccessible(window));
  };
  const wizard = new WizardScreen(window);
  await heading(window, 'Where do you want to start?').waitFor();
  await window.getByText('Keychain').waitFor();
  await look('first-run');
  await enterPractice(window);
  await expect(window.getByText('Nothing here reaches AWS.')).toBeVisible();
  await look('sessions-empty');

  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await wizard.heading('What should they be able to do?').waitFor();
  await look('wizard-recipe');
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
  // computed with GetCallerIdentity, shown beside the place where it is needed
  await expect(window.getByRole('main').getByText('111122223333')).toBeVisible();
  await look('wizard-account');
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await look('wizard-options');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await expect(window.getByText('Nothing exists yet.')).toBeVisible();
  await look('wizard-review');
  await wizard.createAutomatically();
  await look('wizard-created');
  await wizard.test();
  await expect(window.getByText('10 of 10 passed')).toBeVisible();
  await expect(wizard.check('refused without it, and with a wrong one')).toBeVisible();
  await look('wizard-tested');
  await wizard.finish.click();
  await heading(window, 'Connected to Practice production').waitFor();
  await expect(window.getByText(/^(59:[0-5]\d|1:00:00)$/)).toBeVisible();
  await look('wizard-finished');

  await window.getByRole('button', { name: 'Done' }).click();
  await heading(window, 'Sessions').waitFor();
  await expect(window.getByText('1 live.')).toBeVisible();
  await look('sessions-live');

  await window.getByRole('button', { name: 'Copy environment' }).click();
  await expect(window.getByText('Environment copied for bash')).toBeVisible();
  // a notice stands out of the way of what can be pressed
  const notice = await window.getByText('Environment copied for bash').boundingBox();
  expect(notice?.y).toBeGreaterThan(500);
  const copied = await sallyport.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain("export AWS_ACCESS_KEY_ID='ASIA");
  expect(copied).toContain('export AWS_SESSION_TOKEN=');
  await window.getByRole('button', { name: 'Open console' }).click();
  await expect(window.getByText('The sandbox has no console page')).toBeVisible();

  await place(window, 'Connections').click();
  await heading(window, 'Connections').waitFor();
  await look('connections');
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
  await look('connection');

  await window.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = window.getByRole('alertdialog');
  await expect(dialog.getByText('Role DeploymentService', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await look('revoke-dialog');
  await dialog.getByText('Delete the role').click();
  await dialog.getByRole('button', { name: 'Delete the role' }).click();
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 40_000 });
  await expect(window.getByText('AccessDenied')).toHaveCount(4);
  await look('revocation');
  await place(window, 'Revocations').click();
  await heading(window, 'Revocations').waitFor();
  await look('revocations');
  await place(window, 'Sessions').click();
  await expect(window.getByText('No session is open')).toBeVisible();
});

test('a session counts down by AWS’s clock and ends by itself', async ({ sallyport, window }) => {
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await expect(window.getByText('1 live.')).toBeVisible();
  await sallyport.skip(50 * 60_000);
  // the countdown itself: at nine o’clock the axis of the timeline says 09:00 as well
  await expect(window.locator('time').filter({ hasText: /^09:[0-5]\d$/ })).toBeVisible();
  await sallyport.skip(11 * 60_000);
  await expect(window.getByText('No session is open')).toBeVisible();
  await window.getByRole('button', { name: '1 session ended in the last day' }).click();
  await expect(window.getByText('DeploymentService, expired')).toBeVisible();
});

test('a secret on the clipboard is cleared after 30 s if nothing else was copied (S-27)', async ({
  sallyport,
  window,
}) => {
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Copy environment' }).click();
  const read = () => sallyport.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(read).toContain('AWS_SECRET_ACCESS_KEY');
  await sallyport.skip(31_000);
  await expect.poll(read).toBe('');
});

test('ending a session wipes it here, and says that AWS still honours it', async ({ window }) => {
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await window.getByRole('button', { name: 'More for Practice production' }).click();
  await window.getByRole('menuitem', { name: 'End…' }).click();
  const dialog = window.getByRole('alertdialog');
  await expect(dialog.getByText('At AWS they stay valid until they expire.')).toBeVisible();
  await dialog.getByRole('button', { name: 'End the session' }).click();
  await expect(window.getByText('Its local copy is gone, read back.')).toBeVisible();
  await expect(window.getByText('No session is open')).toBeVisible();
});

test('denying older sessions leaves the outer door open and proves the inner one shut', async ({
  sallyport,
  window,
}) => {
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await window.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = window.getByRole('alertdialog');
  await dialog.getByText('Deny older sessions').click();
  await dialog.getByRole('button', { name: 'Deny older sessions' }).click();
  await expect(window.getByText('Older sessions refused, proved')).toBeVisible({ timeout: 30_000 });
  await expect(window.getByText('Still possible')).toBeVisible();
  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  // until the cutoff has passed everywhere a new session would be denied with the old ones
  await window.getByRole('button', { name: 'Start a session' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Start session' }).click();
  await expect(window.getByText('Older sessions of this role are being denied')).toBeVisible();
  await sallyport.skip(40_000);
  await window.getByRole('dialog').getByRole('button', { name: 'Start session' }).click();
  await expect(window.getByText('1 live.')).toBeVisible();
});
