import type { SubAccount, SubAccountWish } from '../../core/domain/sub-account';
import { createAws } from '../../main/aws/create-aws';
import type { OrganizationsApi } from '../../main/aws/aws-api';
import { twoAccounts, type Scenario } from '../../main/sandbox/scenario';
import { fixed, sandboxEnvironment, valueOf } from './practice';
import { whileTimePasses } from './passing-time';
import { must, newWorld, type World } from './workspace-world';

export const managementSource = 'practice-management';
export const managementAccount = '333344445555';

/** The practice world with the sandbox's management account among its sources. Nothing is in an organization yet. */
export async function managedWorld(scenario?: Partial<Scenario>): Promise<World> {
  // loading takes real time, which turns of the event loop do not measure
  await Promise.all([import('@aws-sdk/client-organizations'), import('@aws-sdk/client-sts')]);
  const world = newWorld(scenario === undefined ? undefined : { ...twoAccounts, ...scenario });
  world.documents.sources.update((document) => ({
    ...document,
    sources: [
      ...document.sources,
      {
        ...{ kind: 'sandbox', id: managementSource, label: managementSource },
        ...{ identity: 'management', region: 'eu-west-1' },
      },
    ],
  }));
  return world;
}

export type OrganizedWorld = { readonly world: World; readonly rootId: string; readonly unitId: string };

/** With an organization, and one unit “Deployments” in it. */
export async function organizedWorld(): Promise<OrganizedWorld> {
  const world = await managedWorld();
  const { organization } = world.workspace;
  must(await organization.create(managementSource));
  const view = must(await organization.view(managementSource));
  if (view.kind !== 'management') throw new Error(`It is ${view.kind}`);
  const { unitId } = must(await organization.createUnit(managementSource, view.rootId, 'Deployments'));
  return { world, rootId: view.rootId, unitId };
}

export function wishFor(unitId?: string): SubAccountWish {
  return {
    email: 'ops+pythondeploy@example.com',
    name: 'Python deploy',
    accessRoleName: 'OrganizationAccountAccessRole',
    ...(unitId === undefined ? {} : { unitId }),
  };
}

export async function asked(world: World, wish: SubAccountWish): Promise<string> {
  return must(await world.workspace.subAccounts.create(managementSource, wish)).subAccountId;
}

export function recordOf(world: World, subAccountId: string): SubAccount {
  const one = world.workspace.subAccounts.find(subAccountId);
  if (one === undefined) throw new Error('There is no such record');
  return one;
}

const underWay: readonly string[] = ['asking', 'making', 'moving', 'entering'];

/** Lets time pass until it stands still in that state. `stepMs`: how far the clock goes at a time. */
export async function settled(
  world: World,
  subAccountId: string,
  state: SubAccount['state'],
  stepMs = 1000,
): Promise<SubAccount> {
  const stands = await whileTimePasses(world, () => underWay.includes(recordOf(world, subAccountId).state), { stepMs });
  if (!stands) throw new Error(`It is still ${JSON.stringify(recordOf(world, subAccountId))}`);
  const record = recordOf(world, subAccountId);
  if (record.state !== state) throw new Error(`It is ${record.state}: ${JSON.stringify(record, undefined, 1)}`);
  return record;
}

/** Organizations in the sandbox, past the world's wire: what is really there. */
export function reallyThere(world: World): OrganizationsApi {
  const aws = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' });
  return aws.organizations(sandboxEnvironment, fixed(world.sandbox.identity('management')));
}

export async function accountsNamed(world: World, name: string): Promise<readonly string[]> {
  const accounts = await valueOf(reallyThere(world).listAccounts());
  return accounts.filter((account) => account.name === name).map(({ id }) => id);
}

export function countOf(world: World, action: string): number {
  return world.wire.actions.filter((one) => one === action).length;
}

/** No answer ever again: what a killed process gets. */
export const never = (): Promise<never> => new Promise(() => undefined);

export function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
