import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { z } from '../../../core/zod';
import { sandboxSnapshotSchema } from '../../../main/sandbox/snapshot';
import { connectInPractice, enterPractice, heading } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import type { AppProcess } from '../support/app-process';

async function openConnection(window: Page): Promise<void> {
  await window.keyboard.press('Control+2');
  await heading(window, 'Connections').waitFor();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
}

const map = (window: Page) => window.getByRole('table', { name: /^What .* may do, / });
const cellsOf = (window: Page, service: string) =>
  map(window)
    .getByRole('row')
    .filter({ has: window.getByRole('rowheader', { name: service, exact: true }) })
    .getByRole('cell');

/** What somebody does in the account while the app is closed. */
function addPolicy({ userData }: AppProcess, roleName: string, policy: { name: string; document: object }): void {
  const file = join(userData, 'practice', 'sandbox.json');
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { data } = z.looseObject({ data: z.looseObject({ snapshot: sandboxSnapshotSchema }) }).parse(kept);
  const role = data.snapshot.accounts.flatMap(({ roles }) => roles).find(({ name }) => name === roleName);
  if (role === undefined) throw new Error(`There is no role ${roleName}`);
  role.inline.push({ name: policy.name, document: JSON.stringify(policy.document, null, 2) });
  writeFileSync(file, JSON.stringify({ ...(kept as object), data }));
}

test('a connection shows what its role can do now, and what to watch', async ({ window }) => {
  await connectInPractice(window);
  await openConnection(window);
  await expect(map(window)).toBeVisible();
  await expect(cellsOf(window, 'Every service')).toHaveText([
    'every action on all resources',
    'every action on all resources',
    'every action on all resources',
    'every action on all resources, risky',
    'every action on all resources',
  ]);
  await expect(window.getByText('Nothing beyond what was agreed.')).toBeVisible();
  await expect(window.getByText(/^Read with practice-owner at \d\d:\d\d/)).toBeVisible();
  const watched = window.getByRole('list', { name: 'To watch' }).getByRole('listitem');
  await expect(watched.first()).toContainText('this is the whole account');
  await expect(watched.first()).toContainText(/AdministratorAccess, line \d+/);
  await takePictures(window, 'permissions');
  await inBothThemes(window, () => expectAccessible(window));

  // all of it by keyboard
  await window.getByRole('button', { name: 'In words' }).focus();
  await window.keyboard.press('Enter');
  await expect(window.getByText('list, read, write, grant, tag all')).toBeVisible();
  await window.getByRole('button', { name: 'Read it again' }).focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('button', { name: 'Read it again' })).toBeFocused();
  await expect(window.getByText('list, read, write, grant, tag all')).toBeVisible();
  await takePictures(window, 'permissions-in-words');
});

test('what was added to the role behind the app’s back is marked, and the test warns of it', async ({ launch }) => {
  test.setTimeout(120_000);
  const first = await launch();
  await enterPractice(first.page);
  await first.page.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(first.page);
  await wizard.heading('What should they be able to do?').waitFor();
  await wizard.recipe('Cross-account CodeDeploy').click();
  await wizard.goToReview();
  await wizard.createAutomatically();
  await wizard.test();
  await expect(wizard.check(/of \d allowed, \d of \d refused/)).toBeVisible();
  await wizard.finish.click();
  await wizard.heading(/^Connected to/).waitFor();
  await openConnection(first.page);
  await expect(first.page.getByText('Nothing beyond what was agreed.')).toBeVisible();
  await takePictures(first.page, 'permissions-codedeploy');
  await first.close();

  addPolicy(first, 'CodeDeployAccess', {
    name: 'Convenience',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:*', 's3:*'], Resource: '*' }],
    },
  });
  const { page: window } = await launch();
  await heading(window, 'Sessions').waitFor();
  await openConnection(window);
  await expect(cellsOf(window, 'IAM')).toHaveText(Array<string>(5).fill('more than agreed'));
  await expect(window.getByText(/^More than agreed: /)).toContainText('IAM, S3');
  const watched = window.getByRole('list', { name: 'To watch', exact: true }).getByRole('listitem');
  await expect(watched.first()).toContainText('Convenience, line');
  await window.getByRole('button', { name: 'Test', exact: true }).press('Enter');
  await expect(window.getByText(/^may also do iam:CreateUser/)).toBeVisible();
  await takePictures(window, 'permissions-extra');
  await inBothThemes(window, () => expectAccessible(window));
});

test('before the first test the wizard says what to watch in the trust policy', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToOptions('Custom');
  await window.getByText('Ask for the external ID').click();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await wizard.createAutomatically();
  await window.getByRole('button', { name: 'Test the connection' }).click();
  await wizard.heading('Paste the role and test').waitFor();
  const line = window.getByRole('button', { name: /^\d things? to watch in the trust policy$/ });
  await expect(line).toHaveAttribute('aria-expanded', 'false');
  await line.press('Enter');
  await expect(window.getByText('Add StringEquals on sts:ExternalId to the statement.')).toBeVisible();
  await takePictures(window, 'trust-watch');
  await inBothThemes(window, () => expectAccessible(window));
});
