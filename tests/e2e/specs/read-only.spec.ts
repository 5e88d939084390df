import { spawnSync } from 'node:child_process';
import { connectInPractice, heading, place } from '../screens/places';
import { bytesBelow } from '../support/files';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const cannotMount =
  process.platform !== 'linux' ||
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status !== 0;

test('on a disk that may only be read the app starts, says so, and begins nothing', async ({ launch }) => {
  test.skip(cannotMount, 'no disk can be made read-only here');
  test.setTimeout(120_000);
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  const before = bytesBelow(first.userData);

  const { app, close, page } = await launch({ readOnly: true });
  await heading(page, 'Sessions').waitFor();
  const note = page.getByText('Sallyport cannot write into its own folder: the disk is read-only.');
  await expect(note).toBeVisible();
  const row = page.getByRole('row', { name: /Practice production/ });
  await expect(row).toContainText('ends for good');
  await takePictures(page, 'read-only');
  await inBothThemes(page, () => expectAccessible(page));

  await page.getByRole('button', { name: 'Start a session' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a session' });
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog.getByRole('alert')).toContainText('could not be written: the disk is read-only');
  await takePictures(page, 'read-only-refused');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // what is open goes on, in memory
  await row.getByRole('button', { name: 'Copy environment' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('AWS_SESSION_TOKEN');
  await place(page, 'Settings').click();
  await expect(page.getByText(/^Make the folder writable, then start Sallyport again\./)).toBeVisible();
  await close();
  expect(bytesBelow(first.userData)).toEqual(before);

  // with a disk that takes it, it is as it was
  const { page: again } = await launch();
  await expect(again.getByRole('row', { name: /Practice production/ })).toContainText('ends for good');
  await expect(again.getByText(/cannot write into its own folder/)).toHaveCount(0);
});
