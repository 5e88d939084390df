import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { enterPractice, heading } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { watchCopies, willChoose } from '../support/dialogs';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

/** Every recipe that makes something, with the answer that makes more, and what is handed on at the end. */
const recipes: readonly {
  readonly name: string;
  readonly answer?: string;
  readonly id: string;
  readonly handsOn?: readonly (string | RegExp)[];
}[] = [
  { name: 'Deployment service', id: 'deployment-service' },
  {
    name: 'Cross-account CodeDeploy',
    id: 'codedeploy',
    answer: 'In the deploying account',
    handsOn: [
      'CodeDeployAccess in 222233334444',
      /^https:\/\/signin\.aws\.amazon\.com\/switchrole/,
      'Push a revision to the bucket.',
      'Start a session and deploy.',
    ],
  },
  {
    name: 'Serverless Python',
    id: 'zappa',
    answer: 'Also make a user with an access key',
    handsOn: [
      'arn:aws:iam::222233334444:user/ZappaUser',
      'zappa-222233334444 in eu-west-1',
      'arn:aws:iam::222233334444:role/ZappaDjangoRole',
      'Tell Zappa the role, the bucket and the Region.',
    ],
  },
  { name: 'Service roles', id: 'service-roles', answer: 'Everything but identities' },
  { name: 'Read-only audit', id: 'audit', answer: 'Both' },
  { name: 'Identities', id: 'identities', answer: 'Also a user for a person' },
  { name: 'Custom', id: 'custom' },
];

async function toReview(window: Page, name: string, answer?: string): Promise<WizardScreen> {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await wizard.goToOptions(name);
  if (answer !== undefined) await window.getByText(answer).first().click();
  return wizard;
}

for (const { answer, handsOn = [], id, name } of recipes) {
  test(`${name}: from the recipe to a passing test and an open session`, async ({ window }) => {
    const wizard = await toReview(window, name, answer);
    await takePictures(window, `recipe-${id}-options`);
    await inBothThemes(window, () => expectAccessible(window));
    await wizard.continue.click();
    await wizard.heading('Review what will be created').waitFor();
    await takePictures(window, `recipe-${id}-review`);
    await inBothThemes(window, () => expectAccessible(window));
    await wizard.createAutomatically();
    await wizard.test();
    await expect(wizard.finish).toBeVisible({ timeout: 30_000 });
    await wizard.finish.click();
    await wizard.heading(/^Connected to/).waitFor();
    await expect(window.getByText('Session open')).toBeVisible();
    for (const text of handsOn) await expect(window.getByText(text, { exact: true })).toBeVisible();
    await takePictures(window, `recipe-${id}-finish`);
  });
}

test('everything that a recipe made is undone from its receipt, and looked for afterwards', async ({ window }) => {
  const wizard = await toReview(window, 'Identities', 'Also a user for a person');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await wizard.createAutomatically();
  await wizard.test();
  await expect(wizard.finish).toBeVisible({ timeout: 30_000 });
  await wizard.finish.click();
  await window.getByRole('button', { name: 'Undo everything…' }).click();
  const question = window.getByRole('alertdialog', { name: 'Undo everything' });
  await expect(question.getByText(/^User first\.person \(/)).toBeVisible();
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await takePictures(window, 'undo-everything');
  await inBothThemes(window, () => expectAccessible(window));
  await question.getByRole('button', { name: 'Undo everything' }).click();
  await expect(question).toHaveCount(0);
  await expect(window.getByText('Revoked').first()).toBeVisible();
  await window.keyboard.press('Control+1');
  await heading(window, 'Sessions').waitFor();
  await expect(window.getByText('None live.').first()).toBeVisible();
});

test('what AWS ended is offered on request only, and says what to take instead', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  await expect(wizard.recipe('Serverless Python')).toBeVisible();
  await expect(wizard.recipe('AWS Proton')).toHaveCount(0);
  await window.getByRole('button', { name: 'Show what AWS ended' }).click();
  await wizard.recipe('AWS Proton').click();
  await expect(window.getByText('AWS ended Proton on 7 October 2026').first()).toBeVisible();
  await expect(window.getByText('“Service roles (CloudFormation, CodeBuild)”')).toBeVisible();
  await inBothThemes(window, () => expectAccessible(window));
});

test('the account foundation is a list whose ticks are kept', async ({ launch }) => {
  const first = await launch();
  await enterPractice(first.page);
  await first.page.getByRole('button', { name: 'Connect', exact: true }).click();
  await new WizardScreen(first.page).recipe('Account foundation').click();
  await first.page.getByText('Sign up for an account').click();
  await expect(first.page.getByRole('checkbox', { name: /^Sign up for an account/ })).toBeChecked();
  await takePictures(first.page, 'recipe-foundation');
  await inBothThemes(first.page, () => expectAccessible(first.page));
  await first.close();
  const { page } = await launch();
  await heading(page, 'Sessions').waitFor();
  await page.keyboard.press('Control+n');
  await new WizardScreen(page).recipe('Account foundation').click();
  await expect(page.getByRole('checkbox', { name: /^Sign up for an account/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Give the root user MFA/ })).not.toBeChecked();
});

