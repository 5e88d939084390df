import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { closePracticePanel, connectInPractice, heading } from '../screens/places';
import type { AppProcess } from '../support/app-process';
import { changeConnections } from '../support/kept-connections';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const minute = 60_000;

const startDialog = (page: Page) => page.getByRole('dialog', { name: 'Start a session' });
const row = (page: Page, words: string | RegExp): Locator => page.getByRole('row').filter({ hasText: words });

/** The connection that the wizard made has a session; here its page is left for the list. */
async function oneSession(page: Page): Promise<void> {
  await connectInPractice(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(/^1 live\./)).toBeVisible();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await startDialog(page)
    .getByRole('button', { name: new RegExp(label) })
    .click();
  await page.getByRole('option', { name: option }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
}

async function makeTrouble(page: Page, label: string, level: string): Promise<void> {
  await page.getByRole('button', { name: /^(?:Make trouble|Trouble:)/ }).click();
  const panel = page.getByRole('dialog', { name: 'Practice sandbox' });
  await panel.getByRole('button', { name: new RegExp(label) }).click();
  await page.getByRole('option', { name: level }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await closePracticePanel(page);
}

type Kept<Data> = { version: number; data: Data };
type Record_ = Readonly<Record<string, unknown>>;

/** Changes what the app has kept, while it is not running. */
function rewrite<Data>(app: AppProcess, name: string, change: (data: Data) => Data): void {
  const path = join(app.userData, 'practice', `${name}.json`);
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept<Data>;
  writeFileSync(path, JSON.stringify({ ...kept, data: change(kept.data) }));
}

test('a session that may only read: asked for, drawn, renewed in time, and told apart in the table', async ({
  sallyport,
  window,
}) => {
  await oneSession(window);
  await window.getByRole('button', { name: 'Start a session' }).click();
  const dialog = startDialog(window);
  await expect(
    dialog.getByRole('list', { name: /^The road of this session: .*, then Practice production/ }),
  ).toBeVisible();
  await expect(dialog.getByText('The role allows 1 h at most.')).toBeVisible();
  await takePictures(window, 'sessions-start');
  await inBothThemes(window, () => expectAccessible(window));
  await dialog.getByText('Renew it automatically').click();
  await dialog.getByRole('button', { name: 'More ways' }).click();
  await dialog.getByText('Read only', { exact: true }).click();
  await takePictures(window, 'sessions-start-more');
  await inBothThemes(window, () => expectAccessible(window));
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);

  const mine = row(window, /Read-only session/);
  await expect(mine.getByText('automatic')).toBeVisible();
  await expect(window.getByText('After renewal')).toBeVisible();
  await takePictures(window, 'sessions-two');
  await inBothThemes(window, () => expectAccessible(window));
  await sallyport.skip(56 * minute);
  // the one is renewed in its time, the other is not
  await expect(mine.locator('time').filter({ hasText: /^(?:5\d:\d\d|1:00:00)$/ })).toBeVisible();
  await expect(row(window, /Not used yet/).getByRole('button', { name: 'Renew now' })).toBeVisible();
  await takePictures(window, 'sessions-urgent');
  await inBothThemes(window, () => expectAccessible(window));
  await sallyport.skip(5 * minute);
  await expect(window.getByText(/^1 live\./)).toBeVisible();
  await expect(mine).toBeVisible();
});

test('a role is reached by way of another: the road, its hour, and what came of it', async ({ launch }) => {
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  // the sandbox begins again with two roles, of which one lets in only who comes from the other
  rewrite<Record_>(first, 'sandbox', () => ({ scenario: 'roles-on-the-way' }));
  rewrite<Record_>(first, 'sessions', (data) => ({ ...data, sessions: [] }));
  changeConnections(first, ({ externalId: _, ...made }) => ({
    put: (
      [
        ['Hub', '444455556666', 3600],
        ['Target', '222233334444', 14_400],
      ] as const
    ).map(([name, accountId, maxSessionDuration]) => {
      const roleArn = `arn:aws:iam::${accountId}:role/${name}`;
      return { ...made, id: randomUUID(), name, roleName: name, accountId, roleArn, maxSessionDuration };
    }),
    remove: [made.id],
  }));
  const { page } = await launch();
  await heading(page, 'Sessions').waitFor();
  await page.getByRole('button', { name: 'Start a session' }).first().click();
  const dialog = startDialog(page);
  await choose(page, 'Connection', 'Target');
  await expect(dialog.getByText('The role allows 4 h at most.')).toBeVisible();
  await choose(page, 'Duration', '4 h');
  await dialog.getByRole('button', { name: 'Start session' }).click();
  // straight from the source identity nobody is let in, and nothing that was chosen is lost
  await expect(dialog.getByText(/AWS refused to open the role/)).toBeVisible();
  await dialog.getByRole('button', { name: 'More ways' }).click();
  await choose(page, 'Roles on the way', 'Hub');
  await expect(dialog.getByText(/^1 h at most: the role is reached through another one/)).toBeVisible();
  await expect(
    dialog.getByRole('list', { name: /practice-deployer in .*, then Hub in 4444 5555 6666, then Target/ }),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Add a session tag' }).click();
  await dialog.getByRole('textbox', { name: 'Key 1' }).fill('Team');
  await dialog.getByRole('textbox', { name: 'Value 1' }).fill('one');
  await dialog.getByText('Goes on', { exact: true }).click();
  await dialog.getByRole('textbox', { name: 'SourceIdentity' }).fill('anna');
  await takePictures(page, 'sessions-start-chain');
  await inBothThemes(page, () => expectAccessible(page));
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(page, 'Target').getByText('chained: 1 h at most')).toBeVisible();
  await expect(row(page, 'Target').locator('time')).toHaveText(/^(?:59:\d\d|1:00:00)$/);
  await row(page, 'Target').getByRole('button', { name: 'Open console' }).click();
  await expect(page.getByText('signed in as Target')).toBeVisible();
});

test('a renewal that fails says why, goes on trying, and is put right by hand', async ({ sallyport, window }) => {
  await oneSession(window);
  const mine = row(window, 'Practice production');
  await mine.getByRole('button', { name: 'More for Practice production' }).click();
  await window.getByRole('menuitem', { name: 'Renew it automatically' }).click();
  await expect(mine.getByText('automatic')).toBeVisible();
  await makeTrouble(window, 'Torn answers', 'Every request');
  await sallyport.skip(52 * minute);
  await expect(mine.getByText('No connection')).toBeVisible({ timeout: 20_000 });
  await expect(mine.getByText(/^again in|is tried again/)).toBeVisible();
  await expect(window.getByText('AWS cannot be reached.')).toBeVisible();
  await takePictures(window, 'sessions-offline');
  await inBothThemes(window, () => expectAccessible(window));
  await sallyport.skip(9 * minute);
  await expect(window.getByText(/^0 live, 1 to be renewed\./)).toBeVisible();
  await takePictures(window, 'sessions-lapsed');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: /^Trouble:/ }).click();
  await window.getByRole('button', { name: 'All well again' }).click();
  await closePracticePanel(window);
  const again = window.getByRole('button', { name: 'Try again' });
  if ((await again.count()) > 0) await again.click();
  await expect(mine.getByText('automatic')).toBeVisible({ timeout: 20_000 });
  await expect(window.getByText('AWS cannot be reached.')).toHaveCount(0);

  // what AWS refuses waits for a person
  await makeTrouble(window, 'The organization', 'Denies sts:AssumeRole');
  await mine.getByRole('button', { name: 'More for Practice production' }).click();
  await window.getByRole('menuitem', { name: 'Renew now' }).click();
  await expect(window.getByText(/service control policy of the organization forbids/)).toBeVisible();
  await expect(mine.getByText('AWS refused it')).toBeVisible();
  await expect(mine.getByRole('button', { name: 'Renew now' })).toBeVisible();
  await takePictures(window, 'sessions-refused');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: /^Trouble:/ }).click();
  await window.getByRole('button', { name: 'All well again' }).click();
  await closePracticePanel(window);
  await mine.getByRole('button', { name: 'Renew now' }).click();
  await expect(window.getByText('Practice production was renewed')).toBeVisible();
  await expect(mine.getByText('automatic')).toBeVisible();
});

