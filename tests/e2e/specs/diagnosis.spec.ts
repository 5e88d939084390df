import type { Page } from 'playwright';
import { closePracticePanel, connectInPractice, enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function openConnection(window: Page): Promise<void> {
  await window.keyboard.press('Control+2');
  await heading(window, 'Connections').waitFor();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
}

async function forbidAssuming(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Make trouble' }).click();
  const panel = window.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('button', { name: /The organization$/ }).click();
  await window.getByRole('option', { name: 'Denies sts:AssumeRole', exact: true }).click();
  await expect(window.getByRole('listbox')).toHaveCount(0);
  await closePracticePanel(window);
}

async function makeAllWell(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Trouble:/ }).click();
  const panel = window.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('button', { name: 'All well again' }).click();
  await expect(panel.getByText('All is well in the sandbox.')).toBeVisible();
  await closePracticePanel(window);
}

test('a connection that stopped working says why on its page, and goes on from what failed', async ({ window }) => {
  await connectInPractice(window);
  await openConnection(window);
  await forbidAssuming(window);
  await window.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(
    window.getByRole('heading', { name: 'A service control policy of the source’s organization forbids it' }),
  ).toBeVisible();
  await expect(window.getByText('Whoever administers the organization must change it')).toBeVisible();
  await takePictures(window, 'connection-failing');
  await inBothThemes(window, () => expectAccessible(window));

  await makeAllWell(window);
  await window.getByRole('button', { name: 'Go on from AssumeRole' }).press('Enter');
  await expect(window.getByRole('heading', { name: 'AWS did not let you in' })).toHaveCount(0);
  await expect(window.getByText('Working', { exact: true }).first()).toBeVisible();
});

test('a deployer without the right to assume roles is shown the policy that is missing on its own side', async ({
  sallyport,
  window,
}) => {
  await enterPractice(window);
  await place(window, 'Settings').click();
  await window.getByRole('button', { name: 'Begin again…' }).click();
  const panel = window.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByText('The first day', { exact: true }).click();
  await panel.getByRole('button', { name: /^Begin again with/ }).click();
  await window.getByRole('button', { name: 'Reset the sandbox' }).click();
  await expect(panel).toHaveCount(0);
  await window.getByRole('button', { name: /^Connect account/ }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createAutomatically();
  await wizard.test();
  await expect(window.getByText('Waiting for AWS to spread the change')).toBeVisible();
  await sallyport.skip(70_000);
  await expect(
    window.getByRole('heading', { name: 'The source identity may not call AssumeRole on this role' }),
  ).toBeVisible();
  await expect(window.getByText('New policy of practice-deployer')).toBeVisible();
  await expect(window.getByText('It is on this side')).toBeVisible();
  await expect(window.getByRole('button', { name: /^Fix it/ })).toHaveCount(0);
  await takePictures(window, 'failed-caller');
  await inBothThemes(window, () => expectAccessible(window));
});

test('a role that lets in without the external ID fails its test, and one click makes it insist', async ({
  window,
}) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToOptions('Custom');
  await window.getByText('Ask for the external ID').click();
  await wizard.field('Role name').fill('OpenDoor');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await wizard.createAutomatically();
  await wizard.leave.click();

  // another wizard expects its own external ID of that role
  await window.getByRole('button', { name: /^Connect account/ }).click();
  await wizard.heading('What should they be able to do?').waitFor();
  await wizard.recipe('Custom').click();
  await wizard.goToReview();
  await wizard.createInConsole();
  await wizard.field('Role').fill('arn:aws:iam::222233334444:role/OpenDoor');
  await window.getByRole('button', { name: 'Test this role' }).click();
  await expect(
    window.getByRole('heading', { name: 'The trust policy does not insist on the external ID' }),
  ).toBeVisible();
  await takePictures(window, 'failed-not-enforced');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'Fix it with practice-owner…' }).click();
  await window.getByRole('button', { name: 'Change it and test again' }).click();
  // What this role may do is less than the recipe of this wizard promises: that fails now, and the external ID no more.
  await expect(wizard.check('External ID enforced')).toContainText('passed');
});

test('a role under another path and in another case is found, and tested instead with one click', async ({
  sallyport,
  window,
}) => {
  await connectInPractice(window);
  await window.keyboard.press('Control+n');
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createInConsole();
  await wizard.field('Role').fill('arn:aws:iam::222233334444:role/team/deploymentservice');
  await window.getByRole('button', { name: 'Test this role' }).click();
  await expect(window.getByText('Waiting for AWS to spread the change')).toBeVisible();
  await sallyport.skip(70_000);
  await expect(window.getByRole('heading', { name: 'The role has nearly the same name' })).toBeVisible();
  // it may not be the role that was meant: what it asks for is told, and nothing of it is offered to be changed
  await expect(window.getByRole('heading', { name: 'The role asks for a different external ID' })).toBeVisible();
  await expect(window.getByRole('button', { name: /^Fix it/ })).toHaveCount(0);
  await takePictures(window, 'failed-name');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'Test DeploymentService instead' }).click();
  await expect(window.getByText('Waiting for AWS to spread the change')).toBeVisible();
  await sallyport.skip(70_000);
  // it is the role of the first wizard, which has an external ID of its own
  await expect(window.getByRole('heading', { name: 'The role asks for a different external ID' })).toBeVisible();
  await expect(window.getByText('arn:aws:iam::222233334444:role/DeploymentService').first()).toBeVisible();
});