test('what must be known before a recipe is chosen stands beside it', async ({ window }) => {
  await enterPractice(window);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  const wizard = new WizardScreen(window);
  const sheet = window.getByRole('main');
  await wizard.recipe('Deployment service').click();
  await expect(sheet).toContainText(/Why administrator\?.*manages many AWS services.*give it an account of its own/);
  await wizard.recipe('Cross-account CodeDeploy').click();
  await expect(sheet).toContainText('A deployment group and its instances belong to one account');
  await wizard.recipe('Account foundation').click();
  await expect(sheet).toContainText(
    /Administrators through IAM Identity Center.*(?<!not )recommended.*Or an administrator as an IAM user.*not recommended/,
  );
});

test('the trusted account’s ID and the external ID are copied beside the place where they are needed', async ({
  sallyport,
  window,
}) => {
  const copies = await watchCopies(sallyport.app);
  const wizard = await toReview(window, 'Deployment service');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  await window.getByText('In the console', { exact: true }).click();
  await window.getByRole('button', { name: 'Accept, show the clicks' }).click();
  await wizard.heading('Create the role in the AWS console').waitFor();
  const externalId = await window.getByText(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]+$/).innerText();
  await expect(window.getByText('Copy it, never type it: a wrong one lets a stranger in.')).toBeVisible();
  const copy = window.getByRole('button', { name: 'Copy', exact: true });
  await copy.last().click();
  await copy.first().click();
  await expect.poll(copies).toEqual([externalId, '111122223333']);
});

test('an answer that AWS would refuse is told beside its field', async ({ window }) => {
  const wizard = await toReview(window, 'Serverless Python');
  await wizard.field('Bucket for code').fill('My Bucket');
  await wizard.continue.click();
  await expect(window.getByText('A bucket name has 3 to 63 small letters, digits, dots and hyphens.')).toBeVisible();
  await wizard.field('Bucket for code').fill('my-bucket');
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
});

const ways = [
  {
    way: 'AWS CLI',
    accept: 'Accept, show the script',
    title: 'Create it with the AWS CLI',
    folder: 'ZappaDeploy-bash',
  },
  {
    way: 'CloudFormation',
    accept: 'Accept, show the template',
    title: 'Create it with CloudFormation',
    folder: 'ZappaDeploy-cloudformation',
  },
  {
    way: 'Terraform',
    accept: 'Accept, show the configuration',
    title: 'Create it with Terraform',
    folder: 'ZappaDeploy-terraform',
  },
] as const;

for (const { accept, folder, title, way } of ways) {
  test(`${way}: the plan as files, on screen and in a folder`, async ({ sallyport, home }) => {
    const window = sallyport.page;
    const wizard = await toReview(window, 'Serverless Python');
    await wizard.continue.click();
    await wizard.heading('Review what will be created').waitFor();
    await window.getByText(way, { exact: true }).click();
    await window.getByRole('button', { name: accept }).click();
    await wizard.heading(title).waitFor();
    await takePictures(window, `files-${way.replace(' ', '-').toLowerCase()}`);
    await inBothThemes(window, () => expectAccessible(window));
    if (way === 'CloudFormation') {
      await window.getByRole('textbox', { name: 'Address of the template' }).fill('http://example.com/t.json');
      await expect(window.getByText('This is not an https address that CloudFormation reads.')).toBeVisible();
      const address = window.getByRole('textbox', { name: 'Address of the template' });
      await address.fill('https://acme.s3.eu-west-1.amazonaws.com/t.json');
      await expect(window.getByRole('textbox', { name: 'Link for the account’s owner' })).toHaveValue(
        /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/cloudformation\/home\?region=eu-west-1#\/stacks\/create\/review\?templateURL=https%3A%2F%2Facme/,
      );
    }
    await willChoose(sallyport.app, home);
    await window.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(window.getByText(/^\d+ files? saved$/)).toBeVisible();
    const saved = readdirSync(join(home, folder));
    expect(saved.length).toBeGreaterThan(0);
    const texts = saved.map((name) => readFileSync(join(home, folder, name), 'utf8')).join('\n');
    for (const name of ['ZappaDeploy', 'ZappaDjangoRole', 'ZappaUserGeneralPolicy']) expect(texts).toContain(name);
    // A second time nothing is written over.
    await window.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(window.getByText(/There is something named .* in that folder already/)).toBeVisible();
  });
}
