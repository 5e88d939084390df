import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { z } from '../../../core/zod';
import { settingsSchema } from '../../../main/settings';
import { connectionsCollection } from '../../../main/connections/connections';
import { computerNow } from '../../../main/platform/computer-time';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { readWrittenCollection } from '../../../main/store/written-collection';
import { enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { addressOf, goToAddress } from '../support/address';
import { userDataIn, type AppProcess } from '../support/app-process';
import { writeBelow } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

/** To the account step of a wizard, by its suggested recipe. */
async function toAccountStep(page: Page): Promise<void> {
  await page.keyboard.press('Control+N');
  const wizard = new WizardScreen(page);
  await wizard.heading('What should they be able to do?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
}

/** By keyboard: pressing a key on a control gives it the focus first. */
async function makeOrganization(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make an organization…' }).press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Make an organization?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await dialog.getByRole('checkbox', { name: /^I know what this means/ }).press('Space');
  await dialog.getByRole('button', { name: 'Make the organization' }).press('Enter');
  await expect(dialog).toHaveCount(0);
}

/** The new account is wished for and checked; by keyboard from the choice on. The button that asks for it has the focus. */
async function wishByKeyboard(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
  await page.keyboard.type('Python deploy');
  await expect(page.getByRole('textbox', { name: 'E-mail of its root user' })).toHaveValue(
    'root+python-deploy@example.com',
  );
  await page.getByRole('button', { name: 'Check now' }).focus();
  await page.keyboard.press('Enter');
  const ask = page.getByRole('button', { name: 'Ask AWS for this account…' });
  await expect(ask).not.toHaveAttribute('aria-disabled', 'true');
  await ask.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Ask AWS for “Python deploy”?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Ask AWS for this account' })).toBeFocused();
}

async function askByKeyboard(page: Page): Promise<void> {
  await wishByKeyboard(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
}

const journal = (page: Page) => page.getByRole('list', { name: 'Everything that is done' });

/** From the account that is there to the button that does the rest. */
async function toTheRest(page: Page): Promise<void> {
  const wizard = new WizardScreen(page);
  await expect(wizard.continue).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await page.getByRole('button', { name: 'Accept and create' }).click();
  await wizard.heading('Create and test').waitFor();
}

/** As a crash, a power cut or a task manager ends it: nothing is said to it before. */
async function kill({ app }: AppProcess): Promise<void> {
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await ended;
}

test('from no organization to a tested connection in an account of its own', async ({ window: page }) => {
  test.setTimeout(120_000);
  await enterPractice(page);
  await toAccountStep(page);
  await look(page, 'wizard-account-existing');
  // the choice, by keyboard: it keeps the focus
  await page.getByRole('radio', { name: /^An account that exists/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: /^A new dedicated sub-account/ })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  await look(page, 'wizard-account-none');
  await makeOrganization(page);
  await expect(page.getByRole('button', { name: 'New unit…' })).toBeVisible();
  await look(page, 'wizard-account-new');
  await askByKeyboard(page);
  await expect(page.getByRole('list', { name: 'How it went' })).toContainText('AWS is asked for the account');
  await look(page, 'wizard-account-making');
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible({ timeout: 30_000 });
  await look(page, 'wizard-account-there');
  await toTheRest(page);
  await page.getByText('Protect this role').first().click();
  await page.getByText('Deny leaving the organization').first().click();
  await page.getByText('Allow only its Region').first().click();
  await look(page, 'wizard-by-itself');
  await page.getByRole('button', { name: 'What it would refuse : Allow only its Region' }).press('Enter');
  const preview = page.getByRole('dialog');
  await expect(preview.getByText('Nothing of yours is refused')).toBeVisible();
  await look(page, 'wizard-guard-rail-preview');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Create and test', exact: true }).click();
  await heading(page, 'Connected to Python deploy').waitFor({ timeout: 60_000 });
  await look(page, 'wizard-by-itself-finish');

  // another connection into the same account begins at its page
  await page.getByRole('button', { name: 'Done' }).click();
  await place(page, 'Organization').click();
  await page
    .getByRole('treegrid', { name: 'Units and accounts' })
    .getByRole('row', { name: /^Python deploy/ })
    .click();
  await page.getByRole('button', { name: 'Connect it' }).click();
  await new WizardScreen(page).continue.click();
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^A new dedicated sub-account/ })).toBeChecked();

  // and an account that was asked for is not asked for twice
  await toAccountStep(page);
  await page.getByText('A new dedicated sub-account').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Python deploy');
  await page.getByRole('button', { name: 'Connect that one' }).click();
  await expect(page.getByText('The account is there.', { exact: true })).toBeVisible();
});

/** AWS on this computer, which goes on when the app does not, and a home with a profile of each side. */
async function servedAws(home: string) {
  const clock = { now: computerNow, offset: () => undefined };
  const sandbox = createSandbox({ clock, signingKey: randomBytes(32) });
  const names = ['deployer', 'management'] as const;
  const profiles = names.map((name) => {
    const { accessKeyId, secretAccessKey } = sandbox.identities[name];
    return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  });
  writeBelow(home, '.aws/credentials', profiles.join('\n'));
  const put = (path: string, data: unknown) => writeBelow(userDataIn(home), path, JSON.stringify({ version: 1, data }));
  put('settings.json', settingsSchema.parse({ theme: 'system', workspace: 'aws' }));
  const region = 'eu-west-1';
  put('aws/sources.json', {
    sources: names.map((name) => ({ kind: 'profile', id: name, label: name, profileName: name, region })),
    selectedId: 'deployer',
  });
  return await serveSandbox(sandbox, 0);
}

