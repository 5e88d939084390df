import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../../../core/zod';
import { sandboxSnapshotSchema } from '../../../main/sandbox/snapshot';
import { connectInPractice, heading } from '../screens/places';
import type { AppProcess } from '../support/app-process';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import { changeConnections } from '../support/kept-connections';

const dayMs = 86_400_000;

/** While the app is closed: nobody has used the role for long, somebody gave it more, and its review was due a week ago. */
function letTimePass(app: AppProcess): void {
  const file = join(app.userData, 'practice', 'sandbox.json');
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { data } = z.looseObject({ data: z.looseObject({ snapshot: sandboxSnapshotSchema }) }).parse(kept);
  const role = data.snapshot.accounts.flatMap(({ roles }) => roles).find(({ name }) => name === 'DeploymentService');
  if (role?.lastUsed === undefined) throw new Error('There is no role that was used');
  const { at } = role.lastUsed;
  role.createdAt -= 200 * dayMs;
  role.lastUsed.at -= 120 * dayMs;
  role.inline.push({
    name: 'Convenience',
    document: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }],
    }),
  });
  writeFileSync(file, JSON.stringify({ ...(kept as object), data }));
  changeConnections(app, (made) => ({ put: [{ ...made, reviewAt: at - 7 * dayMs }], remove: [] }));
}

test('a review is found, decided, taken back and put off by keyboard, and ends with a revocation', async ({
  launch,
}) => {
  test.setTimeout(150_000);
  const first = await launch();
  await connectInPractice(first.page);
  await first.page.keyboard.press('Control+3');
  await heading(first.page, 'Reviews').waitFor();
  await expect(first.page.getByRole('heading', { name: 'Nothing is due' })).toBeVisible();
  await takePictures(first.page, 'reviews-empty');
  await setReview(first.page);
  await first.close();
  letTimePass(first);
  const { page: window } = await launch();
  await heading(window, 'Sessions').waitFor();
  await window.keyboard.press('Control+3');
  await expect(heading(window, 'Reviews')).toBeFocused();
  const row = window.getByRole('row', { name: /Practice production/ });
  await expect(row).toContainText('By date');

  // AWS is asked: the role drifted, has more risk than was agreed, and is not used
  await window.getByRole('button', { name: 'Look again' }).press('Enter');
  await expect(row).toContainText('More risk');
  await expect(row).toContainText('+2');
  await row.focus();
  await window.keyboard.press('Enter');
  const detail = window.getByRole('region', { name: 'Practice production' });
  const reasons = detail.getByRole('list', { name: 'Why it is due' }).getByRole('listitem');
  await expect(reasons).toHaveCount(4);
  await expect(reasons.nth(0)).toContainText('Every action of iam is allowed');
  await expect(reasons.nth(1)).toContainText('Convenience');
  await expect(reasons.nth(2)).toContainText('IAM saw it used last on');
  await expect(detail).toContainText('AdministratorAccess');
  await takePictures(window, 'reviews');
  await inBothThemes(window, () => expectAccessible(window));
  await small(window, async () => {
    await expect(detail.getByRole('button', { name: 'Keep…' })).toBeVisible();
    await takePictures(window, 'reviews-small');
  });

  // kept by keyboard alone, with a note, and taken back
  await row.focus();
  await window.keyboard.press('Control+Shift+Y');
  const keep = window.getByRole('dialog', { name: 'Keep Practice production' });
  await keep.getByLabel('Why').fill('The release team still needs it');
  await takePictures(window, 'reviews-keep');
  await window.keyboard.press('Enter');
  await keep.waitFor({ state: 'hidden' });
  await expect(window.getByRole('heading', { name: 'Nothing is due' })).toBeVisible();
  await expect(detail).toContainText('“The release team still needs it”');
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('More risk');
  await expect(detail).toContainText('taken back');

  // what was taken back meanwhile, as by another window, is said in the words of the refusal
  await row.focus();
  await window.keyboard.press('Control+Shift+Y');
  await keep.getByLabel('Why').press('Enter');
  await keep.waitFor({ state: 'hidden' });
  await takeBackBehindTheWindow(window);
  await window.getByRole('button', { name: 'Undo' }).click();
  const notices = window.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('It could not be taken back');
  await expect(notices).toContainText('What is to be taken back is not in the records of this app.');
  await expect(notices).not.toContainText('It is as it was');
  await takePictures(window, 'reviews-not-taken-back');

  // put off for a week: it waits, and can be brought back
  await row.focus();
  await window.keyboard.press('Control+Shift+L');
  const putOff = window.getByRole('dialog', { name: 'Put off Practice production' });
  await putOff.getByText('Until a day').click();
  await putOff.getByLabel('Day', { exact: true }).fill('2020-01-01');
  await expect(putOff).toContainText('This day is over.');
  await putOff.getByText(/^For a week/).click();
  await putOff.getByRole('button', { name: 'Put it off' }).click();
  await putOff.waitFor({ state: 'hidden' });
  await expect(window.getByText('All of it is put off.')).toBeVisible();
  await window.getByText('Put off 1').click();
  await expect(row).toContainText('Put off');
  await detail.getByRole('button', { name: 'Bring back now' }).click();
  await window.getByText('Due 1').click();
  await expect(row).toContainText('More risk');

  // the policy, with how many would be due under it
  await window.getByRole('button', { name: 'Change…' }).click();
  const policy = window.getByRole('dialog', { name: 'Review policy' });
  await expect(policy).toContainText('1 would be due now.');
  await policy.getByLabel('Unused, or not seen, for').fill('300');
  await expect(policy).not.toContainText('Unused: 1');
  await policy.getByText('When a role drifts from what was agreed').click();
  await expect(policy).toContainText('More risk: 1, By date: 1');
  await takePictures(window, 'reviews-policy');
  await inBothThemes(window, () => expectAccessible(window));
  await policy.getByRole('button', { name: 'Keep the policy' }).click();
  await policy.waitFor({ state: 'hidden' });
  await expect(window.getByText(/unused for 300 days, more risk/)).toBeVisible();
  await expect(reasons).toHaveCount(2);

  // revoked out of the review: on record with why, once the role is closed
  await detail.getByRole('button', { name: 'Revoke…' }).click();
  const revoke = window.getByRole('alertdialog', { name: /^Revoke access/ });
  await expect(revoke.getByText(/at the latest/)).toBeVisible();
  await revoke.getByRole('button', { name: /^Revoke/ }).click();
  await heading(window, /Practice production/).waitFor();
  await window.keyboard.press('Control+3');
  await expect(window.getByRole('heading', { name: 'Nothing is due' })).toBeVisible();
  await window.keyboard.press('Control+2');
  await window.getByRole('row', { name: /Practice production/ }).click();
  const card = window.getByRole('region', { name: 'Reviews' });
  await expect(card.getByRole('list', { name: 'Reviews before' }).getByRole('listitem').first()).toContainText(
    /Revoked|Revocation begun/,
  );
  await card.scrollIntoViewIfNeeded();
  await takePictures(window, 'reviews-connection');
});

