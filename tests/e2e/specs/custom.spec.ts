import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright';
import { computerNow } from '../../../main/platform/computer-time';
import { createSandbox, type Sandbox } from '../../../main/sandbox/sandbox';
import { loadScenario } from '../../../main/sandbox/scenario-catalog';
import { serveSandbox } from '../../../main/sandbox/server';
import { addProfile, enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import type { AppProcess } from '../support/app-process';
import { filesHolding, writeBelow } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

/** AWS as the app calls it there, answered by a sandbox of this computer whose accounts are in an organization. */
async function servedAws() {
  const sandbox = createSandbox({
    clock: { now: computerNow, offset: () => undefined },
    signingKey: randomBytes(32),
    scenario: await loadScenario('organization-with-units'),
  });
  return { sandbox, server: await serveSandbox(sandbox, 0) };
}

function organizationOf(sandbox: Sandbox): string {
  return sandbox.snapshot().organizations?.[0]?.id ?? '';
}

/** From the first run to the wizard's options for Custom, called from a profile of the deployer's. */
async function customOptions(page: Page): Promise<WizardScreen> {
  await enterPractice(page);
  await place(page, 'Settings').click();
  await page.getByRole('button', { name: 'Switch to AWS' }).last().click();
  await addProfile(page, 'deployer');
  await expect(page.getByText('user/practice-deployer', { exact: false }).first()).toBeVisible();
  await place(page, 'Connections').click();
  await page
    .getByRole('button', { name: /^Connect an? / })
    .or(page.getByRole('button', { name: 'Connect', exact: true }))
    .first()
    .click();
  return await chooseCustom(page);
}

async function chooseCustom(page: Page): Promise<WizardScreen> {
  const wizard = new WizardScreen(page);
  await wizard.recipe('Custom').click();
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
  await wizard.field('Name').fill('Practice production');
  await wizard.field('Account ID').fill('222233334444');
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  return wizard;
}

async function paste({ app, page }: AppProcess, text: string): Promise<void> {
  await app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text);
  await page.getByRole('textbox', { name: 'Access key ID' }).focus();
  await page.keyboard.press('Control+V');
}

