import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright';
import { heading, place } from '../screens/places';
import type { AppProcess } from '../support/app-process';
import { startWithMore } from '../support/kept-connections';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

/** The connection that the wizard made, and others to the same role; those named in `broken` have another external ID. */
async function startWith(
  launch: () => Promise<AppProcess>,
  names: readonly string[],
  broken: readonly string[],
): Promise<AppProcess> {
  return await startWithMore(launch, (made) =>
    names.map((name) => ({
      ...made,
      id: randomUUID(),
      name,
      ...(broken.includes(name) && { externalId: 'somebody-elses' }),
    })),
  );
}

const summary = (page: Page, words: RegExp) => page.getByRole('main').getByText(words);

test('all connections are tested by one button: what fails is named, found, and told once', async ({ launch }) => {
  const { page } = await startWith(launch, ['Practice staging', 'Brightline', 'Osprey Maps'], ['Brightline']);
  await place(page, 'Connections').click();
  await heading(page, 'Connections').waitFor();
  await takePictures(page, 'health-before');
  await page.getByRole('button', { name: 'Test all', exact: true }).press('Enter');
  await expect(summary(page, /^3 working, 1 failing\.$/)).toBeVisible();
  await expect(page.locator('[data-announcer="polite"]')).toHaveText('3 working, 1 failing.');
  await takePictures(page, 'health-after');
  await inBothThemes(page, () => expectAccessible(page));

  await page.getByRole('button', { name: 'Show the failing' }).press('Enter');
  await expect(page.getByRole('row', { name: /Brightline/ })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row', { name: /Brightline/ })).toContainText('just now');
  // what is shown is what is tested
  await page.getByRole('button', { name: 'Test these 1' }).click();
  await expect(summary(page, /^1 failing\.$/)).toBeVisible();

  await page.getByRole('row', { name: /Brightline/ }).click();
  await heading(page, 'Brightline').waitFor();
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByText('2 tests failed')).toBeVisible();
  await expect(history.getByText(/AssumeRole: external ID differs, with all connections/)).toBeVisible();
  await expect(history.getByRole('img', { name: /^Tests of the last 30 days: 1 day with a failure/ })).toBeVisible();
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(history.getByText(/asked for here/)).toBeVisible();
  await history.scrollIntoViewIfNeeded();
  await takePictures(page, 'connection-history');
  await inBothThemes(page, () => expectAccessible(page));
});

test('a round goes on when its page is left, is seen from elsewhere, and stops at once', async ({ launch }) => {
  // enough that the round is still going on when somebody comes back to it, on a fast machine too
  const names = Array.from({ length: 1999 }, (_, index) => `Customer ${String(index + 1)}`);
  const { page } = await startWith(launch, names, []);
  await place(page, 'Connections').click();
  await page.getByRole('button', { name: 'Test all', exact: true }).click();
  await expect(page.getByText(/of 2,000 connections tested/)).toBeVisible();
  await place(page, 'Sessions').click();
  await heading(page, 'Sessions').waitFor();
  const sign = page.getByRole('banner').getByRole('button', { name: /^Testing connections:/ });
  await expect(sign).toBeVisible();
  await sign.press('Enter');
  await heading(page, 'Connections').waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).press('Enter');
  await expect(summary(page, /^Cancelled after [\d,]+ of 2,000\. [\d,]+ working\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(summary(page, /^Cancelled after/)).toHaveCount(0);
  // only what is in view is drawn
  expect(await page.getByRole('row').count()).toBeLessThan(60);
});

test('the time for a round comes, also after a sleep, and what stopped working is told wherever one is', async ({
  launch,
}) => {
  const { page, skip } = await startWith(launch, ['Brightline'], []);
  await place(page, 'Settings').click();
  await heading(page, 'Settings').waitFor();
  const card = page.getByRole('region', { name: 'Testing' });
  await expect(card.getByText('Only when you ask for it.')).toBeVisible();
  await card.getByRole('button', { name: /Test all connections/ }).click();
  await page.getByRole('option', { name: 'Every 6 hours', exact: true }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(card.getByText(/^Next (at|on) /)).toBeVisible();
  await takePictures(page, 'settings-testing');

  // So far ahead of this computer's clock, every test stops at its clock check.
  await skip(20 * 3_600_000);
  await skip(11_000);
  // After such a jump AWS is asked what time it is. An answer of before the second skip takes that back: then its ten seconds pass.
  await expect(page.getByText('2 connections stopped working', { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Show', exact: true }).press('Enter');
  await heading(page, 'Connections').waitFor();
  await expect(page.getByText(/All are tested again (at|on) /)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Failing 2' })).toBeChecked();
  await page.getByRole('row', { name: /Brightline/ }).click();
  await expect(
    page.getByRole('region', { name: 'History' }).getByText(/Clock right: clock wrong, by schedule/),
  ).toBeVisible();
});
