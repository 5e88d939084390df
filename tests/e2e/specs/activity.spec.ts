import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectInPractice, heading, place } from '../screens/places';
import { willChoose, willSave } from '../support/dialogs';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

test('what was done is found, saved, and shows that a line was removed', async ({ launch, home }) => {
  const { app, page, userData } = await launch();
  await connectInPractice(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await place(page, 'Activity').click();
  await heading(page, 'Activity').waitFor();
  const table = page.getByRole('grid', { name: 'Activity' });
  await expect(table.getByRole('row', { name: /Session started/ })).toBeVisible();
  await expect(page.getByText(/^\d+ lines, each follows the one before\. Checked at /)).toBeVisible();
  await takePictures(page, 'activity');
  await inBothThemes(page, () => expectAccessible(page));

  await page.getByRole('searchbox', { name: 'Search activity' }).fill('created role');
  await expect(table.getByRole('row', { name: /Role created/ })).toBeVisible();
  await expect(table.getByRole('row')).toHaveCount(2);
  await table.getByRole('row', { name: /Role created/ }).press('Enter');
  const details = page.getByRole('dialog', { name: 'Role created' });
  await expect(details.getByText('role.created')).toBeVisible();
  await takePictures(page, 'activity-entry');
  await inBothThemes(page, () => expectAccessible(page));
  await details.getByRole('button', { name: 'Only this account' }).click();
  await expect(page.getByText('222233334444').first()).toBeVisible();

  const saved = await willSave(app, home);
  await page.getByRole('button', { name: 'Save these as CSV…' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const [csv = ''] = await saved();
  expect(readFileSync(csv, 'utf8').split('\r\n')).toHaveLength(3);
  await page.getByRole('button', { name: 'Save the whole log…' }).click();
  await expect.poll(saved).toHaveLength(2);
  const log = join(userData, 'practice', 'audit.jsonl');
  const [, whole = ''] = await saved();
  expect(readFileSync(log, 'utf8')).toContain(readFileSync(whole, 'utf8'));

  const lines = readFileSync(log, 'utf8').split('\n');
  writeFileSync(log, lines.toSpliced(2, 1).join('\n'));
  await page.getByRole('button', { name: 'Check all' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The log was changed: 1 place');
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'A line is missing, was added or was changed between',
  );
  await takePictures(page, 'activity-broken');
  await inBothThemes(page, () => expectAccessible(page));
});

test('connections go out to a file and come back with a difference chosen, and are put back', async ({
  launch,
  home,
}) => {
  const { app, page } = await launch();
  await connectInPractice(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await place(page, 'Connections').click();
  const saved = await willSave(app, home);
  await page.getByRole('button', { name: 'Export…' }).click();
  const asked = page.getByRole('dialog', { name: 'Export 1 connection' });
  await takePictures(page, 'export-connections');
  await inBothThemes(page, () => expectAccessible(page));
  await asked.getByRole('button', { name: 'Export…' }).click();
  await asked.waitFor({ state: 'detached' });
  const [path = ''] = await saved();
  expect(path).toMatch(/\.sallyport-connections\.json$/);

  const file = JSON.parse(readFileSync(path, 'utf8')) as { connections: Record<string, unknown>[] };
  const [mine = {}] = file.connections;
  const other = { ...mine, name: 'Brightline', roleArn: 'arn:aws:iam::333344445555:role/Brightline' };
  writeFileSync(path, JSON.stringify({ ...file, connections: [{ ...mine, folder: 'Clients' }, other] }));
  await willChoose(app, path);
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByRole('button', { name: /^Another file/ }).click();
  const dialog = page.getByRole('dialog', { name: '2 connections in the file' });
  await expect(dialog.getByText('1 new, 1 with differences')).toBeVisible();
  await dialog
    .getByRole('radiogroup', { name: /^Folder of / })
    .getByText('Theirs')
    .click();
  await takePictures(page, 'import-shared');
  await inBothThemes(page, () => expectAccessible(page));
  await dialog.getByRole('button', { name: 'Add 1 connection, change 1' }).click();
  await expect(page.getByRole('row', { name: /Brightline/ })).toBeVisible();
  await page
    .getByRole('button', { name: 'All', exact: true })
    .or(page.getByRole('radio', { name: 'All' }))
    .first()
    .click();
  await expect(page.getByRole('row', { name: /Clients · / })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /Brightline/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Clients · / })).toHaveCount(0);
});
