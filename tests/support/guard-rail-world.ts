import type { GuardRail, GuardRailRecord } from '../../core/domain/guard-rails';
import { valueOf } from './practice';
import { managedWorld, managementAccount, managementSource, reallyThere } from './sub-account-world';
import { whileTimePasses } from './passing-time';
import { must, type World } from './workspace-world';

/** The owner's account, in the unit “Workloads”; the deployer's, in the root. */
export const ownerAccount = '222233334444';

export type GuardRailWorld = {
  readonly world: World;
  readonly rootId: string;
  readonly unitId: string;
  /** begins and follows it to its end, letting time pass */
  attach(guardRail: GuardRail, targetId?: string): Promise<GuardRailRecord>;
  detach(recordId: string): Promise<GuardRailRecord>;
};

export const onlyIreland: GuardRail = { kind: 'regions', regions: ['eu-west-1'] };
export const stay: GuardRail = { kind: 'stay' };

/** An organization of three accounts, seen by its management account. Service control policies are on. */
export async function guardRailWorld(): Promise<GuardRailWorld> {
  const world = await managedWorld({
    organization: {
      managementAccountId: managementAccount,
      units: [{ name: 'Workloads' }],
      members: [{ accountId: ownerAccount, parent: 'Workloads' }, { accountId: '111122223333' }],
    },
  });
  const view = must(await world.workspace.organization.view(managementSource));
  if (view.kind !== 'management') throw new Error(view.kind);
  const unitId = view.units[0]?.id ?? '';
  return {
    ...{ world, rootId: view.rootId, unitId },
    attach: async (guardRail, targetId = unitId) =>
      must(
        await ticking(world, world.workspace.guardRails.attach({ sourceId: managementSource, targetId, guardRail })),
      ),
    detach: async (recordId) => must(await ticking(world, world.workspace.guardRails.detach(recordId))),
  };
}

/** Waits for it while the world's clock goes: what looks again later looks. */
export async function ticking<T>(world: World, work: Promise<T>): Promise<T> {
  let isOver = false;
  const settled = work.finally(() => {
    isOver = true;
  });
  await whileTimePasses(world, () => !isOver, { stepMs: 1000 });
  return await settled;
}

/** Every policy but AWS's, with its words and where it is attached. Names are of records, which are drawn by lot. */
export async function policiesThere(
  world: World,
): Promise<readonly { document: string; targets: readonly string[] }[]> {
  const api = reallyThere(world);
  const policies = await valueOf(api.listPolicies());
  return await Promise.all(
    policies
      .filter(({ awsManaged }) => !awsManaged)
      .map(async ({ id }) => ({
        document: await valueOf(api.getPolicyDocument(id)),
        targets: (await valueOf(api.listTargetsForPolicy(id))).map((target) => target.id),
      })),
  );
}
