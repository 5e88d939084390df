import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterPractice, heading } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { exchangeLink, readExchangeLink } from '../../../core/domain/exchange-link';
import { runApp, type AppProcess } from '../support/app-process';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import { drop, menuItem, startAgainWith, willSaveAs } from '../support/sent-files';

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

/** From the first run to a request that is saved as a file, and the wizard that waits for its reply. */
async function saveRequest({ app, page }: AppProcess, home: string): Promise<{ asked: string; wizard: WizardScreen }> {
  await enterPractice(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(page);
  await wizard.goToReview();
  const asked = join(home, 'mine.sallyport-request.json');
  await willSaveAs(app, asked);
  await menuItem(page, 'Save the request…');
  await expect(page.getByText('Request saved. Send it to the owner of the account')).toBeVisible();
  // the same as a link
  await menuItem(page, 'Copy as a link');
  await expect(page.getByText('Link copied. Send it to the owner of the account')).toBeVisible();
  const copied = readExchangeLink(await app.evaluate(({ clipboard }) => clipboard.readText()));
  expect(copied.ok && JSON.parse(copied.value)).toMatchObject({ kind: 'sallyport-connection-request' });
  return { asked, wizard };
}

test('S-20 a request’s file given to a second start is shown in the window that is open, and makes nothing', async ({
  sallyport,
  home,
}) => {
  const { page, app } = sallyport;
  await enterPractice(page);
  const file = join(home, 'audit.sallyport-request.json');
  writeFileSync(file, JSON.stringify(request));
  await startAgainWith(app, file);
  await heading(page, 'Open a connection request').waitFor();
  await expect(page.getByText('The request is sound and has no secret in it.')).toBeVisible();
  await expect(page.getByText('4444').first()).toBeVisible();
  await page.getByRole('button', { name: 'Look at what would be created' }).click();
  await heading(page, /account/i).waitFor();
  await expect(page.getByText('Read-only audit').first()).toBeVisible();

  // One that is neither says so, beside the field.
  const other = join(home, 'other.sallyport-request.json');
  writeFileSync(other, '{"kind":"something else"}');
  await startAgainWith(app, other);
  await heading(page, 'Open a request or a reply').waitFor();
  await expect(page.getByText(/This is JSON, but not a connection request/)).toBeVisible();

  // A credential goes no further than the message that there was one.
  const canary = 'AKIAIOSFODNN7EXAMPLE';
  writeFileSync(other, JSON.stringify({ ...request, note: canary }));
  await startAgainWith(app, other);
  await expect(page.getByText(/There is a credential in this text/)).toBeVisible();
  expect(await page.content()).not.toContain(canary);

  // The menu opens the same page with the file that was chosen.
  await app.evaluate(({ dialog, Menu }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    Menu.getApplicationMenu()?.getMenuItemById('open-file')?.click();
  }, file);
  await heading(page, 'Open a connection request').waitFor();
});

test('S-20 a link given to a second process waits for the first choice and for a dialog, is shown, and makes nothing', async ({
  sallyport,
  home,
}) => {
  const { page, app } = sallyport;
  await heading(page, 'Where do you want to start?').waitFor();
  const link = exchangeLink(JSON.stringify(request)) ?? '';
  const before = await page.evaluate(() => location.href);
  // another process, as the system starts it: it hands its arguments over and ends
  expect(await runApp({ home, args: [link] })).toBe(0);
  await expect(page.getByText('Something was sent to you.')).toBeVisible();
  await takePictures(page, 'first-run-arrived');
  await inBothThemes(page, () => expectAccessible(page));
  expect(await page.evaluate(() => location.href)).toBe(before);
  await page.keyboard.press('1');
  await heading(page, 'Open a connection request').waitFor();
  await expect(page.getByText('The request is sound and has no secret in it.')).toBeVisible();

  await page.keyboard.press('Control+,');
  await heading(page, 'Settings').waitFor();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.waitFor();
  // as macOS gives it
  await app.evaluate(({ app: electronApp }, url) => {
    electronApp.emit('open-url', { preventDefault: () => undefined }, url);
  }, 'sallyport://revoke?connection=everything');
  await expect(page.getByText('It is shown once this dialog is closed.')).toBeVisible();
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByText('This link does not lead to anything in Sallyport.')).toBeVisible();
  await expect(heading(page, 'Open a request or a reply')).toBeVisible();
  await takePictures(page, 'link-refused');
  await inBothThemes(page, () => expectAccessible(page));
});

