import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { z } from '../../../core/zod';
import type { Plan } from '../../../core/domain/plan';
import { planRole } from '../../../core/domain/role-plan';
import { draftSchema } from '../../../core/domain/wizard';
import { findRecipe } from '../../../core/recipes/catalog';
import type { RenderingForm } from '../../../core/render/rendering';
import {
  findPeer,
  runProgram,
  startServedSandbox,
  type Outcome,
  type Peer,
  type ServedSandbox,
} from '../../peers/support';
import { carryOut, type Place } from '../../support/carry-out';
import { ConsolePerson, type Click } from '../../support/console-person';
import { linesOf } from '../../support/plan-lines';
import { stepsOfTemplate, untaggedInTemplates } from '../../support/template-steps';
import { parseTerraform, stepsOfTerraform } from '../../support/terraform-steps';
import { FirstRunScreen } from '../screens/first-run-screen';
import { addProfile, heading, place } from '../screens/places';
import { WizardScreen } from '../screens/wizard-screen';
import { addressOf } from '../support/address';
import type { AppProcess } from '../support/app-process';
import { watchCopies, willChoose } from '../support/dialogs';
import { writeBelow } from '../support/files';
import { expect, takePictures, test as base } from '../support/fixture';

/**
 * Each recipe once for each form in which its plan leaves the window: somebody else’s program or hands make what it says
 * in an account of `npm run sandbox`, and the window’s own test passes.
 */
const target = '222233334444';

type Recipe = { readonly name: string; readonly roleName: string; readonly passes: string };
const deployment: Recipe = { name: 'Deployment service', roleName: 'DeploymentService', passes: '10 of 10 passed' };
/** Of what a deployer of functions may do nothing can be tried without harm. */
const zappa: Recipe = { name: 'Serverless Python', roleName: 'ZappaDeploy', passes: '9 of 10 passed' };

const peers = new Map<string, Promise<Peer>>();

/** A program that is not on this machine is no failure; it is printed, and counted as skipped. */
async function needs(program: string): Promise<void> {
  const known =
    peers.get(program) ?? findPeer(program, program, ['--version'], `the program “${program}” is not there`);
  peers.set(program, known);
  const peer = await known;
  base.skip(!peer.present, peer.present ? '' : peer.reason);
}

const test = base.extend<{ readonly sandbox: ServedSandbox; readonly owner: Place }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  sandbox: async ({}, use) => {
    const sandbox = await startServedSandbox();
    await use(sandbox);
    await sandbox.stop();
  },
  owner: async ({ sandbox }, use) => {
    await use({ endpoint: sandbox.endpoint, credentials: sandbox.identities.owner });
  },
  home: async ({ home, sandbox }, use) => {
    const { accessKeyId, secretAccessKey } = sandbox.identities.deployer;
    writeBelow(home, '.aws/config', `[default]\nregion = eu-west-1\nendpoint_url = ${sandbox.endpoint}\n`);
    const key = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    writeBelow(home, '.aws/credentials', `[default]\n${key}`);
    await use(home);
  },
});

/** From the first run to the review, as the deployer of `~/.aws`. @returns the draft's ID */
async function toReview(window: Page, { name }: Recipe, answer?: string): Promise<string> {
  await new FirstRunScreen(window).connect.click();
  const wizard = new WizardScreen(window);
  await wizard.heading('What should they be able to do?').waitFor();
  await window.keyboard.press('Control+,');
  await heading(window, 'Settings').waitFor();
  await addProfile(window, 'default');
  await expect(window.getByText('user/practice-deployer in 111122223333')).toBeVisible();
  await place(window, 'Sessions').click();
  await window.getByRole('button', { name: 'Continue' }).click();

  await wizard.recipe(name).click();
  await wizard.continue.click();
  await wizard.heading('Which account do they enter?').waitFor();
  await wizard.field('Name').fill('Tidewater');
  await wizard.field('Account ID').fill(target);
  await wizard.continue.click();
  await wizard.heading('How should the role be?').waitFor();
  if (answer !== undefined) await window.getByText(answer).first().click();
  await wizard.continue.click();
  await wizard.heading('Review what will be created').waitFor();
  return (await addressOf(window)).split('/')[2] ?? '';
}

