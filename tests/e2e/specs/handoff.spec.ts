import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { connectInPractice } from '../screens/places';
import { userDataIn } from '../support/app-process';
import { watchCopies } from '../support/dialogs';
import { filesHolding } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const panel = (page: Page) => page.getByRole('dialog', { name: /^Hand off/ });

async function openPanel(page: Page): Promise<void> {
  await connectInPractice(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Hand off…' }).click();
  await expect(panel(page).getByRole('heading', { name: 'A profile for your tools' })).toBeVisible();
}

test('a profile is shown, written beside what others wrote, asked about when a hand changed it, and removed', async ({
  home,
  launch,
}) => {
  const foreign = '[default]\nregion = eu-central-1\n\n[profile practice-production]\nregion = eu-west-2\n';
  const { page } = await launch({ environment: { AWS_CONFIG_FILE: join(home, 'aws-config') } });
  const config = join(home, 'aws-config');
  writeFileSync(config, foreign, { mode: 0o600 });
  await openPanel(page);
  await takePictures(page, 'handoff');
  await inBothThemes(page, () => expectAccessible(page));

  await panel(page).getByRole('button', { name: 'Write a profile' }).click();
  const name = panel(page).getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('practice-production-2');
  await name.fill('practice-production');
  await expect(panel(page).getByText('“practice-production” is somebody’s.')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Use practice-production-2' }).click();
  await expect(panel(page).getByLabel('The lines as they will be written')).toContainText(
    '[profile practice-production-2]',
  );
  await takePictures(page, 'handoff-profile');
  await inBothThemes(page, () => expectAccessible(page));
  await panel(page).getByRole('button', { name: 'Write it' }).click();
  await expect(panel(page).getByText(/^In .*aws-config/)).toBeVisible();
  const written = readFileSync(config, 'utf8');
  expect(written.startsWith(foreign)).toBe(true);
  expect(written).toContain('--credential-process');
  expect(statSync(config).mode & 0o777).toBe(0o600);

  writeFileSync(config, written.replace('region = eu-west-1', 'region = sa-east-1'));
  await panel(page).getByRole('button', { name: 'Remove' }).click();
  await expect(panel(page).getByText('Somebody has changed these lines since.')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Remove them as they are' }).click();
  await expect(panel(page).getByRole('button', { name: 'Write a profile' })).toBeVisible();
  expect(readFileSync(config, 'utf8')).toBe(foreign);
});

test('the endpoint answers who holds the token, says who asked, and is off with its session', async ({
  sallyport,
  window,
}) => {
  const copies = await watchCopies(sallyport.app);
  await openPanel(window);
  await panel(window).getByRole('button', { name: 'Switch on' }).click();
  await expect(panel(window).getByText(/^On, port \d+$/)).toBeVisible();
  await panel(window)
    .getByRole('button', { name: /two variables/ })
    .click();
  await expect.poll(copies).toHaveLength(1);
  const [lines = ''] = await copies();
  const uri = /FULL_URI='([^']+)'/.exec(lines)?.[1] ?? '';
  const token = /AUTHORIZATION_TOKEN='([^']+)'/.exec(lines)?.[1] ?? '';
  expect(await statusOf(uri, 'nobody’s')).toBe(403);
  expect(await statusOf(uri, token)).toBe(200);
  await expect(panel(window).getByText('answered')).toBeVisible();
  await expect(panel(window).getByText('refused: token')).toBeVisible();
  await takePictures(window, 'handoff-endpoint');
  await inBothThemes(window, () => expectAccessible(window));
  expect(filesHolding(sallyport.userData, token)).toEqual([]);

  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: /^More for / }).click();
  await window.getByRole('menuitem', { name: 'End…' }).click();
  await window.getByRole('button', { name: 'End the session' }).click();
  await expect.poll(() => statusOf(uri, token)).toBe(0);
});

test('keys lie in a file only after a yes, and are gone when the app quits', async ({ home, launch }) => {
  const credentials = join(home, '.aws', 'credentials');
  const app = await launch();
  await openPanel(app.page);
  await panel(app.page).getByRole('button', { name: 'Write keys to a file…' }).click();
  await expect(panel(app.page).getByRole('button', { name: 'Write the keys' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await panel(app.page).getByText('Write them in plain text all the same').click();
  await takePictures(app.page, 'handoff-plain');
  await inBothThemes(app.page, () => expectAccessible(app.page));
  await panel(app.page).getByRole('button', { name: 'Write the keys' }).click();
  await expect(panel(app.page).getByText(/^The keys are in/)).toBeVisible();
  const written = readFileSync(credentials, 'utf8');
  expect(written).toContain('aws_session_token = ');
  expect(statSync(credentials).mode & 0o777).toBe(0o600);
  await app.close();
  expect(readFileSync(credentials, 'utf8')).toBe('');
  expect(existsSync(join(userDataIn(home), 'practice', 'handoff.json'))).toBe(true);
});

test('a removal that failed is tried again as a removal: no key is written instead', async ({ home, window }) => {
  const credentials = join(home, '.aws', 'credentials');
  await openPanel(window);
  await panel(window).getByRole('button', { name: 'Write keys to a file…' }).click();
  await panel(window).getByText('Write them in plain text all the same').click();
  await panel(window).getByRole('button', { name: 'Write the keys' }).click();
  await expect(panel(window).getByText(/^The keys are in/)).toBeVisible();
  const written = readFileSync(credentials, 'utf8');
  rmSync(credentials);
  mkdirSync(credentials);
  await panel(window).getByRole('button', { name: 'Remove' }).click();
  const again = panel(window).getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await takePictures(window, 'handoff-plain-stays');
  await inBothThemes(window, () => expectAccessible(window));
  rmdirSync(credentials);
  writeFileSync(credentials, written, { mode: 0o600 });
  await again.click();
  await expect(panel(window).getByRole('button', { name: 'Write keys to a file…' })).toBeVisible();
  expect(readFileSync(credentials, 'utf8')).toBe('');
});

function statusOf(uri: string, authorization: string): Promise<number> {
  return new Promise((resolve) => {
    request(uri, { headers: { authorization: encodeURI(authorization), 'user-agent': 'aws-cli/2' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', () => resolve(0))
      .end();
  });
}
