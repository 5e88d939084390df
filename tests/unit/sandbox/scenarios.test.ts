import { GetRoleCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  LeaveOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { SandboxHttpHandler } from '../../../main/aws/sandbox-handler';
import { computerNow } from '../../../main/platform/computer-time';
import { loadScenario, scenarioNames } from '../../../main/sandbox/scenario-catalog';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { readScenario, readState, readTrouble, writeState } from '../../../main/sandbox/saved-state';
import { errorOf, policy, practice, testSigningKey, trustPolicy, valueOf } from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

const roleArn = (name: string, accountId = '222233334444') => `arn:aws:iam::${accountId}:role/${name}`;
const asked = { sessionName: 'scenario', durationSeconds: 900 };

describe('scenarios', () => {
  test.each(scenarioNames)('%s begins, and each part can say who it is', async (name) => {
    const scenario = await loadScenario(name);
    const world = practice({ scenario, trouble: { throttling: 0, serverErrors: 0, timeouts: 0, tornAnswers: 0 } });
    for (const identity of Object.values(world.sandbox.identities)) {
      expect((await valueOf(world.sts(identity).getCallerIdentity())).arn).toBe(identity.arn);
    }
    expect(scenario.title.length).toBeGreaterThan(3);
  });

  test('on the first day the deployer may not even assume a role', async () => {
    const { iam, sandbox, sts } = practice({ scenario: await loadScenario('fresh') });
    const { deployer, owner } = sandbox.identities;
    const role = { name: 'Deploy', path: '/', description: '', trustPolicy: trustPolicy(), tags: [] };
    await valueOf(iam(owner).createRole({ ...role, maxSessionDuration: 3600 }));
    const error = await errorOf(sts(deployer).assumeRole({ ...asked, roleArn: roleArn('Deploy') }));
    expect(error.detail).toContain('because no identity-based policy allows the sts:AssumeRole action');
  });

  test('a thousand accounts, of which each customer trusts the deployer', async () => {
    const scenario = await loadScenario('thousand-accounts');
    const world = practice({ scenario });
    const { accounts } = world.sandbox.snapshot();
    expect(accounts).toHaveLength(1000);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(1000);
    const last = accounts.at(-1)?.id ?? '';
    const session = { ...asked, roleArn: roleArn('DeployAccess', last), externalId: 'customer-external-id' };
    await valueOf(world.sts(world.sandbox.identities.deployer).assumeRole(session));
  });

  test('a user made anew by the same name is not whom a trust policy named', async () => {
    const { clock, iam, sandbox, sts } = practice();
    const before = sandbox.identities.deployer;
    const role = { name: 'Named', path: '/', description: '', tags: [], maxSessionDuration: 3600 };
    await valueOf(
      iam(sandbox.identities.owner).createRole({ ...role, trustPolicy: trustPolicy({ principal: before.arn }) }),
    );
    const assume = () => sts(sandbox.identities.deployer).assumeRole({ ...asked, roleArn: roleArn('Named') });
    await valueOf(assume());
    sandbox.recreate('deployer');
    expect(sandbox.identities.deployer.arn).toBe(before.arn);
    expect((await errorOf(sts(before).getCallerIdentity())).code).toBe('InvalidClientTokenId');
    expect((await errorOf(assume())).kind).toBe('access-denied');
    const { Role } = await bareIam(sandbox, clock, sandbox.identities.owner).send(
      new GetRoleCommand({ RoleName: 'Named' }),
    );
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain('"AIDA');
  });

  test('an organization with units binds its members, and not who manages it', async () => {
    const { clock, sandbox } = practice({ scenario: await loadScenario('organization-with-units') });
    const as = ({ accessKeyId, secretAccessKey }: AwsCredentials) =>
      new OrganizationsClient({
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey },
        maxAttempts: 1,
        requestHandler: new SandboxHttpHandler(sandbox),
        systemClockOffset: clock.now() - computerNow(),
      });
    const { management, owner } = sandbox.identities;
    const { Organization } = await as(owner).send(new DescribeOrganizationCommand({}));
    expect(Organization?.MasterAccountId).toBe(management.accountId);
    const { Accounts } = await as(management).send(new ListAccountsCommand({}));
    expect(Accounts).toHaveLength(3);
    expect((await refusalOf(as(owner).send(new LeaveOrganizationCommand({})))).message).toContain(
      'with an explicit deny in a service control policy',
    );
    expect((await refusalOf(as(management).send(new LeaveOrganizationCommand({})))).name).toBe(
      'MasterCannotLeaveOrganizationException',
    );
  });

  test('one that contradicts itself does not begin', () => {
    const broken = {
      title: 'Broken',
      description: 'A trust that names who is not there',
      accounts: [
        {
          id: '222233334444',
          name: 'Broken',
          roles: [
            {
              name: 'R',
              trust: JSON.parse(trustPolicy({ principal: 'arn:aws:iam::222233334444:user/nobody' })) as Record<
                string,
                unknown
              >,
            },
          ],
        },
      ],
    };
    expect(() => practice({ scenario: broken })).toThrow('Invalid principal in policy');
  });
});