test('S-28 a reply goes from the owner’s wizard into the one that asked, and the role passes its test', async ({
  sallyport,
  home,
}) => {
  const { page, app } = sallyport;
  const { asked, wizard } = await saveRequest(sallyport, home);

  // The owner: the same computer here, another person.
  await drop(page, 'mine.sallyport-request.json', readFileSync(asked, 'utf8'));
  await heading(page, 'Open a connection request').waitFor();
  await page.getByRole('button', { name: 'Look at what would be created' }).click();
  await wizard.heading('Which of your accounts may they enter?').waitFor();
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await page.getByRole('button', { name: 'Accept and create' }).click();
  await page.getByRole('button', { name: 'Create the role', exact: true }).click();
  await page.getByRole('button', { name: 'Hand it back' }).click();
  await wizard.heading('Hand the role back').waitFor();
  const answer = join(home, 'mine.sallyport-reply.json');
  await willSaveAs(app, answer);
  await page.getByRole('button', { name: 'Save the reply…' }).click();
  await expect(page.getByText('Reply saved. Send it to whoever asked')).toBeVisible();
  await takePictures(page, 'reply-hand-back');
  await inBothThemes(page, () => expectAccessible(page));
  const text = readFileSync(answer, 'utf8');
  const reply = JSON.parse(text) as { roleArn: string; externalId: string; accountId: string };
  expect(reply).toMatchObject({ kind: 'sallyport-connection-reply', version: 1, madeWith: 'automatic' });
  await page.getByRole('button', { name: 'I sent it, finish' }).click();
  await heading(page, 'Practice production').waitFor();

  // Where the pointer was left a button will stand that says on a tooltip why it is off.
  await page.mouse.move(300, 400);

  // Other than asked for: said before it is taken.
  const elsewhere = {
    ...reply,
    accountId: '555566667777',
    roleArn: reply.roleArn.replace(reply.accountId, '555566667777'),
  };
  await drop(page, 'other.sallyport-reply.json', JSON.stringify(elsewhere));
  await heading(page, 'Open a reply').waitFor();
  await expect(page.getByText('The role is in another account.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take it all the same' })).toBeEnabled();
  await takePictures(page, 'reply-differs');
  await inBothThemes(page, () => expectAccessible(page));

  // Nobody here asked.
  await drop(page, 'stray.sallyport-reply.json', JSON.stringify({ ...reply, externalId: randomUUID() }));
  await expect(page.getByText('No wizard here has asked for this.')).toBeVisible();
  await takePictures(page, 'reply-nobody-asked');
  await inBothThemes(page, () => expectAccessible(page));

  // The right one, by a second start.
  await startAgainWith(app, answer);
  await expect(page.getByText(/^It answers your request for/)).toBeVisible();
  await takePictures(page, 'reply-read');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Take it to the test' }).click();
  await wizard.heading('Paste the role and test').waitFor();
  await expect(wizard.field('Role')).toHaveValue(reply.roleArn);
  await page.getByRole('button', { name: 'Test connection', exact: true }).click();
  await expect(wizard.finish).toBeEnabled({ timeout: 60_000 });
  await wizard.finish.click();
  await heading(page, /^Connected to/).waitFor();

  // Once taken, it is known.
  await drop(page, 'again.sallyport-reply.json', text);
  await expect(page.getByText(/This reply was taken already/)).toBeVisible();
});

