import type { Connection } from '../../core/domain/connection';
import type { TestResult } from '../../core/domain/check';
import type { AwsCredentials } from '../../main/aws/aws-api';
import type { Scenario } from '../../main/sandbox/scenario';
import { createSecrets } from '../../main/sandbox/secrets';
import { createAws } from '../../main/aws/create-aws';
import { AssumeRoleCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { bareIam, bareSts } from '../support/sdk';
import { fixed, sandboxEnvironment, testSigningKey, valueOf } from '../support/practice';
import { must, newWorld, until, type World } from '../support/workspace-world';
import {
  bystanders,
  externalId,
  policyOf,
  roleDefaults,
  statement,
  usualCaller,
  type Broken,
  type CallerRole,
} from './broken';
import { prepareCaller, preparer } from './prepare';
import { printedByCli } from './printed';

export const connectionId = '8d4bb4ab-6f0a-4a70-9a41-c4ad2ac4f3a1';
const deployerId = '111122223333';
const targetId = '222233334444';
const managementId = '333344445555';

/** What the sandbox begins with, so that it is broken in this way. */
function scenarioOf({ caller = usualCaller, organization, role, source, justChanged, trouble }: Broken): Scenario {
  const administrator = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  const { inline, trust, ...rest } = role ?? {};
  const changesLater = justChanged === true;
  return {
    title: 'Broken',
    description: 'Broken on purpose.',
    accounts: [
      {
        id: deployerId,
        name: 'Deployment',
        rootAccessKey: source === 'root-key',
        users: [
          {
            name: 'practice-deployer',
            part: 'deployer',
            inline: [
              ...(caller.inline ?? []).map((document, index) => ({ name: `Policy${String(index)}`, document })),
              ...(source === 'inactive-key' ? [{ name: 'OwnKeys', document: policyOf(mayChangeKeys) }] : []),
            ],
            attached: [...(caller.attached ?? [])],
            ...(caller.boundaryArn !== undefined && { boundaryArn: caller.boundaryArn }),
          },
          ...bystanders.users,
          { name: preparer, attached: administrator },
        ],
        roles: [...bystanders.roles.map(copyOf), ...(typeof source === 'object' ? [callerRole(source)] : [])],
      },
      {
        id: targetId,
        name: 'Production',
        users: [{ name: 'practice-owner', part: 'owner', attached: administrator }],
        roles:
          role === undefined
            ? []
            : [
                {
                  ...roleDefaults,
                  ...rest,
                  attached: [...(role.attached ?? roleDefaults.attached)],
                  trust: changesLater
                    ? policyOf(statement({ Principal: { AWS: `arn:aws:iam::${managementId}:root` } }))
                    : (trust ?? policyOf(statement())),
                  inline: inline === undefined ? [] : [{ name: 'Own', document: inline }],
                },
              ],
      },
      {
        id: managementId,
        name: 'Management',
        users: [{ name: 'practice-management', part: 'management', attached: administrator }],
      },
    ],
    ...(organization === 'deployer-only' && {
      organization: { managementAccountId: managementId, members: [{ accountId: deployerId }] },
    }),
    ...(typeof organization === 'object' && { organization }),
    ...(trouble && { trouble }),
  };
}

const mayChangeKeys = { Effect: 'Allow', Action: 'iam:UpdateAccessKey', Resource: '*' };

type ScenarioRole = NonNullable<NonNullable<Scenario['accounts']>[number]['roles']>[number];

/** The labelled data is read-only all the way down; a scenario is not. */
function copyOf(role: unknown): ScenarioRole {
  return JSON.parse(JSON.stringify(role)) as ScenarioRole;
}

function callerRole({ inline, name, path }: CallerRole): ScenarioRole {
  return copyOf({
    name,
    path: path ?? '/',
    trust: policyOf({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${deployerId}:root` },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    }),
    inline: inline.map((document, index) => ({ name: `Policy${String(index)}`, document })),
  });
}

/** A world that is broken in this way, with a connection that can be tested. */
export async function breakWorld(broken: Broken): Promise<World> {
  const world = newWorld(scenarioOf(broken));
  await prepareCaller(world, broken.caller ?? {});
  if (broken.deployerMadeAnew === true) world.sandbox.recreate('deployer');
  const sourceId = await sourceOf(world, broken.source);
  must(world.workspace.connections.add(connectionOf(world, broken, sourceId)));
  if (broken.eyes === 'none' || broken.eyes === 'pasted') {
    world.documents.sources.update((document) => ({
      ...document,
      sources: document.sources.filter(({ id }) => id !== 'practice-owner'),
    }));
  }
  if (broken.justChanged === true) {
    const owner = iamOf(world, world.sandbox.identity('owner'));
    const name = broken.role?.name ?? roleDefaults.name;
    await valueOf(owner.updateAssumeRolePolicy(name, JSON.stringify(broken.role?.trust ?? policyOf(statement()))));
  }
  breakTheWire(world, broken);
  return world;
}

function iamOf(world: World, { accessKeyId, secretAccessKey }: AwsCredentials) {
  return createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
    sandboxEnvironment,
    fixed({ accessKeyId, secretAccessKey }),
  );
}

function breakTheWire(world: World, { answer, network }: Broken): void {
  if (network === 'cut') {
    const error: NodeJS.ErrnoException = new Error('connect ECONNREFUSED');
    error.code = 'ECONNREFUSED';
    world.wire.before = () => Promise.reject(error);
  }
  if (network === 'throttled') world.sandbox.setTrouble({ throttling: 1 });
  if (network === 'server-errors') world.sandbox.setTrouble({ serverErrors: 1 });
  if (answer !== undefined) {
    world.wire.before = (action, pass) =>
      action === 'AssumeRole'
        ? Promise.resolve({
            status: answer.status ?? 403,
            headers: { 'content-type': 'text/xml', date: new Date(world.clock.now()).toUTCString() },
            body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>${answer.message}</Message></Error><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ErrorResponse>`,
          })
        : pass();
  }
}

async function sourceOf(world: World, source: Broken['source']): Promise<string> {
  if (source === undefined) return 'practice-deployer';
  const { sandbox } = world;
  const { accessKeyId, secretAccessKey } = sandbox.identity('deployer');
  const own = { accessKeyId, secretAccessKey };
  if (typeof source === 'object') {
    const tags = Object.entries(source.sessionTags ?? {});
    const opened = await bareSts(sandbox, world.clock, own).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${deployerId}:role${source.path ?? '/'}${source.name}`,
        RoleSessionName: source.sessionName ?? 'deploying',
        ...(source.sessionPolicy && { Policy: JSON.stringify(source.sessionPolicy) }),
        ...(tags.length > 0 && { Tags: tags.map(([Key, Value]) => ({ Key, Value })) }),
      }),
    );
    return await addKey(world, sessionOf(opened.Credentials));
  }
  switch (source) {
    case 'user-session': {
      const answer = await bareSts(sandbox, world.clock, own).send(new GetSessionTokenCommand({}));
      return await addKey(world, sessionOf(answer.Credentials));
    }
    case 'deleted-key': {
      const id = await addKey(world, own);
      sandbox.recreate('deployer');
      return id;
    }
    case 'inactive-key': {
      const id = await addKey(world, own);
      await bareIam(sandbox, world.clock, own).send(
        new UpdateAccessKeyCommand({ AccessKeyId: accessKeyId, Status: 'Inactive' }),
      );
      return id;
    }
    case 'wrong-secret':
      return await addKey(world, { accessKeyId, secretAccessKey: secretAccessKey.toLowerCase() });
    case 'expired-session': {
      const answer = await bareSts(sandbox, world.clock, own).send(
        new GetSessionTokenCommand({ DurationSeconds: 900 }),
      );
      const id = await addKey(world, sessionOf(answer.Credentials));
      world.clock.advance(1_000_000);
      return id;
    }
    case 'root-key': {
      const [key] = sandbox.snapshot().accounts.find(({ id }) => id === deployerId)?.rootAccessKeys ?? [];
      if (key === undefined) throw new Error('The account has no root key');
      return await addKey(world, {
        accessKeyId: key.id,
        secretAccessKey: createSecrets(testSigningKey).secretAccessKey(key.id),
      });
    }
    case 'no-credentials': {
      const id = await addKey(world, own);
      await world.vault.remove(`source/${id}`, 'memory');
      return id;
    }
    case 'role-session':
    case 'restricted-session': {
      const sts = createAws({ clock: world.clock, sandbox, version: '0.0.0' }).sts(sandboxEnvironment, fixed(own));
      const session = await valueOf(
        sts.assumeRole({
          roleArn: `arn:aws:iam::${deployerId}:role/DeployerRole`,
          sessionName: 'deploying',
          durationSeconds: 3600,
          ...(source === 'restricted-session' && {
            policy: JSON.stringify(policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' })),
          }),
        }),
      );
      return await addKey(world, session.credentials);
    }
  }
}

function sessionOf(
  given:
    | { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined }
    | undefined,
): AwsCredentials {
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

async function addKey(world: World, { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): Promise<string> {
  const added = must(
    await world.workspace.sources.addAccessKey({
      label: 'key',
      accessKeyId,
      secretAccessKey,
      ...(sessionToken !== undefined && { sessionToken }),
      region: 'eu-west-1',
      keep: false,
    }),
  );
  return added.source.id;
}

function connectionOf(world: World, broken: Broken, sourceId: string): Connection {
  const roleArn = broken.roleArn ?? `arn:aws:iam::${targetId}:role/Deploy`;
  const at = world.clock.now() - 86_400_000;
  const passed: TestResult | undefined =
    broken.workedAs === undefined
      ? undefined
      : { state: 'passed', startedAt: at, finishedAt: at, checks: [], callerArn: broken.workedAs };
  return {
    id: connectionId,
    name: 'Production',
    roleArn,
    roleName: roleArn.split('/').at(-1) ?? '',
    accountId: roleArn.split(':')[4] ?? targetId,
    partition: roleArn.split(':')[1] ?? 'aws',
    region: 'eu-west-1',
    ...(broken.externalId === false ? {} : { externalId }),
    recipeId: broken.recipeId ?? 'custom',
    sourceId,
    madeBy: 'elsewhere',
    createdAt: at,
    maxSessionDuration: broken.wantedDuration ?? 3600,
    status: passed === undefined ? 'not-tested' : 'working',
    ...(passed && { lastTest: passed }),
    receipt: [],
  };
}

/** Tests the connection; where the owner pastes, what the AWS CLI prints is pasted too. */
export async function testBroken(broken: Broken): Promise<TestResult> {
  const world = await breakWorld(broken);
  const { connections, operations } = world.workspace;
  must(connections.test(connectionId, { justChanged: broken.justChanged === true }));
  await until(world, () => operations.list().length === 0, broken.justChanged === true ? 1000 : 0);
  if (broken.eyes === 'pasted') {
    const owner = iamOf(world, world.sandbox.identity('owner'));
    const looked = connections.failed.look(connectionId, await printedByCli(owner, broken.pastedAs));
    // What is no role may be turned down; nothing is learnt of it then.
    if (broken.pastedAs !== 'another-role' && broken.pastedAs !== 'refusal') must(looked);
  }
  const result = connections.find(connectionId)?.lastTest;
  if (result === undefined) throw new Error('The test left no result');
  return result;
}