test('while a session is renewed the old credentials work, and the seconds are counted', async ({
  sallyport,
  window,
}) => {
  await oneSession(window);
  const mine = row(window, 'Practice production');
  await makeTrouble(window, 'No answer', 'Every request');
  await mine.getByRole('button', { name: 'More for Practice production' }).click();
  await window.getByRole('menuitem', { name: 'Renew now' }).click();
  await expect(mine.getByText('Renewing')).toBeVisible();
  await expect(mine.getByText('old one still works')).toBeVisible();
  await takePictures(window, 'sessions-renewing');
  await inBothThemes(window, () => expectAccessible(window));
  await window.getByRole('button', { name: /^Trouble:/ }).click();
  await window.getByRole('button', { name: 'All well again' }).click();
  await closePracticePanel(window);
  // what is on its way runs into its time-out, and the next try is answered
  await sallyport.skip(minute);
  await expect(window.getByText('Practice production was renewed')).toBeVisible({ timeout: 20_000 });
  await expect(mine.getByText('ends for good')).toBeVisible();
});

test('a favourite is kept, started with one press, named anew and taken away', async ({ launch }) => {
  const first = await launch();
  await oneSession(first.page);
  await row(first.page, 'Practice production').getByRole('button', { name: 'More for Practice production' }).click();
  await first.page.getByRole('menuitem', { name: 'Keep as a favourite…' }).click();
  const keep = first.page.getByRole('dialog', { name: 'Keep as a favourite' });
  await expect(keep.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await keep.getByRole('textbox', { name: 'Name' }).fill('Every morning');
  await keep.getByText('Start it whenever Sallyport starts').click();
  await takePictures(first.page, 'sessions-keep');
  await inBothThemes(first.page, () => expectAccessible(first.page));
  await keep.getByRole('button', { name: 'Keep the favourite' }).click();
  const favourites = first.page.getByRole('region', { name: 'Favourites' });
  await favourites.getByRole('button', { name: 'Every morning' }).click();
  await expect(first.page.getByText(/^2 live\./)).toBeVisible();
  await favourites.getByRole('button', { name: 'Manage…' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'Favourites' });
  await expect(dialog.getByText('Practice production, 1 h')).toBeVisible();
  await dialog.getByRole('button', { name: 'Rename Every morning' }).click();
  await dialog.getByRole('textbox', { name: 'Name of Every morning' }).fill('Daily');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('listitem', { name: 'Daily' })).toBeVisible();
  await takePictures(first.page, 'sessions-favourites');
  await inBothThemes(first.page, () => expectAccessible(first.page));
  await dialog.getByRole('button', { name: 'Done' }).click();
  await first.page.getByRole('button', { name: 'End all…' }).click();
  await first.page.getByRole('button', { name: 'End 2 sessions' }).click();
  await expect(first.page.getByText('No session is open')).toBeVisible();
  await takePictures(first.page, 'sessions-none-favourite');
  await inBothThemes(first.page, () => expectAccessible(first.page));
  await first.close();

  const { page } = await launch();
  await heading(page, 'Sessions').waitFor();
  await expect(page.getByText(/^1 live\./)).toBeVisible();
  await page.getByRole('button', { name: 'Manage…' }).click();
  await page.getByRole('button', { name: 'Remove Daily' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Favourites' })).toHaveCount(0);
});

test('of many sessions those are shown that are looked for, and only they are ended', async ({ launch }) => {
  const first = await launch();
  await oneSession(first.page);
  await first.close();
  rewrite<{ sessions: readonly Record_[] }>(first, 'sessions', ({ sessions: [made], ...rest }) => ({
    ...rest,
    sessions: Array.from({ length: 100 }, (_, index) => ({
      ...made,
      id: index === 0 ? made?.['id'] : randomUUID(),
      connectionName: index === 0 ? 'Practice production' : `Tidewater ${String(index)}`,
      accountId: String(222_233_334_444 + (index % 4)),
      expiresAt: Number(made?.['expiresAt']) + (index < 3 ? (index - 3) * 16 * minute : index * minute),
      uses:
        index === 5
          ? [
              { kind: 'console', at: made?.['issuedAt'] },
              { kind: 'profile', at: made?.['issuedAt'], detail: 'tidewater' },
            ]
          : [],
    })),
  }));
  const { page } = await launch();
  await expect(page.getByText(/^100 live\./)).toBeVisible();
  // only what is in view is drawn
  await expect(page.getByRole('rowheader', { name: /^Practice production/ })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(40);
  await takePictures(page, 'sessions-many');
  await inBothThemes(page, () => expectAccessible(page));
  // the page scrolls them, under heads that stay, and the keys bring into view what they lead to
  const heads = page.getByRole('columnheader', { name: 'Time left' });
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  const placed = async (name: string) => {
    await expect(row(name)).toBeFocused();
    await expect(row(name)).toBeInViewport({ ratio: 1 });
    await expect(heads).toBeInViewport({ ratio: 1 });
    const { height = 0, y = 0 } = (await heads.boundingBox()) ?? {};
    expect((await row(name).boundingBox())?.y).toBeGreaterThanOrEqual(y + height - 0.5);
  };
  await row('Practice production').focus();
  await page.keyboard.press('End');
  await placed('Tidewater 99');
  expect(await page.getByRole('row').count()).toBeLessThan(40);
  await takePictures(page, 'sessions-many-end');
  await inBothThemes(page, () => expectAccessible(page));
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await placed('Practice production');
  // what is scrolled is the page: its title comes back
  await page.getByRole('grid', { name: 'Live sessions' }).hover();
  await page.mouse.wheel(0, -10_000);
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await page.mouse.wheel(0, 10_000);
  await expect(page.getByRole('rowheader', { name: 'Tidewater 99' })).toBeInViewport();
  await expect(heads).toBeInViewport();
  await expect(page.getByRole('heading', { level: 1 })).not.toBeInViewport();

  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Search sessions' });
  await expect(search).toBeFocused();
  await search.fill('tidewater 9');
  await expect(page.getByRole('button', { name: 'End these 11…' })).toBeVisible();
  await search.fill('nobody');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await takePictures(page, 'sessions-nothing');
  await inBothThemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('button', { name: /^All 4 accounts/ }).click();
  await page.getByRole('option', { name: /^2222 3333 4446/ }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'End these 25…' })).toBeVisible();
  await search.fill('tidewater 9');
  // the command list knows no filter: it says how many it means, and means all
  await page.keyboard.press('Control+K');
  await page.keyboard.type('end all');
  await page.getByRole('option', { name: 'End all 100 sessions…' }).click();
  const all = page.getByRole('alertdialog', { name: 'End all sessions' });
  await expect(all.getByRole('button', { name: 'End 100 sessions' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(all).toHaveCount(0);
  await page.getByRole('button', { name: /^End these \d+…$/ }).click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByText('Tidewater 90, DeploymentService')).toBeVisible();
  await takePictures(page, 'sessions-end-some');
  await inBothThemes(page, () => expectAccessible(page));
  const count = Number(/\d+/.exec((await question.getByRole('button', { name: /^End \d+/ }).textContent()) ?? '')?.[0]);
  await question.getByRole('button', { name: /^End \d+/ }).click();
  await expect(page.getByText(new RegExp(`^${String(100 - count)} live`))).toBeVisible();
});

test('what is not right is said beside its field, a code is asked for anew, and nothing else is lost', async ({
  window,
}) => {
  await oneSession(window);
  await window.getByRole('button', { name: 'Start a session' }).click();
  const dialog = startDialog(window);
  await dialog.getByRole('button', { name: 'More ways' }).click();
  await dialog.getByText('What a policy of its own allows').click();
  const policy = dialog.getByRole('textbox', { name: 'Session policy' });
  await policy.fill('{\n  "Version": "2012-10-17",\n  "Statement": [}\n}');
  await expect(dialog.getByText('This is not JSON yet: line 3.')).toBeVisible();
  await dialog.getByText(/^With an MFA code/).click();
  await expect(dialog.getByRole('checkbox', { name: /Renew it automatically/ })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Start session' }).click();
  const code = dialog.getByRole('textbox', { name: 'MFA code' });
  await expect(code).toBeFocused();
  await expect(dialog.getByText('Type the six digits that the device shows now.')).toBeVisible();
  await takePictures(window, 'sessions-start-wrong');
  await inBothThemes(window, () => expectAccessible(window));

  const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  await policy.fill(document);
  await code.fill('123 456');
  await expect(code).toHaveValue('123456');
  await dialog.getByRole('textbox', { name: 'MFA device' }).fill('arn:aws:iam::111122223333:mfa/nobody');
  await window.keyboard.press('Enter');
  // the sandbox knows no such device, in AWS's own words
  await expect(dialog.getByText('The MFA code was wrong, or was missing.')).toBeVisible();
  await expect(code).toHaveValue('');
  await expect(code).toBeFocused();
  await expect(dialog.getByText('AWS did not take that code.')).toBeVisible();
  await expect(dialog.getByText(/The last code has been used/)).toBeVisible();
  await expect(policy).toHaveValue(document);
  await takePictures(window, 'sessions-start-mfa');
  await inBothThemes(window, () => expectAccessible(window));

  // closed and opened again it is as it was, but for the code
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await window.getByRole('button', { name: 'Start a session' }).click();
  await expect(policy).toHaveValue(document);
  await dialog.getByText(/^With an MFA code/).click();
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row(window, 'Session policy').getByText('not used yet')).toBeVisible();
});

test('a session that was opened with an MFA code is renewed with another one, by hand', async ({ launch }) => {
  const first = await launch();
  await oneSession(first.page);
  await first.close();
  rewrite<{ sessions: readonly { readonly request: Record_ }[] }>(first, 'sessions', ({ sessions, ...rest }) => ({
    ...rest,
    sessions: sessions.map((session) => ({
      ...session,
      request: { ...session.request, mfaSerial: 'arn:aws:iam::111122223333:mfa/anna' },
    })),
  }));
  const { page } = await launch();
  const mine = row(page, 'Practice production');
  await mine.getByRole('button', { name: 'More for Practice production' }).click();
  await expect(page.getByRole('menuitem', { name: /^Renew it automatically/ })).toBeDisabled();
  await page.getByRole('menuitem', { name: 'Renew now…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Renew Practice production' });
  const code = dialog.getByRole('textbox', { name: 'MFA code' });
  await expect(code).toBeFocused();
  await code.fill('12 34');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Type the six digits that the device shows now.')).toBeVisible();
  await code.fill('123456');
  await page.keyboard.press('Enter');
  // the sandbox knows no such device
  await expect(dialog.getByText('AWS did not take that code.')).toBeVisible();
  await expect(code).toHaveValue('');
  await takePictures(page, 'sessions-renew-code');
  await inBothThemes(page, () => expectAccessible(page));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(mine.getByText('AWS refused it')).toBeVisible();
});

test('started, renewed and ended by keyboard only', async ({ window }) => {
  await oneSession(window);
  await window.keyboard.press('Control+1');
  await expect(heading(window, 'Sessions')).toBeFocused();
  const holdsFocus = (target: Locator) => target.evaluate((element) => element.contains(document.activeElement));
  const tabTo = async (target: Locator) => {
    for (let turn = 0; turn < 60 && !(await holdsFocus(target)); turn += 1) await window.keyboard.press('Tab');
    await expect(target).toBeFocused();
  };
  await tabTo(window.getByRole('button', { name: 'Start a session' }));
  await window.keyboard.press('Enter');
  const dialog = startDialog(window);
  await tabTo(dialog.getByRole('checkbox', { name: /Renew it automatically/ }));
  await window.keyboard.press('Space');
  await tabTo(dialog.getByRole('button', { name: 'More ways' }));
  await window.keyboard.press('Enter');
  await tabTo(dialog.getByRole('radio', { name: 'All that the role may do' }));
  await window.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: /^Read only/ })).toBeChecked();
  await tabTo(dialog.getByRole('button', { name: 'Start session' }));
  await window.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(window.getByRole('button', { name: 'Start a session' })).toBeFocused();
  const mine = row(window, 'Read-only session');
  await expect(mine).toBeVisible();

  const more = mine.getByRole('button', { name: /^More for/ });
  const intoMenu = async () => {
    // nobody types into a menu that is fading out
    await expect(window.getByRole('menu')).toHaveCount(0);
    // Tab leads to the table, the arrows down to the row and along it; afterwards the focus is where it was
    const table = window.getByRole('grid', { name: 'Live sessions' });
    for (let turn = 0; turn < 60 && !(await holdsFocus(table)); turn += 1) await window.keyboard.press('Tab');
    if (!(await holdsFocus(mine))) await window.keyboard.press('ArrowDown');
    for (let turn = 0; turn < 12 && !(await holdsFocus(more)); turn += 1) await window.keyboard.press('ArrowRight');
    await expect(more).toBeFocused();
    await window.keyboard.press('Enter');
    await expect.poll(() => holdsFocus(window.getByRole('menu'))).toBe(true);
  };
  const goTo = async (entry: string) => {
    const item = window.getByRole('menuitem', { name: entry, exact: true });
    for (let turn = 0; turn < 12 && !(await holdsFocus(item)); turn += 1) await window.keyboard.press('ArrowDown');
    await expect(item).toBeFocused();
  };
  await intoMenu();
  await goTo('Renew now');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Practice production was renewed')).toBeVisible();
  await intoMenu();
  await goTo('Stop renewing it');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Practice production is no longer renewed')).toBeVisible();
  await expect(mine.getByText('ends for good')).toBeVisible();
  await intoMenu();
  await goTo('End…');
  await window.keyboard.press('Enter');
  const question = window.getByRole('alertdialog', { name: /^End the session/ });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await tabTo(question.getByRole('button', { name: 'End the session' }));
  await window.keyboard.press('Enter');
  await expect(window.getByText(/^1 live\./)).toBeVisible();
});
