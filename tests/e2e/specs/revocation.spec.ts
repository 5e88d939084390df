import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { openingEvents } from '../../../core/domain/cloudtrail-sessions';
import { connectInPractice, heading, place } from '../screens/places';
import { RevocationScreen } from '../screens/revocation-screen';
import { willSave } from '../support/dialogs';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, name);
  await inBothThemes(page, () => expectAccessible(page));
}

/** What an organization denies in the sandbox from the next request on. */
async function deny(page: Page, actions: readonly string[]): Promise<void> {
  const answer = await page.evaluate(async (serviceControlDenies) => {
    const { calls } = (
      window as unknown as {
        sallyport: { calls: { practice: { setTrouble: (input: unknown) => Promise<{ ok: boolean }> } } };
      }
    ).sallyport;
    return await calls.practice.setTrouble({ trouble: { serviceControlDenies } });
  }, actions);
  expect(answer.ok).toBe(true);
}

test('step by step: each step is seen, nothing is deleted before AWS refused, and the proof is signed and saved', async ({
  home,
  sallyport,
  window,
}) => {
  test.setTimeout(180_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await expect(screen.dialog.getByRole('radio', { name: /^Step by step/ })).toBeChecked();
  await expect(screen.button('Cancel')).toBeFocused();
  await expect(screen.dialog.getByText('Nothing is deleted before AWS has refused twice.')).toBeVisible();
  await look(window, 'revoke-step-by-step');
  await screen.button('Revoke step by step').click();
  await expect(screen.step('Close the trust')).toContainText('Nobody may assume it');
  await expect(screen.step('Prove it')).toContainText('Asking AWS');
  await expect(screen.step('Delete the role')).toContainText('Waits for what is before it');
  await look(window, 'revocation-steps');
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 60_000 });
  await expect(screen.step('Delete the role')).toContainText('It is gone');
  await expect(window.getByText('Deleted role DeploymentService')).toBeVisible();
  // the log is in the order of time: closed, refused, and only then deleted
  const calls = await window.getByRole('table').getByRole('row').allInnerTexts();
  const places = ['iam:PutRolePolicy', 'AccessDenied', 'iam:DeleteRole'].map((words) =>
    calls.findIndex((row) => row.includes(words)),
  );
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(calls.at(-1)).toContain('iam:DeleteRole');
  await look(window, 'revocation-steps-done');

  await window.getByRole('button', { name: 'Shorten by CloudTrail…' }).click();
  const cloudTrail = window.getByRole('dialog', { name: 'Shorten by CloudTrail' });
  await expect(cloudTrail.getByText(/aws cloudtrail lookup-events --region eu-west-1/).first()).toBeVisible();
  await cloudTrail.getByRole('textbox', { name: 'What they printed' }).fill('no JSON at all');
  await cloudTrail.getByRole('button', { name: 'Read the events' }).click();
  await expect(cloudTrail.getByText('This is not JSON, or not the whole of it.')).toBeVisible();
  await look(window, 'revocation-cloudtrail');
  await cloudTrail.getByRole('button', { name: 'Cancel' }).click();

  const saved = await willSave(sallyport.app, home);
  for (const form of ['HTML', 'JSON']) {
    await window.getByRole('button', { name: 'Export the proof…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Export the proof' });
    await dialog.getByText(form, { exact: true }).click();
    await dialog.getByRole('textbox', { name: /^Signed off by/ }).fill('Mara Lindqvist');
    await dialog.getByRole('textbox', { name: /^Note/ }).fill('Seen and kept.');
    if (form === 'HTML') await look(window, 'revocation-export');
    await dialog.getByRole('button', { name: 'Save…' }).click();
    await expect(dialog).toHaveCount(0);
  }
  await expect(window.getByText(/^Signed off by Mara Lindqvist/)).toBeVisible();
  const [html = '', json = ''] = (await saved()).map((path) => readFileSync(path, 'utf8'));
  expect(html).toContain('Mara Lindqvist');
  expect(html).toContain('DeploymentService');
  expect(JSON.parse(json)).toMatchObject({ signOff: { by: 'Mara Lindqvist', note: 'Seen and kept.' } });

  await place(window, 'Connections').click();
  await expect(window.getByRole('row', { name: /Practice production/ })).toContainText('Closing');
});