test('the app dies after each time it writes down how far it came, and there is one account, one role and one connection', async ({
  launch,
  home,
}) => {
  test.setTimeout(240_000);
  const server = await servedAws(home);
  const folder = join(userDataIn(home), 'aws');
  const recorded = () => readWrittenCollection(connectionsCollection, folder);
  const draftsLeft = () =>
    z
      .object({ data: z.object({ drafts: z.array(z.unknown()) }) })
      .parse(JSON.parse(readFileSync(join(folder, 'drafts.json'), 'utf8'))).data.drafts.length;
  const isDone = () => recorded().length > 0 && draftsLeft() === 0;
  const environment = { AWS_ENDPOINT_URL: server.endpoint };
  try {
    let running = await launch({ environment });
    let { page } = running;
    await heading(page, 'Sessions').waitFor();
    await toAccountStep(page);
    const newAccount = async () => {
      await page.getByText('A new dedicated sub-account').click();
      await page.getByRole('button', { name: /Look at it as$/ }).click();
      await page.getByRole('option', { name: 'management' }).click();
    };
    await newAccount();
    await makeOrganization(page);
    await wishByKeyboard(page);
    const address = await addressOf(page);
    /** Presses Enter, by which the app dies at so many records, and starts it again at the step. */
    const dyingByEnter = async (at: number) => {
      const ended = new Promise((resolve) => running.app.process().once('exit', resolve));
      await running.app.evaluate((_electron, count) => globalThis.sallyportDieAtWrite?.(count), at);
      await page.keyboard.press('Enter').catch(() => undefined);
      await ended;
      running = await launch({ environment });
      ({ page } = running);
      await heading(page, 'Sessions').waitFor();
      await goToAddress(page, address);
    };
    /** What was asked for is looked for during a minute; then a person goes on. */
    const toGoOn = async () => {
      await page.getByText('The request is on its way, or its answer is looked for.').waitFor();
      await running.skip(65_000);
      await page.getByRole('button', { name: 'Go on', exact: true }).focus();
    };
    // the wizard knows which account it is for; nothing was asked
    await dyingByEnter(1);
    await newAccount();
    await wishByKeyboard(page);
    // the account has its record, and then the record says that AWS is asked, which it never was
    await dyingByEnter(2);
    await toGoOn();
    await dyingByEnter(2);
    await toGoOn();
    await page.keyboard.press('Enter');
    // asked for, and killed while AWS is at it
    await expect(page.getByRole('list', { name: 'How it went' })).toContainText('AWS is at it');
    await kill(running);

    // what is left of the account is done by itself, with a crash after each of its records
    const deaths = { account: 0, rest: 0 };
    const dying = async (at: number, until: () => boolean): Promise<'died' | 'done'> => {
      expect(at, 'deaths until it was done').toBeLessThan(60);
      // it may die before its window stands
      const running = await launch({ environment: { ...environment, SALLYPORT_TEST_DIE_AT: String(at) } }).catch(
        () => undefined,
      );
      if (running === undefined) return 'died';
      const ended = new Promise<'died'>((resolve) => running.app.process().once('exit', () => resolve('died')));
      const done = expect.poll(until, { timeout: 60_000 }).toBe(true);
      const how = await Promise.race([ended, done.then(() => 'done' as const)]);
      // that it is never done is only a failure where it did not die before
      done.catch(() => undefined);
      if (how === 'done' && running.app.process().exitCode === null && running.app.process().signalCode === null) {
        await kill(running);
      }
      return how;
    };
    const states = () =>
      z
        .object({ data: z.object({ subAccounts: z.array(z.object({ state: z.string() })) }) })
        .parse(JSON.parse(readFileSync(join(folder, 'sub-accounts.json'), 'utf8'))).data.subAccounts;
    while ((await dying(deaths.account + 1, () => states()[0]?.state === 'ready')) === 'died') deaths.account += 1;

    const third = await launch({ environment });
    ({ page } = third);
    await heading(page, 'Sessions').waitFor();
    await goToAddress(page, address);
    await toTheRest(page);
    await page.getByText('Protect this role').first().click();
    await page.getByRole('button', { name: 'Create and test', exact: true }).click();
    await expect(journal(page)).toBeVisible();
    await kill(third);
    while ((await dying(deaths.rest + 1, isDone)) === 'died') deaths.rest += 1;
    expect(deaths.account).toBeGreaterThan(1);
    expect(deaths.rest).toBeGreaterThan(8);

    // one of each, as the app and AWS have it
    expect(recorded().map(({ name, status }) => [name, status])).toEqual([['Python deploy', 'working']]);
    const { page: last } = await launch({ environment });
    await heading(last, 'Sessions').waitFor();
    await place(last, 'Connections').click();
    await expect(last.getByText('Python deploy', { exact: true })).toHaveCount(1);
    await place(last, 'Organization').click();
    const tree = last.getByRole('treegrid', { name: 'Units and accounts' });
    await expect(tree.getByRole('row', { name: /^Python deploy/ })).toHaveCount(1);
  } finally {
    await server.close();
  }
});
