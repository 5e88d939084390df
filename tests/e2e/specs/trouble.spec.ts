import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { computerNow } from '../../../main/platform/computer-time';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { addProfile, connectInPractice, enterPractice, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import type { AppProcess } from '../support/app-process';
import { filesHolding, namesIn, writeBelow } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const canary = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY9';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

function panel(within: Page | Locator, title: string): Locator {
  return within.getByRole('alert', { name: title });
}

/** The secret parts of what “Copy environment” put on the clipboard. */
async function copiedSecrets({ app }: AppProcess): Promise<string[]> {
  let secrets: string[] = [];
  const read = async () => {
    const text = await app.evaluate(({ clipboard }) => clipboard.readText());
    secrets = [...text.matchAll(/AWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN)='([^']+)'/g)].map((found) => found[1] ?? '');
    return secrets.length;
  };
  await expect.poll(read).toBe(2);
  return secrets;
}

/** What was tried to reach is expected here, and nothing else; it is taken off the list of what went wrong. */
function takeNetworkTries(process: AppProcess): string[] {
  const tries = process.problems.filter((problem) => problem.startsWith('network '));
  process.problems.splice(0, process.problems.length, ...process.problems.filter((one) => !tries.includes(one)));
  return [...new Set(tries.map((problem) => problem.slice('network '.length)))];
}

/** Does something, and waits until the network was tried because of it. */
async function asksAgain({ problems }: AppProcess, act: () => Promise<void>): Promise<void> {
  const before = problems.length;
  await act();
  await expect.poll(() => problems.length).toBeGreaterThan(before);
}

test.describe('S-15 without a keychain', () => {
  test('it is said, memory is agreed to, and what was in memory is lost on quitting', async ({ launch, home }) => {
    test.setTimeout(120_000);
    const first = await launch({ keychain: false });
    const { page } = first;
    await expect(page.getByText('does not answer: sessions can live in memory')).toBeVisible();
    await look(page, 'no-keychain-first-run');
    await enterPractice(page);
    const error = panel(page, 'The keychain did not answer');
    // asked first by the look around, then for the sandbox's own key: whichever was last, the disk has nothing
    await expect(error).toContainText(/nothing was written to disk/i);
    await expect(error).toContainText('Start a keyring that offers the Secret Service');
    await expect(error.getByRole('button', { name: 'How to start a keyring' })).toBeVisible();
    await look(page, 'no-keychain-empty');
    await error.getByRole('button', { name: 'Try again' }).click();
    await expect(error).toBeVisible();

    // a session is refused before AWS is asked for one; the connection stands
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    const wizard = new WizardScreen(page);
    await wizard.goToReview();
    await wizard.createAutomatically();
    await wizard.test();
    await expect(page.getByText('10 of 10 passed')).toBeVisible();
    await wizard.finish.click();
    await heading(page, /^Connected to/).waitFor();
    await page.getByRole('button', { name: 'Start a session' }).click();
    await expect(error).toBeVisible();
    await look(page, 'no-keychain-finish');
    await error.getByRole('button', { name: 'Use memory for now' }).click();
    await expect(page.getByRole('button', { name: 'Copy environment' })).toBeVisible();
    await expect(error).toHaveCount(0);
    await page.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /Practice production/ });
    await expect(row).toContainText('In memory only');
    await expect(row).toContainText('lost on quitting');
    await look(page, 'no-keychain-memory');

    await row.getByRole('button', { name: 'Copy environment' }).click();
    const secrets = await copiedSecrets(first);
    await place(page, 'Settings').click();
    await expect(page.getByText('New secrets live in memory only, and are lost when Sallyport quits.')).toBeVisible();
    await first.close();
    for (const secret of secrets) expect(filesHolding(home, secret)).toEqual([]);

    const second = await launch({ keychain: false });
    await heading(second.page, 'Sessions').waitFor();
    await expect(second.page.getByText('The credentials of 1 session are not on this computer.')).toBeVisible();
    const lost = second.page.getByRole('row', { name: /Practice production/ });
    await expect(lost).toContainText('No longer here');
    await expect(lost).toContainText('still valid at AWS');
    await expect(panel(second.page, 'The keychain did not answer')).toBeVisible();
    await look(second.page, 'no-keychain-lost');
  });

  test('sessions whose credentials are in it are out of reach, not gone, and come back with it', async ({ launch }) => {
    test.skip(process.env['SALLYPORT_PRIVATE_KEYRING'] !== '1', 'no private keyring can be started here');
    const first = await launch();
    await connectInPractice(first.page);
    await first.close();

    const second = await launch({ keychain: false });
    const { page } = second;
    await expect(page.getByText('1 live, 1 of them out of reach.')).toBeVisible();
    const row = page.getByRole('row', { name: /Practice production/ });
    await expect(row).toContainText('Out of reach');
    await expect(row).toContainText('still valid at AWS');
    await expect(row.getByRole('button', { name: 'Open console' })).toHaveAttribute('aria-disabled', 'true');
    const error = panel(page, 'The keychain did not answer');
    await expect(error).toContainText('What the keychain held before is as it was.');
    await expect(page.getByText('Expiry times come from the session records, which hold no secrets.')).toBeVisible();
    await look(page, 'keychain-error');
    await second.close();

    const third = await launch();
    await third.page.getByRole('button', { name: 'Copy environment' }).click();
    await copiedSecrets(third);
    await expect(third.page.getByRole('row', { name: /Practice production/ })).toContainText('A bash shell');
    await expect(panel(third.page, 'The keychain did not answer')).toHaveCount(0);
  });
});

