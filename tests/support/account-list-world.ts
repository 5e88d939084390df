import type { AccountListView } from '../../core/contract/account-lists';
import type { PlannedLine } from '../../core/domain/account-list';
import { managementSource } from './sub-account-world';
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
  const deadline = performance.now() + withinMs;
  const current = () => world.documents.accountLists.read().lists.find(({ id }) => id === listId)?.state;
  for (let turn = 0; current() === 'running'; turn += 1) {
    if (performance.now() > deadline) throw new Error(JSON.stringify(listOf(world, listId)).slice(0, 2000));
    if (turn % 20 === 19) world.clock.advance(stepMs);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const list = listOf(world, listId);
  if (list.state !== state) throw new Error(`It is ${list.state}: ${JSON.stringify(list, undefined, 1)}`);
  return list;
}
