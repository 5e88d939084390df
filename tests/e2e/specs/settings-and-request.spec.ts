import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

/** As a consultant's Sallyport would have written it. */
const request = {
  kind: 'sallyport-connection-request',
  version: 1,
  createdAt: Date.UTC(2026, 10, 20),
  requester: { accountId: '999988887777', arn: 'arn:aws:iam::999988887777:user/consultant', partition: 'aws' },
  externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5',
  recipeId: 'custom',
  account: { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' },
  options: {
    roleName: 'ConsultantAccess',
    path: '/',
    maxSessionDuration: 7200,
    useExternalId: true,
    onlyThisIdentity: true,
    managedPolicies: ['job-function/ViewOnlyAccess'],
  },
};

test('settings say who the app is to AWS, and change the theme at once', async ({ window }) => {
  await enterPractice(window);
  await place(window, 'Settings').click();
  await heading(window, 'Settings').waitFor();
  const deployer = window.getByRole('listitem').filter({ hasText: 'practice-deployer' });
  const owner = window.getByRole('listitem').filter({ hasText: 'practice-owner' }).first();
  await expect(deployer.getByText('In use')).toBeVisible();
  await owner.getByRole('button', { name: 'Ask again' }).click();
  await expect(owner).toContainText('user/practice-owner in 222233334444');
  await expect(
    window.getByText('Profiles, IAM Identity Center and access keys belong to the AWS workspace.'),
  ).toBeVisible();
  await takePictures(window, 'settings-practice');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('radio', { name: 'Dark' }).click();
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.getByRole('radio', { name: 'Light' }).click();
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'light');
  await window.getByRole('button', { name: 'Begin again…' }).click();
  await window.getByRole('button', { name: 'Begin again with “Two accounts”…' }).click();
  await expect(window.getByRole('alertdialog')).toContainText('Every role and policy');
  await expect(window.getByRole('button', { name: 'Cancel' })).toBeFocused();
});

test('S-13 an access key goes in, is refused in words, and is gone from the form when it closes', async ({
  launch,
  home,
}) => {
  mkdirSync(join(home, '.aws'), { recursive: true });
  writeFileSync(
    join(home, '.aws', 'config'),
    '[profile tidewater]\nregion = eu-west-2\ncredential_process = /bin/false\n',
  );
  const { page } = await launch();
  await enterPractice(page);
  await place(page, 'Settings').click();
  await page.getByRole('button', { name: 'Switch to AWS' }).last().click();
  await expect(page.getByText('No source identity yet')).toBeVisible();
  await page.getByRole('button', { name: /^A profile of your AWS files/ }).click();
  await page.getByRole('button', { name: /Choose a profile/ }).click();
  await page.getByRole('option', { name: /tidewater/ }).click();
  await expect(page.getByRole('textbox', { name: 'Region', exact: true })).toHaveValue('eu-west-2');
  await takePictures(page, 'settings-add-profile');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: /^An access key/ }).click();
  const canary = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY9';
  const secret = page.getByLabel('Secret access key');
  await secret.fill(canary);
  await page.getByRole('button', { name: 'Add the key' }).click();
  await expect(page.getByText('An access key ID begins with AKIA or ASIA, in capitals.')).toBeVisible();
  await expect(page.getByText('A Region looks like eu-west-1.')).toBeVisible();
  await expect(page.getByText('A name is needed.')).toBeVisible();
  await takePictures(page, 'settings-access-key');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: /^An access key/ }).click();
  await expect(secret).toHaveValue('');
  expect(await page.content()).not.toContain(canary);
});