describe('what `npm run sandbox` reads and keeps', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-state-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('a state that is kept comes back whole: roles, keys and open sessions', async () => {
    const file = join(folder, 'state.json');
    expect(readState(file)).toBeUndefined();
    const first = practice();
    const { deployer, owner } = first.sandbox.identities;
    const role = { name: 'Kept', path: '/', description: '', trustPolicy: trustPolicy(), tags: [] };
    await valueOf(first.iam(owner).createRole({ ...role, maxSessionDuration: 3600 }));
    await valueOf(
      first.iam(owner).putRolePolicy('Kept', 'See', policy({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })),
    );
    const { credentials } = await valueOf(first.sts(deployer).assumeRole({ ...asked, roleArn: roleArn('Kept') }));
    writeState(file, { signingKey: testSigningKey, snapshot: first.sandbox.snapshot() });
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const saved = readState(file);
    if (saved === undefined) throw new Error('It was written');
    const again = practice({ signingKey: saved.signingKey, snapshot: saved.snapshot });
    expect((await valueOf(again.iam(credentials).getRole('Kept'))).arn).toBe(roleArn('Kept'));
    expect(again.sandbox.identities.owner.secretAccessKey).toBe(owner.secretAccessKey);
  });

  test('anything else is refused in words, and left as it is', () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"version":2}');
    expect(() => readState(file)).toThrow(/does not have the shape of one/);
    writeFileSync(file, 'no');
    expect(() => readState(file)).toThrow(/is not JSON/);
    expect(readFileSync(file, 'utf8')).toBe('no');
  });

  test('a scenario of one’s own is a file', async () => {
    const file = join(folder, 'mine.json');
    writeFileSync(
      file,
      JSON.stringify({
        title: 'Mine',
        description: 'With a role',
        accounts: [
          {
            id: '000000000042',
            name: 'Mine',
            roles: [{ name: 'Deploy', trust: JSON.parse(trustPolicy()) as unknown }],
          },
        ],
      }),
    );
    const sandbox = createSandbox({
      clock: practice().clock,
      signingKey: testSigningKey,
      scenario: await readScenario(file),
    });
    expect(sandbox.snapshot().accounts[0]?.roles[0]?.name).toBe('Deploy');
    await expect(readScenario('nothing-of-the-kind')).rejects.toThrow('There are: two-accounts');
    await expect(readScenario(join(folder, 'missing.json'))).rejects.toThrow(/cannot be read/);
    expect(readTrouble('{"throttling":0.5}')).toMatchObject({ throttling: 0.5, timeouts: 0 });
    expect(() => readTrouble('{"throttling":5}')).toThrow(/throttling/);
    expect(() => readTrouble('{')).toThrow(/takes JSON/);
  });
});
