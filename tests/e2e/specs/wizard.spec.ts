import { enterPractice, heading, connectInPractice } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { addressOf, goToAddress } from '../support/address';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import { filesHolding } from '../support/files';

test('a wizard that was left is offered again after quitting, with every answer', async ({ launch }) => {
  const first = await launch();
  await enterPractice(first.page);
  await first.page.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(first.page);
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
  await wizard.field('Name').fill('Tidewater Production');
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await wizard.field('Role name').fill('TidewaterDeploy');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await first.close();

  const second = await launch();
  await second.page.getByRole('button', { name: 'Continue' }).click();
  const again = new WizardScreen(second.page);
  await again.heading('Review what will be created').waitFor();
  await expect(second.page.getByText('Tidewater Production').first()).toBeVisible();
  await again.back.click();
  await expect(again.field('Role name')).toHaveValue('TidewaterDeploy');
});

test('whatever was pasted, the role is picked out of it and what was left out is shown', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await window.getByText('In the console', { exact: true }).click();
  await window.getByRole('button', { name: 'Accept, show the clicks' }).click();
  await wizard.heading('Create the role in the AWS console').waitFor();
  await takePictures(window, 'wizard-console');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'I made it, test it' }).click();
  await wizard.heading('Paste the role and test').waitFor();
  await wizard.field('Role').fill('Role ARN: "arn:aws:iam::222233334444:role/deploy/SallyportCodeDeploy",');
  await expect(window.getByText('Found one role in what you pasted.')).toBeVisible();
  await takePictures(window, 'wizard-paste');
  await wizard.field('Role').fill('arn:aws:iam::222233334444:user/ci');
  await expect(window.getByText(/user/).first()).toBeVisible();
  await expect(window.getByRole('button', { name: 'Test this role' })).toHaveCount(0);
});

