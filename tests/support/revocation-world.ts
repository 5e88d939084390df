import { randomUUID } from 'node:crypto';
import type { Performer, Revocation } from '../../core/domain/revocation';
import { createAws } from '../../main/aws/create-aws';
import { twoAccounts, type Scenario } from '../../main/sandbox/scenario';
import { fixed, sandboxEnvironment, valueOf } from './practice';
import { must, newWorld, type World } from './workspace-world';

export const owner: Performer = { kind: 'source', sourceId: 'practice-owner' };
export const deployer: Performer = { kind: 'source', sourceId: 'practice-deployer' };
export const management: Performer = { kind: 'source', sourceId: 'practice-management' };

/** Two accounts in an organization, whose deployer may take rights from itself; changes hold after four seconds. */
function scenario(): Scenario {
  const accounts = structuredClone(twoAccounts.accounts) ?? [];
  for (const account of accounts) {
    for (const user of account.users ?? []) {
      if (user.part === 'deployer') {
        user.inline = [
          ...(user.inline ?? []),
          {
            name: 'OwnRights',
            document: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['iam:*UserPolicy', 'iam:GetUser'], Resource: '*' }],
            },
          },
        ];
      }
    }
  }
  return {
    title: 'Faults',
    description: 'Two accounts in an organization.',
    accounts,
    organization: {
      managementAccountId: '333344445555',
      members: [{ accountId: '222233334444' }, { accountId: '111122223333' }],
    },
  };
}

/** A world with that organization, its management account among the sources, and a connection; changes take four seconds. */
export async function ready(): Promise<{ world: World; connectionId: string }> {
  const world = newWorld(scenario());
  world.documents.sources.update((document) => ({
    ...document,
    sources: [
      ...document.sources,
      { kind: 'sandbox', id: 'practice-management', label: 'management', identity: 'management', region: 'eu-west-1' },
    ],
  }));
  const connectionId = await withRole(world);
  world.sandbox.setTrouble({ propagationDelayMs: 4000 });
  // what AWS says of each source is known before, so that only the revocation's own calls are counted
  for (const { source } of world.workspace.sources.list()) must(await world.workspace.sources.identity(source.id));
  return { world, connectionId };
}

/** A connection to a role with one policy of each kind, as the wizard would have left it; without the wizard's time. */
async function withRole(world: World): Promise<string> {
  const aws = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' });
  const iam = aws.iam(sandboxEnvironment, fixed(world.sandbox.identity('owner')));
  const deployerArn = world.sandbox.identity('deployer').arn;
  const role = await valueOf(
    iam.createRole({
      ...{ name: 'DeploymentService', path: '/', description: '', maxSessionDuration: 3600, tags: [] },
      trustPolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: deployerArn }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
  });
  await valueOf(iam.putRolePolicy('DeploymentService', 'Inline', document));
  await valueOf(iam.attachRolePolicy('DeploymentService', 'arn:aws:iam::aws:policy/AdministratorAccess'));
  const id = randomUUID();
  must(
    world.workspace.connections.add({
      ...{ id, name: 'Production', roleArn: role.arn, roleName: role.name, accountId: '222233334444' },
      ...{ partition: 'aws', region: 'eu-west-1', recipeId: 'custom', sourceId: 'practice-deployer' },
      ...{
        madeBy: 'automatic',
        createdAt: world.clock.now(),
        maxSessionDuration: 3600,
        status: 'working',
        receipt: [],
      },
    }),
  );
  return id;
}

/** The record of a revocation. */
export const found = (world: World, id: string): Revocation => {
  const revocation = world.workspace.revocations.find(id);
  if (revocation === undefined) throw new Error('no revocation');
  return revocation;
};

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** IAM as somebody else than the app, straight to the sandbox. */
export function iamAs(world: World, credentials: Keys) {
  return createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
    sandboxEnvironment,
    fixed(credentials),
  );
}

export const iamOfOwner = (world: World) => iamAs(world, world.sandbox.identity('owner'));
