import { AttachRolePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright';
import { z } from '../../../core/zod';
import { connectionSchema } from '../../../core/domain/connection';
import type { Revocation } from '../../../core/domain/revocation';
import { settingsSchema } from '../../../main/settings';
import { computerNow } from '../../../main/platform/computer-time';
import { probeIntervalMs } from '../../../main/revocation/proof';
import { revocationsCollection } from '../../../main/revocation/records';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { readWrittenCollection } from '../../../main/store/written-collection';
import { cleanEnvironment, findPeer, runProgram, stopProgram, type Outcome } from '../../peers/support';
import { ManualClock } from '../../support/manual-clock';
import { administratorAccess, trustPolicy } from '../../support/practice';
import { bareIam } from '../../support/sdk';
import { heading, place } from '../screens/places';
import { root, userDataIn } from '../support/app-process';
import { watchCopies } from '../support/dialogs';
import { namesIn, writeBelow } from '../support/files';
import { expect, takePictures, test } from '../support/fixture';

const accountId = '222233334444';
const roleName = 'HandedOn';
const roleArn = `arn:aws:iam::${accountId}:role/${roleName}`;
const region = 'eu-west-1';
const ownProfile = 'somebodys-own';

/** AWS on this computer: a role that the deployer may enter, and that may do anything. */
async function servedAws() {
  const sandbox = createSandbox({ clock: { now: computerNow, offset: () => undefined }, signingKey: randomBytes(32) });
  const owner = bareIam(sandbox, new ManualClock(computerNow()), sandbox.identities.owner);
  await owner.send(
    new CreateRoleCommand({
      RoleName: roleName,
      AssumeRolePolicyDocument: trustPolicy(),
      // more than the connection's record says: what AWS says counts
      MaxSessionDuration: 43_200,
    }),
  );
  await owner.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: administratorAccess }));
  const server = await serveSandbox(sandbox, 0);
  return { sandbox, server };
}

/** A home in which the app has been used: two profiles of AWS's own files as sources, and a connection between them. */
function usedHome(home: string, { identities }: Awaited<ReturnType<typeof servedAws>>['sandbox']): void {
  const names = ['deployer', 'owner'] as const;
  const profiles = names.map(
    (name) =>
      `[${name}]\naws_access_key_id = ${identities[name].accessKeyId}\naws_secret_access_key = ${identities[name].secretAccessKey}\n`,
  );
  writeBelow(home, '.aws/credentials', profiles.join('\n'));
  // Somebody's own profile, not the app's: the CLI assumes the role by itself, and keeps what it gets in its cache.
  writeBelow(
    home,
    '.aws/config',
    `[profile ${ownProfile}]\nrole_arn = ${roleArn}\nsource_profile = deployer\nregion = ${region}\n`,
  );
  const put = (path: string, data: unknown) => {
    writeBelow(userDataIn(home), path, JSON.stringify({ version: 1, data }));
  };
  put('settings.json', settingsSchema.parse({ theme: 'system', workspace: 'aws' }));
  put('aws/sources.json', {
    sources: names.map((name) => ({ kind: 'profile', id: name, label: name, profileName: name, region })),
    selectedId: 'deployer',
  });
  const connection = connectionSchema.parse({
    id: randomUUID(),
    name: 'Tidewater',
    roleArn,
    roleName,
    accountId,
    partition: 'aws',
    region,
    recipeId: 'read-only-audit',
    sourceId: 'deployer',
    targetSourceId: 'owner',
    madeBy: 'elsewhere',
    createdAt: computerNow(),
    maxSessionDuration: 3600,
    status: 'working',
    receipt: [],
  });
  put('aws/connections.json', { connections: [connection] });
}

