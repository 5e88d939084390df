import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPractice, heading } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { expect, test } from '../support/fixture';

const request = {
  kind: 'sallyport-connection-request',
  version: 1,
  createdAt: 1_795_338_000_000,
  requester: { accountId: '444455556666', arn: 'arn:aws:iam::444455556666:role/deployer', partition: 'aws' },
  externalId: randomUUID(),
  recipeId: 'read-only-audit',
  options: {
    roleName: 'ReadOnlyAudit',
    path: '/',
    maxSessionDuration: 3600,
    useExternalId: true,
    onlyThisIdentity: true,
    managedPolicies: [],
    parameters: { depth: 'both' },
  },
};

test('S-20 a request’s file given to a second start is shown in the window that is open, and makes nothing', async ({
  sallyport,
  home,
}) => {
  const { page, app } = sallyport;
  await enterPractice(page);
  const file = join(home, 'audit.sallyport-request.json');
  writeFileSync(file, JSON.stringify(request));
  // What the lock tells the first process of a second one.
  await app.evaluate(({ app: electronApp }, path) => {
    electronApp.emit('second-instance', {}, ['sallyport', path]);
  }, file);
  await heading(page, 'Open a connection request').waitFor();
  await expect(page.getByText('The request is sound and has no secret in it.')).toBeVisible();
  await expect(page.getByText('4444').first()).toBeVisible();
  await page.getByRole('button', { name: 'Look at what would be created' }).click();
  await heading(page, /account/i).waitFor();
  await expect(page.getByText('Read-only audit').first()).toBeVisible();

  // One that is no request says so, beside the field.
  const other = join(home, 'other.sallyport-request.json');
  writeFileSync(other, '{"kind":"something else"}');
  await app.evaluate(({ app: electronApp }, path) => {
    electronApp.emit('second-instance', {}, ['sallyport', path]);
  }, other);
  await heading(page, 'Open a connection request').waitFor();
  await expect(page.getByText(/This is JSON, but not a connection request/)).toBeVisible();
});

test('a request is saved as a file for the owner of the account', async ({ sallyport, home }) => {
  const { page, app } = sallyport;
  await enterPractice(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(page);
  await wizard.goToReview();
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${path}/mine.sallyport-request.json` });
  }, home);
  await page.getByRole('button', { name: 'Save a request for the owner' }).click();
  await expect(page.getByText('Request saved. Send it to the owner of the account')).toBeVisible();
  const saved = JSON.parse(readFileSync(join(home, 'mine.sallyport-request.json'), 'utf8')) as { kind: string };
  expect(saved.kind).toBe('sallyport-connection-request');
});