test('a refusal before anything was changed offers other credentials, and does not try again instead', async ({
  window,
}) => {
  test.setTimeout(120_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await screen.choose('Close the trust');
  await expect(screen.dialog.getByText(/rights?, all there/)).toBeVisible();
  await deny(window, ['iam:GetRole']);
  await screen.button('Close the trust').click();
  const refusal = screen.dialog.getByRole('alert');
  await expect(refusal).toBeVisible();
  await deny(window, []);
  await refusal.getByRole('button', { name: 'Choose other credentials' }).click();
  await heading(window, 'Settings').waitFor();
  await expect(screen.dialog).toHaveCount(0);
  await place(window, 'Revocations').click();
  await expect(window.getByText('Nothing was taken back yet')).toBeVisible();
});

test('what stops half-way says what still works for the other side, and goes on', async ({ window }) => {
  test.setTimeout(180_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await deny(window, ['iam:PutRolePolicy']);
  await screen.open('Practice production');
  await screen.button('Revoke step by step').click();
  await expect(window.getByText('Stopped half-way', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(screen.step('Close the trust')).toContainText('Nobody may assume it');
  await expect(screen.step('Deny older sessions')).toContainText('Stopped here');
  await expect(window.getByText(/Nobody comes in any more\. Live sessions go on until they expire\./)).toBeVisible();
  await look(window, 'revocation-stopped');
  await deny(window, []);
  await window.getByRole('button', { name: 'Go on' }).click();
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 60_000 });
  await expect(window.getByText('Deleted role DeploymentService')).toBeVisible();
});

test('the role’s own session locks the role up, and can neither delete it nor put it back', async ({ window }) => {
  test.setTimeout(180_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await screen.choose('Quarantine');
  await screen.doneBy(/^The role’s own session/);
  await expect(screen.dialog.getByText('The role locks itself up.')).toBeVisible();
  await look(window, 'revoke-own-session');
  // it can do nothing else
  await screen.choose('Delete the role');
  await expect(screen.dialog.getByText('The role locks itself up.')).toHaveCount(0);
  await screen.choose('Quarantine');
  await expect(screen.dialog.getByText('The role locks itself up.')).toBeVisible();
  await screen.button('Quarantine').click();
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 60_000 });
  await expect(window.getByText(/with the role’s own session …/)).toBeVisible();
});

/** Gives a role of the sandbox, while the app is closed, the tags that CloudFormation alone sets. */
function tagWithStack(userData: string, roleName: string): void {
  const path = join(userData, 'practice', 'sandbox.json');
  let found = 0;
  const kept: unknown = JSON.parse(readFileSync(path, 'utf8'), (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || !('tags' in value) || !('name' in value)) return value;
    if (value.name !== roleName || !Array.isArray(value.tags)) return value;
    found += 1;
    return {
      ...value,
      tags: [
        { key: 'aws:cloudformation:stack-name', value: 'delivery' },
        {
          key: 'aws:cloudformation:stack-id',
          value: 'arn:aws:cloudformation:eu-west-1:222233334444:stack/delivery/5f0f1c2e-0c1d-11f1-8a2b-0a1b2c3d4e5f',
        },
      ],
    };
  });
  expect(found).toBe(1);
  writeFileSync(path, JSON.stringify(kept));
}

test('a role that a stack made: deleting the stack comes first, and is somebody’s to do', async ({ launch }) => {
  test.setTimeout(180_000);
  const first = await launch();
  await connectInPractice(first.page);
  await first.close();
  tagWithStack(first.userData, 'DeploymentService');
  const { page } = await launch();
  const screen = new RevocationScreen(page);
  await screen.open('Practice production');
  await expect(screen.dialog.getByText('A CloudFormation stack made this role.')).toBeVisible();
  await expect(screen.dialog.getByRole('radio').first()).toBeChecked();
  await expect(screen.dialog.getByRole('radio', { name: /^Delete the stack/ })).toBeChecked();
  await expect(screen.dialog.getByText(/the stack delivery in eu-west-1/)).toBeVisible();
  await look(page, 'revoke-stack');
  await screen.button('Ask the owner').click();
  await expect(page.getByText('Delete the stack delivery')).toBeVisible();
  await look(page, 'revocation-asked-stack');
});