async function takeBackBehindTheWindow(window: Parameters<typeof takePictures>[0]): Promise<void> {
  await window.evaluate(async () => {
    type Calls = Record<string, Record<string, (input: object) => Promise<unknown>>>;
    const { connections, reviews } = (globalThis as unknown as { sallyport: { calls: Calls } }).sallyport.calls;
    const listed = (await connections?.['list']?.({})) as { value: { connections: { id: string }[] } };
    for (const { id: subjectId } of listed.value.connections) {
      const got = (await reviews?.['get']?.({ subjectId })) as { value: { reviews: { batchId: string }[] } };
      for (const { batchId } of got.value.reviews) await reviews?.['undo']?.({ batchId });
    }
  });
}

/** The smallest window that there is. */
async function small(window: Parameters<typeof takePictures>[0], look: () => Promise<void>): Promise<void> {
  const before = await window.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await window.setViewportSize({ width: 960, height: 640 });
  await look();
  await window.setViewportSize(before);
}

/** For what is chosen in the list, with the date said first, and taken back. */
async function setReview(window: Parameters<typeof takePictures>[0]): Promise<void> {
  await window.keyboard.press('Control+2');
  await window.getByRole('row', { name: /Practice production/ }).focus();
  await window.keyboard.press('Space');
  await small(window, () => takePictures(window, 'reviews-bulk-bar'));
  await window.getByRole('button', { name: 'Set review…' }).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Set the review of Practice production' });
  await expect(dialog).toContainText('It will be due in 6 months, in place of the date that stands there now.');
  await takePictures(window, 'reviews-set');
  await dialog.getByRole('button', { name: 'Set the review' }).press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await window.getByRole('button', { name: 'Undo' }).press('Enter');
}