test('S-13 Custom with conditions and tags, made with a key typed once, lets in whom it should and keeps nothing', async ({
  launch,
  home,
}) => {
  const { sandbox, server } = await servedAws();
  const { deployer, owner } = sandbox.identities;
  writeBelow(
    home,
    '.aws/credentials',
    `[deployer]\naws_access_key_id = ${deployer.accessKeyId}\naws_secret_access_key = ${deployer.secretAccessKey}\n`,
  );
  writeBelow(home, '.aws/config', '[profile deployer]\nregion = eu-west-1\n');
  const running = await launch({ environment: { AWS_ENDPOINT_URL: server.endpoint } });
  const { page } = running;
  const wizard = await customOptions(page);

  await wizard.field('Others who may enter').fill('arn:aws:iam::999988887777:role/ci');
  await wizard.field('Only of these organizations').fill('ours');
  await wizard.field('Only from these addresses').fill('127.0.0.1/33');
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await wizard.field('Key 1').fill('aws:team');
  await wizard.continue.click();
  await expect(page.getByText('It is not in the trusted account 111122223333.', { exact: false })).toBeVisible();
  await expect(page.getByText('Keys that begin with aws: belong to AWS.')).toBeVisible();
  await expect(wizard.field('Others who may enter')).toBeFocused();
  await look(page, 'custom-refused');
  await wizard.field('Others who may enter').fill('arn:aws:iam::111122223333:role/ci/deployer');
  await wizard.field('Only of these organizations').fill(organizationOf(sandbox));
  await wizard.field('Only from these addresses').fill('127.0.0.1\n203.0.113.0/24');
  await wizard.field('Key 1').fill('Cost Center');
  await wizard.field('Value 1').fill('Überbau = 7');
  await look(page, 'custom-options');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await expect(page.getByText('Only user/practice-deployer and one more').first()).toBeVisible();
  await expect(page.getByText('Only from 127.0.0.1 or 203.0.113.0/24').first()).toBeVisible();
  await look(page, 'custom-review');
  await wizard.back.click();
  await expect(wizard.field('Only of these organizations')).toHaveValue(organizationOf(sandbox));
  await expect(wizard.field('Value 1')).toHaveValue('Überbau = 7');
  await wizard.continue.click();
  await page.getByRole('button', { name: 'Accept and create' }).click();
  await wizard.heading('Create the role').waitFor();

  await page.getByText('A key typed once').click();
  await paste(
    running,
    `AWS_ACCESS_KEY_ID=${deployer.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${deployer.secretAccessKey}\n`,
  );
  await page.getByRole('button', { name: 'Use this key once' }).click();
  await expect(page.getByText('The role is for account 222233334444.', { exact: false })).toBeVisible();
  await look(page, 'create-typed-key-refused');
  await paste(
    running,
    `export AWS_ACCESS_KEY_ID="${owner.accessKeyId}"\nexport AWS_SECRET_ACCESS_KEY="${owner.secretAccessKey}"\n`,
  );
  await expect(wizard.field('Access key ID')).toHaveValue(owner.accessKeyId);
  await page.getByRole('button', { name: 'Use this key once' }).click();
  await expect(page.getByText('It is used for this creation only', { exact: false })).toBeVisible();
  await expect(page.getByText('user/practice-owner')).toBeVisible();
  await look(page, 'create-typed-key');
  await page.getByRole('button', { name: 'Create the role', exact: true }).click();
  await page.getByRole('button', { name: 'Test the connection' }).waitFor();
  // what was made can be taken back only with the key typed again
  await expect(page.getByRole('textbox', { name: 'Access key ID' })).toHaveValue('');

  const role = sandbox
    .snapshot()
    .accounts.find(({ id }) => id === '222233334444')
    ?.roles.find(({ name }) => name === 'SallyportAccess');
  expect(role?.tags).toContainEqual({ key: 'Cost Center', value: 'Überbau = 7' });
  expect(role?.trust).toContain(organizationOf(sandbox));

  await wizard.test();
  await expect(wizard.finish).toBeEnabled({ timeout: 30_000 });
  const secret = owner.secretAccessKey;
  expect(await page.content()).not.toContain(secret);
  expect(
    await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])),
  ).not.toContain(secret);
  for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, -4)]) {
    expect(filesHolding(home, form), 'files that hold the typed secret').toEqual([]);
  }
  // what is searched for can be found: the profile's own secret stands in the person's file
  expect(filesHolding(home, deployer.secretAccessKey)).toHaveLength(1);
  await running.close();
  await server.close();
});

test('Custom with MFA: the refused test names MFA; a trust policy by hand begins with what is chosen', async ({
  sallyport,
  window,
}) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = await chooseCustom(window);
  await window.getByText('Only with MFA').click();
  await window.getByText('I write it').click();
  const own = wizard.field('Trust policy in JSON');
  await expect(own).toHaveValue(/aws:MultiFactorAuthPresent/);
  await expect(window.getByText('It asks for the external ID.')).toBeVisible();
  await look(window, 'custom-own-trust');
  await own.fill((await own.inputValue()).replace('"sts:AssumeRole"', '"iam:PassRole"'));
  await wizard.continue.click();
  await expect(window.getByText('AWS would refuse this', { exact: false })).toBeVisible();
  await look(window, 'custom-own-trust-refused');
  await window.getByText('Sallyport writes it').click();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await expect(window.getByText('nothing can renew it unattended', { exact: false })).toBeVisible();
  await wizard.createAutomatically();
  await wizard.test();
  // a new role is given a minute to spread before a refusal counts
  await expect(window.getByText('Waiting for AWS to spread the change').first()).toBeVisible();
  await sallyport.skip(70_000);
  await expect(window.getByRole('heading', { name: /^The role asks for MFA/ })).toBeVisible({ timeout: 30_000 });
  await look(window, 'custom-mfa-test');
});

test('the network is changed from the error that it caused', async ({ launch, home }) => {
  writeBelow(
    home,
    '.aws/credentials',
    '[deployer]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n',
  );
  writeBelow(home, '.aws/config', '[profile deployer]\nregion = eu-west-1\n');
  const { page } = await launch({
    environment: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
  });
  await enterPractice(page);
  await place(page, 'Settings').click();
  await page.getByRole('button', { name: 'Switch to AWS' }).last().click();
  await addProfile(page, 'deployer');
  await expect(page.getByText('Nothing answers at the proxy', { exact: false }).first()).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Change the network', exact: true }).first().click();
  await heading(page, 'Settings').waitFor();
  await expect(page.getByRole('button', { name: 'Change the network…' })).toBeFocused();
});
