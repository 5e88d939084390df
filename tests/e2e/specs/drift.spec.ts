import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sandboxSnapshotSchema } from '../../../main/sandbox/snapshot';
import { connectInPractice, heading } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import type { AppProcess } from '../support/app-process';

const everyBucket = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:*', 'iam:PassRole'], Resource: '*' }],
};

/** What somebody does in the account while the app is closed: another door, more rights, longer sessions. */
function changeRole({ userData }: AppProcess): void {
  const file = join(userData, 'practice', 'sandbox.json');
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { data } = z.looseObject({ data: z.looseObject({ snapshot: sandboxSnapshotSchema }) }).parse(kept);
  const role = data.snapshot.accounts.flatMap(({ roles }) => roles).find(({ name }) => name === 'DeploymentService');
  if (role === undefined) throw new Error('There is no role');
  role.inline.push({ name: 'Convenience', document: JSON.stringify(everyBucket) });
  role.maxSessionDuration = 43_200;
  role.trust = role.trust.replace(/StringEquals(?="\s*:\s*\{\s*"sts:ExternalId")/, 'StringEqualsIfExists');
  writeFileSync(file, JSON.stringify({ ...(kept as object), data }));
}

test('drift is found, accepted and put back; what a person writes down is kept', async ({ launch }) => {
  test.setTimeout(120_000);
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  changeRole(first);
  const { page: window } = await launch();
  await heading(window, 'Sessions').waitFor();
  await window.keyboard.press('Control+2');
  await heading(window, 'Connections').waitFor();

  // from the list, all of them
  await window.getByRole('button', { name: 'Look for drift' }).press('Enter');
  await expect(window.getByText('1 drifted.')).toBeVisible();
  await expect(window.getByRole('row', { name: /Practice production/ })).toContainText('Drift');
  await window.getByRole('button', { name: 'Show the drifted' }).click();
  await takePictures(window, 'drift-list');
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();

  const card = window.getByRole('region', { name: 'Agreed and now', exact: true });
  const part = (name: RegExp) => card.getByRole('list', { name: 'Parts of the role' }).getByRole('button', { name });
  await expect(card).toContainText('2 changed, 1 added, 2 the same');
  await expect(part(/^Trust policy/)).toHaveAttribute('aria-current', 'true');
  await expect(card.getByRole('list', { name: 'Why Trust policy matters' })).toContainText(
    'The external ID can be got round.',
  );
  await expect(window.getByText('Drift found')).toBeVisible();
  await takePictures(window, 'drift');
  await inBothThemes(window, () => expectAccessible(window));

  // accepted, with a reason, by keyboard
  await part(/^Convenience/).focus();
  await window.keyboard.press('Enter');
  await expect(card.getByText(/It may now also do s3:\* on everything/)).toBeVisible();
  await card.getByRole('button', { name: 'Accept as agreed…' }).press('Enter');
  const accept = window.getByRole('dialog', { name: 'Accept as agreed' });
  await expect(accept.getByText('This is wider than was agreed.')).toBeVisible();
  await accept.getByLabel('Why').fill('The nightly copy needs it');
  await takePictures(window, 'drift-accept');
  await accept.getByLabel('Why').press('Enter');
  await accept.waitFor({ state: 'hidden' });
  await expect(card).toContainText('2 changed, 3 the same');
  await expect(window.getByRole('region', { name: 'History' })).toContainText('The nightly copy needs it');

  // the rest is put back: planned first, verified, and it can be undone
  await card.getByRole('button', { name: 'Put back what was agreed…' }).click();
  const putBack = window.getByRole('dialog', { name: 'Put back what was agreed' });
  await putBack.getByText(/^Longest session/).click();
  await expect(putBack.getByRole('region', { name: 'Plan' })).toContainText('iam:UpdateAssumeRolePolicy');
  await expect(putBack.getByRole('region', { name: 'Plan' })).toContainText('iam:UpdateRole');
  await takePictures(window, 'drift-put-back');
  await inBothThemes(window, () => expectAccessible(window));
  await putBack.getByRole('button', { name: 'Put it back' }).click();
  await putBack.waitFor({ state: 'hidden' });
  await expect(card.getByText('Put back as agreed')).toBeVisible();
  await expect(card).toContainText('5 the same');
  await expect(card.getByRole('button', { name: 'Undo' })).toBeVisible();
  await takePictures(window, 'drift-none');

  // notes are kept when their field is left, and a credential is not
  await window.getByRole('textbox', { name: 'Owner' }).fill('Platform team, production');
  await window.getByRole('textbox', { name: 'Notes' }).fill('Deploys every night.');
  await window.getByRole('textbox', { name: 'Notes' }).blur();
  await window.keyboard.press('Control+1');
  await heading(window, 'Sessions').waitFor();
  await window.keyboard.press('Control+2');
  await window.getByRole('row', { name: /Practice production/ }).click();
  await expect(window.getByRole('textbox', { name: 'Owner' })).toHaveValue('Platform team, production');
  await expect(window.getByRole('textbox', { name: 'Notes' })).toHaveValue('Deploys every night.');
});
