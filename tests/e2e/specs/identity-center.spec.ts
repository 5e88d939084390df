import type { Page } from 'playwright';
import { IdentityCenterDouble } from '../../support/identity-center';
import { enterPractice, heading, place } from '../screens/places';
import { watchBrowser } from '../support/dialogs';
import { filesHolding } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

let double: IdentityCenterDouble;
let address: string;

test.beforeEach(async () => {
  double = new IdentityCenterDouble(() => Date.now());
  double.accounts.push(
    { accountId: '111122223333', name: 'Tidewater development', roles: ['Admin', 'Auditor', 'Deployer'] },
    { accountId: '222233334444', name: 'Tidewater production', roles: ['Auditor'] },
    { accountId: '333344445555', name: 'Sandbox', roles: ['Admin'] },
  );
  address = await double.listen();
});
test.afterEach(() => double.close());

async function toSettings(page: Page): Promise<void> {
  await enterPractice(page);
  await place(page, 'Settings').click();
  await heading(page, 'Settings').waitFor();
  await page.getByRole('button', { name: 'Switch to AWS' }).last().click();
  await page.getByText('No source identity yet').waitFor();
}

const startUrl = 'https://tidewater.awsapps.com/start#/';

async function fillPortal(page: Page, portal: string): Promise<void> {
  await page.getByRole('button', { name: /^IAM Identity Center/ }).click();
  await page.getByRole('textbox', { name: 'Start URL' }).fill(portal);
  await page.getByRole('textbox', { name: 'Region of IAM Identity Center' }).fill('eu-west-1');
}

/** Begins with a code, and gives it. */
async function askForCode(page: Page): Promise<string> {
  await page.getByRole('dialog').getByText('With a code').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click();
  return await page.getByRole('status', { name: 'Code' }).innerText();
}

const deployer = 'role/AWSReservedSSO_Deployer_0123456789abcdef in 111122223333';
const rowOf = (page: Page) => page.getByRole('list', { name: 'Source identities' }).getByRole('listitem');

test('with a code: the best comes first, a wrong address is refused, and the code is shown to be compared', async ({
  launch,
}) => {
  const { app, page } = await launch({ environment: { SALLYPORT_TEST_AWS: address } });
  const opened = await watchBrowser(app);
  await toSettings(page);
  await takePictures(page, 'settings-add-source');
  await inBothThemes(page, () => expectAccessible(page));
  await fillPortal(page, 'https://tidewater.example.com/start');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(/not the address of an access portal/)).toBeVisible();
  await takePictures(page, 'sign-in-refused');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('textbox', { name: 'Start URL' }).fill(startUrl);
  const code = await askForCode(page);
  expect(code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  await takePictures(page, 'sign-in-code');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Open the page' }).click();
  await expect.poll(opened).toEqual([`https://device.sso.eu-west-1.amazonaws.com/?user_code=${code}`]);
  double.answer(code, 'approved');
  await expect(page.getByRole('dialog', { name: 'Choose a role' })).toBeVisible();
});

test('a role is picked, and AWS says who it is; signed out of, and signed in again', async ({ launch, home }) => {
  const { page } = await launch({ environment: { SALLYPORT_TEST_AWS: address } });
  await toSettings(page);
  await fillPortal(page, startUrl);
  double.answer(await askForCode(page), 'approved');
  const dialog = page.getByRole('dialog', { name: 'Choose a role' });
  await dialog.getByRole('searchbox', { name: 'Find an account' }).fill('tidewater');
  await expect(dialog.getByRole('option', { name: /Sandbox/ })).toHaveCount(0);
  await dialog.getByRole('option', { name: /Tidewater development/ }).click();
  await dialog.getByRole('option', { name: 'Deployer' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
    'Tidewater development Deployer',
  );
  await expect(dialog.getByText('Sessions opened with it last 1 h at most.', { exact: false })).toBeVisible();
  await takePictures(page, 'sign-in-roles');
  await inBothThemes(page, () => expectAccessible(page));
  await dialog.getByRole('button', { name: 'Use this role' }).click();
  const row = rowOf(page);
  await expect(row).toContainText(deployer);
  await expect(row).toContainText('Signed in to tidewater, renewed by itself at');
  // it renews itself: there is nothing to sign in to again
  await expect(row.getByRole('button', { name: /^Sign in/ })).toHaveCount(0);
  await takePictures(page, 'settings-identity-center');
  await inBothThemes(page, () => expectAccessible(page));
  expect(filesHolding(home, 'access-').filter((path) => !path.includes('Cache'))).toEqual([]);

  await row.getByRole('button', { name: 'Sign out' }).click();
  await expect(row).toContainText('Not signed in to tidewater');
  await expect(row.getByText('The sign-in to IAM Identity Center has ended.')).toBeVisible();
  await expect(row.getByRole('button', { name: /^Sign in/ })).toHaveCount(1);
  await takePictures(page, 'settings-signed-out');
  await inBothThemes(page, () => expectAccessible(page));
  await row.getByRole('button', { name: 'Sign in again' }).click();
  double.answer(await askForCode(page), 'approved');
  await expect(page.getByRole('dialog', { name: /Sign in to tidewater again/ })).toHaveCount(0);
  await expect(row).toContainText(deployer);
});

test('the environment’s keys are dev only, and say so', async ({ launch }) => {
  double.knowKey('ASIAIOSFODNN7EXAMPLE', { accountId: '111122223333', roleName: 'Deployer' });
  const { page } = await launch({
    environment: {
      SALLYPORT_TEST_AWS: address,
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_SESSION_TOKEN: 'a-token-of-some-length',
      AWS_REGION: 'eu-west-2',
    },
  });
  await toSettings(page);
  await page.getByRole('button', { name: /^The environment’s keys/ }).click();
  await expect(page.getByRole('textbox', { name: 'Region', exact: true })).toHaveValue('eu-west-2');
  await takePictures(page, 'settings-environment');
  await inBothThemes(page, () => expectAccessible(page));
  // Enter in the field does what the button does
  await page.getByRole('textbox', { name: 'Region', exact: true }).press('Enter');
  const row = rowOf(page);
  await expect(row).toContainText('in 111122223333');
  await expect(row.getByText('What Sallyport calls AWS with depends on the terminal', { exact: false })).toBeVisible();
  await takePictures(page, 'settings-environment-in-use');
  await inBothThemes(page, () => expectAccessible(page));
  expect(await page.content()).not.toContain('wJalrXUtnFEMI');
});

test('by the browser, with the keyboard alone: refused there, then allowed', async ({ launch }) => {
  const { app, page } = await launch({ environment: { SALLYPORT_TEST_AWS: address } });
  const opened = await watchBrowser(app);
  await toSettings(page);
  await fillPortal(page, startUrl);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your browser shows IAM Identity Center.', { exact: false })).toBeVisible();
  await takePictures(page, 'sign-in-browser');
  await inBothThemes(page, () => expectAccessible(page));
  await double.browse((await opened()).at(-1) ?? '', 'deny');
  await expect(page.getByText('The sign-in was refused in the browser.')).toBeVisible();
  await takePictures(page, 'sign-in-failed');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Try again' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await opened()).length).toBe(2);
  await double.browse((await opened()).at(-1) ?? '');
  await page.getByRole('searchbox', { name: 'Find an account' }).waitFor();
  await expect(page.getByRole('option', { name: /Sandbox/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Admin' }).waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Signed in to tidewater/)).toBeVisible();
  await page.getByRole('button', { name: 'Choose a role…' }).click();
  await expect(page.getByRole('dialog', { name: 'Choose a role' })).toBeVisible();
});