/** What the commands of the dialog print where nobody opened a session: each says what it looked up. */
function emptyLookups(): string {
  return ['eu-west-1', 'us-east-1']
    .flatMap((Region) =>
      openingEvents.map((EventName) => ({
        Lookup: { EventName, Region, StartTime: '2020-01-01T00:00:00Z', EndTime: '2090-01-01T00:00:00Z' },
        Events: [],
        NextToken: null,
      })),
    )
    .map((output) => JSON.stringify(output))
    .join('\n');
}

test('a deny that has nobody left to keep out is cleaned up', async ({ sallyport, window }) => {
  test.setTimeout(180_000);
  const screen = new RevocationScreen(window);
  await screen.connect();
  await screen.open('Practice production');
  await screen.choose('Quarantine');
  await screen.button('Quarantine').click();
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 60_000 });
  const cleanUp = window.getByRole('button', { name: 'Delete AWSRevokeOlderSessions' });
  await expect(cleanUp).toHaveCount(0);

  // CloudTrail has everything a quarter of an hour later, and knows of no session but the one that was opened here
  const bound = window.getByText(/^Last credential dies, at the latest, by/);
  await expect(bound).toBeVisible();
  await sallyport.skip(17 * 60_000);
  await window.getByRole('button', { name: 'Shorten by CloudTrail…' }).click();
  const cloudTrail = window.getByRole('dialog', { name: 'Shorten by CloudTrail' });
  await cloudTrail.getByRole('textbox', { name: 'What they printed' }).fill(emptyLookups());
  await cloudTrail.getByRole('button', { name: 'Read the events' }).click();
  await expect(cloudTrail).toHaveCount(0);
  await expect(window.getByText('CloudTrail shows no session')).toBeVisible();
  await expect(bound).toHaveCount(0);
  await expect(
    window.getByText(/^CloudTrail \(eu-west-1, us-east-1\), read at .* shows no session/).first(),
  ).toBeVisible();
  await look(window, 'revocation-narrowed');

  await sallyport.skip(45 * 60_000);
  await expect(window.getByText('The deny has nothing left to do.')).toBeVisible();
  await look(window, 'revocation-clean-up');
  await cleanUp.click();
  await expect(window.getByText(/^The deny was deleted at/)).toBeVisible();
  await expect(cleanUp).toHaveCount(0);
});

test('a role is put under quarantine with proof, kept to look at, and let go again', async ({ window }) => {
  test.setTimeout(180_000);
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
  await window.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = window.getByRole('alertdialog');
  await expect(dialog.getByText('Role DeploymentService', { exact: true })).toBeVisible();
  for (const [way, button] of [
    ['Close the trust', 'Close the trust'],
    ['Detach its permissions', 'Detach its permissions'],
    ['Quarantine', 'Quarantine'],
  ] as const) {
    await dialog.getByRole('radio', { name: new RegExp(`^${way}`) }).focus();
    await window.keyboard.press('Space');
    await expect(dialog.getByRole('button', { name: button, exact: true })).toBeVisible();
    await takePictures(window, `revoke-${button.toLowerCase().replaceAll(' ', '-')}`);
  }
  await dialog.getByRole('button', { name: 'Needs 4 rights, all there' }).click();
  await expect(dialog.getByText('iam:UpdateAssumeRolePolicy')).toBeVisible();
  await takePictures(window, 'revoke-rights');
  await inBothThemes(window, () => expectAccessible(window));
  await dialog.getByRole('button', { name: 'Quarantine', exact: true }).click();
  await expect(window.getByText('Both doors shut, proved')).toBeVisible({ timeout: 60_000 });
  await expect(window.getByText('Closed the trust of DeploymentService')).toBeVisible();
  await takePictures(window, 'revocation-quarantine');
  await inBothThemes(window, () => expectAccessible(window));

  await window.getByRole('button', { name: 'Put it back…' }).click();
  const question = window.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(question.getByText(/may assume the role again/)).toBeVisible();
  await takePictures(window, 'revocation-put-back');
  await question.getByRole('button', { name: 'Put it back' }).click();
  await expect(window.getByText('DeploymentService is as it was')).toBeVisible();
  await expect(window.getByText('Put back', { exact: true })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Put it back…' })).toHaveCount(0);
  await takePictures(window, 'revocation-undone');

  await place(window, 'Connections').click();
  await window.getByRole('row', { name: /Practice production/ }).click();
  await heading(window, 'Practice production').waitFor();
  await expect(window.getByText('Not tested', { exact: true })).toBeVisible();
  await window.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(window.getByText('Working', { exact: true })).toBeVisible({ timeout: 60_000 });
});
