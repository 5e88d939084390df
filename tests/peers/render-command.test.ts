import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPlan } from '../../core/render/render-plan';
import { externalId, onboardingId, planOf, targetAccount, trustedAccount } from './render-support';
import { runProgram, temporaryFolder, type Outcome } from './support';

const command = fileURLToPath(new URL('../../scripts/render.mjs', import.meta.url));

describe('`npm run render`, as a person starts it', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let params = '';
  const render = (...more: readonly string[]): Promise<Outcome> => runProgram(process.execPath, [command, ...more]);

  beforeAll(async () => {
    folder = await temporaryFolder();
    params = join(folder.path, 'params.json');
    const text = JSON.stringify({
      account: { accountId: targetAccount, region: 'eu-west-1', name: 'Target' },
      trusted: { accountId: trustedAccount, arn: `arn:aws:iam::${trustedAccount}:user/deployer`, partition: 'aws' },
      externalId,
      onboardingId,
      options: { path: '/render/' },
    });
    await writeFile(params, text);
    // The first run builds it.
    await render('--help');
  }, 120_000);
  afterAll(() => folder.remove());

  test('one file is printed as the window has it, and cli is another word for bash', async () => {
    const { plan } = planOf('deployment-service', {});
    const [script] = renderPlan(plan, 'bash').files;
    const outcome = await render('--recipe', 'deployment-service', '--form', 'cli', '--params', params);
    expect(outcome.status).toBe(0);
    expect(outcome.stdout).toBe(script?.text);
    expect(outcome.stderr).toContain(`bash ${script?.name ?? ''} --undo`);
  });

  test('several files go into a folder', async () => {
    const out = join(folder.path, 'new', 'folder');
    const outcome = await render('--recipe', 'zappa', '--form', 'terraform', '--params', params, '--out', out);
    expect(outcome.status).toBe(0);
    for (const { name, text } of renderPlan(planOf('zappa', {}).plan, 'terraform').files) {
      expect(await readFile(join(out, name), 'utf8')).toBe(text);
      expect(outcome.stdout).toContain(join(out, name));
    }
  });

  test('clicks are printed with their pages', async () => {
    const outcome = await render('--recipe', 'zappa', '--form', 'console', '--params', params);
    expect(outcome.status).toBe(0);
    expect(outcome.stdout).toContain('https://console.aws.amazon.com/iam/home#/policies/create');
    expect(outcome.stdout).toContain('Copy the ARN');
  });

  test.each([
    [['--recipe', 'none', '--form', 'bash'], 'There is no recipe “none”'],
    [['--recipe', 'zappa', '--form', 'pulumi'], 'There is no form “pulumi”'],
    [['--recipe', 'zappa'], 'Something is left out'],
    [['--recipe', 'zappa', '--form', 'bash', '--more'], '--more'],
  ])('%j is refused in words', async (words, message) => {
    const outcome = await render(...words, '--params', params);
    expect(outcome).toMatchObject({ status: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });

  test('a file that is not there is said', async () => {
    const outcome = await render('--recipe', 'zappa', '--form', 'bash', '--params', join(folder.path, 'none.json'));
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('none.json');
  });
});