test('S-13 a pasted secret is refused, cleared and never shown again', async ({ window, sallyport }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createInConsole();
  const canary = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY9';
  await wizard.field('Role').fill(canary);
  await expect(wizard.field('Role')).toHaveValue('');
  await expect(window.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
  expect(await window.content()).not.toContain(canary);
  await sallyport.close();
  expect(filesHolding(sallyport.home, canary)).toEqual([]);
});

test('a role that is not there fails with its cause, read from the target account', async ({ sallyport, window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createInConsole();
  await wizard.field('Role').fill('arn:aws:iam::222233334444:role/NobodyMadeThis');
  await window.getByRole('button', { name: 'Test this role' }).click();
  // a new role may still be spreading: AWS is asked again, with a timer to see and Cancel
  await expect(window.getByText('Waiting for AWS to spread the change')).toBeVisible();
  await takePictures(window, 'wizard-waiting');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'Ask now' }).click();
  await expect(window.getByText(/asked [2-9] times/)).toBeVisible();
  await sallyport.skip(70_000);
  await expect(window.getByRole('heading', { name: 'There is no role NobodyMadeThis in that account' })).toBeVisible();
  await expect(window.getByText('Certain')).toBeVisible();
  await expect(window.getByText(/Read from the target account with practice-owner/)).toBeVisible();
  await expect(window.getByText('The account owner must create it')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Finish', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await takePictures(window, 'wizard-failed');
  await inBothThemes(window, () => expectAccessible(window));
});

test('a role that asks for another external ID is shown with the line to change', async ({ sallyport, window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createAutomatically();
  // another wizard has another external ID: the role that exists asks for the first one's
  await wizard.leave.click();
  await window.getByRole('button', { name: /^Connect account/ }).click();
  await wizard.goToReview();
  await wizard.createInConsole();
  await wizard.field('Role').fill('arn:aws:iam::222233334444:role/DeploymentService');
  await window.getByRole('button', { name: 'Test this role' }).click();
  await expect(window.getByText('Waiting for AWS to spread the change')).toBeVisible();
  await sallyport.skip(70_000);
  await expect(window.getByRole('heading', { name: 'The role asks for a different external ID' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Copy corrected policy' })).toBeVisible();
  await takePictures(window, 'wizard-failed-diff');
  await inBothThemes(window, () => expectAccessible(window));

  // one click proposes the change, one makes it; the second run passes
  await window.getByRole('button', { name: 'Fix it with practice-owner…' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Change the trust policy of DeploymentService' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await takePictures(window, 'wizard-failed-fix');
  await inBothThemes(window, () => expectAccessible(window));
  await dialog.getByRole('button', { name: 'Change it and test again' }).click();
  await expect(dialog).toBeHidden();
  await expect(window.getByText('10 of 10 passed')).toBeVisible();
});

test('the external ID of one wizard is never that of another (S-22)', async ({ window }) => {
  await connectInPractice(window);
  const seen = new Set<string>();
  for (let round = 0; round < 2; round += 1) {
    await window
      .getByRole('button', { name: 'Connect another' })
      .or(window.getByRole('button', { name: /^Connect account/ }))
      .first()
      .click();
    const wizard = new WizardScreen(window);
    await wizard.continue.click();
    await wizard.heading('Which account do they enter?').waitFor();
    const text = await window
      .getByText(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      .innerText();
    seen.add(text);
    await wizard.leave.click();
    await heading(window, 'Sessions').waitFor();
  }
  expect(seen.size).toBe(2);
});

test('several wizards wait at once: each is listed, gone on with, or discarded', async ({ window }) => {
  await enterPractice(window);
  for (const recipe of ['Read-only audit', 'Serverless Python']) {
    await window.keyboard.press('Control+n');
    const wizard = new WizardScreen(window);
    await wizard.heading('What should they be able to do?').waitFor();
    await wizard.recipe(recipe).click();
    await wizard.continue.click();
    await wizard.heading('Which account do they enter?').waitFor();
    await wizard.leave.click();
    await heading(window, 'Sessions').waitFor();
  }
  await window.getByRole('button', { name: 'and 1 more' }).click();
  await heading(window, 'Unfinished wizards').waitFor();
  await expect(window.getByText('2 wizards, each saved at its last step.')).toBeVisible();
  await takePictures(window, 'drafts');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'Discard…' }).first().click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Discard it' }).click();
  await expect(window.getByText('1 wizard, each saved at its last step.')).toBeVisible();
  await window.getByRole('button', { name: 'Continue' }).click();
  await heading(window, 'Which account do they enter?').waitFor();
});

test('a role that somebody else is making is waited for without a paste, and can be called off', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const waiting = new WizardScreen(window);
  await waiting.goToReview();
  await waiting.createInConsole();
  await expect(window.getByText('Nothing to paste?')).toBeVisible();
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'Wait for it' }).click();
  await expect(waiting.check(/Waited for AWS|Waiting for AWS/).first()).toBeVisible();
  await expect(window.getByRole('button', { name: 'Cancel' }).first()).toBeVisible();
  await window.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(window.getByRole('button', { name: 'Test again' }).first()).toBeVisible();
});

test('each step has an address, which leads to it as far as the answers allow', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.heading('What should they be able to do?').waitFor();
  const atRecipe = await addressOf(window);
  expect(atRecipe).toMatch(/^\/connect\/[0-9a-f-]{36}\/recipe$/);
  const draft = atRecipe.slice(0, -'/recipe'.length);
  const stands = async (title: string, step: string) => {
    await expect(wizard.heading(title)).toBeFocused();
    await expect.poll(() => addressOf(window)).toBe(`${draft}/${step}`);
  };

  // what nobody answered yet cannot be looked at, and is not kept to be gone back to
  await goToAddress(window, `${draft}/review`);
  await stands('What should they be able to do?', 'recipe');
  await wizard.continue.click();
  await stands('Which account do they enter?', 'account');
  await wizard.continue.click();
  await stands('How should the role be?', 'options');
  await wizard.continue.click();
  await stands('Review what will be created', 'review');

  await goToAddress(window, -1);
  await stands('How should the role be?', 'options');
  await goToAddress(window, -2);
  await stands('What should they be able to do?', 'recipe');
  await goToAddress(window, 3);
  await stands('Review what will be created', 'review');
  await window
    .getByRole('list', { name: 'Steps' })
    .getByRole('button', { name: /Account/ })
    .click();
  await stands('Which account do they enter?', 'account');
  await wizard.back.click();
  await stands('What should they be able to do?', 'recipe');

  // opened anew: at its step, at one that is named, at the furthest that may be
  for (const [address, title, step] of [
    [draft, 'What should they be able to do?', 'recipe'],
    [`${draft}/options`, 'How should the role be?', 'options'],
    [`${draft}/test`, 'Review what will be created', 'review'],
    [`${draft}/nonsense`, 'Review what will be created', 'review'],
  ] as const) {
    await goToAddress(window, '/sessions');
    await heading(window, 'Sessions').waitFor();
    await goToAddress(window, address);
    await stands(title, step);
  }
  await goToAddress(window, -1);
  await heading(window, 'Sessions').waitFor();
});

test('what cannot be told apart is not claimed; what the owner pastes tells it', async ({ sallyport, window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await wizard.createInConsole();
  // an account into which no source of this computer can look
  await wizard.field('Role').fill('arn:aws:iam::333344445556:role/DeploymentService');
  await window.getByRole('button', { name: 'Test this role' }).click();
  await expect(window.getByText('Waiting for AWS to spread the change')).toBeVisible();
  await sallyport.skip(70_000);
  await expect(window.getByRole('heading', { name: 'It cannot be told apart from here' })).toBeVisible();
  await expect(window.getByText('Certain', { exact: true })).toHaveCount(0);
  await expect(window.getByText('aws iam get-role --role-name DeploymentService --output json')).toBeVisible();
  await takePictures(window, 'wizard-failed-undecided');
  await inBothThemes(window, () => expectAccessible(window));

  const printed = window.getByRole('textbox', { name: 'What it printed' });
  await printed.fill('no JSON at all');
  await window.getByRole('button', { name: 'Read it' }).click();
  await expect(window.getByText(/There is no JSON in this text/)).toBeVisible();
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223323:root' }, Action: 'sts:AssumeRole' }],
  };
  await printed.fill(
    JSON.stringify({
      Role: {
        RoleName: 'DeploymentService',
        Arn: 'arn:aws:iam::333344445556:role/DeploymentService',
        AssumeRolePolicyDocument: trust,
      },
    }),
  );
  await window.getByRole('button', { name: 'Read it' }).click();
  await expect(
    window.getByRole('heading', { name: 'The role trusts another account: 3323 instead of 3333 at the end' }),
  ).toBeVisible();
  await expect(window.getByText(/whoever owns 111122223323 may enter/)).toBeVisible();
  await expect(window.getByRole('button', { name: /^Fix it/ })).toHaveCount(0);
  await takePictures(window, 'wizard-failed-pasted');
});
