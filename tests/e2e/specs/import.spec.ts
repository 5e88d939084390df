import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPractice, heading, place } from '../screens/places';
import { willChoose } from '../support/dialogs';
import { writeBelow } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const config = `[default]
region = eu-west-1

[profile common]
mfa_serial = arn:aws:iam::111122223333:mfa/ann

[profile root]
include_profile = common

[profile production-deploy]
include_profile = common
role_arn = arn:aws:iam::222233334444:role/Deploy
source_profile = root
external_id = 9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5
duration_seconds = 7200

[profile production-audit]
role_arn = arn:aws:iam::222233334444:role/Audit
source_profile = root

[profile production-too]
role_arn = arn:aws:iam::222233334444:role/Deploy
source_profile = root

[profile robot]
role_arn = arn:aws:iam::333344445555:role/Robot
web_identity_token_file = /var/token
`;

test('roles of an AWS config file become connections; the file is as it was', async ({ launch, home }) => {
  writeBelow(home, '.aws/config', config);
  const path = join(home, '.aws', 'config');
  const { app, page } = await launch();
  await enterPractice(page);
  await place(page, 'Connections').click();
  await heading(page, 'Connections').waitFor();
  await page.getByRole('button', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /^The AWS config file/ })).toBeFocused();
  await takePictures(page, 'import-from');
  await inBothThemes(page, () => expectAccessible(page));

  await dialog.getByRole('button', { name: /^Leapp/ }).click();
  await expect(dialog.getByText('There is no file at', { exact: false })).toBeVisible();
  writeBelow(home, '.Leapp/Leapp-lock.json', 'U2FsdGVkX1+3v0m4WJ0mYyqXbYI=');
  await dialog.getByRole('button', { name: /^Leapp/ }).click();
  await expect(dialog.getByText('keeps encrypted', { exact: false })).toBeVisible();
  await takePictures(page, 'import-refused');
  await inBothThemes(page, () => expectAccessible(page));

  await dialog.getByRole('button', { name: /^The AWS config file/ }).click();
  await expect(dialog.getByRole('heading', { name: '4 roles found' })).toBeVisible();
  await expect(
    dialog.getByText('1 connected already or there twice, 1 cannot be imported, 3 other profiles without a role'),
  ).toBeVisible();
  await expect(dialog.getByText('The same role as production-deploy.')).toBeVisible();
  await expect(dialog.getByText('It is entered with a web identity token, not by somebody.')).toBeVisible();
  await takePictures(page, 'import-found');
  await inBothThemes(page, () => expectAccessible(page));
  await dialog.getByText('production-audit').click();
  await dialog.getByRole('button', { name: 'Import 1 connection' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('row', { name: /production-deploy/ })).toContainText('Not tested');
  await takePictures(page, 'import-done');
  expect(readFileSync(path, 'utf8')).toBe(config);

  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Import connections…' }).click();
  await willChoose(app, path);
  await dialog.getByRole('button', { name: /^Another file/ }).click();
  await expect(dialog.getByText('2 connected already or there twice', { exact: false })).toBeVisible();
  // with the pointer out of the way: Esc takes a tooltip away first
  await page.mouse.move(2, 400);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('row', { name: /production-deploy/ }).click();
  await heading(page, 'production-deploy').waitFor();
  await expect(page.getByText('from the AWS profile production-deploy', { exact: false })).toBeVisible();
  await takePictures(page, 'import-connection');
});

test('an empty config file says that there is no role in it', async ({ launch, home }) => {
  writeBelow(home, '.aws/config', '[default]\nregion = eu-west-1\n');
  const { page } = await launch();
  await enterPractice(page);
  await place(page, 'Connections').click();
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByRole('button', { name: /^The AWS config file/ }).click();
  await expect(page.getByText('No role stands in this file')).toBeVisible();
  await takePictures(page, 'import-empty');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('button', { name: /^Leapp/ })).toBeVisible();
});