/** What the window has planned, worked out again from what it keeps of the answers. */
function planOf({ userData }: AppProcess, draftId: string): Plan {
  const kept = z.object({ data: z.object({ drafts: z.array(draftSchema) }) });
  const { drafts } = kept.parse(JSON.parse(readFileSync(join(userData, 'aws', 'drafts.json'), 'utf8'))).data;
  const draft = drafts.find(({ id }) => id === draftId);
  const { account, options, recipeId = '', trusted } = draft?.state.answers ?? {};
  const recipe = findRecipe(recipeId);
  if (!draft || !account || !options || !recipe || !trusted) throw new Error('The draft has no plan');
  const { externalId, onboardingId } = draft;
  return planRole({ recipe, account, options, trusted, externalId, onboardingId });
}

/** Chooses a form and saves its files from the window. @returns the path of the one that is shown */
async function saveFiles(
  { app, page }: AppProcess,
  { roleName }: Recipe,
  way: { readonly name: string; readonly accept: string; readonly form: RenderingForm },
  folder: string,
): Promise<string> {
  await page.getByText(way.name, { exact: true }).click();
  await page.getByRole('button', { name: way.accept }).click();
  await willChoose(app, folder);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^\d+ files? saved$/)).toBeVisible();
  const file = await page.getByRole('tablist', { name: 'Files' }).getByRole('tab', { selected: true }).innerText();
  return join(folder, `${roleName}-${way.form}`, file);
}

/** The role is there now: pasted, or waited for, and tested to the end of the wizard. */
async function testAndFinish(window: Page, { passes }: Recipe, pasted?: string): Promise<void> {
  await window.getByRole('button', { name: /test it$/ }).click();
  const wizard = new WizardScreen(window);
  if (pasted === undefined) await window.getByRole('button', { name: 'Wait for it' }).click();
  else {
    await wizard.field('Role').fill(pasted);
    await window.getByRole('button', { name: 'Test this role' }).click();
  }
  await expect(window.getByText(passes)).toBeVisible({ timeout: 30_000 });
  await wizard.finish.click();
  await wizard.heading('Connected to Tidewater').waitFor();
  await expect(window.getByText('Session open')).toBeVisible();
}

test.describe('with a script, run by bash and the AWS CLI', () => {
  const way = { name: 'AWS CLI', accept: 'Accept, show the script', form: 'bash' } as const;
  const run = async (path: string, home: string, sandbox: ServedSandbox): Promise<Outcome> => {
    const env = { ...sandbox.environmentOf(sandbox.identities.owner), HOME: home };
    const outcome = await runProgram('bash', [path], { env });
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    return outcome;
  };

  test('Deployment service: its ARN is pasted with the words the script says around it', async ({
    home,
    sallyport,
    sandbox,
    window,
  }) => {
    await needs('aws');
    await toReview(window, deployment);
    const path = await saveFiles(sallyport, deployment, way, home);
    const { stdout } = await run(path, home, sandbox);
    await testAndFinish(window, deployment, /^.*arn:aws:iam::.*$/m.exec(stdout)?.[0] ?? '');
  });

  test('Serverless Python: the role is waited for, and its key, user, group and bucket are there', async ({
    home,
    sallyport,
    sandbox,
    window,
  }) => {
    await needs('aws');
    test.setTimeout(120_000);
    await toReview(window, zappa, 'Also make a user with an access key');
    const path = await saveFiles(sallyport, zappa, way, home);
    await run(path, home, sandbox);
    const asked = async (...parameters: readonly string[]): Promise<string> => {
      const env = sandbox.environmentOf(sandbox.identities.owner);
      const { status, stderr, stdout } = await runProgram('aws', [...parameters, '--output', 'json'], { env });
      expect([status, stderr]).toEqual([0, '']);
      return stdout;
    };
    const [keys, group, buckets] = await Promise.all([
      asked('iam', 'list-access-keys', '--user-name', 'ZappaUser'),
      asked('iam', 'get-group', '--group-name', 'ZappaGroup'),
      asked('s3api', 'list-buckets', '--query', 'Buckets[].Name'),
      testAndFinish(window, zappa),
    ]);
    const kept = readFileSync(join(home, `sallyport-ZappaDeploy-${target}-access-key.json`), 'utf8');
    const { AccessKey: key } = JSON.parse(kept) as { AccessKey: { AccessKeyId: string } };
    expect(JSON.parse(keys)).toMatchObject({ AccessKeyMetadata: [{ AccessKeyId: key.AccessKeyId, Status: 'Active' }] });
    expect(JSON.parse(group)).toMatchObject({ Users: [{ UserName: 'ZappaUser' }] });
    expect(JSON.parse(buckets)).toEqual([`zappa-${target}`]);
  });
});

