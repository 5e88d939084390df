import type { AccountListView } from '../../core/contract/account-lists';
import type { PlannedLine } from '../../core/domain/account-list';
import { managementSource } from './sub-account-world';
import { whileTimePasses } from './passing-time';
import { must, type World } from './workspace-world';

export type GoodPlan = {
  readonly planId: string;
  readonly lines: readonly PlannedLine[];
  readonly newUnits: readonly string[];
};

export async function planned(world: World, text: string): Promise<GoodPlan> {
  const plan = must(await world.workspace.accountLists.plan(managementSource, text));
  if (plan.kind === 'fault') throw new Error(plan.message);
  return plan;
}

/** Planned, confirmed and begun. */
export async function started(world: World, text: string): Promise<string> {
  const { planId } = await planned(world, text);
  return must(await world.workspace.accountLists.start(planId)).listId;
}

export function listOf(world: World, listId: string): AccountListView {
  return must(world.workspace.accountLists.view(listId));
}

export const statesOf = (world: World, listId: string) => listOf(world, listId).results.map(({ state }) => state);

/** Lets time pass until the list stands still in that state. `stepMs`: how far the clock goes at a time. */
export async function worked(
  world: World,
  listId: string,
  state: AccountListView['state'],
  { stepMs = 1000, withinMs = 20_000 } = {},
): Promise<AccountListView> {
  const current = () => world.documents.accountLists.read().lists.find(({ id }) => id === listId)?.state;
  const stands = await whileTimePasses(world, () => current() === 'running', { stepMs, withinMs });
  if (!stands) throw new Error(JSON.stringify(listOf(world, listId)).slice(0, 2000));
  const list = listOf(world, listId);
  if (list.state !== state) throw new Error(`It is ${list.state}: ${JSON.stringify(list, undefined, 1)}`);
  return list;
}