test.describe('a file that cannot be read', () => {
  test('is set aside, named where it is missed, and never written over', async ({ launch }) => {
    test.setTimeout(120_000);
    const first = await launch();
    await connectInPractice(first.page);
    await first.close();
    const practice = join(first.userData, 'practice');
    const garbage = '{"version":1,"data":{"connections":[{"id":"torn';
    writeBelow(practice, 'connections.json', garbage);
    // a backup would be gone on with; here there is none that is any better
    writeBelow(practice, 'connections.backup.json', garbage);
    rmSync(join(practice, 'connections.changes.jsonl'));

    const second = await launch();
    const { page } = second;
    const named = page.getByText(/^The file connections\.json could not be used: .* It was set aside as/);
    await expect(named).toBeVisible();
    await look(page, 'store-trouble-sessions');
    await place(page, 'Connections').click();
    await heading(page, 'Connections').waitFor();
    await expect(named).toBeVisible();
    await expect(page.getByText('No connection yet')).toBeVisible();
    await look(page, 'store-trouble-connections');
    await page.getByRole('button', { name: 'What to do' }).click();
    await heading(page, 'Settings').waitFor();
    const error = panel(page, 'A file of Sallyport cannot be read');
    await expect(error).toContainText('Nothing was deleted, and nothing in AWS or in the keychain was changed.');
    await expect(error).toContainText('Sallyport goes on without it.');
    await look(page, 'store-trouble-settings');

    // the app works: the session is still there, and a new connection goes into a new file
    await place(page, 'Sessions').click();
    await expect(page.getByText('1 live.')).toBeVisible();
    await page.keyboard.press('Control+N');
    const wizard = new WizardScreen(page);
    await wizard.continue.click();
    await wizard.heading('Which account do they enter?').waitFor();
    await wizard.continue.click();
    await wizard.heading('How should the role be?').waitFor();
    await wizard.field('Role name').fill('SecondRole');
    await wizard.continue.click();
    await wizard.createAutomatically();
    await wizard.test();
    await wizard.finish.click();
    await wizard.heading(/^Connected to/).waitFor();
    await second.close();
    const aside = namesIn(practice).filter((name) => /^connections\.unreadable-\d{8}-\d{6}\.json$/.test(name));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(practice, aside[0] ?? ''), 'utf8')).toBe(garbage);
    expect(filesHolding(practice, 'SecondRole').map((path) => path.slice(practice.length + 1))).toContain(
      'connections.changes.jsonl',
    );

    const third = await launch();
    await expect(third.page.getByText('2 live.')).toBeVisible();
    await expect(third.page.getByText(/could not be used/)).toHaveCount(0);
  });

  test('of every kind leaves an app that starts, says so, and keeps what it found', async ({ launch, home }) => {
    const userData = join(home, '.config', 'Sallyport');
    const names = ['sources', 'drafts', 'connections', 'sessions', 'revocations', 'sandbox'];
    writeBelow(userData, 'settings.json', 'not JSON at all');
    for (const name of names) writeBelow(userData, `practice/${name}.json`, `\u0000garbage of ${name}`);
    const { page, close } = await launch();
    await heading(page, 'Where do you want to start?').waitFor();
    // those of a workspace are looked at when it is chosen
    await expect(page.getByText('2 files could not be used.')).toBeVisible();
    await expect(page.getByText(/settings\.json, sandbox\.json/)).toBeVisible();
    await look(page, 'store-trouble-first-run');
    await connectInPractice(page);
    await page.getByRole('button', { name: 'Done' }).click();
    await place(page, 'Settings').click();
    await expect(page.getByText('7 files could not be used as found')).toBeVisible();
    await close();
    for (const name of names) {
      const aside = namesIn(join(userData, 'practice')).filter((file) => file.startsWith(`${name}.unreadable-`));
      expect(aside).toHaveLength(1);
      expect(readFileSync(join(userData, 'practice', aside[0] ?? ''), 'utf8')).toBe(`\u0000garbage of ${name}`);
    }
  });
});