async function startSession(page: Page): Promise<void> {
  await place(page, 'Connections').click();
  await page.getByRole('row', { name: /Tidewater/ }).click();
  await heading(page, 'Tidewater').waitFor();
  await page.getByRole('button', { name: 'Start a session' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Start a session' });
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await expect(dialog).toHaveCount(0);
}

/** @returns the name of the profile that was written */
async function writeProfile(page: Page): Promise<string> {
  await place(page, 'Sessions').click();
  await page.getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: 'Hand off…' }).click();
  const panel = page.getByRole('dialog', { name: /^Hand off/ });
  await panel.getByRole('button', { name: 'Write a profile' }).click();
  const name = await panel.getByRole('textbox', { name: 'Name' }).inputValue();
  await panel.getByRole('button', { name: 'Write it' }).click();
  await expect(panel.getByRole('button', { name: 'Remove' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  return name;
}

async function revoke(page: Page, way: string): Promise<void> {
  await place(page, 'Connections').click();
  await page.getByRole('row', { name: /Tidewater/ }).click();
  await heading(page, 'Tidewater').waitFor();
  await page.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Revoke access to Tidewater' });
  await dialog.getByRole('radio', { name: new RegExp(`^${way}`) }).focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: way, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

const answerSchema = z.strictObject({ at: z.int(), code: z.string() });
type Answer = z.infer<typeof answerSchema>;

/** The other party's program: it was given credentials once and knows nothing of Sallyport. */
function holdCredentials(environment: Readonly<Record<string, string>>) {
  const child = spawn('python3', [join(root, 'tests', 'e2e', 'support', 'holds-credentials.py')], {
    env: { ...cleanEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answers: Answer[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => answers.push(answerSchema.parse(JSON.parse(line))));
  return {
    letIn: () => answers.filter(({ code }) => code === '').length,
    firstRefusal: () => answers.find(({ code }) => code !== ''),
    isLetInAfterRefusal: () =>
      answers.slice(answers.findIndex(({ code }) => code !== '')).some(({ code }) => code === ''),
    stop: () => stopProgram(child),
  };
}

/** A tool with the profile that was handed on, run again and again until it is refused or stopped. */
function keepAsking(ask: () => Promise<Outcome>) {
  const outcomes: Outcome[] = [];
  let isStopped = false;
  const done = (async () => {
    while (!isStopped && outcomes.every(({ status }) => status === 0)) outcomes.push(await ask());
  })();
  return {
    letIn: () => outcomes.filter(({ status }) => status === 0).length,
    refusal: () => outcomes.find(({ status }) => status !== 0),
    stop: () => {
      isStopped = true;
      return done;
    },
  };
}

function valueIn(exports: string, name: string): string {
  const value = new RegExp(`${name}='([^']+)'`).exec(exports)?.[1];
  if (value === undefined) throw new Error(`${name} was not copied`);
  return value;
}

const waysWithProof = ['Quarantine', 'Delete the role'] as const;

for (const way of waysWithProof) {
  test(`${way}: tools that were handed a session work until it is revoked, and are refused when the app says so`, async ({
    launch,
    home,
  }) => {
    test.setTimeout(240_000);
    const cli = await findPeer('aws-cli for revocation', 'aws', ['--version'], 'the program “aws” is not there');
    const python = await findPeer('boto3 for revocation', 'python3', ['-c', 'import boto3'], 'boto3 is not there');
    test.skip(!cli.present || !python.present, 'a real tool is missing');
    test.skip(
      process.env['SALLYPORT_PRIVATE_KEYRING'] !== '1',
      'a profile asks the keychain, and here is no private one',
    );
    const { sandbox, server } = await servedAws();
    usedHome(home, sandbox);
    const { app, page, userData } = await launch({ environment: { AWS_ENDPOINT_URL: server.endpoint } });
    const copies = await watchCopies(app);
    await startSession(page);
    const profile = await writeProfile(page);
    await page.getByRole('button', { name: 'Copy environment' }).click();
    await expect.poll(copies).toHaveLength(1);
    const [lines = ''] = await copies();

    const atAws = { AWS_ENDPOINT_URL: server.endpoint, AWS_DEFAULT_REGION: region };
    const held = holdCredentials({
      ...atAws,
      AWS_ACCESS_KEY_ID: valueIn(lines, 'AWS_ACCESS_KEY_ID'),
      AWS_SECRET_ACCESS_KEY: valueIn(lines, 'AWS_SECRET_ACCESS_KEY'),
      AWS_SESSION_TOKEN: valueIn(lines, 'AWS_SESSION_TOKEN'),
    });
    const askWith = (name: string) =>
      runProgram('aws', ['iam', 'list-account-aliases', '--profile', name, '--output', 'json'], {
        env: {
          ...atAws,
          HOME: home,
          XDG_CONFIG_HOME: '',
          NODE_OPTIONS: '',
          AWS_CONFIG_FILE: join(home, '.aws', 'config'),
          AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
        },
      });
    const tool = keepAsking(() => askWith(profile));
    const cached = () => namesIn(join(home, '.aws', 'cli', 'cache'));
    const read = (): Partial<Revocation> =>
      readWrittenCollection(revocationsCollection, join(userData, 'aws'))[0] ?? {};
    try {
      await expect.poll(() => [held.letIn() >= 2, tool.letIn() >= 2], { timeout: 60_000 }).toEqual([true, true]);
      expect([held.firstRefusal(), tool.refusal()]).toEqual([undefined, undefined]);
      expect((await askWith(ownProfile)).status).toBe(0);
      expect(cached()).toHaveLength(1);
      // As at AWS, a change does not reach everybody at once: the app has to ask until it does.
      sandbox.setTrouble({ propagationDelayMs: 3_000 });
      await revoke(page, way);

      await expect.poll(() => held.firstRefusal()?.code, { timeout: 60_000 }).toBe('AccessDenied');
      await expect.poll(() => tool.refusal()?.status, { timeout: 60_000 }).toBeGreaterThan(0);
      await expect.poll(() => read().proofState, { timeout: 60_000 }).toBe('complete');
      const recorded = read().refusedSince ?? 0;
      const refusedAt = held.firstRefusal()?.at ?? 0;
      test.info().annotations.push({
        type: 'recorded minus first refused, ms',
        description: String(recorded - refusedAt),
      });
      expect(Math.abs(recorded - refusedAt)).toBeLessThan(probeIntervalMs);
      expect(held.isLetInAfterRefusal()).toBe(false);
      // in the moment of revoking AWS may be the one that refuses; from then on there is nothing left to ask it with
      expect(tool.refusal()?.stderr).toMatch(/\(AccessDenied\)|sallyport: |could not be found/);
      expect((await askWith(profile)).stderr).toContain(`The config profile (${profile}) could not be found`);
      await expect.poll(() => read().wiped?.map(({ title }) => title)).toContain('AWS CLI’s cache, 1 of this role');
      expect(cached()).toEqual([]);
      const again = await askWith(ownProfile);
      expect(again.stderr).toContain('(AccessDenied) when calling the AssumeRole operation');
      expect(read().wiped).toContainEqual(expect.objectContaining({ title: `Profile ${profile}`, verified: true }));
      // twelve hours and a minute, and not one: the role’s own maximum
      expect((read().deadBy?.at ?? 0) - (read().blockedSince ?? 0)).toBe(43_200_000 + 60_000);
      await expect(page.getByText(/^in 1[12]:[0-5]\d:[0-5]\d$/)).toBeVisible();
      await takePictures(page, `revocation-peers-${way.toLowerCase().replaceAll(' ', '-')}`);
    } finally {
      await held.stop();
      await tool.stop();
      await server.close();
    }
  });
}