test('a reply pasted where the role goes is the role; one with a question is shown first', async ({
  sallyport,
  home,
}) => {
  const { page } = sallyport;
  const { asked, wizard } = await saveRequest(sallyport, home);
  const { externalId, options } = JSON.parse(readFileSync(asked, 'utf8')) as {
    externalId: string;
    options: { roleName: string };
  };
  await wizard.createInConsole();
  await wizard.heading('Paste the role and test').waitFor();
  const reply = {
    kind: 'sallyport-connection-reply',
    version: 1,
    createdAt: 1_795_338_000_000,
    externalId,
    accountId: '222233334444',
    roleArn: `arn:aws:iam::222233334444:role/${options.roleName}`,
    madeWith: 'cli',
  };
  await wizard.field('Role').fill(JSON.stringify(reply, null, 2));
  await expect(wizard.field('Role')).toHaveValue(reply.roleArn);
  await expect(page.getByText('This is the role of the owner’s reply.')).toBeVisible();
  await takePictures(page, 'reply-pasted');
  await inBothThemes(page, () => expectAccessible(page));
  await wizard.field('Role').fill(JSON.stringify({ ...reply, roleArn: `${reply.roleArn}2` }));
  await heading(page, 'Open a reply').waitFor();
  await expect(page.getByText('The role is another one than was asked for.')).toBeVisible();
});

test('files that are neither, too large, or hostile are said to be so and go nowhere', async ({ window }) => {
  await enterPractice(window);
  const before = window.url();
  await drop(window, 'large.json', `"${'x'.repeat(70_000)}"`);
  await expect(window.getByText(/too large for a request or a reply/)).toBeVisible();
  await takePictures(window, 'sent-file-too-large');
  await inBothThemes(window, () => expectAccessible(window));
  for (const [text, words] of [
    ['', /is empty, or cannot be read/],
    ['<script>alert(1)</script>', /This is not JSON/],
    ['{"kind":"sallyport-connection-reply","version":9}', /made by a newer Sallyport/],
    ['{"kind":"sallyport-connection-reply","version":1,"onOpen":"test"}', /damaged or was changed by hand/],
    ['{"kind":"sallyport-connection-reply","version":1,"note":"AKIAIOSFODNN7EXAMPLE"}', /There is a credential/],
  ] as const) {
    await drop(window, 'some.json', text);
    await expect(window.getByText(words)).toBeVisible();
  }
  expect(window.url()).toBe(before);
  await expect(window.getByRole('button', { name: 'Continue' })).toBeDisabled();
});

test('by keyboard alone: the page comes from the command list, a request is pasted, read and gone on with', async ({
  sallyport,
}) => {
  const { app, page } = sallyport;
  await enterPractice(page);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(960, 640);
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('request reply');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await heading(page, 'Open a request or a reply').waitFor();
  await expect(heading(page, 'Open a request or a reply')).toBeFocused();
  await takePictures(page, 'sent-file-empty-small');
  const field = page.getByRole('textbox', { name: 'Text of the request or reply' });
  for (let step = 0; step < 8 && !(await field.evaluate((one) => one === document.activeElement)); step += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(field).toBeFocused();
  await page.keyboard.insertText(JSON.stringify(request));
  await expect(heading(page, 'Open a connection request')).toBeFocused();
  await takePictures(page, 'request-read-small');
  const look = page.getByRole('button', { name: 'Look at what would be created' });
  for (let step = 0; step < 12 && !(await look.evaluate((one) => one === document.activeElement)); step += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await heading(page, 'Which of your accounts may they enter?').waitFor();

  // While a file is held over the window it says what would become of it; a dialog is not disturbed.
  const hold = () =>
    page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['{}'], 'a.json'));
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    });
  await hold();
  await expect(page.getByText('Drop the request or reply. It is only shown.')).toBeVisible();
  await takePictures(page, 'sent-file-held');
  await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
  await expect(page.getByText('Drop the request or reply. It is only shown.')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run a command' }).waitFor();
  await hold();
  await drop(page, 'mine.json', JSON.stringify(request));
  await expect(page.getByText('Drop the request or reply. It is only shown.')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(heading(page, 'Which of your accounts may they enter?')).toBeVisible();
});