test('the network: a proxy without a password, certificates that can be read, kept for the next start', async ({
  launch,
  home,
}) => {
  const { app, page, close } = await launch();
  await enterPractice(page);
  await place(page, 'Settings').click();
  await heading(page, 'Settings').waitFor();
  const card = page.getByRole('button', { name: 'Change the network…' });
  await expect(page.getByText('none, as the environment says')).toBeVisible();
  await card.click();
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await expect(page.getByRole('radio', { name: /As the environment says/ })).toBeChecked();
  await page.getByRole('radio', { name: 'This one' }).check({ force: true });
  const address = page.getByRole('textbox', { name: 'Address of the proxy' });
  await address.fill('http://ann:canary-password@proxy.example.com:8080');
  await save.click();
  await expect(page.getByText('Put them into HTTPS_PROXY in the environment.', { exact: false })).toBeVisible();
  await takePictures(page, 'settings-network-refused');
  await inBothThemes(page, () => expectAccessible(page));
  await address.fill('http://proxy.example.com:8080');
  await page.getByRole('textbox', { name: 'Reached without it' }).fill('.internal.example.com, 10.0.0.5');

  const file = join(home, 'company.pem');
  writeFileSync(file, 'not a certificate');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await page.getByRole('button', { name: 'Choose the file…' }).click();
  const path = page.getByRole('textbox', { name: 'File of certificates to trust' });
  await expect(path).toHaveValue(file);
  await save.click();
  await expect(page.getByText('There is no certificate in it.', { exact: false })).toBeVisible();
  await path.fill('');
  await page.getByText('FIPS addresses').click();
  await save.click();
  await expect(page.getByText('It counts from the next call to AWS on.')).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await expect(page.getByText('http://proxy.example.com:8080')).toBeVisible();
  await takePictures(page, 'settings-network');
  await inBothThemes(page, () => expectAccessible(page));
  await close();

  const again = (await launch()).page;
  await place(again, 'Settings').click();
  await expect(again.getByText('http://proxy.example.com:8080')).toBeVisible();
  await expect(again.getByText('FIPS', { exact: true })).toBeVisible();
});

test('S-28 a request is read in words, makes nothing by itself, and its role is handed back', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await window.getByRole('button', { name: 'Open a request or a reply' }).click();
  await heading(window, 'Open a request or a reply').waitFor();
  const text = window.getByRole('textbox', { name: 'Text of the request or reply' });
  const look = window.getByRole('button', { name: 'Look at what would be created' });
  await text.fill('{"Resources":{}}');
  await expect(window.getByText(/not a connection request/)).toBeVisible();
  await text.fill(JSON.stringify({ ...request, version: 2 }));
  await expect(window.getByText(/newer Sallyport/)).toBeVisible();
  await takePictures(window, 'request-refused');
  await inBothThemes(window, () => expectAccessible(window));

  const [chooser] = await Promise.all([
    window.waitForEvent('filechooser'),
    window.getByRole('button', { name: 'Choose the file…' }).click(),
  ]);
  await chooser.setFiles({
    name: 'consultant.sallyport-request.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(request)),
  });
  await expect(window.getByRole('heading', { name: 'user/consultant asks to be let in' })).toBeVisible();
  await expect(window.getByText('2 h at most in one session', { exact: false })).toBeVisible();
  await takePictures(window, 'request-summary');
  await inBothThemes(window, () => expectAccessible(window));
  await look.click();

  const wizard = new WizardScreen(window);
  await wizard.heading('Which of your accounts may they enter?').waitFor();
  await expect(window.getByText('from the request')).toBeVisible();
  await expect(wizard.field('Account ID')).toHaveValue('222233334444');
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await expect(wizard.field('Role name')).toHaveValue('ConsultantAccess');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await expect(window.getByRole('button', { name: /Copy a request/ })).toHaveCount(0);
  await window.getByRole('button', { name: 'Accept and create' }).click();
  await window.getByRole('button', { name: 'Create the role', exact: true }).click();
  await window.getByRole('button', { name: 'Hand it back' }).click();
  await wizard.heading('Hand the role back').waitFor();
  await expect(wizard.field('ARN of the role')).toHaveValue('arn:aws:iam::222233334444:role/ConsultantAccess');
  await takePictures(window, 'request-hand-back');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: 'I sent it, finish' }).click();
  await heading(window, 'Practice production').waitFor();
  await expect(window.getByText('Not tested').first()).toBeVisible();
});

test('S-28 what an own wizard copies is a request that opens', async ({ window, sallyport }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToReview();
  await window.getByRole('button', { name: 'Copy a request for the owner' }).click();
  await expect(window.getByText('Request copied.', { exact: false })).toBeVisible();
  await takePictures(window, 'review-request-copied');
  const copied = await sallyport.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ kind: request.kind, requester: { accountId: '111122223333' } });
});