test.describe('in the AWS workspace', () => {
  const source = (page: Page, name: string) =>
    page.getByRole('list', { name: 'Source identities' }).getByRole('listitem').filter({ hasText: name }).first();

  async function openSettings(page: Page): Promise<void> {
    await enterPractice(page);
    await place(page, 'Settings').click();
    await page.getByRole('button', { name: 'Switch to AWS' }).last().click();
    await expect(page.getByText('No source identity yet')).toBeVisible();
  }

  async function typeKey(page: Page, accessKeyId: string, secret: string): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Access key ID').fill(accessKeyId);
    await dialog.getByLabel('Secret access key').fill(secret);
    await expect(dialog.getByLabel('Secret access key')).toHaveValue(secret);
    // what is typed is in the field, and not in the markup that a copy of the page would carry
    expect(await page.content()).not.toContain(secret);
    await dialog.getByRole('button', { name: /^(Add|Replace) the key$/ }).click();
    await expect(dialog).toHaveCount(0, { timeout: 30_000 });
  }

  async function addKey(page: Page, name: string, accessKeyId: string, secret: string, keep = true): Promise<void> {
    await page.getByRole('button', { name: /^An access key/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Region').fill('eu-west-1');
    if (!keep) await dialog.getByText('Use it once and forget it').click();
    await typeKey(page, accessKeyId, secret);
  }

  test('S-13 AWS unreachable loses nothing, and the secret of a key is nowhere to be found', async ({
    launch,
    home,
  }) => {
    test.setTimeout(120_000);
    const first = await launch();
    const { page } = first;
    const other = canary.split('').reverse().join('');
    const spilled: string[] = [];
    page.on('console', (message) => spilled.push(message.text()));
    await openSettings(page);
    await addKey(page, 'Tidewater', 'AKIAIOSFODNN7EXAMPLE', canary);
    const row = source(page, 'Tidewater');
    await expect(row).toContainText('AKIA…MPLE');
    const unreachable = panel(row, 'AWS cannot be reached');
    await expect(unreachable).toContainText('Nothing was changed');
    await expect(unreachable).toContainText('Check the network and try again.');
    await look(page, 'aws-unreachable');
    await asksAgain(first, () => unreachable.getByRole('button', { name: 'Try again' }).click());
    await expect(row.getByRole('button', { name: 'Ask again' })).toBeVisible({ timeout: 30_000 });
    await expect(unreachable.getByRole('button', { name: 'Try again' })).toBeFocused();
    expect(takeNetworkTries(first)).toEqual(['sts.eu-west-1.amazonaws.com']);
    await addKey(page, 'Once', 'AKIAIOSFODNN7SECONDS', other, false);

    // a wizard says it before anything is typed, and keeps what is typed all the same
    await page.keyboard.press('Control+N');
    const wizard = new WizardScreen(page);
    await wizard.continue.click();
    await wizard.heading('Which account do they enter?').waitFor();
    await expect(panel(page, 'AWS cannot be reached')).toBeVisible();
    await wizard.field('Name').fill('Tidewater Production');
    await wizard.field('Account ID').fill('2222-3333-4444');
    await asksAgain(first, () => wizard.continue.click());
    await expect(wizard.continue).toBeVisible({ timeout: 30_000 });
    await expect(panel(page, 'AWS cannot be reached')).toBeVisible();
    await expect(wizard.field('Account ID')).toHaveValue('222233334444');
    await look(page, 'aws-unreachable-wizard');
    takeNetworkTries(first);
    for (const secret of [canary, other]) expect(await page.content()).not.toContain(secret);
    await first.close();

    const second = await launch();
    await place(second.page, 'Settings').click();
    const kept = source(second.page, 'Tidewater');
    await expect(kept).toContainText('Its secret is in this computer’s keychain.');
    await expect(panel(kept, 'AWS cannot be reached')).toBeVisible({ timeout: 30_000 });
    const once = source(second.page, 'Once');
    await once.getByRole('button', { name: 'Ask again' }).click();
    await expect(once).toContainText('The access key of “Once” is no longer kept on this computer.');
    await once.getByRole('button', { name: 'Replace the access key' }).click();
    await expect(second.page.getByRole('dialog')).toContainText('Replace the access key of Once');
    await typeKey(second.page, 'AKIAIOSFODNN7THIRDLY', other);
    await expect(once).toContainText('AKIA…RDLY');
    await expect(panel(once, 'AWS cannot be reached')).toBeVisible();
    for (const name of ['Once', 'Tidewater']) {
      await source(second.page, name).getByRole('button', { name: 'Remove…' }).click();
      await expect(second.page.getByRole('alertdialog', { name: `Remove ${name}` })).toContainText(
        'The secret of access key AKIA…',
      );
      await second.page.getByRole('button', { name: `Remove ${name}` }).click();
      await expect(second.page.getByRole('alertdialog', { name: `Remove ${name}` })).toHaveCount(0);
    }
    await expect(second.page.getByText('No source identity yet')).toBeVisible();
    expect(takeNetworkTries(second)).toEqual(['sts.eu-west-1.amazonaws.com']);
    await second.close();

    for (const secret of [canary, other]) {
      expect(filesHolding(home, secret)).toEqual([]);
      expect(spilled.join('\n')).not.toContain(secret);
    }
  });

  test('an unknown key, a wrong secret and a wrong clock each have words of their own', async ({ launch, home }) => {
    test.setTimeout(120_000);
    const sandbox = createSandbox({
      clock: { now: computerNow, offset: () => undefined },
      signingKey: randomBytes(32),
    });
    const server = await serveSandbox(sandbox, 0);
    try {
      const process = await launch({ environment: { AWS_ENDPOINT_URL: server.endpoint } });
      const { page } = process;
      const { deployer } = sandbox.identities;
      await openSettings(page);
      await addKey(page, 'Tidewater', 'AKIAIOSFODNN7EXAMPLE', canary);
      const row = source(page, 'Tidewater');
      const unknown = panel(row, 'AWS does not know these credentials');
      await expect(unknown).toBeVisible();
      await look(page, 'aws-unknown-key');
      await unknown.getByRole('button', { name: 'Replace the access key' }).click();
      await typeKey(page, deployer.accessKeyId, canary);
      const wrong = panel(row, 'The secret key does not match its access key');
      await expect(wrong).toBeVisible();
      await wrong.getByRole('button', { name: 'Replace the access key' }).click();
      await typeKey(page, deployer.accessKeyId, deployer.secretAccessKey);
      await expect(row).toContainText('user/practice-deployer in 111122223333');
      await expect(row.getByRole('alert')).toHaveCount(0);
      await expect(row).toContainText('Not recommended');

      // this computer's clock is 20 minutes slow: AWS's is learnt and said, and calls go on
      sandbox.setTrouble({ serverClockOffsetMs: 20 * 60_000 });
      await row.getByRole('button', { name: 'Ask again' }).click();
      await expect(page.getByText(/20 min.* ahead of this computer/)).toBeVisible();
      await expect(row).toContainText('user/practice-deployer in 111122223333');
      await look(page, 'aws-clock');

      await process.close();
      for (const secret of [canary, deployer.secretAccessKey]) expect(filesHolding(home, secret)).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test('a profile that cannot give credentials says why, and how to go on', async ({ launch, home }) => {
    writeBelow(
      home,
      '.aws/config',
      [
        '[profile broken]',
        'region = eu-west-1',
        'credential_process = /bin/false',
        '[profile empty]',
        'region = eu-west-1',
        '[profile signed-out]',
        'region = eu-west-1',
        'sso_session = tidewater',
        'sso_account_id = 111122223333',
        'sso_role_name = Deployer',
        '[sso-session tidewater]',
        'sso_start_url = https://tidewater.awsapps.com/start',
        'sso_region = eu-west-1',
        'sso_registration_scopes = sso:account:access',
        '',
      ].join('\n'),
    );
    const { page, app } = await launch();
    await openSettings(page);
    const add = async (name: string) => {
      await addProfile(page, name);
      await expect(source(page, name)).toBeVisible();
    };
    for (const name of ['broken', 'empty']) {
      await add(name);
      const error = panel(source(page, name), 'There are no credentials to call AWS with');
      await expect(error).toContainText(`The profile “${name}” gives no credentials.`);
      await expect(error).toContainText('Nothing was sent to AWS.');
      await expect(error).toContainText('Check the profile in ~/.aws, or choose another source.');
      await expect(error.getByRole('button', { name: 'Choose other credentials' })).toBeVisible();
    }
    await add('signed-out');
    const expired = panel(source(page, 'signed-out'), 'The credentials have expired');
    await expect(expired).toContainText('The sign-in of the profile “signed-out” has expired.');
    await look(page, 'aws-profiles-broken');
    await expired.getByRole('button', { name: 'Copy the sign-in command' }).click();
    await expect
      .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
      .toBe('aws sso login --profile signed-out');
  });
});