for (const recipe of [deployment, zappa]) {
  test(`${recipe.name} with a stack: cfn-lint passes, it equals the plan, and what it makes is entered`, async ({
    home,
    owner,
    sallyport,
    window,
  }) => {
    await needs('cfn-lint');
    const draftId = await toReview(window, recipe);
    const way = { name: 'CloudFormation', accept: 'Accept, show the template', form: 'cloudformation' } as const;
    const path = await saveFiles(sallyport, recipe, way, home);
    const steps = stepsOfTemplate(readFileSync(path, 'utf8'), target);
    expect(linesOf(steps)).toEqual(linesOf(planOf(sallyport, draftId).steps, untaggedInTemplates));
    const linted = runProgram('cfn-lint', ['--', path]);
    await carryOut(steps, owner);
    await testAndFinish(window, recipe);
    expect(await linted).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test(`${recipe.name} with Terraform: it equals the plan, and what it makes is entered`, async ({
    home,
    owner,
    sallyport,
    window,
  }) => {
    const draftId = await toReview(window, recipe);
    const way = { name: 'Terraform', accept: 'Accept, show the configuration', form: 'terraform' } as const;
    const path = await saveFiles(sallyport, recipe, way, home);
    const steps = stepsOfTerraform(await parseTerraform(readFileSync(path, 'utf8')), target);
    expect(linesOf(steps)).toEqual(linesOf(planOf(sallyport, draftId).steps));
    await carryOut(steps, owner);
    await testAndFinish(window, recipe);
  });

  test(`${recipe.name} with clicks: somebody who does what the page says makes what is entered`, async ({
    owner,
    sallyport,
    window,
  }) => {
    const answer = recipe === zappa ? 'Also make a user with an access key' : undefined;
    await toReview(window, recipe, answer);
    await window.getByText('In the console', { exact: true }).click();
    await window.getByRole('button', { name: 'Accept, show the clicks' }).click();
    await heading(window, 'Create the role in the AWS console').waitFor();
    const [roleName = ''] = await new ConsolePerson(owner).follow(await readClicks(sallyport));
    await takePictures(window, `clicks-${recipe.roleName}`);
    await testAndFinish(window, recipe, `arn:aws:iam::${target}:role/${roleName}`);
  });
}

/** Reads the page from its top to its end, and presses each copy button. */
async function readClicks({ app, page }: AppProcess): Promise<readonly Click[]> {
  const copies = await watchCopies(app);
  const clicks: Click[] = [];
  let pressed = 0;
  for (const item of await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('checkbox') })
    .all()) {
    const title =
      (await item.getByRole('checkbox').getAttribute('aria-label')) ?? (await item.locator('label').innerText());
    const labels = await item.getByRole('button', { name: /^Copy / }).allInnerTexts();
    const values: Record<string, string> = {};
    for (const label of labels) {
      await item.getByRole('button', { name: label, exact: true }).click();
      pressed += 1;
      await expect.poll(async () => (await copies()).length).toBe(pressed);
      values[label.replace(/^Copy /, '')] = (await copies()).at(-1) ?? '';
    }
    clicks.push({ title: title.replace(/^\d+\. /, ''), copies: values });
  }
  return clicks;
}
