import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../../../core/zod';
import { sandboxSnapshotSchema } from '../../../main/sandbox/snapshot';
import { connectInPractice, heading } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';
import type { AppProcess } from '../support/app-process';

const everyBucket = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:*', 'iam:PassRole'], Resource: '*' }],
};

type Accounts = z.infer<typeof sandboxSnapshotSchema>['accounts'];
type Role = Accounts[number]['roles'][number];

/** What somebody does in the accounts while the app is closed. */
function changeAccounts({ userData }: AppProcess, change: (role: Role, accounts: Accounts) => void): Role {
  const file = join(userData, 'practice', 'sandbox.json');
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { data } = z.looseObject({ data: z.looseObject({ snapshot: sandboxSnapshotSchema }) }).parse(kept);
  const { accounts } = data.snapshot;
  const role = accounts.flatMap(({ roles }) => roles).find(({ name }) => name === 'DeploymentService');
  if (role === undefined) throw new Error('There is no role');
  change(role, accounts);
  writeFileSync(file, JSON.stringify({ ...(kept as object), data }));
  return role;
}

/** Another door, more rights, longer sessions. */
function widen(role: Role): void {
  role.inline.push({ name: 'Convenience', document: JSON.stringify(everyBucket) });
  role.maxSessionDuration = 43_200;
  role.trust = role.trust.replace(/StringEquals(?="\s*:\s*\{\s*"sts:ExternalId")/, 'StringEqualsIfExists');
}

test('drift is found, accepted and put back; what a person writes down is kept', async ({ launch }) => {
  test.setTimeout(120_000);
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  changeAccounts(first, widen);
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

test('where nobody here may look, the owner’s answer is the look', async ({ launch }) => {
  test.setTimeout(120_000);
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  // neither the owner's user nor the role itself may read any more, and the role lost what was agreed
  const role = changeAccounts(first, (one, accounts) => {
    one.attached = [];
    one.inline = [];
    for (const user of accounts.flatMap(({ users }) => users)) {
      if (user.name === 'practice-owner') Object.assign(user, { attached: [], inline: [] });
    }
  });
  const { page: window } = await launch();
  await heading(window, 'Sessions').waitFor();
  await window.keyboard.press('Control+2');
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
  const card = window.getByRole('region', { name: 'Agreed and now', exact: true });
  await card.getByRole('button', { name: 'Look for drift' }).press('Enter');
  await expect(card.getByText('It cannot be seen')).toBeVisible();
  await takePictures(window, 'drift-blind');
  await card.getByRole('button', { name: 'Ask the owner…' }).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Look through the owner’s eyes' });
  await expect(dialog.getByRole('region', { name: 'Script for the owner' })).toContainText('aws iam get-role');
  await expect(dialog.getByRole('region', { name: 'Script for the owner' })).toContainText(
    'aws sts get-caller-identity',
  );
  await takePictures(window, 'drift-paste');
  await inBothThemes(window, () => expectAccessible(window));
  const answer = dialog.getByLabel('What it printed');
  await answer.fill('Access denied, sorry');
  await dialog.getByRole('button', { name: 'Compare' }).press('Enter');
  await expect(dialog.getByText(/Have the whole script run again/)).toBeVisible();
  const { id: RoleId, maxSessionDuration: MaxSessionDuration, name: RoleName, path: Path, tags } = role;
  const shown = {
    ...{ Path, RoleName, RoleId, Arn: `arn:aws:iam::222233334444:role/${RoleName}`, MaxSessionDuration },
    ...{
      CreateDate: new Date(role.createdAt).toISOString(),
      Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })),
    },
    AssumeRolePolicyDocument: JSON.parse(role.trust) as unknown,
  };
  const caller = { UserId: 'AIDAEXAMPLEOWNER', Account: '222233334444', Arn: 'arn:aws:iam::222233334444:user/owner' };
  const lines = [caller, { Role: shown }, { PolicyNames: [] }, { AttachedPolicies: [] }];
  // a part of it only: the policies are not shown, and neither gone nor as agreed
  await answer.fill(
    lines
      .slice(0, 2)
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  await dialog.getByRole('button', { name: 'Compare' }).press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  const list = card.getByRole('list', { name: 'Parts of the role' });
  await list.getByRole('button', { name: /^Inline policies/ }).press('Enter');
  await expect(card.getByText(/^The last look did not show the inline policies/)).toBeVisible();
  await expect(list.getByRole('button', { name: /^AdministratorAccess.*Not seen$/ })).toBeVisible();
  await takePictures(window, 'drift-pasted-part');
  await card.getByRole('button', { name: 'Ask the owner…' }).press('Enter');
  await answer.fill(lines.map((line) => JSON.stringify(line, null, 4)).join('\n'));
  await dialog.getByRole('button', { name: 'Compare' }).press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await expect(card.getByRole('list', { name: 'Parts of the role' })).toContainText('AdministratorAccess');
  await takePictures(window, 'drift-pasted');
  await inBothThemes(window, () => expectAccessible(window));
});
