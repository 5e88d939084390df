import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revocationScripts } from '../../core/render/revocation-script';
import { policy, trustPolicy } from '../support/practice';
import { findPeer, runProgram, startServedSandbox, temporaryFolder, type Outcome, type ServedSandbox } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');
const bash = await findPeer('bash', 'bash', ['--version'], 'the program “bash” is not there');

type Credentials = Parameters<ServedSandbox['environmentOf']>[0];
type Status = {
  readonly CreateAccountStatus: { readonly Id: string; readonly State: string; readonly AccountId?: string };
};

describe.skipIf(!cli.present || !bash.present)('denying one role from the management account, by a script', () => {
  let sandbox: ServedSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    sandbox = await startServedSandbox('--scenario', 'organization', '--state', join(folder.path, 'state.json'));
  }, 120_000);
  afterAll(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  const aws = (as: Credentials, ...parameters: readonly string[]): Promise<Outcome> =>
    runProgram('aws', [...parameters, '--output', 'json'], { env: sandbox.environmentOf(as) });
  const ask = async (as: Credentials, ...parameters: readonly string[]): Promise<unknown> => {
    const outcome = await aws(as, ...parameters);
    expect(outcome.stderr, parameters.join(' ')).toBe('');
    return outcome.stdout.trim() === '' ? undefined : (JSON.parse(outcome.stdout) as unknown);
  };
  const assume = async (as: Credentials, roleArn: string): Promise<Credentials> => {
    const answer = await ask(as, 'sts', 'assume-role', '--role-session-name', 'script', '--role-arn', roleArn);
    const { Credentials: given } = answer as { Credentials: Record<string, string> };
    return {
      accessKeyId: given['AccessKeyId'] ?? '',
      secretAccessKey: given['SecretAccessKey'] ?? '',
      sessionToken: given['SessionToken'] ?? '',
    };
  };
  const memberAccount = async (): Promise<string> => {
    const { management } = sandbox.identities;
    await ask(management, 'organizations', 'create-organization', '--feature-set', 'ALL');
    const names = ['--email', 'ops+script@example.com', '--account-name', 'Script'];
    let creation = ((await ask(management, 'organizations', 'create-account', ...names)) as Status).CreateAccountStatus;
    const again = ['describe-create-account-status', '--create-account-request-id', creation.Id];
    for (let count = 0; count < 10 && creation.State === 'IN_PROGRESS'; count += 1) {
      creation = ((await ask(management, 'organizations', ...again)) as Status).CreateAccountStatus;
    }
    return creation.AccountId ?? '';
  };

  test('that role is denied, another of its account is not, and a second run changes nothing', async () => {
    const { deployer, management } = sandbox.identities;
    const account = await memberAccount();
    const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
    const access = await assume(management, arn('OrganizationAccountAccessRole'));
    const see = policy({ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' });
    for (const name of ['Denied', 'Spared']) {
      const trust = ['--assume-role-policy-document', trustPolicy()];
      await ask(access, 'iam', 'create-role', '--role-name', name, ...trust);
      const document = ['--policy-name', 'See', '--policy-document', see];
      await ask(access, 'iam', 'put-role-policy', '--role-name', name, ...document);
    }
    const denied = await assume(deployer, arn('Denied'));
    const spared = await assume(deployer, arn('Spared'));
    expect((await aws(denied, 'iam', 'list-account-aliases')).status).toBe(0);

    const script = revocationScripts({ roleArn: arn('Denied'), way: 'scp', region: 'eu-west-1' })?.bash;
    const path = join(folder.path, script?.name ?? 'none');
    await writeFile(path, script?.text ?? '');
    const run = (as: Credentials) =>
      runProgram('bash', [path], { env: { ...sandbox.environmentOf(as), HOME: folder.path } });

    const member = await run(access);
    expect(member.status).toBe(1);
    expect(member.stderr).toContain(`and this script is for account ${management.accountId}. Nothing was changed.`);
    const done = await run(management);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).toMatch(/made, p-[a-z0-9]+\)\n.*attached, p-[a-z0-9]+\)/);
    expect((await aws(denied, 'iam', 'list-account-aliases')).stderr).toContain('service control policy');
    expect((await aws(spared, 'iam', 'list-account-aliases')).status).toBe(0);
    const again = await run(management);
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain('was attached already');
  }, 240_000);
});
